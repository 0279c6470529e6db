"""Need to know, stated once: every public call of `data/` that acts as an account, and who may make it.

A call or a page without its line here fails `tests/access/`. What each person may do is then attempted, not believed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import data

PEOPLE = (
    "own", "other", "police", "invited", "elsewhere", "coordinator", "deputy", "coordinator_elsewhere", "manager",
    "manager_police", "manager_elsewhere", "member", "member_invited", "lead", "lead_elsewhere", "administrator",
    "suspended", "changed", "operator",
)  # fmt: skip
"""About one child of Liverpool. `own` and `police`: practitioners linked to the child, of two agencies. `other`: one of
the area who is not. `invited` (a police officer) and `member_invited` are invited to the meeting about the child.
`deputy`: another coordinator of the area. `elsewhere`: of Wirral; `lead_elsewhere`: of Sheffield. `suspended` and `changed` were linked practitioners: the one is
suspended since, the other an administrator."""

PRACTISE = "own other police invited elsewhere"
RUNS = "coordinator deputy operator"
WRITES = f"own police {RUNS}"
SEES_MEETING = f"invited member_invited manager manager_police {RUNS}"
SEES = f"own police {SEES_MEETING}"
LISTS = (
    f"{PRACTISE} coordinator deputy coordinator_elsewhere manager manager_police manager_elsewhere operator"
)
NAMES_OF_AREA = f"manager manager_police {RUNS}"
FIGURES = f"lead {NAMES_OF_AREA}"
KEEPS = "administrator changed operator"
ANSWERS = "coordinator deputy coordinator_elsewhere manager manager_police manager_elsewhere"
WEIGHTS = f"{ANSWERS} administrator changed"
ANSWERS_FOR = "coordinator deputy manager manager_police"
STARTED_IT = "own"
WROTE_CONCERN = "own"
LEADS = "lead lead_elsewhere"
OPENS = f"{PRACTISE} {ANSWERS}"
EVERYBODY = " ".join(person for person in PEOPLE if person != "suspended")

MAY = {
    "sign_in.account_keeping.accounts": KEEPS,
    "sign_in.account_keeping.bring_back": KEEPS,
    "sign_in.account_keeping.change": KEEPS,
    "sign_in.account_keeping.end_sessions": KEEPS,
    "sign_in.account_keeping.give_first_password": KEEPS,
    "sign_in.account_keeping.invite": KEEPS,
    "sign_in.account_keeping.read_account": KEEPS,
    "sign_in.account_keeping.suspend": KEEPS,
    "sign_in.account_keeping.unlock": KEEPS,
    "sign_in.confirmation.accounts_told": "manager manager_police manager_elsewhere",
    "sign_in.confirmation.confirm": KEEPS,
    "sign_in.confirmation.say_seen": "manager manager_police manager_elsewhere",
    "after_meeting.action_list.list_actions": f"{PRACTISE} member member_invited {ANSWERS}",
    "after_meeting.actions.assign": RUNS,
    "after_meeting.actions.carry_over": f"own {RUNS}",
    "after_meeting.actions.complete": f"own {RUNS}",
    "after_meeting.actions.give_up": f"own {RUNS}",
    "after_meeting.actions.people_to_ask": RUNS,
    "after_meeting.actions.read_action": SEES,
    "meeting.agency_answers.answer": f"invited member_invited {RUNS}",
    "meeting.agency_answers.answers": SEES_MEETING,
    "meeting.agendas.add": RUNS,
    "meeting.agendas.put_at": RUNS,
    "meeting.agendas.read_agenda": SEES_MEETING,
    "meeting.agendas.remove": RUNS,
    "sign_in.agreements.agreements": KEEPS,
    "sign_in.agreements.record_agreement": KEEPS,
    "trail.anomalies.anomalies": KEEPS,
    "meeting.attendance.attending": SEES_MEETING,
    "meeting.attendance.say_not_there": RUNS,
    "meeting.attendance.seats": SEES_MEETING,
    "meeting.attendance.sign": RUNS,
    "meeting.attendance.take_out": RUNS,
    "trail.audit_entries.account_named": KEEPS,
    "trail.audit_entries.actions": KEEPS,
    "trail.audit_entries.check_chain": KEEPS,
    "trail.audit_entries.entries": KEEPS,
    "trail.audit_entries.head_now": KEEPS,
    "trail.audit_entries.who_has_seen": "coordinator deputy manager manager_police",
    "meeting.calendar_file.meeting_as_calendar": SEES_MEETING,
    "meeting.chairs.chairs": SEES_MEETING,
    "meeting.chairs.name_chair": RUNS,
    "meeting.chairs.people_to_chair": SEES_MEETING,
    "child.child_over_time.read_over_time": SEES,
    "child.child_search.matches_of_draft": STARTED_IT,
    "child.child_search.say_another_child": STARTED_IT,
    "child.child_search.search": LISTS,
    "child.children.heading": SEES,
    "child.children.read_child": SEES,
    "cohort.children_listed": NAMES_OF_AREA,
    "cohort.cut_named": FIGURES,
    "cohort.note_export": FIGURES,
    "cohort.read_view": FIGURES,
    "bring_in.cohort_import.import_cohort": f"coordinator_elsewhere {RUNS}",
    "bring_in.cohort_import.look_at_cohort": f"coordinator_elsewhere {RUNS}",
    "concern.concern_links.link_child": f"{WROTE_CONCERN} {RUNS}",
    "concern.concern_links.link_other": f"{WROTE_CONCERN} {RUNS}",
    "concern.concern_links.read_concern_page": f"{WROTE_CONCERN} {NAMES_OF_AREA}",
    "concern.concern_links.remove_link": f"{WROTE_CONCERN} {RUNS}",
    "concern.concerns.add_concern": f"{PRACTISE} coordinator deputy coordinator_elsewhere",
    "concern.concerns.approve_label": RUNS,
    "concern.concerns.change_concern": f"{WROTE_CONCERN} {RUNS}",
    "concern.concerns.move_concern": RUNS,
    "concern.concerns.read_concern": f"{WROTE_CONCERN} {NAMES_OF_AREA}",
    "concern.concerns.search_concerns": LISTS,
    "rights.certificate.certificate": ANSWERS_FOR,
    "rights.keeping_lists.read_keeping_lists": ANSWERS,
    "rights.deletion.ask": "coordinator deputy",
    "rights.deletion.carry_out": "manager manager_police",
    "rights.deletion.deletion_of": ANSWERS_FOR,
    "rights.deletion.refuse": "manager manager_police",
    "rights.deletion.withdraw": "coordinator deputy",
    "child.disclosures.disclosures": ANSWERS,
    "child.disclosures.start_usual": WRITES,
    "child.disclosures.usual_for": WRITES,
    "answers.disputes.answer": ANSWERS_FOR,
    "answers.disputes.disputes_of": SEES,
    "answers.disputes.raise_dispute": f"own police invited {ANSWERS_FOR}",
    "concern.disruption.measures": LISTS,
    "concern.disruption.read_measure": f"{WROTE_CONCERN} {NAMES_OF_AREA}",
    "concern.disruption.save_measure": f"{WROTE_CONCERN} {RUNS}",
    "answers.documents.submission_as_word": SEES,
    "answers.answer_history.in_draft": STARTED_IT,
    "answers.answer_history.in_submission": SEES,
    "answers.drafts.add_row": WRITES,
    "answers.drafts.discard_draft": STARTED_IT,
    "answers.drafts.let_go": STARTED_IT,
    "answers.drafts.open_drafts": LISTS,
    "answers.drafts.read_draft": STARTED_IT,
    "answers.drafts.save_answer": STARTED_IT,
    "answers.drafts.start_draft": WRITES,
    "answers.drafts.take_out_row": WRITES,
    "child.emergency.open_record": OPENS,
    "child.emergency.openings": ANSWERS,
    "child.emergency.review": "manager manager_police",
    "after_meeting.flags.due": ANSWERS,
    "after_meeting.flags.expire": RUNS,
    "after_meeting.flags.keep": RUNS,
    "after_meeting.flags.place": RUNS,
    "after_meeting.flags.place_on_concern": RUNS,
    "after_meeting.flags.read_concern_flags": f"{WROTE_CONCERN} {NAMES_OF_AREA}",
    "after_meeting.flags.read_flags": SEES,
    "after_meeting.flags.remove": RUNS,
    "meeting.invitations.invitations_of": f"{PRACTISE} member member_invited",
    "meeting.invitations.invite": RUNS,
    "meeting.invitations.invited": SEES_MEETING,
    "meeting.invitations.people_to_invite": RUNS,
    "meeting.invitations.withdraw": RUNS,
    "answers.language.counts": f"{LEADS} {ANSWERS} operator",
    "answers.language.keep_words": STARTED_IT,
    "after_meeting.leaving.close_by_exception": RUNS,
    "after_meeting.leaving.read_episode": RUNS,
    "concern.link_map.read_link_map": SEES,
    "child.links.ask_to_contribute": WRITES,
    "child.links.end_access": RUNS,
    "child.links.who_reaches": RUNS,
    "child.links.who_reaches_whom": "coordinator deputy coordinator_elsewhere",
    "child.links.practitioners_to_ask": SEES,
    "returns.locked_returns.life_of": f"{LEADS} {ANSWERS} operator",
    "returns.locked_returns.read_locked": FIGURES,
    "returns.locked_returns.read_published": FIGURES,
    "meeting.meeting_documents.minutes_as_word": NAMES_OF_AREA,
    "meeting.meeting_keeping.change": RUNS,
    "meeting.meeting_keeping.meetings": ANSWERS,
    "meeting.meeting_keeping.move": RUNS,
    "meeting.meeting_keeping.plan": f"coordinator_elsewhere {RUNS}",
    "meeting.meeting_keeping.read_meeting": SEES_MEETING,
    "meeting.meetings.start": RUNS,
    "meeting.minutes_signing.agree_correction": RUNS,
    "meeting.minutes_signing.correct": RUNS,
    "meeting.minutes_signing.sign": RUNS,
    "meeting.minutes_signing.sign, as the chair named": "manager",
    "meeting.minutes_signing.signing": SEES_MEETING,
    "meeting.minuting.go_on": RUNS,
    "meeting.minuting.open_child": f"invited {RUNS}",
    "child.missing.read_missing": SEES,
    "child.missing.save_attendance": WRITES,
    "child.missing.save_episode": WRITES,
    "my_day.my_day": EVERYBODY,
    "my_work.my_work": EVERYBODY,
    "child.national_referrals.oversee_nrm": f"{ANSWERS} operator",
    "child.national_referrals.read_nrm": SEES,
    "child.national_referrals.save_nrm": RUNS,
    "concern.nominations.accept": RUNS,
    "concern.nominations.decline": RUNS,
    "concern.nominations.feed_back": RUNS,
    "concern.nominations.nominate": f"{WROTE_CONCERN} {RUNS}",
    "concern.nominations.nominations": LISTS,
    "concern.nominations.read_nomination": f"{WROTE_CONCERN} {NAMES_OF_AREA}",
    "answers.opened_draft.open_draft": WRITES,
    "meeting.papers.agencies_invited": SEES_MEETING,
    "meeting.papers.papers_as_word": f"invited {RUNS}",
    "child.referrals.accept": RUNS,
    "child.referrals.decline": RUNS,
    "child.referrals.go_on": RUNS,
    "child.referrals.problem_before_starting": SEES,
    "child.referrals.read_referral": f"own police {NAMES_OF_AREA}",
    "child.referrals.return_for_more": RUNS,
    "child.referrals.sign_off": "manager",
    "child.referrals.waiting": RUNS,
    "child.referrer_told.told": f"{PRACTISE} coordinator deputy coordinator_elsewhere",
    "child.referrer_told.told_about": f"own police {NAMES_OF_AREA}",
    "child.protection.lift": "coordinator deputy",
    "child.protection.protect": "coordinator deputy",
    "child.protection.read_protection": "coordinator deputy",
    "child.restriction.lift": "coordinator deputy",
    "child.restriction.read_restriction": "coordinator deputy",
    "child.restriction.restrict": "coordinator deputy",
    "rights.retention.hold": ANSWERS_FOR,
    "rights.retention.lift_hold": ANSWERS_FOR,
    "rights.retention.retention_of": ANSWERS_FOR,
    "returns.return_csv.make_csv": FIGURES,
    "returns.return_differences.explain": FIGURES,
    "returns.return_excel.make_workbook": FIGURES,
    "returns.return_files.asked_for": FIGURES,
    "returns.return_files.to_send_out": FIGURES,
    "returns.return_lock.begin_correction": LEADS,
    "returns.return_lock.drop_correction": LEADS,
    "returns.return_lock.lock": LEADS,
    "returns.return_publication.publish": LEADS,
    "bring_in.population.bring_in": f"{LEADS} {KEEPS}",
    "bring_in.population.populations": f"{LEADS} {KEEPS}",
    "returns.return_report.make_word": FIGURES,
    "returns.return_report.make_pdf": FIGURES,
    "returns.returns.draft_return": FIGURES,
    "returns.returns.open_figure": NAMES_OF_AREA,
    "returns.returns.save_narrative": RUNS,
    "after_meeting.review_list.list_reviews": ANSWERS,
    "after_meeting.reviews.bring_forward": WRITES,
    "after_meeting.reviews.read_review": SEES,
    "after_meeting.reviews.vary": RUNS,
    "scores.scorings.compare_scores": SEES,
    "scores.scorings.override": RUNS,
    "scores.scorings.read_score": SEES,
    "scores.scorings.scores_of_child": SEES,
    "settings.change": KEEPS,
    "settings.in_force": EVERYBODY,
    "settings.standing": KEEPS,
    "rights.own_copy.begin": ANSWERS_FOR,
    "rights.own_copy.copies_of": ANSWERS_FOR,
    "rights.own_copy.copy_to_write": ANSWERS_FOR,
    "rights.own_copy.give_back": ANSWERS_FOR,
    "rights.own_copy.move": ANSWERS_FOR,
    "rights.own_copy.read_copy": ANSWERS_FOR,
    "rights.own_copy.send": ANSWERS_FOR,
    "rights.own_copy.strike": ANSWERS_FOR,
    "rights.own_copy_file.copy_as_pdf": ANSWERS_FOR,
    "rights.own_copy_file.copy_as_word": ANSWERS_FOR,
    "answers.submissions.read_submission": SEES,
    "answers.submissions.submit": STARTED_IT,
    "to_put_right.to_put_right": RUNS,
    "scores.weight_preview.preview": WEIGHTS,
    "scores.weight_sets.approve": WEIGHTS,
    "scores.weight_sets.withdraw": WEIGHTS,
    "scores.weight_use.use_of": WEIGHTS,
    "scores.weight_use.scores_made_with": ANSWERS,
    "scores.weight_sets.bring_in": WEIGHTS,
    "scores.weight_sets.weight_sets": WEIGHTS,
}
"""Call → who is not refused; a call that is two rights has a line for each, told apart behind a comma. Drafts are one's own, but for the assessment that several write (`add_row`, `open_draft`,
`take_out_row`). Whoever wrote a record of concern goes on with it, of any area."""


def calls() -> Iterator[tuple[str, set[str]]]:
    """Every public function of `data/`, as "module.function", and which of Actor, Reading and Writing it takes."""
    for found in pkgutil.walk_packages(data.__path__, "data."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                takes = {str(p.annotation) for p in inspect.signature(function).parameters.values()}
                yield f"{found.name.removeprefix('data.')}.{name}", takes & {"Actor", "Reading", "Writing"}
