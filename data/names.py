"""Names as people mean them: without case, accents, apostrophes, punctuation or a fixed order of words.

Everything that looks for a name or compares two goes through `plain`. What SQL searches is worked out from it once, when a
record is written, and kept beside the record (`data.search_keys`), so that both engines give the same list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from anyascii import anyascii

ALIKE = 0.82
"""How alike two names must be to ask, with the same date of birth, whether they are one child's."""

MOST_WORDS = 8
"""So many words of a search are looked for; the rest would find nothing else."""

_APOSTROPHES = "'`\"´‘’‚‛“”„′″ʼʻ"

_BREAKS = ",.;:/\\|()[]·•…"
"""What parts words besides spaces and dashes. Other signs stay what they are: "%" stands in no name."""


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    """One character as plain letters and digits, nothing, or a space.

    anyascii and unidecode were compared over the 1,155 letters that Unicode calls Latin: anyascii leaves none empty,
    unidecode 13 and writes 22 as signs ("Ə" as "@"); anyascii drops a zero-width space, unidecode makes it a gap; and
    anyascii takes half the time (4 and 8 microseconds a name).
    """
    kind = unicodedata.category(character)
    if kind[0] in "LMN":
        return "".join(filter(str.isalnum, anyascii(character))).lower()
    if kind == "Cf" or character in _APOSTROPHES:
        return ""
    return " " if kind == "Pd" or kind[0] in "ZC" or character in _BREAKS else character


def plain(name: str) -> str:
    """Returns the words of a name in plain small letters: “Ó’Neil-Łee” becomes “oneil lee”."""
    return " ".join("".join(map(_folded, name)).split())


def ordered(name: str) -> str:
    """Returns a plain name with its words sorted: “Lee, Sam” and “Sam Lee” become the same."""
    return " ".join(sorted(plain(name).split()))


def written_names_of(record: Mapping[str, Any]) -> list[str]:
    """Returns the name and each other name of a record as they were written."""
    return [record.get("name") or "", *re.split(r"[,;\n]", record.get("aliases") or "")]


def names_of(record: Mapping[str, Any]) -> list[str]:
    """Returns the name and each other name of a record, plain."""
    return list(dict.fromkeys(found for found in map(plain, written_names_of(record)) if found))


def search_key(*names: str | None) -> str:
    """Returns what a search looks in: the words of all the names, then each name run together from each of its words on.

    “Zoe Al Hashimi” becomes “zoe al hashimi|zoealhashimi|alhashimi”, so that “alhashimi” finds it and “eal” does not.
    """
    split = [plain(name).split() for name in names if name]
    together = ["".join(words[at:]) for words in split for at in range(len(words) - 1)]
    return "|".join([" ".join(word for words in split for word in words), *together])


def has_words(column: str, looked_for: str, first: int) -> tuple[str, list[str]]:
    """Returns a condition on a column of search keys, and its parameters, numbered from `first`.

    Every word must be a part of a word of the names, or begin the names run together. Words of which nothing is left, such
    as a dash, find nothing.
    """
    words = plain(looked_for).split()[:MOST_WORDS]
    if not words:
        return "false", []
    found = (
        f"(position(${n} in split_part({column}, '|', 1)) > 0 OR position('|' || ${n} in {column}) > 0)"
        for n in range(first, first + len(words))
    )
    return f"({' AND '.join(found)})", words


def are_alike(one: str, other: str) -> bool:
    """Compares two plain names, in the order given and with their words sorted: "Lee Sam" is like "Sam Lee"."""
    pairs = ((one, other), (ordered(one), ordered(other)))
    return any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE for a, b in pairs)
