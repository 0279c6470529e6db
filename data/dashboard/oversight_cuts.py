"""The cuts by which the cohort is shown everywhere: measures 2 and 4 under their names in the return, and what is due."""

from __future__ import annotations

from collections.abc import Iterator

from data.dashboard.asked import BANDS, LETTERS
from data.dashboard.cut import Cut
from data.measures.measure import Measure
from data.measures.oversight import BEING_OR_MAY_BE, COUNTED, DEMOGRAPHY, IN_OVERSIGHT
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN


def _of_measures() -> Iterator[tuple[str, Cut]]:
    """Ethnicity by group only: by its twenty codes it is in the return."""
    for measure in (IN_OVERSIGHT, DEMOGRAPHY):
        for part in measure.parts:
            if "ethnicity" in part.columns:
                continue
            for one in part.breakdowns:
                held = [f"({part.where})", *(f"{column} = '{value}'" for column, value in one.of)]
                yield one.name, Cut(one.label, " AND ".join(held), of_the_day(measure))


def of_the_day(measure: Measure) -> str:
    """The definition of a measure of the return, as the dashboard counts it."""
    sentence = measure.sentence.replace("as last recorded", "as recorded by then")
    return f"{sentence} The day chosen stands for quarter end."


BAND_SENTENCE = (
    "The band in which the child was handled on the day chosen, by the latest scoring on or before it, for children in "
    "oversight (judgements A, B and C). It decides nothing by itself. Where fewer of the tracker's answers are known than the "
    "partnership has set, or what is unknown could change the band, no band is read: not enough is known."
)
OVERDUE = "A review is overdue when the review date of the latest discussion, as it stood on the day chosen, is before that day."
NEVER = "Children with an open episode who have been discussed at no more than one meeting in it, so had no review yet."
TURNS_18 = "Children with an open episode who are under 18 on the day chosen and 18 within six calendar months of it."

MEASURED: dict[str, Cut] = dict(_of_measures())

GLANCE: dict[str, Cut] = {
    **{name: cut for name, cut in MEASURED.items() if name.partition("=")[0] in ("total", "judgement", "apart")},
    "open": Cut("All with an open episode", "TRUE"),
    **{f"judged={letter}": Cut(f"Judged {letter}", f"code = {code}") for letter, code in LETTERS.items()},
    **{
        f"band={band.key}": Cut(f"In the {band.name.lower()} band", f"{COUNTED} AND band = '{band.key}'", BAND_SENTENCE)
        for band in BANDS
    },
    f"band={NOT_ENOUGH_KNOWN}": Cut(NOT_ENOUGH_IN_WORDS, f"{COUNTED} AND band = '{NOT_ENOUGH_KNOWN}'", BAND_SENTENCE),
    "band=none": Cut("Not scored", f"{COUNTED} AND band IS NULL", BAND_SENTENCE),
    "review=overdue": Cut("Review overdue", "is_overdue", OVERDUE),
    "review=none": Cut("Without a review date", "review_by IS NULL"),
    "review=never": Cut("No review yet", "talks <= 1", NEVER),
    "turns_18": Cut("Turning 18 within six months", "turns_18", TURNS_18),
}  # fmt: skip

PEOPLE: dict[str, Cut] = {
    "total": MEASURED["total"],
    **{f"judgement={key}": MEASURED[f"judgement={key}"] for key, _ in BEING_OR_MAY_BE},
    **{name: cut for name, cut in MEASURED.items() if name.partition("=")[0] not in ("total", "judgement", "apart")},
    "turns_18": GLANCE["turns_18"],
    **{
        f"turns_18;judgement={key}": Cut(f"Turning 18 within six months: {label.lower()}", f"turns_18 AND judgement = '{key}'", TURNS_18)
        for key, label in BEING_OR_MAY_BE
    },
}  # fmt: skip
