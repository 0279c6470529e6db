"""An NHS number: ten digits with a check digit (modulus 11), shown 3-3-4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs

from forms.question import Answer, Question, Typed, Wrong


@dataclass(frozen=True, eq=False)
class NHSNumber(Question):
    kind_in_words: ClassVar[str] = "NHS number"

    def read(self, typed: Typed) -> str | None:
        text = "" if typed is None else str(typed).strip()
        if not text:
            return None
        digits = "".join(c for c in text if c not in " -‐–\t")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
            raise Wrong("NHS number must have 10 digits, such as 999 123 4551")
        try:
            number = nhs.validate(digits)
        except ValidationError:
            raise Wrong("Check the NHS number: its last digit does not fit the others") from None
        if len(set(number)) == 1:  # the library accepts 000 000 0000 and 111 111 1111
            raise Wrong("Check the NHS number: it cannot be the same digit ten times")
        return number

    def _in_words(self, answer: Answer) -> str:
        return nhs.format(answer)
