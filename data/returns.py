"""The quarterly return: drafted for areas from live records, with its narratives, its checks and the children behind it.

What a measure counts is in `data/measures/`; how the return becomes a file is in `return_excel` and `return_csv`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data import clock
from data.access import check_can_coordinate, check_can_see_cohort, check_has_role
from data.access_restricted import left_out
from data.actor import Actor, Reading
from data.audit import Event
from data.engine import Row
from data.measures.checks import Check, checks
from data.measures.measure import Scope
from data.measures.reckoning import DEFINITIONS, Figure, Missing, children_behind, reckon
from data.measures.themes import Theme, themes
from data.quarters import Quarter
from data.refusal import Problems
from data.schema import NARRATIVE
from data.views import note_view
from forms.kinds import LongText
from forms.places import Partnership, area_name, partnership_of
from forms.question import Wrong

NUMBERS = range(1, 11)


@dataclass(frozen=True)
class Narrative:
    area: str
    """The area's name."""
    measure: int
    text: str
    revision: int


@dataclass(frozen=True)
class Return:
    """A return as drafted at one moment; nothing in it changes afterwards."""

    quarter: Quarter
    partnership: Partnership
    areas: tuple[str, ...]
    """Keys, in the partnership's order."""
    definitions: str
    figures: tuple[Figure, ...]
    last_quarter: tuple[Figure, ...]
    """The quarter before, by the same definitions and from the same records."""
    themes: tuple[Theme, ...]
    narratives: tuple[Narrative, ...]
    checks: tuple[Check, ...]
    missing: tuple[Missing, ...]
    drafted_by: str
    drafted_at: datetime.datetime

    @property
    def area_names(self) -> tuple[str, ...]:
        return tuple(area_name(area) for area in self.areas)

    def values(self) -> dict[tuple[str, int, str], int]:
        """(Area's name or "Total", measure, breakdown) → value."""
        return by_place(self.figures)

    def as_long_form(self) -> dict[str, Any]:
        """Exactly as `python -m data return --json` prints it (returns.md, "The long form")."""
        return {
            "quarter": str(self.quarter),
            "definitions": self.definitions,
            "figures": [
                {"area": f.area, "measure": f.measure, "breakdown": f.breakdown, "value": f.value}
                for f in self.figures
            ],
            "narratives": [
                {"area": n.area, "measure": n.measure, "text": n.text} for n in self.narratives if n.text
            ],
            "themes": [
                {
                    "area": t.area, "kind": t.kind, "label": t.label, "this_quarter": t.this_quarter,
                    "mean_of_four_before": t.mean_of_four_before,
                }
                for t in self.themes
            ],
        }  # fmt: skip


def by_place(figures: Sequence[Figure]) -> dict[tuple[str, int, str], int]:
    return {(f.area, f.measure, f.breakdown): f.value for f in figures}


def draft_return(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> Return:
    """Work the return out for areas of one partnership (their keys), without them for all that the account may see.

    Raises `Refused` for an account that may not, `Problems` for areas of two partnerships. The view is audited.
    """
    with actor.writing() as work:
        _scope(work, quarter, areas)
        note_view(work, "return viewed", None, f"return {quarter}")
    with actor.reading() as work:
        return draft_in(work, _scope(work, quarter, areas))


def draft_in(work: Reading, scope: Scope) -> Return:
    reckoned = reckon(work, scope)
    before = reckon(work, Scope(scope.quarter.before(), scope.areas, scope.partnership))
    return Return(
        quarter=scope.quarter,
        partnership=scope.partnership,
        areas=scope.areas,
        definitions=DEFINITIONS,
        figures=reckoned.figures,
        last_quarter=before.figures,
        # The partnership's lead reads places by labels that the coordinator approved, never as typed.
        themes=themes(work, scope, places_as_typed=work.account.role != "partnership_lead"),
        narratives=tuple(_narratives(work, scope)),
        checks=checks(reckoned),
        missing=reckoned.missing,
        drafted_by=work.account.name,
        drafted_at=clock.now(),
    )


def _scope(work: Reading, quarter: Quarter, areas: Sequence[str] | None) -> Scope:
    wanted = tuple(areas) if areas is not None else work.account.areas
    if not wanted:
        raise Problems("Select at least one area.")
    check_can_see_cohort(work, wanted)
    partnership = partnership_of(wanted[0])
    if not set(wanted) <= set(partnership.areas):
        raise Problems("A return is for areas of one partnership.")
    return Scope(quarter, tuple(area for area in partnership.areas if area in wanted), partnership)


def _narratives(work: Reading, scope: Scope) -> Iterator[Narrative]:
    rows = work.rows(
        "SELECT area, measure, words, revision FROM narrative WHERE partnership = $1 AND quarter = $2 ORDER BY measure",
        [scope.partnership.key, str(scope.quarter)],
    )
    for area in scope.areas:
        for row in rows:
            if row["area"] == area:
                yield Narrative(area_name(area), row["measure"], row["words"] or "", row["revision"])


def save_narrative(
    actor: Actor,
    quarter: Quarter,
    area: str,
    measure: int,
    words: str,
    seen_revision: int | None = None,
) -> int:
    """Keep what the area's coordinator says beside a measure; gives its revision (empty words take the narrative out).

    Raises `Refused` for anybody else, `Problems` for words that cannot be kept, `Clash` when somebody saved since
    `seen_revision` (0 when there was none).
    """
    if measure not in NUMBERS:
        raise Problems("The return has measures 1 to 10.")
    try:
        kept = LongText("words", "Narrative").read(words)
    except Wrong as wrong:
        raise Problems(str(wrong)) from None
    with actor.writing() as work:
        check_can_coordinate(work, area, "narrative saved")
        partnership = partnership_of(area).key
        narrative_id = f"{partnership}:{area}:{quarter}:{measure}"
        saved = work.save(
            NARRATIVE,
            {
                "narrative_id": narrative_id, "partnership": partnership, "area": area, "quarter": str(quarter),
                "measure": measure, "words": kept,
            },
            Event("narrative saved", None, narrative_id),
            seen_revision=seen_revision,
        )  # fmt: skip
        return int(saved["revision"])


def open_figure(actor: Actor, quarter: Quarter, area: str, measure: int, breakdown: str) -> list[Row]:
    """The children behind a figure of an area: child_id, name, date_of_birth, each once, by name. Audited.

    `breakdown` as in the long form, or as in `Return.missing`. For the area's coordinator and manager only: the
    partnership's lead sees no names.
    """
    with actor.writing() as work:
        check_has_role(work, "figure opened", "coordinator", "manager", "operator")
        scope = _scope(work, quarter, (area,))
        try:
            children = children_behind(work, scope, measure, breakdown)
        except KeyError:
            raise Problems("The return has no such figure.") from None
        work.note(Event("figure opened", None, f"return {quarter}", f"{area} {measure} {breakdown}"))
        rows = work.rows(
            "SELECT child_id, name, date_of_birth FROM child WHERE child_id = ANY($1) ORDER BY name, child_id",
            [children],
        )
        return sorted(left_out(work, rows), key=lambda row: row["date_of_birth"] is None)
