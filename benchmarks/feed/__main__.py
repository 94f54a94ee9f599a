"""The continuous feed measured: `make bench` runs this too, or

    python -m benchmarks.feed [SECTION ...] [--soak MINUTES]

Sections: event, clients, throughput, delay; all of these when none is named, and only by name:
settings. All but `event` start a Kafka and a Flink of their own on this machine (Java 17, Maven).
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.feed.clients import show_clients
from benchmarks.feed.delay import show_delay
from benchmarks.feed.measured import why_not
from benchmarks.feed.one_event import show_growth
from benchmarks.feed.settings_tried import show_settings
from benchmarks.feed.soak import show_soak
from benchmarks.feed.throughput import show_throughput
from tests.system.feeds import Stack

ON_STACK: dict[str, Callable[[Stack], None]] = {
    "clients": show_clients,
    "throughput": show_throughput,
    "delay": show_delay,
    "settings": show_settings,
}
USUAL = ("event", "clients", "throughput", "delay")
SECTIONS = ("event", *ON_STACK)


def show(sections: Sequence[str] = USUAL) -> None:
    """Measures and prints these sections."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # the broker ends before its clients
    if "event" in sections:
        show_growth()
    wanted = [name for name in sections if name in ON_STACK]
    if not wanted:
        return
    if reason := why_not():
        print(f"\n{', '.join(wanted)}: left out. {reason}")
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as exit_stack:
        stack = Stack(Path(folder), exit_stack)
        for name in wanted:
            ON_STACK[name](stack)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.feed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="memory over so long a run")
    told = parser.parse_args()
    unknown = [name for name in told.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    if told.soak is None or told.sections:
        show(told.sections or USUAL)
    if told.soak is not None:
        if reason := why_not():
            parser.exit(1, f"No Kafka and Flink for the soak. {reason}\n")
        show_soak(told.soak)


if __name__ == "__main__":
    main()
