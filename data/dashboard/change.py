"""Before and after: the scale from first to now, and how the scores of the cohort moved, within one weight set."""

from __future__ import annotations

from collections.abc import Iterator

from data.actor import Reading
from data.dashboard.asked import BANDS, Asked
from data.dashboard.cut import STANDING, Cut, count, counted, how_many, query
from data.dashboard.oversight_cuts import GLANCE
from data.dashboard.section import Section, children, days, share
from data.dashboard.weights import weights_then
from data.measures.oversight import COUNTED
from forms.tracker import UNKNOWN, indicators
from forms.weights import WeightSet, status_sentence
from scoring import CANNOT_BE_TOLD, HIGHER, LOWER, SAME

SCALE_CHANGES = {
    "higher": ("Higher than at first (better)", "scale_now > scale_first"),
    "same": ("As at first", "scale_now = scale_first"),
    "lower": ("Lower than at first (worse)", "scale_now < scale_first"),
    "once": ("Recorded once only", "scale_first IS NULL AND scale_now IS NOT NULL"),
    "none": ("Not recorded", "scale_now IS NULL"),
}
SCALE = (
    "The scale of 1 to 10 from the discussions of the open episode by the day chosen, for children in oversight. 1: believed to be "
    "at risk of harm from exploitation. 10: not exploited or no longer at risk."
)
STEP = 10
STEPS = (*(range(0, 100, STEP)), 100)
SCORE = "The tracker's score: 0 and upwards, where a higher score is worse."
SCORE_CHANGES = {
    LOWER: "Lower than at first (better)",
    SAME: "As at first",
    HIGHER: "Higher than at first (worse)",
    CANNOT_BE_TOLD: "Cannot be told: answers became unknown or known",
}
UNKNOWN_APART = (
    "A change that answers which became unknown or known since could explain cannot be told. It is counted apart, and is in no "
    "median and no distribution: what became unknown may be as it was at its worst, and what became known may have been."
)

FIRST_AND_NOW = {
    f"{column}={n}": how_many(f"{COUNTED} AND scale_first IS NOT NULL AND {column} = {n}")
    for column in ("scale_first", "scale_now")
    for n in range(1, 11)
}


MOST_USED = f"""SELECT weight_set_id FROM standing WHERE {COUNTED} AND band IS NOT NULL
    GROUP BY weight_set_id ORDER BY count(*) DESC, weight_set_id DESC LIMIT 1"""
"""The weight set under which most children in oversight were last scored."""


def shifted(asked: Asked, weight_set_id: str, weights: WeightSet) -> str:
    """`shifted`: each child's first and latest score, since the referral of the open episode, of those scored more than once under
    this weight set, and the change from
    one to the other as `scoring.Comparison` tells it. Their order is that of day and id, in one text that holds the id."""
    place = "CAST(s.scored_on AS text) || ' ' || s.scoring_id"
    set_id = weight_set_id.replace("'", "''")
    return f"""begun AS (
    SELECT child_id, min(least(coalesce(received_on, opened_on), opened_on)) AS begun_on FROM spell WHERE is_open GROUP BY child_id
),
ends AS (
    SELECT split_part(min({place}), ' ', 2) AS first_id, split_part(max({place}), ' ', 2) AS last_id
    FROM scoring s JOIN begun b ON b.child_id = s.child_id
    WHERE s.scored_on BETWEEN b.begun_on AND {asked.last} AND s.weight_set_id = '{set_id}'
        AND s.child_id IN (SELECT child_id FROM standing WHERE {COUNTED})
    GROUP BY s.child_id HAVING count(*) > 1
),
ranges AS (
    SELECT f.total AS first_total, f.total + {_became_open("n", "t", weights)} AS first_most,
        l.total AS last_total, l.total + {_became_open("t", "n", weights)} AS last_most
    FROM ends JOIN scoring f ON f.scoring_id = ends.first_id JOIN scoring l ON l.scoring_id = ends.last_id
        LEFT JOIN tracker_form_history t ON t.record_id = f.tracker_id AND t.revision = f.tracker_revision
        LEFT JOIN tracker_form_history n ON n.record_id = l.tracker_id AND n.revision = l.tracker_revision
),
shifted AS (
    SELECT first_total, last_total, CASE WHEN last_most < first_total THEN '{LOWER}' WHEN last_total > first_most THEN '{HIGHER}'
        WHEN last_total = first_total AND last_most = last_total AND first_most = first_total THEN '{SAME}'
        ELSE '{CANNOT_BE_TOLD}' END AS change
    FROM ranges
)"""


def _became_open(was: str, now: str, weights: WeightSet) -> str:
    """SQL: the highest points of the indicators that the tracker `was` knows and the tracker `now` does not."""
    is_open = "coalesce({}, '" + UNKNOWN + "') = '" + UNKNOWN + "'"
    return " + ".join(
        f"CASE WHEN NOT {is_open.format(f'{was}.{question.key}')} AND {is_open.format(f'{now}.{question.key}')}"
        f" THEN {max(weights.points[question.key].values())} ELSE 0 END"
        for question in indicators()
    )


