"""What a new weight set would change on today's cohort, before it is approved: figures only, worked out by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data import clock
from data.access.rule import check_has_role
from data.actor import Actor, Reading
from data.dashboard.asked import BANDS, Asked
from data.dashboard.cut import STANDING, query
from data.dashboard.section import Cell, Section
from data.database.engine import Row
from data.measures.measure import TOTAL
from data.measures.oversight import COUNTED, DEMOGRAPHICS
from data.scores.band_reading import band_by_score_in_sql, enough_known
from data.scores.weight_sets import MAY, found
from data.trail.views import note_view
from forms.bands import Bands, bands_on
from forms.places import area_name
from forms.tracker import AGE_GROUPS, UNKNOWN, indicators
from forms.weights import WeightSet, status_sentence
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN

SMALL = 5
GROUPS_FROM = {"17_and_over": 17, "15_to_16": 15, "13_to_14": 13}
"""Age group → its least age; the youngest is the rest."""
COUNTED_SO = (
    "Children in oversight today in the partnership, by the answers of their latest scoring and their age on its day, scored once "
    "more under the new weights. The band is the score's own: a band by professional judgement or an investigation stays as it is.",
    f"Counts from 1 to {SMALL} are not told apart, as somebody could recognise a child.",
)


def preview(actor: Actor, weight_set_id: str) -> tuple[str, tuple[Section, ...]]:
    """The set in words, and who would change band. For those who may approve. The look is audited."""
    with actor.writing() as work:
        check_has_role(work, "weight set previewed", *MAY)
        found(work, weight_set_id)
        note_view(work, "weight set previewed", None, weight_set_id)
    with actor.reading() as work:
        check_has_role(work, "weight set previewed", *MAY)
        weights = found(work, weight_set_id)
        areas = work.account.partnership.areas
        enough = enough_known(work, areas[0])
        asked = Asked(areas, clock.today(), work.account.partnership, enough_known=enough)
        rows = _moves(work, asked, weights)
        return weights.in_words, tuple(_sections(rows, asked, weights))


def rescored(weights: WeightSet, bands: Bands, per_hundred: int) -> str:
    """`rescored`: child_id, before and after (bands as read from the score), of children whose answers were kept; after `scored`."""
    sums = [_points("age", _age_group(), weights)]
    sums += [_points(question.key, f"t.{question.key}", weights) for question in indicators()]
    most = " + ".join(
        f"CASE WHEN {_is_open(question.key)} THEN {max(weights.points[question.key].values())} ELSE 0 END"
        for question in indicators()
    )
    known = " + ".join(f"CASE WHEN {_is_open(question.key)} THEN 0 ELSE 1 END" for question in indicators())
    whens = " ".join(f"WHEN total >= {band.from_score} THEN '{band.key}'" for band in reversed(bands.bands))
    before, after = (band_by_score_in_sql(of, bands, str(per_hundred)) for of in ("s", "r"))
    return f"""summed AS (
    SELECT s.child_id, {before} AS before, {" + ".join(sums)} AS total, {most} AS open_points,
        {known} AS known
    FROM scored x JOIN scoring s USING (scoring_id)
    JOIN tracker_form_history t ON t.record_id = s.tracker_id AND t.revision = s.tracker_revision
    WHERE s.date_of_birth IS NOT NULL
),
banded AS (
    SELECT child_id, before, total, total + open_points AS highest, known, CASE {whens} END AS band FROM summed
),
rescored AS (SELECT r.child_id, r.before, r.total, {after} AS after FROM banded r)"""


def _is_open(key: str) -> str:
    return f"coalesce(t.{key}, '{UNKNOWN}') = '{UNKNOWN}'"


def _points(code: str, answer: str, weights: WeightSet) -> str:
    whens = " ".join(f"WHEN '{key}' THEN {points}" for key, points in weights.points[code].items())
    return f"CASE {answer} {whens} ELSE 0 END"


def _age_group() -> str:
    def month_and_day(date: str) -> str:
        return f"extract(month FROM {date}) * 100 + extract(day FROM {date})"

    years = "extract(year FROM s.scored_on) - extract(year FROM s.date_of_birth)"
    before_birthday = f"{month_and_day('s.scored_on')} < {month_and_day('s.date_of_birth')}"
    age = f"{years} - CASE WHEN {before_birthday} THEN 1 ELSE 0 END"
    whens = " ".join(f"WHEN {age} >= {least} THEN '{group}'" for group, least in GROUPS_FROM.items())
    return f"CASE {whens} ELSE '{AGE_GROUPS[0][0]}' END"


def _moves(work: Reading, asked: Asked, weights: WeightSet) -> list[Row]:
    """How many children move from which band to which, by area and group: as many rows as there are such groups at most."""
    asks = (
        "SELECT s.area, s.gender, s.ethnicity_group, r.before, r.after, count(*) AS children"
        f" FROM standing s LEFT JOIN rescored r USING (child_id) WHERE {COUNTED}"
        " GROUP BY s.area, s.gender, s.ethnicity_group, r.before, r.after"
    )
    rescoring = rescored(weights, bands_on(asked.on), asked.enough_known)
    return work.rows(query(asked, STANDING, rescoring, asks=asks, by_area=True))


def _sections(rows: list[Row], asked: Asked, weights: WeightSet) -> list[Section]:
    total = [row for row in rows if row["area"] == TOTAL]
    everyone = sum(row["children"] for row in total if row["after"])
    without = sum(row["children"] for row in total if not row["after"])
    moves = Counter[tuple[str, str]]()
    for row in total:
        if row["after"]:
            moves[row["before"], row["after"]] += row["children"]
    untold = sum(n for move, n in moves.items() if NOT_ENOUGH_KNOWN in move)
    changed = sum(n for (b, a), n in moves.items() if b != a and NOT_ENOUGH_KNOWN not in (b, a))
    names = {band.key: f"{band.name} ({band.colour})" for band in BANDS} | {
        NOT_ENOUGH_KNOWN: NOT_ENOUGH_IN_WORDS
    }
    said = f"{_masked(changed)} of {_masked(everyone)} children would change band."
    if untold:
        said += f" Of {_masked(untold)} it cannot be told: too little is known for a band."
    if not everyone:
        said = "No child in oversight has been scored, so nothing would change today."
    if without:
        said += f" Children not scored, or without kept answers, who cannot be scored once more: {_masked(without)}."
    warnings = tuple(filter(None, [status_sentence(weights)]))
    sections = [
        Section(
            "Who would change band", "Children in oversight, from the band now to the band under the new weights",
            ("Band now", *(f"New: {name}" for name in names.values())),
            tuple((name, tuple(_masked(moves[b, a]) for a in names)) for b, name in names.items()),
            said, COUNTED_SO, warnings=warnings,
        )
    ]  # fmt: skip
    if not everyone:
        return sections
    sections.append(_by("By area", "area", [(area, area_name(area)) for area in asked.areas], rows))
    for column, title in (("gender", "By sex and gender"), ("ethnicity_group", "By ethnic group")):
        sections.append(_by(title, column, DEMOGRAPHICS[column][1], total))
    return sections


def _by(title: str, column: str, options: Sequence[tuple[str, str]], rows: list[Row]) -> Section:
    order = [band.key for band in BANDS]
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    for key, label in options:
        counted = Counter[str]()
        for row in rows:
            if row[column] == key and row["after"]:
                if NOT_ENOUGH_KNOWN in (row["before"], row["after"]):
                    counted["untold"] += row["children"]
                    continue
                step = order.index(row["after"]) - order.index(row["before"])
                counted["up" if step > 0 else "down" if step < 0 else "same"] += row["children"]
        lines.append((label, tuple(_masked(counted[move]) for move in ("up", "same", "down", "untold"))))
    return Section(
        title, f"Change of band under the new weights, {title.lower()}",
        ("Group", "Higher (worse)", "The same", "Lower (better)", "Cannot be told"), tuple(lines),
        "A group that moves more than others is a question to ask before the set is approved.", COUNTED_SO,
    )  # fmt: skip


def _masked(count: int) -> int | str:
    return f"1 to {SMALL}" if 1 <= count <= SMALL else count
