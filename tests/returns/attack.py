"""What somebody can work out from a copy for publication, who knows how the figures add up and nothing of how cells were chosen.

The sums are written out here once more from returns.md, so that a sum forgotten in the tool is not forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from forms.codes import ETHNICITY, ETHNICITY_GROUPS

Cell = Any
Equation = tuple[Cell, tuple[Cell, ...]]
"""A whole and its parts."""
MANY = 10_000
PRIME = 1_000_003
FAR = 8
PATIENCE = 400
"""Tries for one value of one cell. A solution that is not found counts as none, so that a test can only fail by it."""

AGES = ("under_10", "10_12", "13", "14", "15", "16", "17", "18_and_over")
DIVISIONS = {
    "age": AGES,
    "gender": ("female", "male", "another", "not_known"),
    "ethnicity_group": ("white", "mixed", "asian", "black", "other", "not_known"),
    "ethnicity": tuple(code for code, _ in ETHNICITY),
    "sen": ("none", "sen_support", "ehcp", "not_known"),
}


def equations(areas: Sequence[str], places: Iterable[Cell]) -> list[Equation]:
    found: list[Equation] = []
    for a in (*areas, "Total"):
        found.append(((a, 1, "total"), tuple((a, 1, f"kind={k}") for k in ("criminal", "sexual", "both"))))
        found.append(((a, 2, "total"), ((a, 2, "judgement=being"), (a, 2, "judgement=may_be"))))
        found.append(((a, 2, "judgement=being"), ((a, 9, "total"), (a, 9, "the rest"))))
        found.append(
            ((a, 6, "total"), tuple((a, 6, f"judgement={j}") for j in ("A", "B", "C", "D", "E", "none")))
        )
        found.append(((a, 7, "total"), ((a, 7, "reason=unable_to_engage"), (a, 7, "reason=lack_of_consent"))))
        found.append(
            ((a, 10, "total"), tuple((a, 10, f"multi_agency={x}") for x in ("yes", "no", "not_recorded")))
        )
        for j, whole in (
            ("", "total"),
            (";judgement=being", "judgement=being"),
            (";judgement=may_be", "judgement=may_be"),
        ):
            for by, keys in DIVISIONS.items():
                found.append(((a, 2, whole), tuple((a, 4, f"{by}={key}{j}") for key in keys)))
            for group, codes in ETHNICITY_GROUPS.items():
                found.append(
                    (
                        (a, 4, f"ethnicity_group={group}{j}"),
                        tuple((a, 4, f"ethnicity={code}{j}") for code in codes),
                    )
                )
        for by, keys in DIVISIONS.items():
            for key in keys:
                parts = tuple((a, 4, f"{by}={key};judgement={j}") for j in ("being", "may_be"))
                found.append(((a, 4, f"{by}={key}"), parts))
    for _, measure, breakdown in {("", m, b) for _, m, b in places}:
        found.append((("Total", measure, breakdown), tuple((a, measure, breakdown) for a in areas)))
    return found


def bounds(
    known: Mapping[Cell, int], unknown: Iterable[Cell], rules: Sequence[Equation], least: Mapping[Cell, int]
) -> dict[Cell, tuple[int, int]]:
    """`least` of each unknown cell. From where to where each unknown cell can lie, by narrowing the sums against each other until nothing moves."""
    low = {**known, **{cell: least[cell] for cell in unknown}}
    high = {**known, **dict.fromkeys(unknown, MANY)}
    for whole, parts in rules:  # what was never shown, as the rest of measure 9, may be nothing
        for cell in (whole, *parts):
            low.setdefault(cell, 0)
            high.setdefault(cell, MANY)
    moved = True
    while moved:
        moved = False
        for whole, parts in rules:
            least_of, most_of = sum(low[p] for p in parts), sum(high[p] for p in parts)
            new = [(whole, least_of, most_of)]
            new += [(p, low[whole] - (most_of - high[p]), high[whole] - (least_of - low[p])) for p in parts]
            for cell, lowest, highest in new:
                if lowest > low[cell] or highest < high[cell]:
                    low[cell], high[cell] = max(low[cell], lowest), min(high[cell], highest)
                    moved = True
                    if low[cell] > high[cell]:  # it cannot be; narrowing on would never end
                        return {c: (low[c], high[c]) for c in low}
    return {cell: (low[cell], high[cell]) for cell in low}


def in_one_part(
    spans: Mapping[Cell, tuple[int, int]], hidden: Iterable[Cell], rules: Sequence[Equation]
) -> list[Cell]:
    """The withheld wholes of which it is known that everybody in them is in one and the same part: all others are zeros."""
    hidden = set(hidden)
    return [
        whole
        for whole, parts in rules
        if whole in hidden and len(parts) > 1 and sum(spans[part][1] > 0 for part in parts) < 2
    ]


def determined(unknown: Sequence[Cell], rules: Sequence[Equation]) -> set[Cell]:
    """The unknown cells that the sums alone fix, by elimination (in a field of prime size, so exactly)."""
    cells = list(unknown) + sorted({c for w, ps in rules for c in (w, *ps) if c[2] == "the rest"})
    at = {cell: i for i, cell in enumerate(cells)}
    matrix = np.zeros((len(rules), len(cells)), dtype=np.int64)
    for row, (whole, parts) in enumerate(rules):
        for cell, sign in ((whole, -1), *((part, 1) for part in parts)):
            if cell in at:
                matrix[row, at[cell]] += sign
    matrix %= PRIME
    rank, pivots = 0, []
    for column in range(len(cells)):
        rows = np.nonzero(matrix[rank:, column])[0]
        if not len(rows):
            continue
        matrix[[rank, rank + rows[0]]] = matrix[[rank + rows[0], rank]]
        matrix[rank] = matrix[rank] * pow(int(matrix[rank, column]), -1, PRIME) % PRIME
        others = np.nonzero(matrix[:, column])[0]
        for other in others[others != rank]:
            matrix[other] = (matrix[other] - matrix[other, column] * matrix[rank]) % PRIME
        pivots.append(column)
        rank += 1
    return {cells[column] for row, column in enumerate(pivots) if np.count_nonzero(matrix[row]) == 1}


def solutions(
    known: Mapping[Cell, int], true: Mapping[Cell, int], rules: Sequence[Equation], least: Mapping[Cell, int]
) -> dict[Cell, set[int]]:
    """Values that each unknown cell takes in solutions, at least two of each where there are two.

    `true` are the unknown cells; their numbers say only where to look first, so that what is there is found soon.
    """
    found: dict[Cell, set[int]] = {cell: set() for cell in true}
    tries = 0

    def go(filled: dict[Cell, int], left: Sequence[Cell]) -> bool:
        """Whether a solution was found; it is then among `found`."""
        nonlocal tries
        tries -= 1
        if tries < 0:
            return False
        spans = bounds(filled, left, rules, least)
        if any(a > b for a, b in spans.values()):
            return False
        if not left:
            for cell in true:
                found[cell].add(filled[cell])
            return True
        cell = min(left, key=lambda c: spans[c][1] - spans[c][0])
        low, high = spans[cell]
        values = sorted(
            range(low, min(high, true[cell] + FAR) + 1), key=lambda value: abs(value - true[cell])
        )
        return any(go({**filled, cell: value}, [c for c in left if c != cell]) for value in values)

    for cell in true:
        for value in sorted(range(least[cell], true[cell] + FAR), key=lambda value: abs(value - true[cell])):
            if len(found[cell]) < 2 and value not in found[cell]:
                tries = PATIENCE
                go({**known, cell: value}, [c for c in true if c != cell])
    return found
