"""The cohort at a glance: how many are in oversight, judgement and band, and how that compares with earlier quarters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.actor import Reading
from data.dashboard import flow
from data.dashboard.asked import BANDS, Asked
from data.dashboard.cut import Cut, Need, count, counted
from data.dashboard.oversight_cuts import BAND_SENTENCE, GLANCE, NEVER, OVERDUE, TURNS_18, of_the_day
from data.dashboard.section import Cell, Section, children, share
from data.dashboard.standing import scored
from data.dashboard.weights import weights_then
from data.measures.oversight import COUNTED, IN_OVERSIGHT
from data.quarters import Quarter
from forms.codes import JUDGEMENTS
from forms.kinds.date import in_words
from forms.weights import status_sentence
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN, WHY_NOT_ENOUGH

SHORT = {
    "A": "A, being, and a risk to others",
    "B": "B, being exploited",
    "C": "C, may be exploited",
    "D": "D, after harm",
    "E": "E, prevention",
}
CHANGES = {
    "up": "In a higher (worse) band",
    "same": "In the same band",
    "down": "In a lower (better) band",
    "untold": "Cannot be told: not enough is known",
    "first": "Scored for the first time",
}
COMPARED = {
    "total": "In oversight", "judgement=being": "Being exploited", "judgement=may_be": "May be exploited",
    "open": "All with an open episode", "band=high": "In the high (red) band", "review=overdue": "Review overdue",
    "turns_18": "Turning 18 within six months",
}  # fmt: skip
IN_QUARTER = {"opened": "Episodes opened in the quarter", "closed": "Episodes closed in the quarter",
              "repeat": "Repeat referrals in the quarter"}  # fmt: skip


def _band_change(asked: Asked) -> str:
    """`band_change`: child_id and change (a key of `CHANGES`) since the end of the quarter before; after `scored`."""
    rank = "CASE {} " + " ".join(f"WHEN '{band.key}' THEN {n}" for n, band in enumerate(BANDS)) + " END"
    now, before = rank.format("s.band"), rank.format("b.band")
    return f"""{scored(asked, "band", "scored_before", _quarters(asked)[0].last)},
