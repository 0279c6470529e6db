"""What lets a person reach a child besides the area they answer for: a link, an action, an invitation; and when each ends.

Part of the one rule in `data.access.rule`. Every ending follows from what is recorded, at the moment it is asked, so that
none waits for a job to run. The same SQL serves the check of one record, the lists, and the coordinator's overview.
Source: access.md, “Need to know”; trust.md, “Access that ends”.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data import clock
from data.actor import EVER, IS_ANOTHER_POST, Reading
from data.database.engine import Row
from data.database.table import RecordTable
from data.ways.pathway import REFERRAL_WAY
from forms.places import AREAS, PARTNERSHIPS
from forms.settings import BY_KEY

DAYS_AFTER_CLOSING = "access_days_after_closing"
"""Key of the setting: how long a link outlasts the closing of the child's episode."""

BY_ACTION, BY_INVITATION = "has an action", "is invited to the meeting"
"""Why somebody reaches a child, besides what a link says."""

OF_ANOTHER_AREA: Row = {
    "name": "A child of another area", "date_of_birth": None, "lead_practitioner_name": None,
    "lead_practitioner_agency": None,
}  # fmt: skip

_UNDECIDED = ", ".join(f"'{state.key}'" for state in REFERRAL_WAY.states if state.owner)

AREAS_NOW = (
    "SELECT area FROM child WHERE child_id = {0}"
    f" UNION ALL SELECT area FROM referral WHERE child_id = {{0}} AND state IN ({_UNDECIDED})"
    " UNION ALL SELECT area FROM episode WHERE child_id = {0} AND closed_on IS NULL"
)
"""The areas that answer for a child now: where the child lives, and where a referral is undecided or an episode open. An
area whose episode is closed and from which the child moved away is a former one."""

CHILDREN_OF_AREA = (
    "SELECT child_id FROM child WHERE area = {0}"
    f" UNION ALL SELECT child_id FROM referral WHERE area = {{0}} AND state IN ({_UNDECIDED})"
    " UNION ALL SELECT child_id FROM episode WHERE area = {0} AND closed_on IS NULL"
)
"""The same from the area: the children for whom it answers now."""

IN_POST_SINCE = (
    f"(SELECT coalesce(max(h.recorded_at), TIMESTAMPTZ '{EVER.isoformat()}') FROM account_history h"
    " JOIN account_history b ON b.account_id = h.account_id AND b.revision = h.revision - 1"
    f" WHERE h.account_id = {{0}} AND ({IS_ANOTHER_POST}))"
)
"""`Reading.in_post_since` of an account in a query."""


@dataclass(frozen=True)
class Whose:
    """The account that a condition is about, as SQL: the one that asks, or each of a joined table."""

    account_id: str
    area: str
    since: str
    was_another: bool = True
    """May it have had another role, agency or area before?"""


EVERY_ACCOUNT = Whose("a.account_id", "a.area", IN_POST_SINCE.format("a.account_id"))
"""Each of the table `account a`."""


def mine(work: Reading, at: int) -> Whose:
    """The account that asks; its id is parameter `at`. Area and instant are no words of anybody's and stand as they are."""
    area = work.account.area
    if area is not None and area not in dict(AREAS):
        raise ValueError(f"account {work.account.account_id} is of no area that there is")
    since = work.in_post_since
    return Whose(
        f"${at}", f"'{area}'" if area else "NULL", f"TIMESTAMPTZ '{since.isoformat()}'", since > EVER
    )


def link_is_fresh(whose: Whose) -> str:
    """A condition on `child_link l`: it was not ended and was given to the post that the person has, and since then neither
    did the child move out of the person's area nor an episode close."""
    return f"{_is_given(whose)} AND {_did_not_move(whose)} AND {_NO_EPISODE_CLOSED}"


def link_holds(whose: Whose, cutoff: str, *, also_moved: bool = False) -> str:
    """A condition on `child_link l`: it gives access. It ends by itself with the person's post, when the child moves out of
    the person's area (unless `also_moved`), and some days after the episode closed, unless there is open work.

    `cutoff` comes from `cutoffs`.
    """
    moved = "true" if also_moved else _did_not_move(whose)
    return f"{_is_given(whose)} AND {moved} AND ({_NO_EPISODE_CLOSED} OR {_has_open_work(cutoff)})"


def _is_given(whose: Whose) -> str:
    return f"l.ended_on IS NULL AND l.recorded_at > {whose.since}"


def _did_not_move(whose: Whose) -> str:
    """The child did not move out of the person's area since, or the area still answers for the child."""
    return (
        f"(l.child_id IN ({CHILDREN_OF_AREA.format(whose.area)}) OR NOT EXISTS (SELECT 1 FROM child_history h"
        " JOIN child_history b ON b.record_id = h.record_id AND b.revision = h.revision - 1"
        f" WHERE h.record_id = l.child_id AND h.recorded_at > l.recorded_at AND b.area = {whose.area}"
        f" AND h.area <> {whose.area}))"
    )


