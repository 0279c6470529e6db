"""What is raised when somebody may not do something, or a rule of the pathway forbids it."""

from __future__ import annotations

from data.database.audit import Event
from forms.answers import Problem


class Refused(Exception):
    """Not allowed for this account. The message is shown; `action` goes to the audit. Says nothing about the child."""

    def __init__(
        self, sentence: str, action: str, child_id: str | None = None, record_id: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.action, self.child_id, self.record_id = action, child_id, record_id
        self.is_noted = False


class Problems(Exception):
    """What was given cannot stand: sentences that say what to do. Nothing was stored."""

    notes: tuple[Event, ...] = ()
    """What the audit keeps of it though nothing was stored, such as that somebody was told that a child is known."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" · ".join(sentences))
        self.sentences = sentences


class NotFilledIn(Problems):
    """What was typed cannot stand; each problem says at which question. Nothing was stored."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.sentence for problem in problems))
        self.problems = problems
