"""People, groups, places and issues of concern as records: added, changed, closed, found. Their links are
`data.concern.concern_links`. Source: pathway.md 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data import clock
from data.access.concern import (
    check_can_add_concern,
    check_can_coordinate_concern,
    check_can_list_concerns,
    check_can_see_concern,
    check_can_write_concern,
    visible_concerns,
)
from data.actor import Actor, Writing
from data.answers.short_forms import read
from data.concern.concern_line import with_concern_lines
from data.concern.concern_matches import (
    IS_KNOWN_ELSEWHERE,
    Duplicates,
    likely_duplicates,
    overlapping,
)
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import CONCERN
from data.names import has_words
from data.naming import check_names_nobody
from data.refusal import Problems
from data.trail.views import note_view
from data.ways.ways_beside import CONCERN_WAY
from forms.concern import CONCERN as CONCERN_FORM
from forms.question import Typed

PAGE = 25


class LikelyDuplicate(Problems):
    """It may be here already. `found` says which; the person opens one of them, or says it is another."""

    def __init__(self, found: Duplicates) -> None:
        super().__init__("This may be here already. Look at the likely records, or say that this is another.")
        self.found = found


def add_concern(
    actor: Actor,
    concern_id: str,
    typed: Mapping[str, Typed],
    is_another: bool = False,
    *,
    names_nobody: bool = False,
) -> None:
    """A new record, held by the account's own area. Raises `NotFilledIn`; `LikelyDuplicate` unless the
    person said it is another; `Clash` when it was added already."""
    with actor.writing() as work:
        check_can_add_concern(work)
        area = work.account.area or ""
        answers = read(CONCERN_FORM, typed)
        _check_label(work, answers, names_nobody)
        found = Duplicates((), ()) if is_another else likely_duplicates(work, answers, area)
        if not found:
            move = CONCERN_WAY.move("add", None, work.account.role)
            record = {"concern_id": concern_id, "area": area, "state": move.end, **answers}
            _save(work, record, move.audit, 0)
        else:
            work.note(Event("likely duplicates shown"))  # also of a record that is then not added
    if found:
        raise LikelyDuplicate(found)


def change_concern(
    actor: Actor,
    concern_id: str,
    typed: Mapping[str, Typed],
    seen_revision: int,
    *,
    names_nobody: bool = False,
) -> None:
    """Another revision; the old one stays readable. A label for the return that changed waits to be approved anew."""
    with actor.writing() as work:
        check_can_write_concern(work, concern_id)
        standing = work.current(CONCERN, concern_id) or {}
        answers = read(CONCERN_FORM, typed)
        _check_label(work, answers, names_nobody)
        record = {"concern_id": concern_id, "area": standing["area"], **answers}
        if answers["label_for_return"] != standing["label_for_return"]:
            record["label_approved_on"] = None
        _save(work, record, "concern changed", seen_revision)


def _check_label(work: Writing, answers: Row, names_nobody: bool) -> None:
    """The lead reads a place by it, and so does whoever reads the return."""
    check_names_nobody(work, work.account.partnership, answers["label_for_return"], is_confirmed=names_nobody)


def _save(work: Writing, record: Row, audit: str, seen_revision: int) -> None:
    """Both sides of a new overlap with another area find it in the audit."""
    concern_id = record["concern_id"]
    standing = work.current(CONCERN, concern_id)
    if seen_revision != (standing["revision"] if standing else 0):
        raise Clash
    before = set(overlapping(work, standing)) if standing else set()
    saved = work.save(CONCERN, record, Event(audit, None, concern_id), seen_revision=seen_revision)
    for other_id in overlapping(work, saved):
        if other_id not in before:
            work.note(Event("overlap found", None, concern_id))
            work.note(Event("overlap found", None, other_id))


def move_concern(actor: Actor, concern_id: str, name: str, reason: str) -> None:
    """Close it, or open it again."""
    with actor.writing() as work:
        check_can_coordinate_concern(work, concern_id, "concern closed")
        standing = work.current(CONCERN, concern_id) or {}
        move = CONCERN_WAY.move(name, standing["state"], work.account.role, reason)
        work.save(
            CONCERN,
            {"concern_id": concern_id, "state": move.end},
            Event(move.audit, None, concern_id),
            why=reason.strip(),
        )


def approve_label(actor: Actor, concern_id: str, label: str, *, names_nobody: bool = False) -> None:
    """Let the place stand in the return by this label, as the coordinator read it."""
    with actor.writing() as work:
        check_can_coordinate_concern(work, concern_id, "label approved")
        standing = work.current(CONCERN, concern_id) or {}
        if standing["kind"] != "place" or not label or standing["label_for_return"] != label:
            raise Problems("Read the label as it stands now, then approve it")
        _check_label(work, standing, names_nobody)
        work.save(
            CONCERN,
            {"concern_id": concern_id, "label_approved_on": clock.today()},
            Event("label approved", None, concern_id),
        )


@dataclass(frozen=True)
class Found:
    rows: tuple[Row, ...]
    """concern_id, kind, name, `who` (`data.concern.concern_line`), aliases, area, state, children (how many are linked), is_known_elsewhere."""
    more: bool


def search_concerns(
    actor: Actor, words: str = "", kind: str | None = None, state: str | None = None, page: int = 0
) -> Found:
    """Records this account may open, by name, alias, address or postcode; a page of them. That somebody searched is
    audited, never what for."""
    with actor.writing() as work:
        check_can_list_concerns(work)
        note_view(work, "concerns searched", None)
        named, its_words = has_words("c.search_key", words, 4) if words else ("true", [])
        visible, parameters = visible_concerns(work, 4 + len(its_words))
        # The page first: what stands beside each record is asked for these few, not for all.
        rows = work.rows(
            "WITH page AS MATERIALIZED (SELECT c.* FROM concern c WHERE ($1::text IS NULL OR c.kind = $1::text)"
            f" AND ($2::text IS NULL OR c.state = $2::text) AND {visible} AND {named}"
            f" ORDER BY lower(c.name), c.concern_id LIMIT {PAGE + 1} OFFSET $3)"
            f" SELECT c.concern_id, c.kind, c.name, c.aliases, c.area, c.state, {IS_KNOWN_ELSEWHERE} AS is_known_elsewhere,"
            " (SELECT count(DISTINCT l.child_id) FROM concern_link l WHERE l.concern_id = c.concern_id"
            " AND l.removed_reason IS NULL) AS children FROM page c ORDER BY lower(c.name), c.concern_id",
            [kind, state, page * PAGE, *its_words, *parameters],
        )
        return Found(tuple(with_concern_lines(work, rows[:PAGE])), len(rows) > PAGE)


def read_concern(actor: Actor, concern_id: str) -> Row:
    """One record as it stands. The view is audited."""
    with actor.writing() as work:
        return concern_seen(work, concern_id)


def concern_seen(work: Writing, concern_id: str) -> Row:
    """The record for this account, its view noted. What it is matched by stays here."""
    check_can_see_concern(work, concern_id)
    note_view(work, "concern viewed", None, concern_id)
    record = work.current(CONCERN, concern_id) or {}
    return {key: value for key, value in record.items() if key not in CONCERN.derived}
