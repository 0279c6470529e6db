"""When a question is asked. A condition holds the question itself, so a slip is a NameError and not a silent False."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forms.question import Question


@dataclass(frozen=True, eq=False)
class Condition:
    question: Question
    verb: str
    answers: tuple[Any, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.question.key)
        if self.verb == "includes":
            return isinstance(given, list | tuple) and any(key in given for key in self.answers)
        return given in self.answers

    def questions(self) -> tuple[Question, ...]:
        return (self.question,)

    def in_words(self) -> str:
        options = " or ".join(
            self.question.as_text([a] if self.verb == "includes" else a) for a in self.answers
        )
        return f"“{self.question.label}” is {options}"

    def __or__(self, other: Condition) -> Condition:
        return Either(self.question, "either", (), self, other)

    def __and__(self, other: Condition) -> Condition:
        return Both(self.question, "both", (), self, other)


@dataclass(frozen=True, eq=False)
class Either(Condition):
    first: Condition
    second: Condition
    joined_by = " or "

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return self.first.holds(answers) or self.second.holds(answers)

    def questions(self) -> tuple[Question, ...]:
        return self.first.questions() + self.second.questions()

    def in_words(self) -> str:
        return self.first.in_words() + self.joined_by + self.second.in_words()


@dataclass(frozen=True, eq=False)
class Both(Either):
    joined_by = " and "

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return self.first.holds(answers) and self.second.holds(answers)
