"""A United Kingdom postcode in the shape of BS 7666, normalised; ZZ99 stands for no fixed abode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from forms.question import Question, Typed, Wrong

SHAPE = re.compile(
    r"(GIR ?0AA|ZZ99 ?\d[A-Z]{2}|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])) ?\d[ABD-HJLNP-UW-Z]{2})"
)


@dataclass(frozen=True, eq=False)
class Postcode(Question):
    kind_in_words: ClassVar[str] = "Postcode"

    def read(self, typed: Typed) -> str | None:
        text = "" if typed is None else "".join(str(typed).split()).upper()
        if not text:
            return None
        if not SHAPE.fullmatch(text):
            raise Wrong("Enter a full postcode, such as L1 8JQ, or ZZ99 3VZ for no fixed abode")
        return f"{text[:-3]} {text[-3:]}"
