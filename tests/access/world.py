"""A child of Liverpool with one of everything, one of everybody, and every call of `tests.access.rules` upon them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data import (
    account_keeping,
    actions,
    agency_answers,
    agendas,
    agreements,
    anomalies,
    attendance,
    audit_entries,
    child_search,
    children,
    clock,
    cohort,
    cohort_import,
    documents,
    drafts,
    invitations,
    links,
    meeting_documents,
    meeting_keeping,
    meetings,
    minuting,
    my_work,
    opened_draft,
    referrals,
    return_csv,
    return_excel,
    returns,
    scorings,
    since_last_time,
    submissions,
    weight_sets,
)
from data.actor import Actor
from data.audit_entries import Asked
from data.cohort_workbook import Workbook
from data.quarters import Quarter
from data.schema import ACCOUNT, ACTION
from data.store import Store
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.referral import REFERRAL
from forms.screening import SCREENING
from tests.factories import (
    MADE,
    a_child,
    a_link,
    a_referral,
    a_submission,
    an_account,
    an_episode,
    the_operator,
)
from tests.filled_in import a_sent_tracker, on
from tests.meetings.made import SIGNS

NAME = "Zzyzx"
"""Of every child of this world, and of nothing else."""

HERE = "liverpool"
REASON = "Made-up reason"


class World:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = everybody(store)
        own, self.newcomer = self.people["own"], an_account(store)
        self.child_id = a_child(store, name=f"{NAME} Made-Up", linked_to=own)
        for linked in ("police", "suspended", "changed"):
            a_link(store, self.child_id, self.people[linked])
        self.record_id = a_submission(store, "screening", self.child_id, explanation="Made-up")
        self.before, self.after = (
            a_sent_tracker(own, self.child_id, occasion=o) for o in ("referral", "meeting")
        )
        self.referred_id = a_child(store, name=f"{NAME} Referred", linked_to=own)
        for linked in ("police", "suspended", "changed"):
            a_link(store, self.referred_id, self.people[linked])
        self.referrals = [
            a_referral(
                store,
                self.referred_id,
                state=state,
                decided_on=None,
                referred_by=self.people["changed"].account_id,
            )
            for state in ("submitted", "submitted", "submitted", "awaiting_sign_off", "returned")
        ]
        self.sit()
        self.drafts()
        self.revoke()

    def sit(self) -> None:
        """The child is on the agenda of a meeting whose papers are out; another is planned, and one is for moving."""
        coordinator = self.people["coordinator"]
        self.episode_id = an_episode(self.store, self.child_id)
        self.open_episodes = [an_episode(self.store, a_child(self.store, name=f"{NAME} {n}")) for n in "ABC"]
        today = {"meets_on": on(clock.today()), "place": "Made-up room"}
        self.meeting_id, self.planned_id, self.to_move_id = (
            meeting_keeping.plan(coordinator, today) for _ in range(3)
        )
        agendas.add(coordinator, self.meeting_id, [self.episode_id])
        agendas.add(coordinator, self.planned_id, self.open_episodes[:2])
        self.item_id = f"{self.meeting_id}:{self.episode_id}"
        self.to_remove, self.to_order = (f"{self.planned_id}:{one}" for one in self.open_episodes[:2])
        invited = [self.people[person].account_id for person in ("invited", "member_invited")]
        self.uninvited = an_account(self.store, "meeting_member")
        invitations.invite(coordinator, self.meeting_id, [*invited, self.uninvited.account_id])
        meeting_keeping.move(coordinator, self.meeting_id, "send papers")
        self.attendance_id = attendance.sign(coordinator, self.meeting_id, SIGNS)
        attendance.sign(coordinator, self.meeting_id, SIGNS)
        self.minutes = str(minuting.open_child(coordinator, self.item_id).draft_id)

    def drafts(self) -> None:
        own = self.people["own"]
        self.own_draft, self.to_send, self.new_child, self.shared = (
            drafts.start_draft(own, SCREENING, self.child_id),
            drafts.start_draft(own, SCREENING, self.child_id, corrects=self.record_id),
            drafts.start_draft(own, CHILD),
            drafts.start_draft(own, ASSESSMENT, self.child_id),
        )
        drafts.start_draft(self.people["changed"], SCREENING, self.child_id)
        self.row_id = drafts.add_row(own, self.shared, "chronology")
        with own.writing() as work:
            for n in (1, 2):
                action = {"action_id": f"action{n}", "child_id": self.child_id, "agency": "social_care"}
                work.save(ACTION, {**action, "state": "ongoing", "episode_id": self.episode_id}, MADE)

    def revoke(self) -> None:
        with self.people["own"].writing() as work:
            for who, change in (
                ("suspended", {"is_suspended": True}),
                ("changed", {"role": "administrator", "partnership": "pan_merseyside"}),
            ):
                work.save(ACCOUNT, {"account_id": self.people[who].account_id, **change}, MADE)

    def about_the_child(self) -> dict[str, Callable[[Actor], Any]]:
        """Calls that read or write the record of this one child."""
        child = self.child_id
        return {
            "agency_answers.answer": lambda a: agency_answers.answer(a, self.item_id, False, None),
            "audit_entries.who_has_seen": lambda a: audit_entries.who_has_seen(a, child),
            "children.heading": lambda a: children.heading(a, child),
            "children.read_child": lambda a: children.read_child(a, child),
            "documents.submission_as_word": lambda a: documents.submission_as_word(
                a, "screening", self.record_id
            ),
            "drafts.add_row": lambda a: drafts.add_row(a, self.shared, "chronology"),
            "drafts.read_draft": lambda a: drafts.read_draft(a, self.own_draft),
            "drafts.save_answer": lambda a: drafts.save_answer(a, self.own_draft, "strong_01", "yes"),
            "drafts.start_draft": lambda a: drafts.start_draft(a, REFERRAL, child),
            "drafts.take_out_row": lambda a: drafts.take_out_row(a, self.shared, "chronology", self.row_id),
            "links.ask_to_contribute": lambda a: links.ask_to_contribute(a, child, self.newcomer.account_id),
            "links.practitioners_to_ask": lambda a: links.practitioners_to_ask(a, child),
            "meetings.start": lambda a: meetings.start(a, self.episode_id),
            "minuting.missing": lambda a: minuting.missing(a, self.minutes),
            "minuting.open_child": lambda a: minuting.open_child(a, self.item_id),
            "opened_draft.open_draft": lambda a: opened_draft.open_draft(a, self.shared),
            "referrals.problem_before_starting": lambda a: referrals.problem_before_starting(a, child),
            "scorings.compare_scores": lambda a: scorings.compare_scores(a, self.before, self.after),
            "scorings.override": lambda a: scorings.override(a, self.after, "high", REASON),
            "scorings.read_score": lambda a: scorings.read_score(a, self.after),
            "scorings.scores_of_child": lambda a: scorings.scores_of_child(a, child),
            "since_last_time.since_last_time": lambda a: since_last_time.since_last_time(a, self.episode_id),
            "submissions.check_draft": lambda a: submissions.check_draft(a, self.own_draft),
            "submissions.read_submission": lambda a: submissions.read_submission(
                a, "screening", self.record_id
            ),
            # and last, what leaves nothing to do for the next
            "submissions.submit": lambda a: submissions.submit(a, self.to_send),
            "drafts.discard_draft": lambda a: drafts.discard_draft(a, self.own_draft),
            "actions.complete": lambda a: actions.complete(a, "action1"),
            "actions.give_up": lambda a: actions.give_up(a, "action2", REASON),
            "minuting.go_on": lambda a: minuting.go_on(a, self.item_id, REASON),
        }

    def about_lists(self) -> dict[str, Callable[[Actor], Any]]:
        """Calls that list children, or print or count several."""
        today, quarter = clock.today(), Quarter.of(clock.today())
        return {
            "agency_answers.answers": lambda a: agency_answers.answers(a, self.meeting_id),
            "agendas.read_agenda": lambda a: agendas.read_agenda(a, self.meeting_id),
            "child_search.search": lambda a: child_search.search(a, NAME),
            "cohort.children_listed": lambda a: cohort.children_listed(a, HERE, today, "open"),
            "cohort.read_cohort": lambda a: cohort.read_cohort(a, (HERE,), today),
            "drafts.open_drafts": lambda a: drafts.open_drafts(a),
            "meeting_documents.minutes_as_word": lambda a: meeting_documents.minutes_as_word(
                a, self.meeting_id
            ),
            "my_work.my_work": lambda a: my_work.my_work(a),
            "referrals.returned_to": lambda a: referrals.returned_to(a),
            "referrals.waiting": lambda a: referrals.waiting(a, HERE),
            "return_csv.make_csv": lambda a: return_csv.make_csv(a, quarter, [HERE]),
            "return_excel.make_workbook": lambda a: return_excel.make_workbook(a, quarter, [HERE]),
            "returns.draft_return": lambda a: returns.draft_return(a, quarter, [HERE]),
            "returns.open_figure": lambda a: returns.open_figure(a, quarter, HERE, 2, "total"),
        }

    def about_others(self) -> dict[str, Callable[[Actor], Any]]:
        """Referrals of another child, the meeting, and one's own."""
        today = clock.today()
        to_accept, to_decline, to_return, to_sign_off, _ = self.referrals
        planned, quarter = self.planned_id, Quarter.of(today)
        return {
            "child_search.matches_of_draft": lambda a: child_search.matches_of_draft(a, self.new_child),
            "child_search.say_another_child": lambda a: child_search.say_another_child(a, self.new_child),
            "referrals.read_referral": lambda a: referrals.read_referral(a, to_accept),
            "referrals.sign_off": lambda a: referrals.sign_off(a, to_sign_off),
            "referrals.decline": lambda a: referrals.decline(a, to_decline, today, REASON),
            "referrals.return_for_more": lambda a: referrals.return_for_more(a, to_return, today, REASON),
            "referrals.accept": lambda a: referrals.accept(a, to_accept, today),
            "agendas.add": lambda a: agendas.add(a, planned, self.open_episodes[2:]),
            "agendas.put_at": lambda a: agendas.put_at(a, self.to_order, 1),
            "agendas.remove": lambda a: agendas.remove(a, self.to_remove, REASON),
            "attendance.attending": lambda a: attendance.attending(a, self.meeting_id),
            "attendance.sign": lambda a: attendance.sign(a, self.meeting_id, SIGNS),
            "attendance.take_out": lambda a: attendance.take_out(a, self.attendance_id, REASON),
            "invitations.invitations_of": lambda a: invitations.invitations_of(a),
            "invitations.invite": lambda a: invitations.invite(a, planned, [self.uninvited.account_id]),
            "invitations.invited": lambda a: invitations.invited(a, self.meeting_id),
            "invitations.people_to_invite": lambda a: invitations.people_to_invite(a, self.meeting_id),
            "invitations.withdraw": lambda a: invitations.withdraw(
                a, self.meeting_id, self.uninvited.account_id
            ),
            "meeting_keeping.change": lambda a: meeting_keeping.change(
                a, planned, {"meets_on": on(today), "place": "Another made-up room"}
            ),
            "meeting_keeping.meetings": lambda a: meeting_keeping.meetings(a),
            "meeting_keeping.move": lambda a: meeting_keeping.move(a, self.to_move_id, "cancel", REASON),
            "meeting_keeping.plan": lambda a: meeting_keeping.plan(
                a, {"meets_on": on(today), "place": "Made-up room"}
            ),
            "meeting_keeping.read_meeting": lambda a: meeting_keeping.read_meeting(a, self.meeting_id),
            "cohort_import.import_cohort": lambda a: cohort_import.import_cohort(a, Workbook()),
            "returns.save_narrative": lambda a: returns.save_narrative(a, quarter, HERE, 2, "Made-up words"),
        }

    def about_accounts(self) -> dict[str, Callable[[Actor], Any]]:
        target, nobody = self.newcomer.account_id, {"name": ""}
        return {
            "account_keeping.accounts": lambda a: account_keeping.accounts(a),
            "account_keeping.change": lambda a: account_keeping.change(a, target, nobody, 1),
            "account_keeping.end_sessions": lambda a: account_keeping.end_sessions(a, target),
            "account_keeping.give_first_password": lambda a: account_keeping.give_first_password(a, target),
            "account_keeping.invite": lambda a: account_keeping.invite(a, nobody),
            "account_keeping.read_account": lambda a: account_keeping.read_account(a, target),
            "account_keeping.suspend": lambda a: account_keeping.suspend(a, target),
            "account_keeping.bring_back": lambda a: account_keeping.bring_back(a, target),
            "account_keeping.unlock": lambda a: account_keeping.unlock(a, target),
            "agreements.agreements": lambda a: agreements.agreements(a, HERE),
            "agreements.record_agreement": lambda a: agreements.record_agreement(
                a, HERE, "police", "1 2 2026"
            ),
            "anomalies.anomalies": lambda a: anomalies.anomalies(a),
            "audit_entries.account_named": lambda a: audit_entries.account_named(a, "nobody"),
            "audit_entries.actions": lambda a: audit_entries.actions(a),
            "audit_entries.check_chain": lambda a: audit_entries.check_chain(a),
            "audit_entries.entries": lambda a: audit_entries.entries(a, Asked()),
            "audit_entries.head_now": lambda a: audit_entries.head_now(a),
            "weight_sets.approve": lambda a: weight_sets.approve(a, "no such set"),
            "weight_sets.bring_in": lambda a: weight_sets.bring_in(
                a, "nothing", name="Made-Up", version="1", source="Nobody"
            ),
            "weight_sets.weight_sets": lambda a: weight_sets.weight_sets(a),
        }

    def calls(self) -> dict[str, Callable[[Actor], Any]]:
        """All of them, those that end something after those that look at it."""
        return self.about_lists() | self.about_others() | self.about_accounts() | self.about_the_child()

    def entries(self) -> int:
        with self.people["operator"].reading() as work:
            return int(work.value("SELECT count(*) FROM audit"))

    def refusals(self) -> dict[str, int]:
        """How many are in the audit, by person."""
        with self.people["operator"].reading() as work:
            counted = work.rows(
                "SELECT account_id, count(*) AS refused FROM audit WHERE action LIKE 'refused: %' GROUP BY account_id"
            )
        names = {actor.account_id: person for person, actor in self.people.items()}
        return {names[row["account_id"]]: row["refused"] for row in counted}


def everybody(store: Store) -> dict[str, Actor]:
    """One account for each of `tests.access.rules.PEOPLE`."""
    lead = {"area": None, "agency": None}
    return {
        "own": an_account(store),
        "other": an_account(store),
        "police": an_account(store, agency="police"),
        "invited": an_account(store, agency="police"),
        "elsewhere": an_account(store, area="wirral"),
        "coordinator": an_account(store, "coordinator", name="Kim Coordinator"),
        "coordinator_elsewhere": an_account(store, "coordinator", area="wirral"),
        "manager": an_account(store, "manager"),
        "manager_police": an_account(store, "manager", agency="police"),
        "manager_elsewhere": an_account(store, "manager", area="wirral"),
        "member": an_account(store, "meeting_member"),
        "member_invited": an_account(store, "meeting_member", agency="health"),
        "lead": an_account(store, "partnership_lead", **lead, partnership="pan_merseyside"),
        "lead_elsewhere": an_account(store, "partnership_lead", **lead, partnership="sheffield"),
        "administrator": an_account(store, "administrator"),
        "suspended": an_account(store),
        "changed": an_account(store),
        "operator": the_operator(store),
    }
