"""What waits for a role besides forms and referrals, one entry to a list: papers, meetings, weights, returns, accounts.

To add a list, add its entry to `LISTS`. Each asks for a few rows that are this account's to act on, the most urgent first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from data import clock
from data.access.accounts import accounts_kept
from data.access.reach import meetings_reached
from data.accounts import ROLES
from data.actor import Actor, Reading
from data.quarters import Quarter
from data.sign_in import tries
from data.sign_in.confirmation import WHY, to_confirm, told_to
from data.waiting_list import Waits, waiting
from data.ways.pathway import MEETING_WAY, MINUTES_WAY
from data.ways.ways_beside import RETURN_WAY
from forms.kinds.date import in_words
from forms.meeting import CHAIRS
from forms.places import area_name

SHOWN = 25
SOON = datetime.timedelta(weeks=2)
LATE = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Waiting:
    """One thing to do, and the page where it is done."""

    words: str
    url_path: str
    about: dict[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    state: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class DayList:
    title: str
    roles: tuple[str, ...]
    empty: str
    """The sentence where nothing waits; without one the list is not shown then."""
    read: Callable[[Reading], list[Waiting]]


def my_day(actor: Actor) -> list[tuple[DayList, list[Waiting]]]:
    """The lists of the account's role, in one read."""
    with actor.reading() as work:
        return [(one, one.read(work)) for one in LISTS if work.account.role in one.roles]


def _papers(work: Reading) -> list[Waiting]:
    """Meetings this account is invited to, and for how many children its agency has still to answer."""
    rows = work.rows(
        "SELECT m.meeting_id, m.area, m.meets_on, m.state, count(i.item_id) AS children,"
        " count(i.item_id) FILTER (WHERE NOT EXISTS (SELECT 1 FROM agency_answer a WHERE a.item_id = i.item_id AND a.agency = $2))"
        f" AS unanswered FROM ({meetings_reached(work, 1)}) AS m"
        " LEFT JOIN agenda_item i ON i.meeting_id = m.meeting_id AND i.removed_reason IS NULL"
        " WHERE m.state IN ('papers_out', 'held')"
        f" GROUP BY m.meeting_id, m.area, m.meets_on, m.state ORDER BY m.meets_on LIMIT {SHOWN}",
        [work.account.account_id, work.account.agency],
    )
    return [
        Waiting(
            f"Papers for {in_words(row['meets_on'])}", "papers", {"meeting": row["meeting_id"]},
            (area_name(row["area"]), f"{row['unanswered']} of {row['children']} children without your agency's answer"),
            "Answer" if row["unanswered"] else "Answered",
            bool(row["unanswered"]) and row["meets_on"] <= clock.today(),
        )
        for row in rows
    ]  # fmt: skip


MEETING_NEXT = {
    "planned": "Send the papers out",
    "papers_out": "Hold the meeting",
    "held": "Agree the minutes",
}
MINUTES_NEXT = {
    "agreed": "Ask the chairs to sign the minutes",
    "correcting": "Agree the corrected minutes",
}


def _meetings(work: Reading) -> list[Waiting]:
    """The area's meetings whose next step is the coordinator's: those of the next two weeks, any that are past, and those whose
    minutes are being corrected or wait for the chairs."""
    rows = work.rows(
        "SELECT m.meeting_id, m.meets_on, m.state, v.state AS minutes FROM meeting m"
        " LEFT JOIN minutes_version v ON v.meeting_id = m.meeting_id AND v.state = ANY($4)"
        " WHERE m.area = $1 AND (m.state = ANY($2) AND m.meets_on <= $3 OR v.state IS NOT NULL)"
        f" ORDER BY m.meets_on LIMIT {SHOWN}",
        [work.account.area, list(MEETING_NEXT), clock.today() + SOON, list(MINUTES_NEXT)],
    )
    return [
        Waiting(
            f"Meeting of {in_words(row['meets_on'])}", "minutes" if row["minutes"] else "meeting", {"meeting": row["meeting_id"]},
            (MINUTES_NEXT[row["minutes"]] if row["minutes"] else MEETING_NEXT[row["state"]],),
            (MINUTES_WAY.state(row["minutes"]) if row["minutes"] else MEETING_WAY.state(row["state"])).words,
            not row["minutes"] and row["meets_on"] < clock.today(),
        )
        for row in rows
    ]  # fmt: skip


def _to_sign(work: Reading) -> list[Waiting]:
    """Agreed minutes that wait for this account's signature as a chair."""
    mine = " OR ".join(
        f"(m.chair_{chair}_account = $1 AND (m.chairs IS NULL OR '{chair}' = ANY(m.chairs))"
        f" AND NOT EXISTS (SELECT 1 FROM minutes_signature s WHERE s.minutes_version_id = v.minutes_version_id AND s.chair = '{chair}'))"
        for chair, _ in CHAIRS
    )
    rows = work.rows(
        "SELECT m.meeting_id, m.area, m.meets_on FROM meeting m JOIN minutes_version v ON v.meeting_id = m.meeting_id"
        f" WHERE v.state = 'agreed' AND ({mine}) ORDER BY m.meets_on LIMIT {SHOWN}",
        [work.account.account_id],
    )
    return [
        Waiting(
            f"Minutes of {in_words(row['meets_on'])}", "minutes", {"meeting": row["meeting_id"]},
            (area_name(row["area"]), "Read and sign as chair"), "Sign",
        )
        for row in rows
    ]  # fmt: skip


