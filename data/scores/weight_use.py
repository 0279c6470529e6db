"""What became of a weight set since it was approved: the scores made with it, by band and area, and where people decided
otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from data.access.rule import check_has_role, visible_children
from data.actor import Actor, Reading
from data.child_line import with_lines
from data.dashboard.asked import BANDS
from data.dashboard.section import Section
from data.database.engine import Row
from data.measures.measure import TOTAL
from data.returns.return_shape import HIDDEN
from data.returns.suppression import NoSwap, Sum, withheld
from data.scores.weight_preview import MASKED, SMALL
from data.scores.weight_sets import MAY, found
from data.trail.views import note_view
from forms.places import area_name

OTHERWISE = "otherwise"
COLUMNS = (*(band.key for band in BANDS), OTHERWISE)
SHOWN = 100


@dataclass(frozen=True)
class Use:
    is_used: bool
    """Whether any score was made with it; its approval then stands."""
    section: Section


def use_of(actor: Actor, weight_set_id: str) -> Use:
    """The scores made with a set of the account's partnership, counted. For those who may approve. Audited."""
    with actor.writing() as work:
        check_has_role(work, "weight set followed", *MAY)
        weights = found(work, weight_set_id)
        note_view(work, "weight set followed", None, weight_set_id)
        rows = work.rows(
            "SELECT coalesce(e.area, c.area) AS area, s.band,"
            " coalesce(s.override_reason IS NOT NULL AND s.handled_band <> s.band, FALSE) AS is_otherwise,"
            " count(*) AS scores FROM scoring s JOIN child c ON c.child_id = s.child_id"
            " LEFT JOIN episode e ON e.episode_id = s.episode_id WHERE s.weight_set_id = $1"
            " GROUP BY coalesce(e.area, c.area), s.band,"
            " coalesce(s.override_reason IS NOT NULL AND s.handled_band <> s.band, FALSE)",
            [weight_set_id],
        )
        areas = work.account.partnership.areas
    counts = Counter[tuple[str, str]]()
    for row in rows:
        for place in (row["area"], TOTAL):
            counts[place, row["band"]] += row["scores"]
            counts[place, OTHERWISE] += row["scores"] * row["is_otherwise"]
    hidden = _hidden(counts, areas)
    section = Section(
        "Scores made with it", f"Scores made with {weights.in_words}, by the band that they gave",
        ("Area", *(f"{band.name} ({band.colour})" for band in BANDS), "Handled in another band by judgement"),
        tuple(
            (
                area_name(place) if place != TOTAL else TOTAL,
                tuple(HIDDEN if (place, column) in hidden else counts[place, column] for column in COLUMNS),
            )
            for place in (*areas, TOTAL)
        ),
        "Where people often decide otherwise than the score, the weights are to be looked at again."
        if rows
        else "No score has been made with it yet, so its approval can still be withdrawn.",
        ("Every score that was made with the set, in the area of its episode.", MASKED),
        has_total=True,
    )  # fmt: skip
    return Use(bool(rows), section)


def _hidden(counts: Counter[tuple[str, str]], areas: tuple[str, ...]) -> set[tuple[str, str]]:
    cells = {(place, column): counts[place, column] for place in (*areas, TOTAL) for column in COLUMNS}
    sums = [Sum((TOTAL, column), tuple((area, column) for area in areas)) for column in COLUMNS]
    try:
        return withheld(cells, sums, SMALL, lambda cell: 20 if cell[0] == TOTAL else 1)
    except NoSwap:
        return set(cells)


def scores_made_with(actor: Actor, weight_set_id: str) -> list[Row]:
    """The latest scores made with it, of children that the account may open: scoring_id, child_id, name, `beside`, total, band,
    handled_band, scored_on. For coordinators and managers. Audited."""
    with actor.writing() as work:
        check_has_role(work, "scores of a weight set listed", "coordinator", "manager")
        found(work, weight_set_id)
        note_view(work, "scores of a weight set listed", None, weight_set_id)
        return _rows(work, weight_set_id)


def _rows(work: Reading, weight_set_id: str) -> list[Row]:
    open_to_me, parameters = visible_children(work, 2)
    rows = work.rows(
        "SELECT s.scoring_id, s.child_id, c.name, s.total, s.band, s.handled_band, s.scored_on FROM scoring s"
        f" JOIN child c ON c.child_id = s.child_id WHERE s.weight_set_id = $1 AND {open_to_me}"
        f" ORDER BY s.scored_on DESC, s.scoring_id LIMIT {SHOWN}",
        [weight_set_id, *parameters],
    )
    return with_lines(work, rows)
