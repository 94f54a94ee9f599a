"""The words of an alert: in three languages, for whatever is raised, and equal to the decision."""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec
import pytest

from schemas.messages import (
    Claim,
    Context,
    Discrepancy,
    Place,
    PlaceName,
    Position,
    Severity,
    Time,
    Timex3,
)
from tests.claims import ALEPPO, count, dated
from transforms.claim.slots import slots
from transforms.cross_check import inside, judge, phrases, verdicts
from transforms.cross_check.explain import POSITIONS_NAMED, explanation, filled, sources, why
from transforms.cross_check.judge import judge as judged
from transforms.languages.load import EXPLAINED, LANGUAGES, table

DEAL = Context(
    event_kinds=("deal",), names=("semera", "afar", "issa"), words=("a", "b", "c", "d", "e", "f")
)
TOLD = Context(
    event_kinds=("bombing",), names=("azaz", "bab", "salama"), words=("a", "b", "c", "d"),
    time_from="sentence",
)  # fmt: skip
FINAL = msgspec.structs.replace(TOLD, final=True)
REVISED = msgspec.structs.replace(TOLD, revised_from=43)
PROVINCE = Place("170062", "Aleppo", (PlaceName("SY", "Syria"),))


def odd(day: str):
    time = Time(Timex3("DATE", day), day, granularity="day")
    return msgspec.structs.replace(dated("2021-08-30"), slot="date", time=time)


# name: claims, and the decisive reason with what would settle it
RAISED = {
    "later and lower": (
        [count(43, "one.example"), count(38, "two.example", 5)],
        ("lower_later", "lower_later"),
    ),
    "one time": (
        [count(43, "one.example"), count(38, "two.example")],
        ("same_time", "hours"),
    ),
    "no longer running": (
        [
            count(38, "one.example", context=FINAL),
            count(43, "two.example", 20, context=TOLD),
        ],
        ("settled", "settled"),
    ),
    "falling": (
        [count(4, "one.example", slot="missing"), count(9, "two.example", 5, slot="missing")],
        ("higher_later", "higher_later"),
    ),
    "fixed": (
        [
            count(400, "one.example", slot="crowd", context=TOLD),
            count(900, "two.example", 5, slot="crowd", context=TOLD),
        ],
        ("fixed", "fixed"),
    ),
    "free": (
        [count(400, "one.example", slot="hosted"), count(900, "two.example", 5, slot="hosted")],
        ("free", "free"),
    ),
    "speakers": (
        [
            count(43, "one.example", speaker="observatory"),
            count(38, "two.example", 5, speaker="state_media"),
        ],
        ("lower_later", "speakers"),
    ),
    "alone": (
        [
            count(43, "one.example"),
            count(43, "three.example", 1),
            count(38, "two.example", 5),
        ],
        ("lower_later", "alone"),
    ),
    "two speakers": (
        [
            count(300, uri="urn:x", speaker="governor"),
            count(900, uri="urn:x", speaker="red_cross", start=50),
        ],
        ("two_speakers_in_one_article", "speakers"),
    ),
    "two dates": (
        [dated("2021-08-20", context=DEAL), dated("2021-08-23", "two.example", context=DEAL)],
        ("two_dates", "two_dates"),
    ),
    "a day apart": (
        [dated("2021-08-20", context=DEAL), dated("2021-08-21", "two.example", context=DEAL)],
        ("one_day_apart", "two_dates"),
    ),
    "editions": (
        [
            count(12, "paper.example", language="en"),
            count(17, "ar.paper.example", 1, language="ar"),
        ],
        ("two_editions", "two_editions"),
    ),
    "stale": (
        [
            count(4, "a.example", 0),
            count(14, "b.example", 30),
            count(15, "c.example", 47),
            count(4, "d.example", 75),
        ],
        ("older_figure_again", "older_figure_again"),
    ),
    "stale, two behind": (
        [
            count(3, "a.example", 0),
            count(11, "b.example", 30),
            count(12, "c.example", 34),
            count(12, "e.example", 35),
            count(3, "d.example", 75),
        ],
        ("older_figure_again", "older_figure_again"),
    ),
    "withdrawn": (
        [
            msgspec.structs.replace(count(43, "one.example"), replaced="withdrawn"),
            count(38, "two.example", 5),
        ],
        ("withdrawn", "withdrawn"),
    ),
    "version": (
        [
            msgspec.structs.replace(count(25, uri="urn:x"), replaced="corrected"),
            count(15, uri="urn:x", version=2, hours=3),
        ],
        ("taken_back_by_version", "taken_back_by_version"),
    ),
    "text": (
        [
            count(43, "one.example", context=TOLD),
            count(38, "two.example", 5, context=REVISED),
        ],
        ("taken_back_by_text", "taken_back_by_text"),
    ),
    "denial": (
        [count(10), count(10, "two.example", 5, modality="denied")],
        ("denied_by_another", "denied_by_another"),
    ),
    "denial with a figure": (
        [
            count(10),
            count(10, "two.example", 5, uri="urn:two", modality="denied"),
            count(3, "two.example", 5, uri="urn:two", start=90),
        ],
        ("denied_with_figure", "denied_with_figure"),
    ),
    "headline": (
        [count(30, uri="urn:x", field="headline"), count(20, uri="urn:x", start=50)],
        ("headline_against_body", "headline_against_body"),
    ),
    "parts": (
        [count(12, context=Context(parts=(5, 6)))],
        ("parts_against_total", "parts_against_total"),
    ),
    "weekday": ([odd("2021-08-30")], ("weekday_against_date", "weekday_against_date")),
    "no such day": ([odd("2021-06-31")], ("date_not_in_calendar", "date_not_in_calendar")),
    "no such month": ([odd("2021-13-01")], ("no_such_month", "date_not_in_calendar")),
}
RULES_OF_VERDICTS = {rule.__name__.strip("_") for rule in verdicts.VERDICTS}
# Inside articles, and of denials, a rule is named where its message is made.
RULES_BESIDE = {
    name
    for module in (inside, judge)
    for name in re.findall(r'"([a-z]+(?:_[a-z]+){2,})"', inspect.getsource(module))
}
NO_WORDS = re.compile(r"[{}]|None|nan|inf\b")
# French words that lose their vowel before another one.
NOT_ELIDED = re.compile(r"\b(?:d|l|qu|s|n|m|t|j|c)[e] [aeiouyéèêàâîô]|\bla [aeiouéèêàâîô]", re.I)


