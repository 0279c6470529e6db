"""Names as people mean them: without case, accents, punctuation or a fixed order of words. In Python and in SQL alike."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.82
"""How alike two names must be to ask, with the same date of birth, whether they are one child's."""

_STROKES = dict(zip("ŁłØøĐđĦħŦŧı", "LlOoDdHhTti", strict=True))
"""Letters that Unicode does not take apart."""


def _base(letter: str) -> str:
    apart = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return _STROKES.get(letter, apart)


_ACCENTED = [c for c in map(chr, range(0xC0, 0x250)) if len(_base(c)) == 1 and _base(c).isascii()]
_BREAKS = "-‐–,.;/\t"
_DROPPED = "'’‘`´" + "".join(
    map(chr, range(0x300, 0x370))
)  # apostrophes, and accents typed as marks of their own
_FROM = "".join(_ACCENTED) + _BREAKS + _DROPPED
_TO = "".join(map(_base, _ACCENTED)) + " " * len(_BREAKS)
_PLAIN = str.maketrans(_FROM[: len(_TO)], _TO, _DROPPED)


def plain(name: str) -> str:
    """“Ó’Neil-Łee” becomes “oneil lee”."""
    return " ".join(unicodedata.normalize("NFC", name).translate(_PLAIN).lower().split())


def plain_in_sql(column: str) -> str:
    """The same of a column, the same on both engines; only spaces stay as they were typed."""
    return f"lower(translate({column}, '{_FROM.replace(chr(39), chr(39) * 2)}', '{_TO}'))"


def are_alike(one: str, other: str) -> bool:
    """Two plain names, in the order given or with their words sorted, so that "Lee Sam" is like "Sam Lee"."""
    pairs = ((one, other), (_sorted(one), _sorted(other)))
    return any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE for a, b in pairs)


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))