band_change AS (
    SELECT s.child_id, CASE WHEN b.band IS NULL THEN 'first'
        WHEN '{NOT_ENOUGH_KNOWN}' IN (s.band, b.band) THEN 'untold' WHEN {now} > {before} THEN 'up'
        WHEN {now} < {before} THEN 'down' ELSE 'same' END AS change
    FROM scored s LEFT JOIN scored_before b USING (child_id)
)"""


WEIGHT_SETS = f"array_agg(DISTINCT weight_set_id) FILTER (WHERE {COUNTED} AND band IS NOT NULL)"
BAND_CHANGE = Need("band_change", _band_change)

CUTS: dict[str, Cut] = {
    **GLANCE,
    **{
        f"band_change={key}": Cut(
            f"{words} than at the end of the quarter before" if key in ("up", "down") else f"{words} (against the end of the quarter before)",
            f"{COUNTED} AND band_change.change = '{key}'", BAND_SENTENCE, (BAND_CHANGE,),
        )
        for key, words in CHANGES.items()
    },
}  # fmt: skip


def cuts(asked: Asked) -> dict[str, Cut]:
    return CUTS


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    figures = count(work, asked, CUTS, more={"weight_sets": WEIGHT_SETS})
    yield _headline(figures)
    yield _compared(work, asked, figures)
    yield _judgements(figures)
    about = _about_scores(work, asked, figures["weight_sets"] or ())
    yield _bands(figures, about)
    yield _changes(figures, asked, about)


def _headline(figures: dict[str, int]) -> Section:
    of_open = f"of {children(figures['open'])} with an open episode"
    lines = [
        ("In oversight", "total", "being or may be exploited"),
        ("Being exploited", "judgement=being", "judged A or B"),
        ("May be exploited", "judgement=may_be", "judged C"),
        ("No review yet", "review=never", of_open),
        ("Reviews overdue", "review=overdue", of_open),
        ("Turning 18", "turns_18", "within six months"),
    ]
    if figures["review=none"]:
        lines.append(("No review date", "review=none", "missing, so never counted as overdue"))
    apart = (
        ("after harm (judgement D)", "apart=oversight_after_harm"),
        ("prevention (judgement E)", "apart=prevention"),
        ("not judged yet", "apart=not_judged"),
    )
    said = ", ".join(f"{figures[cut]:,} {words}" for words, cut in apart)
    return Section(
        "In the meeting's oversight", "In the meeting's oversight", ("Figure", "Children", "What it is"),
        tuple((words, (counted(figures, cut), note)) for words, cut, note in lines),
        f"Open too, shown apart and not added: {said}.",
        (of_the_day(IN_OVERSIGHT), OVERDUE, NEVER, TURNS_18),
        look="headline",
    )  # fmt: skip


def _quarters(asked: Asked) -> tuple[Quarter, Quarter]:
    """The quarter before that of the day, and the same quarter a year ago."""
    this = Quarter.of(asked.on)
    return this.before(1), this.before(4)


def _compared(work: Reading, asked: Asked, figures: dict[str, int]) -> Section:
    this, earlier = Quarter.of(asked.on), _quarters(asked)
    stood = [figures, *(count(work, asked.at(q.last), {c: GLANCE[c] for c in COMPARED}) for q in earlier)]
    moved = flow.in_quarters(work, asked, (this, *earlier))
    before, so_far = stood[1]["total"], "" if asked.on == this.last else " so far"
    change = figures["total"] - before
    than = "as many as" if not change else f"{abs(change):,} {'more' if change > 0 else 'fewer'} than"
    lines: list[tuple[str, tuple[Cell, ...]]] = [
        (words, (counted(figures, cut), *(s[cut] for s in stood[1:]))) for cut, words in COMPARED.items()
    ]
    lines += [(words, tuple(m[what] for m in moved)) for what, words in IN_QUARTER.items()]
    return Section(
        "Against earlier quarters", "The cohort now and at the end of earlier quarters",
        ("Figure", f"{in_words(asked.on)}", f"End of {earlier[0]}", f"End of {earlier[1]}"),
        tuple(lines),
        f"{children(figures['total'])} in oversight, {than} at the end of {earlier[0]} ({before:,}) "
        f"and {stood[2]['total']:,} at the end of {earlier[1]}.",
        (
            "Each column as it stood on that day, by the same filters. Opened, closed and repeat count the quarter of the "
            f"column, filtered by what is known of those children on the day chosen; {this}{so_far}.",
            flow.REPEAT,
        ),
    )  # fmt: skip


def _judgements(figures: dict[str, int]) -> Section:
    return Section(
        "Judgement", "Judgement, all open children", ("Judgement", "Children"),
        (
            *((SHORT[key], (counted(figures, f"judged={key}"),)) for key, _ in JUDGEMENTS),
            ("Not judged yet", (counted(figures, "apart=not_judged"),)),
        ),
        f"{figures['judgement=being']:,} of the {children(figures['total'])} in oversight are judged to be exploited (A or B).",
        (
            "The latest judgement decided in the open episode by the day chosen.",
            *(f"{key}: {words}." for key, words in JUDGEMENTS),
        ),
        chart="bars",
    )  # fmt: skip


def _bands(figures: dict[str, int], about: tuple[str, ...]) -> Section:
    """The bands from the highest down, each with what the source says of it."""
    has_score = figures["total"] - figures["band=none"]
    return Section(
        "Band of the score (red, amber, green)", "Band by the latest scoring", ("Band", "Children", "What the band says"),
        (
            *(
                (f"{band.name} ({band.colour})", (counted(figures, f"band={band.key}"), band.explanation))
                for band in reversed(BANDS)
            ),
            (NOT_ENOUGH_IN_WORDS, (counted(figures, f"band={NOT_ENOUGH_KNOWN}"), WHY_NOT_ENOUGH)),
            ("Not scored", (counted(figures, "band=none"), "No tracker had been scored by the day chosen.")),
        ),
        f"{has_score:,} of the {children(figures['total'])} in oversight have been scored; of "
        f"{children(figures[f'band={NOT_ENOUGH_KNOWN}'])} too little is known for a band.",
        (BAND_SENTENCE,), warnings=about, look="bands",
    )  # fmt: skip


def _changes(figures: dict[str, int], asked: Asked, about: tuple[str, ...]) -> Section:
    before = _quarters(asked)[0]
    compared = sum(figures[f"band_change={key}"] for key in ("up", "same", "down"))
    worse, untold = figures["band_change=up"], figures["band_change=untold"]
    return Section(
        "Change of band", f"Band now against the end of {before}", ("Change", "Children"),
        tuple((words, (counted(figures, f"band_change={key}"),)) for key, words in CHANGES.items()),
        (
            f"{share(worse, compared)} children with a band at both times are in a higher band than at the end of {before}."
            if compared
            else f"No child in oversight had a band both now and at the end of {before}."
        )
        + (f" Of {children(untold)} it cannot be told, and they are counted apart." if untold else ""),
        (BAND_SENTENCE, "A change is told only between two bands that were read. Bands are those in which the child was handled at the time; weights may differ between the two."),
        warnings=about if compared or untold else (),
    )  # fmt: skip


def _about_scores(work: Reading, asked: Asked, weight_sets: Sequence[str]) -> tuple[str, ...]:
    """What must be said wherever a band is shown: which weight sets are not approved."""
    sentences = (status_sentence(weights_then(work, asked, weight_set)) for weight_set in weight_sets)
    return tuple(sorted({sentence for sentence in sentences if sentence}))
