"""Every call of `tests.access.rules`, as one upon the world of `tests.access.world`: whoever makes it is all that is asked."""

from __future__ import annotations

from data import clock, cohort, my_work
from data.after_meeting import actions
from data.answers import answer_history, documents, drafts, opened_draft, submissions
from data.bring_in import cohort_import
from data.bring_in.cohort_workbook import Workbook
from data.child import (
    child_search,
    children,
    disclosures,
    emergency,
    links,
    protection,
    referrals,
    restriction,
)
from data.meeting import (
    agency_answers,
    agendas,
    attendance,
    invitations,
    meeting_documents,
    meeting_keeping,
    meetings,
    minuting,
)
from data.quarters import Quarter
from data.returns import return_csv, return_excel, returns
from data.scores import scorings, weight_sets
from data.sign_in import account_keeping, agreements, confirmation
from data.trail import anomalies, audit_entries
from data.trail.audit_entries import Asked
from forms.referral import REFERRAL
from tests.access import calls_beside
from tests.access.world import AN_EMERGENCY, HERE, NAME, REASON, Calls, World
from tests.accounts.test_keeping_accounts import as_typed
from tests.filled_in import DONE, NOT_ACHIEVED, on
from tests.meetings.made import SIGNS
from tests.scoring.test_weight_sets_in_use import brought_in


def about_the_child(world: World) -> Calls:
    """Calls that read or write the record of this one child."""
    child = world.child_id
    return {
        "meeting.agency_answers.answer": lambda a: agency_answers.answer(a, world.item_id, False, None),
        "trail.audit_entries.who_has_seen": lambda a: audit_entries.who_has_seen(a, child),
        "child.children.heading": lambda a: children.heading(a, child),
        "child.children.read_child": lambda a: children.read_child(a, child),
        "answers.documents.submission_as_word": lambda a: documents.submission_as_word(
            a, "screening", world.record_id
        ),
        "child.disclosures.usual_for": lambda a: disclosures.usual_for(a, child),
        "child.disclosures.start_usual": lambda a: disclosures.start_usual(a, child, "tactical_meeting"),
        "answers.answer_history.in_draft": lambda a: answer_history.in_draft(
            a, world.own_draft, ("", "", "strong_01")
        ),
        "answers.answer_history.in_submission": lambda a: answer_history.in_submission(
            a, "screening", world.record_id
        ),
        "answers.drafts.add_row": lambda a: drafts.add_row(a, world.shared, "chronology"),
        "answers.drafts.read_draft": lambda a: drafts.read_draft(a, world.own_draft),
        "answers.drafts.save_answer": lambda a: drafts.save_answer(a, world.own_draft, "strong_01", "yes"),
        "answers.drafts.let_go": lambda a: drafts.let_go(a, world.own_draft, "strong_01"),
        "answers.drafts.start_draft": lambda a: drafts.start_draft(a, REFERRAL, child),
        "answers.drafts.take_out_row": lambda a: drafts.take_out_row(
            a, world.shared, "chronology", world.row_id
        ),
        "child.links.ask_to_contribute": lambda a: links.ask_to_contribute(
            a, child, world.newcomer.account_id
        ),
        "child.links.who_reaches": lambda a: links.who_reaches(a, child),
        "child.links.practitioners_to_ask": lambda a: links.practitioners_to_ask(a, child),
        "meeting.meetings.start": lambda a: meetings.start(a, world.episode_id),
        "meeting.minuting.open_child": lambda a: minuting.open_child(a, world.item_id),
        "answers.opened_draft.open_draft": lambda a: opened_draft.open_draft(a, world.shared),
        "child.referrals.problem_before_starting": lambda a: referrals.problem_before_starting(a, child),
        "scores.scorings.compare_scores": lambda a: scorings.compare_scores(a, world.before, world.after),
        "scores.scorings.override": lambda a: scorings.override(a, world.after, "high", REASON),
        "scores.scorings.read_score": lambda a: scorings.read_score(a, world.after),
        "scores.scorings.scores_of_child": lambda a: scorings.scores_of_child(a, child),
        "answers.submissions.read_submission": lambda a: submissions.read_submission(
            a, "screening", world.record_id
        ),
        # and last, what leaves nothing to do for the next
        "answers.submissions.submit": lambda a: submissions.submit(a, world.to_send, why=REASON),
        "answers.drafts.discard_draft": lambda a: drafts.discard_draft(a, world.own_draft),
        "child.links.end_access": lambda a: links.end_access(a, child, world.helper_id, REASON),
        "after_meeting.actions.complete": lambda a: actions.complete(a, "action1", DONE),
        "after_meeting.actions.give_up": lambda a: actions.give_up(a, "action2", NOT_ACHIEVED),
        "meeting.minuting.go_on": lambda a: minuting.go_on(a, world.item_id, REASON),
    }


