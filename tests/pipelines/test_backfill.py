"""The backfill over real files: from articles to claims, discrepancies and rejects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from pipelines.backfill import OUTPUTS, Counts, Summary, backfill
from pipelines.settings import Settings
from schemas.messages import Claim, Discrepancy, Reject

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(f"{name}.jsonl" for name in OUTPUTS)


class Run(NamedTuple):
    """What a backfill wrote and told."""

    summary: Summary
    claims: list[Claim]
    discrepancies: list[Discrepancy]
    rejects: list[Reject]
    bytes_of: dict[str, bytes]


def run(out: Path, *inputs: str | Path) -> Run:
    out.mkdir()
    summary = backfill([str(path) for path in inputs], out, Settings())
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    messages: Any = [
        msgspec.json.Decoder(kind).decode_lines(written[f"{name}.jsonl"])
        for name, kind in OUTPUTS.items()
    ]
    return Run(summary, *messages, written)


def article(uri: str, text: str, **fields: Any) -> dict[str, Any]:
    return {
        "uri": uri,
        "versioncreated": "2023-07-06T12:00:00Z",
        "source": f"{uri}.example",
        "language": "en",
        "body_text": text,
        **fields,
    }


def lines(path: Path, *entries: dict[str, Any] | bytes) -> Path:
    path.write_bytes(
        b"".join(
            (entry if isinstance(entry, bytes) else json.dumps(entry).encode()) + b"\n"
            for entry in entries
        )
    )
    return path


def train(dead: int) -> str:
    return f"A train left the tracks near Corlu in Turkey on 5 July 2023, killing {dead} people."


# --- The samples ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("samples") / "out", SAMPLES)


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("five") / "out", SAMPLES / "articles.jsonl")


def test_three_files_are_written_and_nothing_else(samples: Run) -> None:
    # Each line was decoded by the closed type of its file, whose schema is generated from it.
    assert sorted(samples.bytes_of) == FILES
    assert len({claim.id for claim in samples.claims}) == len(samples.claims) > 0
    assert len({d.id for d in samples.discrepancies}) == len(samples.discrepancies) > 0


def test_the_summary_counts_what_was_written(samples: Run) -> None:
    articles = sum(len(path.read_bytes().splitlines()) for path in SAMPLES.glob("*.jsonl"))
    assert samples.summary.articles == articles
    assert samples.summary.rejects == len(samples.rejects) == 0
    assert samples.summary.claims == len(samples.claims)
    assert samples.summary.discrepancies == len(samples.discrepancies)
    assert samples.summary.open == sum(d.status == "open" for d in samples.discrepancies)


def test_two_runs_write_the_same_bytes(samples: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "again", SAMPLES).bytes_of == samples.bytes_of


def test_the_order_of_the_inputs_does_not_matter(samples: Run, tmp_path: Path) -> None:
    given = sorted(SAMPLES.glob("*.jsonl"), reverse=True)
    assert run(tmp_path / "again", *given).bytes_of == samples.bytes_of


def test_the_day_of_the_last_soldiers_is_a_soft_conflict(five: Run) -> None:
    (found,) = five.discrepancies
    assert (found.kind, found.status, found.slot) == ("date_conflict", "open", "departed")
    assert (found.severity.level, found.severity.reasons) == ("low", ("one_day_apart",))
    told = [
        (position.time and position.time.edtf, [claim.article.uri for claim in position.claims])
        for position in found.positions
    ]
    assert told == [
        ("2021-08-30", ["urn:tally:sample:004"]),
        ("2021-08-31", ["urn:tally:sample:002"]),
    ]
    exact = [position.claims[0].quote.quote.exact for position in found.positions]
    assert ["30 August" in exact[0], exact[1]] == [True, "31 août"]


TRAPS = ["6,000", "124000", "نصف", "منتصف", "فبراير", "29 février 2020"]


@pytest.mark.parametrize("trap", TRAPS)
def test_no_trap_is_a_side_of_a_conflict(five: Run, trap: str) -> None:
    """6,000 Americans of 124,000 people, half by way of Qatar, a plan, a month with its day."""
    texts = [
        claim.quote.quote.exact
        for found in five.discrepancies
        for position in found.positions
        for claim in (*position.claims, *position.supported_by)
    ]
    assert not [text for text in texts if trap in text]


def test_the_traps_are_read(five: Run) -> None:
    """They raise nothing because they are understood, not because nothing was seen."""
    texts = [claim.quote.quote.exact for claim in five.claims]
    for trap in ("6,000", "124000", "فبراير", "29 février 2020"):
        assert any(trap in text for text in texts), trap


def test_samples_raise_nothing_between_the_five_and_other_articles(samples: Run) -> None:
    for found in samples.discrepancies:
        uris = {c.article.uri for position in found.positions for c in position.claims}
        of_five = {uri for uri in uris if uri.startswith("urn:tally:sample:")}
        assert of_five in (set(), uris)


def test_every_figure_stands_where_its_claim_says(five: Run) -> None:
    texts = {
        entry["uri"]: entry["body_text"]
        for entry in map(json.loads, (SAMPLES / "articles.jsonl").read_bytes().splitlines())
    }
    for claim in five.claims:
        quote, position = claim.quote.quote, claim.quote.position
        text = texts[claim.article.uri]
        assert text[position.start : position.end] == quote.exact
        assert quote.prefix + quote.exact + quote.suffix in text


# --- What comes in goes out -----------------------------------------------------------------------


def test_every_message_is_an_article_or_a_reject(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "a.jsonl",
        article("urn:a", train(24)),
        b"\xff\xfe not UTF-8",
        b"{no JSON",
        article("urn:b", ""),
        article("urn:c", train(24), versioncreated="yesterday"),
        article("urn:d", "Il treno è deragliato a Corlu.", language="it"),
        {"uri": "urn:e"},
        article("urn:f", train(24)),
    )
    found = run(tmp_path / "out", file)
    assert sorted(reject.reason for reject in found.rejects) == sorted(
        ["not_utf8", "not_json", "no_text", "bad_date", "unsupported_language", "not_by_schema"]
    )
    assert (found.summary.articles, found.summary.rejects) == (2, 6)
    assert [reject.offset for reject in found.rejects] == [2, 3, 4, 5, 6, 7]


def test_an_article_canceled_before_it_was_seen_is_a_reject(tmp_path: Path) -> None:
    canceled = article("urn:a", train(24), pubstatus="canceled")
    found = run(tmp_path / "out", lines(tmp_path / "a.jsonl", canceled))
    assert [(r.step, r.reason) for r in found.rejects] == [("key", "canceled_before_seen")]
    assert (found.summary.articles, found.summary.rejects) == (0, 1)
    assert found.claims == []


def test_a_run_without_claims_writes_empty_files(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", article("urn:a", "The sky was blue over the sea."))
    assert run(tmp_path / "out", file).bytes_of == dict.fromkeys(FILES, b"")


def test_the_progress_tells_how_far_the_run_is(tmp_path: Path) -> None:
    told: list[Counts] = []
    summary = backfill([str(SAMPLES)], tmp_path, Settings(), progress=told.append)
    for counts in told:
        assert counts.articles <= summary.articles + summary.rejects
    assert told == sorted(told, key=lambda counts: counts.articles)


# --- Editions -------------------------------------------------------------------------------------

SIDES = (
    article("urn:one", train(24)),
    article("urn:two", train(12), versioncreated="2023-07-07T12:00:00Z"),
)


def test_two_articles_conflict(tmp_path: Path) -> None:
    (found,) = run(tmp_path / "out", lines(tmp_path / "a.jsonl", *SIDES)).discrepancies
    assert (found.kind, found.status) == ("count_conflict", "open")


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_withdrawn_article_resolves_its_discrepancy(tmp_path: Path, status: str) -> None:
    gone = article(
        "urn:two", train(12), version=2, versioncreated="2023-07-08T12:00:00Z", pubstatus=status
    )
    for name, entries in (("late", (*SIDES, gone)), ("early", (gone, *SIDES))):
        found = run(tmp_path / name, lines(tmp_path / f"{name}.jsonl", *entries))
        assert [(d.kind, d.status, d.reason) for d in found.discrepancies] == [
            ("count_conflict", "resolved", "withdrawn")
        ]
        assert {c.article.uri: c.replaced for c in found.claims} == {
            "urn:one": None,
            "urn:two": "withdrawn",
        }
        assert (found.summary.articles, found.summary.rejects) == (3, 0)


def test_a_second_version_that_takes_a_figure_back_is_a_correction(tmp_path: Path) -> None:
    second = article("urn:one", train(12), version=2, versioncreated="2023-07-06T15:00:00Z")
    found = run(tmp_path / "out", lines(tmp_path / "a.jsonl", second, SIDES[0]))
    (correction,) = found.discrepancies
    assert (correction.kind, correction.status) == ("correction", "resolved")
    assert correction.reason == "corrected"
    assert {c.article.version: c.replaced for c in found.claims} == {1: "corrected", 2: None}


def test_a_corrected_article_no_longer_conflicts(tmp_path: Path) -> None:
    second = article("urn:two", train(24), version=2, versioncreated="2023-07-08T12:00:00Z")
    found = run(tmp_path / "out", lines(tmp_path / "a.jsonl", *SIDES, second))
    assert [d.kind for d in found.discrepancies if d.status == "open"] == []


def test_the_same_article_twice_is_said_once(tmp_path: Path) -> None:
    once = run(tmp_path / "once", lines(tmp_path / "once.jsonl", *SIDES))
    twice = run(tmp_path / "twice", lines(tmp_path / "twice.jsonl", *SIDES, *reversed(SIDES)))
    assert twice.discrepancies == once.discrepancies
    assert twice.claims == once.claims


@pytest.mark.parametrize("changed", [{"pubstatus": "canceled"}, {"body_text": train(24)}])
def test_a_version_that_comes_again_finds_the_same_in_any_order(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    """Feeds that never raise the version number: the later published one holds."""
    again = {**SIDES[1], "versioncreated": "2023-07-08T12:00:00Z", **changed}
    late = run(tmp_path / "late", lines(tmp_path / "late.jsonl", *SIDES, again))
    early = run(tmp_path / "early", lines(tmp_path / "early.jsonl", again, *SIDES))
    assert [d.kind for d in late.discrepancies if d.status == "open"] == []
    assert late.bytes_of == early.bytes_of
