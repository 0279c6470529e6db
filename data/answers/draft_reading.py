"""What a draft holds, and how much of it an account may see. Reading only: writing is `data.answers.drafts`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from data.access.meeting import check_can_minute
from data.access.rule import (
    NOT_YOURS,
    can_see_sensitive,
    check_can_add_child,
    check_can_write_child,
    child_of,
)
from data.actor import Reading
from data.database.engine import Row
from data.database.records import DRAFT
from data.database.schema import rows_table
from data.redaction import leads_home
from data.refusal import Refused
from forms.form import Form, RepeatedRows
from forms.question import Typed
from forms.registry import form as form_by_key

ROW = "row_is_there"
"""The answer that says whether a repeated row is there; a row taken out stays in the history."""

PULLED_THROUGH = "pulled through"
"""Who saved an answer that the minutes began with (`data.meeting.pulled_through`): no account, so nobody contributed it."""

Place = tuple[str, str, str]
"""Where an answer belongs in a draft: rows key or "", row id or "", question key."""


@dataclass(frozen=True)
class SavedAnswer:
    typed: Typed
    revision: int
    saved_by: str
    saved_at: datetime.datetime


@dataclass(frozen=True)
class Draft:
    draft_id: str
    form: Form
    child_id: str | None
    state: str
    started_by: str
    base_revision: int | None
    """Set when this draft corrects a submitted form: the revision it started from."""
    record_id: str | None
    """The submission it became, or the one it corrects."""
    screening_id: str | None
    episode_id: str | None
    started_at: datetime.datetime
    saved: dict[Place, SavedAnswer] = field(default_factory=dict)
    """Latest answers by place."""
    hidden: tuple[str, ...] = ()
    """Keys of questions and rows this account may not read here: intelligence and adults of concern (access.md)."""
    changed: frozenset[Place] = frozenset()
    """Where more than one thing was typed, standing or set aside; read for the screen only."""
    is_address_protected: bool = False
    """Is where the child lives kept from this account? Answers that lead there are then among the hidden."""
    points_at_addresses: bool = False
    """Is where the child lives protected, whoever is given it? Then what looks like an address is pointed at."""
    kept_words: set[tuple[Place, str]] = field(default_factory=set)
    """Where an author kept which phrase of `forms.language`; read for the screen only (`data.answers.language`)."""

    @property
    def typed(self) -> dict[str, Typed]:
        """The answers as `forms.answers` reads them."""
        typed: dict[str, Any] = {}
        for (rows_key, row_id, key), answer in self.saved.items():
            if not rows_key:
                typed[key] = answer.typed
            elif self.has_row(rows_key, row_id):
                rows = typed.setdefault(rows_key, {})
                row = rows.setdefault(row_id, {"row_id": row_id})
                if key != ROW:
                    row[key] = answer.typed
        for rows in self.form.rows():
            if rows.key in typed:
                typed[rows.key] = [row for _, row in sorted(typed[rows.key].items())]
        return typed

    def has_row(self, rows_key: str, row_id: str) -> bool:
        there = self.saved.get((rows_key, row_id, ROW))
        return there is None or there.typed is True

    def row_ids(self, rows_key: str) -> list[str]:
        ids = sorted({row_id for key, row_id, _ in self.saved if key == rows_key})
        return [row_id for row_id in ids if self.has_row(rows_key, row_id)]


def draft_now(work: Reading, draft_id: str) -> Draft:
    """The draft as this account may see it."""
    draft = _without_address(work, whole_draft(work, draft_id))
    draft = replace(draft, points_at_addresses=is_address_protected(work, draft.child_id))
    if can_see_sensitive(work, draft.child_id, draft.record_id, draft_id):
        return draft
    seen = {place: answer for place, answer in draft.saved.items() if not is_sensitive(draft.form, place)}
    return replace(draft, saved=seen, hidden=(*draft.hidden, *sensitive_keys(draft.form)))


def is_address_protected(work: Reading, child_id: str | None) -> bool:
    """Returns whether where the child lives is protected, whoever is given it."""
    return bool(
        work.value("SELECT count(*) FROM protection WHERE child_id = $1 AND NOT is_lifted", [child_id])
    )


def _without_address(work: Reading, draft: Draft) -> Draft:
    """Of a child whose address is protected from this account: without the answers that lead there, wherever they stand."""
    if not work.redaction.is_protected(draft.child_id):
        return draft
    saved = {
        place: replace(answer, typed=work.redaction.value(answer.typed, draft.child_id))
        for place, answer in draft.saved.items()
        if not leads_home(draft.form, place[0], place[2])
    }
    hidden = tuple(item.key for item in draft.form.items() if leads_home(draft.form, "", item.key))
    return replace(draft, saved=saved, hidden=hidden, is_address_protected=True)


def sensitive_keys(form: Form) -> tuple[str, ...]:
    return tuple(item.key for item in form.items() if item.sensitive)


def is_sensitive(form: Form, place: Place) -> bool:
    """Is this intelligence, by the question's own mark or by that of its rows?"""
    rows_key, _, key = place
    item = form.by_key[rows_key or key]
    inside = item.questions if isinstance(item, RepeatedRows) else ()
    return item.sensitive or any(q.sensitive for q in inside if q.key == key)


