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
STARTED_IT = "own"
OPENS = f"{PRACTISE} {ANSWERS}"
EVERYBODY = " ".join(person for person in PEOPLE if person != "suspended")

MAY = {
    "account_keeping.accounts": KEEPS,
    "account_keeping.bring_back": KEEPS,
    "account_keeping.change": KEEPS,
    "account_keeping.end_sessions": KEEPS,
    "account_keeping.give_first_password": KEEPS,
    "account_keeping.invite": KEEPS,
    "account_keeping.read_account": KEEPS,
    "account_keeping.suspend": KEEPS,
    "account_keeping.unlock": KEEPS,
    "actions.complete": f"own {RUNS}",
    "actions.give_up": f"own {RUNS}",
    "agency_answers.answer": f"invited member_invited {RUNS}",
    "agency_answers.answers": SEES_MEETING,
    "agendas.add": RUNS,
    "agendas.put_at": RUNS,
    "agendas.read_agenda": SEES_MEETING,
    "agendas.remove": RUNS,
    "agreements.agreements": KEEPS,
    "agreements.record_agreement": KEEPS,
    "anomalies.anomalies": KEEPS,
    "attendance.attending": SEES_MEETING,
    "attendance.sign": RUNS,
    "attendance.take_out": RUNS,
    "audit_entries.account_named": KEEPS,
    "audit_entries.actions": KEEPS,
    "audit_entries.check_chain": KEEPS,
    "audit_entries.entries": KEEPS,
    "audit_entries.head_now": KEEPS,
    "audit_entries.who_has_seen": "coordinator deputy manager manager_police",
    "child_search.matches_of_draft": STARTED_IT,
    "child_search.say_another_child": STARTED_IT,
    "child_search.search": LISTS,
    "children.heading": SEES,
    "children.read_child": SEES,
    "cohort.children_listed": NAMES_OF_AREA,
    "cohort.read_cohort": FIGURES,
    "cohort_import.import_cohort": f"coordinator_elsewhere {RUNS}",
    "disclosures.disclosures": ANSWERS,
    "disclosures.start_usual": WRITES,
    "disclosures.usual_for": WRITES,
    "documents.submission_as_word": SEES,
    "drafts.add_row": WRITES,
    "drafts.discard_draft": STARTED_IT,
    "drafts.open_drafts": LISTS,
    "drafts.read_draft": STARTED_IT,
    "drafts.save_answer": STARTED_IT,
    "drafts.start_draft": WRITES,
    "drafts.take_out_row": WRITES,
    "emergency.open_record": OPENS,
    "emergency.openings": ANSWERS,
    "emergency.review": "manager manager_police",
    "invitations.invitations_of": f"{PRACTISE} member member_invited",
    "invitations.invite": RUNS,
    "invitations.invited": SEES_MEETING,
    "invitations.people_to_invite": RUNS,
    "invitations.withdraw": RUNS,
    "links.ask_to_contribute": WRITES,
    "links.practitioners_to_ask": SEES,
    "meeting_documents.minutes_as_word": NAMES_OF_AREA,
    "meeting_keeping.change": RUNS,
    "meeting_keeping.meetings": ANSWERS,
    "meeting_keeping.move": RUNS,
    "meeting_keeping.plan": f"coordinator_elsewhere {RUNS}",
    "meeting_keeping.read_meeting": SEES_MEETING,
    "meetings.start": RUNS,
    "minuting.go_on": RUNS,
    "minuting.missing": f"invited {RUNS}",
    "minuting.open_child": f"invited {RUNS}",
    "my_work.my_work": EVERYBODY,
    "opened_draft.open_draft": WRITES,
    "referrals.accept": RUNS,
    "referrals.decline": RUNS,
    "referrals.problem_before_starting": SEES,
    "referrals.read_referral": f"own police {NAMES_OF_AREA}",
    "referrals.return_for_more": RUNS,
    "referrals.returned_to": LISTS,
    "referrals.sign_off": "manager",
    "referrals.waiting": RUNS,
    "restriction.lift": "coordinator deputy",
    "restriction.read_restriction": "coordinator deputy",
    "restriction.restrict": "coordinator deputy",
    "return_csv.make_csv": FIGURES,
    "return_excel.make_workbook": FIGURES,
    "returns.draft_return": FIGURES,
    "returns.open_figure": NAMES_OF_AREA,
    "returns.save_narrative": RUNS,
    "scorings.compare_scores": SEES,
    "scorings.override": RUNS,
    "scorings.read_score": SEES,
    "scorings.scores_of_child": SEES,
    "since_last_time.since_last_time": SEES,
    "submissions.check_draft": STARTED_IT,
    "submissions.read_submission": SEES,
    "submissions.submit": STARTED_IT,
    "weight_sets.approve": WEIGHTS,
    "weight_sets.bring_in": WEIGHTS,
    "weight_sets.weight_sets": WEIGHTS,
}
"""Call → who is not refused. Drafts are one's own, but for the assessment that several write (`add_row`, `open_draft`,
`take_out_row`) and the minutes (`missing`)."""

