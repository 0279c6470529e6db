"""What waits for the person who is signed in: their drafts, forms asked of them, referrals and reviews.

Of a list that can be longer than is shown, each row says as `of_all` how many there are, without children restricted to others: they
stand in it as work to be done, and are counted in no figure (`data.dashboard.past`).
"""

from __future__ import annotations

from dataclasses import dataclass

from data import clock
from data.access.restricted import CLOSED_TO, left_out
from data.access.rule import visible_children
from data.actor import Actor, Reading
from data.after_meeting.action_list import waiting
from data.child.emergency import not_reviewed
from data.child.restriction import without_coordinator
from data.child_line import with_lines
from data.dashboard.standing import NEXT_REVIEW, review_on
from data.database.engine import Row
from forms.registry import FORMS

SHOWN = 25


@dataclass(frozen=True)
class MyWork:
    drafts: tuple[Row, ...]
    """draft_id, form, child_id, name (None for a child being added), last_saved_at; newest first."""
    asked: tuple[Row, ...]
    """Shared drafts of children this account was asked to contribute to: draft_id, form, child_id, name."""
    asked_about: tuple[Row, ...]
    """Children this account was asked to write about, while nobody has begun a shared form and it has written nothing:
    child_id, name, asked_by, asked_at."""
    returned: tuple[Row, ...]
    """Referrals that came back to this account: referral_id, child_id, form_id, name, decision_reason."""
    referrals: tuple[Row, ...]
    """Referrals that wait for this account's decision: referral_id, name, received_on, state."""
    reviews: tuple[Row, ...]
    """Children in oversight whose review is due within four weeks or late, or who await their first discussion."""
    actions: tuple[Row, ...]
    """One's own that are ongoing; for coordinator and manager their area's that are overdue. See `data.after_meeting.action_list`."""
    openings: tuple[Row, ...] = ()
    """Records of the area opened in an emergency, not reviewed yet: see `data.child.emergency`."""
    to_take_over: tuple[Row, ...] = ()
    """Restricted records of the area without a coordinator who is named: see `data.child.restriction`."""
    to_choose: tuple[Row, ...] = ()
    """Open forms in which this account's words stand beside somebody else's answer: draft_id, form, name, set_aside_at."""


