"""Forms filled in as people type them, and sent by the ways that screens use. Every word here is made up."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from data import clock
from data.actor import Actor
from data.answers import drafts, submissions
from data.answers.opened_draft import open_draft
from data.child import referrals
from data.database.audit import Event
from data.database.schema import DRAFT_ANSWER
from data.meeting import meetings
from forms.answers import Checked, check
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.form import Form
from forms.kinds import FourState
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER
from tests.factories import long_ago

Typed = dict[str, Any]

A_CHILD: Typed = {"name": "Child Made-Up", "date_of_birth": "1 2 2012", "area": "liverpool"}
A_SCREENING: Typed = {q.key: "unknown" for q in SCREENING.questions() if isinstance(q, FourState)} | {
    "what_should_happen": "refer_to_meeting",
    "explanation": "Made-up explanation",
}
A_REFERRAL: Typed = {
    "practitioner_name": "Person Made-Up", "practitioner_agency": "social_care", "route": "open_case",
    "nature": ["county_lines"], "kind": "criminal", "why_suspected": "Made-up reason",
    "evidence": [
        {
            "happened_on": "1 1 2020", "why_still_relevant": "It goes on", "theme": "missing",
            "what_is_known": "Made-up evidence", "basis": "reported",
        }
    ],
}  # fmt: skip
AN_ASSESSMENT: Typed = {
    "assessed_on": "1 9 2025", "kind": "both", "child_voice": "Made-up words",
    "parent_voice_missing_reason": "Made-up reason", "resilience": "Made-up plan", "judgement": "C",
    "judgement_reasons": "Made-up reasons", "scale": "4",
}  # fmt: skip
A_TRACKER: Typed = {"occasion": "referral", "looked_after": "yes", "victim_modern_slavery": "historical"}


DONE: Typed = {"evidence": "Made-up visit, seen by two workers", "impact": "Made-up change"}
NOT_ACHIEVED: Typed = {"not_achieved_reason": "Could not be reached"}


def on(day: datetime.date) -> str:
    """A date as people type it."""
    return f"{day.day} {day.month} {day.year}"


LONGER: Typed = {
    "due_on": on(clock.today() + datetime.timedelta(weeks=3)), "carried_over_reason": "Made-up delay",
}  # fmt: skip
A_FLAG: Typed = {
    "system": "police", "placed_on": on(clock.today()), "placed_by": "meeting", "decided_on": on(clock.today()),
    "review_on": on(clock.today() + datetime.timedelta(weeks=12)),
}  # fmt: skip
REMOVED: Typed = {"removed_on": on(clock.today()), "removed_by": "meeting", "reason": "Made-up reason"}
A_REQUEST: Typed = {
    "requested_by": "Parent Made-Up", "requested_for": "parent", "checked_how": "Birth certificate seen",
    "requested_on": on(clock.today()),
}  # fmt: skip
A_SENDING: Typed = {"sent_to": "Parent Made-Up", "sent_how": "By hand", "sent_on": on(clock.today())}
AN_EXCEPTION: Typed = {
    "closure_reason": "moved", "closure_note": "Made-up reason", "agreed_by": "Lead Made-Up",
    "agreed_role": "Head of service", "agreed_on": on(clock.today()), "closed_on": on(clock.today()),
    "flags_removed": "yes",
}  # fmt: skip


def a_decision(met: datetime.date | None = None, **changed: Any) -> Typed:
    """The meeting's decision as typed: the child stays in oversight and is reviewed in eight weeks."""
    met = met or clock.today()
    review = met + datetime.timedelta(weeks=8)
    return {
        "meeting_date": on(met), "judgement": "B", "scale": "6", "decision": "review", "review_by": on(review),
        "escalated": "no", **changed,
    }  # fmt: skip


@contextmanager
def today_is(day: datetime.date) -> Iterator[None]:
    """Live through that day; a day that has been, as forms ask the machine's own clock what is in the future."""
    with long_ago(day):
        yield


def checked(actor: Actor, draft_id: str) -> Checked:
    """The draft read as it would be sent, as the screen does it."""
    opened = open_draft(actor, draft_id)
    return check(opened.draft.form, opened.draft.typed, opened.about)


