"""Everything that waits on a person or a role, as a table: since when, late after how long, and who has it when that person is
gone or late. What is here stands on a home page; `tests/accounts/test_nobody_waits_unseen.py` proves each entry.

Reading them for an account is `data.waiting_list`.
"""

from __future__ import annotations

import datetime

from data.access.reach import EVERY_ACCOUNT, action_is_given
from data.accounts import WAITING
from data.sign_in.confirmation import TOLD
from data.waiting_kind import CAN_WORK, WaitingKind, day, nobody, person_is_gone, row

DAYS = datetime.timedelta

_CHAIRS = " UNION ALL ".join(
    row(
        "m.meeting_id", day("v.recorded_at"), area="m.area", named="m.meets_on",
        account_id=f"m.chair_{chair}_account", is_gone=person_is_gone(f"m.chair_{chair}_account", "v.recorded_at"),
        source=(
            "minutes_version v JOIN meeting m ON m.meeting_id = v.meeting_id WHERE v.state = 'agreed'"
            f" AND m.chair_{chair}_account IS NOT NULL AND (m.chairs IS NULL OR '{chair}' = ANY(m.chairs))"
            " AND NOT EXISTS (SELECT 1 FROM minutes_signature s"
            f" WHERE s.minutes_version_id = v.minutes_version_id AND s.chair = '{chair}')"
        ),
    )
    for chair in ("social_care", "police")
)  # fmt: skip

