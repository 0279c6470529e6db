"""Words: one line, or several. The limits live here and never in a control, which would cut a long paste silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.pasted_text import SOFT_BREAK, cleaned
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
        text = cleaned(self._one_line(str(typed))).strip()
        if not text:
            return None
        if len(text) > self.limit:
            raise Wrong(
                f"Shorten “{self.label.rstrip('?:')}” to {self.limit:,} characters or fewer: it has {len(text):,}"
            )
        if "\n" in text and not self.is_long:
            raise Wrong(f"Write “{self.label.rstrip('?:')}” on one line")
        return text

    def _one_line(self, typed: str) -> str:
        """A soft line break within one line cannot be seen there: it is a space. A real one is said."""
        return typed if self.is_long else SOFT_BREAK.sub(" ", typed)

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
