"""When each agency of an area signed the information sharing agreement: a setting for each, kept by the administrator."""

from __future__ import annotations

import datetime
from typing import Any

from data.access.accounts import check_can_keep_accounts, check_keeps_area
from data.actor import Actor
from data.database.audit import Event
from data.database.records import SETTING
from data.refusal import Problems
from data.trail.views import note_view
from forms.codes import AGENCIES
from forms.kinds import Date
from forms.places import AREAS
from forms.question import Wrong

SIGNED_ON = Date(
    "signed_on",
    "Date the agreement was signed",
    may_be_future=False,
    help="For example, 13 11 2026; leave it empty if there is none",
)


def agreements(actor: Actor, area: str) -> dict[str, datetime.date | None]:
    """Agency → the day it signed; None where none is recorded."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        check_keeps_area(work, area)
        note_view(work, "agreements viewed", None)
        rows = work.rows(
            "SELECT setting, value FROM setting WHERE position($1 in setting) = 1", [_setting(area, "")]
        )
        signed = {row["setting"]: row["value"] for row in rows}
    days = {agency: signed.get(_setting(area, agency)) for agency, _ in AGENCIES}
    return {agency: datetime.date.fromisoformat(day) if day else None for agency, day in days.items()}


def record_agreement(actor: Actor, area: str, agency: str, typed: Any) -> None:
    """The day as typed; empty for none. Raises `Problems`."""
    try:
        day = SIGNED_ON.read(typed)
    except Wrong as wrong:
        raise Problems(str(wrong)) from None
    with actor.writing() as work:
        check_can_keep_accounts(work)
        if area not in dict(AREAS) or agency not in dict(AGENCIES):
            raise Problems("Select an area and an agency.")
        check_keeps_area(work, area)
        setting = _setting(area, agency)
        work.save(
            SETTING,
            {"setting": setting, "value": day.isoformat() if day else None},
            Event("agreement recorded", record_id=setting),
        )


def _setting(area: str, agency: str) -> str:
    return f"agreement:{area}:{agency}"
