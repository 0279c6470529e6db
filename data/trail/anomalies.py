"""What stands out in a week of the audit trail, each as a sentence with counts for a person to ask about.

None of it is proof of wrong. No sentence names a child; thresholds are dated, so that a past week reads as it did then.
"""

from __future__ import annotations

import datetime
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from data import clock
from data.access.accounts import check_can_read_audit
from data.access.emergency import LOOKS_AN_HOUR, TOO_OFTEN
from data.access.name_questions import ASKED_TOO_OFTEN
from data.actor import Actor, Reading, as_stored
from data.clock import UK
from data.database.engine import Row
from data.names import plain
from data.trail.audit_entries import IS_A_VIEW, name_of
from data.trail.views import note_view
from forms.kinds.date import in_words

WEEK = datetime.timedelta(days=7)
WEEKEND = (5, 6)


@dataclass(frozen=True)
class Thresholds:
    since: datetime.date
    many_children: int
    """So many different children or more …"""
    within: datetime.timedelta
    """… in so short a time."""
    opens: int
    closes: int
    """Working hours, in the United Kingdom's time: from `opens` until before `closes`, Monday to Friday."""
    reviewed_within: datetime.timedelta = datetime.timedelta(days=3)
    """How long a record opened in an emergency may wait for a manager's review."""
    refused_sign_ins: int = 10
    """So many refused sign-ins or more in the week, of one account or of user names that there are not."""


THRESHOLDS = (Thresholds(datetime.date(2026, 1, 1), 20, datetime.timedelta(hours=1), 7, 20),)
"""The latest that had begun holds. Ours, to be set by the partnership: no source names figures."""


@dataclass(frozen=True)
class Anomaly:
    account_id: str
    kind: str
    children: int
    sentence: str


@dataclass(frozen=True)
class Week:
    """The seven days up to a moment, with who looked at whom and when."""

    until: datetime.datetime
    thresholds: Thresholds
    looks: Mapping[str, list[tuple[datetime.datetime, str]]]
    """Account id → (minute, child's id) in order."""
    names: Mapping[str, str]
    own: Mapping[str, set[str]]
    """Account id → children whose last name or postcode is the account's."""
    not_reviewed: tuple[Row, ...] = ()
    """Records opened in an emergency, however long ago, that wait too long for review: account_id, name, openings, children, first."""
    too_often: tuple[Row, ...] = ()
    """Who looked for more records in an emergency than an hour allows: account_id, name, times, first."""
    asked_too_often: tuple[Row, ...] = ()
    """Who asked whether more children are known than an hour allows (`data.access.name_questions`): the same columns."""
    not_appropriate: tuple[Row, ...] = ()
    """Whose openings a manager found not appropriate in the week: account_id, name, times, children, first."""
    refused: tuple[Row, ...] = ()
    """At the door, by account ("nobody" for a user name that there is not): account_id, name, times, first."""


def anomalies(actor: Actor, until: datetime.datetime | None = None) -> list[Anomaly]:
    """Of the seven days before `until` (now, unless given), by kind and name."""
    until = until or clock.now()
    with actor.writing() as work:
        check_can_read_audit(work)
        note_view(work, "anomalies read", None)
        week = _week(work, until)
    return [anomaly for find in KINDS for anomaly in find(week)]


def thresholds_on(day: datetime.date) -> Thresholds:
    begun = [t for t in THRESHOLDS if t.since <= day] or THRESHOLDS[:1]
    return max(begun, key=lambda t: t.since)