_NO_EPISODE_CLOSED = (
    "NOT EXISTS (SELECT 1 FROM episode e WHERE e.child_id = l.child_id"
    " AND e.closed_on >= CAST(l.recorded_at AT TIME ZONE 'Europe/London' AS date))"
)
"""Since the link was given: a link that is given after the closing does not end by it."""


def _has_open_work(cutoff: str) -> str:
    """An episode is open or closed of late, a referral undecided, or the person has a draft about the child. An ongoing
    action opens the record by itself."""
    return (
        "EXISTS (SELECT 1 FROM episode e WHERE e.child_id = l.child_id"
        f" AND (e.closed_on IS NULL OR e.closed_on >= {cutoff}))"
        f" OR EXISTS (SELECT 1 FROM referral r WHERE r.child_id = l.child_id AND r.state IN ({_UNDECIDED}))"
        " OR EXISTS (SELECT 1 FROM draft d WHERE d.child_id = l.child_id AND d.started_by = l.account_id"
        " AND d.state = 'open')"
    )


def action_is_given(whose: Whose) -> str:
    """A condition on `action t`: it was given to the post that the person has, whether it is still ongoing or not."""
    if not whose.was_another:
        return f"t.owner_account_id = {whose.account_id}"
    return (
        f"t.owner_account_id = {whose.account_id} AND EXISTS (SELECT 1 FROM action_history h LEFT JOIN action_history b"
        " ON b.action_id = h.action_id AND b.revision = h.revision - 1 WHERE h.action_id = t.action_id"
        f" AND h.owner_account_id = t.owner_account_id AND h.recorded_at > {whose.since}"
        " AND b.owner_account_id IS DISTINCT FROM h.owner_account_id)"
    )


def invitation_holds(whose: Whose) -> str:
    """A condition on `invitation v`: not withdrawn, and given to the post that the person has."""
    return f"v.account_id = {whose.account_id} AND v.withdrawn_on IS NULL AND v.recorded_at > {whose.since}"


def linked_children(work: Reading, at: int) -> str:
    """Ids of the children this account, parameter `at`, is linked to or has an ongoing action about: a subquery."""
    whose = mine(work, at)
    return (
        "SELECT l.child_id FROM child_link l"
        f" WHERE l.account_id = {whose.account_id} AND {link_holds(whose, cutoffs(work))}"
        f" UNION ALL SELECT t.child_id FROM action t WHERE t.state = 'ongoing' AND {action_is_given(whose)}"
    )


def _papers_are_out(account_id: str) -> str:
    """A condition on `meeting m`: those invited reach its children, from papers out until the minutes are agreed; a chair
    until they are signed."""
    return (
        "(m.state IN ('papers_out', 'held') OR m.state = 'agreed'"
        f" AND {account_id} IN (m.chair_social_care_account, m.chair_police_account) AND EXISTS"
        " (SELECT 1 FROM minutes_version s WHERE s.meeting_id = m.meeting_id AND s.state = 'agreed'))"
    )


def meetings_reached(work: Reading, at: int) -> str:
    """The meetings that this account, parameter `at`, is invited to and whose papers it may read: a subquery."""
    whose = mine(work, at)
    return (
        "SELECT m.* FROM invitation v JOIN meeting m ON m.meeting_id = v.meeting_id"
        f" WHERE {invitation_holds(whose)} AND {_papers_are_out(whose.account_id)}"
    )


def invited_children(work: Reading, at: int) -> str:
    """Ids of the children on the agendas of these meetings: a subquery."""
    return (
        f"SELECT i.child_id FROM agenda_item i JOIN ({meetings_reached(work, at)}) AS m"
        " ON m.meeting_id = i.meeting_id WHERE i.removed_reason IS NULL"
    )


def everybody_who_reaches(work: Reading) -> str:
    """Every account that reaches a child by these, whoever asks: child_id, account_id, why, about (the id of the link,
    action or meeting), since: a subquery."""
    works = "a.role IN ('practitioner', 'meeting_member') AND NOT a.is_suspended"
    return (
        "SELECT l.child_id, a.account_id, l.why, l.link_id AS about, l.recorded_at AS since"
        " FROM child_link l JOIN account a ON a.account_id = l.account_id"
        f" WHERE a.role = 'practitioner' AND NOT a.is_suspended AND {link_holds(EVERY_ACCOUNT, cutoffs(work))}"
        f" UNION ALL SELECT t.child_id, a.account_id, '{BY_ACTION}', t.action_id, t.recorded_at"
        " FROM action t JOIN account a ON a.account_id = t.owner_account_id"
        f" WHERE {works} AND t.state = 'ongoing' AND {action_is_given(EVERY_ACCOUNT)}"
        f" UNION ALL SELECT i.child_id, a.account_id, '{BY_INVITATION}', m.meeting_id, v.recorded_at"
        " FROM invitation v JOIN account a ON a.account_id = v.account_id"
        " JOIN meeting m ON m.meeting_id = v.meeting_id"
        " JOIN agenda_item i ON i.meeting_id = m.meeting_id AND i.removed_reason IS NULL"
        f" WHERE {works} AND {invitation_holds(EVERY_ACCOUNT)} AND {_papers_are_out('a.account_id')}"
    )


