"""How long a child's record is kept, and what holds it longer. Source: access.md, retention.

The period is the partnership's setting; unset means keep, and the page says so. Deleting is `data.rights.deletion`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from data import clock
from data.access.rights import check_can_answer_for
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import LEGAL_HOLD
from data.refusal import Problems
from data.settings import value
from data.trail.views import note_view
from forms.kinds.date import in_words


@dataclass(frozen=True)
class Retention:
    is_open: bool
    """In the meeting's oversight, or with a referral that waits: nothing is due."""
    last_closed_on: datetime.date | None
    """The day of the last closing; without an episode, of the last form sent."""
    period_years: int | None
    """The partnership's; None when it is not set."""
    hold: Row | None
    """The legal hold in force."""

    @property
    def due_on(self) -> datetime.date | None:
        """The day on which the record is due for review or deletion."""
        if self.is_open or self.period_years is None or self.last_closed_on is None:
            return None
        return self.last_closed_on + relativedelta(years=self.period_years)

    @property
    def may_be_deleted(self) -> bool:
        return (
            not self.is_open and self.hold is None and (self.due_on is None or self.due_on <= clock.today())
        )

    def as_text(self) -> str:
        if self.is_open:
            return "The child is in the meeting's oversight or a referral waits: the record is kept."
        if self.period_years is None:
            return "Kept: the partnership has not set how long records are kept."
        if self.due_on is None:
            return "Kept: nothing has been closed yet."
        when = "was due" if self.due_on <= clock.today() else "is due"
        return f"The record {when} for review or deletion on {in_words(self.due_on)}."


def retention_of(actor: Actor, child_id: str) -> Retention:
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        note_view(work, "retention viewed", child_id)
        return retention_now(work, child_id)


def retention_now(work: Reading, child_id: str) -> Retention:
    closed = work.value("SELECT max(closed_on) FROM episode WHERE child_id = $1", [child_id])
    return Retention(
        is_open=bool(
            work.value(
                "SELECT count(*) FROM (SELECT 1 FROM episode WHERE child_id = $1 AND closed_on IS NULL UNION ALL"
                " SELECT 1 FROM referral WHERE child_id = $1 AND state NOT IN ('accepted', 'declined')) AS waiting",
                [child_id],
            )
        ),
        last_closed_on=closed or _last_sent(work, child_id),
        period_years=_period(work, child_id),
        hold=work.row("SELECT * FROM legal_hold WHERE child_id = $1 AND lifted_on IS NULL", [child_id]),
    )


def _last_sent(work: Reading, child_id: str) -> datetime.date | None:
    sent: datetime.date | None = work.value(
        "SELECT max(sent) FROM (SELECT max(submitted_on) AS sent FROM screening_form WHERE child_id = $1"
        " UNION ALL SELECT max(submitted_on) FROM child WHERE child_id = $1) AS forms",
        [child_id],
    )
    return sent


def _period(work: Reading, child_id: str) -> int | None:
    area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
    if area is None:
        return None
    period: int | None = value(work, area, "retention_years")
    return period


def hold(actor: Actor, child_id: str, reason: str) -> str:
    """Keep the record whatever its period says. Gives the hold's id."""
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        if not reason.strip():
            raise Problems("Enter why the record must be kept")
        if retention_now(work, child_id).hold:
            raise Problems("The record is held already.")
        hold_id = clock.new_id()
        work.save(
            LEGAL_HOLD,
            {"hold_id": hold_id, "child_id": child_id, "reason": reason.strip(), "placed_on": clock.today()},
            Event("record held", child_id, hold_id),
        )
        return hold_id


def lift_hold(actor: Actor, child_id: str, reason: str) -> None:
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        standing = retention_now(work, child_id).hold
        if standing is None:
            raise Problems("The record is not held.")
        if not reason.strip():
            raise Problems("Enter why the record need not be held any longer")
        work.save(
            LEGAL_HOLD,
            {"hold_id": standing["hold_id"], "lifted_on": clock.today(), "lifted_reason": reason.strip()},
            Event("hold lifted", child_id, standing["hold_id"]),
        )
