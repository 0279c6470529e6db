"""What every kind of question shares: its words, when it is asked, and how it reads what was typed.

A kind (one file each in `forms/kinds/`) adds what a right answer is and how it reads back. How it looks belongs to pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from forms.conditions import Condition

Typed = Any
"""What a person typed, as JSON can hold it: text, a list of option keys, or None. A draft keeps this."""

Answer = Any
"""What a submission stores: str, int, bool, date, list of keys, or None for "not answered"."""


class NotAsked:
    """The mark of a question that its condition hid: a different fact from "not answered"."""

    def __repr__(self) -> str:
        return "NOT_ASKED"


NOT_ASKED = NotAsked()


class Wrong(ValueError):
    """What was typed cannot be an answer; the message says what to do."""


@dataclass(frozen=True)
class Follows:
    """What starts an answer until a person gives another: a question, and what follows from its answer."""

    question: Question
    how: Callable[[Answer], Typed]
    """Gives None when nothing follows, and the person is asked."""


@dataclass(frozen=True, eq=False)
class Question:
    """One question. Keys are for ever: never renamed, reused or given another kind."""

    key: str
    label: str
    _: KW_ONLY
    help: str = ""
    prompts: tuple[str, ...] = ()
    """Guidance of the source, folded beside the question."""
    required: bool = False
    missing: str = ""
    """The sentence when a required answer is missing; made from the label unless given."""
    asked_if: Condition | None = None
    beside: Question | None = None
    """The question this one is folded beneath (a note beside a sign)."""
    agency: str | None = None
    """The agency that holds the answer, where the source names one (key of `forms.codes.AGENCIES`)."""
    in_minutes: bool = False
    """Pulled through from the assessment to the meeting's minutes."""
    pulled_from: tuple[str, ...] = ()
    """In the minutes: the keys of the assessment's questions whose answers this one begins with."""
    follows: Follows | None = None
    filled_from: str = ""
    """The detail of the signed-in account that starts the answer, such as `name`."""
    sensitive: bool = False
    """Intelligence or adults of concern: seen by coordinators, managers and the record's contributors only."""
    leads_home: bool = False
    """Tells where the child or a carer lives, is reached or goes to school: of a child whose address is protected, it is
    given to the people named only."""
    about_others: bool = False
    """Speaks of people other than the child: to be looked at for redaction before the child is given a copy. What is
    sensitive is so too."""
    since: int = 1
    until: int | None = None

    column_type: ClassVar[str] = "text"
    kind_in_words: ClassVar[str]
    """What the person is asked for, as the guide says it: "One of"."""

    def read(self, typed: Typed) -> Answer:
        """The answer that was typed, or None when nothing was; raises `Wrong` with what to do."""
        raise NotImplementedError

    def typed(self, answer: Answer) -> Typed:
        """What a person would have typed to give this answer; the way back from `read`."""
        return answer

    def as_text(self, answer: Answer) -> str:
        if answer is NOT_ASKED:
            return "Not asked"
        return "Not answered" if answer is None else self._in_words(answer)

    def _in_words(self, answer: Answer) -> str:
        return str(answer)

    def together(self, one: Typed, other: Typed) -> Typed:
        """Both answers as one, where an answer of this kind can hold both; None where it cannot."""
        return None

    def if_missing(self) -> str:
        return self.missing or f"Answer “{self.label.rstrip('?:')}”"

    def is_current(self, version: int) -> bool:
        return self.since <= version and (self.until is None or version < self.until)

    def is_(self, answer: Answer) -> Condition:
        return Condition(self, "is", (answer,))

    def is_one_of(self, *answers: Answer) -> Condition:
        return Condition(self, "is", answers)

    def includes(self, *keys: str) -> Condition:
        """For a question that takes several options: at least one of these is ticked."""
        return Condition(self, "includes", keys)
