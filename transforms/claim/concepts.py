"""What tells an event from others of its day in any language: the scene, and names by their sound.

Concepts (a school, miners) have one name in all languages (languages/<lang>/concepts.toml)
and stand among a claim's telling words as `@school`. Names are compared by a skeleton of consonants
that Arabic and Latin spellings share: Sawahlunto and ساواهلونتو are both `slnt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from transforms.claim.lexicon import Grammar, Lexicon, build, grammar, phrases_in
from transforms.languages.load import table

CONCEPT = "@"
SHORTEST_SKELETON = 3  # consonants
ARTICLE = "ال"  # of an Arabic name
CASELESS = frozenset({"ar"})  # languages that write no letter large

# Letters by their sound; what is not here (vowels, h, w, y, ع, ه) is not heard.
SOUNDS = {
    **dict.fromkeys("bpب", "b"),
    **dict.fromkeys("fvفڤ", "f"),
    **dict.fromkeys("tتطةث", "t"),
    **dict.fromkeys("dzدضذظز", "d"),
    **dict.fromkeys("sسشص", "s"),
    **dict.fromkeys("kcqxكقخک", "k"),
    **dict.fromkeys("gjغجگ", "g"),
    **dict.fromkeys("lل", "l"),
    **dict.fromkeys("mم", "m"),
    **dict.fromkeys("nن", "n"),
    **dict.fromkeys("rر", "r"),
}
DIGRAPHS = (
    ("sch", "s"), ("tch", "s"), ("tsh", "s"), ("تش", "س"), ("sh", "s"), ("ch", "s"), ("ce", "s"),
    ("ci", "s"),
)  # fmt: skip


@cache
def phrases_of(language: str) -> Lexicon:
    """The phrases of concepts.toml; none of a language that has no such table."""
    try:
        named = table(language, "concepts")["concepts"]
    except FileNotFoundError:
        return build((), Grammar())
    entries = [(phrase, ("concept", name)) for name, words in named.items() for phrase in words]
    return build(entries, grammar(language))


def concepts(words: Sequence[str], language: str) -> list[str]:
    """The concepts that folded words name, each once, in order: `@school`."""
    found: dict[str, None] = {}
    lexicon = phrases_of(language)
    for _, phrases in phrases_in(words, lexicon):
        for _, tags in phrases:
            found.update((CONCEPT + name, None) for _, name in tags)
    return list(found)


def letters(name: str) -> str:
    """A folded name without accents, letters that are one sound as one: Pelješac is Peljesac."""
    name = normalize("NFKD", name)
    for written, sound in DIGRAPHS:
        name = name.replace(written, sound)
    return name


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str | None:
    """The consonants of a folded name as they sound, doubled ones once; None for a short one."""
    heard, name = "", letters(name.removeprefix(ARTICLE))
    for letter in name:
        sound = SOUNDS.get(letter, "")
        if sound and not heard.endswith(sound):
            heard += sound
    return heard if len(heard) >= SHORTEST_SKELETON else None
