"""Coming and going: new, closed and repeat, month by month; why episodes closed; how long a referral waits."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from dateutil.relativedelta import relativedelta

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.cut import SPELL, Cut, Need, count, counted, query
from data.dashboard.section import Cell, Section, days, share
from data.database.engine import Row
from data.measures.measure import day, latest
from data.quarters import Quarter
from data.settings import value
from forms.codes import CLOSURE_REASONS
from forms.kinds.date import MONTHS as NAMES

MONTHS = 12
YEARS = (("now", "12 months to the day"), ("before", "12 months before"))

REPEAT = (
    "Repeat: an episode whose referral was received within twelve months of the child leaving the latest earlier episode in "
    "the partnership, for another reason than moving; the same day a year on is included."
)


def _returned(asked: Asked) -> str:
    """`returned`: the episodes that began with a repeat referral; after `spell`."""
    received = "coalesce(r.received_on, s.opened_on)"  # the referrals of those only who were there before
    before_it = latest(
        "spell s JOIN episode p ON p.child_id = s.child_id AND p.episode_id <> s.episode_id"
        " LEFT JOIN referral r ON r.referral_id = s.referral_id"
        f" WHERE p.opened_on <= {received} AND p.area {asked.scope().in_partnership}",
        "s.episode_id", "p.opened_on DESC, p.closed_on DESC NULLS FIRST, p.episode_id DESC",
        f"s.episode_id, {received} AS received, p.closed_on, p.closure_reason",
    )  # fmt: skip
    return f"""before_it AS ({before_it}),
