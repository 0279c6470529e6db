"""Forms filled in: submitting a draft once, whatever is clicked, and reading a submission back with its history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import clock
from data.access.reach import IN_POST_SINCE, as_it_stood
from data.access.restricted import NOT_YOURS
from data.access.rule import IS_A_WORD, can_see_sensitive, check_can_read_child, child_of
from data.actor import Actor, Reading, Writing, as_stored
from data.answers.draft_reading import Draft, name_of, rows_of, sensitive_keys, whole_draft
from data.answers.draft_thinning import thin
from data.child.links import link, link_first
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DRAFT
from data.database.schema import CONTRIBUTION, form_table, rows_table
from data.refusal import Problems, Refused
from data.settings import values
from data.trail.views import note_view
from forms.answers import Checked, Problem, check
from forms.form import Form, RepeatedRows
from forms.open_actions import ABOUT as OPEN_ACTIONS
from forms.question import NOT_ASKED
from forms.registry import FORMS
from forms.registry import form as form_by_key
from forms.settings import ABOUT


class NotReady(Exception):
    """The form has problems; they are shown in the summary and beside the questions. Nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Submission:
    record_id: str
    revision: int
    form: Form
    form_version: int
    child_id: str
    submitted_on: datetime.date
    """When it was first sent, whatever was corrected or sent again since."""
    recorded_at: datetime.datetime
    recorded_by: str
    """The name of the person."""
    agency: str | None
    change_reason: str | None
    answers: dict[str, Any]
    """By question key, rows as lists of dicts; `NOT_ASKED` for what was not asked; "hidden" keys left out."""
    hidden: tuple[str, ...]
    """Keys this account may not see here (adults of concern, intelligence)."""
    contributors: tuple[Row, ...]
    """section_key, name, agency, last_saved_at."""
    latest_revision: int


def about(work: Reading, draft: Draft) -> dict[str, Any]:
    """What the form's rules may ask about: see `forms.form.Rule`."""
    child = work.row("SELECT date_of_birth, area FROM child WHERE child_id = $1", [draft.child_id])
    corrected = work.current(form_table(draft.form), draft.record_id) if draft.record_id else None
    on = clock.today() if corrected is None or draft.form.one_per_child else corrected["submitted_on"]
    return {
        "date_of_birth": child and child["date_of_birth"],
        "today": on,
        OPEN_ACTIONS: _open_actions(work, draft),
        **({ABOUT: values(work, child["area"])} if child else {}),
    }


def _open_actions(work: Reading, draft: Draft) -> int:
    """How many actions of the episode are open; none of a form that was sent already, whose decision stands."""
    if draft.record_id or not draft.episode_id:
        return 0
    many = "SELECT count(*) FROM action WHERE episode_id = $1 AND state = 'ongoing'"
    return int(work.value(many, [draft.episode_id]))


def submit(actor: Actor, draft_id: str, *, why: str | None = None) -> str:
    """Make the draft a submission; gives its record id. A second click gives the same id and stores nothing more.

    Raises `NotReady` with the problems, or `Problems` for a rule of the pathway.
    """
    with actor.writing() as work:
        return submit_in(work, draft_id, why=why)


@as_stored
def submit_in(work: Writing, draft_id: str, *, why: str | None = None) -> str:
    draft = whole_draft(work, draft_id)
    if draft.state == "submitted":
        return str(draft.record_id)
    if draft.state == "discarded":
        raise Problems("This draft was discarded. Start the form again from the child's page.")
    checked = check(draft.form, draft.typed, about(work, draft))
    if checked.problems:
        raise NotReady(checked.problems)
    return submit_checked(work, draft, checked, why)


def submit_checked(work: Writing, draft: Draft, checked: Checked, why: str | None = None) -> str:
    """The whole draft, open, and nothing wrong with it."""
    record_id = draft.record_id or clock.new_id()
    child_id = draft.child_id or record_id
    if _standing_revision(work, draft) != draft.base_revision:
        raise Problems(
            "Somebody sent or corrected this form while you were writing. Your words are kept in this draft: "
            "open the form, compare, and start a new correction."
        )
    record = _store(work, draft, checked, record_id, child_id, why)
    _keep_contributors(work, draft, record)
    if effect := _effects().get(draft.form.key):
        effect(work, draft, record, checked.answers)
    work.save(
        DRAFT,
        {"draft_id": draft.draft_id, "state": "submitted", "record_id": record_id, "child_id": child_id},
        Event("draft submitted", child_id, draft.draft_id, draft.form.key),
    )
    thin(work, draft.draft_id)
    return record_id


