"""Makes version_1.json: the state of a key as the release of today keeps it.

    python -m tests.data.state.make_state

Run once for each version of the format, by the last release that writes it; the files stay as they
are, so that later releases are held to reading them (tests/cross_check/test_old_state.py).
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timezone
from pathlib import Path

from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.cross_check.state import VERSION, State, encode
from transforms.key.editions import Told
from transforms.key.keys import keys_of

MOMENT = datetime(2021, 8, 31, 10, tzinfo=timezone.utc)
KILLED = {"one": 41, "two": 41, "three": 35}


def article(outlet: str, killed: int) -> Article:
    return Article(
        uri=f"urn:{outlet}",
        versioncreated=MOMENT,
        source=f"{outlet}.example",
        language="en",
        headline=f"Car bomb hits market in Aleppo, {killed} killed",
        body_text=f"A car bomb killed {killed} people at a market in Aleppo on Monday 30 August "
        "2021, officials said.",
    )


def main() -> None:
    told = {
        outlet: tuple(c for c in claims_of(article(outlet, killed)) if c.slot == "killed")
        for outlet, killed in KILLED.items()
    }
    key = keys_of(told["one"][0])[-1]  # the block of days that speaks of the fact
    state, log = State(key), []
    for outlet, claims in told.items():
        clock = (1, MOMENT.timestamp(), False, b"")
        log += [encode(entry) for entry in state.tell(Told(f"urn:{outlet}", clock, claims)).log]
    log += [encode(entry) for entry in state.pass_time().log]  # desks had time to catch up
    version = VERSION[0]
    kept = {"key": key, "log": [base64.b64encode(entry).decode() for entry in log]}
    path = Path(__file__).parent / f"version_{version}.json"
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
