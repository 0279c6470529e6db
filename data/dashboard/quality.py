"""Is the record good, and does it serve children alike? What is unknown, late or missing, and the same figures by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.actor import Reading
from data.dashboard.asked import Asked, months_before
from data.dashboard.cut import Cut, Need, count, counted, how_many
from data.dashboard.past import as_it_stood
from data.dashboard.section import Cell, Section, days, number, share
from data.dashboard.standing import latest_form
from data.measures.measure import day, latest
from data.measures.oversight import COUNTED, DEMOGRAPHICS
from data.settings import value
from forms.codes import AGENCIES
from forms.minutes.decision import STAYS_OPEN
from forms.tracker import UNKNOWN, indicators

MONTHS = 12
ANY = "any"
BY_AGENCY = {
    agency: tuple(q.key for q in indicators() if (q.agency or ANY) == agency)
    for agency in dict.fromkeys(q.agency or ANY for q in indicators())
}
ETHNICITY = {
    "recorded": ("Recorded", "ethnicity NOT IN ('REFU', 'NOBT')"),
    "refused": ("Refused", "ethnicity = 'REFU'"),
    "not_obtained": ("Not yet obtained, or not recorded", "ethnicity = 'NOBT'"),
}
SEN = {
    "recorded": ("Recorded", "sen <> 'not_known'"),
    "not_recorded": ("Not recorded", "sen = 'not_known'"),
}
OVERRIDE = (
    "Children in oversight who are scored and handled in another band than their score's, by professional judgement with a reason, "
    "at the latest scoring."
)


def answered(asked: Asked) -> str:
    """`answered`: the latest tracker of each child, and of each agency's indicators how many are unknown and unanswered."""

    def how_many(keys: tuple[str, ...], condition: str) -> str:
        return " + ".join(f"CASE WHEN {condition.format(f'f.{key}')} THEN 1 ELSE 0 END" for key in keys)

    is_unknown = "{} = '" + UNKNOWN + "'"
    columns = ", ".join(
        f"{how_many(keys, '{} IS NULL')} AS {agency}_unanswered, {how_many(keys, is_unknown)} AS {agency}_unknown"
        for agency, keys in BY_AGENCY.items()
    )
    return latest_form(asked, "answered", "tracker_form", f"TRUE AS has_tracker, {columns}")


ANSWERED = Need("answered", answered)
UNKNOWNS = {
    f"{agency}_{what}": f"CAST(coalesce(sum(answered.{agency}_{what}), 0) AS bigint)"
    for agency in BY_AGENCY
    for what in ("unknown", "unanswered")
}
GROUPED = ("gender", "ethnicity_group")


def _by_group(asked: Asked) -> dict[str, str]:
    """What is told of each group of the children in oversight."""
    told = {
        "everyone": "TRUE",
        "being": "code >= 4",
        "high": "band = 'high'",
        "overrides": "is_override",
        "overdue": "is_overdue",
    }
    found: dict[str, str] = {}
    for column in GROUPED:
        for key, _ in DEMOGRAPHICS[column][1]:
            group = f"{COUNTED} AND {column} = '{key}'"
            found |= {
                f"{what} {column}={key}": how_many(f"{group} AND {condition}")
                for what, condition in told.items()
            }
            found |= {
                f"{what} {column}={key}": f"percentile_cont({part}) WITHIN GROUP (ORDER BY {asked.last} - opened_on) FILTER (WHERE {group})"
                for what, part in (("median", 0.5), ("ninetieth", 0.9))
            }
    return found


def cuts(asked: Asked) -> dict[str, Cut]:
    return {
        "open": Cut("All with an open episode", "TRUE"),
        **{f"ethnicity_is={key}": Cut(f"Ethnicity: {words.lower()}", condition) for key, (words, condition) in ETHNICITY.items()},
        **{
            f"sen_is={key}": Cut(f"Special educational needs: {words.lower()}", condition)
            for key, (words, condition) in SEN.items()
        },
        "scored": Cut("Scored", f"{COUNTED} AND band IS NOT NULL"),
        "overridden": Cut(
            "Handled in another band by judgement",
            f"{COUNTED} AND is_override", OVERRIDE,
        ),
        "tracked": Cut("With a tracker", "answered.has_tracker", needs=(ANSWERED,)),
        "no_tracker": Cut("Without a tracker", "answered.has_tracker IS NULL", needs=(ANSWERED,)),
    }  # fmt: skip


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    figures = count(work, asked, cuts(asked), more=UNKNOWNS | _by_group(asked))
    yield _unknown(figures)
    yield _recorded(
        "Ethnicity", "ethnicity_is", ETHNICITY, figures, "Refused and not yet obtained are told apart."
    )
    yield _recorded("Special educational needs", "sen_is", SEN, figures)
    yield _kept(work, asked, figures)
    yield _groups(figures)
    yield _meetings(work, asked)


