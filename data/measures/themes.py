"""Measure 3: what stands out this quarter against the four before. Children are counted, each once for a label and quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.actor import Reading
from data.database.engine import Row
from data.measures.chance import FEWER, MORE, compared
from data.measures.measure import TOTAL, Scope, day
from forms.codes import AREAS_GONE_TO, CONTEXTS
from forms.kinds.one_of import Options
from forms.places import area_name
from forms.screening import MODERATE_SIGNS, STRONG_SIGNS

TITLE = "Emerging themes"
SENTENCE = (
    "Distinct children for each label in the quarter: contexts of exploitation and areas gone to, from discussions at "
    "meetings; signs answered Yes, from submitted screenings, in the area where the child lived; and places linked to "
    "children. Ranked by this quarter minus the mean of the four quarters before, then by label."
)
KINDS: Options = (
    ("context", "Context of exploitation"),
    ("sign", "Sign in screenings"),
    ("place_gone_to", "Area gone to"),
    ("place_of_concern", "Place of concern"),
)
QUARTERS_BEFORE = 4
PLACE_NOT_APPROVED = "A place the area has not approved for sharing"
"""Stands for every place that was typed, where the reader may not see what was typed."""

SIGNS = (*STRONG_SIGNS, *MODERATE_SIGNS)


@dataclass(frozen=True)
class Theme:
    area: str
    """The area's name, or "Total"."""
    kind: str
    label: str
    this_quarter: int
    mean_of_four_before: float

    @property
    def words(self) -> str:
        """ "criminal:Online" is for machines; people read "Criminal: Online"."""
        if self.kind != "context":
            return self.label
        kind, _, context = self.label.partition(":")
        return f"{kind.capitalize()}: {context}" if context else kind


def context_label(key: str) -> str:
    """`criminal:` or `sexual:` and the label of the assessment, as the import spells it too."""
    kind, _, _ = key.partition(":")
    return f"{kind}:{dict(CONTEXTS).get(key, key).removesuffix(f' ({kind})')}"


CONTEXT_LABELS = tuple(("context", context_label(key)) for key, _ in CONTEXTS)
PLACE_LABELS = tuple(("place_gone_to", label) for _, label in AREAS_GONE_TO)


def themes(work: Reading, scope: Scope, *, places_as_typed: bool = True) -> tuple[Theme, ...]:
    """Every label met in the five quarters, area by area and then Total, ranked."""
    counts: Counter[tuple[str, str, str, int]] = Counter()
    for labels, rows in (
        ([*CONTEXT_LABELS, *PLACE_LABELS], _of_discussions(work, scope)),
        ([("sign", sign.label) for sign in SIGNS], _of_screenings(work, scope)),
    ):
        for row in rows:
            for at, (kind, label) in enumerate(labels):
                counts[row["area"], kind, label, row["quarter"]] += row[f"label_{at}"]
    for row in _places_as_typed(work, scope, places_as_typed):
        counts[row["area"], "place_gone_to", row["label"], row["quarter"]] = row["children"]
    for row in _places_of_concern(work, scope, places_as_typed):
        counts[row["area"], "place_of_concern", row["label"], row["quarter"]] = row["children"]
    return _ranked(counts, scope)


def suggested_words(of_area: Iterable[Theme]) -> str:
    """A sentence or two for the coordinator to begin the narrative with: only what chance alone does not give."""
    found = [(theme, compared(theme.this_quarter, theme.mean_of_four_before)) for theme in of_area]

    def told(verdict: str) -> str:
        return "; ".join(
            f"{t.label} ({t.this_quarter} this quarter, a mean of {t.mean_of_four_before:g} in the four before)"
            for t, against in found
            if against.verdict == verdict
        )

    sentences = [
        f"{how} children than chance alone gives: {words}."
        for how, verdict in (("More", MORE), ("Fewer", FEWER))
        if (words := told(verdict))
    ]
    return (
        " ".join(sentences) or "No theme stands out from the four quarters before by more than chance gives."
    )


def _ranked(counts: Counter[tuple[str, str, str, int]], scope: Scope) -> tuple[Theme, ...]:
    labels = dict.fromkeys((area, kind, label) for (area, kind, label, _), n in counts.items() if n)
    names = {**{area: area_name(area) for area in scope.areas}, TOTAL: TOTAL}
    order = {area: at for at, area in enumerate(names)}
    found = [
        (
            order[area],
            Theme(
                names[area], kind, label, counts[area, kind, label, 0],
                sum(counts[area, kind, label, n] for n in range(1, QUARTERS_BEFORE + 1)) / QUARTERS_BEFORE,
            ),
        )
        for area, kind, label in labels
    ]  # fmt: skip
    found.sort(key=lambda f: (f[0], f[1].mean_of_four_before - f[1].this_quarter, f[1].label, f[1].kind))
    return tuple(theme for _, theme in found)


def _quarter_of(date: str, scope: Scope) -> str:
    """SQL: 0 for this quarter, 1 for the one before, and so on."""
    whens = " ".join(
        f"WHEN {date} >= {day(scope.quarter.before(n).first)} THEN {n}" for n in range(QUARTERS_BEFORE)
    )
    return f"CASE {whens} ELSE {QUARTERS_BEFORE} END"


def _within(date: str, scope: Scope) -> str:
    return f"{date} BETWEEN {day(scope.quarter.before(QUARTERS_BEFORE).first)} AND {scope.last}"


