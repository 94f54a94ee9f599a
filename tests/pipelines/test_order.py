"""Design, property 1, on the real graph: neither order nor the process changes what is found."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.backfill import OUTPUTS, backfill
from pipelines.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples"
RUN = """
import sys
from pathlib import Path
from pipelines.backfill import backfill
from pipelines.settings import Settings
backfill(sys.argv[1:2], Path(sys.argv[2]), Settings())
"""


def written(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.jsonl").read_bytes() for name in OUTPUTS}


def run(out: Path, given: Path) -> dict[str, bytes]:
    out.mkdir()
    backfill([str(given)], out, Settings())
    return written(out)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    found = run(tmp_path_factory.mktemp("once") / "out", SAMPLES)
    assert found["discrepancies"]
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_articles_and_repetition_finds_the_same(
    seed: int, once: dict[str, bytes], tmp_path: Path
) -> None:
    rng = random.Random(seed)
    files = sorted(SAMPLES.glob("*.jsonl"))
    lines = [line for file in files for line in file.read_bytes().splitlines(keepends=True)]
    shuffled = [*lines, *rng.choices(lines, k=10)]
    rng.shuffle(shuffled)
    given = tmp_path / "shuffled.jsonl"
    given.write_bytes(b"".join(shuffled))
    assert run(tmp_path / "out", given) == once


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_the_bytes_do_not_depend_on_the_hash_seed(
    seed: str, once: dict[str, bytes], tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-c", RUN, str(SAMPLES), str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert written(tmp_path) == once