def raised(name: str) -> Discrepancy:
    (found,) = judged(RAISED[name][0])
    return found


def held(*claims: Claim) -> Position:
    """A position of these claims, whatever is raised of them."""
    return Position(
        "current",
        as_of=max(claim.as_of for claim in claims),
        value=claims[0].quantity.value if claims[0].quantity else None,
        sources=tuple(sorted({claim.article.source for claim in claims})),
        independent_sources=len(claims),
        claims=claims,
    )


def told(found: Discrepancy, language: str) -> str:
    return str(getattr(found.explanation, language))


# --- the explanation is the decision -------------------------------------------------------------


@pytest.mark.parametrize("name", RAISED)
def test_the_reason_and_what_would_settle_it_are_the_decisions(name: str) -> None:
    found = raised(name)
    because = why(found.rule, found.positions, found.severity)
    assert (because.reason, because.settle) == RAISED[name][1]


@pytest.mark.parametrize("language", EXPLAINED)
@pytest.mark.parametrize("name", RAISED)
def test_reason_values_sources_and_times_are_told(name: str, language: str) -> None:
    found = raised(name)
    text = told(found, language)
    because = why(found.rule, found.positions, found.severity)
    words = table(language, "explanations")
    assert filled(words["reasons"][because.reason], because.given, language) in text
    assert filled(words["settle"][because.settle], because.given, language) in text
    for position in found.positions:
        assert sources(position, language) in text
        assert phrases.moment(position.as_of, language) in text
        if position.time is None:
            assert phrases.what(position, language) in text
            assert re.search(rf"(?<!\d){position.value.low:g}(?!\d)", text)
        elif found.slot != "date":
            assert phrases.what(position, language) in text
        else:
            assert phrases.quoted(position.claims[0], language) in text
    assert not NO_WORDS.search(text)
    assert "  " not in text


