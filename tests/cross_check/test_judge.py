"""Each row of the design's tables: what is raised, and what is not."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from schemas.messages import Context, Place, PlaceName, Scope
from tests.claims import NOON, count, dated
from transforms.cross_check.judge import judge

BOMBING = Context(event_kinds=("bombing",), time_from="sentence")


def kinds(*claims, **options):
    return [(d.kind, d.status) for d in judge(claims, **options)]


def values(discrepancy):
    return [position.value.low for position in discrepancy.positions]


def test_later_and_lower_is_a_conflict():
    (found,) = judge([count(43, "one.example"), count(38, "two.example", 5)])
    assert found.kind == "count_conflict"
    assert values(found) == [38, 43]
    assert found.first_seen == NOON + timedelta(hours=5)


def test_later_and_higher_is_an_update():
    assert kinds(count(38, "one.example"), count(43, "two.example", 5)) == []


def test_a_count_that_falls_goes_the_other_way():
    assert kinds(count(38, slot="missing"), count(20, "two.example", 5, slot="missing")) == []
    assert kinds(count(20, slot="missing"), count(38, "two.example", 5, slot="missing")) == [
        ("count_conflict", "open")
    ]


def test_later_and_lower_waits_until_desks_caught_up():
    claims = [count(43, "one.example"), count(38, "two.example", 5)]
    assert kinds(*claims, now=NOON + timedelta(hours=5, minutes=30)) == []
    assert kinds(*claims, now=NOON + timedelta(hours=6)) == [("count_conflict", "open")]


def test_after_a_final_count_higher_is_a_conflict():
    final = Context(event_kinds=("bombing",), time_from="sentence", final=True)
    assert kinds(count(38, context=final), count(43, "two.example", 5)) == [
        ("count_conflict", "open")
    ]


def test_a_week_after_the_event_higher_is_a_conflict():
    assert kinds(count(38, hours=24 * 9), count(43, "two.example", 24 * 10)) == [
        ("count_conflict", "open")
    ]


def test_an_outbreak_goes_on_for_longer():
    cases = [count(8, slot="infected"), count(11, "two.example", 24 * 3, slot="infected")]
    late = [count(8, slot="infected", hours=24 * 20), count(11, "b", 24 * 22, slot="infected")]
    assert kinds(*cases) == kinds(*late) == []


def test_as_of_decides_what_is_later():
    assert kinds(count(21, hours=4, as_of=3), count(12, "two.example", 6, as_of=0)) == []


@pytest.mark.parametrize(
    "other",
    [
        count(8, "two.example", 5, scope=Scope("part", "including")),
        count(8, "two.example", 5, counted="children"),
        count(8, "two.example", 5, modality="planned"),
        count(8, "two.example", 5, slot="injured"),
        count(8, "two.example", 5, event_time="2021-08-27"),
        count(8, "two.example", 5, context=Context(event_kinds=("bombing",), period="since:2021")),
        count(8, "two.example", 5, context=Context(event_kinds=("flood",), time_from="sentence")),
    ],
    ids=["part", "group", "plan", "slot", "day", "span", "kind"],
)
def test_other_facts_are_not_compared(other):
    assert kinds(count(30), other) == []


def test_a_vague_figure_supports_all_it_meets_and_joins_none():
    claims = [
        count(80, "one.example"),
        count((20, 99), "three.example", 1, qualifier="vague"),
        count(30, "two.example", 5),
    ]
    (found,) = judge(claims)
    assert values(found) == [30, 80]
    assert [len(position.supported_by) for position in found.positions] == [1, 1]


def test_copies_are_one_independent_source():
    agency = [count(12, f"{n}.example", hours, lineage="afp") for n, hours in (("a", 0), ("b", 1))]
    (found,) = judge([*agency, count(8, "d.example", 20)])
    assert [p.independent_sources for p in found.positions] == [1, 1]
    assert found.positions[1].sources == ("a.example", "b.example")


def test_one_text_under_two_names_is_one_source():
    text = tuple(range(24))
    claims = [count(12, f"{n}.example", 1, fingerprint=text) for n in "ab"]
    (found,) = judge([*claims, count(8, "d.example", 20)])
    assert found.positions[1].independent_sources == 1


def test_two_speakers_in_one_article():
    claims = [
        count(300, uri="urn:x", speaker="governor"),
        count(900, uri="urn:x", speaker="red_cross", start=50),
    ]
    assert kinds(*claims) == [("count_conflict", "open")]
    assert kinds(claims[0], msgspec.structs.replace(claims[1], speaker="governor")) == []


def test_one_speaker_who_gave_two_figures_in_a_day_moved_on():
    first = [
        count(15, "one.example", start=90, speaker="observatory", uri="urn:one"),
        count(15, "one.example", uri="urn:one", field="headline"),  # told again by nobody
    ]
    other = count(18, "two.example", uri="urn:two", speaker="observatory")
    assert kinds(*first, other) == []
    civil = msgspec.structs.replace(other, speaker="civil_defence")
    assert kinds(*first, civil) == [("count_conflict", "open")]


def test_officials_of_two_articles_are_not_one_speaker():
    """Officials are many: a headline without speaker and their figures differ all the same."""
    claims = [
        count(41, "one.example", uri="urn:one"),
        count(41, "one.example", start=90, speaker="government", uri="urn:one"),
        count(35, "two.example", uri="urn:two"),
        count(35, "two.example", start=90, speaker="government", uri="urn:two"),
    ]
    assert kinds(*claims) == [("count_conflict", "open")]
    monitors = [msgspec.structs.replace(c, speaker=c.speaker and "observatory") for c in claims]
    assert kinds(*monitors) == []


def test_what_moves_may_have_moved_on():
    moving = msgspec.structs.replace(BOMBING, running=True)
    assert kinds(count(43, context=moving), count(70, "two.example")) == []
    assert kinds(
        count(43, context=moving, speaker="governor"), count(70, "two.example", speaker="police")
    ) == [("count_conflict", "open")]


PASSAGE = {"uri": "urn:x", "context": Context(rivals=6, place_from="paragraph")}


@pytest.mark.parametrize(
    ("first", "second", "start", "found"),
    [
        ({"speaker": "governor"}, {"speaker": "red_cross"}, 150, [("count_conflict", "open")]),
        ({"speaker": "governor"}, {"speaker": "red_cross"}, 900, []),  # not of one passage
        ({"speaker": "governor"}, {"speaker": "governor"}, 150, []),
        ({"speaker": "governor"}, {}, 150, []),
    ],
    ids=["two speakers", "far apart", "one speaker", "unknown"],
)
def test_two_speakers_in_one_passage_of_a_roundup(first, second, start, found):
    region = (Place("170903", "Daraa", (PlaceName("SY", "Syria"),)),)
    one = count(494, places=region, **PASSAGE, **first)
    other = count(650, places=region, start=start, **PASSAGE, **second)
    assert kinds(one, other) == found


def test_a_figure_of_all_is_no_figure_of_children():
    school = Context(event_kinds=("bombing",), time_from="sentence", words=("@school", "hass"))
    part = {"counted": "children", "scope": Scope("part", "among them"), "context": school}

    def told(all_dead):
        return [
            count(22, "one.example", counted="children", context=school),
            count(all_dead, "two.example", 5, uri="urn:two", context=school),
            count(14, "two.example", 5, uri="urn:two", start=40, **part),
        ]

    assert ("count_conflict", "open") in kinds(*told(22))
    soldiers = [msgspec.structs.replace(claim, counted="soldiers") for claim in told(22)[:1]]
    assert kinds(*soldiers, *told(22)[1:]) == []


def test_two_speakers_count_the_same_children():
    parts = {"counted": "children", "scope": Scope("part", "including"), "uri": "urn:x"}
    claims = [
        count(22, speaker="un", **parts),
        count(15, speaker="observatory", start=90, **parts),
    ]
    assert kinds(*claims) == [("count_conflict", "open")]
    people = [msgspec.structs.replace(claim, counted="people") for claim in claims]
    assert kinds(*people) == []


def test_older_figure_after_two_sources_moved_on_is_stale():
    claims = [
        count(4, "a.example", 0),
        count(14, "b.example", 30),
        count(15, "c.example", 47),
        count(4, "d.example", 75),
    ]
    assert kinds(*claims) == [("stale_source", "open")]
    # Within the patience of six hours desks may still be catching up.
    assert kinds(*claims[:3], count(4, "d.example", 48)) == []


def test_a_new_version_that_takes_a_figure_back_is_a_correction():
    old = msgspec.structs.replace(count(25, uri="urn:x"), replaced="corrected")
    (found,) = judge([old, count(15, uri="urn:x", version=2, hours=3)])
    assert (found.kind, found.status, found.reason) == ("correction", "resolved", "corrected")
    assert {p.status for p in found.positions} == {"corrected", "current"}


def test_a_new_version_with_a_higher_count_is_an_update():
    old = msgspec.structs.replace(count(15, uri="urn:x"), replaced="corrected")
    assert kinds(old, count(25, uri="urn:x", version=2, hours=3)) == []


@pytest.mark.parametrize("later", [3, 9])
def test_a_new_version_of_what_does_not_move_is_a_correction(later):
    old = count(6, uri="urn:x", slot="pledged")
    new = count(later, uri="urn:x", version=2, hours=3, slot="pledged")
    assert [d.kind for d in judge([old, new])] == ["correction"]


def test_a_withdrawn_article_is_no_side():
    gone = msgspec.structs.replace(count(30, "a.example"), replaced="withdrawn")
    claims = [count(19, "b.example", 20), count(11, "c.example", 25)]
    (still,) = [d for d in judge([gone, *claims]) if d.status == "open"]
    assert values(still) == [11, 19]
    assert kinds(gone, claims[0]) == [("count_conflict", "resolved")]


def test_editions_of_one_publisher():
    claims = [
        count(12, "paper.example", language="en"),
        count(17, "ar.paper.example", 1, language="ar"),
    ]
    assert kinds(*claims) == [("edition_conflict", "open")]


def test_dates_of_one_signing():
    where = {
        "context": Context(
            event_kinds=("deal",), names=("semera", "afar", "issa"), words=tuple("abcdefgh")
        )
    }
    assert kinds(dated("2021-08-20", **where), dated("2021-08-23", "two.example", **where)) == [
        ("date_conflict", "open")
    ]
    (soft,) = judge([dated("2021-08-20", **where), dated("2021-08-21", "two.example", **where)])
    assert soft.severity.level == "low"


def test_one_source_moves_on_without_a_conflict():
    assert kinds(count(43, "one.example"), count(38, "one.example", 5)) == []


def test_an_article_that_tells_both_figures_disagrees_with_neither():
    claims = [count(11, uri="urn:x"), count(26, uri="urn:x", start=90, event_time="2021-08-28")]
    assert kinds(*claims, count(26, "two.example", 5)) == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, [("count_conflict", "open")]),
        ({"scope": Scope("part", "kin")}, []),
        ({"scope": Scope("part", "alone")}, []),
        ({"counted": "nationals:ET"}, []),
    ],
    ids=["all", "one tribe", "one place", "one nation"],
)
def test_a_headlines_figure_is_of_what_its_text_counts(told, found):
    headline = count(18, "two.example", 5, uri="urn:x", field="headline")
    body = count(18, "two.example", 5, uri="urn:x", start=50, **told)
    assert kinds(count(25, "one.example"), headline, body) == found


def test_a_denial_without_a_figure_is_low():
    (found,) = judge([count(10), count(10, "two.example", 5, modality="denied")])
    assert (found.kind, found.severity.level) == ("denial", "low")
    assert [position.status for position in found.positions] == ["current", "denied"]


def test_a_denial_of_what_nobody_asserts_is_nothing():
    assert kinds(count(10, modality="denied"), count(4, "two.example", 5, slot="injured")) == []


def test_expected_parties_are_said_at_info():
    claims = [
        count(9000, speaker="organisers", slot="crowd"),
        count(3000, "two.example", 2, speaker="police", slot="crowd"),
    ]
    (found,) = judge(claims)
    assert found.severity.level == "info"


def test_background_stays_with_its_own_event():
    old = Context(event_kinds=("bombing",), time_from="sentence", background=True)
    assert kinds(count(30), count(8, "two.example", 5, context=old)) == []


def test_a_denied_open_figure_founds_no_position():
    vague = {"qualifier": "at_least"}
    claims = [count(10, **vague), count(10, "two.example", 5, modality="denied", **vague)]
    assert judge(claims) == []


def test_who_is_said_to_have_told_a_figure_may_deny_it():
    claims = [count(10, speaker="police"), count(10, "b", 5, modality="denied", speaker="police")]
    assert [kind for kind, _ in kinds(*claims)] == ["denial"]


@pytest.mark.parametrize(
    ("denied", "own", "found"),
    [(14, 5, ["count_conflict"]), (9, 5, []), (None, 5, [])],
    ids=["his own instead", "another's figure", "nothing denied"],
)
def test_a_denial_with_a_figure_is_a_position(denied, own, found):
    """The ministry denies that 14 soldiers died and says five did: the 14 is not its own."""
    weak = Context(event_kinds=("bombing",), time_from="none")
    claims = [
        count(14, "tribe.example", counted="soldiers", context=weak),
        count(own, "army.example", 3, counted="soldiers", uri="urn:a", context=weak),
    ]
    if denied is not None:
        claims.append(
            count(
                denied, "army.example", 3, start=90, counted="soldiers", uri="urn:a",
                modality="denied", context=weak,
            )
        )  # fmt: skip
    assert [k for k, _ in kinds(*claims) if k != "denial"] == found


@pytest.mark.parametrize(("hours", "found"), [(3, []), (12, ["count_conflict"])])
def test_who_had_time_to_hear_of_the_higher_figure_has_not_told_an_earlier_one(hours, found):
    risen = Context(event_kinds=("bombing",), time_from="sentence", running=True)
    claims = [count(31, context=risen), count(17, "two.example", hours)]
    assert [kind for kind, _ in kinds(*claims)] == found