def whole_draft(work: Reading, draft_id: str) -> Draft:
    """The draft with every answer, for checking and submitting it. Never to be shown: see `draft_now`."""
    row = checked_draft(work, draft_id)
    return Draft(
        draft_id=draft_id,
        form=form_by_key(row["form"]),
        child_id=row["child_id"],
        state=row["state"],
        started_by=row["started_by"],
        base_revision=row["base_revision"],
        record_id=row["record_id"],
        screening_id=row["screening_id"],
        episode_id=row["episode_id"],
        started_at=row["started_at"],
        saved=standing_answers(work, draft_id),
    )


def standing_answers(work: Reading, draft_id: str) -> dict[Place, SavedAnswer]:
    return {
        (a["rows_key"], a["row_id"], a["question_key"]): SavedAnswer(
            json.loads(a["typed"]), a["revision"], a["saved_by"], a["saved_at"]
        )
        for a in work.rows(
            "SELECT DISTINCT ON (rows_key, row_id, question_key) * FROM draft_answer"
            " WHERE draft_id = $1 AND is_set_aside IS NOT TRUE"
            " ORDER BY rows_key, row_id, question_key, revision DESC",
            [draft_id],
        )
    }


def changed_places(work: Reading, draft: Draft) -> frozenset[Place]:
    """Where more than one thing was typed, of what this account may see."""
    rows = work.rows(
        "SELECT rows_key, row_id, question_key FROM draft_answer WHERE draft_id = $1"
        " GROUP BY rows_key, row_id, question_key HAVING count(*) > 1",
        [draft.draft_id],
    )
    places = ((row["rows_key"], row["row_id"], row["question_key"]) for row in rows)
    return frozenset(place for place in places if place in draft.saved)


def set_aside(work: Reading, draft: Draft) -> dict[Place, SavedAnswer]:
    """What this account typed where another answer stands, and has not chosen about since: a clash outlives its screen.
    `draft` as the account may see it."""
    mine = work.rows(
        "SELECT * FROM (SELECT DISTINCT ON (rows_key, row_id, question_key) * FROM draft_answer"
        " WHERE draft_id = $1 AND saved_by = $2 ORDER BY rows_key, row_id, question_key, revision DESC) AS latest"
        " WHERE is_set_aside",
        [draft.draft_id, work.account.account_id],
    )
    places = {(a["rows_key"], a["row_id"], a["question_key"]): a for a in mine}
    return {
        place: SavedAnswer(typed, a["revision"], a["saved_by"], a["saved_at"])
        for place, a in places.items()
        if (typed := json.loads(a["typed"])) is not None
        and place in draft.saved
        and draft.saved[place].typed != typed
    }


def checked_draft(work: Reading, draft_id: str) -> Row:
    row = work.current(DRAFT, draft_id)
    if row and row["child_id"] and form_by_key(row["form"]).at_the_meeting:
        check_can_minute(work, row["child_id"], row["episode_id"])
    elif row and row["child_id"] is None:
        check_can_add_child(work)
    else:
        check_can_write_child(work, child_of(row))
    if row is None:
        raise Refused(
            "This draft cannot be found. Start the form again from the child's page.", "draft opened"
        )
    mine = row["started_by"] == work.account.account_id and row["started_at"] > work.in_post_since
    if not mine and not form_by_key(row["form"]).many_hands:
        words = (
            "This draft belongs to somebody else, and only they go on with it. Begin a form of your own from the child's page."
            if row["child_id"]
            else NOT_YOURS
        )
        raise Refused(words, "draft opened", row["child_id"], draft_id)
    return row


def name_of(work: Reading, account_id: str) -> str:
    if account_id == PULLED_THROUGH:
        return "The child's record"
    return work.value("SELECT name FROM account WHERE account_id = $1", [account_id]) or "The operator"


def rows_of(work: Reading, form: Form, rows: RepeatedRows, record: Mapping[str, Any]) -> list[Row]:
    found = work.rows(
        f"SELECT r.*, $3::text AS child_id FROM {rows_table(form, rows).name} r"
        " WHERE record_id = $1 AND revision = $2 ORDER BY position",
        [record["record_id"], record["revision"], record["child_id"]],
    )
    return [{key: value for key, value in row.items() if key != "child_id"} for row in found]
