"""The 1–10 scale as a row of choices with both ends in words. Higher is better, unlike the tracker's score."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from forms.kinds.one_of import OneOf, Options
from forms.question import Answer, Typed, Wrong


@dataclass(frozen=True, eq=False)
class Scale(OneOf):
    _: KW_ONLY
    lowest: int = 1
    highest: int = 10
    lowest_means: str = ""
    highest_means: str = ""

    column_type: ClassVar[str] = "integer"
    kind_in_words: ClassVar[str] = "Scale"

    def choices(self) -> Options:
        return tuple((str(n), str(n)) for n in range(self.lowest, self.highest + 1))

    def read(self, typed: Typed) -> Answer:
        try:
            chosen = super().read(None if typed is None else str(typed))
        except Wrong:
            raise Wrong(f"Select a number from {self.lowest} to {self.highest}") from None
        return None if chosen is None else int(chosen)

    def typed(self, answer: Answer) -> Typed:
        return None if answer is None else str(answer)

    def _in_words(self, answer: Answer) -> str:
        end = {self.lowest: self.lowest_means, self.highest: self.highest_means}.get(answer, "")
        return f"{answer} ({end})" if end else str(answer)
