"""The demo's drafts: a screening begun, and an assessment that awaits the police."""

from __future__ import annotations

import datetime
import json
from typing import Any

from data.database.records import DRAFT, EPISODE
from data.database.schema import DRAFT_ANSWER
from data.demo import filled
from data.demo.filled import Answers
from data.demo.life import Life
from data.demo.people import Person
from forms.assessment import ASSESSMENT
from forms.form import Form
from forms.screening import SCREENING


def screening_begun(life: Life, day: datetime.date) -> None:
    """The first two sections answered, a few days ago."""
    begun = {item.key for section in SCREENING.sections[:2] for item in section.questions}
    answers = filled.screening(life.chance, life.child, refers=True)
    by = life.team.practitioners[0]
    _draft(life, SCREENING, day, {by: {key: v for key, v in answers.items() if key in begun}})


def assessment_begun(life: Life, day: datetime.date) -> None:
    """An episode newly opened; social care and a second agency have written, the police have been asked."""
    opened = life.first_referral(day)
    if opened is None:
        return
    row: dict[str, Any] = {
        "episode_id": life.chance.new_id(opened), "child_id": life.child_id, "referral_id": life.accepted_referral,
        "area": life.area, "opened_on": opened, "is_imported": False,
    }  # fmt: skip
    life.made.record(life.chance, EPISODE, row, opened, life.team.coordinator)
    begun = life.chance.days(opened, 1, 4)
    answers = filled.assessment(life.chance, life.child, life.team, begun, "C")
    second = {
        item.key for s in ASSESSMENT.sections if s.key in filled.WRITTEN_BY_SECOND for item in s.questions
    }
    first = {item.key for s in ASSESSMENT.sections[:3] for item in s.questions}
    worker, colleague, police = life.team.of("social_care"), life.team.second, life.team.of("police")
    parts = {
        worker: {key: v for key, v in answers.items() if key in first},
        colleague: {key: v for key, v in answers.items() if key in second},
    }
    _draft(life, ASSESSMENT, begun, parts, row["episode_id"])
    for person in (worker, colleague):
        life.made.link(life.chance, life.child_id, person, "wrote assessment", begun)
    life.made.link(life.chance, life.child_id, police, "asked to contribute", begun)


def _draft(
    life: Life, form: Form, day: datetime.date, parts: dict[Person, Answers], episode_id: str | None = None
) -> None:
    """An open draft begun by the first person; each part is typed by one person. Repeated rows are left out."""
    starter = next(iter(parts))
    at = life.made.instant(life.chance, day)
    row = {
        "form": form.key, "child_id": life.child_id, "area": life.area, "agency": starter.agency,
        "started_by": starter.account_id, "started_at": at, "state": "open", "episode_id": episode_id,
    }  # fmt: skip
    draft_id = life.made.record(life.chance, DRAFT, row, day, starter)
    questions = {question.key: question for question in form.questions()}
    for person, answers in parts.items():
        for key, answer in answers.items():
            if key in questions and answer is not None:
                life.made.add(
                    DRAFT_ANSWER,
                    {
                        "draft_id": draft_id, "rows_key": "", "row_id": "", "question_key": key, "revision": 1,
                        "typed": json.dumps(questions[key].typed(answer)), "saved_by": person.account_id, "saved_at": at,
                    },
                )  # fmt: skip
    life.made.link(life.chance, life.child_id, starter, f"wrote {form.key}", day)
