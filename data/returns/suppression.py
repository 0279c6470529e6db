"""Which numbers to withhold so that no small count can be worked out. Pure: knows cells and sums, no measure and no child.

A small count is withheld, and with it other cells, so that for each withheld cell there is a *swap*: a change of withheld
cells only, by one each, that keeps every sum and every number that is shown. Whoever sees the copy cannot tell the true
numbers from the swapped ones, so every withheld cell has at least two values, from everything that is shown together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = Any
"""Whatever names a cell: here an area, a measure and a breakdown."""
Swap = dict[Cell, int]
Cost = Callable[[Cell], int]

TRIES = 1_000
"""Steps of the search for one swap."""


class NoSwap(Exception):
    """A cell for which none was found: then nothing may be shown."""


@dataclass(frozen=True)
class Sum:
    """A cell that is the sum of others. Where they differ by something else, the difference counts as known."""

    whole: Cell
    parts: tuple[Cell, ...]


def withheld(
    values: Mapping[Cell, int],
    sums: Sequence[Sum],
    small_up_to: int,
    cost: Cost,
    also: Iterable[Cell] = (),
    free: Iterable[Cell] = (),
) -> set[Cell]:
    """The cells to withhold. `also`: to be withheld whatever their size; `free`: never shown at all, so that they cost nothing.

    A zero is shown, as it names nobody, unless it is among `also` or tells: beside zeros, the one other part of a withheld
    whole would be all of it.
    """
    search = _Search(values, sums, cost, set(free))
    search.withhold({cell for cell, value in values.items() if 1 <= value <= small_up_to} | set(also))
    while zeros := search.telling_zeros():
        search.withhold(zeros)
    return search.hidden - search.free


class _Search:
    def __init__(self, values: Mapping[Cell, int], sums: Sequence[Sum], cost: Cost, free: set[Cell]) -> None:
        self.values, self.sums, self.cost, self.free = values, sums, cost, free
        self.hidden: set[Cell] = set(free)
        self.swapped: set[Cell] = set()
        self.ceilings = sorted({cost(cell) for cell in values if cell not in free})
        self.ceiling = 0
        self.may_raise_zeros = False
        self.sums_of: dict[Cell, list[int]] = defaultdict(list)
        for at, one in enumerate(sums):
            for cell in (one.whole, *one.parts):
                self.sums_of[cell].append(at)

    def withhold(self, cells: set[Cell]) -> None:
        """Withhold these, with what protects each of them."""
        self.hidden |= cells
        # The largest sums first: their swaps go through the most cells, which then serve the others.
        for cell in sorted(cells, key=lambda c: (-len(self.sums_of[c]), -self.values[c], str(c))):
            if cell not in self.swapped and cell not in self.free:
                self._protect(cell)

    def telling_zeros(self) -> set[Cell]:
        """Zeros that are still shown, of withheld wholes that lie in one part altogether."""
        found: set[Cell] = set()
        for one in self.sums:
            zeros = [part for part in one.parts if self.values[part] == 0]
            if one.whole in self.hidden and len(zeros) == len(one.parts) - 1:
                found.update(zeros)
        return found - self.hidden

    def _protect(self, cell: Cell) -> None:
        """Withhold what the cheapest swap found for this cell needs."""
        best = self._cheapest(cell, (False, True) if self.values[cell] else (True,))
        self.hidden |= set(best)
        self.swapped |= set(best)

    def _cheapest(self, cell: Cell, may_raise_zeros: Iterable[bool]) -> Swap:
        """Zeros that are shown rise only when nothing else will do, or to make another zero possible."""
        for may_raise in may_raise_zeros:
            self.may_raise_zeros = may_raise
            for ceiling in self.ceilings:  # what is dear is withheld only when nothing cheaper will do
                self.ceiling = ceiling
                found = [swap for by in (1, -1) if (swap := self._swap(cell, by))]
                if found:
                    return min(found, key=self._price)
            # One more of the same kind everywhere is nearly always there.
            if only_up := self._swap(cell, 1, only_up=True):
                return only_up
        raise NoSwap

    def _price(self, swap: Swap) -> int:
        return sum(self.cost(cell) for cell in swap if cell not in self.hidden)

    def _swap(self, cell: Cell, by: int, *, only_up: bool = False) -> Swap | None:
        self._only_up = only_up
        if not self._may(cell, by):
            return None
        self._left = TRIES
        return self._mended({cell: by})

    def _is_within(self, cell: Cell) -> bool:
        return cell in self.hidden or self.cost(cell) <= self.ceiling

    def _may(self, cell: Cell, by: int) -> bool:
        """No cell falls to nothing, and a zero that is shown rises only where it may be withheld."""
        if by < 0 and self._only_up:
            return False
        if self.values[cell] == 0:
            return by > 0 and (cell in self.hidden or self.may_raise_zeros)
        return self.values[cell] + by >= (0 if cell in self.free else 1)

    def _mended(self, swap: Swap) -> Swap | None:
        """Depth first: take a sum that is off by something and change one more cell of it, the most fitting first."""
        off = self._off(swap)
        if not off:
            return swap
        self._left -= 1
        if self._left < 0:
            return None
        at = min(off, key=lambda at: sum(1 for _ in self._fitting(at, off, swap)))
        for cell, by in sorted(self._fitting(at, off, swap), key=lambda move: self._rank(move, off)):
            mended = self._mended({**swap, cell: by})
            if mended:
                return mended
            if self._left < 0:
                return None
        return None

    def _off(self, swap: Swap) -> dict[int, int]:
        """Sum → by how much its parts now exceed the whole, where they do not fit."""
        found: dict[int, int] = defaultdict(int)
        for cell, by in swap.items():
            for at in self.sums_of[cell]:
                found[at] += -by if cell == self.sums[at].whole else by
        return {at: excess for at, excess in found.items() if excess}

    def _fitting(self, at: int, off: Mapping[int, int], swap: Swap) -> Iterator[tuple[Cell, int]]:
        """The changes of one more cell that bring this sum nearer to its whole."""
        one, excess = self.sums[at], off[at]
        down = -1 if excess > 0 else 1
        for cell in one.parts:
            if cell not in swap and self._is_within(cell) and self._may(cell, down):
                yield cell, down
        if one.whole not in swap and self._is_within(one.whole) and self._may(one.whole, -down):
            yield one.whole, -down

    def _rank(self, move: tuple[Cell, int], off: Mapping[int, int]) -> tuple[int, int, int, str]:
        """How many more sums this puts out than it mends, then what withholding it costs."""
        cell, by = move
        worse = 0
        for at in self.sums_of[cell]:
            change = -by if cell == self.sums[at].whole else by
            worse += abs(off.get(at, 0) + change) - abs(off.get(at, 0))
        return worse, 0 if cell in self.hidden else self.cost(cell), self.values[cell], str(cell)