def answered_until(work: Reading, child_id: str) -> datetime.datetime | None:
    """When the account's area ceased to answer for the child: the latest of the child's move out of it, the closing of its
    last episode and the decision on its last referral. None when it never answered, or the account is of no area."""
    row = work.row(
        "SELECT max(ended) AS ended, max(CASE WHEN is_move THEN ended END) AS moved FROM ("
        "SELECT h.recorded_at AS ended, true AS is_move FROM child_history h"
        " JOIN child_history b ON b.record_id = h.record_id AND b.revision = h.revision - 1"
        " WHERE h.record_id = $1 AND b.area = $2 AND h.area <> $2"
        " UNION ALL SELECT h.recorded_at, false FROM episode_history h LEFT JOIN episode_history b"
        " ON b.episode_id = h.episode_id AND b.revision = h.revision - 1"
        " WHERE h.child_id = $1 AND h.area = $2 AND h.closed_on IS NOT NULL AND b.closed_on IS NULL"
        " UNION ALL SELECT h.recorded_at, false FROM referral_history h LEFT JOIN referral_history b"
        " ON b.referral_id = h.referral_id AND b.revision = h.revision - 1"
        f" WHERE h.child_id = $1 AND h.area = $2 AND h.state NOT IN ({_UNDECIDED})"
        f" AND coalesce(b.state, 'submitted') IN ({_UNDECIDED})) AS endings",
        [child_id, work.account.area],
    )
    if row is None or row["ended"] is None:
        return None
    ended: datetime.datetime = row["ended"]
    # the move itself, with the new address, is no longer the area's, whatever else was recorded with it
    return ended - datetime.timedelta(microseconds=1) if ended == row["moved"] else ended


def is_linked_but_for_the_move(work: Reading, child_id: str) -> bool:
    """Does a link of this account hold, apart from the child's having moved out of its area?"""
    whose = mine(work, 1)
    held = f"SELECT count(*) FROM child_link l WHERE l.account_id = $1 AND l.child_id = $2 AND {link_holds(whose, cutoffs(work), also_moved=True)}"
    return bool(work.value(held, [work.account.account_id, child_id]))


def names_as_they_stood(work: Reading, child_ids: Sequence[str]) -> dict[str, Row]:
    """For a coordinator or manager: of these children, those for whom their area no longer answers, with the name, date of
    birth and lead practitioner that it knew last."""
    if work.account.role not in ("coordinator", "manager") or not child_ids:
        return {}
    former = work.values(
        f"SELECT child_id FROM child WHERE child_id = ANY($1) AND child_id NOT IN ({CHILDREN_OF_AREA.format('$2')})",
        [list(child_ids), work.account.area],
    )
    if not former:  # as with nearly every list
        return {}
    rows = work.rows(
        f"SELECT DISTINCT ON (record_id) record_id, {', '.join(OF_ANOTHER_AREA)} FROM child_history"
        " WHERE record_id = ANY($1) AND area = $2 ORDER BY record_id, revision DESC",
        [former, work.account.area],
    )
    known = {row["record_id"]: {column: row[column] for column in OF_ANOTHER_AREA} for row in rows}
    return {child_id: known.get(child_id, OF_ANOTHER_AREA) for child_id in former}


def counts_from(work: Reading, child_id: str | None) -> datetime.datetime:
    """From when on what this account wrote about a child makes it a contributor: since it has its post, and since a
    coordinator last ended its access to the child."""
    ended: datetime.datetime | None = work.value(
        "SELECT max(recorded_at) FROM child_link_history"
        " WHERE child_id = $1 AND account_id = $2 AND ended_on IS NOT NULL",
        [child_id, work.account.account_id],
    )
    return max(work.in_post_since, ended or EVER)


def as_it_stood(table: RecordTable, first: int) -> str:
    """The records of a child, parameter `first`, as they stood at a moment, parameter `first + 1`: a subquery."""
    return (
        f"SELECT DISTINCT ON ({table.id_column}) * FROM {table.history.name} WHERE child_id = ${first}"
        f" AND recorded_at <= ${first + 1} ORDER BY {table.id_column}, revision DESC"
    )


def cutoffs(work: Reading, table: str = "e") -> str:
    """The day from which on a closed episode (or what `table` stands for) still gives access, by the setting of its area's
    partnership, as SQL."""
    names = {f"{DAYS_AFTER_CLOSING}:{one.key}": one for one in PARTNERSHIPS}
    kept = work.rows("SELECT setting, value FROM setting WHERE setting = ANY($1)", [list(names)])
    days = {row["setting"]: int(row["value"]) for row in kept}
    setting, today = BY_KEY[DAYS_AFTER_CLOSING], clock.today()
    cases = ""
    for name, partnership in names.items():
        default: Any = setting.default_of(partnership.key)
        day = today - datetime.timedelta(days=days.get(name, default))
        areas = ", ".join(f"'{area}'" for area in partnership.areas)
        cases += f" WHEN {table}.area IN ({areas}) THEN DATE '{day.isoformat()}'"
    return f"CASE{cases} END"
