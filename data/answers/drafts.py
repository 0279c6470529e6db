"""Drafts: what is typed, kept on the server answer by answer, each word for ever. A draft belongs to its child.

A draft may be written by several people. Nothing here submits: see `data.answers.submissions`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from data import clock
from data.access.meeting import check_can_minute
from data.access.rule import (
    can_see_sensitive,
    check_can_add_child,
    check_can_see_child,
    check_can_see_names,
    check_can_write_child,
    check_has_role,
    has_role,
    visible_children,
)
from data.actor import Actor, Reading, Writing
from data.answers.draft_beginning import begin, open_already
from data.answers.draft_reading import (
    ROW,
    Draft,
    Place,
    SavedAnswer,
    checked_draft,
    draft_now,
    is_sensitive,
    name_of,
    rows_of,
)
from data.answers.language import note_changed_words
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DRAFT
from data.database.schema import DRAFT_ANSWER, form_table
from data.redaction import leads_home
from data.refusal import Problems
from forms.form import Form, RepeatedRows
from forms.question import Question, Typed
from forms.registry import FORMS
from forms.registry import form as form_by_key

__all__ = [
    "ROW", "AnswerClash", "Draft", "SavedAnswer", "add_row", "begin", "discard_draft", "draft_now", "in_between", "let_go",
    "open_already", "open_drafts", "read_draft", "rows_of", "save_answer", "start_draft", "take_out_row",
]  # fmt: skip


MOST_KEPT = 100_000
"""Characters of one answer of a draft."""
IS_PROTECTED = (
    "Where this child lives is protected: only the people named may write it. Ask the area's coordinator."
)


class AnswerClash(Exception):
    """This question was answered since it was shown, by somebody else or in another window of one's own. Both answers
    are kept; a person chooses."""

    def __init__(self, theirs: SavedAnswer, name: str) -> None:
        """`name`: whose answer stands; empty when it is one's own."""
        super().__init__(in_between(name))
        self.theirs, self.name = theirs, name


def in_between(name: str) -> str:
    """The sentence of a clash. `name` as in `AnswerClash`."""
    if not name:
        return "You saved another answer to this question in another window."
    return f"{name} saved another answer to this question while you were typing."


def start_draft(
    actor: Actor,
    form: Form,
    child_id: str | None = None,
    *,
    corrects: str | None = None,
    screening_id: str | None = None,
    episode_id: str | None = None,
    known: Mapping[str, Typed] | None = None,
) -> str:
    """Begin a form about a child (None only for the child's own form), or a correction of a submitted one.

    A form written by many hands has one open draft per child: it is joined, not begun again. So is this account's own
    open draft of another form, unless what it corrects has changed since: a double click begins one draft. A form that
    the child has one of goes on from what stands. `known`: answers that a child's own form begins with, such as the name
    that was searched for. Gives the draft's id.
    """
    with actor.writing() as work:
        if child_id is None:
            if form.key != "child":
                raise ValueError("only the child's own form may begin without a child")
            check_can_add_child(work)
        else:
            if form.at_the_meeting:
                check_can_minute(work, child_id, episode_id)
            else:
                check_can_write_child(work, child_id)
        if form.one_per_child and child_id:
            corrects = work.value(
                f"SELECT record_id FROM {form_table(form).name} WHERE child_id = $1", [child_id]
            )
        return open_already(work, form, child_id, corrects, episode_id, known or {}) or begin(
            work,
            form,
            child_id,
            corrects=corrects,
            screening_id=screening_id,
            episode_id=episode_id,
            known=known or {},
        )


def read_draft(actor: Actor, draft_id: str) -> Draft:
    """The draft with its latest answers. Raises `Refused` when this account may not write it."""
    with actor.reading() as work:
        return draft_now(work, draft_id)


