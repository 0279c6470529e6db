"""What is found while a workbook is understood: problems, questions and notes, and the answers that people gave."""

from __future__ import annotations

from collections import Counter
from typing import Any

from data.bring_in.cohort_comparison import content_hash
from data.bring_in.cohort_plan import ASKED, REFUSED, Answers, Change, Placed
from data.bring_in.cohort_reading import LEFT_OUT
from data.bring_in.cohort_workbook import SHEETS, Problem, Question
from forms.places import area_name

OUT = (LEFT_OUT, "Leave this child out, with all rows that belong to it")
"""An option of a question about a child."""


class Findings:
    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.problems: list[Problem] = []
        self.questions: dict[str, Question] = {}
        self.changes: list[Change] = []
        self.notes: list[str] = []
        self.left_out: Counter[str] = Counter()
        """Sheet → how many rows a person left out."""
        self.told_of: list[str] = []
        self.asked_about: list[str] = []
        """As in `Plan`."""

    def ask(self, question: Question) -> str | None:
        chosen = self.answers.get(question.key)
        if chosen in dict(question.options):
            return chosen
        self.questions[question.key] = question
        return None

    def asked(
        self, row: Placed, column: str | None, sentence: str, options: tuple[tuple[str, str], ...], about: str
    ) -> str | None:
        """The option that a person chose; while there is none the row waits."""
        said = content_hash(row.values)
        chosen = self.ask(Question(row.sheet.name, row.number, column, sentence, options, about, said))
        if chosen is None:
            row.state = ASKED
        if chosen == LEFT_OUT:
            row.state = LEFT_OUT
            self.left_out[row.sheet.name] += 1
        return chosen

    def refuse(self, row: Placed, column: str | None, sentence: str) -> None:
        row.state = REFUSED
        self.problems.append(Problem(row.sheet.name, row.number, column, sentence))

    def refuse_a_number_for_two(self, row: Placed, other: Placed) -> None:
        """`other`: the row of another child that has this row's NHS number too."""
        sentence = f"Correct the number, or take this row out: row {other.number} has this NHS number too"
        self.refuse(row, "nhs_number", sentence)

    def known_elsewhere(self, row: Placed, column: str, areas_of: dict[str, str], otherwise: str) -> None:
        """Refuses a row in the words of a child that is known elsewhere. `areas_of`: child id → area."""
        self.told_of += areas_of
        for area in sorted({area_name(area) for area in areas_of.values()}):
            self.refuse(
                row,
                column,
                f"A child who may be the same is known in {area}. Ask the coordinator of that area, {otherwise}",
            )


def in_order(found: Any) -> list[Any]:
    """Problems or questions once each, in the order of the sheets and rows."""
    order = [sheet.name for sheet in SHEETS]
    return sorted(
        dict.fromkeys(found),
        key=lambda one: (order.index(one.sheet) if one.sheet in order else -1, one.row or 0),
    )
