"""Every record, as data: a table of the latest revision of each, and `<name>_history` of all. Forms have theirs besides."""

from __future__ import annotations

from data.database.table import RecordTable, record
from data.search_keys import OF_ACCOUNT, OF_ACTION, OF_CONCERN
from forms.concern import CONCERN as CONCERN_FORM
from forms.concern import CONCERN_LINK as LINK_FORM
from forms.disruption import DISRUPTION as DISRUPTION_FORM
from forms.form import Form
from forms.marthr import ACCEPTANCE, FEEDBACK
from forms.marthr import NOMINATION as NOMINATION_FORM
from forms.nrm import NRM as NRM_FORM


def _asked(form: Form) -> dict[str, str]:
    """A column for each question of a record's own short form."""
    return {question.key: question.column_type for question in form.questions()}


ACCOUNT = record("account", "account_id", {
    "username": "text", "name": "text", "email": "text", "telephone": "text", "job_title": "text",
    "address": "text", "postcode": "text", "working_days": "text[]",
    "role": "text", "agency": "text", "area": "text", "partnership": "text",
    "password_hash": "text", "must_change_password": "boolean", "password_changed_at": "timestamptz",
    "is_demo": "boolean", "is_suspended": "boolean", "vetting": "text",
    "identity_email": "text", "identity_subject": "text", "identity_issuer": "text",
    "confirmation": "text", "confirmation_why": "text", "confirmation_asked_by": "text", "confirmed_by": "text",
}, derived=OF_ACCOUNT)  # fmt: skip

REFERRAL = record("referral", "referral_id", {
    "child_id": "text", "area": "text", "received_on": "date", "route": "text", "kind": "text",
    "state": "text", "decided_on": "date", "decided_by": "text", "decision_reason": "text",
    "form_id": "text", "screening_id": "text", "is_repeat": "boolean", "is_imported": "boolean",
    "referred_by": "text", "referring_agency": "text",
}, "child_id", "area")  # fmt: skip

EPISODE = record("episode", "episode_id", {
    "child_id": "text", "referral_id": "text", "area": "text", "opened_on": "date", "closed_on": "date",
    "closure_reason": "text", "closure_note": "text", "is_imported": "boolean",
    "agreed_by": "text", "agreed_role": "text", "agreed_on": "date", "open_actions": "text",
    "open_actions_reason": "text",
}, "child_id", "area")  # fmt: skip

DISCUSSION = record("discussion", "discussion_id", {
    "episode_id": "text", "child_id": "text", "meeting_date": "date", "assessment_id": "text",
    "assessment_date": "date", "kind": "text", "judgement": "text", "scale": "integer", "review_by": "date",
    "review_reason": "text", "contexts": "text[]", "areas_gone_to": "text[]", "decision": "text",
    "decision_note": "text", "escalated": "boolean", "discussion": "text", "discussed_at": "timestamptz",
    "assessment_revision": "integer",
}, "episode_id", "child_id")  # fmt: skip

NRM = record("nrm", "nrm_id", {"child_id": "text", **_asked(NRM_FORM)}, "child_id")

CONCERN = record("concern", "concern_id", {
    "area": "text", "state": "text", "label_approved_on": "date", **_asked(CONCERN_FORM),
}, "area", derived=OF_CONCERN)  # fmt: skip

CONCERN_LINK = record("concern_link", "link_id", {
    "concern_id": "text", "child_id": "text", "child_area": "text", "other_id": "text", "linked_on": "date",
    "removed_reason": "text", **_asked(LINK_FORM),
}, "concern_id", "child_id", "other_id")  # fmt: skip

NOMINATION = record("nomination", "nomination_id", {
    "concern_id": "text", "state": "text", "fed_back_at": "timestamptz",
    **_asked(NOMINATION_FORM), **_asked(ACCEPTANCE), **_asked(FEEDBACK),
}, "concern_id")  # fmt: skip

DISRUPTION = record(
    "disruption", "disruption_id", {"concern_id": "text", **_asked(DISRUPTION_FORM)}, "concern_id"
)

