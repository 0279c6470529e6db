"""The areas side by side, for the partnership's lead: figures only, no name and no way to one."""

from __future__ import annotations

from collections.abc import Iterator

from data.actor import Reading
from data.dashboard import due, flow
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut, how_many, select
from data.dashboard.oversight_cuts import NEVER, OVERDUE, of_the_day
from data.dashboard.section import Section, days
from data.database.engine import Row
from data.measures.measure import TOTAL
from data.measures.oversight import COUNTED, IN_OVERSIGHT
from data.quarters import Quarter
from forms.places import area_name

STOOD = {
    "In oversight": COUNTED, "Being exploited": "judgement = 'being'", "May be exploited": "judgement = 'may_be'",
    "All open": "TRUE", "High band": f"{COUNTED} AND band = 'high'", "Review overdue": "is_overdue",
    "No review yet": "talks <= 1",
}  # fmt: skip
ACTIONS = Cut("Every child", "TRUE", needs=(due.ACTED,))


def cuts(asked: Asked) -> dict[str, Cut]:
    return {}


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    yield _stood(work, asked)
    yield _moved(work, asked)


def _stood(work: Reading, asked: Asked) -> Section:
    columns = ", ".join(f"{how_many(c)} AS figure_{at}" for at, c in enumerate(STOOD.values()))
    counted = select(
        asked, [ACTIONS],
        f"area, {columns}, CAST(coalesce(sum(acted.overdue_any), 0) AS bigint) AS late,"
        f" percentile_cont(0.5) WITHIN GROUP (ORDER BY {asked.last} - opened_on) AS median",
        by_area=True,
    )  # fmt: skip
    stood = {row["area"]: row for row in work.rows(f"{counted} GROUP BY area")}
    lines = tuple(
        (
            _name(area),
            (
                *_numbers(stood.get(area), len(STOOD)),
                stood.get(area, {}).get("late", 0),
                days(stood.get(area, {}).get("median")),
            ),
        )
        for area in (*asked.areas, TOTAL)
    )
    most = max(asked.areas, key=lambda area: _numbers(stood.get(area), 1)[0])
    return Section(
        "The areas side by side", "The cohort of each area",
        ("Area", *STOOD, "Actions overdue", "Median days open"), lines,
        f"{_name(most)} has the most children in oversight: {_numbers(stood.get(most), 1)[0]:,}.",
        (
            of_the_day(IN_OVERSIGHT), OVERDUE, NEVER, due.ACTIONS,
            "A child open in two areas counts in each, and once in the total; an overdue action of such a child likewise.",
        ),
        has_total=True,
    )  # fmt: skip


def _moved(work: Reading, asked: Asked) -> Section:
    """Within the quarter so far."""
    quarter = Quarter.of(asked.on)
    within = {what: flow.within(what, quarter.first, asked.on) for what in flow.KINDS}
    columns = ", ".join(f"{how_many(cut.condition)} AS {what}" for what, cut in within.items())
    rows = {
        row["area"]: row
        for row in work.rows(
            f"{select(asked, within.values(), f'area, {columns}', quarter.first)} GROUP BY area"
        )
    }
    lines = tuple((_name(a), tuple(rows[a][w] if a in rows else 0 for w in within)) for a in asked.areas)
    total = tuple(sum(cells[at] for _, cells in lines) for at in range(len(within)))
    return Section(
        "Opened, closed and repeat in the quarter", f"Episodes in {quarter}", ("Area", "Opened", "Closed", "Repeat"),
        (*lines, (TOTAL, total)),
        f"{total[0]:,} episodes opened and {total[1]:,} closed in {quarter} up to the day; repeat referrals among them: {total[2]:,}.",
        ("Episodes by the day on which they opened and closed.", flow.REPEAT), chart="groups", series=3, has_total=True,
    )  # fmt: skip


def _numbers(row: Row | None, how_many: int) -> tuple[int, ...]:
    return tuple(row[f"figure_{at}"] if row else 0 for at in range(how_many))


def _name(area: str) -> str:
    return TOTAL if area == TOTAL else area_name(area)
