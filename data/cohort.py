"""The cohort as managers and coordinators look at it, as it stood on a day: aggregates, and one page of children at a time.

What is in oversight, and who these children are, is decided in `data.measures` alone; here it is joined to scores and
reviews. A figure and the list behind it come from the same rows and the same condition.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from data.access import check_can_see_cohort, check_can_see_names
from data.access_restricted import NO_NAME, closed_to_me, name_for
from data.actor import Actor, Reading
from data.engine import Row
from data.measures import oversight, stays
from data.measures.measure import TOTAL, Scope, day
from data.measures.oversight import COUNTED, DEMOGRAPHY, IN_OVERSIGHT
from data.quarters import Quarter
from data.refusal import Problems
from data.scorings import weights_of
from data.views import note_view
from forms.age import age_on
from forms.bands import bands_on
from forms.places import area_name
from forms.weights import status_sentence

PAGE = 25
MONTHS = 12
LETTERS = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1}
"""Judgements in the order of `data.measures.stays`."""
BANDS = bands_on(datetime.date.max).bands


@dataclass(frozen=True, order=True)
class QuarterSoFar(Quarter):
    """The quarter of a day, cut off at the end of that day, so that figures can be asked as they stood then."""

    until: datetime.date

    @classmethod
    def to(cls, on: datetime.date) -> QuarterSoFar:
        quarter = Quarter.of(on)
        return cls(quarter.year, quarter.number, on)

    @property
    def last(self) -> datetime.date:
        return self.until


@dataclass(frozen=True)
class Cut:
    """Some of the children whose episode is open: how many there are is a figure, who they are is the list behind it."""

    words: str
    condition: str
    """On the rows of `standing`."""


def _of_measures() -> Iterator[tuple[str, Cut]]:
    """Measures 2 and 4 (ethnicity by group), each under its name in the return: "total", "age=13;judgement=being"."""
    for part in (
        *IN_OVERSIGHT.parts,
        *(part for part in DEMOGRAPHY.parts if "ethnicity" not in part.columns),
    ):
        for one in part.breakdowns:
            held = [f"({part.where})", *(f"{column} = '{value}'" for column, value in one.of)]
            yield one.name, Cut(one.label, " AND ".join(held))


CUTS: dict[str, Cut] = {
    **dict(_of_measures()),
    "open": Cut("All with an open episode", "TRUE"),
    **{f"judged={letter}": Cut(f"Judged {letter}", f"code = {code}") for letter, code in LETTERS.items()},
    **{
        f"band={band.key}": Cut(f"In the {band.name.lower()} band", f"{COUNTED} AND band = '{band.key}'")
        for band in BANDS
    },
    "band=none": Cut("Not scored", f"{COUNTED} AND band IS NULL"),
    "review=overdue": Cut("Review overdue", "is_overdue"),
    "review=none": Cut("Without a review date", "review_by IS NULL"),
}  # fmt: skip


@dataclass(frozen=True)
class Month:
    first: datetime.date
    opened: int
    closed: int


@dataclass(frozen=True)
class Cohort:
    """Counts only, children of several areas once each."""

    areas: tuple[str, ...]
    on: datetime.date
    figures: Mapping[str, int]
    """By the keys of `CUTS`."""
    months: tuple[Month, ...]
    """Oldest first; the month of the day itself is counted up to the day."""
    about_scores: tuple[str, ...]
    """What must be said wherever a band is shown: which weight sets are not approved."""


@dataclass(frozen=True)
class Listed:
    """A child in a list: initials, not the name."""

    child_id: str
    initials: str
    """Of a restricted child, to who is not named: whom to ask, and nothing else but when a review is due."""
    age: int | None
    area: str
    judgement: str | None
    scale_before: int | None
    """The first on the 1–10 scale in this episode, and the latest; higher is better. None: fewer than two."""
    scale_now: int | None
    band: str | None
    review_by: datetime.date | None
    is_overdue: bool


def read_cohort(actor: Actor, areas: tuple[str, ...], on: datetime.date) -> Cohort:
    """Every figure of the dashboard. Raises `Refused` for areas that are not the account's. The view is audited."""
    _note(actor, areas, "cohort viewed")
    with actor.reading() as work:
        check_can_see_cohort(work, areas)
        scope = _scope(work, areas, on)
        figures, weight_sets = _count(work, scope)
        return Cohort(areas, on, figures, _months(work, scope), _about_scores(work, weight_sets))


