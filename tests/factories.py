"""Made-up records in any state, in one line each. They are written as the code writes: one revision, one audit event.

They go past the rules of the pathway, to reach a state quickly; tests of a rule go through the rule.
"""

from __future__ import annotations

import datetime
from contextlib import AbstractContextManager
from typing import Any, NamedTuple
from unittest import mock

import bcrypt
from nhs_number import generate
from nhs_number.constants import REGION_SYNTHETIC

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACCOUNT, CHILD_LINK, DISCUSSION, EPISODE, NRM, REFERRAL, SETTING
from data.database.schema import form_table, rows_table
from data.database.store import Store
from data.database.table import RecordTable
from forms.places import partnership_of
from forms.registry import form as form_by_key

MADE = Event("made for a test")


class Oversight(NamedTuple):
    """A child with an open episode: the ids of what led there."""

    child_id: str
    referral_id: str
    episode_id: str
    discussion_id: str


def the_operator(store: Store, area: str = "liverpool") -> Actor:
    return Actor(store, "operator", partnership_of(area).key)


def _save(store: Store, table: RecordTable, record: Row, by: Actor | None = None) -> str:
    record_id = record.setdefault(table.id_column, clock.new_id())
    with (by or the_operator(store)).writing() as work:
        work.save(table, record, MADE)
    return str(record_id)


def an_account(
    store: Store,
    role: str = "practitioner",
    area: str | None = "liverpool",
    agency: str | None = "social_care",
    **given: Any,
) -> Actor:
    """Somebody who can sign in; a partnership lead takes the partnership of `area`."""
    account_id = given.get("account_id") or clock.new_id()
    record = {
        "account_id": account_id, "username": f"person-{account_id}", "name": "Person Made-Up", "role": role,
        "agency": agency, "area": area, "partnership": partnership_of(area).key if area else None,
        "email": f"{account_id}@example.org", "must_change_password": False, "is_demo": False,
        "is_suspended": False, "password_hash": "never tried", **given,
    }  # fmt: skip
    _save(store, ACCOUNT, record)
    return Actor(store, account_id)


def a_child(
    store: Store,
    name: str = "Child Made-Up",
    born: datetime.date | None = None,
    area: str = "liverpool",
    linked_to: Actor | None = None,
    **answers: Any,
) -> str:
    """A child with details of their own, 14 years old unless told; gives the child's id."""
    child_id = clock.new_id()
    a_submission(
        store,
        "child",
        child_id,
        name=name,
        date_of_birth=born or years_ago(14),
        area=area,
        **{"nhs_number": generate(for_region=REGION_SYNTHETIC)[0]} | answers,
    )
    if linked_to:
        a_link(store, child_id, linked_to)
    return child_id


def a_link(store: Store, child_id: str, to: Actor, why: str = "wrote screening") -> str:
    record = {"link_id": f"{child_id}:{to.account_id}", "child_id": child_id, "account_id": to.account_id}
    return _save(store, CHILD_LINK, {**record, "why": why})


def a_submission(
    store: Store,
    form_key: str,
    child_id: str,
    *,
    by: Actor | None = None,
    rows: dict[str, list[Row]] | None = None,
    submitted_on: datetime.date | None = None,
    **answers: Any,
) -> str:
    """A form as submitted, answers by question key; gives its record id (for the child's own form, the child's id)."""
    form = form_by_key(form_key)
    record_id = child_id if form_key == "child" else clock.new_id()
    with (by or the_operator(store)).writing() as work:
        area = answers.get("area") or work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        record = work.save(
            form_table(form),
            {
                "record_id": record_id, "child_id": child_id, "child_area": area, "by_agency": work.account.agency,
                "form_version": form.version, "submitted_on": submitted_on or clock.today(), "not_asked": [],
                **answers,
            },
            MADE,
        )  # fmt: skip
        for rows_key, made in (rows or {}).items():
            item: Any = form.by_key[rows_key]
            kept = [
                {"row_id": clock.new_id(), "record_id": record_id, "revision": record["revision"],
                 "position": position, **row}
                for position, row in enumerate(made)
            ]  # fmt: skip
            work.add_many(rows_table(form, item), kept, MADE)
    return record_id


def a_referral(
    store: Store, child_id: str, area: str = "liverpool", state: str = "accepted", **given: Any
) -> str:
    received = given.pop("received_on", clock.today())
    record = {
        "child_id": child_id, "area": area, "received_on": received, "route": "open_case", "kind": "criminal",
        "state": state, "is_repeat": False, "is_imported": False, "referring_agency": "social_care", **given,
    }  # fmt: skip
    if state != "received":
        record.setdefault("decided_on", received)
    return _save(store, REFERRAL, record)


def an_episode(store: Store, child_id: str, area: str = "liverpool", **given: Any) -> str:
    """An open episode; give `closed_on` and `closure_reason` for a closed one."""
    record = {
        "child_id": child_id, "area": area, "opened_on": clock.today(), "is_imported": False, **given,
    }  # fmt: skip
    return _save(store, EPISODE, record)


def a_discussion(
    store: Store, episode_id: str, child_id: str, judgement: str | None = "B", **given: Any
) -> str:
    met = given.pop("meeting_date", clock.today())
    record = {
        "episode_id": episode_id, "child_id": child_id, "meeting_date": met, "kind": "criminal",
        "judgement": judgement, "scale": 6, "review_by": met + datetime.timedelta(weeks=12),
        "contexts": ["criminal:in_borough_drugs"], "areas_gone_to": [], "decision": "review", "escalated": False,
        **given,
    }  # fmt: skip
    return _save(store, DISCUSSION, record)


def a_child_in_oversight(
    store: Store,
    judgement: str = "B",
    area: str = "liverpool",
    opened_on: datetime.date | None = None,
    **child: Any,
) -> Oversight:
    """A child referred, accepted and discussed on one day, whose episode is open; `child` as for `a_child`."""
    day = opened_on or clock.today()
    child_id = a_child(store, area=area, **child)
    referral_id = a_referral(store, child_id, area, received_on=day)
    episode_id = an_episode(store, child_id, area, referral_id=referral_id, opened_on=day)
    discussion_id = a_discussion(store, episode_id, child_id, judgement, meeting_date=day)
    return Oversight(child_id, referral_id, episode_id, discussion_id)


def an_nrm(store: Store, child_id: str, **given: Any) -> str:
    """The national referral mechanism about a child: required and not yet submitted, unless told."""
    return _save(store, NRM, {"child_id": child_id, "is_required": True, **given})


YEARS_KEPT = 6
LONG_AGO = datetime.date(2016, 3, 31)


def a_period_is_set(store: Store, years: int = YEARS_KEPT, partnership: str = "pan_merseyside") -> None:
    """How long the partnership keeps records."""
    _save(store, SETTING, {"setting": f"retention_years:{partnership}", "value": str(years)})


def long_ago(day: datetime.date = LONG_AGO) -> AbstractContextManager[object]:
    """What is recorded within is recorded on that day."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return mock.patch.object(clock, "now", return_value=noon)


def a_hash(password: str) -> str:
    """As `data.sign_in.passwords.hashed` makes it, but in the fewest rounds: it is slow on purpose."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()


def years_ago(years: int) -> datetime.date:
    day = clock.today()
    return day.replace(year=day.year - years, day=min(day.day, 28))