def test_who_repeats_the_older_figure_is_the_last_that_tells_it() -> None:
    assert "d.example repeated the older figure" in told(raised("stale, two behind"), "en")


@pytest.mark.parametrize("name", RAISED)
def test_three_languages_say_three_texts(name: str) -> None:
    assert len({told(raised(name), language) for language in EXPLAINED}) == len(EXPLAINED)


@pytest.mark.parametrize("name", RAISED)
def test_the_rule_named_is_a_rule(name: str) -> None:
    assert raised(name).rule in RULES_OF_VERDICTS | RULES_BESIDE


def test_every_reason_is_given_by_an_example() -> None:
    words = table("en", "explanations")
    reasons = {reason for _, (reason, _) in RAISED.values()}
    assert reasons | {"unnamed_speakers"} == set(words["reasons"])
    settled = {settle for _, (_, settle) in RAISED.values()} | {
        "places", "groups", "denied_date", "unnamed_speakers",
    }  # fmt: skip
    assert settled == set(words["settle"])


def test_every_rule_that_raises_has_a_reason() -> None:
    outcomes = re.compile(r'"(?:\w+_conflict|stale_source|correction)"')
    raising = {
        rule.__name__.strip("_")
        for rule in verdicts.VERDICTS
        if outcomes.search(inspect.getsource(rule))
    }
    chosen = {"two_figures"}  # by how the figures stand in time
    reasons = set(table("en", "explanations")["reasons"])
    assert raising - chosen - reasons == set()


def test_two_speakers_of_no_known_kind() -> None:
    sides = (held(count(43, speaker="Mr Nugroho")), held(count(38, speaker="Mr Nobody", start=9)))
    because = why("two_speakers_in_one_article", sides, Severity("low"))
    assert because == ("unnamed_speakers", "unnamed_speakers", {})


@pytest.mark.parametrize(
    ("fields", "settle", "en"),
    [
        ({"places": (PROVINCE,)}, "places", "of one place (Aleppo; Aleppo)"),
        ({"counted": "civilians"}, "groups", "(43 people killed; 38 civilians killed)"),
    ],
)
def test_sides_that_differ_in_more_than_their_figure(
    fields: dict[str, Any], settle: str, en: str
) -> None:
    sides = (held(count(43)), held(count(38, "two.example", 5, **fields)))
    assert why("two_figures", sides, Severity("low")).settle == settle
    assert en in explanation("", "two_figures", sides[0].claims[0], sides, Severity("low")).en
    assert why("two_figures", sides[::-1], Severity("low")).settle == settle


def test_a_denied_date_is_settled_by_evidence_not_by_a_figure() -> None:
    day = dated("2021-08-20")
    side = msgspec.structs.replace(held(day), time=day.time)
    assert why("denied_by_another", (side, side), Severity("low")).settle == "denied_date"


@pytest.mark.parametrize(
    ("name", "en"),
    [
        (
            "speakers",
            "Aleppo, 30 August 2021: 38 people killed according to two.example, citing state media"
            " (30 Aug 2021, 17:00 UTC); 43 people killed according to one.example, citing the"
            " Observatory (30 Aug 2021, 12:00 UTC). The lowest figure is later than the highest,"
            " and no text takes the highest back. What would settle it: what state media and the"
            " Observatory each count, and as of when.",
        ),
        (
            "parts",
            "Aleppo, 30 August 2021: 12 people killed according to one.example (30 Aug 2021, 12:00"
            " UTC); 11 people killed (sum of the parts) according to one.example (30 Aug 2021,"
            " 12:00 UTC). The parts told, 5 and 6, add up to 11. What would settle it: the missing"
            " part, or the right total.",
        ),
    ],
)
def test_an_explanation_as_a_whole(name: str, en: str) -> None:
    assert told(raised(name), "en") == en