def fill(actor: Actor, draft_id: str, typed: Typed) -> None:
    """Type every answer, one after the other; rows as lists of answers."""
    for key, answer in typed.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for row in answer:
                row_id = drafts.add_row(actor, draft_id, key)
                for inner, words in row.items():
                    drafts.save_answer(actor, draft_id, inner, words, rows_key=key, row_id=row_id)
        else:
            drafts.save_answer(actor, draft_id, key, answer)


def fill_at_once(actor: Actor, draft_id: str, typed: Typed) -> None:
    """The same for a form without rows whose typing is not what the test is about: fast."""
    with actor.writing() as work:
        answers = [
            {
                "draft_id": draft_id, "rows_key": "", "row_id": "", "question_key": key, "revision": 1,
                "typed": json.dumps(answer), "saved_by": actor.account_id, "saved_at": work.at,
            }
            for key, answer in typed.items()
        ]  # fmt: skip
        work.add_many(DRAFT_ANSWER, answers, Event("made for a test"))


def sent(actor: Actor, form: Form, child_id: str | None, typed: Typed, **how: Any) -> str:
    """Begin the form, fill it in and send it; gives its record id."""
    draft_id = drafts.start_draft(actor, form, child_id, **how)
    fill(actor, draft_id, typed)
    return submissions.submit(actor, draft_id)


def an_added_child(actor: Actor, **changed: Any) -> str:
    return sent(actor, CHILD, None, {**A_CHILD, **changed})


def a_screened_child(actor: Actor, **child: Any) -> str:
    child_id = an_added_child(actor, **child)
    a_sent_screening(actor, child_id)
    return child_id


def a_sent_screening(actor: Actor, child_id: str) -> str:
    draft_id = drafts.start_draft(actor, SCREENING, child_id)
    fill_at_once(actor, draft_id, A_SCREENING)
    return submissions.submit(actor, draft_id)


def a_sent_referral(actor: Actor, child_id: str, **changed: Any) -> str:
    """Gives the id of the referral, whose form it sent."""
    form_id = sent(actor, REFERRAL, child_id, {**A_REFERRAL, **changed})
    return referral_of(actor, form_id)


def referral_of(actor: Actor, form_id: str) -> str:
    with actor.reading() as work:
        return str(work.value("SELECT referral_id FROM referral WHERE form_id = $1", [form_id]))


def an_accepted_child(practitioner: Actor, coordinator: Actor, **child: Any) -> tuple[str, str]:
    """Gives the child's id and the open episode's."""
    child_id = a_screened_child(practitioner, **child)
    referral_id = a_sent_referral(practitioner, child_id)
    return child_id, referrals.accept(coordinator, referral_id, clock.today())


def a_written_assessment(first: Actor, second: Actor, child_id: str, **changed: Any) -> str:
    """Two agencies write it: the second, linked to the child, gives the judgement; gives the draft, not sent yet."""
    draft_id = drafts.start_draft(first, ASSESSMENT, child_id)
    typed = {**AN_ASSESSMENT, **changed}
    of_second = {"judgement", "judgement_reasons", "scale"}
    fill(first, draft_id, {k: v for k, v in typed.items() if k not in of_second})
    fill(second, draft_id, {k: v for k, v in typed.items() if k in of_second})
    return draft_id


def a_sent_tracker(actor: Actor, child_id: str, **changed: Any) -> str:
    """Gives the id of the scoring that it made."""
    record_id = sent(actor, TRACKER, child_id, {**A_TRACKER, **changed})
    with actor.reading() as work:
        return str(
            work.value(
                "SELECT scoring_id FROM scoring WHERE tracker_id = $1 ORDER BY tracker_revision DESC LIMIT 1",
                [record_id],
            )
        )


def decided(coordinator: Actor, episode_id: str, typed: Typed) -> str:
    draft_id = meetings.start(coordinator, episode_id)
    fill(coordinator, draft_id, typed)
    return submissions.submit(coordinator, draft_id)
