"""A whole number between two bounds, typed."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from forms.question import Question, Typed, Wrong


@dataclass(frozen=True, eq=False)
class WholeNumber(Question):
    _: KW_ONLY
    lowest: int = 0
    highest: int = 1_000_000

    column_type: ClassVar[str] = "integer"
    kind_in_words: ClassVar[str] = "Whole number"

    def read(self, typed: Typed) -> int | None:
        text = "" if typed is None else str(typed).strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not self.lowest <= int(text) <= self.highest:
            raise Wrong(
                f"{self.label.rstrip('?:')} must be a whole number from {self.lowest} to {self.highest:,}"
            )
        return int(text)

    def typed(self, answer: int | None) -> Typed:
        return None if answer is None else str(answer)