def my_work(actor: Actor) -> MyWork:
    """One read of everything that is this account's and nobody else's, each list at most `SHOWN` long."""
    with actor.reading() as work:
        me = work.account
        visible, parameters = visible_children(work, 3)
        also_visible, _ = visible_children(work, 4)
        still_visible, _ = visible_children(work, 2)
        drafts = work.rows(
            "SELECT d.draft_id, d.form, d.child_id, c.name, d.started_at,"
            " (SELECT max(saved_at) FROM draft_answer a WHERE a.draft_id = d.draft_id) AS last_saved_at"
            " FROM draft d LEFT JOIN child c ON c.child_id = d.child_id"
            f" WHERE d.state = 'open' AND d.started_by = $1 AND d.started_at > $2 AND (d.child_id IS NULL OR {visible})"
            f" ORDER BY d.started_at DESC LIMIT {SHOWN}",
            [me.account_id, work.in_post_since, *parameters],
        )
        shared = [form.key for form in FORMS if form.many_hands and not form.at_the_meeting]
        asked = work.rows(
            "SELECT d.draft_id, d.form, d.child_id, c.name, d.started_at FROM draft d"
            " JOIN child c ON c.child_id = d.child_id"
            " JOIN child_link l ON l.child_id = d.child_id AND l.account_id = $1 AND l.ended_on IS NULL"
            f" WHERE $3::boolean AND d.state = 'open' AND d.started_by <> $1 AND d.form = ANY($2) AND {also_visible}"
            f" ORDER BY d.started_at LIMIT {SHOWN}",
            [me.account_id, shared, me.role == "practitioner", *parameters],
        )
        asked_about = work.rows(
            "SELECT l.child_id, c.name, a.name AS asked_by, l.recorded_at AS asked_at FROM child_link l"
            " JOIN child c ON c.child_id = l.child_id LEFT JOIN account a ON a.account_id = l.recorded_by"
            " WHERE $3::boolean AND l.account_id = $1 AND l.ended_on IS NULL AND l.why = 'asked to contribute'"
            " AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.child_id = l.child_id AND (d.state = 'open' AND d.form = ANY($2)"
            " OR EXISTS (SELECT 1 FROM draft_answer w WHERE w.draft_id = d.draft_id AND w.saved_by = $1)))"
            f" AND {also_visible} ORDER BY l.recorded_at LIMIT {SHOWN}",
            [me.account_id, shared, me.role == "practitioner", *parameters],
        )
        returned = work.rows(
            "SELECT r.referral_id, r.child_id, r.form_id, r.decided_on, r.decision_reason, c.name FROM referral r"
            " JOIN child c ON c.child_id = r.child_id"
            f" WHERE r.state = 'returned' AND r.referred_by = $1 AND {still_visible} ORDER BY r.decided_on LIMIT {SHOWN}",
            [me.account_id, *parameters],
        )
        waits_for = {"coordinator": "submitted", "manager": "awaiting_sign_off"}.get(me.role)
        referrals = work.rows(
            "SELECT r.referral_id, r.child_id, r.received_on, r.state, r.kind, r.is_repeat, c.name,"
            f" count(*) FILTER (WHERE r.child_id NOT IN ({CLOSED_TO.format(4)})) OVER () AS of_all FROM referral r"
            " JOIN child c ON c.child_id = r.child_id WHERE r.area = $1 AND r.state = $2::text"
            f" AND ($2::text <> 'awaiting_sign_off' OR r.referring_agency = $3) ORDER BY r.received_on LIMIT {SHOWN}",
            [me.area, waits_for, me.agency, me.account_id],
        )
        reviews = work.rows(
            f"{_REVIEWS} LIMIT {SHOWN}",
            [me.role in ("coordinator", "manager"), me.area, clock.today() + clock.FOUR_WEEKS, me.account_id],
        )
        return MyWork(
            tuple(with_lines(work, drafts)),
            tuple(with_lines(work, asked)),
            tuple(with_lines(work, asked_about)),
            tuple(with_lines(work, returned)),
            tuple(left_out(work, referrals)),
            tuple(left_out(work, reviews)),
            tuple(waiting(work, SHOWN)),
            tuple(not_reviewed(work, SHOWN)),
            tuple(without_coordinator(work, SHOWN)),
            tuple(_to_choose(work)),
        )


_REVIEWS = f"""
WITH opened AS (
    SELECT episode_id, child_id, opened_on FROM episode WHERE $1::boolean AND area = $2 AND closed_on IS NULL
),
reviewed AS (
    SELECT e.episode_id, {NEXT_REVIEW} AS next_review FROM opened e JOIN discussion d USING (episode_id) GROUP BY e.episode_id
),
due AS (
    SELECT e.episode_id, e.child_id, e.opened_on, {review_on("d.next_review")} AS review_by
    FROM opened e LEFT JOIN reviewed d USING (episode_id)
)
SELECT e.episode_id, e.child_id, c.name, e.opened_on, e.review_by,
    count(*) FILTER (WHERE e.child_id NOT IN ({CLOSED_TO.format(4)})) OVER () AS of_all
FROM due e JOIN child c ON c.child_id = e.child_id WHERE e.review_by IS NULL OR e.review_by <= $3
ORDER BY coalesce(e.review_by, e.opened_on), e.episode_id"""
"""Begins with the area's open episodes, so that of a nation's discussions only theirs are looked at."""


def _to_choose(work: Reading) -> list[Row]:
    """Forms in which this account typed what stands beside somebody else's answer, and has not chosen between them."""
    visible, parameters = visible_children(work, 2)
    return work.rows(
        "SELECT d.draft_id, d.form, c.name, max(latest.saved_at) AS set_aside_at FROM ("
        " SELECT DISTINCT ON (draft_id, rows_key, row_id, question_key) * FROM draft_answer WHERE saved_by = $1"
        " ORDER BY draft_id, rows_key, row_id, question_key, revision DESC) AS latest"
        " JOIN draft d ON d.draft_id = latest.draft_id JOIN child c ON c.child_id = d.child_id"
        f" WHERE d.state = 'open' AND latest.is_set_aside AND latest.typed <> 'null' AND {visible}"
        f" GROUP BY d.draft_id, d.form, c.name ORDER BY set_aside_at DESC LIMIT {SHOWN}",
        [work.account.account_id, *parameters],
    )