ACTION = record("action", "action_id", {
    "episode_id": "text", "child_id": "text", "meeting_date": "date", "action": "text", "agency": "text",
    "owner": "text", "owner_account_id": "text", "due_on": "date", "four_p": "text", "state": "text",
    "closed_on": "date", "impact": "text", "not_achieved_reason": "text", "evidence": "text",
    "carried_over_reason": "text",
}, "episode_id", "child_id", "owner_account_id", derived=OF_ACTION)  # fmt: skip

REVIEW_CHANGE = record("review_change", "review_change_id", {
    "episode_id": "text", "child_id": "text", "kind": "text", "review_before": "date", "review_by": "date",
    "reason": "text", "decided_by": "text", "strategy_meeting_on": "date",
}, "episode_id", "child_id")  # fmt: skip

FLAG = record("flag", "flag_id", {
    "about": "text", "about_id": "text", "area": "text", "system": "text", "state": "text", "placed_on": "date",
    "placed_by": "text", "decided_on": "date", "discussion_id": "text", "review_on": "date", "removed_on": "date",
    "removed_by": "text", "expires_on": "date",
}, "about_id", "area")  # fmt: skip

TOLD = record("told", "told_id", {
    "referral_id": "text", "child_id": "text", "account_id": "text", "step": "text", "step_on": "date",
    "discussion_id": "text", "first_shown_at": "timestamptz",
}, "referral_id")  # fmt: skip

MISSING_EPISODE = record("missing_episode", "missing_episode_id", {
    "child_id": "text", "missing_from": "text", "from_on": "date", "until_on": "date", "reported_by": "text",
    "interview_offered": "boolean", "interview_held": "boolean", "interview_on": "date",
}, "child_id")  # fmt: skip

SCHOOL_ATTENDANCE = record("school_attendance", "school_attendance_id", {
    "child_id": "text", "occasion": "text", "as_of": "date", "timetable": "text", "percent": "integer",
}, "child_id")  # fmt: skip

MEETING = record("meeting", "meeting_id", {
    "area": "text", "meets_on": "date", "starts_at": "text", "place": "text", "chair_social_care": "text",
    "chair_police": "text", "state": "text", "chair_social_care_account": "text", "chair_police_account": "text",
    "chairs": "text[]", "lasts_minutes": "integer",
}, "area")  # fmt: skip

MINUTES_VERSION = record("minutes_version", "minutes_version_id", {
    "meeting_id": "text", "version": "integer", "state": "text", "reason": "text",
}, "meeting_id")  # fmt: skip

MINUTES_SIGNATURE = record("minutes_signature", "signature_id", {
    "minutes_version_id": "text", "chair": "text", "name": "text", "account_id": "text", "how": "text",
}, "minutes_version_id")  # fmt: skip

AGENDA_ITEM = record("agenda_item", "item_id", {
    "meeting_id": "text", "episode_id": "text", "child_id": "text", "why": "text[]", "position": "integer",
    "removed_reason": "text", "went_on_reason": "text",
}, "meeting_id", "child_id")  # fmt: skip

INVITATION = record("invitation", "invitation_id", {
    "meeting_id": "text", "account_id": "text", "withdrawn_on": "date",
}, "meeting_id", "account_id")  # fmt: skip

AGENCY_ANSWER = record("agency_answer", "answer_id", {
    "meeting_id": "text", "item_id": "text", "child_id": "text", "agency": "text", "holds": "boolean",
    "words": "text",
}, "meeting_id")  # fmt: skip

ATTENDANCE = record("attendance", "attendance_id", {
    "meeting_id": "text", "name": "text", "agency": "text", "role": "text", "deputising_for": "text",
    "signed_at": "timestamptz", "taken_out_reason": "text", "seat": "text",
}, "meeting_id")  # fmt: skip

SEAT = record("seat", "seat_id", {
    "meeting_id": "text", "seat": "text", "how": "text",
}, "meeting_id")  # fmt: skip
"""A seat of the terms of reference that nobody took at a meeting: with apologies, or absent."""

SCORING = record("scoring", "scoring_id", {
    "child_id": "text", "episode_id": "text", "tracker_id": "text", "tracker_revision": "integer",
    "scored_on": "date", "occasion": "text", "weight_set_id": "text", "total": "integer",
    "highest": "integer", "band": "text", "handled_band": "text", "override_reason": "text",
    "answers": "text", "thresholds": "text", "date_of_birth": "date", "known": "integer",
}, "child_id")  # fmt: skip

