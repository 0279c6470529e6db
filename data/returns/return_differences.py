"""Why a locked return would read otherwise if it were reckoned now: late entries, corrections, or changed definitions.

Nothing is guessed. The records as they were known at the lock are counted by today's definitions: what differs from the
locked figures is the definitions' doing, what differs from now is the records'. A record is listed when the figure changes
with it and without it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.access.restricted import closed_to_me, left_out
from data.access.rule import can_see_child, has_role
from data.actor import Actor, Reading
from data.database.engine import Row
from data.database.table import EVERY_RECORD, RecordTable
from data.measures import as_recorded, reckoning
from data.measures.measure import Scope
from data.measures.reckoning import Figure, counted_of, reckon
from data.quarters import Quarter
from data.refusal import Problems
from data.returns import locked_returns
from data.returns.return_shape import Place, Return, of_areas
from data.returns.returns import scope_of
from data.returns.theme_differences import ThemeDifference, theme_differences
from data.trail.views import note_view
from forms.places import area_name

OF_THE_FORM = ("child_area", "by_agency", "form_version", "submitted_on", "not_asked")
"""Columns of the child's details that say how they were sent in, and nothing of the child."""

MOVED = "A child whose record has gone to another area"
"""Who asks was once to know whose it is, and is no longer."""

LATE, CORRECTION, DEFINITION = "late entry", "correction", "changed definition"
RECORDS = {
    "child": "the child's details",
    "referral": "a referral",
    "episode": "an episode",
    "discussion": "a discussion at a meeting",
    "nrm": "an NRM referral",
}


@dataclass(frozen=True)
class Difference:
    """A figure that would be another now."""

    area: str
    measure: int
    breakdown: str
    locked: int
    by_definitions: int
    by_records: int

    @property
    def now(self) -> int:
        return self.locked + self.by_definitions + self.by_records


@dataclass(frozen=True)
class Change:
    """A record that was recorded after the lock and alters what is counted of one child."""

    kind: str
    record: str
    record_id: str
    recorded_at: datetime.datetime
    recorded_by: str
    why: str | None
    columns: tuple[str, ...]
    """Which of its columns are others than at the lock; all that are filled, for a late entry."""
    counted_in: tuple[tuple[str, int], ...]
    """(Area's name, measure)."""
    child_id: str | None
    name: str | None
    """Both None for those who see no names."""


@dataclass(frozen=True)
class Explanation:
    quarter: Quarter
    locked: Return
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    definitions_now: str
    themes: tuple[ThemeDifference, ...] = ()

    def how_many(self, area: str, measure: int, kind: str) -> int:
        """Records of that kind, or for `DEFINITION` by how many things the whole differs."""
        if kind == DEFINITION:
            return sum(
                abs(d.by_definitions)
                for d in self.differences
                if (d.area, d.measure, d.breakdown) == (area, measure, "total")
            )
        return sum(c.kind == kind and (area, measure) in c.counted_in for c in self.changes)


