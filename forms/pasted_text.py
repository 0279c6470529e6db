"""Text as it arrives from a clipboard or a file: what looks like a line break there is one, and signs that nobody sees are none.

Word writes a soft line break as U+000B, other programs as U+2028, U+0085 or a form feed. Every text that is typed or brought
in passes through here, and so does what was stored before, when it is printed.
"""

from __future__ import annotations

import re

SOFT_BREAK = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BREAKS = re.compile(f"\r\n|\r|{SOFT_BREAK.pattern}")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of signs, and what no file can hold. Tabs and line breaks are none of them."""

DROPPED = "Hidden characters came with this text. They are left out, and the words stay as they are."


def with_line_breaks(text: str) -> str:
    """Every kind of line break as "\\n"."""
    return _BREAKS.sub("\n", text)


def cleaned(text: str) -> str:
    """With its line breaks, and without the characters that nobody sees."""
    return _UNSEEN.sub("", with_line_breaks(text))


def has_unseen(text: str) -> bool:
    """Are there characters that `cleaned` leaves out? Line breaks are kept, so they are none."""
    return _UNSEEN.search(with_line_breaks(text)) is not None
