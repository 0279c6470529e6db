"""What is seen: the signs, contexts and places recorded most, now against a year ago; missing and school; the NRM as a funnel."""

from __future__ import annotations

from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut, Need, count, counted
from data.dashboard.past import recorded_by
from data.dashboard.section import Section, children, share
from data.dashboard.standing import latest_form
from data.measures.themes import SIGNS
from forms.codes import AREAS_GONE_TO, CONTEXTS
from forms.tracker import TRACKER, UNKNOWN

MOST = 10

LABELS = {f"context_{at}": ("contexts", key) for at, (key, _) in enumerate(CONTEXTS)} | {
    f"gone_{at}": ("areas_gone_to", label) for at, (_, label) in enumerate(AREAS_GONE_TO)
}
"""Column of `talked_last` → the list of a discussion, and what it holds."""
"""Signs shown; all of them are in the return."""


def screened(asked: Asked) -> str:
    """`screened`: the latest screening of each child submitted by the day, with its signs."""
    signs = ", ".join(f"f.{sign.key}" for sign in SIGNS)
    return latest_form(asked, "screened", "screening_form", f"TRUE AS was_screened, {signs}")


def talked_last(asked: Asked) -> str:
    """`talked_last`: the labels of each child at the latest discussion of their open episode; of several episodes, together."""
    labels = ", ".join(
        f"max(CASE WHEN array_position(d.{column}, '{label}') > 0 THEN 1 ELSE 0 END) AS {name}"
        for name, (column, label) in LABELS.items()
    )
    return f"""talked_last AS (
    SELECT d.child_id, {labels} FROM spell s JOIN discussion d ON d.episode_id = s.episode_id AND d.meeting_date = s.met_on
    WHERE s.is_open GROUP BY d.child_id
)"""


def tracked(asked: Asked) -> str:
    """`tracked`: the latest tracker of each child submitted by the day, what it says of being missing and of school."""
    return latest_form(asked, "tracked", "tracker_form", "f.wanted_missing, f.attendance, f.neet")


def nrm_then(asked: Asked) -> str:
    """`nrm_then`: child_id and how far the referral to the national mechanism had come by the day, 0 to 3; refused or not."""
    decided = "{0} IS NOT NULL AND coalesce({0}_on, submitted_on) <= " + asked.last
    reasonable, conclusive = decided.format("n.reasonable_grounds"), decided.format("n.conclusive_grounds")
    sent = f"n.submitted_on <= {asked.last}"
    return f"""nrm_then AS (
    SELECT child_id, max(stage) AS stage, max(is_negative) AS is_negative FROM (
    SELECT n.child_id,
        CASE WHEN {conclusive} AND n.conclusive_grounds = 'positive' THEN 3
            WHEN {reasonable} AND n.reasonable_grounds = 'positive' THEN 2 WHEN {sent} THEN 1 ELSE 0 END AS stage,
        CASE WHEN {reasonable} AND n.reasonable_grounds = 'negative' OR {conclusive} AND n.conclusive_grounds = 'negative'
            THEN 1 ELSE 0 END AS is_negative
    FROM nrm n WHERE {sent} OR n.is_required AND {recorded_by(asked, "n")}
    ) AS referred GROUP BY child_id
)"""


IS_UNKNOWN = "screened.was_screened AND coalesce(screened.{}, 'unknown') = 'unknown'"
NRM = "National Referral Mechanism (NRM)"
STAGES = (
    (0, "Needs to be referred, or further"),
    (1, "Referred, or further"),
    (2, "Positive reasonable grounds, or further"),
    (3, "Positive conclusive grounds"),
)
SCREENED = (
    "Children with an open episode whose latest screening submitted by the day answers the sign with Yes."
)
CONTEXT = "Children with an open episode whose latest discussion in it recorded the label."
TRACKED = (
    "Children with an open episode, by the latest tracker submitted by the day. The tracker says what was known when it was sent; the records beside it, under Missing and school, hold each episode and each "
    "day. The two can differ."
)
FUNNEL = (
    "Children with an open episode, by the furthest stage of any referral of theirs: each stage includes those that went further. "
    "A decision without a date counts from the day of submission, or from when it was recorded where that was later; that a "
    "referral is needed, from the day it was recorded."
)

SCREENED_BY, TALKED, TRACKED_THEN, NRM_THEN = (
    Need("screened", screened), Need("talked_last", talked_last), Need("tracked", tracked), Need("nrm_then", nrm_then),
)  # fmt: skip

