"""The children whose records keep a figure of the return from being whole, by name, for the coordinator who puts them right."""

from __future__ import annotations

from dataclasses import dataclass

from data import clock
from data.access.restricted import left_out
from data.access.rule import check_can_coordinate, in_their_work
from data.actor import Actor
from data.measures.reckoning import MEASURES, children_behind
from data.quarters import Quarter
from data.returns.returns import scope_of
from data.trail.views import note_view

OR_SAY_SO = "If no meeting did, it cannot be put right: say why in the words beside the figure."
WHAT_TO_DO = {
    (1, "assessment_date=missing"): "Enter the date of the assessment in the minutes of the meeting.",
    (1, "kind=missing"): "Enter the kind of exploitation in the minutes of the meeting.",
    (2, "judgement=missing"): "Put the child on an agenda and record the meeting's judgement.",
    (4, "age=missing"): "Enter the date of birth in the child's details.",
    (
        5,
        "discussion=missing",
    ): f"If a meeting discussed the child before the closing, bring that discussion in. {OR_SAY_SO}",
    (
        5,
        "judgement=missing",
    ): f"If a meeting judged before the closing, enter the judgement in its minutes. {OR_SAY_SO}",
    (
        6,
        "judgement=missing",
    ): f"If a meeting judged before the closing, enter the judgement in its minutes. {OR_SAY_SO}",
    (10, "multi_agency=missing"): "Enter whether the NRM referral was completed in a multi-agency forum.",
}
ONCE_OVER = {
    (
        2,
        "judgement=missing",
    ): f"If a meeting judged by the end of the quarter, enter the judgement in its minutes. {OR_SAY_SO}",
}
"""What can still be done once the quarter is over, where that is something else: a meeting from now on changes it no more."""


def what_to_do(measure: int, breakdown: str, quarter: Quarter) -> str:
    """What can still be done on this day."""
    is_over = clock.today() > quarter.last
    return (ONCE_OVER if is_over else {}).get((measure, breakdown)) or WHAT_TO_DO[measure, breakdown]


@dataclass(frozen=True)
class ToPutRight:
    child_id: str
    name: str
    measure: int
    label: str
    """What is missing, in the plural and beginning small, as on the return."""
    what_to_do: str
    who: tuple[str, ...] = ()
    """What stands beside the name: see `data.child_line`."""


def to_put_right(actor: Actor, quarter: Quarter, area: str) -> tuple[ToPutRight, ...]:
    """By measure, then by the name that is shown; gone as soon as it is put right. For the area's coordinator only; the view is audited."""
    with actor.writing() as work:
        check_can_coordinate(work, area, "missing records listed")
        scope = scope_of(work, quarter, (area,))
        note_view(work, "missing records listed", None, f"return {quarter}")
        found: list[ToPutRight] = []
        for m in MEASURES:
            for b in (b for part in m.parts if part.is_missing for b in part.breakdowns):
                children = children_behind(work, scope, m.number, b.name)
                if not children:
                    continue
                mine, parameters = in_their_work(work, 2)
                rows = work.rows(
                    f"SELECT child_id, name FROM child c WHERE child_id = ANY($1) AND {mine}",
                    [children, *parameters],
                )
                found += [
                    ToPutRight(
                        row["child_id"],
                        row["name"],
                        m.number,
                        b.label,
                        what_to_do(m.number, b.name, quarter),
                        row["who"],
                    )
                    for row in sorted(left_out(work, rows), key=lambda row: (row["name"], row["child_id"]))
                ]
    return tuple(found)
