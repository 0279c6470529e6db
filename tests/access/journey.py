"""One child's journey: everybody with what they were given about the child, what ends it, and what each opens after that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from data import clock
from data.actor import Actor
from data.after_meeting import actions
from data.answers import answer_history
from data.answers.submissions import read_submission, submit
from data.child import child_search, children, links
from data.concern import concerns
from data.database.records import ACCOUNT, ACTION, EPISODE
from data.database.schema import form_table
from data.database.store import Store
from data.meeting import agendas, invitations, meeting_keeping
from data.refusal import Problems, Refused
from forms.child import CHILD
from tests.concern.typed import a_concern
from tests.factories import MADE, a_child, a_link, a_referral, an_account, an_episode
from tests.filled_in import a_written_assessment
from tests.meetings.made import a_meeting

NAME, ADDRESS, SINCE = "Zzyzx", "1 Former Road", "2 Secret Road"
ADULT = "Qqyzx of Made-Up Road"
DAYS = datetime.timedelta

OPENS = {
    "child": "c", "child as it stood": "p", "adults of concern": "s", "action": "a", "meeting": "m", "search": "f",
    "record of concern": "k",
}  # fmt: skip
"""What is tried, and its letter in the table."""

PEOPLE = (
    "writer", "asked", "owner", "member", "invited", "member_invited", "coordinator", "manager", "lead", "administrator",
)  # fmt: skip
"""`writer` wrote the assessment and a record of concern; `asked` was asked to contribute; `owner` and `member` have an
action; `invited` and `member_invited` are invited to the meeting."""

TABLE = """
                     writer  asked  owner  member  invited  member_invited  coordinator  manager  lead  administrator
