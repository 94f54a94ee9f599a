"""Tables of figures, as text."""

from __future__ import annotations

from collections.abc import Sequence

GAP = "  "


def print_table(
    title: str, command: str, heads: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """A title, the command that makes the figures, and a row for each thing measured.

    The first column is left-aligned, the others right-aligned; floats have three digits that count.
    """
    written = [list(heads), *([cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    print(f"\n{title}\n  {command}\n")
    for row in written:
        first, *others = (
            text.ljust(width) if i == 0 else text.rjust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  " + GAP.join([first, *others]).rstrip(), flush=True)


def cell(value: object) -> str:
    """A figure as it is printed: 1,234, 12.3, 1.23; what is no number as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def percent(part: float, whole: float) -> str:
    """A share with one decimal; `-` where there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "-"
