"""The audit and the log hold ids and fixed words: never a name, a number or a word that somebody typed."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from data import clock
from data.after_meeting import actions, flags, reviews
from data.answers import documents, drafts, opened_draft, submissions
from data.child import children, links, missing, referrals, referrer_told
from data.child.child_search import LikelyMatch, say_another_child
from data.database import audit
from data.database.store import Store
from data.meeting import meetings
from data.refusal import Problems
from data.scores import scorings
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.form import Form, RepeatedRows
from forms.kinds import LongText, Text
from forms.minutes import MINUTES
from forms.referral import REFERRAL
from forms.screening import SCREENING
from forms.tracker import TRACKER
from tests.factories import a_child, an_account
from tests.filled_in import (
    A_CHILD,
    A_FLAG,
    A_REFERRAL,
    A_SCREENING,
    A_TRACKER,
    AN_ASSESSMENT,
    LONGER,
    a_decision,
    fill,
    fill_at_once,
    on,
    referral_of,
)

MARK, NUMBER = "Zzyzx", "9991234551"


def marked(form: Form, typed: dict[str, Any]) -> dict[str, Any]:
    """The form with the mark in every place where words can be typed."""
    words = {q.key: f"{MARK} {q.key}" for q in form.questions() if isinstance(q, Text | LongText)}
    rows = {
        item.key: [{q.key: f"{MARK} {q.key}" for q in item.questions if isinstance(q, Text | LongText)}]
        for item in form.items()
        if isinstance(item, RepeatedRows)
    }
    for key in rows:
        rows[key] = [{**(typed.get(key) or [{}])[0], **rows[key][0]}]
    return {**typed, **words, **rows}


def test_nothing_typed_reaches_the_audit_the_log_or_the_screen_of_the_operator(
    store: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    named = {"name": f"{MARK} Person", "job_title": MARK, "telephone": MARK}
    worker = an_account(store, **named)
    officer = an_account(store, agency="police", **named)
    coordinator = an_account(store, "coordinator", **named)
    today = clock.today()
    a_child(store, name=f"{MARK} Child", nhs_number=NUMBER)

    new = drafts.start_draft(worker, CHILD)
    fill(worker, new, marked(CHILD, {**A_CHILD, "nhs_number": NUMBER}) | {"postcode": ""})
    with pytest.raises(LikelyMatch):
        submissions.submit(worker, new)
    say_another_child(worker, new)
    child_id = submissions.submit(worker, new)
    children.search(worker, f"{MARK} Child")
    children.search(worker, NUMBER)
    children.read_child(worker, child_id)
    links.ask_to_contribute(worker, child_id, officer.account_id)

    screening = drafts.start_draft(worker, SCREENING, child_id)
    fill_at_once(worker, screening, marked(SCREENING, {**A_SCREENING, "strong_01": "yes"}))
    submissions.submit(worker, screening)
    draft_id = drafts.start_draft(worker, REFERRAL, child_id)
    fill(worker, draft_id, marked(REFERRAL, A_REFERRAL) | {"practitioner_postcode": ""})
    form_id = submissions.submit(worker, draft_id)
    referral_id = referral_of(worker, form_id)
    referrals.return_for_more(coordinator, referral_id, today, MARK)
    draft_id = drafts.start_draft(worker, REFERRAL, child_id, corrects=form_id)
    submissions.submit(worker, draft_id, why=MARK)
    episode_id = referrals.accept(coordinator, referral_id, today, MARK)

    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    opened_draft.open_draft(officer, draft_id)
    rows = {
        "professionals": [{"professional_agency": "police"}], "chronology": [{"happened_on": "1 1 2025"}],
        "unsafe_relationships": "yes", "next_steps": [{"step_agency": "police"}],
    }  # fmt: skip
    fill(worker, draft_id, marked(ASSESSMENT, AN_ASSESSMENT | rows))
    with pytest.raises(drafts.AnswerClash):
        drafts.save_answer(officer, draft_id, "history", f"{MARK} too", seen_revision=0)
    drafts.save_answer(officer, draft_id, "history", MARK, settles=True)
    record_id = submissions.submit(officer, draft_id)
    documents.submission_as_word(officer, "assessment", record_id)
    draft_id = drafts.start_draft(officer, TRACKER, child_id)
    fill(officer, draft_id, marked(TRACKER, A_TRACKER))
    submissions.submit(officer, draft_id)
    (scored,) = scorings.scores_of_child(officer, child_id)
    scorings.override(coordinator, scored["scoring_id"], "high", MARK)
    reviews.bring_forward(worker, episode_id, {"reason": MARK, "review_by": on(today)})
    flag_id = flags.place(coordinator, child_id, A_FLAG)
    flags.keep(coordinator, flag_id, {"review_on": on(today), "reason": MARK})
    missing.save_episode(
        worker, child_id, {"missing_from": "home", "from_on": on(today), "reported_by": MARK}
    )
    referrer_told.told(worker)
    draft_id = meetings.start(coordinator, episode_id)
    row = {"action": MARK, "action_agency": "police", "owner": MARK}
    leaving = a_decision(decision="remove", closure_reason="other", closure_note=MARK)
    told = {
        "new_actions": [row], "chronology": [{"happened_on": "1 1 2025"}], "presents_risk": "yes",
        "level_is_right": "no", "is_of_standard": "no",
    }  # fmt: skip
    fill(coordinator, draft_id, marked(MINUTES, leaving | told) | {"areas_gone_to": MARK})
    submissions.submit(coordinator, draft_id)
    action, *_ = children.read_child(officer, child_id).actions
    actions.carry_over(officer, action["action_id"], {**LONGER, "carried_over_reason": MARK})
    actions.give_up(officer, action["action_id"], {"not_achieved_reason": MARK})
    with pytest.raises(Problems):
        referrals.decline(coordinator, referral_id, today, MARK)

    with coordinator.reading() as work:
        entries = work.rows("SELECT * FROM audit")
        stored = work.value("SELECT count(*) FROM draft_answer WHERE position($1 in typed) > 0", [MARK])
    assert stored > 150
    assert len(entries) > 150
    for entry in entries:
        assert MARK not in repr(entry)
        assert NUMBER not in repr(entry)
        assert re.fullmatch(r"[a-z :-]+", entry["action"]), entry["action"]
        assert re.fullmatch(r"[a-z0-9_]*", entry["detail"] or ""), entry["detail"]
        for column in ("account_id", "child_id", "record_id"):
            assert re.fullmatch(r"operator|[0-9a-f:]{16,}|illustrative-\d+|", entry[column] or ""), entry[
                column
            ]
    seen = caplog.text + "".join(capfd.readouterr())
    assert MARK not in seen
    assert NUMBER not in seen


class AuditBroken(Exception):
    pass


def test_what_cannot_be_audited_is_not_written_and_not_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, SCREENING, child_id)

    def fail(*_: object) -> None:
        raise AuditBroken

    monkeypatch.setattr(audit, "append", fail)
    for call in (
        lambda: drafts.save_answer(worker, draft_id, "explanation", "Made-up"),
        lambda: drafts.discard_draft(worker, draft_id),
        lambda: children.read_child(worker, child_id),
        lambda: opened_draft.open_draft(worker, draft_id),
    ):
        with pytest.raises(AuditBroken):
            call()
    monkeypatch.undo()
    draft = drafts.read_draft(worker, draft_id)
    assert (draft.typed, draft.state) == ({}, "open")


def test_a_view_is_noted_once_in_a_quarter_of_an_hour(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    for _ in range(3):
        children.read_child(worker, child_id)
    children.read_child(an_account(store, "coordinator"), child_id)
    with worker.reading() as work:
        assert work.value("SELECT count(*) FROM audit WHERE action = 'child viewed'") == 2