given                csafk   caf    caf    a       camf     cam             csamfk       csamfk   -     -
action ended         csafk   caf    a      a       camf     cam             csamfk       csamfk   -     -
area changed         -       -      -      -       -        -               -            -        -     -
agency changed       -       -      -      -       -        -               csamfk       csamfk   -     -
role changed         -       -      -      -       -        -               -            -        -     -
suspended            -       -      -      -       -        -               -            -        -     -
ended by coordinator k       -      -      -       camf     cam             csamfk       csamfk   -     -
invitation withdrawn csafk   caf    caf    a       -        -               csamfk       csamfk   -     -
episode closed       csafk   caf    caf    a       camf     cam             csamfk       csamfk   -     -
closed 91 days ago   k       -      caf    a       camf     cam             csamfk       csamfk   -     -
referred again       csafk   caf    caf    a       camf     cam             csamfk       csamfk   -     -
moved away           psk     p      caf    a       camf     cam             psamk        psamk    -     -
""".strip().splitlines()
"""By step, what each person opens. Whoever has open work (an ongoing action) keeps the child; a former area reads what was its
own until the move (p)."""

STEPS = tuple(line[:21].strip() for line in TABLE[1:])
EXPECTED = {
    line[:21].strip(): dict(zip(PEOPLE, (cell.strip("-") for cell in line[21:].split()), strict=True))
    for line in TABLE[1:]
}
OTHER_ROLE = {"member": "practitioner", "member_invited": "practitioner"}


class Journey:
    """A child of Liverpool, whose episode is open, and everybody with what they were given about the child."""

    def __init__(self, store: Store) -> None:
        self.store = store
        lead = {"area": None, "agency": None, "partnership": "pan_merseyside"}
        self.people = {
            "writer": an_account(store),
            "asked": an_account(store, agency="education"),
            "owner": an_account(store, agency="health"),
            "member": an_account(store, "meeting_member", agency="health"),
            "invited": an_account(store, agency="youth_justice"),
            "member_invited": an_account(store, "meeting_member", agency="education"),
            "coordinator": an_account(store, "coordinator"),
            "manager": an_account(store, "manager"),
            "lead": an_account(store, "partnership_lead", **lead),
            "administrator": an_account(store, "administrator"),
        }
        self.coordinator = an_account(store, "coordinator")
        self.child_id = a_child(store, name=f"{NAME} Made-Up", address=ADDRESS)
        self.episode_id = an_episode(store, self.child_id)
        self.record_id = self._assessment()
        links.ask_to_contribute(self.coordinator, self.child_id, self.people["asked"].account_id)
        self.actions = {who: self._action(who) for who in ("owner", "member")}
        self.meeting_id = a_meeting(self.coordinator)
        agendas.add(self.coordinator, self.meeting_id, [self.episode_id])
        asked = [self.people[who].account_id for who in ("invited", "member_invited")]
        invitations.invite(self.coordinator, self.meeting_id, asked)
        meeting_keeping.move(self.coordinator, self.meeting_id, "send papers")
        self.concern_id = a_concern(self.people["writer"])

    def _assessment(self) -> str:
        writer, officer = self.people["writer"], an_account(self.store, agency="police")
        for who in (writer, officer):
            a_link(self.store, self.child_id, who)
        sensitive = {"unsafe_relationships": "yes", "adults_of_concern": ADULT}
        return submit(writer, a_written_assessment(writer, officer, self.child_id, **sensitive))

    def _action(self, who: str) -> str:
        action_id = clock.new_id()
        record = {
            "action_id": action_id, "child_id": self.child_id, "agency": "health", "action": "Made-up visit", "state": "ongoing",
            "episode_id": self.episode_id, "owner_account_id": self.people[who].account_id,
        }  # fmt: skip
        self.save(ACTION, record)
        return action_id

    def save(self, table: Any, record: dict[str, Any]) -> None:
        with Actor(self.store, "operator").writing() as work:
            work.save(table, record, MADE)

    def everybody(self, **changed: Any) -> None:
        for actor in self.people.values():
            self.save(ACCOUNT, {"account_id": actor.account_id, **changed})

    def take(self, step: str) -> None:
        """What happens to them, or to the child."""
        if step == "action ended":
            for action_id in self.actions.values():
                self.save(ACTION, {"action_id": action_id, "state": "completed", "closed_on": clock.today()})
        elif step == "area changed":
            self.everybody(area="wirral")
        elif step == "agency changed":
            self.everybody(agency="voluntary_sector")
        elif step == "role changed":
            for who, actor in self.people.items():
                role = "meeting_member" if who in ("writer", "asked", "owner", "invited") else "practitioner"
                self.save(ACCOUNT, {"account_id": actor.account_id, "role": role})
        elif step == "suspended":
            self.everybody(is_suspended=True)
        elif step == "ended by coordinator":
            for who in ("writer", "asked", "owner", "member"):
                links.end_access(
                    self.coordinator, self.child_id, self.people[who].account_id, "A made-up reason"
                )
        elif step == "invitation withdrawn":
            for who in ("invited", "member_invited"):
                invitations.withdraw(self.coordinator, self.meeting_id, self.people[who].account_id)
        elif step == "episode closed":
            self.close(clock.today())
        elif step == "closed 91 days ago":
            self.long_since_closed()
        elif step == "referred again":
            self.long_since_closed()
            a_referral(self.store, self.child_id, state="submitted", decided_on=None)
        elif step == "moved away":
            self.close(clock.today())
            self.move()
        else:
            assert step == "given"

    def close(self, day: datetime.date) -> None:
        closed = {"episode_id": self.episode_id, "closed_on": day, "closure_reason": "risk_reduced"}
        self.save(EPISODE, closed)

    def long_since_closed(self) -> None:
        """Everything was given a hundred days ago, and the episode closed nine days later."""
        with Actor(self.store, "operator").writing() as work:
            work.connection.run(
                "UPDATE child_link SET recorded_at = $1 WHERE child_id = $2",
                [work.at - DAYS(100), self.child_id],
            )
        self.close(clock.today() - DAYS(91))

    def move(self) -> None:
        """To Wirral, where another area writes what Liverpool is not to read."""
        moved = {
            "record_id": self.child_id, "child_area": "wirral", "area": "wirral", "address": SINCE, "name": f"{NAME} Secret",
        }  # fmt: skip
        self.save(form_table(CHILD), moved)

    def opened(self, who: str) -> str:
        """The letters of what this person opens now."""
        actor = self.people[who]
        tried: dict[str, Callable[[], bool]] = {
            "child": lambda: children.read_child(actor, self.child_id).heading.until is None,
            "child as it stood": lambda: self._reads_what_stood(actor),
            "adults of concern": lambda: ADULT in repr(read_submission(actor, "assessment", self.record_id)),
            "action": lambda: bool(actions.read_action(actor, self.actions.get(who, self.actions["owner"]))),
            "meeting": lambda: bool(meeting_keeping.read_meeting(actor, self.meeting_id)),
            "search": lambda: self._finds(actor),
            "record of concern": lambda: bool(concerns.read_concern(actor, self.concern_id)),
        }
        return "".join(OPENS[what] for what, call in tried.items() if _is_given(call))

    def _reads_what_stood(self, actor: Actor) -> bool:
        page = children.read_child(actor, self.child_id)
        if page.heading.until is None:
            return False
        assert ADDRESS in repr(page)
        assert SINCE not in repr(page)
        assert f"{NAME} Secret" not in repr(page)
        own = read_submission(actor, "child", self.child_id)
        assert SINCE not in repr(own)
        assert own.latest_revision == 1
        with pytest.raises(Problems, match="no such revision"):
            read_submission(actor, "child", self.child_id, revision=2)
        assert SINCE not in repr(answer_history.in_submission(actor, "child", self.child_id))
        answer_history.in_submission(actor, "assessment", self.record_id)
        return True

    def _finds(self, actor: Actor) -> bool:
        found = child_search.search(actor, NAME).children
        return self.child_id in [row["child_id"] for row in found]


def _is_given(call: Callable[[], bool]) -> bool:
    try:
        return call()
    except (Refused, Problems):
        return False


@contextmanager
def after(store: Store, step: str) -> Iterator[Journey]:
    journey = Journey(store)
    journey.take(step)
    yield journey