WEIGHT_SET = record("weight_set", "weight_set_id", {
    "name": "text", "version": "text", "status": "text", "source": "text", "points": "text",
    "approved_by": "text", "approved_on": "date", "partnership": "text",
})  # fmt: skip

DRAFT = record("draft", "draft_id", {
    "form": "text", "child_id": "text", "area": "text", "agency": "text", "started_by": "text",
    "started_at": "timestamptz", "state": "text", "record_id": "text", "base_revision": "integer",
    "screening_id": "text", "episode_id": "text", "is_another_child": "boolean",
}, "child_id", "started_by")  # fmt: skip

CHILD_LINK = record("child_link", "link_id", {
    "child_id": "text", "account_id": "text", "why": "text", "ended_on": "date",
}, "child_id", "account_id")  # fmt: skip

RESTRICTION = record("restriction", "child_id", {
    "account_ids": "text[]", "reason": "text", "is_lifted": "boolean",
})  # fmt: skip

PROTECTION = record("protection", "child_id", {
    "whose": "text", "account_ids": "text[]", "reason": "text", "is_lifted": "boolean",
})  # fmt: skip
"""Where a child lives is given to these people only: see `data.redaction`."""

OPENING = record("opening", "opening_id", {
    "child_id": "text", "area": "text", "account_id": "text", "reason": "text", "lawful_basis": "text",
    "opened_at": "timestamptz", "ends_at": "timestamptz", "state": "text", "reviewed_by": "text",
    "reviewed_at": "timestamptz", "review_note": "text",
}, "child_id", "account_id")  # fmt: skip
"""A record opened in an emergency by somebody whose work the child was not ("break glass")."""

NARRATIVE = record("narrative", "narrative_id", {
    "partnership": "text", "area": "text", "quarter": "text", "measure": "integer", "words": "text",
})  # fmt: skip

DISPUTE = record("dispute", "dispute_id", {
    "child_id": "text", "form": "text", "disputed_record_id": "text", "kind": "text", "disputed_by": "text", "words": "text",
    "raised_on": "date", "state": "text", "answer": "text", "answered_on": "date",
}, "child_id")  # fmt: skip

LEGAL_HOLD = record("legal_hold", "hold_id", {
    "child_id": "text", "reason": "text", "placed_on": "date", "lifted_on": "date", "lifted_reason": "text",
}, "child_id")  # fmt: skip

OWN_COPY = record("own_copy", "own_copy_id", {
    "child_id": "text", "area": "text", "state": "text", "requested_by": "text", "requested_for": "text", "checked_how": "text",
    "requested_on": "date", "as_of": "timestamptz", "prepared_by": "text", "content_hash": "text", "approved_by": "text",
    "approved_on": "date", "sent_back_reason": "text", "sent_to": "text", "sent_how": "text", "sent_on": "date",
}, "child_id")  # fmt: skip
"""A request for the child's own copy (UK GDPR article 15), until it was sent."""

OWN_COPY_STRIKE = record("own_copy_strike", "strike_id", {
    "own_copy_id": "text", "child_id": "text", "place": "text", "why": "text", "is_struck": "boolean",
}, "child_id", "own_copy_id")  # fmt: skip
"""A line that a person struck out of a copy: where it stands and why, never its words."""

DELETION = record("deletion", "deletion_id", {
    "child_id": "text", "area": "text", "state": "text", "reason": "text", "asked_by": "text", "asked_on": "date",
    "decided_by": "text", "decided_on": "date", "decision_reason": "text", "deleted_rows": "text",
}, "child_id")  # fmt: skip

QUARTERLY_RETURN = record("quarterly_return", "return_id", {
    "partnership": "text", "quarter": "text", "state": "text", "version": "integer", "reason": "text",
})  # fmt: skip

SETTING = record("setting", "setting", {"value": "text"})

POPULATION = record("population", "population_id", {
    "area": "text", "year": "integer", "source": "text", "everyone": "integer", "female": "integer", "male": "integer",
    "white": "integer", "mixed": "integer", "asian": "integer", "black": "integer", "other": "integer",
})  # fmt: skip
"""Children under 18 who live in an area, for rates."""

RECORDS = tuple(table for table in list(globals().values()) if isinstance(table, RecordTable))
"""All that are declared above."""