SIGN_CUTS = {
    f"sign={sign.key}": Cut(sign.label, f"screened.{sign.key} = 'yes'", SCREENED, (SCREENED_BY,))
    for sign in SIGNS
} | {"screened": Cut("With a screening", "screened.was_screened", needs=(SCREENED_BY,))}
SIGNS_UNKNOWN = {
    f"sign_unknown={sign.key}": Cut(
        f"Unknown: {sign.label}", f"{IS_UNKNOWN.format(sign.key)}", SCREENED, (SCREENED_BY,)
    )
    for sign in SIGNS
}
CONTEXT_CUTS = {
    f"context={key}": Cut(label, f"talked_last.context_{at} = 1", CONTEXT, (TALKED,))
    for at, (key, label) in enumerate(CONTEXTS)
} | {
    f"gone_to={key}": Cut(f"Gone to: {label}", f"talked_last.gone_{at} = 1", CONTEXT, (TALKED,))
    for at, (key, label) in enumerate(AREAS_GONE_TO)
}
TRACKED_BY = {
    "wanted_missing": "Currently wanted or missing",
    "attendance": "School attendance",
    "neet": "Not in education, employment or training",
}
_labels = {question.key: question for question in TRACKER.questions()}
TRACKER_CUTS = {
    f"{column}={key}": Cut(
        f"{title}: {label}", f"tracked.{column} = '{key}'", TRACKED, (TRACKED_THEN,)
    )
    for column, title in TRACKED_BY.items()
    for key, label in _labels[column].options  # type: ignore[attr-defined]
} | {
    f"{column}=not_answered": Cut(
        f"{title}: not answered", f"tracked.{column} IS NULL", TRACKED, (TRACKED_THEN,)
    )
    for column, title in TRACKED_BY.items()
}  # fmt: skip
NRM_CUTS = {
    f"nrm={stage}": Cut(
        f"{NRM}: {words.lower()}", f"nrm_then.stage >= {stage}", FUNNEL, (NRM_THEN,)
    )
    for stage, words in STAGES
} | {
    "nrm=negative": Cut(
        f"{NRM}: a negative decision", "nrm_then.is_negative = 1", FUNNEL, (NRM_THEN,)
    )
}  # fmt: skip
OPEN = {"open": Cut("All with an open episode", "TRUE")}


def cuts(asked: Asked) -> dict[str, Cut]:
    return {**OPEN, **SIGN_CUTS, **SIGNS_UNKNOWN, **CONTEXT_CUTS, **TRACKER_CUTS, **NRM_CUTS}


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    now = count(work, asked, cuts(asked))
    compared = {**SIGN_CUTS, **SIGNS_UNKNOWN, **CONTEXT_CUTS, **OPEN}
    year_ago = count(work, asked.at(asked.on - relativedelta(years=1)), compared)
    yield _signs(now, year_ago)
    yield _labels_of("Contexts of exploitation", "context", CONTEXTS, now, year_ago)
    yield _labels_of("Areas gone to", "gone_to", AREAS_GONE_TO, now, year_ago)
    yield _funnel(now)
    for column, title in TRACKED_BY.items():
        yield _tracker(column, title, now)


def _signs(now: dict[str, int], year_ago: dict[str, int]) -> Section:
    ranked = sorted((s for s in SIGNS if now[f"sign={s.key}"]), key=lambda s: -now[f"sign={s.key}"])
    finding = "No sign is recorded in the latest screenings of children with an open episode."
    if ranked:
        first = now[f"sign={ranked[0].key}"]
        finding = (
            f"Recorded most: {ranked[0].label}, for {share(first, now['screened'])} of the children screened."
        )
    return Section(
        "Signs recorded most", f"The {MOST} signs recorded most, children", ("Sign", "Now", "A year ago", "Unknown now", "Unknown a year ago"),
        tuple(
            (
                s.label,
                (
                    counted(now, f"sign={s.key}"), year_ago[f"sign={s.key}"],
                    counted(now, f"sign_unknown={s.key}"), year_ago[f"sign_unknown={s.key}"],
                ),
            )
            for s in ranked[:MOST]
        ),
        finding,
        (SCREENED, "Unknown: the latest screening says so, or does not answer. Fewer children with a sign is no fall where more are unknown.",
         f"Screened now: {now['screened']:,}. Screened a year ago: {year_ago['screened']:,}, of the cohort as it stood then."),
    )  # fmt: skip


def _labels_of(
    title: str, name: str, options: tuple[tuple[str, str], ...], now: dict[str, int], year_ago: dict[str, int]
) -> Section:
    ranked = sorted(options, key=lambda option: -now[f"{name}={option[0]}"])
    most, label = now[f"{name}={ranked[0][0]}"], ranked[0][1]
    return Section(
        title, f"{title}, children", ("Label", "Now", "A year ago"),
        tuple((label, (counted(now, f"{name}={key}"), year_ago[f"{name}={key}"])) for key, label in ranked),
        f"Recorded most: {label}, for {share(most, now['open'])} of the children with an open episode."
        if most
        else "None is recorded at the latest discussions.",
        (CONTEXT, "A child can have several."), chart="groups", series=2,
    )  # fmt: skip


def _funnel(figures: dict[str, int]) -> Section:
    needed, sent = figures["nrm=0"], figures["nrm=1"]
    return Section(
        NRM, "Stages of the NRM, children", ("Stage", "Children"),
        (
            *((words, (counted(figures, f"nrm={stage}"),)) for stage, words in STAGES),
            ("Apart: a negative decision", (counted(figures, "nrm=negative"),)),
        ),
        f"Of the {children(needed)} with an open episode who need a referral, {share(sent, needed)} have been referred."
        if needed
        else "No child with an open episode needs a referral.",
        (FUNNEL,), chart="bars",
    )  # fmt: skip


def _tracker(column: str, title: str, figures: dict[str, int]) -> Section:
    options = (*_labels[column].options, ("not_answered", "Not answered, or no tracker"))  # type: ignore[attr-defined]
    known = figures["open"] - figures[f"{column}=not_answered"] - figures[f"{column}={UNKNOWN}"]
    return Section(
        title, f"{title}, children", ("Answer", "Children"),
        tuple((label, (counted(figures, f"{column}={key}"),)) for key, label in options),
        f"Known for {share(known, figures['open'])} of the children with an open episode.",
        (TRACKED,),
    )  # fmt: skip
