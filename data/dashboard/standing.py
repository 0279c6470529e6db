"""The rows that figures are counted from: `spell`, a row for each episode, and `standing`, a row for each child who is open.

All as it stood at the end of the day asked for, which is `data.dashboard.past`'s doing. Who is in oversight is decided in
`data.measures` alone. Each is told which SQL will ask it, and works out and joins only what is named there: a nation's records
are not read in vain.
"""

from __future__ import annotations

import datetime
import re

from dateutil.relativedelta import relativedelta

from data.dashboard.asked import Asked
from data.dashboard.past import stood_then
from data.measures import oversight, stays
from data.measures.measure import day, latest
from data.measures.oversight import AGE_FROM
from data.scores.band_reading import band_read_in_sql
from forms.bands import bands_on

SOON_18 = relativedelta(months=6)
DAYS = "(d.meeting_date - DATE '1900-01-01')"
KINDS = ("both", "criminal", "sexual")
"""Of several recorded on one day the last of these counts."""

NEXT_REVIEW = (
    f"max(131072 * CAST({DAYS} AS bigint) + coalesce(131071 - (d.review_by - DATE '1900-01-01'), 0)) % 131072"
)
"""Of the latest discussion the review that it set, the greatest of both in one number: of a day's several the soonest."""


def review_on(next_review: str) -> str:
    return f"CASE WHEN {next_review} > 0 THEN DATE '1900-01-01' + CAST(131071 - {next_review} AS integer) END"


TALKED = {
    "talks": "count(*)",
    "met_on": "max(d.meeting_date)",
    "scales": "count(d.scale)",
    "scale_from": f"min(16 * {DAYS} + d.scale) % 16",
    "scale_to": f"max(16 * {DAYS} + d.scale) % 16",
    "next_review": NEXT_REVIEW,
    "kind_then": f"max(4 * {DAYS} + CASE d.kind " + " ".join(f"WHEN '{k}' THEN {n}" for n, k in enumerate(KINDS, 1)) + " ELSE 0 END) % 4",
}  # fmt: skip
"""What the discussions of an episode say together, beside the judgement."""
_kind = "CASE s.kind_then " + " ".join(f"WHEN {n} THEN '{k}'" for n, k in enumerate(KINDS, 1)) + " END"
_review = review_on("s.next_review")


OURS = frozenset({"", "s", "x", "spell", "standing"})
"""By what names the columns of these rows are asked: what is asked of another name belongs to another table."""


def named(sql: str) -> frozenset[str]:
    """Every word of it, but for another table's columns: a word too many costs time only."""
    words = re.findall(r"(?:(\w+)\.)?(\w+)", sql)
    return frozenset(word for name, word in words if name in OURS) | {name for name, _ in words}


def _columns(asked: Asked) -> dict[str, str]:
    """Column of `spell` → how it is worked out from `s` (stay), `r` (referral), `c` (child) and `x` (scored)."""
    return {
        **{column: f"s.{column}" for column in ("episode_id", "child_id", "area", "is_open", "code", "over_six_months", "opened_on", "referral_id")},
        "closed_on": f"CASE WHEN s.closed_on <= {asked.last} THEN s.closed_on END",
        "closure_reason": f"CASE WHEN s.closed_on <= {asked.last} THEN s.closure_reason END",
        "talks": "coalesce(s.talks, 0)",
        "met_on": "s.met_on",
        "review_by": _review,
        "is_overdue": f"coalesce({_review} < {asked.last}, FALSE)",
        "scale_first": "CASE WHEN s.scales > 1 THEN s.scale_from END",
        "scale_now": "s.scale_to",
        "received_on": "r.received_on",
        "agency": "r.referring_agency",
        "kind": f"coalesce({_kind}, r.kind)",
        "age": _age(asked),
        "band": "x.band",
        "scored_band": "x.scored_band",
        "weight_set_id": "x.weight_set_id",
        "is_override": "coalesce(x.is_override, FALSE)",
    }  # fmt: skip


JOINS = {
    "r": "LEFT JOIN referral r ON r.referral_id = s.referral_id",
    "c": "LEFT JOIN child c ON c.child_id = s.child_id",
    "x": "LEFT JOIN scored x ON x.child_id = s.child_id",
}


def spells(asked: Asked, asking: str, since: datetime.date | None = None) -> str:
    """`spell`: the episodes open on the day, and those closed on or after `since`, with the columns named in `asking`.

    talks: discussions; review_by, kind: of the latest; scale_first: null without a second; band: that in which the child is
    handled; code: A 5 … E 1, not judged 0.
    """
    asking = f"{asking} {asked.condition} episode_id child_id area"
    words = named(asking)
    columns = {name: sql for name, sql in _columns(asked).items() if name in words}
    asks = named(" ".join(columns.values()))
    also = {name: sql for name, sql in TALKED.items() if name in asks}
    joins = " ".join(join for alias, join in JOINS.items() if alias in asks)
    scorings = f"{scored(asked, asking)}," if "x" in asks or "scored" in words else ""
    judged = not {"code", "over_six_months"}.isdisjoint(words)
    return f"""{stays.source(asked.scope(since), also, is_judged=judged)},
{scorings}
every_spell AS (SELECT {", ".join(f"{sql} AS {name}" for name, sql in columns.items())} FROM stay s {joins}),
spell AS (SELECT * FROM every_spell WHERE {asked.condition})"""