def cuts(asked: Asked) -> dict[str, Cut]:
    return {
        f"scale={key}": Cut(f"Scale: {words.lower()}", f"{COUNTED} AND {condition}", SCALE)
        for key, (words, condition) in SCALE_CHANGES.items()
    } | {"total": GLANCE["total"]}


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    all_cuts = cuts(asked)
    figures = count(work, asked, all_cuts, more=FIRST_AND_NOW)
    twice = sum(figures[f"scale={key}"] for key in ("higher", "same", "lower"))
    yield Section(
        "The scale, first and now", "Change of the scale since the first discussion", ("Change", "Children"),
        tuple((words, (counted(figures, f"scale={key}"),)) for key, (words, _) in SCALE_CHANGES.items()),
        f"Of those with the scale recorded more than once, {share(figures['scale=higher'], twice)} stand higher, "
        f"which is better, and {share(figures['scale=lower'], twice)} lower.",
        (SCALE,), chart="bars",
    )  # fmt: skip
    yield _scale(figures)
    yield from _scores(work, asked, figures["total"])


def _scale(figures: dict[str, int]) -> Section:
    ends = {1: "1 (at risk of harm)", 10: "10 (no longer at risk)"}
    return Section(
        "Where children stood on the scale", "The scale at first and now, children", ("Scale", "At first", "Now"),
        tuple((ends.get(n, str(n)), (figures[f"scale_first={n}"], figures[f"scale_now={n}"])) for n in range(1, 11)),
        "Children with the scale recorded more than once, at their first discussion and at their latest; higher is better.",
        (SCALE,), chart="groups", series=2,
    )  # fmt: skip


def _scores(work: Reading, asked: Asked, total: int) -> Iterator[Section]:
    weight_set_id = work.value(query(asked, STANDING, asks=MOST_USED)) or ""
    weights = weights_then(work, asked, weight_set_id)
    is_told = f"change <> '{CANNOT_BE_TOLD}'"
    asks = "SELECT " + ", ".join((
        *(how_many(f"change = '{key}'") + f" AS change_{at}" for at, key in enumerate(SCORE_CHANGES)),
        *(f"{how_many(f'{is_told} AND {_step(end)} = {n}')} AS {end}_{n}" for end in ("first", "last") for n in STEPS),
        f"count(*) AS everyone, percentile_cont(0.5) WITHIN GROUP (ORDER BY last_total - first_total) FILTER (WHERE {is_told}) AS median"
        " FROM shifted",
    ))  # fmt: skip
    moved = work.row(query(asked, STANDING, shifted(asked, weight_set_id, weights), asks=asks)) or {}
    changes = {key: moved[f"change_{at}"] for at, key in enumerate(SCORE_CHANGES)}
    everyone, untold = moved["everyone"], changes[CANNOT_BE_TOLD]
    told = everyone - untold
    finding = "No child in oversight has been scored more than once under the same weights."
    if told:
        finding = (
            f"Of those of whom it can be told, {share(changes[LOWER], told)} score lower than at first, which is "
            f"better; the middle change is {days(moved['median']):+g} points."
        )
    if untold:
        finding = f"{finding if told else ''} Of {children(untold)} it cannot be told.".strip()
    counted_so = (
        SCORE,
        UNKNOWN_APART,
        "Of the open episode only, as the scale is: from the day its referral was received, so that the score before it opened counts.",
        f"First and latest score under {weights.in_words} only, the weights under which most of these children were last scored: "
        f"{children(total - everyone)} in oversight have no two scores under it and are left out.",
        "A child's own page shows all scores of all episodes, the earlier ones rescored under the later weights.",
    )
    warnings = (status_sentence(weights),) if everyone and status_sentence(weights) else ()
    yield Section(
        "The score, first and latest", "Change of the score since the first", ("Change", "Children"),
        tuple((words, (changes[key],)) for key, words in SCORE_CHANGES.items()),
        finding, counted_so, chart="bars" if everyone else "", warnings=warnings,
    )  # fmt: skip
    if not told:
        return
    yield Section(
        "Where the scores lie", "Scores at first and latest, children", ("Score", "First", "Latest"),
        tuple((_step_words(n), (moved[f"first_{n}"], moved[f"last_{n}"])) for n in STEPS),
        "The distribution of first and latest scores; a higher score is worse. "
        + " ".join(f"From {band.from_score}: {band.name.lower()} ({band.colour})." for band in BANDS),
        counted_so, chart="groups", series=2, warnings=warnings,
    )  # fmt: skip


def _step(end: str) -> str:
    return f"least({end}_total, {STEPS[-1]}) / {STEP} * {STEP}"


def _step_words(n: int) -> str:
    return f"{n} and over" if n == STEPS[-1] else f"{n} to {n + STEP - 1}"