def _of_discussions(work: Reading, scope: Scope) -> list[Row]:
    # `= ANY (list)` and `@>` are far slower on DuckDB than asking for the position.
    bits = _bits((
        *(f"array_position(d.contexts, '{key}') > 0" for key, _ in CONTEXTS),
        *(f"array_position(d.areas_gone_to, '{label}') > 0" for _, label in AREAS_GONE_TO),
    ))  # fmt: skip
    return _children_by_bit(
        work,
        f"SELECT d.child_id, e.area, {_quarter_of('d.meeting_date', scope)} AS quarter, {bits} AS bits"
        " FROM discussion d JOIN episode e USING (episode_id)"
        f" WHERE {_within('d.meeting_date', scope)} AND e.area {scope.in_areas}",
        len(CONTEXTS) + len(AREAS_GONE_TO),
    )


def _of_screenings(work: Reading, scope: Scope) -> list[Row]:
    bits = _bits(f"{sign.key} = 'yes'" for sign in SIGNS)
    return _children_by_bit(
        work,
        f"SELECT child_id, child_area AS area, {_quarter_of('submitted_on', scope)} AS quarter, {bits} AS bits"
        f" FROM screening_form WHERE {_within('submitted_on', scope)} AND child_area {scope.in_areas}",
        len(SIGNS),
    )


def _bits(conditions: Iterable[str]) -> str:
    """One whole number that holds which conditions are true: a child then needs one row a quarter, not one a label."""
    return " + ".join(
        f"CASE WHEN {condition} THEN CAST({1 << at} AS bigint) ELSE 0 END"
        for at, condition in enumerate(conditions)
    )


def _children_by_bit(work: Reading, seen: str, labels: int) -> list[Row]:
    """Rows of area and quarter with `label_0`, `label_1`, …: how many children; several rows are to be added.

    Nearly every child is seen in one area only, and counts there and in the total. The few of several areas count in
    each of them, and once in the total.
    """
    sums = ", ".join(f"CAST(sum((bits >> {at}) & 1) AS bigint) AS label_{at}" for at in range(labels))
    rows = work.rows(f"""
WITH seen AS MATERIALIZED ({seen}),
child_seen AS MATERIALIZED (
    SELECT child_id, quarter, min(area) AS area, max(area) AS other, bit_or(bits) AS bits
    FROM seen GROUP BY child_id, quarter
),
of_several AS (
    SELECT s.area, s.quarter, bit_or(s.bits) AS bits
    FROM seen s JOIN child_seen c USING (child_id, quarter) WHERE c.area <> c.other
    GROUP BY s.area, s.child_id, s.quarter
)
SELECT area, quarter, TRUE AS in_total, {sums} FROM child_seen WHERE area = other GROUP BY area, quarter
UNION ALL
SELECT area, quarter, FALSE, {sums} FROM of_several GROUP BY area, quarter
UNION ALL
SELECT '{TOTAL}', quarter, FALSE, {sums} FROM child_seen WHERE area <> other GROUP BY quarter""")
    return rows + [{**row, "area": TOTAL} for row in rows if row["in_total"]]


def _places_as_typed(work: Reading, scope: Scope, shown: bool) -> Sequence[Row]:
    """The areas gone to that are none of the assessment's own."""
    known = ", ".join(f"'{label}'" for _, label in AREAS_GONE_TO)
    return work.rows(f"""
WITH gone AS (
    SELECT episode_id, child_id, {_quarter_of("meeting_date", scope)} AS quarter, unnest(areas_gone_to) AS place
    FROM discussion WHERE {_within("meeting_date", scope)}
),
of_area AS MATERIALIZED (
    SELECT DISTINCT e.area, g.child_id, g.quarter, {"g.place" if shown else f"'{PLACE_NOT_APPROVED}'"} AS label
    FROM gone g JOIN episode e USING (episode_id)
    WHERE g.place NOT IN ({known}) AND e.area {scope.in_areas}
)
SELECT area, quarter, label, count(*) AS children FROM of_area GROUP BY area, quarter, label
UNION ALL
SELECT '{TOTAL}', quarter, label, count(DISTINCT child_id) FROM of_area GROUP BY quarter, label""")


def _places_of_concern(work: Reading, scope: Scope, shown: bool) -> Sequence[Row]:
    """Children newly linked to a place, in the area where they lived then. The place by the label that the coordinator
    approved; without one by its name if these areas hold it and the reader may see what was typed there, or else by neither."""
    typed = f"WHEN c.area {scope.in_areas} THEN c.name" if shown else ""
    return work.rows(f"""
WITH of_area AS MATERIALIZED (
    SELECT DISTINCT l.child_area AS area, l.child_id, {_quarter_of("l.linked_on", scope)} AS quarter,
        CASE WHEN c.label_approved_on IS NOT NULL THEN c.label_for_return {typed} ELSE '{PLACE_NOT_APPROVED}' END AS label
    FROM concern_link l JOIN concern c ON c.concern_id = l.concern_id
    WHERE c.kind = 'place' AND l.child_id IS NOT NULL AND l.removed_reason IS NULL
        AND {_within("l.linked_on", scope)} AND l.child_area {scope.in_areas}
)
SELECT area, quarter, label, count(*) AS children FROM of_area GROUP BY area, quarter, label
UNION ALL
SELECT '{TOTAL}', quarter, label, count(DISTINCT child_id) FROM of_area GROUP BY quarter, label""")
