"""Logs are readable on a terminal and JSON elsewhere, ours and the libraries' alike."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys

import pytest
import structlog

from pipelines import logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def entries(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_entry_is_one_line_of_json_with_what_was_bound() -> None:
    stream = io.StringIO()
    logs.set_up("info", stream)
    structlog.get_logger("read").info("article rejected", uri="urn:x", source="قنا")
    (entry,) = entries(stream)
    assert entry["event"] == "article rejected"
    assert entry["uri"] == "urn:x"
    assert entry["source"] == "قنا"
    assert entry["level"] == "info"
    assert entry["logger"] == "tally.read"
    assert str(entry["timestamp"]).endswith("Z")


def test_context_is_in_every_entry() -> None:
    stream = io.StringIO()
    logs.set_up("info", stream)
    with structlog.contextvars.bound_contextvars(offset=7):
        structlog.get_logger().info("one")
    assert entries(stream)[0]["offset"] == 7


def test_levels_below_the_one_set_are_left_out() -> None:
    stream = io.StringIO()
    logs.set_up("warning", stream)
    structlog.get_logger().info("no")
    structlog.get_logger().warning("yes")
    assert [entry["event"] for entry in entries(stream)] == ["yes"]


@pytest.mark.parametrize("level", logs.LEVELS[:3])
def test_beam_is_heard_from_warnings_on(level: str) -> None:
    stream = io.StringIO()
    logs.set_up(level, stream)
    beam = logging.getLogger("apache_beam.runners.portability")
    beam.info("Running stage 1")
    beam.warning("slow %s", "stage")
    assert [entry["event"] for entry in entries(stream)] == ["slow stage"]


def test_importing_beam_says_nothing() -> None:
    program = (
        "import pipelines.logs; pipelines.logs.set_up(); import apache_beam.runners.portability\n"
        "from apache_beam.runners.portability.fn_api_runner import FnApiRunner"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""


def test_a_traceback_does_not_show_the_values_of_variables() -> None:
    for stream in (io.StringIO(), Terminal()):
        logs.set_up("info", stream)
        article = "the whole text of an article"
        try:
            raise KeyError(len(article))
        except KeyError:
            structlog.get_logger().exception("failed")
        assert "KeyError" in stream.getvalue()
        assert "the whole text" not in stream.getvalue()


def test_a_terminal_gets_colours_unless_it_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    colours, plain = Terminal(), Terminal()
    logs.set_up("info", colours)
    structlog.get_logger().info("read", articles=5)
    monkeypatch.setenv("NO_COLOR", "1")
    logs.set_up("info", plain)
    structlog.get_logger().info("read", articles=5)
    assert "\x1b[" in colours.getvalue()
    assert "\x1b[" not in plain.getvalue()
    assert "articles=5" in plain.getvalue()


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown level 'loud'; one of: debug"):
        logs.set_up("loud")
