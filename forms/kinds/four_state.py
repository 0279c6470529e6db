"""A sign or protective factor: Yes, No, Historical or Unknown. "Unknown" is an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.kinds.one_of import OneOf, Options

STATES: Options = (("yes", "Yes"), ("no", "No"), ("historical", "Historical"), ("unknown", "Unknown"))


@dataclass(frozen=True, eq=False)
class FourState(OneOf):
    options: Options = STATES

    kind_in_words: ClassVar[str] = "Four states"