def _unknown(figures: dict[str, Any]) -> Section:
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    open_answers, all_answers = 0, 0
    for agency, keys in BY_AGENCY.items():
        asked_for, unknown, unanswered = (
            figures["tracked"] * len(keys),
            figures[f"{agency}_unknown"],
            figures[f"{agency}_unanswered"],
        )
        label = {**dict(AGENCIES), ANY: "Any agency"}[agency]
        lines.append((label, (asked_for, unknown, unanswered, share(unknown + unanswered, asked_for))))
        open_answers, all_answers = open_answers + unknown + unanswered, all_answers + asked_for
    lines.append(("Children without a tracker", (None, None, None, counted(figures, "no_tracker"))))
    return Section(
        "Unknown and unanswered in the tracker", "Answers of the tracker, by the agency that holds them",
        ("Agency", "Answers asked", "Unknown", "Not answered", "Still to be known"), tuple(lines),
        f"{share(open_answers, all_answers)} of the tracker's answers are unknown or not answered."
        if all_answers
        else "No tracker has been submitted for a child with an open episode.",
        ("The latest tracker of each child with an open episode, submitted by the day; 31 indicators are asked in each.",),
    )  # fmt: skip


def _recorded(
    title: str, name: str, options: dict[str, tuple[str, str]], figures: dict[str, int], more: str = ""
) -> Section:
    return Section(
        f"{title} recorded", f"{title}, children with an open episode", ("State", "Children", "Share"),
        tuple(
            (words, (counted(figures, f"{name}={key}"), share(figures[f"{name}={key}"], figures["open"])))
            for key, (words, _) in options.items()
        ),
        f"Recorded for {share(figures[f'{name}=recorded'], figures['open'])} of the children with an open episode.",
        tuple(filter(None, ("As recorded by the day chosen.", more))),
    )  # fmt: skip


def moved_reviews() -> str:
    """`moved`: the discussions whose review date was moved later, with the date before the first of them.
    A change is to the latest discussion that was recorded by then."""
    first = latest(
        "moves", "episode_id, meeting_date", "recorded_at, review_change_id", "episode_id, meeting_date, review_before"
    )  # fmt: skip
    return f"""moves AS (
    SELECT h.review_change_id, h.episode_id, h.recorded_at, h.review_before, max(d.meeting_date) AS meeting_date
    FROM review_change h JOIN discussion d ON d.episode_id = h.episode_id
    WHERE coalesce(d.discussed_at, d.recorded_at) <= h.recorded_at
    GROUP BY h.review_change_id, h.episode_id, h.recorded_at, h.review_before
),
moved AS ({first})"""


def _kept(work: Reading, asked: Asked, figures: dict[str, int]) -> Section:
    """Assessments without the child's voice, reviews held late, episodes closed without a decision, bands by judgement."""
    first, areas = day(months_before(asked.on, MONTHS)), asked.scope().in_areas
    in_year = f"BETWEEN {first} AND {asked.last}"
    assessed = work.row(as_it_stood(
        asked, "SELECT count(*) AS everything, count(*) FILTER (WHERE coalesce(child_voice, '') = '') AS without FROM assessment_form"
        f" WHERE assessed_on {in_year} AND submitted_on <= {asked.last} AND child_area {areas}"
    )) or {}  # fmt: skip
    reviewed = work.row(as_it_stood(
        asked, f"WITH {moved_reviews()}"
        " SELECT count(*) AS everything, count(*) FILTER (WHERE meeting_date > promised) AS late FROM ("
        "SELECT d.meeting_date, lag(CASE WHEN m.episode_id IS NULL THEN d.review_by ELSE m.review_before END)"
        " OVER (PARTITION BY d.episode_id ORDER BY d.meeting_date) AS promised FROM discussion d JOIN episode e USING (episode_id)"
        " LEFT JOIN moved m ON m.episode_id = d.episode_id AND m.meeting_date = d.meeting_date"
        f" WHERE e.area {areas} AND d.meeting_date <= {asked.last}"
        f") AS reviews WHERE promised IS NOT NULL AND meeting_date {in_year}"
    )) or {}  # fmt: skip
    stays = ", ".join(f"'{decision}'" for decision in STAYS_OPEN)
    closed = work.row(as_it_stood(
        asked, "SELECT count(*) AS everything, count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM discussion d"
        f" WHERE d.episode_id = e.episode_id AND d.meeting_date = e.closed_on AND d.decision NOT IN ({stays}))) AS undecided"
        f" FROM episode e WHERE e.area {areas} AND e.closed_on {in_year}"
    )) or {}  # fmt: skip
    overrides = figures["overridden"]
    return Section(
        "How the work is kept", "Quality in the twelve months to the day", ("What", "How many", "Of all"),
        (
            ("Assessments without the child's voice", (assessed["without"], share(assessed["without"], assessed["everything"]))),
            ("Reviews held after the date that was set", (reviewed["late"], share(reviewed["late"], reviewed["everything"]))),
            ("Episodes closed without a meeting's decision on the day", (closed["undecided"], share(closed["undecided"], closed["everything"]))),
            ("Handled in another band by judgement", (counted(figures, "overridden"), share(overrides, figures["scored"]))),
        ),
        f"{share(reviewed['late'], reviewed['everything'])} of the reviews were held after the date that the meeting before had set.",
        (
            "Assessments sent by the day, by their date and the area where the child lived; without the child's voice, whether or not a reason was given.",
            "Reviews by the date that the meeting set, also where it was moved since. Without a decision: no meeting on that day decided "
            "that the child leaves. Both by the episode's area. Filters do not narrow these three.",
            OVERRIDE,
        ),
    )  # fmt: skip


