"""Where in a text somebody else speaks: what stands in quotation marks, of whatever kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

_DOUBLE = '"“”„‟«»″＂〝〞「」『』'
_SINGLE = "'‘’‚‛‹›`´′＇"
_ALWAYS_OPEN = frozenset("“„‟«‘‚‛‹「『〝")
_ALWAYS_CLOSE = frozenset("”»’›」』〞")
_NEVER_OPEN = frozenset("’」』")
"""’ begins a shortened word too: ’til."""
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_MAY_BEGIN = frozenset(_DOUBLE + _SINGLE + "([{….")


def quoted(text: str) -> list[tuple[int, int]]:
    """Spans from an opening mark to the next that closes one of its kind. What is opened and not closed, because it is
    still being typed, reaches to the end of its line. An apostrophe within a word or at its end opens nothing."""
    marks = list(_MARK.finditer(text))
    closing = {
        kind: [m.start() for m in marks if m[0] in kind and _may_close(text, m.start())]
        for kind in (_DOUBLE, _SINGLE)
    }
    opening = [m.start() for m in marks if _may_open(text, m.start())]
    return _furthest(_spans(text, opening, closing))


def _spans(text: str, opening: list[int], closing: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """Every mark that may open one does, so that a stray mark before it cannot turn a quotation inside out."""
    left = {kind: iter([*places, len(text) + 1]) for kind, places in closing.items()}
    next_one = {kind: next(places) for kind, places in left.items()}
    for start in opening:
        kind = _DOUBLE if text[start] in _DOUBLE else _SINGLE
        while next_one[kind] <= start:
            next_one[kind] = next(left[kind])
        end = next_one[kind]
        if end > len(text):
            line = text.find("\n", start)
            end = len(text) if line < 0 else line
        yield start, end


def _furthest(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each span as far as any before it reaches, so that the last that begins before a place decides about it."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        found.append((start, max(end, found[-1][1] if found else 0)))
    return found


def is_within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Does any of these spans, in the order of their starts, touch that one?"""
    before = bisect_left(spans, (end, 0))
    return before > 0 and spans[before - 1][1] > start


def _may_open(text: str, at: int) -> bool:
    if text[at] in _NEVER_OPEN:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    begins = text[at] in _ALWAYS_OPEN or after.isalnum() or after in _MAY_BEGIN
    return begins and not before.isalnum()


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not after.isalnum() and (text[at] in _ALWAYS_CLOSE or bool(before.strip()))
