"""Yes or no, with nothing chosen beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.kinds.one_of import OneOf, Options
from forms.question import Answer, Typed


@dataclass(frozen=True, eq=False)
class YesNo(OneOf):
    options: Options = (("yes", "Yes"), ("no", "No"))

    column_type: ClassVar[str] = "boolean"
    kind_in_words: ClassVar[str] = "Yes or no"

    def read(self, typed: Typed) -> Answer:
        if isinstance(typed, bool):
            return typed
        chosen = super().read(typed)
        return None if chosen is None else chosen == "yes"

    def typed(self, answer: Answer) -> Typed:
        return None if answer is None else ("yes" if answer else "no")

    def _in_words(self, answer: Answer) -> str:
        return "Yes" if answer else "No"