INSIDE = {
    "agency_answers.agencies_of_meeting", "assessments.agencies_of", "assessments.take_effect", "attendance.signed",
    "child_search.likely_matches", "child_search.take_effect", "draft_beginning.begin", "draft_beginning.open_already",
    "draft_beginning.save_first", "draft_reading.checked_draft", "draft_reading.draft_now", "draft_reading.name_of",
    "draft_reading.rows_of", "draft_reading.standing_answers", "draft_reading.whole_draft",
    "emergency.not_reviewed", "invitations.people_invited", "links.link", "measures.reckoning.children_behind", "measures.reckoning.reckon",
    "measures.themes.themes", "meeting_keeping.found", "meeting_keeping.is_signed", "meeting_keeping.meeting_to_run",
    "meeting_keeping.on_the_agenda", "meetings.begin_minutes", "meetings.latest_assessment", "meetings.take_effect",
    "minuting.recorded", "referrals.is_repeat", "referrals.latest_screening", "referrals.take_effect",
    "restriction.names_of",
    "returns.draft_in", "scorings.take_effect", "scorings.weights_now", "scorings.weights_of", "submissions.about",
    "submissions.submission_of", "submissions.submissions_of_child", "submissions.submit_in", "views.note_view",
}  # fmt: skip
"""Parts of a call above: they take its reading or writing, and no page may name them. The rules themselves
(`data/access…`, `check_can_…`, `can_…`) are not listed."""

WITH_CHILDREN = "practitioner coordinator manager meeting_member"

PAGES = {
    "account": f"{WITH_CHILDREN} partnership_lead administrator",
    "account-change": "administrator",
    "account-details": "administrator",
    "accounts": "administrator",
    "agreements": "administrator",
    "audit": "administrator",
    "bring-in": "coordinator",
    "child": WITH_CHILDREN,
    "children": "practitioner coordinator manager",
    "cohort": "coordinator manager partnership_lead",
    "disclosures": "coordinator manager",
    "emergencies": "coordinator manager",
    "emergency": "practitioner coordinator manager",
    "figure": "coordinator manager",
    "form": "practitioner coordinator meeting_member",
    "invite": "administrator",
    "meeting": "coordinator manager",
    "meeting-members": "coordinator manager",
    "meetings": "coordinator manager",
    "minuting": "practitioner coordinator meeting_member",
    "my-work": WITH_CHILDREN,
    "papers": "practitioner meeting_member",
    "quarterly-return": "coordinator manager partnership_lead",
    "referral": "practitioner coordinator manager",
    "referrals": "coordinator",
    "restriction": "coordinator",
    "score": "practitioner coordinator manager",
    "signing-in": "coordinator",
    "submission": WITH_CHILDREN,
    "weights": "coordinator manager administrator",
    "who-has-seen": "coordinator manager",
}
"""Address → the roles to which the page exists."""


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
