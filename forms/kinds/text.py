"""Words: one line, or several. The limits live here and never in a control, which would cut a long paste silently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from forms.question import Question, Typed, Wrong


@dataclass(frozen=True, eq=False)
class Text(Question):
    """One line of at most 200 characters."""

    kind_in_words: ClassVar[str] = "One line"
    limit: ClassVar[int] = 200
    is_long: ClassVar[bool] = False

    def read(self, typed: Typed) -> str | None:
        if typed is None:
            return None
        text = str(typed).replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            return None
        if len(text) > self.limit:
            raise Wrong(
                f"Shorten “{self.label.rstrip('?:')}” to {self.limit:,} characters or fewer: it has {len(text):,}"
            )
        if "\n" in text and not self.is_long:
            raise Wrong(f"Write “{self.label.rstrip('?:')}” on one line")
        allowed = "\t\n" if self.is_long else "\t"
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in text):
            raise Wrong(
                f"Remove the hidden control characters from “{self.label.rstrip('?:')}” by typing it again"
            )
        return text

    def together(self, one: Typed, other: Typed) -> Typed:
        return ("\n\n" if self.is_long else "; ").join(str(words) for words in (one, other) if words)

    def if_missing(self) -> str:
        return self.missing or f"Enter {_lower_first(self.label.rstrip('?:'))}"


@dataclass(frozen=True, eq=False)
class LongText(Text):
    """Several lines of at most 20,000 characters."""

    kind_in_words: ClassVar[str] = "Several lines"
    limit: ClassVar[int] = 20_000
    is_long: ClassVar[bool] = True

    def if_missing(self) -> str:
        return self.missing or f"Answer “{self.label.rstrip('?:')}”"


def _lower_first(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
