"""Any number of choices. Stored as a list of keys in the order of the options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.kinds.one_of import OneOf
from forms.question import Answer, Typed, Wrong


@dataclass(frozen=True, eq=False)
class AnyOf(OneOf):
    column_type: ClassVar[str] = "text[]"
    kind_in_words: ClassVar[str] = "Any of"

    def read(self, typed: Typed) -> Answer:
        if not typed:
            return None
        listed = dict(self.choices())
        if not isinstance(typed, list | tuple) or any(
            not isinstance(k, str) or k not in listed for k in typed
        ):
            raise Wrong(f"Select only answers listed for “{self.label.rstrip('?:')}”")
        return [key for key, _ in self.choices() if key in typed]

    def together(self, one: Typed, other: Typed) -> Typed:
        ticked = [*(one or ()), *(other or ())]
        return [key for key, _ in self.choices() if key in ticked]

    def _in_words(self, answer: Answer) -> str:
        labels = dict(self.choices())
        return "; ".join(labels.get(key, key) for key in answer)

    def if_missing(self) -> str:
        return self.missing or f"Select at least one answer to “{self.label.rstrip('?:')}”"