def _groups(figures: dict[str, Any]) -> Section:
    """The same figures by sex and ethnic group: a difference is a question to ask, not an answer."""
    lines: list[tuple[str, tuple[Cell, ...]]] = []
    for column in GROUPED:
        for key, label in DEMOGRAPHICS[column][1]:
            group = f"{column}={key}"
            if figures[f"everyone {group}"]:
                title = DEMOGRAPHICS[column][0]
                counts = (
                    figures[f"{what} {group}"]
                    for what in ("everyone", "being", "high", "overrides", "overdue")
                )
                lines.append((
                    f"{title} {label.lower()}" if key == "not_known" else label,
                    (*counts, days(figures[f"median {group}"]), days(figures[f"ninetieth {group}"])),
                ))  # fmt: skip
    longest = max(lines, key=lambda line: number(line[1][5]) or 0, default=None)
    return Section(
        "The same figures by gender and ethnic group", "Children in oversight, by group",
        ("Group", "In oversight", "Being exploited", "High band", "Band by judgement", "Review overdue", "Median days in oversight", "9 in 10 within"),
        tuple(lines),
        f"The middle child has been in oversight longest in the group {longest[0]}: {longest[1][5]} days."
        if longest
        else "No child is in oversight.",
        (
            "Children in oversight by gender (from sex where not recorded) and ethnic group, as recorded by the day chosen.",
            "Days from the opening of the episode to the day chosen.", OVERRIDE,
            "Groups of a few children differ by chance: a difference is a question to ask, not a finding.",
        ),
    )  # fmt: skip


def _meetings(work: Reading, asked: Asked) -> Section:
    first, areas = day(months_before(asked.on, MONTHS)), asked.scope().in_areas
    held = (
        "WITH held AS (SELECT meeting_id FROM meeting WHERE state IN ('held', 'agreed', 'signed', 'locked')"
        f" AND area {areas} AND meets_on BETWEEN {first} AND {asked.last}),"
        " came AS (SELECT DISTINCT a.meeting_id, a.agency FROM attendance a JOIN held USING (meeting_id)"
        " WHERE a.taken_out_reason IS NULL)"
    )
    by_agency = {
        row["agency"]: row["meetings"]
        for row in work.rows(
            as_it_stood(asked, f"{held} SELECT agency, count(*) AS meetings FROM came GROUP BY agency")
        )
    }
    quorum = list(value(work, work.account.partnership_key, "quorum") or ())
    all_there = f"count(DISTINCT agency) FILTER (WHERE agency = ANY($1::text[])) = {len(quorum)}"
    row = work.row(as_it_stood(
        asked, f"{held} SELECT (SELECT count(*) FROM held) AS meetings, (SELECT count(*) FROM (SELECT meeting_id FROM held"
        f" LEFT JOIN came USING (meeting_id) GROUP BY meeting_id HAVING {all_there}) AS had_quorum) AS quorate",
    ), [quorum]) or {}  # fmt: skip
    meetings = row["meetings"]
    names = [label for key, label in AGENCIES if key in quorum]
    return Section(
        "Attendance at meetings", "Meetings held in twelve months, by who attended", ("Agency", "Meetings attended", "Of those held"),
        (
            *((label, (by_agency.get(key, 0), share(by_agency.get(key, 0), meetings))) for key, label in AGENCIES),
            ("With a quorum", (row["quorate"], share(row["quorate"], meetings))),
        )
        if meetings
        else (),
        f"{share(row['quorate'], meetings)} of the meetings had a quorum."
        if meetings
        else "No meeting was held in the tool in these twelve months.",
        (
            "Meetings that were held, by those who signed the confidentiality statement. Filters do not narrow this.",
            f"The quorum is a setting of the partnership: {'; '.join(names)}." if names else "The partnership has set no quorum.",
        ),
    )  # fmt: skip
