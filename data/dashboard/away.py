"""Missing and school: who goes missing, whether they are talked with once they are back, and how school is attended.

Counted from the records beside the forms (`forms.missing`), which hold each episode and each day; what a tracker says once is in
`seen`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.cut import STANDING, Cut, Need, count, counted, query
from data.dashboard.section import Cell, Section, children, share
from data.measures.measure import day
from forms.missing import INTERVIEW_WITHIN, TIMETABLES

MONTHS = 12
OFTEN = 3

WENT = {
    "missing=now": ("Missing on the day", "went_missing.is_missing = 1"),
    "missing=year": ("Missing at least once in the twelve months", "went_missing.times > 0"),
    "missing=often": (f"Missing {OFTEN} times or more in the twelve months", f"went_missing.times >= {OFTEN}"),
    "missing=no_interview": (
        "Came back, and no return home interview was held within 72 hours", "went_missing.returns > went_missing.in_time",
    ),
}  # fmt: skip
ATTENDED = {
    "95": ("95% and over", "attended.percent >= 95"),
    "90": ("90 to 94%", "attended.percent BETWEEN 90 AND 94"),
    "50": ("50 to 89%", "attended.percent BETWEEN 50 AND 89"),
    "0": ("Under 50%", "attended.percent < 50"),
    "none": ("Not recorded", "attended.percent IS NULL"),
}
MISSED = (
    "Missing episodes as they are recorded for children with an open episode on the day chosen, whichever agency recorded them. "
    "The twelve months end on that day: an episode that began before them and is not over, or ended within them, counts. "
    "The tracker's answer, under What is seen, says what was known when it was sent, so it can differ."
)
INTERVIEWS = (
    "A return home interview is due within 72 hours of the child's return, counted in days: on the third day after it at the "
    "latest. An interview that is not answered counts as neither offered nor held; a return of the last days can still be in time."
)
SCHOOL = (
    "The latest record of school attendance up to the day, for children with an open episode. The tracker's answer, which it gives "
    "in bands, is what was known when that was sent, so it can differ."
)


def _in_time(asked: Asked) -> str:
    return f"interview_held AND interview_on <= least(until_on + {INTERVIEW_WITHIN.days}, {asked.last})"


def went_missing(asked: Asked) -> str:
    """`went_missing`: of each child with an open episode, times missing and returns in the twelve months; missing on the day."""
    year = day(months_before(asked.on, MONTHS))
    in_year = f"until_on IS NULL OR until_on >= {year}"
    back = f"until_on BETWEEN {year} AND {asked.last}"
    return f"""went_missing AS (
    SELECT child_id, count(*) FILTER (WHERE {in_year}) AS times, count(*) FILTER (WHERE {back}) AS returns,
        count(*) FILTER (WHERE {back} AND {_in_time(asked)}) AS in_time,
        max(CASE WHEN until_on IS NULL OR until_on > {asked.last} THEN 1 ELSE 0 END) AS is_missing
    FROM missing_episode WHERE from_on <= {asked.last} AND child_id IN (SELECT child_id FROM standing) GROUP BY child_id
)"""


def attended(asked: Asked) -> str:
    """`attended`: the latest record of school of each child with an open episode."""
    return f"""attended AS (
    SELECT DISTINCT ON (child_id) child_id, timetable, percent FROM school_attendance
    WHERE as_of <= {asked.last} AND child_id IN (SELECT child_id FROM standing)
    ORDER BY child_id, as_of DESC, school_attendance_id DESC
)"""


WENT_MISSING, ATTENDANCE = Need("went_missing", went_missing), Need("attended", attended)
MISSING_CUTS = {
    key: Cut(words, condition, INTERVIEWS if key == "missing=no_interview" else MISSED, (WENT_MISSING,))
    for key, (words, condition) in WENT.items()
}
EDUCATION = {
    key: (words, f"attended.timetable = '{key}'") for key, words in TIMETABLES
} | {"none": ("Not recorded", "attended.timetable IS NULL")}  # fmt: skip
SCHOOL_CUTS = {
    f"education={key}": Cut(f"Education: {words.lower()}", condition, SCHOOL, (ATTENDANCE,))
    for key, (words, condition) in EDUCATION.items()
} | {
    f"percent={key}": Cut(f"School attendance: {words.lower()}", condition, SCHOOL, (ATTENDANCE,))
    for key, (words, condition) in ATTENDED.items()
}
OPEN = {"open": Cut("All with an open episode", "TRUE")}


def cuts(asked: Asked) -> dict[str, Cut]:
    return {**OPEN, **MISSING_CUTS, **SCHOOL_CUTS}


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    now = count(work, asked, cuts(asked))
    yield _missing(now, count(work, asked.at(asked.on - relativedelta(years=1)), {**OPEN, **MISSING_CUTS}))
    yield _interviews(work, asked)
    yield _school("Education", "Education, children", "education", EDUCATION, now)
    yield _school("Attendance at school", "Attendance in percent, children", "percent", ATTENDED, now)


def _missing(now: dict[str, int], year_ago: dict[str, int]) -> Section:
    return Section(
        "Missing episodes", "Children who went missing", ("Children", "Now", "A year ago"),
        tuple((words, (counted(now, key), year_ago[key])) for key, (words, _) in WENT.items()),
        f"{share(now['missing=year'], now['open'])} of the children with an open episode went missing in the twelve months; "
        f"{children(now['missing=now'])} missing on the day.",
        (MISSED, INTERVIEWS, "A year ago: the cohort as it stood then, and the twelve months before that."),
        chart="groups", series=2,
    )  # fmt: skip


def _interviews(work: Reading, asked: Asked) -> Section:
    """By the times a child came back, not by children."""
    year, two_years = (day(months_before(asked.on, months)) for months in (MONTHS, 2 * MONTHS))
    rows = {
        row["span"]: row
        for row in work.rows(
            query(
                asked,
                STANDING,
                asks=f"SELECT CASE WHEN until_on >= {year} THEN 'now' ELSE 'before' END AS span,"
                " count(*) AS returns, count(*) FILTER (WHERE interview_offered) AS offered,"
                f" count(*) FILTER (WHERE interview_held AND interview_on <= {asked.last}) AS held,"
                f" count(*) FILTER (WHERE {_in_time(asked)}) AS in_time"
                f" FROM missing_episode WHERE until_on BETWEEN {two_years} AND {asked.last}"
                " AND child_id IN (SELECT child_id FROM standing) GROUP BY 1",
            )
        )
    }
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    for span, words in (("now", "12 months to the day"), ("before", "12 months before")):
        row = rows.get(span, dict.fromkeys(("returns", "offered", "held", "in_time"), 0))
        share_in_time = share(row["in_time"], row["returns"])
        lines.append((words, (row["returns"], row["offered"], row["held"], row["in_time"], share_in_time)))
    now = rows.get("now")
    return Section(
        "Return home interviews", "Return home interviews, by times a child came back",
        ("Came back in", "Times", "Offered", "Held", "Held within 72 hours", "In time, of all times"), tuple(lines),
        f"An interview was held within 72 hours for {share(now['in_time'], now['returns'])} of the times a child came back."
        if now
        else "No child with an open episode came back from being missing in these twelve months.",
        (MISSED, INTERVIEWS),
    )  # fmt: skip


def _school(
    title: str, caption: str, name: str, options: dict[str, tuple[str, str]], figures: dict[str, int]
) -> Section:
    known = figures["open"] - figures[f"{name}=none"]
    return Section(
        title, caption, ("Latest record", "Children"),
        tuple((words, (counted(figures, f"{name}={key}"),)) for key, (words, _) in options.items()),
        f"Recorded for {share(known, figures['open'])} of the children with an open episode.",
        (SCHOOL,), chart="bars",
    )  # fmt: skip