def children_listed(
    actor: Actor, area: str, on: datetime.date, cut: str = "total", page: int = 0
) -> tuple[list[Listed], bool]:
    """One page of the area's children behind a figure, soonest review first, and whether there are more. Audited.

    Raises `Refused` for a partnership lead and for another area, `Problems` for a figure that there is not.
    """
    if cut not in CUTS:
        raise Problems("There is no such figure. Go back to the cohort.")
    _note(actor, (area,), "cohort listed", has_names=True)
    with actor.reading() as work:
        _check(work, (area,), "cohort listed", has_names=True)
        rows = work.rows(
            f"WITH {_standing(_scope(work, (area,), on))}"
            f" SELECT * FROM standing WHERE {CUTS[cut].condition}"
            f" ORDER BY review_by NULLS LAST, child_id LIMIT {PAGE + 1} OFFSET $1",
            [max(page, 0) * PAGE],
        )
        return _with_details(work, rows[:PAGE], area, on), len(rows) > PAGE


def _note(actor: Actor, areas: tuple[str, ...], action: str, has_names: bool = False) -> None:
    """A short write of its own, so that the figures are worked out without holding up those who save."""
    with actor.writing() as work:
        _check(work, areas, action, has_names)
        note_view(work, action, None, ",".join(areas))


def _check(work: Reading, areas: tuple[str, ...], action: str, has_names: bool = False) -> None:
    check_can_see_cohort(work, areas)
    if has_names:
        check_can_see_names(work, action)


def _scope(work: Reading, areas: tuple[str, ...], on: datetime.date) -> Scope:
    return Scope(QuarterSoFar.to(on), areas, work.account.partnership)


def _standing(scope: Scope) -> str:
    """`standing`: a row for each child with an open episode: the columns of `oversight`, code (of the judgement), band
    and weight_set_id (of the latest scoring), review_by (of the latest discussion; the soonest) and is_overdue.
    """
    last = scope.last
    return f"""{stays.source(scope)}, {oversight.source(scope)},
scored AS (
    SELECT DISTINCT ON (s.child_id) s.child_id, s.handled_band AS band, s.weight_set_id
    FROM scoring s JOIN open_child o ON o.child_id = s.child_id AND o.area = '{TOTAL}'
    WHERE s.scored_on <= {last}
    ORDER BY s.child_id, s.scored_on DESC, s.recorded_at DESC
),
met AS (
    SELECT d.episode_id, max(d.meeting_date) AS meeting_date
    FROM stay s JOIN discussion d USING (episode_id)
    WHERE s.is_open AND d.meeting_date <= {last} GROUP BY d.episode_id
),
due AS (
    SELECT d.child_id, min(d.review_by) AS review_by
    FROM met JOIN discussion d USING (episode_id, meeting_date) GROUP BY d.child_id
),
standing AS (
    SELECT v.*, o.code, s.band, s.weight_set_id, d.review_by, coalesce(d.review_by < {last}, FALSE) AS is_overdue
    FROM oversight v JOIN open_child o ON o.child_id = v.child_id AND o.area = v.area
    LEFT JOIN scored s ON s.child_id = v.child_id LEFT JOIN due d ON d.child_id = v.child_id
    WHERE v.area = '{TOTAL}'
)"""


