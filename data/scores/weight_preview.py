"""What a weight set would change on today's cohort, before it is approved: its points beside those in use, and who would
change band. Figures only; a small count is withheld with whatever would give it away.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import scoring
from data import clock
from data.access.rule import check_has_role
from data.actor import Actor, Reading
from data.dashboard.asked import BANDS, Asked
from data.dashboard.cut import STANDING, query
from data.dashboard.section import Cell, Section
from data.database.engine import Row
from data.measures.measure import TOTAL
from data.measures.oversight import COUNTED, DEMOGRAPHICS
from data.returns.return_shape import HIDDEN
from data.returns.suppression import NoSwap, Sum, withheld
from data.scores.band_reading import band_by_score_in_sql, enough_known
from data.scores.scorings import weights_now
from data.scores.weight_sets import MAY, found
from data.trail.views import note_view
from forms.bands import bands_on
from forms.places import area_name
from forms.tracker import indicators
from forms.weights import WeightSet, scorable, status_sentence
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN

SMALL = 5
MASKED = f"{HIDDEN}: a number from 1 to {SMALL}, or one from which such a number could be worked out, as somebody could recognise a child."
COUNTED_SO = (
    "Children in oversight today in the partnership, by the answers of their latest scoring and their age on its day, scored once "
    "more under the new weights. The band is the score's own: a band by professional judgement or an investigation stays as it is.",
    MASKED,
)
NAMES = {band.key: f"{band.name} ({band.colour})" for band in BANDS} | {NOT_ENOUGH_KNOWN: NOT_ENOUGH_IN_WORDS}
ORDER = list(NAMES)
"""The bands from low to high, and last that too little is known for one."""
UP, SAME, DOWN, UNTOLD = STEPS = ("up", "same", "down", "untold")
GROUPED = (("gender", "By sex and gender"), ("ethnicity_group", "By ethnic group"))
Counts = Counter[tuple[str, ...]]


def preview(actor: Actor, weight_set_id: str) -> tuple[str, tuple[Section, ...]]:
    """The set in words; its points beside those in use; who would change band. For those who may approve. Audited."""
    with actor.writing() as work:
        check_has_role(work, "weight set previewed", *MAY)
        found(work, weight_set_id)
        note_view(work, "weight set previewed", None, weight_set_id)
    with actor.reading() as work:
        check_has_role(work, "weight set previewed", *MAY)
        weights = found(work, weight_set_id)
        _, in_use = weights_now(work, work.account.partnership_key)
        areas = work.account.partnership.areas
        enough = enough_known(work, areas[0])
        asked = Asked(areas, clock.today(), work.account.partnership, enough_known=enough)
        counts = _counted(_latest_scorings(work, asked), weights, enough)
        return weights.in_words, (*_who_would_change(counts, asked, weights), points_beside(weights, in_use))


def points_beside(weights: WeightSet, in_use: WeightSet) -> Section:
    """Every answer's points in this set and in the one in use."""
    names = {"age": "Age"} | {question.key: question.label for question in indicators()}
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    changed = 0
    for code, options in scorable().items():
        for key, label in options:
            new, old = weights.points[code][key], in_use.points[code][key]
            changed += new != old
            lines.append((f"{names[code]}: {label}", (old, new, f"{new - old:+}" if new != old else "")))
    return Section(
        "Points, side by side", f"Points of each answer under {in_use.in_words} and under {weights.in_words}",
        ("Answer", "In use now", "This set", "Change"), tuple(lines),
        f"{changed} of {len(lines)} answers score otherwise than under the set in use. The highest total is "
        f"{weights.highest_total}; under the set in use it is {in_use.highest_total}.",
        warnings=tuple(filter(None, [status_sentence(in_use)])),
    )  # fmt: skip


def _latest_scorings(work: Reading, asked: Asked) -> list[Row]:
    """A row for each child in oversight, under the total and in each of their areas, with what the latest score was made
    from. A scoring kept without a date of birth goes by the child's."""
    before = band_by_score_in_sql("g", bands_on(asked.on), str(asked.enough_known))
    asks = (
        f"SELECT s.area, s.gender, s.ethnicity_group, {before} AS before, g.answers, g.scored_on,"
        " coalesce(g.date_of_birth, c.date_of_birth) AS born"
        " FROM standing s JOIN child c ON c.child_id = s.child_id LEFT JOIN scored x ON x.child_id = s.child_id"
        f" LEFT JOIN scoring g ON g.scoring_id = x.scoring_id WHERE s.{COUNTED}"
    )
    return work.rows(query(asked, STANDING, asks=asks, by_area=True))