# --- number and gender ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "slot", "counted", "value", "expected"),
    [
        ("en", "killed", "people", 1, "1 person killed"),
        ("en", "killed", "children", 3, "3 children killed"),
        ("en", "destroyed", "aircraft", 1, "1 aircraft destroyed"),
        ("en", "killed", "nationals:RU", 2, "2 people killed (nationals: Russia)"),
        ("fr", "killed", "people", 1, "1 personne tuée"),
        ("fr", "killed", "people", 22, "22 personnes tuées"),
        ("fr", "killed", "children", 1, "1 enfant tué"),
        ("fr", "injured", "women", 3, "3 femmes blessées"),
        ("fr", "destroyed", "houses", 5, "5 bâtiments détruits"),
        ("fr", "shot", "police", 2, "2 policiers touchés par des tirs"),
        ("fr", "refugees", "people", 6013, "6\u202f013 réfugiés arrivés"),
        ("ar", "killed", "people", 1, "مقتل شخص واحد"),
        ("ar", "killed", "people", 2, "مقتل شخصين"),
        ("ar", "killed", "people", 3, "مقتل 3 أشخاص"),
        ("ar", "killed", "people", 10, "مقتل 10 أشخاص"),
        ("ar", "killed", "people", 11, "مقتل 11 شخصا"),
        ("ar", "killed", "people", 99, "مقتل 99 شخصا"),
        ("ar", "killed", "people", 100, "مقتل 100 شخص"),
        ("ar", "killed", "people", 102, "مقتل 102 شخص"),
        ("ar", "killed", "people", 103, "مقتل 103 أشخاص"),
        ("ar", "injured", "children", 2, "إصابة طفلين بجروح"),
        ("ar", "abducted", "women", 1, "خطف امرأة واحدة"),
        ("ar", "abducted", "women", 12, "خطف 12 امرأة"),
        ("ar", "destroyed", "vehicles", 4, "تدمير 4 مركبات"),
    ],
)
def test_counted_nouns_agree(
    language: str, slot: str, counted: str, value: float, expected: str
) -> None:
    assert phrases.what(held(count(value, slot=slot, counted=counted)), language) == expected


@pytest.mark.parametrize(
    ("qualifier", "value", "en", "fr", "ar"),
    [
        ("about", (36, 44), "about 40 people", "environ 40 personnes", "نحو 40 شخصا"),
        ("range", (5, 7), "between 5 and 7 people", "entre 5 et 7 personnes", "ما بين 5 و7 أشخاص"),
    ],
)
def test_hedged_figures(
    qualifier: str, value: tuple[float, float], en: str, fr: str, ar: str
) -> None:
    claim = count(value, qualifier=qualifier)
    if qualifier != "range":
        claim = msgspec.structs.replace(
            claim, quantity=msgspec.structs.replace(claim.quantity, stated=40)
        )
    for language, expected in (("en", en), ("fr", fr), ("ar", ar)):
        assert expected in phrases.what(held(claim), language)


@pytest.mark.parametrize("name", RAISED)
def test_french_elides(name: str) -> None:
    assert not NOT_ELIDED.search(told(raised(name), "fr"))


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    claims = [count(n, f"{n}.example", event_time="2021-09-01") for n in (43, 38)]
    (found,) = judged([msgspec.structs.replace(c) for c in claims])
    assert "Alep, 1er septembre 2021\u00a0:" in told(found, "fr")


def test_times_of_all_zones_are_told_in_utc() -> None:
    from datetime import timedelta, timezone

    kabul = timezone(timedelta(hours=4, minutes=30))
    late = count(38, "two.example", 5)
    late = msgspec.structs.replace(late, as_of=late.as_of.astimezone(kabul))
    (found,) = judged([count(43, "one.example"), late])
    assert "30 Aug 2021, 17:00 UTC" in told(found, "en")
    assert "30 août 2021, 17 h 00 UTC" in told(found, "fr")
    assert "17:00 بالتوقيت العالمي" in told(found, "ar")


