"""What became of one answer: everything that was typed there, by whom and when, what stood and what was set aside when two
people answered at once. To be read by whoever may read the form, and each one's own words by themselves."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from data.access.rule import can_see_sensitive, check_can_read_child, child_of
from data.actor import Actor, Reading
from data.answers.draft_reading import ROW, Place, checked_draft, is_sensitive, name_of
from data.answers.submissions import sent_form
from data.database.engine import Row
from data.redaction import leads_home
from data.trail.views import note_view
from forms.question import Typed
from forms.registry import form as form_by_key

PAUSE = datetime.timedelta(minutes=10)
"""What one person types without a longer pause is one version: each pause in typing is saved."""


@dataclass(frozen=True)
class Version:
    typed: Typed
    name: str
    """Of who typed it."""
    at: datetime.datetime
    is_set_aside: bool
    """It was typed while another answer stood, and does not stand itself."""


def in_draft(actor: Actor, draft_id: str, place: Place) -> list[Version]:
    """Of an answer in a form that is being filled in, newest first. Raises `Refused` when this account may not write it."""
    with actor.writing() as work:
        draft = checked_draft(work, draft_id)
        note_view(work, "history of an answer viewed", draft["child_id"], draft_id)
        return _versions(work, [draft]).get(place, [])


def in_submission(actor: Actor, form_key: str, record_id: str) -> dict[Place, list[Version]]:
    """Of each answer in a form that was sent, in all the drafts it was written in, where more than one thing was typed; for
    a former area, in those that were sent by then."""
    with actor.writing() as work:
        sent = sent_form(work, form_key, record_id)
        until = check_can_read_child(work, child_of(sent))
        note_view(work, "history of answers viewed", child_of(sent), record_id)
        drafts = work.rows(
            "SELECT * FROM draft WHERE form = $1 AND record_id = $2 AND state = 'submitted' AND recorded_at <= $3",
            [form_key, record_id, until or work.at],
        )
        found = _versions(work, drafts)
        return {place: versions for place, versions in found.items() if len(versions) > 1}


def _versions(work: Reading, drafts: Sequence[Row]) -> dict[Place, list[Version]]:
    found: dict[Place, list[Row]] = {}
    for draft in drafts:
        sees_all = can_see_sensitive(work, draft["child_id"], draft["record_id"], draft["draft_id"])
        for row in work.rows(
            "SELECT * FROM draft_answer WHERE draft_id = $1 ORDER BY saved_at, revision", [draft["draft_id"]]
        ):
            place = (row["rows_key"], row["row_id"], row["question_key"])
            is_mine = row["saved_by"] == work.account.account_id
            form = form_by_key(draft["form"])
            is_hidden = not (sees_all or is_mine) and is_sensitive(form, place)
            is_hidden |= work.redaction.is_protected(draft["child_id"]) and leads_home(
                form, place[0], place[2]
            )
            is_choice = row["is_set_aside"] and json.loads(row["typed"]) is None
            if not is_hidden and not is_choice and row["question_key"] != ROW:
                _put(found.setdefault(place, []), row)
    return {
        place: [
            Version(
                work.redaction.value(json.loads(row["typed"]), drafts[0]["child_id"]),
                name_of(work, row["saved_by"]),
                row["saved_at"],
                bool(row["is_set_aside"]),
            )
            for row in reversed(rows)
        ]
        for place, rows in found.items()
    }


def _put(versions: list[Row], row: Row) -> None:
    """After the others, or in the place of the last one where the same person went on typing."""
    before = versions[-1] if versions else None
    if (
        before
        and before["saved_by"] == row["saved_by"]
        and bool(before["is_set_aside"]) == bool(row["is_set_aside"])
        and row["saved_at"] - before["saved_at"] <= PAUSE
    ):
        versions.pop()
    versions.append(row)
