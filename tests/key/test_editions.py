"""Which version of an article stands, whatever the order the versions come in."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Claim, PubStatus
from tests.claims import NOON, count
from transforms.claim.edition import Edition
from transforms.key.editions import canceled_before_seen, changed, standing


def edition(
    version: int, *values: float, pubstatus: PubStatus = "usable", hours: float = 0
) -> Edition:
    claims = tuple(
        count(value, uri="urn:x", version=version, hours=hours, start=10 * index)
        for index, value in enumerate(values)
    )
    return Edition("urn:x", version, NOON + timedelta(hours=hours), pubstatus, claims)


def states(claims: list[Claim]) -> dict[str, str | None]:
    return {claim.id: claim.replaced for claim in claims}


FIRST, SECOND = edition(1, 25, 40), edition(2, 15, hours=3)
GONE = edition(3, pubstatus="canceled", hours=5)


def test_a_first_version_stands() -> None:
    assert standing([FIRST]) == list(FIRST.claims)


def test_a_newer_version_corrects_the_older() -> None:
    assert [c.replaced for c in standing([FIRST, SECOND])] == ["corrected", "corrected", None]


def test_a_version_without_claims_corrects_too() -> None:
    assert {c.replaced for c in standing([FIRST, edition(2)])} == {"corrected"}


def test_a_withdrawal_withdraws_all_versions() -> None:
    withheld = edition(3, pubstatus="withheld")
    for last in (GONE, withheld):
        assert [c.replaced for c in standing([FIRST, SECOND, last])] == ["withdrawn"] * 3


def test_a_withdrawal_of_the_same_version_counts() -> None:
    gone = edition(1, pubstatus="canceled", hours=1)
    assert {c.replaced for c in standing([gone, FIRST])} == {"withdrawn"}


def test_a_usable_version_after_the_withdrawal_stands() -> None:
    again = edition(4, 12, hours=8)
    assert [c.replaced for c in standing([FIRST, GONE, again])] == ["corrected"] * 2 + [None]


def test_only_what_an_edition_changes_is_told_again() -> None:
    assert changed([], FIRST) == list(FIRST.claims)
    assert changed([FIRST], FIRST) == []
    assert states(changed([FIRST], SECOND)) == states(standing([FIRST, SECOND]))
    assert {c.replaced for c in changed([FIRST, SECOND], GONE)} == {"withdrawn"}


def test_a_late_old_version_comes_out_corrected() -> None:
    assert {c.replaced for c in changed([SECOND], FIRST)} == {"corrected"}


def test_a_withdrawal_of_what_never_came() -> None:
    assert canceled_before_seen([GONE]) == GONE
    assert canceled_before_seen([GONE, FIRST]) is None
    assert canceled_before_seen([]) is None
    earlier = edition(2, pubstatus="withheld", hours=1)
    assert canceled_before_seen([GONE, earlier]) == canceled_before_seen([earlier, GONE]) == earlier


editions = st.builds(
    lambda version, values, pubstatus, hours: edition(
        version, *values, pubstatus=pubstatus, hours=hours
    ),
    st.integers(1, 4),
    st.lists(st.sampled_from([3, 12, 40]), max_size=2),
    st.sampled_from(["usable", "usable", "canceled", "withheld"]),
    st.integers(0, 3),
)


@given(st.lists(editions, max_size=6), st.randoms())
def test_order_and_repetition_change_nothing(given_editions, rng) -> None:
    shuffled = [*given_editions, *rng.choices(given_editions, k=3)] if given_editions else []
    rng.shuffle(shuffled)
    assert standing(shuffled) == standing(given_editions)
    assert canceled_before_seen(shuffled) == canceled_before_seen(given_editions)


@given(st.lists(editions, min_size=1, max_size=6))
def test_what_came_out_last_of_a_claim_is_its_state(given_editions) -> None:
    """What a reader of the stream holds at the end: of each id the last state that was told."""
    told: dict[str, str | None] = {}
    for index, one in enumerate(given_editions):
        told.update(states(changed(given_editions[:index], one)))
    final = states(standing(given_editions))
    assert {name: told[name] for name in final} == final


def test_a_version_that_comes_again_takes_back_what_it_told() -> None:
    """A feed that withdraws an article under the version number it already had."""
    gone = edition(1, pubstatus="canceled", hours=1)
    assert {c.replaced for c in changed([FIRST], gone)} == {"withdrawn"}


def test_what_a_feed_told_does_not_depend_on_its_order() -> None:
    again = edition(1, 40, hours=1)

    def told(*feed: Edition) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for index, one in enumerate(feed):
            found.update(states(changed(feed[:index], one)))
        return found

    assert told(FIRST, again) == told(again, FIRST)
