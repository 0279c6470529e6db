"""How long a child's record is kept. Source: access.md, retention.

The period is the partnership's setting; unset means keep, and the pages say so. Holding a record longer is
`data.rights.retention`, deleting it `data.rights.deletion`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from data import clock
from data.actor import Reading
from data.database.engine import Row
from data.settings import value
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


def retention_now(work: Reading, child_id: str) -> Retention:
    found = (
        work.row(
            "SELECT (SELECT area FROM child WHERE child_id = $1) AS area,"
            " (SELECT max(closed_on) FROM episode WHERE child_id = $1) AS closed_on,"
            " (SELECT count(*) FROM episode WHERE child_id = $1 AND closed_on IS NULL)"
            " + (SELECT count(*) FROM referral WHERE child_id = $1 AND state NOT IN ('accepted', 'declined')) AS waiting,"
            " (SELECT max(submitted_on) FROM screening_form WHERE child_id = $1) AS screened_on,"
            " (SELECT max(submitted_on) FROM child WHERE child_id = $1) AS described_on",
            [child_id],
        )
        or {}
    )
    sent = [day for day in (found["screened_on"], found["described_on"]) if day]
    return Retention(
        is_open=bool(found["waiting"]),
        last_closed_on=found["closed_on"] or max(sent, default=None),
        period_years=value(work, found["area"], "retention_years") if found["area"] else None,
        hold=work.row("SELECT * FROM legal_hold WHERE child_id = $1 AND lifted_on IS NULL", [child_id]),
    )
