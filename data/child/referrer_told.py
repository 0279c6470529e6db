"""What the person who referred a child is told: received, decided, heard, and what follows, as far as they may know.

The decision is told in fixed words: no discussion, no flags, no free text. Each step is kept as told when it was first
shown. Source: pathway.md 2 and 5.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.restricted import CLOSED_TO
from data.access.rule import check_can_see_child, check_has_role, child_of, visible_children
from data.actor import Actor
from data.child_line import with_lines
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import REFERRAL, TOLD
from data.refusal import Problems
from forms.kinds.date import in_words

SHOWN = 25
A_YEAR = datetime.timedelta(days=366)

FOLLOWS = {
    "review": "The child stays in the meeting's oversight",
    "remove": "The child has left the meeting's oversight",
    "remove_keep_leds": "The child has left the meeting's oversight",
    "unable_to_engage": "The child has left the meeting's oversight: agencies could not engage the child",
    "prevention": "Advice on prevention was given, and the child has left the meeting's oversight",
}
STEPS = {
    "signing_off": "Sent: your agency's manager signs it off first",
    "received": "Received",
    "returned": "Returned to you for more information",
    "declined": "Declined: open the referral to read why",
    "accepted": "Accepted: the child is in the meeting's oversight",
    "heard": "Heard at the meeting",
    "left": "The child has left the meeting's oversight",
}


@dataclass(frozen=True)
class Step:
    key: str
    """Of `STEPS`."""
    on: datetime.date
    follows: str = ""
    told_before: bool = False


@dataclass(frozen=True)
class ToldReferral:
    referral_id: str
    name: str | None
    """None when this account can no longer open the child."""
    steps: tuple[Step, ...]
    """In the order they happened."""
    who: tuple[str, ...] = ()
    """What stands beside the name: see `data.child_line`."""


def told(actor: Actor) -> list[ToldReferral]:
    """What there is to tell about the referrals this account made in the last year, latest first; kept as told.
    Nothing of a restricted child, to who is not named."""
    with actor.reading() as work:
        check_has_role(work, "told about referrals", "practitioner", "coordinator")
        visible, parameters = visible_children(work, 4)
        rows = work.rows(
            _REFERRALS.format(visible=visible, closed=CLOSED_TO.format(1)),
            [work.account.account_id, clock.today() - A_YEAR, work.in_post_since, *parameters],
        )
        known = set(
            work.values(
                "SELECT told_id FROM told WHERE referral_id = ANY($1)", [[r["referral_id"] for r in rows]]
            )
        )
        rows = with_lines(work, rows)
    found, new = [], []
    for row in rows:
        steps = []
        for step in _steps(row):
            told_id = f"{row['referral_id']}:{step.key}:{step.on.isoformat()}"
            is_known = told_id in known
            steps.append(Step(step.key, step.on, step.follows, told_before=is_known))
            if not is_known:
                new.append((told_id, row, step))
        found.append(ToldReferral(row["referral_id"], row["name"], tuple(steps), row["who"]))
    if new:
        _keep(actor, new)
    return found


def told_about(actor: Actor, referral_id: str) -> list[Row]:
    """What the referrer was told, and when it was first shown to them: step, step_on, first_shown_at; as it happened."""
    with actor.reading() as work:
        referral = work.current(REFERRAL, referral_id)
        check_can_see_child(work, child_of(referral))
        if referral is None:
            raise Problems("This referral cannot be found. Go back to the list of referrals.")
        rows = work.rows(
            "SELECT step, step_on, first_shown_at FROM told WHERE referral_id = $1 LIMIT 100", [referral_id]
        )
        return sorted(
            rows, key=lambda row: (row["first_shown_at"], row["step_on"], [*STEPS].index(row["step"]))
        )


def _keep(actor: Actor, new: list[tuple[str, Row, Step]]) -> None:
    with actor.writing() as work:
        for told_id, row, step in new:
            if work.current(TOLD, told_id) is not None:
                continue  # another window of the same person was first
            work.save(
                TOLD,
                {
                    "told_id": told_id, "referral_id": row["referral_id"], "child_id": row["child_id"],
                    "account_id": work.account.account_id, "step": step.key, "step_on": step.on, "discussion_id": row["discussion_id"],
                    "first_shown_at": work.at,
                },
                Event("referrer told", row["child_id"], row["referral_id"], step.key),
            )  # fmt: skip


def _steps(row: Row) -> list[Step]:
    first = "signing_off" if row["state"] == "awaiting_sign_off" else "received"
    steps = [Step(first, row["received_on"])]
    if row["decided_on"] and row["state"] in ("returned", "declined", "accepted"):
        steps.append(Step(row["state"], row["decided_on"]))
    if row["meeting_date"]:
        follows = FOLLOWS.get(row["decision"] or "", "")
        if row["decision"] == "review" and row["review_by"]:
            follows += f", and is reviewed by {in_words(row['review_by'])}"
        steps.append(Step("heard", row["meeting_date"], follows))
    if row["closed_on"] and row["decision"] in (None, "review"):
        steps.append(Step("left", row["closed_on"]))
    return steps


_REFERRALS = """
SELECT r.referral_id, r.child_id, r.received_on, r.state, r.decided_on, e.closed_on,
    d.discussion_id, d.meeting_date, d.decision, d.review_by, CASE WHEN {visible} THEN c.name END AS name
FROM referral r JOIN child c ON c.child_id = r.child_id
LEFT JOIN episode e ON e.referral_id = r.referral_id
LEFT JOIN (SELECT d.*, row_number() OVER (PARTITION BY d.episode_id ORDER BY d.meeting_date DESC) AS latest
    FROM discussion d JOIN episode o ON o.episode_id = d.episode_id
    JOIN referral f ON f.referral_id = o.referral_id AND f.referred_by = $1) AS d ON d.episode_id = e.episode_id AND d.latest = 1
WHERE r.referred_by = $1 AND r.received_on >= $2
    AND (SELECT h.recorded_at FROM referral_history h WHERE h.referral_id = r.referral_id AND h.revision = 1) > $3
    AND r.child_id NOT IN ({closed})
ORDER BY r.received_on DESC, r.referral_id DESC LIMIT 25
"""