def _weight_sets(work: Reading) -> list[Waiting]:
    """Weight sets of the tracker that somebody else brought in, for a second person to read."""
    rows = work.rows(
        "SELECT w.weight_set_id, w.name, w.version FROM weight_set w JOIN weight_set_history h"
        " ON h.weight_set_id = w.weight_set_id AND h.revision = 1"
        " WHERE w.partnership = $1 AND w.status = 'provisional' AND h.recorded_by <> $2"
        f" ORDER BY h.recorded_at LIMIT {SHOWN}",
        [work.account.partnership_key, work.account.account_id],
    )
    return [
        Waiting(
            f"{row['name']}, version {row['version']}",
            "weight-preview",
            {"weights": row["weight_set_id"]},
            ("Read and approve",),
            "Provisional",
        )
        for row in rows
    ]


def _returns(work: Reading) -> list[Waiting]:
    """The return of the quarter that is over until it is locked, and any whose correction has been begun."""
    over = str(Quarter.of(clock.today()).before())
    rows = work.rows(
        "SELECT quarter, state FROM quarterly_return WHERE partnership = $1 AND (quarter = $2 OR state = 'correcting')"
        f" ORDER BY quarter LIMIT {SHOWN}",
        [work.account.partnership_key, over],
    )
    states = {row["quarter"]: row["state"] for row in rows}
    waiting = [quarter for quarter, state in states.items() if state == "correcting"]
    if over not in states:
        waiting.append(over)
    return [
        Waiting(
            f"Return of {quarter}", "quarterly-return", {"quarter": quarter},
            (f"The quarter ended on {in_words(Quarter.parse(quarter).last)}",),
            RETURN_WAY.state(states[quarter]).words if quarter in states else "To check and lock",
        )
        for quarter in waiting
    ]  # fmt: skip


def _locked_out(work: Reading) -> list[Waiting]:
    """Accounts that are locked out now: told by the audit of the last while, and asked of the door itself."""
    own, parameters = accounts_kept(work, 2)
    rows = work.rows(
        "SELECT DISTINCT a.account_id, a.username, a.name FROM audit u JOIN account a ON a.account_id = u.account_id"
        f" WHERE u.action = 'sign-in locked' AND u.happened_at > $1 AND {own} ORDER BY a.username LIMIT {SHOWN}",
        [clock.now() - tries.LOCKED_FOR, *parameters],
    )
    return [
        Waiting(
            row["name"],
            "account-details",
            {"account": row["account_id"]},
            (row["username"],),
            "Locked out",
            is_late=True,
        )
        for row in rows
        if tries.is_locked(work.connection, row["username"])
    ]


def _to_confirm(work: Reading) -> list[Waiting]:
    return [
        Waiting(
            row["name"], "account-details", {"account": row["account_id"]},
            (ROLES[row["role"]], f"By {row['by']}", f"Since {in_words(clock.day_of(row['recorded_at']))}"), "To confirm",
            clock.now() - row["recorded_at"] > LATE,
        )
        for row in to_confirm(work)
    ]  # fmt: skip


def _told_of_accounts(work: Reading) -> list[Waiting]:
    return [
        Waiting(
            row["name"], "new-accounts", {},
            (ROLES[row["role"]], WHY.get(row["confirmation_why"] or "", ""), f"By {row['by']}"), "Look at it",
            clock.now() - row["recorded_at"] > LATE,
        )
        for row in told_to(work)
    ]  # fmt: skip


def _also_waiting(work: Reading) -> list[Waiting]:
    return [_in_words(one) for one in waiting(work) if one.is_mine]


def _left_or_late(work: Reading) -> list[Waiting]:
    return [_in_words(one) for one in waiting(work) if not one.is_mine]


def _in_words(one: Waits) -> Waiting:
    kind = one.kind
    about = {"child": one.child_id or ""} if kind.parameter == "child" else {kind.parameter: one.about}
    days = (clock.today() - one.since).days
    age = "today" if days < 1 else "1 day" if days == 1 else f"{days:,} days"
    whom = one.person or kind.waits_for
    return Waiting(
        f"{kind.words}: {one.name}" if one.name else kind.words,
        kind.url_path,
        about if kind.parameter else {},
        (f"Since {in_words(one.since)} ({age})", *(() if one.is_mine else (f"Waits for {whom}",))),
        "Nobody is there to do it" if one.is_gone else "Late" if one.is_late else "",
        one.is_gone or one.is_late,
    )


LISTS = (
    DayList("Late, or left by somebody", ("coordinator", "manager", "administrator"), "", _left_or_late),
    DayList("Also waiting for you", ("coordinator", "manager"), "", _also_waiting),
    DayList("Accounts to confirm", ("administrator",), "", _to_confirm),
    DayList("Accounts to look at", ("manager",), "", _told_of_accounts),
    DayList(
        "Accounts locked out", ("administrator",), "Nobody is locked out. Locks end by themselves after a while.", _locked_out
    ),
    DayList("Returns to lock", ("partnership_lead",), "No return waits for you.", _returns),
    DayList(
        "Papers to read and answer", ("practitioner", "meeting_member"),
        "No papers. A meeting you are invited to appears here when its papers go out.", _papers,
    ),
    DayList("Minutes to sign", ("coordinator", "manager", "practitioner", "meeting_member"), "", _to_sign),
    DayList("Meetings", ("coordinator",), "No meeting needs anything within two weeks.", _meetings),
    DayList(
        "Weight sets to approve", ("coordinator", "manager", "administrator"), "No weight set waits for a second person.",
        _weight_sets,
    ),
)  # fmt: skip
"""In the order in which they are shown; a list with something late goes before those without."""
