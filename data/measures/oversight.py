"""Measures 2, 4 and 9: the children in the meeting's oversight at quarter end, who they are, and for how long."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from data.measures.measure import TOTAL, Breakdown, Measure, Part, Scope, day, each, whole
from forms.codes import ETHNICITY, ETHNICITY_GROUPS, GENDER
from forms.kinds.one_of import Options

BEING_OR_MAY_BE: Options = (("being", "Being exploited"), ("may_be", "May be exploited"))
APART: Options = (
    ("oversight_after_harm", "Apart: harmed before, still needs oversight (D)"),
    ("prevention", "Apart: prevention, still open (E)"),
    ("not_judged", "Apart: not judged yet"),
)
AGE: Options = (
    ("under_10", "Under 10"),
    ("10_12", "10 to 12"),
    *((str(age), str(age)) for age in range(13, 18)),
    ("18_and_over", "18 and over"),
)
AGE_FROM = {"18_and_over": 18, "17": 17, "16": 16, "15": 15, "14": 14, "13": 13, "10_12": 10}
GROUPS: Options = (
    ("white", "White"),
    ("mixed", "Mixed"),
    ("asian", "Asian, with Chinese"),
    ("black", "Black"),
    ("other", "Other"),
    ("not_known", "Not known"),
)
SEN: Options = (
    ("none", "No special educational needs (SEN)"),
    ("sen_support", "SEN support"),
    ("ehcp", "Education, health and care plan (EHCP)"),
    ("not_known", "Not known"),
)
DEMOGRAPHICS: dict[str, tuple[str, Options]] = {
    "age": ("Age at quarter end", AGE),
    "gender": ("Gender", GENDER),
    "ethnicity_group": ("Ethnic group", GROUPS),
    "ethnicity": ("Ethnicity", ETHNICITY),
    "sen": ("Special educational needs", SEN),
}
COUNTED = "judgement IS NOT NULL"


def _by(column: str, options: Options) -> Part:
    """Each option, and within it being and may be."""
    breakdowns = [
        breakdown
        for plain in each(column, options)
        for breakdown in (
            plain,
            *(
                Breakdown(
                    f"{plain.name};judgement={key}",
                    f"{plain.label}: {label.lower()}",
                    (*plain.of, ("judgement", key)),
                )
                for key, label in BEING_OR_MAY_BE
            ),
        )
    ]
    return Part(tuple(breakdowns), (column, "judgement"), COUNTED)


IN_OVERSIGHT = Measure(
    2,
    "Children in the meeting's oversight who may be or are being exploited",
    "Children whose episode is open at quarter end (opened on or before it, not closed on or before it) and whose "
    "latest judgement in that episode, decided by then, is A or B (being exploited) or C (may be exploited). Open "
    "children judged D or E, or not judged yet, are shown apart and not added.",
    "children",
    "oversight",
    (
        Part((whole("All in oversight"), *each("judgement", BEING_OR_MAY_BE)), ("judgement",), COUNTED),
        Part(each("apart", APART), ("apart",), "apart IS NOT NULL"),
        Part((Breakdown("judgement=missing", "open children without a judgement, not counted",
                        explained="A judgement that no meeting gave by quarter end cannot be given for this quarter any more."),),
             where="apart = 'not_judged'", is_missing=True),
    ),
    each_child_once=True,
)  # fmt: skip

DEMOGRAPHY = Measure(
    4,
    "Who the children in the meeting's oversight are",
    "The children of measure 2 by age at quarter end, gender (from sex where gender is not recorded), ethnicity (not "
    "recorded counts as not yet obtained) and special educational needs, each also by being and may be exploited. "
    "Gender, ethnicity and special educational needs are read as last recorded.",
    "children",
    "oversight",
    (
        *(_by(column, options) for column, (_, options) in DEMOGRAPHICS.items()),
        Part(
            (Breakdown("age=missing", "children without a date of birth, in no group by age"),),
            where=f"{COUNTED} AND age IS NULL",
            is_missing=True,
        ),
    ),
    each_child_once=True,
)

OVER_SIX_MONTHS = Measure(
    9,
    "Children assessed as being exploited for over six months",
    "Children in oversight at quarter end whose latest judgement is A or B and has been A or B without a break, over "
    "consecutive decided judgements in the same episode, since a first date that plus six calendar months lies before "
    "quarter end.",
    "children",
    "oversight",
    (Part((whole("Being exploited for over six months"),), where="over_six_months = 1"),),
    each_child_once=True,
)


KEYS = ("code", "over_six_months", "age", "gender", "ethnicity", "sen")
_groups = " ".join(
    "WHEN ethnicity IN (" + ", ".join(f"'{code}'" for code in codes) + f") THEN '{group}'"
    for group, codes in ETHNICITY_GROUPS.items()
)
JUDGED_AS = """CASE WHEN code >= 4 THEN 'being' WHEN code = 3 THEN 'may_be' END AS judgement,
    CASE code WHEN 2 THEN 'oversight_after_harm' WHEN 1 THEN 'prevention' WHEN 0 THEN 'not_judged' END AS apart"""
GROUPED_AS = f"CASE {_groups} END AS ethnicity_group"
DERIVED = f"{JUDGED_AS}, {GROUPED_AS}"
"""What follows from the keys of `described`, so that it need not be told apart row by row."""
OF_JUDGEMENT = frozenset({"code", "over_six_months", "judgement", "apart"})
OF_CHILD = frozenset({"date_of_birth", "age", "gender", "ethnicity", "ethnicity_group", "sen"})
"""Columns of `oversight`: those that the discussions give, and those that the child's own record gives."""