def save_answer(
    actor: Actor,
    draft_id: str,
    key: str,
    typed: Typed,
    *,
    rows_key: str = "",
    row_id: str = "",
    seen_revision: int | None = None,
    settles: bool = False,
) -> SavedAnswer:
    """Keep one answer as it was typed. Raises `AnswerClash` when it was changed since `seen_revision`, or when another
    person gave an answer that this account may not see: then what was typed is kept beside it, and does not stand.

    While such a clash of this account is open, whatever else it types is kept beside too, until it `settles` the clash by
    a choice between the answers."""
    place = (rows_key, row_id, key)
    with actor.writing() as work:
        row = _open_draft(work, draft_id)
        form = form_by_key(row["form"])
        _check_asked_in(form, key, rows_key)
        _check_size(typed)
        if leads_home(form, rows_key, key) and work.redaction.is_protected(row["child_id"]):
            raise Problems(IS_PROTECTED)
        standing, number = _answer_at(work, draft_id, place)
        is_mine = standing is None or standing.saved_by == work.account.account_id
        is_hidden = (
            not is_mine
            and is_sensitive(form, place)
            and not can_see_sensitive(work, row["child_id"], row["record_id"], draft_id)
        )
        waits = standing is not None and _waits_for_a_choice(work, draft_id, place)
        if standing and standing.typed == typed and not is_hidden:
            return standing
        seen = 0 if is_hidden or (waits and not settles) else seen_revision
        clashes = standing is not None and seen is not None and standing.revision > seen
        answer = SavedAnswer(typed, number + 1, work.account.account_id, work.at)
        _add(work, row, place, answer, clashes)
        if standing and not clashes:
            note_changed_words(work, row, place, standing.typed, typed)
        name = name_of(work, standing.saved_by) if standing and not is_mine else ""
        clash = None
        if standing and clashes:
            shown = work.redaction.value(standing.typed, row["child_id"])
            clash = AnswerClash(replace(standing, typed=shown), name)
    if clash:
        raise clash  # once what was typed is kept
    return answer


def let_go(actor: Actor, draft_id: str, key: str, *, rows_key: str = "", row_id: str = "") -> None:
    """After a clash: the answer that stands is kept, and what this account typed is not put to it again."""
    place = (rows_key, row_id, key)
    with actor.writing() as work:
        row = _open_draft(work, draft_id)
        _check_asked_in(form_by_key(row["form"]), key, rows_key)
        standing, number = _answer_at(work, draft_id, place)
        if standing is not None:
            _add(work, row, place, SavedAnswer(None, number + 1, work.account.account_id, work.at), True)


def _add(work: Writing, row: Row, place: Place, answer: SavedAnswer, is_set_aside: bool) -> None:
    rows_key, row_id, key = place
    work.add(
        DRAFT_ANSWER,
        {
            "draft_id": row["draft_id"], "rows_key": rows_key, "row_id": row_id, "question_key": key,
            "revision": answer.revision, "typed": json.dumps(answer.typed), "saved_by": answer.saved_by,
            "saved_at": answer.saved_at, "is_set_aside": is_set_aside or None,
        },
        Event("answer set aside" if is_set_aside else "answer saved", row["child_id"], row["draft_id"], key),
    )  # fmt: skip


def _waits_for_a_choice(work: Reading, draft_id: str, place: Place) -> bool:
    """Did this account type something here that stands beside another answer, and has not chosen since?"""
    mine = work.row(
        "SELECT typed, is_set_aside FROM draft_answer WHERE draft_id = $1 AND rows_key = $2 AND row_id = $3"
        " AND question_key = $4 AND saved_by = $5 ORDER BY revision DESC LIMIT 1",
        [draft_id, *place, work.account.account_id],
    )
    return mine is not None and bool(mine["is_set_aside"]) and json.loads(mine["typed"]) is not None


def _check_size(typed: Typed) -> None:
    """What is longer than any answer may be is kept all the same, so that nothing is lost; but not without end."""
    many = len(typed) if isinstance(typed, str) else len(json.dumps(typed))
    if many > MOST_KEPT:
        raise Problems(
            f"This answer has {many:,} characters, and at most {MOST_KEPT:,} are kept. It is still on your screen: copy it, "
            "then shorten it."
        )


