"""Before and after: the scale from first to now, and how the scores of the cohort moved, within one weight set."""

from __future__ import annotations

from collections.abc import Iterator

from data.actor import Reading
from data.dashboard.asked import BANDS, Asked
from data.dashboard.cut import STANDING, Cut, count, counted, how_many, query
from data.dashboard.oversight_cuts import GLANCE
from data.dashboard.section import Section, children, days, share
from data.measures.oversight import COUNTED
from data.scores.scorings import weights_of
from forms.weights import status_sentence

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
    "lower": ("Lower than at first (better)", "last_total < first_total"),
    "same": ("As at first", "last_total = first_total"),
    "higher": ("Higher than at first (worse)", "last_total > first_total"),
}

FIRST_AND_NOW = {
    f"{column}={n}": how_many(f"{COUNTED} AND scale_first IS NOT NULL AND {column} = {n}")
    for column in ("scale_first", "scale_now")
    for n in range(1, 11)
}


def shifted(asked: Asked) -> str:
    """`shifted`: each child's first and latest score of those scored more than once under one weight set: the set under which
    most children in oversight were last scored. Their order is that of day and id, in one text that ends with the score."""
    score = "CAST(s.scored_on AS text) || ' ' || s.scoring_id || ' ' || CAST(s.total AS text)"
    return f"""weights AS (
    SELECT weight_set_id FROM standing WHERE {COUNTED} AND band IS NOT NULL
    GROUP BY weight_set_id ORDER BY count(*) DESC, weight_set_id DESC LIMIT 1
),
ends AS (
    SELECT min({score}) AS first_score, max({score}) AS last_score
    FROM scoring s WHERE s.scored_on <= {asked.last} AND s.weight_set_id = (SELECT weight_set_id FROM weights)
        AND s.child_id IN (SELECT child_id FROM standing WHERE {COUNTED})
    GROUP BY s.child_id HAVING count(*) > 1
),
shifted AS (
    SELECT CAST(split_part(first_score, ' ', 3) AS integer) AS first_total,
        CAST(split_part(last_score, ' ', 3) AS integer) AS last_total
    FROM ends
)"""


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
    asks = ", ".join((
        "SELECT (SELECT weight_set_id FROM weights) AS weight_set_id",
        *(f"{how_many(condition)} AS {key}" for key, (_, condition) in SCORE_CHANGES.items()),
        *(f"{how_many(f'{_step(end)} = {n}')} AS {end}_{n}" for end in ("first", "last") for n in STEPS),
        "count(*) AS everyone, percentile_cont(0.5) WITHIN GROUP (ORDER BY last_total - first_total) AS median FROM shifted",
    ))  # fmt: skip
    moved = work.row(query(asked, STANDING, shifted(asked), asks=asks)) or {}
    weights = weights_of(work, moved["weight_set_id"] or "")
    everyone = moved["everyone"]
    finding = "No child in oversight has been scored more than once under the same weights."
    if everyone:
        finding = (
            f"Of those scored more than once, {share(moved['lower'], everyone)} score lower than at first, which is "
            f"better; the middle change is {days(moved['median']):+g} points."
        )
    counted_so = (
        SCORE,
        f"First and latest score under {weights.in_words} only, the weights under which most of these children were last scored: "
        f"{children(total - everyone)} in oversight have no two scores under it and are left out.",
        "A child's own page rescores earlier scores under the later weights.",
    )
    warnings = (status_sentence(weights),) if everyone and status_sentence(weights) else ()
    yield Section(
        "The score, first and latest", "Change of the score since the first", ("Change", "Children"),
        tuple((words, (moved[key],)) for key, (words, _) in SCORE_CHANGES.items()),
        finding, counted_so, chart="bars" if everyone else "", warnings=warnings,
    )  # fmt: skip
    if not everyone:
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
