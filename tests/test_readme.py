"""What the README shows is what a person sees.

`python -m tests.test_readme` writes the demo's output into the README anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
import typer

from pipelines import cli

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = 2  # discrepancies of the demo
BLOCK = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- end of demo -->)", re.S)


def demo() -> str:
    """The first discrepancies that `make demo` prints, as a block of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        run("backfill", "samples", "--out", out)
        shown = run("show", out).split("\n\n")
    lines = [
        part
        for line in "\n\n".join([*shown[:SHOWN], "…"]).splitlines()
        for part in textwrap.wrap(line, 100, subsequent_indent="  ") or [""]
    ]
    return textwrap.indent("\n".join(lines), "    ", lambda line: bool(line.strip())) + "\n\n"


def run(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    ).stdout  # fmt: skip


def test_the_demo_is_shown_as_it_is() -> None:
    block = BLOCK.search(README.read_text(encoding="utf-8"))
    assert block is not None
    assert block[0].strip("\n") == demo().strip("\n"), "python -m tests.test_readme writes it anew"


@pytest.mark.parametrize("document", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=str)
def test_commands_and_files_that_are_named_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands = set(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"(?:`|^    |\| )tally ([a-z][a-z-]*)", text, re.M)) <= commands
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.M)) <= targets
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (document.parent / link).exists(), link


def test_all_commands_are_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    for command in typer.main.get_command(cli.app).commands:  # type: ignore[attr-defined]
        assert f"| `tally {command}" in text


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda _: "\n" + demo(), text), encoding="utf-8")