returned AS (
    SELECT episode_id, TRUE AS is_return FROM before_it WHERE closed_on <= received AND closure_reason IS DISTINCT FROM 'moved'
        AND closed_on + INTERVAL '12 months' >= received
)"""


RETURNED = Need("returned", _returned, "episode_id")


def within(what: str, first: datetime.date, last: datetime.date, words: str = "") -> Cut:
    """Episodes opened, closed or begun with a repeat referral in a span of days."""
    on = "closed_on" if what == "closed" else "opened_on"
    condition = f"{on} BETWEEN {day(first)} AND {day(last)}"
    if what == "repeat":
        condition += " AND returned.is_return"
    title = {"opened": "Episodes opened", "closed": "Episodes closed", "repeat": "Repeat referrals"}[what]
    return Cut(
        f"{title} {words}".strip(), condition, REPEAT if what == "repeat" else "",
        (RETURNED,) if what == "repeat" else (), SPELL,
    )  # fmt: skip


def in_month(what: str, first: datetime.date) -> Cut:
    last = first + relativedelta(months=1) - datetime.timedelta(days=1)
    return within(what, first, last, f"in {NAMES[first.month - 1]} {first.year}")


KINDS = ("opened", "closed", "repeat")
CLOSED_FOR: dict[str, str] = dict(CLOSURE_REASONS)


def closed_for(reason: str, first: datetime.date, last: datetime.date) -> Cut:
    cut = within("closed", first, last)
    return Cut(
        f"Closed: {CLOSED_FOR[reason].lower()}", f"{cut.condition} AND closure_reason = '{reason}'", of=SPELL
    )


def cuts(asked: Asked) -> dict[str, Cut]:
    firsts = [asked.on.replace(day=1) - relativedelta(months=n) for n in reversed(range(MONTHS))]
    year = months_before(asked.on, MONTHS)
    return {
        **{f"{what}={first:%Y-%m}": in_month(what, first) for first in firsts for what in KINDS},
        **{f"{what}=year": within(what, year, asked.on, "in twelve months") for what in KINDS},
        **{f"closed_for={reason}": closed_for(reason, year, asked.on) for reason in CLOSED_FOR},
    }  # fmt: skip


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    all_cuts = cuts(asked)
    figures = count(work, asked, all_cuts, since=months_before(asked.on, MONTHS))
    firsts = dict.fromkeys(key.partition("=")[2] for key in all_cuts if key.startswith("opened=2"))
    opened, closed, repeat = (sum(figures[f"{what}={month}"] for month in firsts) for what in KINDS)
    yield Section(
        "Opened, closed and repeat, month by month",
        "Episodes in the last 12 months",
        ("Month", "Opened", "Closed", "Repeat"),
        tuple(
            (_month(month), tuple(counted(figures, f"{what}={month}") for what in KINDS)) for month in firsts
        ),
        f"{opened:,} episodes opened and {closed:,} closed in these twelve months; repeat referrals among them: {repeat:,}.",
        (
            "Episodes by the day on which they opened and closed; the last month is counted up to the day chosen.",
            REPEAT,
        ),
        chart="months",
        series=3,
    )
    yield from _closures(figures)
    yield from _waits(work, asked)


def _month(code: str) -> str:
    year, month = code.split("-")
    return f"{NAMES[int(month) - 1][:3]} {year}"


def _closures(figures: dict[str, int]) -> Iterator[Section]:
    total = figures["closed=year"]
    most = max(CLOSED_FOR, key=lambda reason: figures[f"closed_for={reason}"])
    most_closed = figures[f"closed_for={most}"]
    yield Section(
        "Why episodes closed",
        "Episodes closed in twelve months, by reason",
        ("Reason", "Episodes"),
        tuple((label, (counted(figures, f"closed_for={reason}"),)) for reason, label in CLOSURE_REASONS),
        f"Most often: {CLOSED_FOR[most].lower()}, {share(most_closed, total)}."
        if total
        else "No episode closed in these twelve months.",
        ("Episodes closed in the twelve months that end on the day chosen, by the reason the meeting gave.",),
        chart="bars",
    )


ASSESSED = (
    "From the day the referral was received to the date of the first assessment of the child on or after it, submitted in the tool "
    "or discussed at a meeting; and to the first meeting that discussed the child."
)


def waits(asked: Asked) -> str:
    """`waited`: the episodes opened in the two years, with days from referral to assessment and to first meeting; after `spell`."""
    year = day(months_before(asked.on, MONTHS))
    two_years = day(months_before(asked.on, 2 * MONTHS))
    return f"""received AS (
    SELECT episode_id, child_id, received_on, closed_on, CASE WHEN opened_on >= {year} THEN 'now' ELSE 'before' END AS span
    FROM spell WHERE received_on IS NOT NULL AND opened_on BETWEEN {two_years} AND {asked.last}
),
submitted AS (
    SELECT r.episode_id, min(a.assessed_on) AS assessed_on FROM received r JOIN assessment_form a
        ON a.child_id = r.child_id AND a.assessed_on >= r.received_on AND a.assessed_on <= {asked.last}
        AND a.submitted_on <= {asked.last}
    GROUP BY r.episode_id
),
discussed AS (
    SELECT r.episode_id, min(CASE WHEN d.assessment_date >= r.received_on THEN d.assessment_date END) AS assessed_on,
        min(CASE WHEN r.closed_on IS NULL OR d.meeting_date <= r.closed_on THEN d.meeting_date END) AS discussed_on
    FROM received r JOIN discussion d ON d.episode_id = r.episode_id WHERE d.meeting_date <= {asked.last}
    GROUP BY r.episode_id
),
waited AS (
    SELECT r.span, least(s.assessed_on, d.assessed_on) - r.received_on AS to_assessment,
        d.discussed_on - r.received_on AS to_first_meeting
    FROM received r LEFT JOIN submitted s USING (episode_id) LEFT JOIN discussed d USING (episode_id)
)"""


WAITS = (
    ("to_assessment", "to assessment", "target_days_to_assessment"),
    ("to_first_meeting", "to the first meeting", "target_days_to_meeting"),
)
"""What is waited for: its column, its words, and the setting of the partnership that is its target."""


def _waits(work: Reading, asked: Asked) -> Iterator[Section]:
    targets: dict[str, int | None] = {
        what: value(work, work.account.partnership_key, key) for what, _, key in WAITS
    }
    measured = ", ".join(
        f"count({what}) AS {what}_count, percentile_cont(0.5) WITHIN GROUP (ORDER BY {what}) AS {what}_median,"
        f" percentile_cont(0.9) WITHIN GROUP (ORDER BY {what}) AS {what}_ninetieth,"
        f" count(*) FILTER (WHERE {what} <= {targets[what] or 0}) AS {what}_met"
        for what in targets
    )
    asks = f"SELECT span, count(*) AS all_of_them, {measured} FROM waited GROUP BY span"
    rows = {row["span"]: row for row in work.rows(query(asked, SPELL, waits(asked), asks=asks))}
    for what, words, _ in WAITS:
        yield _wait(rows, what, words, targets[what])


def _wait(rows: dict[str, Row], what: str, words: str, wanted: int | None) -> Section:
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    for span, span_words in YEARS:
        row = rows.get(span, {})
        done, everyone = row.get(f"{what}_count", 0), row.get("all_of_them", 0)
        cells: tuple[Cell, ...] = (
            days(row.get(f"{what}_median")), days(row.get(f"{what}_ninetieth")), done, everyone - done,
        )  # fmt: skip
        if wanted is not None:
            cells = (*cells, share(row.get(f"{what}_met", 0), done))
        lines.append((span_words, cells))
    now = rows.get("now", {})
    finding = f"No child has come that far in these twelve months, from referral {words}."
    if now.get(f"{what}_count"):
        finding = (
            f"Half of the children waited no longer than {days(now[f'{what}_median'])} days from referral {words}, "
            f"nine in ten no longer than {days(now[f'{what}_ninetieth'])}."
        )
    headings = ("Episodes opened", "Median days", "9 in 10 within", "Done", "Still waiting")
    about_target = (
        f"The target is {wanted} days, a setting of the partnership."
        if wanted is not None
        else "No target is set."
    )
    return Section(
        f"From referral {words}",
        f"Days from referral {words}",
        (*headings, f"Within {wanted} days") if wanted is not None else headings,
        tuple(lines),
        finding,
        (
            ASSESSED,
            "Episodes opened in the twelve months. Days between two middle children are averaged; those still waiting are "
            "counted apart, so a recent month can look quicker than it will.",
            about_target,
        ),
    )


def in_quarters(work: Reading, asked: Asked, quarters: Sequence[Quarter]) -> list[dict[str, int]]:
    """Of each quarter, how many episodes opened, closed and were repeats up to the day."""
    cuts = {
        f"{what}={quarter}": within(what, quarter.first, min(quarter.last, asked.on))
        for quarter in quarters
        for what in KINDS
    }
    figures = count(work, asked, cuts, since=min(quarters).first)
    return [{what: figures[f"{what}={quarter}"] for what in KINDS} for quarter in quarters]
