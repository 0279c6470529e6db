"""How a draft begins: from the account, from what is recorded of the child, or from the record it corrects, each answer
with who first gave it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data import clock
from data.actor import Reading, Writing, as_stored
from data.answers.draft_reading import PULLED_THROUGH, ROW, Place, SavedAnswer, rows_of, standing_answers
from data.child.national_referrals import latest_nrm
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DRAFT
from data.database.schema import DRAFT_ANSWER, form_table
from data.refusal import Refused
from forms.assessment import ASSESSMENT
from forms.form import Form
from forms.nrm import stage
from forms.question import Question, Typed

NOTHING_KNOWN: Mapping[str, Typed] = {}


def open_already(
    work: Reading,
    form: Form,
    child_id: str | None,
    corrects: str | None = None,
    episode_id: str | None = None,
    known: Mapping[str, Typed] = NOTHING_KNOWN,
) -> str | None:
    """The open draft to go on with, if there is one; of a child not added yet, only one that holds what is `known` and
    nothing else."""
    base = work.current(form_table(form), corrects) if corrects else None
    found = work.value(
        "SELECT draft_id FROM draft d WHERE form = $1 AND child_id IS NOT DISTINCT FROM $2::text AND state = 'open'"
        " AND ($3::boolean OR started_by = $4 AND started_at > $8) AND record_id IS NOT DISTINCT FROM $5::text"
        " AND base_revision IS NOT DISTINCT FROM $6::integer AND episode_id IS NOT DISTINCT FROM $7::text"
        " AND ($2::text IS NOT NULL OR ("
        "SELECT count(*) FROM draft_answer a WHERE a.draft_id = d.draft_id) = $10::bigint"
        " AND NOT EXISTS (SELECT 1 FROM draft_answer a WHERE a.draft_id = d.draft_id"
        " AND NOT ((a.question_key || ' ' || a.typed) = ANY($9::text[]))))"
        " ORDER BY draft_id LIMIT 1",
        [
            form.key, child_id, form.many_hands, work.account.account_id, corrects, base and base["revision"],
            episode_id, work.in_post_since, [f"{key} {json.dumps(typed)}" for key, typed in known.items()], len(known),
        ],
    )  # fmt: skip
    return str(found) if found else None


@as_stored
def begin(
    work: Writing,
    form: Form,
    child_id: str | None,
    *,
    corrects: str | None = None,
    screening_id: str | None = None,
    episode_id: str | None = None,
    known: Mapping[str, Typed] = NOTHING_KNOWN,
) -> str:
    """Write a new draft, its first answers filled from what is `known`, from the account or from the record it corrects."""
    draft_id = clock.new_id()
    record = _record_to_correct(work, form, corrects, child_id) if corrects else None
    filled = (
        _answers_of_record(work, form, record)
        if record
        else _answers_of_account(work, form) | _answers_of_child(work, form, child_id)
    )
    work.save(
        DRAFT,
        {
            "draft_id": draft_id, "form": form.key, "child_id": child_id, "area": work.account.area,
            "agency": work.account.agency, "started_by": work.account.account_id, "started_at": work.at,
            "state": "open", "record_id": corrects, "base_revision": record and record["revision"],
            "screening_id": screening_id, "episode_id": episode_id,
        },
        Event("draft started", child_id, draft_id, form.key),
    )  # fmt: skip
    answers = [
        {
            "draft_id": draft_id, "rows_key": rows_key, "row_id": row_id, "question_key": key, "revision": 1,
            "typed": json.dumps(answer.typed), "saved_by": answer.saved_by, "saved_at": answer.saved_at,
        }
        for (rows_key, row_id, key), answer in filled.items()
    ]  # fmt: skip
    answers += [
        {
            "draft_id": draft_id, "rows_key": "", "row_id": "", "question_key": key, "revision": 1,
            "typed": json.dumps(typed), "saved_by": work.account.account_id, "saved_at": work.at,
        }
        for key, typed in known.items()
    ]  # fmt: skip
    if answers:
        work.add_many(DRAFT_ANSWER, answers, Event("draft filled in", child_id, draft_id, form.key))
    return draft_id


def save_first(work: Writing, draft_id: str, form: Form, answers: Mapping[str, Any]) -> None:
    """Fill a draft that was just begun with answers known already."""
    child_id = work.value("SELECT child_id FROM draft WHERE draft_id = $1", [draft_id])
    work.add_many(
        DRAFT_ANSWER,
        [
            {
                "draft_id": draft_id, "rows_key": "", "row_id": "", "question_key": key, "revision": 1,
                "typed": json.dumps(typed), "saved_by": work.account.account_id, "saved_at": work.at,
            }
            for key, answer in answers.items()
            if isinstance(question := form.by_key[key], Question) and (typed := question.typed(answer)) is not None
        ],
        Event("draft filled in", child_id, draft_id, form.key),
    )  # fmt: skip


def _answers_of_account(work: Reading, form: Form) -> dict[Place, SavedAnswer]:
    account = work.account
    filled = {
        q.key: value for q in form.questions() if q.filled_from and (value := getattr(account, q.filled_from))
    }
    return {
        ("", "", key): SavedAnswer(list(v) if isinstance(v, tuple) else v, 1, account.account_id, clock.now())
        for key, v in filled.items()
    }


def _answers_of_child(work: Reading, form: Form, child_id: str | None) -> dict[Place, SavedAnswer]:
    """The assessment's NRM stage, as it follows from the referral that is recorded. Nobody's contribution. What minutes
    begin with is `data.meeting.pulled_through`."""
    nrm = latest_nrm(work, child_id) if child_id and form.key == ASSESSMENT.key else None
    return {("", "", "nrm_stage"): SavedAnswer(stage(nrm), 1, PULLED_THROUGH, clock.now())} if nrm else {}


def _record_to_correct(work: Reading, form: Form, record_id: str, child_id: str | None) -> Row:
    record = work.current(form_table(form), record_id)
    if record is None or record["child_id"] != child_id:
        raise Refused("The form to correct cannot be found.", "correction started")
    return record


def _answers_of_record(work: Reading, form: Form, record: Row) -> dict[Place, SavedAnswer]:
    """What the record says, each answer still with the person who wrote it, where a draft tells."""
    typed: dict[Place, Typed] = {
        ("", "", q.key): q.typed(record[q.key]) for q in form.questions() if record[q.key] is not None
    }
    for rows in form.rows():
        for row in rows_of(work, form, rows, record):
            typed[(rows.key, row["row_id"], ROW)] = True
            for q in rows.questions:
                if row[q.key] is not None:
                    typed[(rows.key, row["row_id"], q.key)] = q.typed(row[q.key])
    written_in = work.value(
        "SELECT draft_id FROM draft WHERE record_id = $1 AND state = 'submitted' ORDER BY recorded_at DESC, draft_id DESC LIMIT 1",
        [record["record_id"]],
    )
    written = standing_answers(work, written_in) if written_in else {}
    unknown = SavedAnswer(None, 1, record["recorded_by"], record["recorded_at"])
    return {place: replace(written.get(place, unknown), typed=value) for place, value in typed.items()}
