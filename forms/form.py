"""A form: sections of questions and repeated rows, and the rules that hold across them. Checked when it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from forms.conditions import Condition
from forms.question import Question


@dataclass(frozen=True, eq=False)
class RepeatedRows:
    """Questions answered once per row, as often as needed. A row in a draft is a dict with its own `row_id`."""

    key: str
    label: str
    _: KW_ONLY
    row_name: str
    """One row in words: "piece of evidence"."""
    questions: tuple[Question, ...]
    at_least: int = 0
    help: str = ""
    prompts: tuple[str, ...] = ()
    asked_if: Condition | None = None
    in_minutes: bool = False
    pulled_from: tuple[str, ...] = ()
    """As of a question."""
    sensitive: bool = False
    about_others: bool = False
    since: int = 1
    until: int | None = None

    def if_missing(self) -> str:
        return f"Add at least {'one' if self.at_least == 1 else self.at_least} {self.row_name}"

    def is_current(self, version: int) -> bool:
        return self.since <= version and (self.until is None or version < self.until)


@dataclass(frozen=True, eq=False)
class Section:
    key: str
    title: str
    _: KW_ONLY
    questions: tuple[Question | RepeatedRows, ...]
    source: str = ""
    intro: str = ""
    guidance: tuple[str, ...] = ()
    """The source's guidance sheet for this section, folded until wanted."""


@dataclass(frozen=True, eq=False)
class Rule:
    """What must hold across answers. `problem(answers, about)` gives the sentence, or None when all is well.

    `answers` are read answers by key; `about` holds what the form is about: `date_of_birth`, `today`, and `settings` of the
    child's area (`forms.settings`).
    """

    question: Question | RepeatedRows
    """Where the sentence is shown."""
    problem: Callable[[Mapping[str, Any], Mapping[str, Any]], str | None]


@dataclass(frozen=True, eq=False)
class Form:
    key: str
    title: str
    _: KW_ONLY
    version: int
    sections: tuple[Section, ...]
    final_button: str
    """What the last button does: "Send referral"."""
    source: str
    purpose: str = ""
    opening_words: tuple[str, ...] = ()
    """Said before anything is asked, such as whom to call in danger."""
    rules: tuple[Rule, ...] = ()
    summary: Callable[[Mapping[str, Any]], list[tuple[str, str]]] | None = None
    """Live counts to show beside the form, as (what, how many)."""
    many_hands: bool = False
    """Several agencies write it together."""
    at_the_meeting: bool = False
    """Written by those who minute the meeting: nobody else is asked to join in, and writing it links nobody to the
    child."""
    one_per_child: bool = False
    """The child has one, kept up to date: sending it again adds a revision, not another form."""
    is_record: bool = False
    """Not sent but kept: the questions of a record of its own, which has none of a submission's columns."""
    by_key: dict[str, Question | RepeatedRows] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        from forms.self_check import check_form

        check_form(self)
        object.__setattr__(self, "by_key", {q.key: q for s in self.sections for q in s.questions})

    def items(self) -> Iterator[Question | RepeatedRows]:
        """Every question and set of rows ever asked, retired ones too, in order."""
        for section in self.sections:
            yield from section.questions

    def questions(self) -> Iterator[Question]:
        return (item for item in self.items() if isinstance(item, Question))

    def rows(self) -> Iterator[RepeatedRows]:
        return (item for item in self.items() if isinstance(item, RepeatedRows))

    def question(self, key: str, rows_key: str = "") -> Question:
        """The question of this key; with `rows_key`, the one within these rows."""
        item = self.by_key[rows_key or key]
        inside = item.questions if isinstance(item, RepeatedRows) else (item,)
        return next(one for one in inside if isinstance(one, Question) and one.key == key)

    def section_of(self, key: str) -> Section:
        return next(s for s in self.sections if any(q.key == key for q in s.questions))
