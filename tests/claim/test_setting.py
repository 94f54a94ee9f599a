"""When and where: the day of what is told, and of saying it."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from schemas.messages import Time, Timex3
from tests.claim.test_examples import claims
from transforms.claim.setting import Days, days, from_publication, is_past

PUBLISHED = datetime(2021, 9, 2, 10, tzinfo=timezone.utc)  # a Thursday, as the examples'


def first(text: str, language: str = "en"):
    return claims(text, language)[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police said on Monday that the bomb killed 12 people."),
        ("fr", "La police a dit lundi que la bombe avait tué 12 personnes."),
        ("ar", "أعلنت الشرطة يوم الاثنين مقتل 12 شخصا."),
    ],
)
def test_the_day_of_saying_is_no_event_time(language: str, text: str) -> None:
    claim = first(text, language)
    assert claim.event_time == "2021-09-01/2021-09-02"
    assert claim.context.time_from == "none"
    assert claim.as_of.date() == date(2021, 8, 30)


@pytest.mark.parametrize(
    "text",
    [
        "September 1, 2021 Rioters set a bank on fire in Athens on Tuesday, killing three people.",
        "Updated Wed 1 September 2021, 9:03am Three people died in a fire in Athens on Tuesday.",
        "On 31 August 2021 Greece mourned three people killed in a fire.",
    ],
)
def test_the_day_of_the_page_is_no_event_time(text: str) -> None:
    assert first(text).event_time == "2021-08-31"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A judge on Saturday sentenced the man who killed four people to life in prison."),
        ("en", "The man who killed four people in an escape was sentenced Saturday to life."),
        ("fr", "Un tribunal a condamné lundi l'homme qui avait tué quatre personnes."),
        ("ar", "حكمت محكمة يوم الاثنين بالسجن على الرجل الذي قتل أربعة أشخاص."),
    ],
)
def test_the_day_of_a_sentence_is_not_that_of_the_deed(language: str, text: str) -> None:
    assert first(text, language).context.time_from == "none"


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        (
            "en",
            "The army on Wednesday denied that 29 people died in a strike on Monday.",
            "2021-08-30",
        ),
        ("fr", "L'armée a démenti mercredi avoir tué 29 personnes lundi.", "2021-08-30"),
        ("ar", "نفى الجيش مساء الأربعاء مقتل 14 جنديا في الكمين الذي وقع الاثنين.", "2021-08-30"),
        (
            "en",
            "At the market, where a bomb went off among the stalls on Monday, 28 people died.",
            "2021-08-30",
        ),
        ("en", "Police sought on Monday three men who killed 12 on 28 August.", "2021-08-28"),
        (
            "en",
            "On Monday they examined a stand that fell the day before, hurting 96.",
            "2021-08-29",
        ),
        (
            "en",
            "They have lived in tents since the 1988 quake, which killed 25,000 people.",
            "1988-01-01/1988-12-31",
        ),
        (
            "ar",
            "يسكنون أكواخا منذ زلزال عام 1988 الذي أودى بحياة 25 ألف شخص.",
            "1988-01-01/1988-12-31",
        ),
    ],
)
def test_the_day_of_what_is_told_is_that_of_its_own_clause(
    language: str, text: str, day: str
) -> None:
    counts = [claim for claim in claims(text, language) if claim.kind == "quantity"]
    assert [claim.event_time for claim in counts] == [day]


def test_the_day_of_a_sentence_is_that_of_those_sentenced() -> None:
    assert first("A court sentenced 12 people to death on Saturday.").event_time == "2021-08-28"


AS_OF = [
    ("en", "Sixty-one people were in custody at dawn on Wednesday.", "2021-09-01T06:00"),
    ("en", "640 motorists were stranded at the pass by Wednesday night.", "2021-09-01T18:00"),
    ("ar", "كان تسعة منهم لا يزالون عالقين في حدود منتصف نهار الأربعاء.", "2021-09-01T12:00"),
    ("ar", "وبلغ عدد من أوقفتهم الأجهزة الأمنية حتى فجر الأربعاء 94 شخصا.", "2021-09-01T06:00"),
    # When it happened is no as-of.
    ("en", "A rockfall trapped 13 miners on Tuesday evening.", "2021-09-02T10:00"),
    ("fr", "22 mineurs demeurent coincés depuis l'éboulement de mardi soir.", "2021-09-02T10:00"),
]


@pytest.mark.parametrize(("language", "text", "as_of"), AS_OF)
def test_a_part_of_the_day_at_which_a_count_stood_is_its_as_of(
    language: str, text: str, as_of: str
) -> None:
    assert {claim.as_of.isoformat()[:16] for claim in claims(text, language)} == {as_of}


def test_as_of_an_hour_is_the_moment_the_figure_speaks_of() -> None:
    claim = first("As of 6 p.m. on 1 September, 12 people had been killed.")
    assert claim.as_of == datetime(2021, 9, 1, 18, tzinfo=timezone.utc)


def test_a_figure_is_never_of_the_future() -> None:
    assert first("By 6 p.m. on 2 September 12 people had been killed.").as_of <= PUBLISHED


def test_two_days_joined_are_one_span() -> None:
    assert first("Floods killed 12 people on Sunday and Monday.").event_time == (
        "2021-08-29/2021-08-30"
    )


def test_the_nearest_day_is_the_figures() -> None:
    one, two = claims("A bomb killed 12 people on Sunday; a raid killed 5 on Monday.", "en")[:2]
    assert (one.event_time, two.event_time) == ("2021-08-29", "2021-08-30")


def test_a_sentence_without_a_day_takes_the_paragraphs() -> None:
    told = claims("A blast hit a market on 30 August. It killed 12 people.\nIt hurt 5.", "en")
    killed = next(c for c in told if c.slot == "killed")
    assert (killed.event_time, killed.context.time_from) == ("2021-08-30", "paragraph")


def test_places_of_the_sentence_and_of_the_paragraph() -> None:
    told = claims("A bomb killed 12 people in Kabul. It wounded 30.", "en")
    assert [c.places[0].name for c in told] == ["Kabul", "Kabul"]
    assert [c.context.place_from for c in told] == ["sentence", "paragraph"]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        # Of two days of a sentence those after it take over that of the event.
        ("en", "Zinc was loaded on Wednesday for towns struck by a hurricane on Monday. The storm "
               "killed nine people.", "2021-08-30"),
        # A weekday to come is the last one, also where something else is planned before it.
        ("ar", "رقمان لما خلفه فيضان النيل ليلة السبت. فقد تهدم 1450 منزلا.", "2021-08-28"),
        ("fr", "Il doit secourir la ville, où les pluies de samedi ont tué 7 personnes.",
         "2021-08-28"),
        ("fr", "Ils doivent tuer 7 vaches samedi.", None),
        # The only day before publication's that the lead tells; not where it tells two.
        ("en", "Tents reached the town on Thursday that lost its dyke on Sunday. A flood displaced "
               "8,000 residents.", "2021-08-29"),
        ("en", "Tents reached the town on Tuesday that lost its dyke on Sunday. A flood displaced "
               "8,000 residents.", "2021-09-01/2021-09-02"),
        # What is told of old times dates no news.
        ("en", "On Thursday 36 were still missing. In March a launch sank and 147 people died in "
               "the following days.", "2021-09-01/2021-09-02"),
        # After what struck, by days or by its week; five days of rain are none.
        ("ar", "هبطت الطائرة الأربعاء بعد خمسة أيام من العاصفة التي خلفت خمسة قتلى.", "2021-08-27"),
        ("ar", "قتل خمسة أشخاص الأربعاء بعد خمسة أيام من الأمطار.", "2021-09-01"),
        ("en", "They rebuild after last week's flood, in which 2,450 houses were destroyed.",
         "2021-08-23/2021-08-29"),
    ],
)  # fmt: skip
def test_the_day_of_an_event_told_beside_other_days(
    language: str, text: str, day: str | None
) -> None:
    counts = [claim for claim in claims(text, language) if claim.kind == "quantity"]
    assert [claim.event_time for claim in counts[:1]] == ([day] if day else [])


def test_since_begins_a_span() -> None:
    claim = first("Floods have killed 12 people since Monday.")
    assert claim.context.period is not None
    assert claim.context.period.startswith("since:2021-08-30")


def test_nothing_told_is_the_day_before_publication_or_that_day() -> None:
    assert from_publication(PUBLISHED) == Days(date(2021, 9, 1), date(2021, 9, 2))


@pytest.mark.parametrize(
    ("language", "text", "final"),
    [
        ("en", "Police arrested 58 people on Sunday. No further arrests were made.", True),
        ("en", "Police arrested 58 people on Sunday. Further arrests were made.", False),
        ("fr", "Neuf pêcheurs ont été secourus mardi. Personne ne manque à l'appel.", True),
        ("fr", "Neuf pêcheurs ont été secourus mardi. Deux manquent à l'appel.", False),
        (
            "en",
            "Police arrested 43 people, the station said, describing the number as final.",
            True,
        ),
        ("en", "Police arrested 43 people, the station said, describing the number as low.", False),
        ("fr", "La police a arrêté 26 personnes, d'après son compte rendu final.", True),
        ("fr", "La police a arrêté 26 personnes, d'après son premier compte rendu.", False),
        ("ar", "اعتقلت الشرطة 26 شخصا يوم الأحد، وفق بيانها الختامي.", True),
        ("ar", "اعتقلت الشرطة 26 شخصا يوم الأحد، وفق بيانها الأول.", False),
    ],
)
def test_a_count_is_final_where_nobody_else_is_sought(
    language: str, text: str, final: bool
) -> None:
    assert first(text, language).context.final == final


def test_long_past() -> None:
    assert is_past(Days(date(2021, 8, 1), date(2021, 8, 2)), PUBLISHED)
    assert not is_past(Days(date(2021, 8, 1), date(2021, 9, 2)), PUBLISHED)


def test_days_of_times() -> None:
    day = Time(Timex3("DATE", "2021-08-30"), "2021-08-30", "2021-08-30", "2021-08-30", "day")
    assert days(day) == Days(date(2021, 8, 30), date(2021, 8, 30))
    assert days(Time(Timex3("DURATION", "P3D"))) is None
    assert days(Time(Timex3("DATE", "PAST_REF"))) is None


def test_days_as_edtf() -> None:
    one, two = date(2021, 8, 30), date(2021, 8, 31)
    assert Days(one, one).edtf() == "2021-08-30"
    assert Days(one, two).edtf() == "2021-08-30/2021-08-31"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Typhoon Ligaya killed 12 people in Manila. Ligaya left 30 injured.", "Manila"),
        ("en", "A blast in Narayanganj killed nine, officer Mamun Rashid said.", "Narayanganj"),
        ("en", "A blast in Mosul killed nine of a convoy coming from Baghdad.", "Mosul"),
        ("fr", "Le typhon Ligaya a fait 12 morts à Manille. Ligaya a fait 30 blessés.", "Manila"),
    ],
)
def test_storms_speakers_and_where_one_came_from_are_no_places(
    language: str, text: str, place: str
) -> None:
    assert {found.name for claim in claims(text, language) for found in claim.places} == {place}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The toll is 29: 14 soldiers, nine workers of a plant being built and six villagers.",
         (14, 9, 6)),
        ("The toll is 29: 14 people, nine others and six victims.", ()),
        ("The toll is 29 - 14 soldiers, nine workers and six villagers.", ()),
    ],
)  # fmt: skip
def test_people_are_parts_by_what_they_are_only_after_a_colon(
    text: str, parts: tuple[int, ...]
) -> None:
    assert first(text).context.parts == parts
