"""What a child's minutes begin with: the latest assessment's answers, its next steps, and what is recorded of the NRM.

These answers are nobody's own. Whoever opens the minutes first has contributed nothing by it, and sees no more for it.
Source: forms.md, "Minutes".
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

from data import clock
from data.actor import Reading, Writing, as_stored
from data.answers.draft_reading import PULLED_THROUGH, ROW, Place, rows_of, standing_answers
from data.child.national_referrals import latest_nrm
from data.database.audit import Event
from data.database.engine import Row
from data.database.schema import DRAFT_ANSWER
from forms.assessment import ASSESSMENT
from forms.form import RepeatedRows
from forms.kinds import AnyOf
from forms.minutes import MINUTES
from forms.minutes.background import meeting_date
from forms.nrm import stage
from forms.question import Question, Typed


@as_stored
def fill_in(work: Writing, draft_id: str, episode_id: str, child_id: str, met: datetime.date | None) -> None:
    """Fill minutes that were just begun; `met` is the day of the meeting they are of, when that is known."""
    assessment = latest_assessment(work, child_id)
    typed = _known(work, child_id, assessment, met)
    if assessment:
        typed |= dict(_rows(work, assessment))
        if not _was_discussed(work, episode_id, assessment):
            typed |= dict(_actions(work, assessment))
    _save(work, draft_id, child_id, {place: (words, 1) for place, words in typed.items()})


@as_stored
def follow_meeting(work: Writing, draft_id: str, child_id: str, met: datetime.date) -> None:
    """Minutes begun for another day go on at this meeting: its date, and the latest assessment's answers wherever nobody
    has written meanwhile. What people wrote stays, and so do the rows."""
    dated = work.value(
        "SELECT typed FROM draft_answer WHERE draft_id = $1 AND rows_key = '' AND question_key = $2"
        " ORDER BY revision DESC LIMIT 1",
        [draft_id, meeting_date.key],
    )
    if dated is not None and json.loads(dated) == meeting_date.typed(met):
        return
    last = {
        ("", "", row["question_key"]): row["last"]
        for row in work.rows(
            "SELECT question_key, max(revision) AS last FROM draft_answer WHERE draft_id = $1 AND rows_key = ''"
            " GROUP BY question_key",
            [draft_id],
        )
    }
    standing = standing_answers(work, draft_id)
    known = _known(work, child_id, latest_assessment(work, child_id), met)
    _save(
        work,
        draft_id,
        child_id,
        {
            place: (words, last.get(place, 0) + 1)
            for place, words in known.items()
            if place not in standing
            or (standing[place].saved_by == PULLED_THROUGH and standing[place].typed != words)
        },
    )


def _known(
    work: Reading, child_id: str, assessment: Row | None, met: datetime.date | None
) -> dict[Place, Typed]:
    typed: dict[Place, Typed] = {}
    if met:
        typed["", "", meeting_date.key] = meeting_date.typed(met)
    if assessment:
        for item in MINUTES.questions():
            if (answer := source_of(item, assessment)) is not None:
                typed["", "", item.key] = item.typed(answer)
    return typed | dict(_nrm(work, child_id))


def _save(work: Writing, draft_id: str, child_id: str, typed: dict[Place, tuple[Typed, int]]) -> None:
    if not typed:
        return
    work.add_many(
        DRAFT_ANSWER,
        [
            {
                "draft_id": draft_id, "rows_key": rows_key, "row_id": row_id, "question_key": key,
                "revision": revision, "typed": json.dumps(words), "saved_by": PULLED_THROUGH, "saved_at": work.at,
            }
            for (rows_key, row_id, key), (words, revision) in typed.items()
        ],
        Event("draft filled in", child_id, draft_id, MINUTES.key),
    )  # fmt: skip


def latest_assessment(work: Reading, child_id: str, columns: str = "*") -> Row | None:
    return work.row(
        f"SELECT {columns} FROM assessment_form WHERE child_id = $1 ORDER BY assessed_on DESC, recorded_at DESC LIMIT 1",
        [child_id],
    )


def source_of(item: Question | RepeatedRows, assessment: dict[str, Any]) -> Any:
    """The answer of the assessment that this question of the minutes begins with; None where it has none."""
    found = [assessment.get(key) for key in item.pulled_from]
    if isinstance(item, AnyOf):
        return [key for answer in found if isinstance(answer, list) for key in answer] or None
    return found[0] if found else None


def _rows(work: Reading, assessment: Row) -> Iterator[tuple[Place, Typed]]:
    for item in MINUTES.rows():
        for key in item.pulled_from:
            rows = ASSESSMENT.by_key[key]
            assert isinstance(rows, RepeatedRows)
            for row in rows_of(work, ASSESSMENT, rows, assessment):
                yield from _row(item, {q.key: row[q.key] for q in rows.questions})


def _actions(work: Reading, assessment: Row) -> Iterator[tuple[Place, Typed]]:
    """The assessment's next steps that are still to do, offered as the minutes' first actions."""
    steps, actions = ASSESSMENT.by_key["next_steps"], MINUTES.by_key["new_actions"]
    assert isinstance(steps, RepeatedRows)
    assert isinstance(actions, RepeatedRows)
    for step in rows_of(work, ASSESSMENT, steps, assessment):
        if step["progress"] != "completed":
            yield from _row(
                actions,
                {
                    "action": step["step"], "action_agency": step["step_agency"], "owner": step["by_whom"],
                    "impact": step["impact"], "progress": step["progress"],
                },
            )  # fmt: skip


def _row(rows: RepeatedRows, answers: Row) -> Iterator[tuple[Place, Typed]]:
    row_id = clock.new_id()
    yield (rows.key, row_id, ROW), True
    for question in rows.questions:
        if answers.get(question.key) is not None:
            yield (rows.key, row_id, question.key), question.typed(answers[question.key])


def _nrm(work: Reading, child_id: str) -> Iterator[tuple[Place, Typed]]:
    """What its record says goes before what an assessment said of it some weeks ago."""
    recorded = latest_nrm(work, child_id)
    for key, answer in (
        ("nrm_required", recorded and recorded["is_required"]),
        ("nrm_completed_on", recorded and recorded["submitted_on"]),
        ("nrm_multi_agency", recorded and recorded["multi_agency"]),
        ("nrm_stage", recorded and stage(recorded)),
    ):
        question = MINUTES.by_key[key]
        if answer is not None and isinstance(question, Question):
            yield ("", "", key), question.typed(answer)


def _was_discussed(work: Reading, episode_id: str, assessment: Row) -> bool:
    return bool(
        work.value(
            "SELECT count(*) FROM discussion WHERE episode_id = $1 AND assessment_id = $2",
            [episode_id, assessment["record_id"]],
        )
    )