@as_stored
def _week(work: Reading, until: datetime.datetime) -> Week:
    during = (
        f"FROM audit WHERE child_id IS NOT NULL AND happened_at > $1 AND happened_at <= $2 AND {IS_A_VIEW}"
    )
    rows = work.rows(
        "SELECT l.*, a.name FROM (SELECT DISTINCT account_id, child_id, date_trunc('minute', happened_at) AS minute"
        f" {during}) AS l JOIN account a ON a.account_id = l.account_id ORDER BY l.minute, l.child_id",
        [until - WEEK, until],
    )
    pairs = work.rows(
        "SELECT l.account_id, l.child_id, a.name, a.postcode, c.name AS child_name, c.postcode AS child_postcode"
        f" FROM (SELECT DISTINCT account_id, child_id {during}) AS l"
        " JOIN account a ON a.account_id = l.account_id JOIN child c ON c.child_id = l.child_id",
        [until - WEEK, until],
    )
    looks: dict[str, list[tuple[datetime.datetime, str]]] = defaultdict(list)
    own: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in rows:
        looks[row["account_id"]].append((row["minute"], row["child_id"]))
        names[row["account_id"]] = name_of(row)
    for pair in pairs:
        if _is_own(pair):
            own[pair["account_id"]].add(pair["child_id"])
    in_order = dict(sorted(looks.items(), key=lambda item: (names[item[0]].lower(), item[0])))
    thresholds = thresholds_on(until.astimezone(UK).date())
    waiting = work.rows(
        "SELECT o.account_id, a.name, count(*) AS openings, count(DISTINCT o.child_id) AS children,"
        " min(o.opened_at) AS first FROM opening o JOIN account a ON a.account_id = o.account_id"
        " WHERE o.opened_at <= $1 AND (o.reviewed_at IS NULL OR o.reviewed_at > $2)"
        " GROUP BY o.account_id, a.name ORDER BY lower(a.name), o.account_id",
        [until - thresholds.reviewed_within, until],
    )
    not_appropriate = work.rows(
        "SELECT o.account_id, a.name, count(*) AS times, count(DISTINCT o.child_id) AS children,"
        " min(o.reviewed_at) AS first FROM opening o JOIN account a ON a.account_id = o.account_id"
        " WHERE o.state = 'not_appropriate' AND o.reviewed_at > $1 AND o.reviewed_at <= $2"
        " GROUP BY o.account_id, a.name ORDER BY lower(a.name), o.account_id",
        [until - WEEK, until],
    )
    refused = work.rows(
        "SELECT e.account_id, a.name, count(*) AS times, min(e.happened_at) AS first FROM audit e"
        " LEFT JOIN account a ON a.account_id = e.account_id"
        " WHERE e.action = 'sign-in refused' AND e.happened_at > $1 AND e.happened_at <= $2"
        " GROUP BY e.account_id, a.name HAVING count(*) >= $3 ORDER BY lower(a.name), e.account_id",
        [until - WEEK, until, thresholds.refused_sign_ins],
    )
    return Week(
        until,
        thresholds,
        in_order,
        names,
        own,
        tuple(waiting),
        _refused(work, f"refused: {TOO_OFTEN}", until),
        _refused(work, ASKED_TOO_OFTEN, until),
        tuple(not_appropriate),
        tuple(refused),
    )


def _refused(work: Reading, action: str, until: datetime.datetime) -> tuple[Row, ...]:
    """Who was refused this during the week, how often, and when first."""
    return tuple(
        work.rows(
            "SELECT e.account_id, a.name, count(*) AS times, min(e.happened_at) AS first FROM audit e"
            " JOIN account a ON a.account_id = e.account_id"
            " WHERE e.action = $1 AND e.happened_at > $2 AND e.happened_at <= $3"
            " GROUP BY e.account_id, a.name ORDER BY lower(a.name), e.account_id",
            [action, until - WEEK, until],
        )
    )


def _is_own(pair: Row) -> bool:
    same_postcode = _squeezed(pair["postcode"]) and _squeezed(pair["postcode"]) == _squeezed(
        pair["child_postcode"]
    )
    last_names = [plain(name).split()[-1:] for name in (pair["name"] or "", pair["child_name"] or "")]
    return bool(same_postcode or (last_names[0] and last_names[0] == last_names[1]))


def _squeezed(postcode: str | None) -> str:
    return "".join((postcode or "").split()).upper()


def own_family(week: Week) -> Iterator[Anomaly]:
    """Surname and postcode in one sentence, so that the administrator learns neither of the child."""
    for account_id in week.looks:
        children = week.own.get(account_id)
        if children:
            yield Anomaly(
                account_id, "own family", len(children),
                f"{week.names[account_id]} looked at {_children(len(children))} with their own last name or postcode.",
            )  # fmt: skip


