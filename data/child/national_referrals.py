"""A child's referrals to the national referral mechanism (NRM), and the meeting's oversight of all of them.

The stage is never stored: it follows from what is recorded (`forms.nrm.stage`). Source: pathway.md 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.concern import (
    can_see_sensitive_of,
    can_write_nrm,
    check_can_oversee_nrm,
    check_can_write_nrm,
)
from data.access.rule import check_can_see_child, visible_children
from data.actor import Actor, Reading
from data.answers.short_forms import read
from data.child_line import with_lines
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import NRM
from data.refusal import Problems
from data.settings import value
from data.trail.record_history import Change, changes
from data.trail.views import note_view
from data.ways.ways_beside import NRM_WAY
from forms.codes import NRM_STAGES
from forms.kinds.date import in_words
from forms.nrm import NRM as NRM_FORM
from forms.nrm import stage, waits
from forms.question import Typed
from forms.settings import BY_KEY

PAGE = 25
STAGES = dict(NRM_STAGES)
SENSITIVE = tuple(question.key for question in NRM_FORM.questions() if question.sensitive)


@dataclass(frozen=True)
class NationalReferral:
    child_id: str
    record: Row
    """As it stands, without what this account may not read; empty for one that is being begun."""
    hidden: bool
    """Some of it is kept from this account."""
    may_write: bool
    decided_by: str
    history: tuple[Change, ...]


def read_nrm(actor: Actor, child_id: str, nrm_id: str | None = None) -> NationalReferral:
    """One referral, or a new one of the child. The view is audited."""
    with actor.writing() as work:
        check_can_see_child(work, child_id)
        record = _of_child(work, child_id, nrm_id) if nrm_id else {}
        note_view(work, "nrm viewed", child_id, nrm_id)
        area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        hidden = bool(nrm_id) and not can_see_sensitive_of(work, child_id, NRM, nrm_id or "")
        if hidden:
            record = {**record, **dict.fromkeys(SENSITIVE)}
        history = (
            changes(
                work,
                NRM,
                NRM_FORM,
                nrm_id,
                state=lambda row: STAGES[stage(row)],
                without=SENSITIVE if hidden else (),
            )
            if nrm_id
            else ()
        )
        decided_by = nrm_decided_by(work, area) if area else ""
        return NationalReferral(child_id, record, hidden, can_write_nrm(work, child_id), decided_by, history)


def nrm_decided_by(work: Reading, area: str) -> str:
    """Who decides for the children of an area, in words: a setting of the area."""
    return BY_KEY["nrm_decided_by"].question.as_text(value(work, area, "nrm_decided_by"))


def save_nrm(
    actor: Actor,
    child_id: str,
    nrm_id: str,
    typed: Mapping[str, Typed],
    seen_revision: int,
    why: str | None = None,
) -> None:
    """A new referral (`seen_revision` 0) or a change to one. Raises `NotFilledIn`; `Clash` when somebody
    saved since; `Problems` when the stage goes back without a reason."""
    with actor.writing() as work:
        check_can_write_nrm(work, child_id)
        standing = _of_child(work, child_id, nrm_id) if seen_revision else work.current(NRM, nrm_id)
        if seen_revision != (standing["revision"] if standing else 0):
            raise Clash
        answers = read(NRM_FORM, typed)
        before, after = stage(standing) if standing else None, stage(answers)
        audit = "nrm changed"
        if before != after:
            audit = NRM_WAY.move(f"to {after}", before, work.account.role, why).audit
        work.save(
            NRM,
            {"nrm_id": nrm_id, "child_id": child_id, **answers},
            Event(audit, child_id, nrm_id),
            seen_revision=seen_revision,
            why=(why or "").strip() or None,
        )


def _of_child(work: Reading, child_id: str, nrm_id: str) -> Row:
    record = work.current(NRM, nrm_id)
    if record is None or record["child_id"] != child_id:
        raise Problems("This NRM referral cannot be found. Open the child's page and choose it there.")
    return record


def nrm_of_child(work: Reading, child_id: str) -> list[Row]:
    """The child's referrals, the latest first, without what is sensitive; for the child's page, which notes its view."""
    rows = work.rows(
        "SELECT * FROM nrm WHERE child_id = $1 ORDER BY submitted_on DESC NULLS FIRST, nrm_id DESC LIMIT 20",
        [child_id],
    )
    return [{key: value for key, value in row.items() if key not in SENSITIVE} for row in rows]


def latest_nrm(work: Reading, child_id: str) -> Row | None:
    """The referral that was written in last: what a form begins with. Not for a screen, it holds what is sensitive."""
    return work.row(
        "SELECT * FROM nrm WHERE child_id = $1 ORDER BY recorded_at DESC, nrm_id DESC LIMIT 1", [child_id]
    )


@dataclass(frozen=True)
class Overseen:
    rows: tuple[Row, ...]
    """nrm_id, child_id, name, `who`, stage, and what is recorded but the sensitive; those that wait longest first."""
    more: bool
    counts: dict[str, int]
    """Stage → how many, over all pages."""


STAGE = (
    "CASE WHEN n.conclusive_grounds = 'positive' THEN 'conclusive' WHEN n.conclusive_grounds = 'negative' THEN 'negative'"
    " WHEN n.reasonable_grounds = 'positive' THEN 'positive_reasonable'"
    " WHEN n.reasonable_grounds = 'negative' THEN 'negative' WHEN n.submitted_on IS NOT NULL THEN 'referred'"
    " WHEN n.is_required THEN 'needs_referral' ELSE 'not_applicable' END"
)
"""`forms.nrm.stage` in SQL, for lists."""


def oversee_nrm(actor: Actor, wanted: str | None = None, page: int = 0) -> Overseen:
    """Every referral of the children this account may see, at one stage or at any. The view is audited."""
    with actor.writing() as work:
        check_can_oversee_nrm(work)
        note_view(work, "nrm listed", None)
        visible, parameters = visible_children(work, 1)
        seen = f"SELECT n.*, c.name, {STAGE} AS stage FROM nrm n JOIN child c ON c.child_id = n.child_id WHERE {visible}"
        counted = work.rows(
            f"SELECT stage, count(*) AS many FROM ({seen}) AS seen GROUP BY stage", parameters
        )
        at = len(parameters)
        rows = work.rows(
            f"SELECT * FROM ({seen}) AS seen WHERE ${at + 1}::text IS NULL OR stage = ${at + 1}::text"
            " ORDER BY CASE stage WHEN 'needs_referral' THEN 0 WHEN 'referred' THEN 1 WHEN 'positive_reasonable' THEN 1"
            " ELSE 2 END, coalesce(CASE WHEN stage = 'positive_reasonable' THEN reasonable_grounds_on END, submitted_on)"
            f", nrm_id LIMIT {PAGE + 1} OFFSET ${at + 2}",
            [*parameters, wanted, page * PAGE],
        )
        shown = tuple(
            {k: v for k, v in row.items() if k not in SENSITIVE} for row in with_lines(work, rows[:PAGE])
        )
        return Overseen(shown, len(rows) > PAGE, {row["stage"]: row["many"] for row in counted})


def waiting_in_words(record: Mapping[str, object]) -> str:
    """“Waiting for reasonable grounds since 13 November 2026, 13 days”; empty when it waits for no decision."""
    found = waits(record)
    if found is None:
        return ""
    what, since = found
    if since is None:
        return f"Waiting for {what}; the date of the decision before is not recorded"
    days = (clock.today() - since).days
    return f"Waiting for {what} since {in_words(since)}, {days} {'day' if days == 1 else 'days'}"