def explain(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> Explanation:
    """Of the latest locked version. Raises `Refused` for an account that may not see these areas, `Problems` when none
    is locked. The view is audited."""
    with actor.writing() as work:
        scope_of(work, quarter, areas)
        note_view(work, "return differences viewed", None, f"return {quarter}")
    with actor.reading() as work:
        scope = scope_of(work, quarter, areas)
        whole = locked_returns.latest(work, scope.partnership.key, quarter)
        if whole is None or whole.locked is None:
            raise Problems("This return is not locked, so there is nothing to compare with.")
        locked, instant = of_areas(whole, scope.areas), whole.locked.at
        return Explanation(
            quarter,
            locked,
            tuple(_differences(work, scope, locked, instant)),
            tuple(_changes(work, scope, instant)),
            reckoning.DEFINITIONS,
            tuple(theme_differences(work, scope, locked, instant)),
        )


def _differences(
    work: Reading, scope: Scope, locked: Return, instant: datetime.datetime
) -> Iterator[Difference]:
    then, now = (
        {_place(f): f.value for f in reckon(work, one).figures}
        for one in (as_recorded.at(scope, instant), scope)
    )
    was = locked.values()
    for place, value in now.items():
        before = was.get(place, 0)
        if before != value or then[place] != before:
            yield Difference(*place, before, then[place] - before, value - then[place])


def _place(figure: Figure) -> Place:
    return figure.area, figure.measure, figure.breakdown


@dataclass(frozen=True)
class _Touched:
    """A record with a revision after the lock."""

    table: RecordTable
    record_id: str
    child_id: str
    was: Row | None
    stands: Row


def _changes(work: Reading, scope: Scope, instant: datetime.datetime) -> Iterator[Change]:
    of_child = _touched(work, instant)
    children = list(of_child)
    then = counted_of(work, as_recorded.at(scope, instant), children)
    now = counted_of(work, scope, children)
    altered = {key for key in then.keys() | now.keys() if then.get(key) != now.get(key)}
    concerned = sorted({child for _, _, child in altered})
    with_names = has_role(work, "coordinator", "manager", "operator")
    # No figure about a child hangs on another's records, so one record of every child is tried at a time.
    for turn in range(max((len(of_child[child]) for child in concerned), default=0)):
        tried = {child: of_child[child][turn] for child in concerned if turn < len(of_child[child])}
        ids: dict[str, list[str]] = defaultdict(list)
        for one in tried.values():
            ids[one.table.name].append(one.record_id)
        without = counted_of(work, as_recorded.now_without(scope, instant, ids), list(tried))
        alone = counted_of(work, as_recorded.at(scope, instant, but=ids), list(tried))
        for child, one in tried.items():
            counted_in = tuple(
                (area_name(area), measure)
                for area, measure, its in sorted(altered)
                if its == child
                and (
                    without.get((area, measure, child)) != now.get((area, measure, child))
                    or alone.get((area, measure, child)) != then.get((area, measure, child))
                )
            )
            if counted_in:
                yield _change(work, one, counted_in, with_names)


def _touched(work: Reading, instant: datetime.datetime) -> dict[str, list[_Touched]]:
    """Child → the records about them that were recorded since, those that changed nothing but how they are kept left out."""
    found: dict[str, list[_Touched]] = defaultdict(list)
    for table in as_recorded.COUNTED:
        key = table.id_column
        changed = f"SELECT {key} FROM {table.name}_history WHERE recorded_at > {as_recorded.moment(instant)}"
        was = {
            row[key]: row
            for row in work.rows(
                f"SELECT * FROM ({as_recorded.known_at(table, instant)}) AS known WHERE {key} IN ({changed})"
            )
        }
        for row in work.rows(f"SELECT * FROM {table.name} WHERE {key} IN ({changed}) ORDER BY {key}"):
            if _columns(table, was.get(row[key]), row):
                found[row["child_id"]].append(
                    _Touched(table, row[key], row["child_id"], was.get(row[key]), row)
                )
    return found


def _columns(table: RecordTable, was: Row | None, stands: Row) -> tuple[str, ...]:
    kept = (*EVERY_RECORD, *table.derived, *(OF_THE_FORM if table.name == "child" else ()))
    return tuple(
        column
        for column in table.columns
        if column not in kept and (stands[column] != was[column] if was else stands[column] is not None)
    )


def _change(
    work: Reading, one: _Touched, counted_in: tuple[tuple[str, int], ...], with_names: bool
) -> Change:
    is_restricted = bool(closed_to_me(work, [one.child_id]))
    is_closed = is_restricted or (with_names and not can_see_child(work, one.child_id))
    child = work.rows("SELECT child_id, name FROM child WHERE child_id = $1", [one.child_id])
    name = MOVED if is_closed and not is_restricted else left_out(work, child)[0]["name"]
    return Change(
        kind=CORRECTION if one.was else LATE,
        record=one.table.name,
        record_id=one.record_id if with_names and not is_closed else "",
        recorded_at=one.stands["recorded_at"],
        recorded_by=work.value("SELECT name FROM account WHERE account_id = $1", [one.stands["recorded_by"]])
        or "",
        why=one.stands["change_reason"] if with_names and not is_closed else None,
        columns=() if is_closed else _columns(one.table, one.was, one.stands),
        counted_in=counted_in,
        child_id=one.child_id if with_names else None,
        name=name if with_names else None,
    )