def _open_draft(work: Reading, draft_id: str) -> Row:
    row = checked_draft(work, draft_id)
    if row["state"] == "submitted":
        raise Problems("This form has been sent already. To change it, correct it from the child's page.")
    if row["state"] == "discarded":
        raise Problems("This draft was discarded. Start the form again from the child's page.")
    return row


def _answer_at(work: Reading, draft_id: str, place: Place) -> tuple[SavedAnswer | None, int]:
    """The answer that stands there, and the number of the last revision, which may be one set aside."""
    row = work.row(
        "SELECT * FROM (SELECT typed, revision, saved_by, saved_at, is_set_aside, max(revision) OVER () AS last"
        " FROM draft_answer WHERE draft_id = $1 AND rows_key = $2 AND row_id = $3 AND question_key = $4) AS here"
        " WHERE is_set_aside IS NOT TRUE ORDER BY revision DESC LIMIT 1",
        [draft_id, *place],
    )
    if row is None:
        return None, 0
    return SavedAnswer(json.loads(row["typed"]), row["revision"], row["saved_by"], row["saved_at"]), row[
        "last"
    ]


def add_row(actor: Actor, draft_id: str, rows_key: str) -> str:
    """Open a new repeated row; gives its id."""
    row_id = clock.new_id()
    save_answer(actor, draft_id, ROW, True, rows_key=rows_key, row_id=row_id)
    return row_id


def take_out_row(actor: Actor, draft_id: str, rows_key: str, row_id: str) -> None:
    save_answer(actor, draft_id, ROW, False, rows_key=rows_key, row_id=row_id)


def discard_draft(actor: Actor, draft_id: str) -> None:
    """Put a draft away: one's own, or as coordinator. Its answers stay in the history."""
    with actor.writing() as work:
        row = _open_draft(work, draft_id)
        if row["started_by"] != work.account.account_id:
            check_has_role(work, "draft discarded", "coordinator", "operator", child_id=row["child_id"])
        work.save(
            DRAFT,
            {"draft_id": draft_id, "state": "discarded"},
            Event("draft discarded", row["child_id"], draft_id),
        )


def open_drafts(actor: Actor, child_id: str | None = None) -> list[Row]:
    """Open drafts this account can go on with, newest first: `draft_id`, `form`, `child_id`, `name`, `started_at`,
    `last_saved_at`. With a child: those of the child, others' shared ones too."""
    with actor.reading() as work:
        check_can_see_names(work, "drafts listed")
        if child_id:
            check_can_see_child(work, child_id)
        visible, parameters = visible_children(work, 5)
        own = "d.started_by = $1 AND d.started_at > $4"
        return work.rows(
            "SELECT d.draft_id, d.form, d.child_id, d.record_id, d.started_at, d.started_by, c.name,"
            " (SELECT max(saved_at) FROM draft_answer a WHERE a.draft_id = d.draft_id) AS last_saved_at"
            " FROM draft d LEFT JOIN child c ON c.child_id = d.child_id"
            f" WHERE d.state = 'open' AND ($2::text IS NULL AND {own} OR d.child_id = $2"
            f" AND ({own} OR d.form = ANY($3))) AND (d.child_id IS NULL OR {visible})"
            " ORDER BY d.started_at DESC LIMIT 100",
            [work.account.account_id, child_id, _shared_forms(work), work.in_post_since, *parameters],
        )


def _shared_forms(work: Reading) -> list[str]:
    """Keys of the forms whose drafts others go on with; those of the meeting are the coordinator's."""
    minutes = has_role(work, "coordinator", "operator")
    return [form.key for form in FORMS if form.many_hands and (minutes or not form.at_the_meeting)]


def _check_asked_in(form: Form, key: str, rows_key: str) -> None:
    item = form.by_key.get(rows_key or key)
    if rows_key:
        if isinstance(item, RepeatedRows) and (key == ROW or any(q.key == key for q in item.questions)):
            return
    elif isinstance(item, Question):
        return
    raise Problems("This form has no such question. Open it again from the child's page.")