TOGETHER = {
    "opened_on": "min(opened_on)", "agency": "min(agency)", "episode_id": "min(episode_id)",
    "kind": "CASE WHEN min(kind) <> max(kind) THEN 'both' ELSE min(kind) END", "talks": "CAST(sum(talks) AS bigint)",
    "review_by": "min(review_by)", "is_overdue": "max(CASE WHEN is_overdue THEN 1 ELSE 0 END) = 1",
    "scale_first": "min(scale_first)", "scale_now": "min(scale_now)", "band": "min(band)", "scored_band": "min(scored_band)",
    "weight_set_id": "min(weight_set_id)", "is_override": "max(CASE WHEN is_override THEN 1 ELSE 0 END) = 1",
}  # fmt: skip
"""Of a child's open episodes the graver or sooner of several."""


def standing(asked: Asked, asking: str, *, by_area: bool = False) -> str:
    """`standing`: a row for each child with an open episode, under the area Total and, `by_area`, in each area too. Of the columns
    of `oversight`, of those of `spell` and of turns_18 (within six months) it has what is named in `asking`.
    """
    is_18, turns_18 = (day(d - relativedelta(years=18)) for d in (asked.on, asked.on + SOON_18))
    words = named(f"{asking} {asked.condition}")
    also = "".join(f", {sql} AS {name}" for name, sql in TOGETHER.items() if name in words)
    is_judged = not oversight.OF_JUDGEMENT.isdisjoint(words)
    turns = f", coalesce(date_of_birth > {is_18} AND date_of_birth <= {turns_18}, FALSE) AS turns_18"
    is_described = not words.isdisjoint({"turns_18", *oversight.OF_CHILD})
    # The age is that of `oversight`, so the child's record is not read twice.
    of_each = " ".join(words - {"age"} | {"is_open", *(("code", "over_six_months") if is_judged else ())})
    rows = oversight.source(
        asked.scope(), "spell", also, by_area=by_area, is_judged=is_judged, is_described=is_described
    )
    return f"""{spells(asked.unfiltered(), of_each)},
{rows},
every_standing AS (SELECT *{turns if is_described else ""} FROM oversight),
standing AS (SELECT * FROM every_standing WHERE {asked.condition})"""


SCORED = {
    "scored_band": "h.band", "weight_set_id": "h.weight_set_id", "scoring_id": "h.scoring_id",
    "is_override": "h.override_reason IS NOT NULL AND h.handled_band <> h.band",
}  # fmt: skip


def scored(asked: Asked, asking: str, name: str = "scored", before: datetime.date | None = None) -> str:
    """The latest scoring of each child of `stay`; with `before`, as it stood on that earlier day."""
    rows = f"({stood_then(asked.at(before), 'scoring')}) AS h" if before else "scoring h"
    last = day(before) if before else asked.last
    words = named(asking)
    said = {"band": band_read_in_sql("h", bands_on(asked.on), str(asked.enough_known)), **SCORED}
    columns = "".join(f", {sql} AS {column}" for column, sql in said.items() if column in words)
    found = latest(
        f"{rows} WHERE h.child_id IN (SELECT child_id FROM stay) AND h.scored_on <= {last}",
        "h.child_id",
        "h.scored_on DESC, h.scoring_id DESC",
        f"h.child_id{columns}",
    )
    return f"{name} AS ({found})"


def latest_form(asked: Asked, name: str, table: str, columns: str) -> str:
    """Columns of a form `f`: the latest of each child of `standing`, submitted by the day."""
    rows = latest(
        f"{table} WHERE submitted_on <= {asked.last} AND child_id IN (SELECT child_id FROM standing)",
        "child_id", "submitted_on DESC, record_id DESC", "record_id",
    )  # fmt: skip
    return f"""{name}_last AS ({rows}),
{name} AS (SELECT f.child_id, {columns} FROM {table} f JOIN {name}_last USING (record_id))"""


def _age(asked: Asked) -> str:
    whens = " ".join(
        f"WHEN c.date_of_birth <= {day(asked.on - relativedelta(years=age))} THEN '{key}'"
        for key, age in AGE_FROM.items()
    )
    return f"CASE {whens} WHEN c.date_of_birth IS NOT NULL THEN 'under_10' END"
