"""Disruption measures against people, groups, places and issues of concern, as they stood on the day, and the children linked."""

from __future__ import annotations

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.cut import Cut, Need, counted
from data.dashboard.past import as_it_stood, recorded_by
from data.dashboard.section import Section
from data.measures.measure import day
from forms.disruption import ENDING_SOON
from forms.kinds.date import in_words

MONTHS = 12
STATES = {
    "asked_for": ("Asked for, not served yet", "NOT is_over AND NOT has_begun AND is_known"),
    "in_force": ("In force", "NOT is_over AND has_begun"),
    "ending_soon": ("Of these, ending within four weeks", "NOT is_over AND has_begun AND ends_on <= {soon}"),
    "ended": ("Ended in the twelve months", "is_over AND over_on >= {year}"),
}
MEASURES = (
    "Measures against people, groups, places and issues of concern that the area keeps, as they stood on the day chosen; on its last "
    "day a measure is in force, and one that is not served yet counts from the day it was recorded. Children: those with an open "
    "episode who are linked to what the measure is against."
)


def measured(asked: Asked) -> str:
    """`measured`: each measure of the areas; the date on which it ends by itself may be moved later."""
    over_on = "least(d.ended_on, d.ends_on + 1)"
    return f"""measured AS (
    SELECT d.disruption_id, d.concern_id, d.ends_on, {over_on} AS over_on, coalesce({over_on} <= {asked.last}, FALSE) AS is_over,
        coalesce(d.began_on <= {asked.last}, FALSE) AS has_begun, {recorded_by(asked, "d")} AS is_known
    FROM disruption d JOIN concern c USING (concern_id) WHERE c.area {asked.scope().in_areas}
)"""


def disrupted(asked: Asked) -> str:
    """`disrupted`: the children linked to what a measure is against, by the state of the measure."""
    columns = ", ".join(
        f"max(CASE WHEN {_state(asked, key)} THEN 1 ELSE 0 END) AS measure_{key}" for key in STATES
    )
    return f"""{measured(asked)},
disrupted AS (
    SELECT l.child_id, {columns} FROM concern_link l JOIN measured USING (concern_id)
    WHERE l.child_id IS NOT NULL AND l.removed_reason IS NULL AND l.linked_on <= {asked.last} GROUP BY l.child_id
)"""


def _state(asked: Asked, key: str) -> str:
    soon, year = day(asked.on + ENDING_SOON), day(months_before(asked.on, MONTHS))
    return STATES[key][1].format(soon=soon, year=year)


DISRUPTED = Need("disrupted", disrupted)


def cuts(asked: Asked) -> dict[str, Cut]:
    return {
        f"measure={key}": Cut(
            f"Linked to a disruption measure: {words.lower()}",
            f"disrupted.measure_{key} = 1",
            MEASURES,
            (DISRUPTED,),
        )
        for key, (words, _) in STATES.items()
    }


def section(work: Reading, asked: Asked, figures: dict[str, int]) -> Section:
    columns = ", ".join(f"count(*) FILTER (WHERE {_state(asked, key)}) AS {key}" for key in STATES)
    row = work.row(as_it_stood(asked, f"WITH {measured(asked)} SELECT {columns} FROM measured")) or {}
    return Section(
        "Disruption measures", "Disruption measures, and children linked", ("State", "Measures", "Children linked"),
        tuple((words, (row[key], counted(figures, f"measure={key}"))) for key, (words, _) in STATES.items()),
        f"In force: {row['in_force']:,}. Ending by {in_words(asked.on + ENDING_SOON)}: {row['ending_soon']:,}."
        if row["in_force"]
        else "No disruption measure is in force.",
        (MEASURES, "Filters narrow the children, not the measures."),
    )  # fmt: skip