def _counted(rows: Sequence[Row], weights: WeightSet, enough: int) -> Counts:
    """How many move from which band to which, how many go up, stay or go down, in all and in each group."""
    counts = Counts()
    for row in rows:
        after = _band_under(weights, row, enough)
        if after is None:
            if row["area"] == TOTAL:
                counts["without",] += 1
            continue
        step = _step(row["before"], after)
        if row["area"] != TOTAL:
            counts["area", row["area"], step] += 1
            continue
        counts["everyone",] += 1
        counts["changed",] += step in (UP, DOWN)
        counts["step", step] += 1
        counts["band", row["before"], after] += 1
        for column, _ in GROUPED:
            counts[column, row[column], step] += 1
    return counts


def _band_under(weights: WeightSet, row: Row, enough: int) -> str | None:
    """As it is read from the score. None for a child who was not scored, or whose answers or date of birth are not known."""
    if not row["answers"] or not row["born"] or row["before"] not in ORDER:
        return None
    try:
        scored = scoring.score(json.loads(row["answers"]), row["born"], row["scored_on"], weights)
    except ValueError:  # answers that the tracker no longer lists
        return None
    return scored.band.key if scored.is_enough_known(enough) else NOT_ENOUGH_KNOWN


def _shown(counts: Counts, asked: Asked) -> Mapping[tuple[str, ...], int | str]:
    """Every count that stands on the page, or the sign for what is withheld."""
    cells: dict[Any, int] = {cell: counts[cell] for one in _sums(asked) for cell in (one.whole, *one.parts)}
    cells["without",] = counts["without",]
    try:
        hidden = withheld(cells, list(_sums(asked)), SMALL, lambda cell: {1: 40, 2: 20}.get(len(cell), 1))
    except NoSwap:
        hidden = set(cells)
    return {cell: HIDDEN if cell in hidden else count for cell, count in cells.items()}


def _sums(asked: Asked) -> Iterator[Sum]:
    """What stands on the page and adds up."""
    yield Sum(("everyone",), tuple(("step", step) for step in STEPS))
    yield Sum(("changed",), (("step", UP), ("step", DOWN)))
    for step in STEPS:
        whole = ("step", step)
        yield Sum(whole, tuple(("band", a, b) for a in ORDER for b in ORDER if _step(a, b) == step))
        yield Sum(whole, tuple(("area", area, step) for area in asked.areas))
        for column, _ in GROUPED:
            yield Sum(whole, tuple((column, key, step) for key, _ in DEMOGRAPHICS[column][1]))


def _step(before: str, after: str) -> str:
    if NOT_ENOUGH_KNOWN in (before, after):
        return UNTOLD
    move = ORDER.index(after) - ORDER.index(before)
    return UP if move > 0 else DOWN if move < 0 else SAME


def _who_would_change(counts: Counts, asked: Asked, weights: WeightSet) -> Iterator[Section]:
    shown = _shown(counts, asked)
    said = f"{shown['changed',]} of {shown['everyone',]} children would change band."
    if counts["step", UNTOLD]:
        said += f" Of {shown['step', UNTOLD]} it cannot be told: too little is known for a band."
    if not counts["everyone",]:
        said = "No child in oversight has been scored, so nothing would change today."
    if counts["without",]:
        said += (
            " Children not scored, or without kept answers or a date of birth, who cannot be scored once more: "
            f"{shown['without',]}."
        )
    yield Section(
        "Who would change band", "Children in oversight, from the band now to the band under the new weights",
        ("Band now", *(f"New: {name}" for name in NAMES.values())),
        tuple((NAMES[a], tuple(shown["band", a, b] for b in ORDER)) for a in ORDER),
        said, COUNTED_SO, warnings=tuple(filter(None, [status_sentence(weights)])),
    )  # fmt: skip
    if not counts["everyone",]:
        return
    yield _by("By area", "area", [(area, area_name(area)) for area in asked.areas], shown)
    for column, title in GROUPED:
        yield _by(title, column, DEMOGRAPHICS[column][1], shown)


def _by(
    title: str, column: str, options: Sequence[tuple[str, str]], shown: Mapping[tuple[str, ...], int | str]
) -> Section:
    return Section(
        title, f"Change of band under the new weights, {title.lower()}",
        ("Group", "Higher (worse)", "The same", "Lower (better)", "Cannot be told"),
        tuple((label, tuple(shown[column, key, step] for step in STEPS)) for key, label in options),
        "A group that moves more than others is a question to ask before the set is approved.", COUNTED_SO,
    )  # fmt: skip
