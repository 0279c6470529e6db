"""Whether the audit trail is as it was written: the chain recomputed, and compared with heads that were kept elsewhere.

Reading what the entries say is `data.trail.audit_entries`. Nothing here writes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.database.audit import START_OF_CHAIN, chained
from data.database.engine import Row
from data.database.store import Store
from data.refusal import Problems
from forms.kinds.date import in_words

AT_A_TIME = 20_000
BEFORE_ALL = -(2**62)


@dataclass(frozen=True)
class Head:
    """The last entry of the trail at some moment, to be kept where who can change the database cannot reach."""

    seq: int
    chain: str
    happened_at: datetime.datetime

    def __str__(self) -> str:
        return f"{self.seq} {self.chain} {self.happened_at.astimezone(datetime.UTC).isoformat()}"

    @classmethod
    def parse(cls, line: str) -> Head:
        """What `str` made. Raises `Problems`."""
        try:
            seq, chain, happened_at = line.split()
            instant = datetime.datetime.fromisoformat(happened_at)
            if int(seq) < 1 or len(chain) != len(START_OF_CHAIN) or instant.tzinfo is None:
                raise ValueError
            return cls(int(seq), chain, instant)
        except ValueError:
            raise Problems(
                "Give the head of the chain as it was printed: a number, 64 letters and digits, and a time."
            ) from None

    @classmethod
    def parse_all(cls, text: str) -> tuple[Head, ...]:
        """One to a line, as a file collects them day by day."""
        return tuple(cls.parse(line) for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Fault:
    """The first place at which the trail is not as it was written."""

    seq: int
    kind: str
    """changed, removed, added, reordered, unclear, rewritten, cut"""
    sentence: str


@dataclass(frozen=True)
class Verdict:
    entries: int
    """That hold, counted from the first."""
    fault: Fault | None = None

    def __str__(self) -> str:
        if self.fault:
            return f"The audit trail is not as it was written. {self.fault.sentence} Entries before it that hold: {self.entries:,}."
        return f"The audit trail is whole. Entries, each following from the one before: {self.entries:,}."


def head(store: Store) -> Head | None:
    """None while there is no entry."""
    with store.reading() as connection:
        row = connection.row("SELECT seq, chain, happened_at FROM audit ORDER BY seq DESC LIMIT 1")
    return Head(row["seq"], row["chain"], row["happened_at"]) if row else None


def verify(store: Store, kept: Sequence[Head] = ()) -> Verdict:
    """Recompute the whole chain, page by page, up to the entry that is the last as it begins; seconds for a million."""
    kept_at = {given.seq: given for given in kept}
    holds, previous = 0, START_OF_CHAIN
    last = head(store)
    for entry in _entries(store, up_to=last.seq if last else 0):
        if entry["seq"] != holds + 1 or entry["chain"] != chained(store.chain_key, previous, entry):
            return Verdict(holds, _Search(store, previous, holds + 1, entry).fault())
        given = kept_at.get(entry["seq"])
        if given and given.chain != entry["chain"]:
            return Verdict(holds, _rewritten(given))
        holds, previous = holds + 1, entry["chain"]
    with store.reading() as connection:
        there = connection.value("SELECT count(*) FROM audit WHERE seq IS NULL OR seq <= $1", [holds])
    if there != holds:
        return Verdict(holds, Fault(holds, "added", "An entry was added beside another of its number."))
    beyond = [given for given in kept if given.seq > holds]
    return Verdict(holds, _cut(holds, max(beyond, key=lambda given: given.seq)) if beyond else None)


def _rewritten(given: Head) -> Fault:
    return Fault(
        given.seq,
        "rewritten",
        f"Entry {given.seq:,} is not the one that the head of {_day(given)} names: the trail was written anew.",
    )


def _cut(holds: int, given: Head) -> Fault:
    sentence = f"{_removed(holds + 1, given.seq)}: the trail ends before the head of {_day(given)}."
    return Fault(holds + 1, "cut", sentence)


def _removed(first: int, last: int) -> str:
    return f"Entries {first:,} to {last:,} were removed" if last > first else f"Entry {first:,} was removed"


def _day(given: Head) -> str:
    return in_words(given.happened_at.date())


def _entries(store: Store, up_to: int, after: int = BEFORE_ALL) -> Iterator[Row]:
    """In order, a page to a transaction, so that a long check holds nobody up."""
    while True:
        with store.reading() as connection:
            page = connection.rows(
                f"SELECT * FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT {AT_A_TIME}",
                [after, up_to],
            )
        yield from page
        if len(page) < AT_A_TIME:
            return
        after = page[-1]["seq"]


@dataclass(frozen=True)
class _Search:
    """What was done where the chain first breaks. `entry` stands where the entry of number `due` belongs."""

    store: Store
    previous: str
    due: int
    entry: Row

    def fault(self) -> Fault:
        number, stands = f"Entry {self.due:,}", self.entry["seq"]
        if stands > self.due:
            return Fault(self.due, "removed", f"{_removed(self.due, stands - 1)}.")
        kind = self._kind()
        return Fault(
            self.due,
            kind,
            {
                "changed": f"{number} was changed after it was written.",
                "removed": f"{number} was removed, and those after it were given new numbers.",
                "added": f"{number} was added by other means than the tool.",
                "reordered": f"{number} is out of its place: entries were put in another order.",
                "unclear": f"{number} does not follow from the one before: it was changed or added, or others were "
                "removed here." + (" Check first that the trail's key is the right one." * (self.due == 1)),
            }[kind],
        )

    def _kind(self) -> str:
        if self.entry["seq"] < self.due:
            return "added"
        following = next(_entries(self.store, self.due + 1, after=self.due), None)
        as_it_should_be = self._link(self.previous, self.entry, self.due)
        if following and following["chain"] in (
            self._link(self.entry["chain"], following, self.due + 1),
            self._link(as_it_should_be, following, self.due + 1),
        ):
            return "changed"
        if any(row["chain"] == self._link(self.previous, row, self.due) for row in self._rest()):
            return "reordered" if self._has_a_place() else "added"
        if following and following["chain"] == self._link(self.entry["chain"], following, self.due + 2):
            return "removed"
        return "unclear"

    def _has_a_place(self) -> bool:
        """Whether the entry was once written by the tool, after any of those that come later now."""
        return any(
            self.entry["chain"] == self._link(row["chain"], self.entry, seq)
            for row in self._rest()
            for seq in (row["seq"], row["seq"] + 1)
        )

    def _rest(self) -> Iterator[Row]:
        return _entries(self.store, 2**62, after=self.due)

    def _link(self, previous: str, entry: Row, seq: int) -> str:
        return chained(self.store.chain_key, previous, {**entry, "seq": seq})
