"""What is due: reviews, by judgement, and actions, by the agency that holds them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut, Need, count, counted, how_many
from data.dashboard.oversight_cuts import NEVER, OVERDUE
from data.dashboard.section import Cell, Section, children
from data.measures.measure import day
from forms.codes import AGENCIES

FOUR_WEEKS = datetime.timedelta(weeks=4)
GROUPS = {"": "TRUE", ";judgement=being": "judgement = 'being'", ";judgement=may_be": "judgement = 'may_be'"}
REVIEWS = {
    "review=overdue": "Overdue",
    "review=soon": "Due within four weeks",
    "review=later": "Due later",
    "review=none": "No review date",
    "review=first": "Not discussed yet",
    "review=never": "No review yet",
}


def _reviews(asked: Asked) -> dict[str, str]:
    soon = day(asked.on + FOUR_WEEKS)
    return {
        "review=overdue": "is_overdue",
        "review=soon": f"NOT is_overdue AND review_by <= {soon}",
        "review=later": f"review_by > {soon}",
        "review=none": "review_by IS NULL",
        "review=first": "talks = 0",
        "review=never": "talks <= 1",
    }


def open_action(asked: Asked) -> str:
    """`open_action`: child_id, agency, is_overdue, of episodes that are open; after `stay`.

    An action is open from the meeting that set it until the day it was closed. One that was closed without a day, as an import
    may leave it, is not open from when that was recorded.
    """
    return f"""open_action AS (
    SELECT a.child_id, a.agency, coalesce(a.due_on < {asked.last}, FALSE) AS is_overdue
    FROM action a JOIN stay s ON s.episode_id = a.episode_id AND s.is_open
    WHERE (a.closed_on > {asked.last} OR a.closed_on IS NULL AND a.state = 'ongoing') AND a.meeting_date <= {asked.last}
)"""


def _acted(asked: Asked) -> str:
    """`acted`: of each child how many actions are open and overdue, by agency and in all."""
    columns = ", ".join(
        f"{how_many(_held_by(agency))} AS open_{agency}, {how_many(f'{_held_by(agency)} AND is_overdue')} AS overdue_{agency}"
        for agency in HOLDERS
    )
    return f"{open_action(asked)}, acted AS (SELECT child_id, {columns} FROM open_action GROUP BY child_id)"


def _held_by(agency: str) -> str:
    return {"any": "TRUE", "nobody": "agency IS NULL"}.get(agency, f"agency = '{agency}'")


HOLDERS = ("any", *(key for key, _ in AGENCIES), "nobody")
"""Nobody: an import may leave it open."""
ACTED = Need("acted", _acted)


def _with_action(agency: str, overdue: bool) -> Cut:
    whose = dict(AGENCIES).get(agency, "any agency")
    return Cut(
        f"Children with an {'overdue' if overdue else 'open'} action of {whose}",
        f"acted.{'overdue' if overdue else 'open'}_{agency} > 0", ACTIONS, (ACTED,),
    )  # fmt: skip


ACTIONS = (
    "Actions that a meeting had set by the day chosen and nobody had closed by then, of children with an open episode. Overdue: "
    "the date it was due lies before the day chosen. Those of children who have left oversight are on My work and in the list of "
    "actions, and are not counted here."
)


def cuts(asked: Asked) -> dict[str, Cut]:
    reviews = {
        f"{name}{group}": Cut(
            REVIEWS[name] if name != "review=overdue" else "Review overdue",
            f"({condition}) AND {of_group}",
            NEVER if name == "review=never" else OVERDUE,
        )
        for name, condition in _reviews(asked).items()
        for group, of_group in GROUPS.items()
    }
    return reviews | {
        f"{name}_action={agency}": _with_action(agency, name == "overdue")
        for name in ("open", "overdue")
        for agency in HOLDERS[:-1]
    }


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    all_cuts = cuts(asked)
    actions = {
        f"{what}_{agency}": f"CAST(coalesce(sum(acted.{what}_{agency}), 0) AS bigint)"
        for what in ("open", "overdue")
        for agency in HOLDERS
    }
    figures = count(work, asked, all_cuts, more=actions)
    overdue, never = figures["review=overdue"], figures["review=never"]
    yield Section(
        "Reviews", "Reviews of children with an open episode",
        ("Review", "Being exploited", "May be exploited", "All"),
        tuple(
            (words, tuple(counted(figures, f"{name}{group}") for group in (";judgement=being", ";judgement=may_be", "")))
            for name, words in REVIEWS.items()
        ),
        f"{children(overdue)} with a review overdue; {children(never)} with no review yet.",
        (OVERDUE, NEVER, "All includes children judged D or E or not judged yet. A child not discussed yet has no review date."),
    )  # fmt: skip
    yield _actions(figures)


def _actions(figures: dict[str, Any]) -> Section:
    total, late = figures["open_any"], figures["overdue_any"]

    def line(words: str, agency: str, shown: Cell = None) -> tuple[str, tuple[Cell, ...]]:
        open_ones, overdue = figures[f"open_{agency}"], figures[f"overdue_{agency}"]
        return words, (open_ones - overdue, overdue, open_ones, shown)

    lines = [
        line(label, key, counted(figures, f"overdue_action={key}"))
        for key, label in AGENCIES
        if figures[f"open_{key}"]
    ]
    if figures["open_nobody"]:
        lines.append(line("Agency not recorded", "nobody"))
    overdue = {words: cells[1] for words, cells in lines if isinstance(cells[1], int)}
    most = max(overdue.values(), default=0)
    worst = [words for words, many in overdue.items() if many == most]
    each = " each" if len(worst) > 1 else ""
    worst_said = f" Most are with {' and '.join(worst)}: {most}{each}." if late and len(worst) < 3 else ""
    return Section(
        "Actions", "Open actions, by the agency that holds them",
        ("Agency", "Not due yet", "Overdue", "All open", "Children with one overdue"),
        (*lines, line("All agencies", "any", counted(figures, "overdue_action=any"))),
        f"{late:,} of {total:,} open actions are overdue.{worst_said}" if total else "No action is open.",
        (ACTIONS,),
        chart="bars" if total else "", series=2, has_total=True,
    )  # fmt: skip