def many_children(week: Week) -> Iterator[Anomaly]:
    within = week.thresholds.within
    for account_id, looks in week.looks.items():
        most, begun = _most_at_once(looks, within)
        if most >= week.thresholds.many_children:
            minutes = int(within.total_seconds() // 60)
            yield Anomaly(
                account_id, "many children", most,
                f"{week.names[account_id]} looked at {_children(most)} within {minutes} minutes, from {_at(begun)}.",
            )  # fmt: skip


def _most_at_once(
    looks: list[tuple[datetime.datetime, str]], within: datetime.timedelta
) -> tuple[int, datetime.datetime]:
    """The most different children in any time so long, and when that time began."""
    recent: deque[tuple[datetime.datetime, str]] = deque()
    times: dict[str, int] = defaultdict(int)
    most, begun = 0, looks[0][0]
    for minute, child_id in looks:
        recent.append((minute, child_id))
        times[child_id] += 1
        while minute - recent[0][0] >= within:
            _, gone = recent.popleft()
            times[gone] -= 1
            if not times[gone]:
                del times[gone]
        if len(times) > most:
            most, begun = len(times), recent[0][0]
    return most, begun


def out_of_hours(week: Week) -> Iterator[Anomaly]:
    opens, closes = week.thresholds.opens, week.thresholds.closes
    for account_id, looks in week.looks.items():
        late = [
            (at, child_id) for at, child_id in looks if _is_out_of_hours(at.astimezone(UK), opens, closes)
        ]
        if late:
            children = len({child_id for _, child_id in late})
            yield Anomaly(
                account_id, "out of hours", children,
                f"{week.names[account_id]} looked at {_children(children)} outside {opens}:00 to {closes}:00 or at the "
                f"weekend, first at {_at(late[0][0])}.",
            )  # fmt: skip


def opened_without_review(week: Week) -> Iterator[Anomaly]:
    """Break glass that nobody looked at: the manager's review is what makes it safe to have."""
    days = week.thresholds.reviewed_within.days
    for row in week.not_reviewed:
        times = "once" if row["openings"] == 1 else f"{row['openings']} times"
        yield Anomaly(
            row["account_id"], "emergency without review", row["children"],
            f"{name_of(row)} opened a record in an emergency {times}, and no manager has reviewed it within {days} days; "
            f"the first was at {_at(row['first'])}.",
        )  # fmt: skip


def looked_too_often(week: Week) -> Iterator[Anomaly]:
    """Somebody who tries names at the door that is meant for emergencies."""
    for row in week.too_often:
        times = "once" if row["times"] == 1 else f"{row['times']:,} times"
        yield Anomaly(
            row["account_id"], "emergency too often", 0,
            f"{name_of(row)} was refused {times} because they looked for more than {LOOKS_AN_HOUR} records in an emergency "
            f"within an hour, first at {_at(row['first'])}.",
        )  # fmt: skip


def found_not_appropriate(week: Week) -> Iterator[Anomaly]:
    """Break glass that a manager found wrong: somebody has to speak with the person."""
    for row in week.not_appropriate:
        times = "once" if row["times"] == 1 else f"{row['times']:,} times"
        yield Anomaly(
            row["account_id"], "emergency not appropriate", row["children"],
            f"{name_of(row)} opened a record in an emergency {times} where a manager found it not appropriate, first at "
            f"{_at(row['first'])}.",
        )  # fmt: skip


def refused_sign_ins(week: Week) -> Iterator[Anomaly]:
    """Somebody who tries passwords slowly enough not to be locked out, or user names one after the other."""
    for row in week.refused:
        whose = (
            f"for {name_of(row)}" if row["account_id"] != "nobody" else "for user names that there are not"
        )
        yield Anomaly(
            row["account_id"], "sign-ins refused", 0,
            f"{row['times']:,} sign-ins {whose} were refused, first at {_at(row['first'])}.",
        )  # fmt: skip


def asked_too_often(week: Week) -> Iterator[Anomaly]:
    """Somebody who tries names to learn who is known where."""
    for row in week.asked_too_often:
        times = "once" if row["times"] == 1 else f"{row['times']:,} times"
        yield Anomaly(
            row["account_id"], "asked too often", 0,
            f"{name_of(row)} was not answered {times} because they asked by name or number about more than {LOOKS_AN_HOUR} "
            f"children who are not theirs to open within an hour, first at {_at(row['first'])}.",
        )  # fmt: skip


def _is_out_of_hours(at: datetime.datetime, opens: int, closes: int) -> bool:
    return at.weekday() in WEEKEND or not opens <= at.hour < closes


def _children(number: int) -> str:
    return "1 child" if number == 1 else f"{number:,} children"


def _at(instant: datetime.datetime) -> str:
    there = instant.astimezone(UK)
    return f"{there:%H:%M} on {in_words(there.date())}"


KINDS: tuple[Callable[[Week], Iterator[Anomaly]], ...] = (
    own_family,
    many_children,
    out_of_hours,
    opened_without_review,
    looked_too_often,
    found_not_appropriate,
    refused_sign_ins,
    asked_too_often,
)
