"""Why the themes of a locked return would read otherwise now: which labels, and how many records brought each about.

A record recorded since the lock is a cause of every label that it holds in another quarter, or no longer, or only now.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from data.actor import Reading
from data.database.engine import Row
from data.database.records import CONCERN, CONCERN_LINK, DISCUSSION
from data.database.schema import form_table
from data.measures.as_recorded import known_at, moment
from data.measures.measure import TOTAL, Scope
from data.measures.themes import PLACE_NOT_APPROVED, QUARTERS_BEFORE, SIGNS, Theme, context_label, themes
from data.returns.return_shape import Return
from forms.codes import AREAS_GONE_TO
from forms.places import area_name
from forms.registry import form

SCREENING = form_table(form("screening"))
KNOWN_PLACES = {label for _, label in AREAS_GONE_TO}

Mark = tuple[str, str, int]
"""Kind, label and quarter: 0 for the return's own."""


@dataclass(frozen=True)
class ThemeDifference:
    locked: Theme
    now: Theme
    late: int
    """Records recorded after the lock that bear on it."""
    corrected: int


def theme_differences(
    work: Reading, scope: Scope, locked: Return, instant: datetime.datetime
) -> Iterator[ThemeDifference]:
    """As the lead reads them, who locked the return: places by approved labels only."""
    was, now = (
        {(theme.area, theme.kind, theme.label): theme for theme in found}
        for found in (locked.themes, themes(work, scope, places_as_typed=False))
    )
    other = [place for place in dict.fromkeys((*was, *now)) if was.get(place) != now.get(place)]
    causes = Counter(_causes(work, scope, instant)) if other else Counter()
    for place in other:
        yield ThemeDifference(
            was.get(place) or Theme(*place, 0, 0.0), now.get(place) or Theme(*place, 0, 0.0),
            causes[*place, True], causes[*place, False],
        )  # fmt: skip


def _causes(work: Reading, scope: Scope, instant: datetime.datetime) -> Iterator[tuple[str, str, str, bool]]:
    """Area, kind, label, and whether the record came late; again for the total."""
    names = {area: area_name(area) for area in scope.areas}
    for was, stands in _touched(work, instant):
        then, since = (_marks(row, scope) if row else set() for row in (was, stands))
        area = names.get(stands["area"])
        for kind, label in {(kind, label) for kind, label, _ in then ^ since}:
            for place in (area, TOTAL) if area else ():
                yield place, kind, label, was is None


def _touched(work: Reading, instant: datetime.datetime) -> Iterator[tuple[Row | None, Row]]:
    """Each record of which a revision was recorded since, as it was known then and as it stands."""
    then_concern = f"({known_at(CONCERN, instant)})"
    for table, joined, columns, other in (
        (DISCUSSION, "JOIN episode e USING (episode_id)", "t.*, e.area", ""),
        (SCREENING, "", "t.*, t.child_area AS area", ""),
        (
            CONCERN_LINK, "JOIN {concern} c USING (concern_id)",
            "t.*, t.child_area AS area, c.kind, c.label_for_return, c.label_approved_on",
            f" OR t.concern_id IN (SELECT concern_id FROM concern_history WHERE recorded_at > {moment(instant)})",
        ),
    ):  # fmt: skip
        key = table.id_column
        changed = f"(t.{key} IN (SELECT {key} FROM {table.name}_history WHERE recorded_at > {moment(instant)}){other})"
        was, stands = (
            {row[key]: row for row in work.rows(f"SELECT {columns} FROM {source} t {joined.format(concern=concern)} WHERE {changed}")}
            for source, concern in ((f"({known_at(table, instant)})", then_concern), (table.name, "concern"))
        )  # fmt: skip
        for record_id in stands:
            yield was.get(record_id), stands[record_id]


def _marks(row: Row, scope: Scope) -> set[Mark]:
    if "contexts" in row:
        labels = [("context", context_label(key)) for key in row["contexts"] or ()]
        labels += [
            ("place_gone_to", place if place in KNOWN_PLACES else PLACE_NOT_APPROVED)
            for place in row["areas_gone_to"] or ()
        ]
        return _in_quarter(labels, row["meeting_date"], scope)
    if "label_for_return" in row:
        if row["kind"] != "place" or not row["child_id"] or row["removed_reason"]:
            return set()
        label = row["label_for_return"] if row["label_approved_on"] else PLACE_NOT_APPROVED
        return _in_quarter([("place_of_concern", label)], row["linked_on"], scope)
    return _in_quarter(
        [("sign", sign.label) for sign in SIGNS if row[sign.key] == "yes"], row["submitted_on"], scope
    )


def _in_quarter(labels: list[tuple[str, str]], on: datetime.date, scope: Scope) -> set[Mark]:
    for n in range(QUARTERS_BEFORE + 1):
        quarter = scope.quarter.before(n)
        if quarter.first <= on <= quarter.last:
            return {(kind, label, n) for kind, label in labels}
    return set()
