"""Each row of the design's tables, from articles in three languages: what is raised, what is not.

A row is a table of texts by language; texts of one row are articles of outlets of their own, hours
apart, on one bombing in Aleppo on Monday 30 August 2021.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.cross_check.judge import judge

NOON = datetime(2021, 8, 30, 12, tzinfo=timezone.utc)
LANGUAGES = ("en", "fr", "ar")

KILLED = {
    "en": "A car bomb at a market in Aleppo killed {n} people on Monday.",
    "fr": "Une voiture piégée a tué {n} personnes lundi sur un marché d'Alep.",
    "ar": "قُتل {n} شخصا يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}
INJURED = {
    "en": "A car bomb at a market in Aleppo injured {n} people on Monday.",
    "fr": "Une voiture piégée a blessé {n} personnes lundi sur un marché d'Alep.",
    "ar": "أُصيب {n} شخصا يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}
MISSING = {
    "en": "{n} people are missing after a ferry sank off Latakia on Monday.",
    "fr": "{n} personnes sont portées disparues après le naufrage d'un ferry lundi au large de "
    "Lattaquié.",
    "ar": "فُقد {n} شخصا بعد غرق عبارة يوم الاثنين قبالة اللاذقية.",
}
FINAL = {
    "en": "A car bomb at a market in Aleppo killed {n} people on Monday, according to the final "
    "toll.",
    "fr": "Une voiture piégée a tué {n} personnes lundi sur un marché d'Alep, selon le bilan "
    "définitif.",
    "ar": "قُتل {n} شخصا يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب، وفق الحصيلة النهائية.",
}
VAGUE = {
    "en": "A car bomb at a market in Aleppo killed dozens of people on Monday.",
    "fr": "Une voiture piégée a tué des dizaines de personnes lundi sur un marché d'Alep.",
    "ar": "قُتل عشرات الأشخاص يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}
CHILDREN = {
    "en": "A car bomb at a market in Aleppo killed {n} children on Monday.",
    "fr": "Une voiture piégée a tué {n} enfants lundi sur un marché d'Alep.",
    "ar": "قُتل {n} طفلا يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}
WAR = {
    "en": "The war has killed {n} people in Aleppo since 2011.",
    "fr": "La guerre a tué {n} personnes à Alep depuis 2011.",
    "ar": "قُتل {n} شخصا في حلب منذ 2011.",
}
PAST = {
    "en": "In March 2016 a car bomb at a market in Aleppo killed {n} people.",
    "fr": "En mars 2016, une voiture piégée avait tué {n} personnes sur un marché d'Alep.",
    "ar": "وفي مارس 2016 قُتل {n} شخصا في انفجار سيارة مفخخة في سوق في حلب.",
}
DENIED = {
    "en": "The army denied that a car bomb at a market in Aleppo killed {n} people on Monday.",
    "fr": "L'armée a démenti qu'une voiture piégée ait tué {n} personnes lundi sur un marché "
    "d'Alep.",
    "ar": "نفى الجيش مقتل {n} شخصا يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}
REVISED = {
    "en": "The toll of the car bomb at a market in Aleppo on Monday was revised down from {m} to "
    "{n} people killed.",
    "fr": "Le bilan de la voiture piégée lundi sur un marché d'Alep a été revu à la baisse de {m} "
    "à {n} morts.",
    "ar": "خُفضت حصيلة انفجار السيارة المفخخة يوم الاثنين في سوق في حلب من {m} إلى {n} قتيلا.",
}
ATTACKERS = {
    "en": "A car bomb at a market in Aleppo killed {n} people, including the bomber, on Monday.",
    "fr": "Une voiture piégée a tué {n} personnes, y compris le kamikaze, lundi sur un marché "
    "d'Alep.",
    "ar": "قُتل {n} شخصا، بينهم الانتحاري، يوم الاثنين في انفجار سيارة مفخخة في سوق في حلب.",
}


def article(text: str, language: str, hours: float, number: int, **fields: Any) -> Article:
    return Article(
        fields.pop("uri", f"urn:{number}"),
        NOON + timedelta(hours=hours),
        fields.pop("source", f"outlet{number}.example"),
        language=language,
        body_text=text,
        **fields,
    )


def kinds(*articles: Article) -> list[str]:
    """The kinds of what is raised, resolved ones too."""
    return [found.kind for found in judge(c for a in articles for c in claims_of(a))]


def told(one: dict[str, str], other: dict[str, str], figures: tuple[int, int], **fields: Any):
    """Two articles, six hours apart, in each language, and in two."""
    pairs = [(language, language) for language in LANGUAGES] + [("fr", "ar"), ("ar", "en")]
    for first, second in pairs:
        yield (
            article(one[first].format(n=figures[0]), first, 2, 1, **fields),
            article(other[second].format(n=figures[1], m=figures[0]), second, 8, 2, **fields),
        )


ROWS: dict[str, tuple[list[str], dict[str, str], dict[str, str], tuple[int, int]]] = {
    "later and lower": (["count_conflict"], KILLED, KILLED, (43, 31)),
    "an update": ([], KILLED, KILLED, (31, 43)),
    "the same": ([], KILLED, KILLED, (31, 31)),
    "a count that falls": ([], MISSING, MISSING, (43, 31)),
    "a count that falls, higher": (["count_conflict"], MISSING, MISSING, (31, 43)),
    "after a final toll": (["count_conflict"], FINAL, KILLED, (31, 43)),
    "a vague figure": ([], VAGUE, KILLED, (0, 43)),
    "killed and injured": ([], KILLED, INJURED, (43, 31)),
    "a group": ([], KILLED, CHILDREN, (43, 12)),
    "the war's toll": ([], WAR, KILLED, (9000, 43)),
    "a past event": ([], PAST, KILLED, (43, 31)),
    "a denial": (["denial"], KILLED, DENIED, (43, 43)),
    "taken back by the text": (["correction"], KILLED, REVISED, (43, 31)),
    "attackers in": ([], ATTACKERS, KILLED, (43, 42)),
    "attackers in, far apart": (["count_conflict"], ATTACKERS, KILLED, (43, 31)),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_in_every_language(row: str) -> None:
    expected, one, other, figures = ROWS[row]
    for articles in told(one, other, figures):
        assert kinds(*articles) == expected, [a.body_text for a in articles]


def test_editions_of_one_publisher_differ() -> None:
    texts = [("fr", 31), ("ar", 43)]
    editions = [
        article(KILLED[language].format(n=n), language, 2 + i / 2, i, source="france24.com")
        for i, (language, n) in enumerate(texts)
    ]
    assert kinds(*editions) == ["edition_conflict"]


def test_an_edition_that_moved_on_is_an_update() -> None:
    first = article(KILLED["fr"].format(n=31), "fr", 2, 1, source="rfi.fr")
    later = article(KILLED["ar"].format(n=43), "ar", 6, 2, source="mc-doualiya.com")
    assert kinds(first, later) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_moves_on_in_all_its_outlets(language: str) -> None:
    figures = [43, 31]
    outlets = [
        article(KILLED[language].format(n=n), language, 2 + 6 * i, i, credit="AFP")
        for i, n in enumerate(figures)
    ]
    assert kinds(*outlets) == []


@pytest.mark.parametrize(("hours", "expected"), [(3, []), (30, ["count_conflict"])])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_tells_the_higher_soon_after_had_not_heard_of_it(
    language: str, hours: int, expected: list[str]
) -> None:
    told_by = [("one.example", 43, 0), ("two.example", 31, 1), ("two.example", 43, hours)]
    articles = [
        article(KILLED[language].format(n=n), language, 2 + at, i, source=source)
        for i, (source, n, at) in enumerate(told_by)
    ]
    assert kinds(*articles) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_figure_after_two_moved_on(language: str) -> None:
    figures = [(12, 0), (31, 2), (33, 4), (12, 30)]
    articles = [
        article(KILLED[language].format(n=n), language, hours, i)
        for i, (n, hours) in enumerate(figures)
    ]
    assert kinds(*articles) == ["stale_source"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_after_the_event_higher_is_a_conflict(language: str) -> None:
    day = {
        "en": ("Monday", "30 August"),
        "fr": ("lundi", "le 30 août"),
        "ar": ("يوم الاثنين", "يوم 30 أغسطس"),
    }
    text = KILLED[language].replace(*day[language])
    articles = [article(text.format(n=n), language, 24 * 9 + i, i) for i, n in enumerate((31, 43))]
    assert kinds(*articles) == ["count_conflict"]


@pytest.mark.parametrize(
    ("killed", "expected"),
    [((12, 14), []), ((12, 13), ["count_conflict"]), ((12, 12), ["count_conflict"])],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_die_of_their_wounds_are_no_longer_wounded(
    language: str, killed: tuple[int, int], expected: list[str]
) -> None:
    articles = [
        article(
            KILLED[language].format(n=dead) + " " + INJURED[language].format(n=wounded),
            language,
            2 + 6 * i,
            i,
        )
        for i, (dead, wounded) in enumerate(zip(killed, (31, 29), strict=True))
    ]
    assert kinds(*articles) == expected


@pytest.mark.parametrize(("other", "expected"), [(50_000, []), (12_000, ["count_conflict"])])
def test_crowds_of_another_order_are_two(other: int, expected: list[str]) -> None:
    text = "{n:,} people marched through Beirut on Monday in a protest against electricity cuts."
    articles = [article(text.format(n=n), "en", 2 + 6 * i, i) for i, n in enumerate((5_000, other))]
    assert kinds(*articles) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("yesterday", []), ("Friday", ["date_conflict"]), ("yesterday, Sunday,", ["date_conflict"])],
)
def test_yesterday_proves_no_date(day: str, expected: list[str]) -> None:
    text = "The singer Wafa Haddad, who won two prizes for her songs, died {day} in Latakia."
    articles = [
        article(text.format(day=d), "en", 2 + 6 * i, i) for i, d in enumerate(("Tuesday", day))
    ]
    assert kinds(*articles) == expected