KINDS = (
    WaitingKind(
        "sign_off", "Referral to sign off", "the agency's manager", ("manager",), ("coordinator",), DAYS(3),
        row(
            "w.referral_id", day("w.recorded_at"), child_id="w.child_id", area="w.area",
            is_gone=nobody("manager", besides="a.agency = w.referring_agency"),
            source="referral w WHERE w.state = 'awaiting_sign_off'",
        ),
        "referral", "referral", "Referrals to decide", states=("referral.awaiting_sign_off",),
    ),
    WaitingKind(
        "referral", "Referral to decide", "the area's coordinator", ("coordinator",), ("manager",), DAYS(7),
        row(
            "w.referral_id", "w.received_on", child_id="w.child_id", area="w.area", is_gone=nobody("coordinator"),
            source="referral w WHERE w.state = 'submitted'",
        ),
        "referral", "referral", "Referrals to decide", states=("referral.submitted",),
    ),
    WaitingKind(
        "returned", "Referral returned for more information", "who referred", ("practitioner", "coordinator"),
        ("coordinator",), DAYS(14),
        row(
            "w.referral_id", f"coalesce(w.decided_on, {day('w.recorded_at')})", child_id="w.child_id", area="w.area", account_id="w.referred_by",
            is_gone=person_is_gone("w.referred_by", "w.recorded_at"), source="referral w WHERE w.state = 'returned'",
        ),
        "referral", "referral", "Returned to you", states=("referral.returned",),
    ),
    WaitingKind(
        "contribution", "Asked to contribute, nothing written yet", "who was asked", ("practitioner",), ("coordinator",),
        DAYS(14),
        row(
            "w.link_id", day("w.recorded_at"), child_id="w.child_id", area="c.area", account_id="w.account_id",
            is_gone=person_is_gone("w.account_id", "w.recorded_at"),
            source=(
                "child_link w JOIN child c ON c.child_id = w.child_id WHERE w.why = 'asked to contribute'"
                " AND w.ended_on IS NULL AND NOT EXISTS (SELECT 1 FROM draft d JOIN draft_answer n"
                " ON n.draft_id = d.draft_id AND n.saved_by = w.account_id AND n.saved_at > w.recorded_at"
                " WHERE d.child_id = w.child_id)"
            ),
        ),
        "child", "child", "Asked of you",
    ),
    WaitingKind(
        "draft", "Draft not sent", "who began it", ("practitioner", "coordinator", "meeting_member"), ("coordinator",),
        DAYS(30),
        row(
            "w.draft_id", day("w.started_at"), child_id="w.child_id", area="c.area", account_id="w.started_by",
            is_gone=person_is_gone("w.started_by", "w.started_at"),
            source="draft w JOIN child c ON c.child_id = w.child_id WHERE w.state = 'open'",
        ),
        "child", "child", "Your drafts",
    ),
    WaitingKind(
        "action", "Action that nobody holds, or long overdue", "its owner", ("practitioner", "meeting_member"),
        ("coordinator",), DAYS(14),
        row(
            "t.action_id", f"coalesce(t.due_on, {day('t.recorded_at')})", child_id="t.child_id",
            area="coalesce(e.area, c.area)", account_id="t.owner_account_id",
            is_gone=(
                "NOT EXISTS (SELECT 1 FROM account a WHERE a.account_id = t.owner_account_id"
                f" AND {CAN_WORK} AND {action_is_given(EVERY_ACCOUNT)})"
            ),
            source=(
                "action t JOIN child c ON c.child_id = t.child_id LEFT JOIN episode e ON e.episode_id = t.episode_id"
                " WHERE t.state = 'ongoing'"
            ),
        ),
        "action", "action", "Your actions", "Overdue actions", states=("action.ongoing",),
    ),
    WaitingKind(
        "papers", "Papers not answered", "the agency that was invited", ("practitioner", "meeting_member"),
        ("coordinator",), DAYS(0),
        row(
            "m.meeting_id", "m.meets_on", area="m.area", account_id="v.account_id", named="m.meets_on",
            is_gone=person_is_gone("v.account_id", "v.recorded_at"),
            source=(
                "invitation v JOIN meeting m ON m.meeting_id = v.meeting_id JOIN account p ON p.account_id = v.account_id"
                " WHERE v.withdrawn_on IS NULL AND m.state IN ('papers_out', 'held')"
                " AND EXISTS (SELECT 1 FROM agenda_item i WHERE i.meeting_id = m.meeting_id AND i.removed_reason IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM agency_answer n WHERE n.item_id = i.item_id AND n.agency = p.agency))"
            ),
        ),
        "meeting-members", "meeting", "Papers to read and answer",
    ),
    WaitingKind(
        "meeting", "Meeting that goes no further", "the area's coordinator", ("coordinator",), ("manager",), DAYS(14),
        row(
            "w.meeting_id", "w.meets_on", area="w.area", named="w.meets_on", is_gone=nobody("coordinator"),
            source="meeting w WHERE w.state IN ('planned', 'papers_out', 'held')",
        ),
        "meeting", "meeting", "Meetings", states=("meeting.planned", "meeting.papers_out", "meeting.held"),
    ),
    WaitingKind(
        "signature", "Minutes to sign", "the chair named", ("coordinator", "manager", "practitioner", "meeting_member"),
        ("coordinator",), DAYS(7), _CHAIRS, "minutes", "meeting", "Minutes to sign", states=("minutes_version.agreed",),
    ),
    WaitingKind(
        "correction", "Minutes being corrected", "the area's coordinator", ("coordinator",), ("manager",), DAYS(14),
        row(
            "w.meeting_id", day("v.recorded_at"), area="w.area", named="w.meets_on",
            is_gone=nobody("coordinator"),
            source="minutes_version v JOIN meeting w ON w.meeting_id = v.meeting_id WHERE v.state = 'correcting'",
        ),
        "minutes", "meeting", "Meetings", states=("minutes_version.correcting",),
    ),
    WaitingKind(
        "review", "Review or first discussion", "the area's coordinator", ("coordinator",), ("manager",), DAYS(84),
        row(
            "w.episode_id", "coalesce((SELECT max(d.meeting_date) FROM discussion d WHERE d.episode_id = w.episode_id), w.opened_on)",
            child_id="w.child_id", area="w.area", is_gone=nobody("coordinator"), source="episode w WHERE w.closed_on IS NULL",
        ),
        "child", "child", "Reviews and first discussions due", "Reviews and first discussions due", states=("episode.open",),
    ),
    WaitingKind(
        "flag", "Flag to decide on", "the area's coordinator", ("coordinator",), ("manager",), DAYS(14),
        row(
            "w.about_id", f"coalesce(CASE WHEN w.state = 'removed' THEN w.expires_on ELSE coalesce(w.review_on, w.placed_on) END, {day('w.recorded_at')})",
            child_id="CASE WHEN w.about = 'child' THEN w.about_id END", named="'a record of concern'", area="w.area",
            is_gone=nobody("coordinator"), source="flag w WHERE w.state IN ('placed', 'removed')",
        ),
        "reviews", "", "", states=("flag.placed", "flag.removed"),
    ),
    WaitingKind(
        "nrm", "Referral to the NRM to be made", "the area's coordinator", ("coordinator",), ("manager",), DAYS(7),
        row(
            "w.nrm_id", day("w.recorded_at"), child_id="w.child_id", area="c.area", is_gone=nobody("coordinator", "c.area"),
            source=(
                "nrm w JOIN child c ON c.child_id = w.child_id WHERE w.is_required AND w.submitted_on IS NULL"
                " AND w.reasonable_grounds IS NULL AND w.conclusive_grounds IS NULL"
            ),
        ),
        "nrm-oversight", "", "", states=("nrm.needs_referral",),
    ),
    WaitingKind(
        "nomination", "Nomination to MARTHR without feedback", "the area's coordinator", ("coordinator",), ("manager",),
        DAYS(35),
        row(
            "w.nomination_id", day("w.recorded_at"), area="c.area", named="c.name", is_gone=nobody("coordinator", "c.area"),
            source=(
                "nomination w JOIN concern c ON c.concern_id = w.concern_id"
                " WHERE w.state IN ('nominated', 'accepted', 'declined')"
            ),
        ),
        "nomination", "nomination", "", states=("nomination.nominated", "nomination.accepted", "nomination.declined"),
    ),
    WaitingKind(
        "dispute", "Dispute to answer", "the area's coordinator", ("coordinator",), ("manager",), DAYS(30),
        row(
            "w.child_id", "w.raised_on", child_id="w.child_id", area="c.area", is_gone=nobody("coordinator", "c.area"),
            source="dispute w JOIN child c ON c.child_id = w.child_id WHERE w.state = 'raised'",
        ),
        "rights", "child", "", states=("dispute.raised",),
    ),
    WaitingKind(
        "deletion", "Deletion to decide", "a manager of the area", ("manager",), ("coordinator",), DAYS(30),
        row(
            "w.child_id", "w.asked_on", child_id="w.child_id", area="w.area",
            is_gone=nobody("manager", besides="a.account_id <> w.asked_by"), source="deletion w WHERE w.state = 'asked'",
        ),
        "rights", "child", "", states=("deletion.asked",),
    ),
    WaitingKind(
        "own_copy", "Child's own copy", "a coordinator or manager of the area", ("coordinator", "manager"), ("manager",), DAYS(30),
        row(
            "w.own_copy_id", "w.requested_on", child_id="w.child_id", area="w.area", is_gone=nobody("coordinator"),
            source="own_copy w WHERE w.state IN ('preparing', 'to_approve', 'approved')",
        ),
        "own-copy", "copy", states=("own_copy.preparing", "own_copy.to_approve", "own_copy.approved"),
    ),
    WaitingKind(
        "opening", "Emergency opening to review", "a manager of the area", ("manager",), ("coordinator",), DAYS(3),
        row(
            "w.opening_id", day("w.opened_at"), child_id="w.child_id", area="c.area",
            is_gone=nobody("manager", "c.area", "a.account_id <> w.account_id"),
            source="opening w JOIN child c ON c.child_id = w.child_id WHERE w.state = 'to_review'",
        ),
        "emergencies", "", "Opened in an emergency", "Opened in an emergency", states=("opening.to_review",),
    ),
    WaitingKind(
        "weights", "Weight set to approve", "a second person", ("coordinator", "manager", "administrator"),
        ("administrator",), DAYS(30),
        row(
            "w.weight_set_id", day("w.recorded_at"), named="w.name", partnership="w.partnership",
            source="weight_set w WHERE w.status = 'provisional' AND w.partnership IS NOT NULL",
        ),
        "weights", "", "Weight sets to approve",
    ),
    WaitingKind(
        "return", "Return being corrected", "the partnership's lead", ("partnership_lead",), ("administrator",), DAYS(14),
        row(
            "w.return_id", day("w.recorded_at"), named="w.quarter", partnership="w.partnership",
            is_gone=nobody("partnership_lead", "w.partnership"), source="quarterly_return w WHERE w.state = 'correcting'",
        ),
        "accounts", "", "Returns to lock", states=("return.correcting",),
    ),
    WaitingKind(
        "confirmation", "Account to confirm", "a second administrator", ("administrator",), ("manager",), DAYS(3),
        row(
            "w.account_id", day("w.recorded_at"), named="w.name", area="w.area",
            is_gone=nobody("administrator", "w.partnership", "a.account_id <> w.confirmation_asked_by"),
            source=f"account w WHERE w.confirmation = '{WAITING}'",
        ),
        "account", "", "Accounts to confirm",
    ),
    WaitingKind(
        "power", "Account to look at", "a manager of the area", ("manager",), ("coordinator",), DAYS(14),
        row(
            "w.account_id", day("w.recorded_at"), named="w.name", area="w.area",
            is_gone=nobody("manager", besides="a.account_id <> w.account_id"),
            source=f"account w WHERE w.confirmation = '{TOLD}'",
        ),
        "account", "", "Accounts to look at",
    ),
)  # fmt: skip

WAITS_ELSEWHERE = {
    "nrm.not_applicable": "nothing is to be done",
    "nrm.referred": "the competent authority decides; the oversight list shows since when",
    "nrm.positive_reasonable": "the competent authority decides; the oversight list shows since when",
    "nrm.conclusive": "nothing is waited for",
    "nrm.negative": "nothing is waited for",
    "concern.open": "a record that is kept, until it is closed",
    "concern.closed": "opened again when something new is known",
    "return.locked": "done, until it is corrected",
}
"""States with an owner that wait for nobody inside the tool, each with why."""