def _standing_revision(work: Reading, draft: Draft) -> int | None:
    """Of the record this draft would become; None when there is none yet."""
    table, revision = form_table(draft.form).name, None
    if draft.record_id:
        revision = work.value(f"SELECT revision FROM {table} WHERE record_id = $1", [draft.record_id])
    elif draft.form.one_per_child and draft.child_id:
        revision = work.value(f"SELECT revision FROM {table} WHERE child_id = $1", [draft.child_id])
    return revision


def _effects() -> Mapping[str, Any]:
    from data.answers.effects import (
        EFFECTS,  # the pathway stands on submissions, so it is looked up when it is needed
    )

    return EFFECTS


def _store(
    work: Writing, draft: Draft, checked: Checked, record_id: str, child_id: str, why: str | None
) -> Row:
    form, answers = draft.form, checked.answers
    area = (
        answers.get("area")
        if form.key == "child"
        else work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
    )
    standing = work.current(form_table(form), record_id) if draft.record_id else None
    record = work.save(
        form_table(form),
        {
            "record_id": record_id, "child_id": child_id, "child_area": area, "by_agency": work.account.agency,
            "form_version": form.version, "not_asked": list(checked.not_asked),
            "submitted_on": standing["submitted_on"] if standing and not form.one_per_child else clock.today(),
            **{q.key: answers.get(q.key) for q in form.questions()},
        },
        Event("form corrected" if standing else "form submitted", child_id, record_id, form.key),
        why=why,
    )  # fmt: skip
    for rows in form.rows():
        table = rows_table(form, rows)
        kept = [
            {**row, "row_id": row["row_id"] or clock.new_id(), "record_id": record_id,
             "revision": record["revision"], "position": position}
            for position, row in enumerate(answers.get(rows.key) or ())
        ]  # fmt: skip
        if kept:
            work.add_many(table, kept, Event("rows stored", child_id, record_id, rows.key))
    return record


def _keep_contributors(work: Writing, draft: Draft, record: Row) -> None:
    """Freeze who wrote which section, and link each of them to the child; but not anew whose access has ended since."""
    latest: dict[tuple[str, str], datetime.datetime] = {}
    for word in work.rows(
        "SELECT rows_key, question_key, saved_by, max(saved_at) AS saved_at FROM draft_answer WHERE draft_id = $1"
        f" AND is_set_aside IS NOT TRUE AND {IS_A_WORD} GROUP BY rows_key, question_key, saved_by",
        [draft.draft_id],
    ):
        where = (draft.form.section_of(word["rows_key"] or word["question_key"]).key, word["saved_by"])
        latest[where] = max(word["saved_at"], latest.get(where, word["saved_at"]))
    people = {who for _, who in latest} | {work.account.account_id}
    accounts = {
        row["account_id"]: row
        for row in work.rows(
            f"SELECT a.account_id, a.name, a.agency, {IN_POST_SINCE.format('a.account_id')} AS since FROM account a"
            " WHERE a.account_id = ANY($1)",
            [list(people)],
        )
    }
    contributions = [
        {
            "record_id": record["record_id"], "revision": record["revision"], "section_key": section,
            "account_id": who, "child_id": record["child_id"], "name": accounts[who]["name"],
            "agency": accounts[who]["agency"], "last_saved_at": at,
        }
        for (section, who), at in latest.items() if who in accounts
    ]  # fmt: skip
    if contributions:
        work.add_many(
            CONTRIBUTION, contributions, Event("contributors kept", record["child_id"], record["record_id"])
        )
    if draft.form.at_the_meeting:
        return
    link(work, record["child_id"], work.account.account_id, f"wrote {draft.form.key}")
    last = {who: max(at for (_, by), at in latest.items() if by == who) for _, who in latest}
    for who, at in last.items():
        if who in accounts and at > accounts[who]["since"]:
            link_first(work, record["child_id"], who, f"wrote {draft.form.key}")


def sent_form(work: Reading, form_key: str, record_id: str) -> Row | None:
    """A sent form as it stands; None too for a key, made up in an address, of no form there is."""
    form = next((one for one in FORMS if one.key == form_key), None)
    return work.current(form_table(form), record_id) if form else None