def _count(work: Reading, scope: Scope) -> tuple[dict[str, int], list[str]]:
    """Every figure, and the weight sets behind the bands, in one pass."""
    counted = ", ".join(
        f"count(*) FILTER (WHERE {cut.condition}) AS figure_{at}" for at, cut in enumerate(CUTS.values())
    )
    sets = f"array_agg(DISTINCT weight_set_id) FILTER (WHERE {COUNTED} AND band IS NOT NULL) AS sets"
    row = work.row(f"WITH {_standing(scope)} SELECT {sets}, {counted} FROM standing") or {}
    weight_sets = row.pop("sets")
    return dict(zip(CUTS, row.values(), strict=True)), weight_sets or []


def _months(work: Reading, scope: Scope) -> tuple[Month, ...]:
    last = scope.quarter.last
    firsts = [last.replace(day=1) - relativedelta(months=n) for n in reversed(range(MONTHS))]
    rows = work.rows(
        " UNION ALL ".join(
            f"SELECT CAST(date_trunc('month', {what}_on) AS date) AS month, '{what}' AS what, count(*) AS episodes"
            f" FROM episode WHERE area {scope.in_areas} AND {what}_on BETWEEN {day(firsts[0])} AND {scope.last}"
            " GROUP BY 1"
            for what in ("opened", "closed")
        )
    )
    counts = {(row["month"], row["what"]): row["episodes"] for row in rows}
    return tuple(Month(m, counts.get((m, "opened"), 0), counts.get((m, "closed"), 0)) for m in firsts)


def _about_scores(work: Reading, weight_sets: list[str]) -> tuple[str, ...]:
    sentences = (status_sentence(weights_of(work, weight_set)) for weight_set in weight_sets)
    return tuple(sorted({sentence for sentence in sentences if sentence}))


def _with_details(work: Reading, rows: list[Row], area: str, on: datetime.date) -> list[Listed]:
    """What a list says of each of these few children."""
    if not rows:
        return []
    ids = [row["child_id"] for row in rows]
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    known = work.rows(f"SELECT child_id, name, date_of_birth FROM child WHERE child_id IN ({marks})", ids)
    children = {row["child_id"]: row for row in known}
    scales: dict[str, list[int]] = {}
    for row in work.rows(
        "SELECT d.child_id, d.scale FROM discussion d JOIN episode e USING (episode_id)"
        f" WHERE d.child_id IN ({marks}) AND d.scale IS NOT NULL AND d.meeting_date <= {day(on)} AND e.area = '{area}'"
        f" AND e.opened_on <= {day(on)} AND (e.closed_on IS NULL OR e.closed_on > {day(on)})"
        " ORDER BY d.child_id, d.meeting_date, d.discussion_id",
        ids,
    ):
        scales.setdefault(row["child_id"], []).append(row["scale"])
    letters = {code: letter for letter, code in LETTERS.items()}
    listed = []
    closed = closed_to_me(work, ids)
    for row in rows:
        if ask := closed.get(row["child_id"]):
            listed.append(_restricted(row, ask, area))
            continue
        child, scale = children[row["child_id"]], scales.get(row["child_id"], [])
        listed.append(
            Listed(
                child_id=row["child_id"],
                initials=initials(child["name"]),
                age=age_on(child["date_of_birth"], on),
                area=area_name(area),
                judgement=letters.get(row["code"]),
                scale_before=scale[0] if len(scale) > 1 else None,
                scale_now=scale[-1] if scale else None,
                band=row["band"],
                review_by=row["review_by"],
                is_overdue=row["is_overdue"],
            )
        )
    return listed


def _restricted(row: Row, ask: str, area: str) -> Listed:
    return Listed(
        child_id=row["child_id"], initials=name_for(ask), age=None, area=area_name(area), judgement=None,
        scale_before=None, scale_now=None, band=None, review_by=row["review_by"], is_overdue=row["is_overdue"],
    )  # fmt: skip


def initials(name: str) -> str:
    """As lists show a child: "Ada Made-Up" is "A.M."; what stands for a restricted child's name stays."""
    if name.startswith(NO_NAME):
        return name
    return "".join(f"{word[0].upper()}." for word in name.split())
