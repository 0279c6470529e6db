"""What is known of everybody whom a partnership's records name, to find them in what somebody writes (`data.naming`)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import permutations

from data.actor import Reading, as_stored
from data.names import plain, written_names_of
from forms.places import Partnership

A_NAME, AN_ADDRESS = "a name", "an address"
LONGEST_NAME = 4
"""Words of a name that may stand in any order; of a longer one the first and the last do."""
SHORTEST_NAME = 3
"""Letters; a name of one word is more than a part of one only if it is longer."""


@dataclass
class Known:
    """What is known of everybody whom the partnership's records name."""

    whole: dict[str, set[str]] = field(default_factory=dict)
    """A name, number or address without its spaces → the children whose it is."""
    what: dict[str, str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    births: set[datetime.date] = field(default_factory=set)
    longest: int = 0

    def add(self, squeezed: str, what: str, child_id: str | None) -> None:
        if squeezed:
            self.whole.setdefault(squeezed, set()).update([child_id] if child_id else ())
            self.what.setdefault(squeezed, what)
            self.longest = max(self.longest, len(squeezed))

    def add_name(self, name: str | None, child_id: str | None) -> None:
        words = plain(name or "").split()
        self.parts.update(word for word in words if len(word) > 2)
        if len(words) < 2:
            if words and len(words[0]) > SHORTEST_NAME and _is_without_capitals(name or ""):
                self.add(words[0], A_NAME, child_id)
            return
        orders: Iterable[tuple[str, ...]] = (
            permutations(words) if len(words) <= LONGEST_NAME else (tuple(words),)
        )
        for order in (*orders, (words[0], words[-1]), (words[-1], words[0])):
            self.add("".join(order), A_NAME, child_id)


def _is_without_capitals(name: str) -> bool:
    """Whether the name is in a script that has none, as Chinese or Arabic: there a name does not show by its capital, and a
    whole one may be one word."""
    return any(map(str.isalpha, name)) and name.lower() == name.upper()


@as_stored
def known_of(work: Reading, partnership: Partnership) -> Known:
    """Of the partnership's children, with former names and relatives, and its people of concern."""
    known, areas = Known(), list(partnership.areas)
    ours = "(SELECT record_id FROM child WHERE area = ANY($1) OR child_id IN (SELECT child_id FROM episode WHERE area = ANY($1)))"
    for row in work.rows(
        "SELECT DISTINCT child_id, name, aliases, date_of_birth, nhs_number, lcs_number, address FROM child_history"
        f" WHERE record_id IN {ours}",
        [areas],
    ):
        child_id = row["child_id"]
        for name in written_names_of(row):
            known.add_name(name, child_id)
        if row["date_of_birth"]:
            known.births.add(row["date_of_birth"])
        for number in (row["nhs_number"], row["lcs_number"]):
            squeezed = _squeezed(number)
            if len(squeezed) > 4 and any(letter.isdigit() for letter in squeezed):
                known.add(squeezed, "a child's number", child_id)
        house = _squeezed(re.split(r"[,\n]", row["address"] or "")[0])
        if len(house) > 5 and any(letter.isdigit() for letter in house):
            known.add(house, AN_ADDRESS, child_id)
    for relatives in ("child_adults", "child_siblings"):
        for name in work.values(f"SELECT DISTINCT name FROM {relatives} WHERE record_id IN {ours}", [areas]):
            known.add_name(name, None)
    for row in work.rows(
        "SELECT DISTINCT name, aliases FROM concern_history WHERE concern_id IN"
        " (SELECT concern_id FROM concern WHERE kind = 'person' AND area = ANY($1))",
        [areas],
    ):
        for name in written_names_of(row):
            known.add_name(name, None)
    return known


def _squeezed(text: str | None) -> str:
    return "".join(re.findall(r"[^\W_]+", plain(text or "")))