def source(
    scope: Scope,
    of: str = "stay",
    also: str = "",
    *,
    by_area: bool = True,
    is_judged: bool = True,
    is_described: bool = True,
) -> str:
    """`oversight`, from the stays: a row for each open child, under the area Total and, `by_area`, in each area too.
    `also`: further columns, in SQL that aggregates the stays of a child. Without `is_judged` and `is_described` it has no column
    of `OF_JUDGEMENT` and `OF_CHILD`, and what they are read from is not read."""
    judged = ", max(code) AS code, max(over_six_months) AS over_six_months" if is_judged else ""
    each_area = (
        f"SELECT area, child_id{judged}{also} FROM {of} WHERE is_open GROUP BY area, child_id UNION ALL"
    )
    derived = [*([JUDGED_AS] if is_judged else []), *([GROUPED_AS] if is_described else [])]
    return f"""
open_child AS (
    {each_area if by_area else ""}
    SELECT '{TOTAL}' AS area, child_id{judged}{also} FROM {of} WHERE is_open GROUP BY child_id
),
{_described(scope) if is_described else ""}
oversight AS (SELECT {", ".join(("*", *derived))} FROM {"described" if is_described else "open_child"})"""


def _described(scope: Scope) -> str:
    ages = " ".join(
        f"WHEN c.date_of_birth <= {day(scope.quarter.last - relativedelta(years=age))} THEN '{key}'"
        for key, age in AGE_FROM.items()
    )
    ethnicities = ", ".join(f"'{code}'" for code, _ in ETHNICITY)
    return f"""described AS (
    SELECT o.*, c.date_of_birth,
        CASE {ages} WHEN c.date_of_birth IS NOT NULL THEN 'under_10' END AS age,
        CASE WHEN c.gender IN ('female', 'male', 'another', 'not_known') THEN c.gender
            WHEN c.sex = 'F' THEN 'female' WHEN c.sex = 'M' THEN 'male' ELSE 'not_known' END AS gender,
        CASE WHEN c.ethnicity IN ({ethnicities}) THEN c.ethnicity ELSE 'NOBT' END AS ethnicity,
        CASE c.sen WHEN 'N' THEN 'none' WHEN 'K' THEN 'sen_support' WHEN 'E' THEN 'ehcp' ELSE 'not_known' END AS sen
    FROM open_child o LEFT JOIN child c ON c.child_id = o.child_id
),"""