def read_submission(actor: Actor, form_key: str, record_id: str, revision: int | None = None) -> Submission:
    """A submitted form, whole, at its latest revision or an earlier one. The view is audited."""
    with actor.writing() as work:
        latest = sent_form(work, form_key, record_id)
        until = check_can_read_child(work, child_of(latest))
        if latest is None:
            raise Problems("This form cannot be found. Go back to the child's page.")
        form = form_by_key(form_key)
        if until:
            latest = _as_it_stood(work, form, latest, until)
        record = latest
        if revision not in (None, latest["revision"]):
            older = [
                r
                for r in work.revisions(form_table(form), record_id)
                if r["revision"] == revision < latest["revision"]
            ]
            if not older:
                raise Problems("This form has no such revision. Go back to the child's page.")
            record = older[0]
        return read_in(work, form, record, latest["revision"])


def _as_it_stood(work: Reading, form: Form, record: Row, until: datetime.datetime) -> Row:
    """The revision that stood then. A form that was sent since is not there for a former area."""
    stood = [r for r in work.revisions(form_table(form), record["record_id"]) if r["recorded_at"] <= until]
    if not stood:
        raise Refused(NOT_YOURS, "child viewed", record["child_id"], record["record_id"])
    return stood[-1]


def read_in(work: Writing, form: Form, record: Row, latest_revision: int | None = None) -> Submission:
    """The record at hand as this account, which may see the child, may read it. The view is audited."""
    note_view(work, f"form viewed: {form.key}", record["child_id"], record["record_id"])
    return submission_of(work, form, record, latest_revision or record["revision"])


def submission_of(work: Reading, form: Form, record: Row, latest_revision: int) -> Submission:
    sees_all = can_see_sensitive(work, record["child_id"], record["record_id"])
    hidden = () if sees_all else sensitive_keys(form)
    not_asked = set(record["not_asked"] or ())
    answers: dict[str, Any] = {}
    for item in form.items():
        if item.key in hidden:
            continue
        if item.key in not_asked:
            answers[item.key] = NOT_ASKED
        elif isinstance(item, RepeatedRows):
            kept_back = () if sees_all else [q.key for q in item.questions if q.sensitive]
            answers[item.key] = [
                {key: answer for key, answer in row.items() if key not in kept_back}
                for row in rows_of(work, form, item, record)
            ]
        else:
            answers[item.key] = record[item.key]
    contributors = work.rows(
        "SELECT section_key, name, agency, last_saved_at FROM contribution"
        " WHERE record_id = $1 AND revision = $2 ORDER BY section_key, last_saved_at",
        [record["record_id"], record["revision"]],
    )
    return Submission(
        record_id=record["record_id"], revision=record["revision"], form=form,
        form_version=record["form_version"], child_id=record["child_id"],
        submitted_on=_first_sent(work, form, record), recorded_at=record["recorded_at"], recorded_by=name_of(work, record["recorded_by"]),
        agency=record["by_agency"], change_reason=record["change_reason"], answers=answers, hidden=hidden,
        contributors=tuple(contributors), latest_revision=latest_revision,
    )  # fmt: skip


def _first_sent(work: Reading, form: Form, record: Row) -> datetime.date:
    """A form of which a child has one is sent again as a whole, and its row then has the day of the last sending."""
    if record["revision"] == 1:
        return record["submitted_on"]
    first: datetime.date = work.value(
        f"SELECT submitted_on FROM {form_table(form).name}_history WHERE record_id = $1 AND revision = 1",
        [record["record_id"]],
    )
    return first


def submissions_of_child(work: Reading, child_id: str, until: datetime.datetime | None = None) -> list[Row]:
    """The child's forms, newest first: form, record_id, revision, submitted_on (when it was first sent),
    recorded_at, by name and agency; with `until` as they stood then."""
    parts = [
        f"SELECT '{form.key}' AS form, f.record_id, f.revision, h.submitted_on, f.recorded_at, f.by_agency, a.name"
        f" FROM {f'({as_it_stood(form_table(form), 1)})' if until else form_table(form).name} f"
        f" JOIN {form_table(form).name}_history h ON h.record_id = f.record_id AND h.revision = 1"
        " LEFT JOIN account a ON a.account_id = f.recorded_by WHERE f.child_id = $1"
        for form in FORMS
        if form.key != "child"
    ]
    return work.rows(
        " UNION ALL ".join(parts) + " ORDER BY recorded_at DESC", [child_id, *([until] if until else [])]
    )
