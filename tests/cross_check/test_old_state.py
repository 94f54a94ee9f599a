"""State that earlier releases kept is read by this one, and goes on."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import msgspec
import pytest

from transforms.cross_check.state import HeardEntry, SaidEntry, State, decode
from transforms.key.editions import Told

STATES = sorted((Path(__file__).parents[1] / "data" / "state").glob("version_*.json"))


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_conflict_that_an_earlier_release_told_is_taken_back_when_its_article_is(
    file: Path,
) -> None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    log = [base64.b64decode(entry) for entry in kept["log"]]
    entries = [decode(entry) for entry in log]
    heard = {e.claim.id: e for e in entries if isinstance(e, HeardEntry)}
    said = [e.discrepancy for e in entries if isinstance(e, SaidEntry) and e.discrepancy]
    assert said[-1].kind == "count_conflict"
    of_three = [e for e in heard.values() if e.claim.article.uri == "urn:three"]
    version, published, _, digest = of_three[0].clock
    withdrawn = Told(
        "urn:three",
        (version, published + 60, True, digest),
        tuple(msgspec.structs.replace(e.claim, replaced="withdrawn") for e in of_three),
    )
    outcome = State.of(kept["key"], log).tell(withdrawn)
    assert [(m.id, m.status, m.reason) for m in outcome.messages] == [
        (said[-1].id, "resolved", "withdrawn")
    ]


def test_what_a_later_release_kept_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="made by a later release of Tally"):
        decode(b"\xff\x00")
