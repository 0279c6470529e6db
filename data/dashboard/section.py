"""What a view is made of: sections with a finding, a table and how it is counted. The page draws them, the file writes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """A figure that opens to the children behind it, by the name of its cut."""

    value: int
    cut: str


Cell = Count | int | float | str | None
"""None: there is no such number."""

Lines = tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Section:
    title: str
    caption: str
    headings: tuple[str, ...]
    """What the lines are, then each column."""
    lines: Lines
    finding: str
    """One sentence that says what the table shows."""
    counted: tuple[str, ...] = ()
    """How this is counted, in sentences."""
    chart: str = ""
    """"bars" (one for each line, its series end to end), "groups" (a bar for each series, side by side), "months"; else no chart."""
    series: int = 1
    """How many columns, from the first, the chart shows."""
    warnings: tuple[str, ...] = ()
    """What must be said wherever this is shown, such as that the weights are not approved."""
    look: str = ""
    """"headline" for figures to be read from two metres, "bands" where lines are bands."""
    has_total: bool = False
    """The last line is the sum of those above."""

    def counts(self) -> dict[str, int]:
        """Every figure here that opens, by its cut."""
        return {c.cut: c.value for _, cells in self.lines for c in cells if isinstance(c, Count)}


def value_of(cell: Cell) -> int | float | str | None:
    return cell.value if isinstance(cell, Count) else cell


def number(cell: Cell) -> int | float | None:
    shown = value_of(cell)
    return None if isinstance(shown, str) else shown


def children(count: int) -> str:
    return "1 child" if count == 1 else f"{count:,} children"


def share(part: int, whole: int) -> str:
    """ "12 of 40 (30%)"; without a whole there is no share."""
    return f"{part:,} of {whole:,} ({100 * part / whole:.0f}%)" if whole else "0 of 0"


def days(value: float | None) -> float | int | None:
    """Days as people read them: whole where they are, else to one place."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(float(value), 1)
