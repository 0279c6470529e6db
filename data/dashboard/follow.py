"""Following through: how long children stay in oversight, what waits for a decision, what was done in time, and what runs out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.actor import Reading
from data.dashboard import disruption
from data.dashboard.asked import Asked, months_before
from data.dashboard.cut import STANDING, Cut, Need, count, counted, query
from data.dashboard.past import as_it_stood
from data.dashboard.section import Cell, Section, children, days, share
from data.measures.measure import day
from data.measures.oversight import BEING_OR_MAY_BE, COUNTED
from data.measures.stays import months_and_more_before
from data.settings import value
from forms.codes import AGENCIES
from forms.transitions import ASKED_FROM

MONTHS = 12
LONG = {"": COUNTED, **{f";judgement={key}": f"judgement = '{key}'" for key, _ in BEING_OR_MAY_BE}}
OVERSIGHT = "Children in oversight, by the days from the opening of the episode to the day chosen."

NRM_WAITS = {
    "reasonable": ("Reasonable grounds", "submitted_on", "reasonable_grounds", "TRUE"),
    "conclusive": ("Conclusive grounds", "reasonable_grounds_on", "conclusive_grounds", "reasonable_grounds = 'positive'"),
}  # fmt: skip
"""What is decided: its words, the column since when it is waited for, its own column, and of which referrals."""
NRM = (
    "Referrals to the national referral mechanism (NRM) of children with an open episode, in days: to reasonable grounds from the "
    "referral, to conclusive grounds from positive reasonable grounds. A decision without a date is left out; one later than the "
    "day chosen is still waited for."
)
ACTIONS = (
    "Actions of the area's episodes whose date fell in the twelve months that end on the day chosen, by the agency that held them "
    "on that day. On time: completed by that date. An action that was closed without a day is left out. Filters do not narrow this."
)
HAS_ITS_DAY = "(a.closed_on IS NOT NULL OR a.state = 'ongoing')"
"""An action brought in as completed may lack the day: it is not open, and neither on time nor late."""
PLANS = {
    "none": ("No plan and no reason", "coalesce(planned.plan, 0) = 0"),
    "reason": ("No plan, with the reason", "planned.plan = 1"),
    "plan": ("With a plan", "planned.plan = 2"),
}
ASKED_AT = {"17": "17", "17_6": "17½"}


def nrm_waits(asked: Asked) -> str:
    """`nrm_waits`: of each child which decisions were waited for on the day."""
    columns = ", ".join(
        f"max(CASE WHEN {_waits(asked, key)} THEN 1 ELSE 0 END) AS for_{key}" for key in NRM_WAITS
    )
    return f"nrm_waits AS (SELECT child_id, {columns} FROM nrm GROUP BY child_id)"


def _waits(asked: Asked, key: str) -> str:
    _, since, decision, of = NRM_WAITS[key]
    return f"{of} AND {since} <= {asked.last} AND ({decision} IS NULL OR {decision}_on > {asked.last})"


def planned(asked: Asked) -> str:
    """`planned`: the young people with an open episode, born by when; their plan (2), the reason for none (1) or neither (0), as
    the minutes of their latest discussion have it."""
    return f"""of_age AS (
    SELECT child_id, date_of_birth FROM child
    WHERE date_of_birth <= {day(asked.on - ASKED_FROM["17"])} AND child_id IN (SELECT child_id FROM standing)
),
last_minuted AS (
    SELECT DISTINCT ON (o.child_id) o.child_id,
        CASE WHEN m.transitions_plan IS NOT NULL THEN 2 WHEN m.transitions_plan_missing_reason IS NOT NULL THEN 1 ELSE 0 END AS plan
    FROM of_age o JOIN spell s ON s.child_id = o.child_id AND s.is_open JOIN discussion d ON d.episode_id = s.episode_id
    LEFT JOIN minutes_form m ON m.record_id = d.discussion_id
    WHERE d.meeting_date <= {asked.last}
    ORDER BY o.child_id, d.meeting_date DESC, d.discussion_id DESC
),
planned AS (SELECT o.child_id, o.date_of_birth AS born_on, l.plan FROM of_age o LEFT JOIN last_minuted l USING (child_id))"""


WAITING, PLANNED = Need("nrm_waits", nrm_waits), Need("planned", planned)


def cuts(asked: Asked) -> dict[str, Cut]:
    a_year_ago = day(months_and_more_before(asked.on, MONTHS))
    return {
        **{
            f"long{name}": Cut("In oversight for over twelve months", f"{of} AND opened_on <= {a_year_ago}", OVERSIGHT)
            for name, of in LONG.items()
        },
        **{
            f"nrm_waits={key}": Cut(f"Waiting for the NRM: {words.lower()}", f"nrm_waits.for_{key} = 1", NRM, (WAITING,))
            for key, (words, *_) in NRM_WAITS.items()
        },
        **{
            f"transition={key};from={age}": Cut(
                f"{ASKED_AT[age]} or older: {words.lower()}",
                f"planned.born_on <= {day(asked.on - since)} AND {condition}", _plans(age), (PLANNED,),
            )
            for age, since in ASKED_FROM.items()
            for key, (words, condition) in PLANS.items()
        },
        **disruption.cuts(asked),
    }  # fmt: skip


def _plans(age: str) -> str:
    return (
        f"Young people with an open episode who are {ASKED_AT[age]} or older on the day chosen, by the minutes of their latest "
        "discussion in it. From what age a transitions plan is asked for is a setting of the partnership."
    )


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    figures = count(work, asked, cuts(asked), more=_stays(asked))
    yield _in_oversight(figures)
    yield _transitions(figures, str(value(work, work.account.partnership_key, "transitions_from")))
    yield _nrm(work, asked, figures)
    yield _actions(work, asked)
    yield disruption.section(work, asked, figures)


def _stays(asked: Asked) -> dict[str, str]:
    """How long the children of each group have been in oversight, as aggregates."""
    stayed = f"CASE WHEN {{}} THEN {asked.last} - opened_on END"
    return {
        f"{what}{name}": sql.format(stayed.format(of))
        for name, of in LONG.items()
        for what, sql in (
            ("many", "count({})"),
            ("median", "percentile_cont(0.5) WITHIN GROUP (ORDER BY {})"),
            ("ninetieth", "percentile_cont(0.9) WITHIN GROUP (ORDER BY {})"),
        )
    }


def _in_oversight(figures: dict[str, Any]) -> Section:
    names = {
        **{f";judgement={key}": label for key, label in reversed(BEING_OR_MAY_BE)},
        "": "All in oversight",
    }
    lines = tuple(
        (
            words,
            (
                figures[f"many{name}"],
                days(figures[f"median{name}"]),
                days(figures[f"ninetieth{name}"]),
                counted(figures, f"long{name}"),
            ),
        )
        for name, words in names.items()
    )
    return Section(
        "Time in oversight", "Days in oversight", ("Group", "Children", "Median days", "9 in 10 within", "Over twelve months"), lines,
        f"The middle child has been in oversight for {days(figures['median'])} days; {share(figures['long'], figures['many'])} for "
        "over twelve months."
        if figures["many"]
        else "No child is in oversight.",
        (OVERSIGHT, "9 in 10 within: nine in ten children have been in oversight for no longer (the 90th centile)."),
    )  # fmt: skip


def _transitions(figures: dict[str, int], age: str) -> Section:
    at = {key: f"transition={key};from={age}" for key in PLANS}
    everyone = sum(figures[cut] for cut in at.values())
    return Section(
        f"Transitions plans from {ASKED_AT[age]}", f"Young people of {ASKED_AT[age]} or older, by transitions plan", ("Transitions plan", "Young people"),
        tuple((words, (counted(figures, at[key]),)) for key, (words, _) in PLANS.items()) if everyone else (),
        f"{share(figures[at['none']], everyone)} have neither a transitions plan nor a reason why there is none."
        if everyone
        else f"No young person with an open episode is {ASKED_AT[age]} or older.",
        (_plans(age),), chart="bars" if everyone else "",
    )  # fmt: skip


def _nrm(work: Reading, asked: Asked, figures: dict[str, int]) -> Section:
    year = day(months_before(asked.on, MONTHS))
    measured = []
    for key, (_, since, decision, of) in NRM_WAITS.items():
        took = f"CASE WHEN {of} AND {decision}_on BETWEEN {year} AND {asked.last} THEN {decision}_on - {since} END"
        waited = f"CASE WHEN {_waits(asked, key)} THEN {asked.last} - {since} END"
        measured.append(
            f"count({took}) AS {key}_decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY {took}) AS {key}_median,"
            f" percentile_cont(0.9) WITHIN GROUP (ORDER BY {took}) AS {key}_ninetieth, max({waited}) AS {key}_longest"
        )
    asks = f"SELECT {', '.join(measured)} FROM nrm WHERE child_id IN (SELECT child_id FROM standing)"
    row = work.row(query(asked, STANDING, asks=asks)) or {}
    lines: list[tuple[str, tuple[Cell, ...]]] = [
        (
            words,
            (
                days(row[f"{key}_median"]), days(row[f"{key}_ninetieth"]), row[f"{key}_decided"],
                counted(figures, f"nrm_waits={key}"), row[f"{key}_longest"],
            ),
        )
        for key, (words, *_) in NRM_WAITS.items()
    ]  # fmt: skip
    waiting = [
        f"{children(figures[f'nrm_waits={key}'])} for {words.lower()}"
        for key, (words, *_) in NRM_WAITS.items()
    ]
    return Section(
        "The national referral mechanism (NRM), in days", "Days until the NRM decides",
        ("Decision", "Median days", "9 in 10 within", "Decided in twelve months", "Children waiting", "Longest wait so far"), tuple(lines),
        f"Waiting on the day: {' and '.join(waiting)}.",
        (NRM, "The median, and within how many days 9 in 10 were decided (the 90th centile), are of the decisions of the twelve months."),
    )  # fmt: skip


def _actions(work: Reading, asked: Asked) -> Section:
    year, last = day(months_before(asked.on, MONTHS)), asked.last
    closed = f"a.closed_on <= {last}"
    rows = {
        row["agency"]: row
        for row in work.rows(
            as_it_stood(
                asked,
                f"SELECT a.agency, count(*) AS due, count(*) FILTER (WHERE {closed} AND a.state = 'completed' AND a.closed_on <= a.due_on)"
                f" AS on_time, count(*) FILTER (WHERE {closed} AND a.state = 'completed' AND a.closed_on > a.due_on) AS late,"
                f" count(*) FILTER (WHERE {closed} AND a.state = 'not_achieved') AS not_achieved"
                f" FROM action a JOIN episode e USING (episode_id) WHERE a.due_on BETWEEN {year} AND {last} AND {HAS_ITS_DAY}"
                f" AND e.area {asked.scope().in_areas} GROUP BY a.agency",
            )
        )
    }
    names: dict[str | None, str] = {**dict(AGENCIES), None: "Agency not recorded"}
    whole = [sum(row[key] for row in rows.values()) for key in ("due", "on_time", "late", "not_achieved")]
    by_agency = [
        (label, [rows[key][what] for what in ("due", "on_time", "late", "not_achieved")])
        for key, label in names.items()
        if key in rows
    ]
    lines = tuple(
        (label, (due, on_time, late, not_achieved, due - on_time - late - not_achieved, share(on_time, due)))
        for label, (due, on_time, late, not_achieved) in (*by_agency, ("All agencies", whole))
    )
    return Section(
        "Actions closed on time", "Actions that fell due in twelve months, by agency",
        ("Agency", "Fell due", "Completed on time", "Completed late", "Not achieved", "Still open", "On time, of all"), lines,
        f"{share(whole[1], whole[0])} of the actions were completed by their date."
        if whole[0]
        else "No action fell due in these twelve months.",
        (ACTIONS,), has_total=True,
    )  # fmt: skip
