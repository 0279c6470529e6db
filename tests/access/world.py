"""A child of Liverpool with one of everything, and one of everybody. What they may do is `tests.access.rules`."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from typing import Any

from data import clock
from data.actor import Actor
from data.after_meeting import flags
from data.answers import disputes, drafts
from data.child import emergency
from data.database.records import ACCOUNT, ACTION, FLAG
from data.database.store import Store
from data.meeting import agendas, attendance, chairs, invitations, meeting_keeping, minuting
from data.quarters import Quarter
from data.returns.return_document import fingerprint
from data.returns.returns import draft_return
from data.rights import deletion, own_copy
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.screening import SCREENING
from tests.accounts.test_keeping_accounts import as_typed
from tests.concern.typed import (
    A_PLACE,
    a_concern,
    a_link_to,
    a_measure,
    a_nomination,
    a_nomination_moved,
    an_nrm_at,
)
from tests.factories import (
    MADE,
    a_child,
    a_discussion,
    a_link,
    a_period_is_set,
    a_referral,
    a_submission,
    an_account,
    an_episode,
    long_ago,
    the_operator,
)
from tests.filled_in import A_FLAG, A_REQUEST, A_SCREENING, a_sent_tracker, on
from tests.meetings.made import SIGNS, quorum_signs
from tests.returns.made import QUARTER, lock
from tests.scoring.test_weight_sets_in_use import brought_in

NAME = "Zzyzx"
"""Of every child of this world, and of nothing else."""

HERE = "liverpool"
IN_DANGER = "9990000018"
AN_EMERGENCY = {"nhs_number": IN_DANGER, "reason": "Made-up danger", "lawful_basis": "vital_interests"}
REASON = "Made-up reason"
A_DISPUTE = {"kind": "correction", "disputed_by": "child", "words": "Made-up words"}


MORE_IDS = (
    "before", "after", "to_remove", "to_order", "minutes", "own_draft", "to_send", "new_child", "shared", "to_withdraw",
    "to_refuse", "asked_for", "carried_out", "to_decide", "to_turn_down", "decided",
)  # fmt: skip

Calls = dict[str, Callable[[Actor], Any]]
"""By "module.function". What ends something comes after what looks at it."""


class World:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = everybody(store)
        own, self.newcomer = self.people["own"], an_account(store)
        self.child_id = a_child(store, name=f"{NAME} Made-Up", linked_to=own)
        for linked in ("police", "suspended", "changed"):
            a_link(store, self.child_id, self.people[linked])
        self.record_id = a_submission(store, "screening", self.child_id, **A_SCREENING)
        shared = {"decision": "shared", "decided_on": clock.today(), "to_organisation": "Made-Up Rail"}
        a_submission(store, "disclosure", self.child_id, by=own, **shared)
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
        self.in_danger_id, self.to_restrict_id = (
            a_child(store, name=f"{NAME} {name}", nhs_number=number)
            for name, number in (("Danger", IN_DANGER), ("R", None))
        )
        self.sit()
        self.agree()
        self.drafts()
        self.beside()
        self.concern()
        self.opening_id = an_opening(self.newcomer)
        self.weights = brought_in(self.people["administrator"])
        self.as_typed = as_typed(username="newcomer", agency="social_care")
        self.locked, self.to_lock = QUARTER, Quarter.parse("2025-26 Q4")
        lock(self.people["lead"])
        self.to_confirm_id = an_account(
            store, confirmation="waiting", confirmation_asked_by=self.newcomer.account_id
        ).account_id
        self.told_of_id = an_account(store, confirmation="told").account_id
        helper = an_account(store, agency="education")
        a_link(store, self.child_id, helper)
        self.helper_id = helper.account_id
        self.without_manager_id = a_referral(
            store, self.referred_id, state="awaiting_sign_off", decided_on=None, referring_agency="health"
        )
        self.revoke()

    def seen(self) -> str:
        """The draft to be locked, as its lead reads it now: calls before have moved its figures."""
        return fingerprint(draft_return(self.people["lead"], self.to_lock))

    def sit(self) -> None:
        """The child is on the agenda of a meeting whose papers are out; another is planned, and one is for moving."""
        coordinator = self.people["coordinator"]
        met = clock.today() - datetime.timedelta(days=7)
        self.episode_id = an_episode(self.store, self.child_id, opened_on=met)
        a_discussion(self.store, self.episode_id, self.child_id, meeting_date=met)
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
        quorum_signs(coordinator, self.meeting_id)
        self.minutes = str(minuting.open_child(coordinator, self.item_id).draft_id)

    def agree(self) -> None:
        """Minutes that wait for their chairs: the `manager`, named as an account, and an officer known by name only."""
        coordinator = self.people["coordinator"]
        episode_id = an_episode(self.store, a_child(self.store, name=f"{NAME} Agreed"))
        self.agreed_id = meeting_keeping.plan(
            coordinator, {"meets_on": on(clock.today()), "place": "Made-up room"}
        )
        agendas.add(coordinator, self.agreed_id, [episode_id])
        meeting_keeping.move(coordinator, self.agreed_id, "send papers")
        chairs.name_chair(coordinator, self.agreed_id, "social_care", self.people["manager"].account_id)
        chairs.name_chair(coordinator, self.agreed_id, "police", name="Chair Made-Up")
        quorum_signs(coordinator, self.agreed_id)
        minuting.go_on(coordinator, f"{self.agreed_id}:{episode_id}", "Not reached in the time")
        for name in ("hold", "agree"):
            meeting_keeping.move(coordinator, self.agreed_id, name)

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
            for n in (1, 2, 3):
                action = {
                    "action_id": f"action{n}",
                    "child_id": self.child_id,
                    "agency": "social_care",
                    "action": "Made-up visit",
                }
                work.save(ACTION, {**action, "state": "ongoing", "episode_id": self.episode_id}, MADE)

    def beside(self) -> None:
        """What is kept beside the forms: flags, an NRM referral, a dispute, deletions that wait for a second person."""
        coordinator, deputy = self.people["coordinator"], self.people["deputy"]
        self.flag_id = flags.place(coordinator, self.child_id, A_FLAG)
        gone = {"flag_id": "flag1", "about": "child", "about_id": self.child_id, "system": "police"}
        with coordinator.writing() as work:
            work.save(FLAG, {**gone, "state": "removed", "expires_on": clock.today()}, MADE)
        self.nrm_id = an_nrm_at(coordinator, self.child_id, "referred")
        self.dispute_id = disputes.raise_dispute(self.people["own"], "screening", self.record_id, A_DISPUTE)
        self.copy_id = own_copy.begin(coordinator, self.child_id, A_REQUEST)
        self.line = own_copy.read_copy(coordinator, self.copy_id).parts[0].lines[0].place
        self.to_send_copy = {}
        for person in ("coordinator", "deputy", "manager", "manager_police"):
            to_send = own_copy.begin(coordinator, self.child_id, A_REQUEST)
            own_copy.move(coordinator, to_send, "ask for approval")
            own_copy.move(self.people["manager"], to_send, "approve")
            self.to_send_copy[self.people[person].account_id] = to_send
        a_period_is_set(self.store)
        with long_ago():
            self.to_delete_id, *due = (a_child(self.store, name=f"{NAME} {n}") for n in "TUVWXYZ")
        self.to_withdraw, self.to_refuse, self.asked_for, self.carried_out, *to_carry_out = (
            deletion.ask(deputy, one, REASON) for one in due
        )
        managers = [self.people[person].account_id for person in ("manager", "manager_police")]
        self.to_carry_out = dict(zip(managers, to_carry_out, strict=True))
        deletion.carry_out(self.people["manager"], self.carried_out)

    def concern(self) -> None:
        """A person of concern who is linked to the child: `own` wrote the record."""
        own, coordinator = self.people["own"], self.people["coordinator"]
        self.concern_id, self.other_concern_id = (a_concern(own, name=f"Person Made-Up {n}") for n in "AB")
        self.place_id = a_concern(coordinator, A_PLACE, label_for_return=REASON)
        self.concern_link_id = a_link_to(coordinator, self.concern_id, self.child_id)
        self.to_decide, self.to_turn_down = (a_nomination(coordinator, self.concern_id) for _ in range(2))
        self.decided = a_nomination_moved(coordinator, "accept", concern_id=self.concern_id)
        self.measure_id = a_measure(coordinator, self.concern_id)

    def revoke(self) -> None:
        with self.people["own"].writing() as work:
            for who, change in (
                ("suspended", {"is_suspended": True}),
                ("changed", {"role": "administrator", "partnership": "pan_merseyside"}),
            ):
                work.save(ACCOUNT, {"account_id": self.people[who].account_id, **change}, MADE)

    def of_nothing(self) -> World:
        """The same world by addresses that somebody made up: each id stands for nothing."""
        made_up = copy.copy(self)
        for name in vars(self):
            if name.endswith("_id") or name in MORE_IDS:
                setattr(made_up, name, clock.new_id())
        made_up.item_id = f"{made_up.meeting_id}:{made_up.episode_id}"
        made_up.referrals = [clock.new_id() for _ in self.referrals]
        made_up.to_carry_out, made_up.to_send_copy = {}, {}
        return made_up

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


def an_opening(actor: Actor) -> str:
    """Opens the child in danger in an emergency; gives the id of the opening."""
    emergency.open_record(actor, AN_EMERGENCY)
    with actor.reading() as work:
        newest = "SELECT opening_id FROM opening WHERE account_id = $1 ORDER BY opening_id DESC LIMIT 1"
        return str(work.value(newest, [actor.account_id]))


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
        "deputy": an_account(store, "coordinator"),
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
