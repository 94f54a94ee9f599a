"""Who is counted: which groups are one, and which is a part of which."""

from __future__ import annotations

from schemas.messages import Claim
from transforms.claim.counted import EVERYBODY
from transforms.claim.slots import slots

PUPILS = frozenset({"children", "students"})
ALL_THERE_ARE = frozenset({"civilians", "men", "crew"})
# Those who march, strike or vote: 9,000 nurses on strike are all who went, as *its members* are.
OF_A_CROWD = frozenset({"teachers", "rescuers", "students", "officials", "journalists", "police"})
# Groups among the people an event befell: a figure of one is a part of the figure of all.
PARTS_OF_PEOPLE = frozenset(
    {"civilians", "children", "women", "students", "migrants", "refugees", "crew"}
)


def group(claim: Claim) -> str:
    """The group a claim counts; `people` where an article tells no other figure of the slot.

    Twelve civilians, seven men, or a crew of nine, are all its dead where it tells of no others;
    the teachers of a march are all who marched.
    """
    counted, slot = claim.counted, slots()[claim.slot]
    all_there_are = ALL_THERE_ARE | OF_A_CROWD if slot.family == "crowd" else ALL_THERE_ARE
    if counted not in all_there_are:
        return counted
    return "people" if slot.unit == "person" and _is_alone(claim) else counted


def _is_alone(claim: Claim) -> bool:
    told = [f for f in claim.context.figures if f.startswith(f"{claim.slot}=")]
    stated = claim.quantity.stated if claim.quantity is not None else None
    return stated is not None and told == [f"{claim.slot}={stated:g}"]


def is_of_all(whole: Claim, part: Claim) -> bool:
    """Whether a claim counts all people where another counts a group among them: 22 killed, and 22
    children killed."""
    among = PARTS_OF_PEOPLE - EVERYBODY
    return group(whole) in EVERYBODY and group(part) in among


def comparable_groups(one: str, other: str) -> bool:
    """Whether two groups are one, or one a part of all people. Symmetric.

    Pupils are students in one language, children in another.
    """
    if one == other or {one, other} == PUPILS:
        return True
    part = other if one == "people" else one if other == "people" else None
    return part in PARTS_OF_PEOPLE