def about_lists(world: World) -> Calls:
    """Calls that list children, or print or count several."""
    today, quarter = clock.today(), Quarter.of(clock.today())
    return {
        "meeting.agency_answers.answers": lambda a: agency_answers.answers(a, world.meeting_id),
        "meeting.agendas.read_agenda": lambda a: agendas.read_agenda(a, world.meeting_id),
        "child.child_search.search": lambda a: child_search.search(a, NAME),
        "cohort.children_listed": lambda a: cohort.children_listed(a, HERE, today, "open"),
        "child.disclosures.disclosures": lambda a: disclosures.disclosures(a),
        "answers.drafts.open_drafts": lambda a: drafts.open_drafts(a),
        "meeting.meeting_documents.minutes_as_word": lambda a: meeting_documents.minutes_as_word(
            a, world.meeting_id
        ),
        "child.links.who_reaches_whom": lambda a: links.who_reaches_whom(a),
        "my_work.my_work": lambda a: my_work.my_work(a),
        "child.referrals.waiting": lambda a: referrals.waiting(a, HERE),
        "returns.return_csv.make_csv": lambda a: return_csv.make_csv(a, quarter, [HERE]),
        "returns.return_excel.make_workbook": lambda a: return_excel.make_workbook(a, quarter, [HERE]),
        "returns.returns.draft_return": lambda a: returns.draft_return(a, quarter, [HERE]),
        "returns.returns.open_figure": lambda a: returns.open_figure(a, quarter, HERE, 2, "total"),
    }


def about_others(world: World) -> Calls:
    """Referrals of another child, the meeting, and one's own."""
    today = clock.today()
    to_accept, to_decline, to_return, to_sign_off, _ = world.referrals
    planned, quarter = world.planned_id, Quarter.of(today)
    return {
        "child.child_search.matches_of_draft": lambda a: child_search.matches_of_draft(a, world.new_child),
        "child.child_search.say_another_child": lambda a: child_search.say_another_child(a, world.new_child),
        "child.referrals.read_referral": lambda a: referrals.read_referral(a, to_accept),
        "child.referrals.go_on": lambda a: referrals.go_on(a, world.without_manager_id, REASON),
        "child.referrals.sign_off": lambda a: referrals.sign_off(a, to_sign_off),
        "child.referrals.decline": lambda a: referrals.decline(a, to_decline, today, REASON),
        "child.referrals.return_for_more": lambda a: referrals.return_for_more(a, to_return, today, REASON),
        "child.referrals.accept": lambda a: referrals.accept(a, to_accept, today),
        "meeting.agendas.add": lambda a: agendas.add(a, planned, world.open_episodes[2:]),
        "meeting.agendas.put_at": lambda a: agendas.put_at(a, world.to_order, 1),
        "meeting.agendas.remove": lambda a: agendas.remove(a, world.to_remove, REASON),
        "meeting.attendance.attending": lambda a: attendance.attending(a, world.meeting_id),
        "meeting.attendance.sign": lambda a: attendance.sign(a, world.meeting_id, SIGNS),
        "meeting.attendance.take_out": lambda a: attendance.take_out(a, world.attendance_id, REASON),
        "meeting.invitations.invitations_of": lambda a: invitations.invitations_of(a),
        "meeting.invitations.invite": lambda a: invitations.invite(a, planned, [world.uninvited.account_id]),
        "meeting.invitations.invited": lambda a: invitations.invited(a, world.meeting_id),
        "meeting.invitations.people_to_invite": lambda a: invitations.people_to_invite(a, world.meeting_id),
        "meeting.invitations.withdraw": lambda a: invitations.withdraw(
            a, world.meeting_id, world.uninvited.account_id
        ),
        "meeting.meeting_keeping.change": lambda a: meeting_keeping.change(
            a, planned, {"meets_on": on(today), "place": "Another made-up room"}
        ),
        "meeting.meeting_keeping.meetings": lambda a: meeting_keeping.meetings(a),
        "meeting.meeting_keeping.move": lambda a: meeting_keeping.move(a, world.to_move_id, "cancel", REASON),
        "meeting.meeting_keeping.plan": lambda a: meeting_keeping.plan(
            a, {"meets_on": on(today), "place": "Made-up room"}
        ),
        "meeting.meeting_keeping.read_meeting": lambda a: meeting_keeping.read_meeting(a, world.meeting_id),
        "bring_in.cohort_import.import_cohort": lambda a: cohort_import.import_cohort(a, Workbook()),
        "bring_in.cohort_import.look_at_cohort": lambda a: cohort_import.look_at_cohort(a, Workbook()),
        "returns.returns.save_narrative": lambda a: returns.save_narrative(
            a, quarter, HERE, 2, "Made-up words"
        ),
    }


