"""Reading returns that were locked or published: each is one stored document, and reads the same for ever.

Locking is `data.returns.return_lock`, publishing `data.returns.return_publication`. A draft is made anew each time: `data.returns.returns`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from data.access.figures import check_can_see_cohort
from data.actor import Actor, Reading
from data.database.engine import Row
from data.database.records import QUARTERLY_RETURN
from data.quarters import Quarter
from data.refusal import Problems
from data.returns.return_document import from_document, hashed
from data.returns.return_shape import Return, of_areas
from data.trail.views import note_view
from forms.places import partnership_of

CHANGED = "This return is not what was locked: its content does not fit its hash. Tell whoever runs the tool."


def record_id(partnership: str, quarter: Quarter) -> str:
    return f"{partnership}:{quarter}"


def standing(work: Reading, partnership: str, quarter: Quarter) -> Row | None:
    """The return's record: `state`, `version`; None while it is a draft."""
    return work.current(QUARTERLY_RETURN, record_id(partnership, quarter))


def latest(work: Reading, partnership: str, quarter: Quarter) -> Return | None:
    found = standing(work, partnership, quarter)
    return numbered(work, partnership, quarter, found["version"]) if found else None


def numbered(work: Reading, partnership: str, quarter: Quarter, version: int) -> Return:
    """Raises `Problems` when there is no such version, or when it is not what was locked."""
    return _read(
        work.row(
            "SELECT document, content_hash FROM return_version WHERE return_id = $1 AND version = $2",
            [record_id(partnership, quarter), version],
        )
    )


def published_copies(work: Reading, partnership: str, quarter: Quarter) -> tuple[Return, ...]:
    """Every copy for publication of this quarter, in the order in which they were made."""
    rows = work.rows(
        "SELECT document, content_hash FROM published_return WHERE return_id = $1 ORDER BY number",
        [record_id(partnership, quarter)],
    )
    return tuple(map(_read, rows))


def _read(row: Row | None) -> Return:
    if row is None:
        raise Problems(
            "There is no such version of the return. Open the return again to see those there are."
        )
    if hashed(row["document"]) != row["content_hash"]:
        raise Problems(CHANGED)
    return from_document(row["document"])


@dataclass(frozen=True)
class Version:
    number: int
    locked_by: str
    locked_at: datetime.datetime
    reason: str | None
    content_hash: str


@dataclass(frozen=True)
class Life:
    """Where a return stands: no state while it is a draft."""

    state: str | None
    reason: str | None
    """Why it is being corrected."""
    versions: tuple[Version, ...]
    """Latest first."""
    copies: int
    """How many copies for publication were made."""


def life_of(actor: Actor, quarter: Quarter) -> Life:
    """Of the return of the account's own partnership."""
    with actor.reading() as work:
        check_can_see_cohort(work, work.account.areas[:1])
        partnership = work.account.partnership_key
        found = standing(work, partnership, quarter)
        rows = work.rows(
            "SELECT v.version, v.locked_at, v.reason, v.content_hash, a.name FROM return_version v"
            " LEFT JOIN account a ON a.account_id = v.locked_by WHERE v.return_id = $1 ORDER BY v.version DESC",
            [record_id(partnership, quarter)],
        )
        copies = work.value(
            "SELECT count(*) FROM published_return WHERE return_id = $1", [record_id(partnership, quarter)]
        )
    return Life(
        found["state"] if found else None,
        found["reason"] if found else None,
        tuple(
            Version(row["version"], row["name"] or "", row["locked_at"], row["reason"], row["content_hash"])
            for row in rows
        ),
        copies,
    )


def read_locked(
    actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, version: int | None = None
) -> Return:
    """A locked version, the latest unless another is asked for; whole or of one area. The view is audited.

    Raises `Refused` for an account that may not see these areas, `Problems` when nothing is locked.
    """
    with actor.writing() as work:
        wanted, partnership = _asked(work, areas)
        found = standing(work, partnership, quarter)
        locked = numbered(work, partnership, quarter, version or (found["version"] if found else 0))
        note_view(work, "return viewed", None, f"return {quarter}")
        return of_areas(locked, wanted)


def read_published(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> Return:
    """The last copy for publication. The view is audited."""
    with actor.writing() as work:
        wanted, partnership = _asked(work, areas)
        copies = published_copies(work, partnership, quarter)
        if not copies:
            raise Problems("No copy for publication has been made of this return.")
        note_view(work, "return viewed", None, f"return {quarter}")
        return of_areas(copies[-1], wanted)


def _asked(work: Reading, areas: Sequence[str] | None) -> tuple[tuple[str, ...], str]:
    wanted = tuple(areas) if areas is not None else work.account.areas
    if not wanted:
        raise Problems("Select at least one area.")
    check_can_see_cohort(work, wanted)
    return wanted, partnership_of(wanted[0]).key