def test_places_have_the_name_of_the_language() -> None:
    found = raised("later and lower")
    assert told(found, "en").startswith("Aleppo, ")
    assert told(found, "fr").startswith("Alep, ")
    assert told(found, "ar").startswith("حلب، ")
    assert phrases.place_name(PROVINCE, "fr") == "Gouvernorat d’Alep"


def test_a_place_without_a_name_in_the_language_keeps_its_own() -> None:
    nowhere = Place("1", "Nowhereville", ALEPPO.parents)
    assert phrases.place_name(nowhere, "ar") == "Nowhereville"


# --- the tables are whole ------------------------------------------------------------------------


@pytest.mark.parametrize("language", EXPLAINED)
def test_every_slot_has_words(language: str) -> None:
    words = table(language, "explanations")["slots"]
    for name, slot in slots().items():
        wanted = {"when"} if slot.kind == "date" else {"label"}
        wanted |= {"who"} if slot.unit in ("person", "thing") and slot.kind == "count" else set()
        assert set(words[name]) == wanted, name


@pytest.mark.parametrize("language", EXPLAINED)
def test_every_group_has_the_forms_of_the_language(language: str) -> None:
    classes = {"en": {"one", "other"}, "fr": {"one", "other", "gender"}}
    arabic = {"one", "two", "few", "many", "other"}
    words = table(language, "explanations")["groups"]
    groups = {g for tag in LANGUAGES for g in table(tag, "claims")["groups"]}
    assert groups - set(words) == set()
    assert all(set(forms) == classes.get(language, arabic) for forms in words.values())


@pytest.mark.parametrize("language", EXPLAINED)
def test_every_kind_of_speaker_has_a_name(language: str) -> None:
    kinds = {kind for tag in LANGUAGES for kind in table(tag, "claims")["speakers"]}
    assert kinds - set(table(language, "explanations")["speakers"]) == set()


@pytest.mark.parametrize(
    "section", ["reasons", "settle", "slots", "groups", "speakers", "positions"]
)
def test_the_same_words_in_each_language(section: str) -> None:
    named = [set(table(language, "explanations")[section]) for language in EXPLAINED]
    assert named[0] == named[1] == named[2]


def test_the_same_holes_in_each_language() -> None:
    for section in ("reasons", "settle", "positions", "hedges"):
        for name, text in table("en", "explanations")[section].items():
            holes = [
                set(re.findall(r"{\w+}", table(language, "explanations")[section][name]))
                for language in EXPLAINED
            ]
            assert holes[0] == holes[1] == holes[2] == set(re.findall(r"{\w+}", text)), name


def test_the_place_names_are_of_their_sources() -> None:
    from transforms.claim.make_place_names import HERE, written

    for language in ("ar", "fr"):
        path = HERE / language / "place_names.tsv"
        assert path.read_text(encoding="utf-8") == written(language), (
            "run python -m transforms.claim.make_place_names"
        )


# --- much is counted, not listed ------------------------------------------------------------------


def test_many_outlets_are_counted_not_listed() -> None:
    many = [count(43, f"{name}.example", uri=f"urn:{name}") for name in "abcdef"]
    (found,) = judged([*many, count(38, "z.example", 5)])
    assert "a.example, b.example, c.example and 3 other outlets" in found.explanation.en
    assert "et 3 autres médias" in found.explanation.fr
    assert "و3 جهات أخرى" in found.explanation.ar
    assert "f.example" not in found.explanation.en


def test_many_positions_are_counted_not_listed() -> None:
    many = [count(n, f"{n}.example") for n in range(10, 10 + POSITIONS_NAMED + 1)]
    (found,) = judged(many)
    assert "and one other figure." in found.explanation.en
    assert "et un autre chiffre." in found.explanation.fr
    assert "ورقم آخر." in found.explanation.ar


def test_digits_are_european_in_arabic() -> None:
    assert not re.search(r"[٠-٩۰-۹]", raised("later and lower").explanation.ar)