def about_access(world: World) -> Calls:
    child = world.to_restrict_id
    both = [world.people[person].account_id for person in ("coordinator", "deputy")]
    return {
        "child.protection.read_protection": lambda a: protection.read_protection(a, child),
        "child.protection.protect": lambda a: protection.protect(a, child, "child", both, REASON),
        "child.protection.lift": lambda a: protection.lift(a, child, REASON),
        "child.restriction.read_restriction": lambda a: restriction.read_restriction(a, child),
        "child.restriction.restrict": lambda a: restriction.restrict(a, child, both, REASON),
        "child.restriction.lift": lambda a: restriction.lift(a, child, REASON),
        "child.emergency.openings": lambda a: emergency.openings(a),
        "child.emergency.review": lambda a: emergency.review(a, world.opening_id, "appropriate", REASON),
        "child.emergency.open_record": lambda a: emergency.open_record(a, AN_EMERGENCY),
    }


def about_accounts(world: World) -> Calls:
    target = world.newcomer.account_id
    return {
        "sign_in.account_keeping.accounts": lambda a: account_keeping.accounts(a),
        "sign_in.account_keeping.change": lambda a: account_keeping.change(a, target, world.as_typed, 1),
        "sign_in.account_keeping.end_sessions": lambda a: account_keeping.end_sessions(a, target),
        "sign_in.account_keeping.give_first_password": lambda a: account_keeping.give_first_password(
            a, target
        ),
        "sign_in.account_keeping.invite": lambda a: account_keeping.invite(
            a, as_typed(username=clock.new_id())
        ),
        "sign_in.account_keeping.read_account": lambda a: account_keeping.read_account(a, target),
        "sign_in.account_keeping.suspend": lambda a: account_keeping.suspend(a, target),
        "sign_in.account_keeping.bring_back": lambda a: account_keeping.bring_back(a, target),
        "sign_in.account_keeping.unlock": lambda a: account_keeping.unlock(a, target),
        "sign_in.confirmation.accounts_told": lambda a: confirmation.accounts_told(a),
        "sign_in.confirmation.confirm": lambda a: confirmation.confirm(a, world.to_confirm_id),
        "sign_in.confirmation.say_seen": lambda a: confirmation.say_seen(a, world.told_of_id),
        "sign_in.agreements.agreements": lambda a: agreements.agreements(a, HERE),
        "sign_in.agreements.record_agreement": lambda a: agreements.record_agreement(
            a, HERE, "police", "1 2 2026"
        ),
        "trail.anomalies.anomalies": lambda a: anomalies.anomalies(a),
        "trail.audit_entries.account_named": lambda a: audit_entries.account_named(a, "nobody"),
        "trail.audit_entries.actions": lambda a: audit_entries.actions(a),
        "trail.audit_entries.check_chain": lambda a: audit_entries.check_chain(a),
        "trail.audit_entries.entries": lambda a: audit_entries.entries(a, Asked()),
        "trail.audit_entries.head_now": lambda a: audit_entries.head_now(a),
        "scores.weight_sets.approve": lambda a: weight_sets.approve(a, world.weights, is_read=True),
        "scores.weight_sets.bring_in": lambda a: brought_in(a, version=clock.new_id()),
        "scores.weight_sets.withdraw": lambda a: weight_sets.withdraw(a, world.weights),
        "scores.weight_sets.weight_sets": lambda a: weight_sets.weight_sets(a),
    }


def calls(world: World) -> Calls:
    """All of them, those that end something after those that look at it."""
    return (
        calls_beside.about_lists(world)
        | calls_beside.about_concerns(world)
        | calls_beside.about_returns(world)
        | calls_beside.about_meetings(world)
        | calls_beside.about_the_child(world)
        | about_lists(world)
        | about_others(world)
        | about_accounts(world)
        | about_the_child(world)
        | about_access(world)
        | calls_beside.about_leaving(world)
    )
