"""Every language has the same files and sections, passes all readers, and is cross-checked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from importlib.resources import files

import pytest

from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.cross_check.judge import judge
from transforms.extract.extract import extract
from transforms.languages.load import EXPLAINED, LANGUAGES, forms, table
from transforms.read.language import detect

FILES = frozenset(
    {
        "calendar_words.json", "claims.toml", "common_words.txt", "concepts.toml",
        "endings.toml", "number_words.json", "numbers.toml", "places.toml", "quantities.toml",
        "times.toml",
    }
)  # fmt: skip
EXAMPLES = frozenset({"claims.toml", "places.toml", "quantities.toml", "times.toml"})
# Of explanations and place names: only languages in which alerts are told.
ALERTS = frozenset({"explanations.toml", "place_names.tsv"})

# One article a language: 45 dead and 120 wounded in Morocco on Friday, 8 September 2023.
QUAKE = {
    "ar": "قتل 45 شخصا وأصيب 120 آخرون في زلزال ضرب المغرب يوم الجمعة.",
    "de": "Bei einem Beben in Marokko sind am Freitag 45 Menschen getötet und 120 verletzt worden.",
    "en": "An earthquake killed 45 people and injured 120 in Morocco on Friday.",
    "es": "Un terremoto mató a 45 personas e hirió a 120 en Marruecos el viernes.",
    "fa": "در زلزله روز جمعه در مراکش ۴۵ نفر کشته و ۱۲۰ نفر زخمی شدند.",
    "fr": "Un séisme a tué 45 personnes et en a blessé 120 au Maroc vendredi.",
    "pt": "Um terremoto matou 45 pessoas e feriu 120 no Marrocos na sexta-feira.",
    "ru": "При землетрясении в Марокко в пятницу погибли 45 человек, 120 пострадали.",
    "tr": "Fas'ta cuma günü meydana gelen depremde 45 kişi öldü, 120 kişi yaralandı.",
    "zh": "摩洛哥周五发生地震，造成45人死亡，120人受伤。",
}
PUBLISHED = datetime(2023, 9, 9, 12, tzinfo=timezone.utc)


def article(language: str, text: str, source: str, hours: float = 0) -> Article:
    published = PUBLISHED + timedelta(hours=hours)
    return Article(f"urn:{source}", published, source, body_text=text, language=language)


# --- Complete -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_files(language: str) -> None:
    folder = files("transforms.languages") / language
    found = {entry.name for entry in folder.iterdir() if entry.is_file()}
    assert found - ALERTS == FILES
    assert language in EXPLAINED or not found & ALERTS
    assert {entry.name for entry in (folder / "examples").iterdir()} == EXAMPLES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["numbers", "quantities", "times", "places"])
def test_a_language_has_the_sections_of_english(language: str, name: str) -> None:
    assert table(language, name).keys() >= table("en", name).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_those_of_english(language: str) -> None:
    assert (
        table(language, "concepts")["concepts"].keys() <= table("en", "concepts")["concepts"].keys()
        or language in EXPLAINED
    )


def test_a_stem_stands_for_all_its_forms() -> None:
    endings = {"m": ["", "а", "у"], "s": ["ий", "его"]}
    assert list(forms("погибш|s солдат|m", endings)) == [
        "погибший солдат", "погибший солдата", "погибший солдату",
        "погибшего солдат", "погибшего солдата", "погибшего солдату",
    ]  # fmt: skip
    assert list(forms("سه\u200cشنبه", {})) == ["سهشنبه", "سه شنبه"]
    with pytest.raises(KeyError):
        list(forms("солдат|x", endings))


# --- Read, by every reader ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reader_reads_every_language(language: str) -> None:
    text = QUAKE[language]
    assert detect(text) == language
    found = extract(article(language, text, "one.example"))
    stated = [mention.quantity.stated for mention in found if mention.quantity]
    days = {mention.time.earliest for mention in found if mention.time}
    assert stated == [45, 120]
    assert "2023-09-08" in days
    for mention in found:
        assert text[mention.start : mention.end] == mention.exact


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_of_one_event(language: str) -> None:
    claims = claims_of(article(language, QUAKE[language], "one.example"))
    told = {
        (claim.slot, claim.quantity.stated, claim.event_time, claim.places[0].name)
        for claim in claims
        if claim.quantity is not None
    }
    assert told == {
        ("killed", 45, "2023-09-08", "Morocco"), ("injured", 120, "2023-09-08", "Morocco"),
    }  # fmt: skip


# --- Cross-checked ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_conflict_with_an_english_article_is_found(language: str) -> None:
    english = "An earthquake killed 81 people and injured 120 in Morocco on Friday."
    articles = (
        article(language, QUAKE[language], "one.example", 2),
        article("en", english, "two.example"),
    )
    found = judge(claim for each in articles for claim in claims_of(each))
    conflicts = [one for one in found if one.slot == "killed" and one.status == "open"]
    assert len(conflicts) == 1
    assert [one for one in found if one.slot == "injured"] == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_articles_that_agree_raise_nothing(language: str) -> None:
    articles = (
        article(language, QUAKE[language], "one.example", 2),
        article("en", QUAKE["en"], "two.example"),
    )
    assert judge(claim for each in articles for claim in claims_of(each)) == []
