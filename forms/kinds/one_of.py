"""One choice out of a few. Options are (key, label); the key is stored and is for ever."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from forms.question import Answer, Question, Typed, Wrong

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class OneOf(Question):
    _: KW_ONLY
    options: Options = ()

    kind_in_words: ClassVar[str] = "One of"

    def choices(self) -> Options:
        return self.options

    def read(self, typed: Typed) -> Answer:
        if typed in (None, ""):
            return None
        if not isinstance(typed, str) or typed not in dict(self.choices()):
            raise Wrong(f"Select one of the answers listed for “{self.label.rstrip('?:')}”")
        return typed

    def _in_words(self, answer: Answer) -> str:
        return dict(self.choices()).get(answer, str(answer))

    def if_missing(self) -> str:
        return self.missing or f"Select an answer to “{self.label.rstrip('?:')}”"
