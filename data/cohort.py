"""The cohort as managers and coordinators look at it, as it stood on a day: a view's figures, and one page of children at a time.

A figure and the list behind it come from the same rows and the same condition (`data.dashboard`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from data.access.figures import check_can_see_cohort
from data.access.reach import names_as_they_stood
from data.access.rule import check_can_see_names
from data.actor import Actor, Reading
from data.child_line import initials, with_lines
from data.dashboard.asked import LETTERS, Asked, known
from data.dashboard.cut import Cut, select
from data.dashboard.past import WITHOUT_RESTRICTED, as_it_stood
from data.dashboard.section import Section
from data.dashboard.views import VIEWS, View, find_cut
from data.database.audit import Event
from data.database.engine import Row
from data.refusal import Problems
from data.scores.band_reading import enough_known
from data.trail.views import note_view
from forms.age import age_on
from forms.places import area_name

PAGE = 25
LISTED = "child_id, episode_id, code, scale_first, scale_now, band, review_by, is_overdue"
NO_FIGURE = "There is no such figure. Go back to the cohort and open it from there."


@dataclass(frozen=True)
class Shown:
    """One view, figures only: no child is in it."""

    asked: Asked
    view: View
    sections: tuple[Section, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """What must be said wherever the view is shown: whom the figures leave out for this reader."""
        return (WITHOUT_RESTRICTED,) if self.asked.reader else ()

    @property
    def figures(self) -> dict[str, int]:
        """Every figure that opens, by the name of its cut."""
        return {cut: value for section in self.sections for cut, value in section.counts().items()}


@dataclass(frozen=True)
class Listed:
    """A child in a list: initials, not the name."""

    child_id: str
    initials: str
    """Of a restricted child, to who is not named: whom to ask, and nothing else but when a review is due."""
    age: int | None
    """In whole years; `who` says when the date of birth is an estimate."""
    area: str
    judgement: str | None
    scale_before: int | None
    """The first on the 1–10 scale in this episode, and the latest; higher is better. None: fewer than two."""
    scale_now: int | None
    band: str | None
    review_by: datetime.date | None
    is_overdue: bool
    who: tuple[str, ...] = ()
    """What tells children of the same initials apart: see `data.child_line`."""


def read_view(
    actor: Actor,
    view: str,
    areas: tuple[str, ...],
    on: datetime.date,
    filters: Mapping[str, str] | None = None,
) -> Shown:
    """The figures of one view. Raises `Refused` for areas that are not the account's. The look is audited."""
    chosen = next((one for one in VIEWS if one.key == view), None)
    if chosen is None or (chosen.needs_areas and len(areas) < 2):
        raise Problems("There is no such view. Go back to the cohort.")
    _note(actor, areas, "cohort viewed")
    with actor.reading() as work:
        check_can_see_cohort(work, areas)
        asked = _asked(work, areas, on, filters)
        return Shown(asked, chosen, tuple(chosen.read(work, asked)))


def note_export(actor: Actor, shown: Shown, file: str = "excel") -> tuple[str, datetime.datetime]:
    """Say in the audit that a view, or a chart of it, leaves the tool. Gives by whom and when, for the file's stamp."""
    with actor.writing() as work:
        check_can_see_cohort(work, shown.asked.areas)
        work.note(Event("cohort exported", None, ",".join(shown.asked.areas), f"{shown.view.key} {file}"))
        return work.account.name, work.at


def cut_named(
    actor: Actor, area: str, on: datetime.date, name: str, filters: Mapping[str, str] | None = None
) -> tuple[Asked, Cut]:
    """What the figure counts. Raises `Problems` when there is no such figure."""
    with actor.reading() as work:
        check_can_see_cohort(work, (area,))
        asked = _asked(work, (area,), on, filters)
    cut = find_cut(asked, name)
    if cut is None:
        raise Problems(NO_FIGURE)
    return asked, cut


def children_listed(
    actor: Actor, area: str, on: datetime.date, cut: str = "total", page: int = 0,
    filters: Mapping[str, str] | None = None,
) -> tuple[list[Listed], bool]:  # fmt: skip
    """One page of the area's children behind a figure, soonest review first, and whether there are more. Audited. Children
    restricted to others are neither counted in the figure nor listed here.

    Raises `Refused` for a partnership lead and for another area, `Problems` for a figure that there is not.
    """
    _note(actor, (area,), "cohort listed", has_names=True)
    asked, found = cut_named(actor, area, on, cut, filters)
    with actor.reading() as work:
        _check(work, (area,), "cohort listed", has_names=True)
        rows = work.rows(
            f"{select(asked, [found], LISTED)} WHERE {found.condition}"
            f" ORDER BY review_by NULLS LAST, child_id, episode_id LIMIT {PAGE + 1} OFFSET $1",
            [max(page, 0) * PAGE],
        )
        return _with_details(work, rows[:PAGE], area, asked), len(rows) > PAGE


def _asked(
    work: Reading, areas: tuple[str, ...], on: datetime.date, filters: Mapping[str, str] | None
) -> Asked:
    """Who may open the lists behind figures counts no child who is missing there: the difference would tell of the child."""
    account = work.account
    reader = account.account_id if account.role in ("coordinator", "manager") else None
    enough = enough_known(work, areas[0])
    return Asked(areas, on, account.partnership, known(filters or {}), reader, enough)


def _note(actor: Actor, areas: tuple[str, ...], action: str, has_names: bool = False) -> None:
    """A short write of its own, so that the figures are worked out without holding up those who save."""
    with actor.writing() as work:
        _check(work, areas, action, has_names)
        note_view(work, action, None, ",".join(areas))


def _check(work: Reading, areas: tuple[str, ...], action: str, has_names: bool = False) -> None:
    check_can_see_cohort(work, areas)
    if has_names:
        check_can_see_names(work, action)


def _with_details(work: Reading, rows: list[Row], area: str, asked: Asked) -> list[Listed]:
    """What a list says of each of these few children: the name that they have today, else as it stood."""
    if not rows:
        return []
    ids = [row["child_id"] for row in rows]
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    born = work.rows(
        as_it_stood(asked, f"SELECT child_id, date_of_birth FROM child WHERE child_id IN ({marks})"), ids
    )
    births = {row["child_id"]: row["date_of_birth"] for row in born}
    found = work.rows(
        f"SELECT child_id, name, date_of_birth, date_of_birth_is_estimate FROM child WHERE child_id IN ({marks})",
        ids,
    )
    stood = names_as_they_stood(work, ids)
    children = {
        row["child_id"]: {**row, "name": stood[row["child_id"]]["name"], "who": ()}
        if row["child_id"] in stood
        else row
        for row in with_lines(work, found, by_initials=True)
    }
    letters = {code: letter for letter, code in LETTERS.items()}
    listed = []
    for row in rows:
        child = children[row["child_id"]]
        listed.append(
            Listed(
                child_id=row["child_id"],
                initials=initials(child["name"]),
                age=age_on(births[row["child_id"]], asked.on),
                who=child["who"],
                area=area_name(area),
                judgement=letters.get(row["code"]),
                scale_before=row["scale_first"],
                scale_now=row["scale_now"],
                band=row["band"],
                review_by=row["review_by"],
                is_overdue=row["is_overdue"],
            )
        )
    return listed
