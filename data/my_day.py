"""What waits for a role besides forms and referrals, one entry to a list: papers, meetings, weights, returns, accounts.

To add a list, add its entry to `LISTS`. Each asks for a few rows that are this account's to act on, the most urgent first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from data import clock
from data.access.restricted import left_out
from data.actor import Actor, Reading
from data.quarters import Quarter
from data.sign_in import tries
from data.ways.pathway import MEETING_WAY, MINUTES_WAY
from data.ways.ways_beside import OWN_COPY_WAY, RETURN_WAY
from forms.kinds.date import in_words
from forms.meeting import CHAIRS
from forms.places import area_name

SHOWN = 25
SOON = datetime.timedelta(weeks=2)


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
        " AS unanswered FROM invitation v JOIN meeting m ON m.meeting_id = v.meeting_id"
        " LEFT JOIN agenda_item i ON i.meeting_id = m.meeting_id AND i.removed_reason IS NULL"
        " WHERE v.account_id = $1 AND v.withdrawn_on IS NULL AND m.state IN ('papers_out', 'held')"
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
            f"{row['name']}, version {row['version']}", "weights", {}, ("Read and approve",), "Provisional"
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
    rows = work.rows(
        "SELECT DISTINCT a.account_id, a.username, a.name FROM audit u JOIN account a ON a.account_id = u.account_id"
        " WHERE u.action = 'sign-in locked' AND u.happened_at > $1"
        f" ORDER BY a.username LIMIT {SHOWN}",
        [clock.now() - tries.LOCKED_FOR],
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


ONE_MONTH = datetime.timedelta(days=30)
"""Within which a child is given their copy (UK GDPR article 12)."""


def _own_copies(work: Reading) -> list[Waiting]:
    """Requests for a child's own copy in the area, the longest waiting first, each in its state."""
    states = [state.key for state in OWN_COPY_WAY.states if state.owner]
    rows = work.rows(
        "SELECT o.own_copy_id, o.child_id, c.name, o.state, o.requested_on FROM own_copy o JOIN child c ON c.child_id = o.child_id"
        f" WHERE o.area = $1 AND o.state = ANY($2) ORDER BY o.requested_on, o.own_copy_id LIMIT {SHOWN}",
        [work.account.area, states],
    )
    return [
        Waiting(
            f"Own copy: {row['name']}", "own-copy", {"copy": row["own_copy_id"]},
            (f"Asked for on {in_words(row['requested_on'])}",),
            OWN_COPY_WAY.state(row["state"]).words,
            row["requested_on"] + ONE_MONTH < clock.today(),
        )
        for row in left_out(work, rows)
    ]  # fmt: skip


LISTS = (
    DayList(
        "Accounts locked out", ("administrator",), "Nobody is locked out. Locks end by themselves after a while.", _locked_out
    ),
    DayList("Returns to lock", ("partnership_lead",), "No return waits for you.", _returns),
    DayList(
        "Papers to read and answer", ("practitioner", "meeting_member"),
        "No papers. A meeting you are invited to appears here when its papers go out.", _papers,
    ),
    DayList("Minutes to sign", ("coordinator", "manager", "practitioner", "meeting_member"), "", _to_sign),
    DayList("Children's own copies", ("coordinator", "manager"), "", _own_copies),
    DayList("Meetings", ("coordinator",), "No meeting needs anything within two weeks.", _meetings),
    DayList(
        "Weight sets to approve", ("coordinator", "manager", "administrator"), "No weight set waits for a second person.",
        _weight_sets,
    ),
)  # fmt: skip
"""In the order in which they are shown; a list with something late goes before those without."""
