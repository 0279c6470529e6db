"""What people type about NRM referrals, people and places of concern, and disruption. Every word is made up."""

from __future__ import annotations

import datetime
from typing import Any

from data import clock
from data.actor import Actor
from data.child import national_referrals
from data.concern import concern_links, concerns, disruption, nominations
from tests.filled_in import on

Typed = dict[str, Any]


def days_ago(days: int) -> str:
    return on(clock.today() - datetime.timedelta(days=days))


_SUBMITTED: Typed = {"is_required": "yes", "submitted_on": days_ago(90), "first_responder": "police"}
_REASONABLE: Typed = {**_SUBMITTED, "reasonable_grounds": "positive", "reasonable_grounds_on": days_ago(60)}

NRM_AT: dict[str, Typed] = {
    "not_applicable": {"is_required": "no"},
    "needs_referral": {"is_required": "yes"},
    "referred": _SUBMITTED,
    "positive_reasonable": _REASONABLE,
    "conclusive": {
        **_REASONABLE,
        "conclusive_grounds": "positive",
        "conclusive_grounds_on": days_ago(1),
    },
    "negative": {**_SUBMITTED, "reasonable_grounds": "negative", "reasonable_grounds_on": days_ago(60)},
}
"""What is typed of a referral that is at each stage."""


def an_nrm_at(coordinator: Actor, child_id: str, stage: str, **changed: Any) -> str:
    """An NRM referral recorded as people record it; gives its id."""
    nrm_id = clock.new_id()
    national_referrals.save_nrm(coordinator, child_id, nrm_id, {**NRM_AT[stage], **changed}, 0)
    return nrm_id


def an_nrm_moved(coordinator: Actor, child_id: str, start: str | None, end: str) -> str:
    if start is None:
        return an_nrm_at(coordinator, child_id, end)
    nrm_id = an_nrm_at(coordinator, child_id, start)
    national_referrals.save_nrm(coordinator, child_id, nrm_id, NRM_AT[end], 1, "A made-up reason")
    return nrm_id


A_PERSON: Typed = {"kind": "person", "name": "Zzyzx Made-Up", "why": "Made-up reason"}
A_PLACE: Typed = {"kind": "place", "name": "Made-Up Takeaway", "postcode": "L1 8JQ", "why": "Made-up reason"}
A_LINK: Typed = {"nature": "seen together", "source": "Made-up source", "basis": "evidence"}


def a_concern(by: Actor, typed: Typed = A_PERSON, **changed: Any) -> str:
    """A record of concern, added as another one whatever it is like; gives its id."""
    concern_id = clock.new_id()
    concerns.add_concern(by, concern_id, {**typed, **changed}, is_another=True)
    return concern_id


def a_concern_moved(coordinator: Actor, *names: str) -> str:
    concern_id = a_concern(coordinator)
    for name in names:
        concerns.move_concern(coordinator, concern_id, name, "A made-up reason")
    return concern_id


def a_link_to(by: Actor, concern_id: str, child_id: str) -> str:
    return concern_links.link_child(by, concern_id, child_id, A_LINK)


A_NOMINATION: Typed = {
    "thresholds": ["information"], "activity": ["enforcement"], "nominated_by": "Person Made-Up",
    "nominated_agency": "police", "nominated_on": days_ago(3),
}  # fmt: skip
ACCEPTED: Typed = {"response": "act_with_partners", "actions_agreed": "Made-up actions"}
FED_BACK: Typed = {"outcome": "Made-up outcome", "feedback": "Made-up feedback"}
A_MEASURE: Typed = {
    "measure": "cawn", "is_under_18": "no", "requested_by": "Person Made-Up", "served_by": "Made-up officer",
    "began_on": days_ago(10), "ends_on": days_ago(-100),
}  # fmt: skip


def a_nomination(by: Actor, concern_id: str | None = None, **changed: Any) -> str:
    nomination_id = clock.new_id()
    nominations.nominate(by, concern_id or a_concern(by), nomination_id, {**A_NOMINATION, **changed})
    return nomination_id


def a_nomination_moved(coordinator: Actor, *names: str, concern_id: str | None = None) -> str:
    nomination_id = a_nomination(coordinator, concern_id)
    for name in names:
        if name == "accept":
            nominations.accept(coordinator, nomination_id, ACCEPTED)
        elif name == "decline":
            nominations.decline(coordinator, nomination_id, "A made-up reason")
        else:
            nominations.feed_back(coordinator, nomination_id, FED_BACK)
    return nomination_id


def a_measure(by: Actor, concern_id: str | None = None, **changed: Any) -> str:
    disruption_id = clock.new_id()
    disruption.save_measure(by, concern_id or a_concern(by), disruption_id, {**A_MEASURE, **changed}, 0)
    return disruption_id
