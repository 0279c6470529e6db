"""The quarterly return: drafted for areas from live records, with its narratives, its checks and the children behind it.

What a measure counts is in `data/measures/`, what a return is in `return_shape`, and its life after drafting in `return_lock`.
How it becomes a file is in `return_excel`, `return_csv` and `return_report`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data import clock
from data.access.figures import check_can_see_cohort
from data.access.rule import check_can_coordinate, check_has_role, visible_children
from data.actor import Actor, Reading
from data.child_line import with_lines
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import NARRATIVE
from data.measures import as_recorded, reckoning
from data.measures.checks import against_last_quarter, checks
from data.measures.measure import Scope
from data.measures.reckoning import Figure, children_behind, reckon
from data.measures.themes import themes
from data.naming import check_names_nobody
from data.quarters import Quarter
from data.refusal import Problems
from data.returns import locked_returns
from data.returns.return_shape import AgendaRule, Narrative, Return, of_areas, what_is_said
from data.settings import value
from data.trail.views import note_view
from data.ways.ways_beside import RETURN_WAY
from forms.kinds import LongText
from forms.places import area_name, partnership_of
from forms.question import Wrong

NUMBERS = range(1, 11)


def draft_return(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> Return:
    """Work the return out for areas of one partnership (their keys), without them for all that the account may see.

    Raises `Refused` for an account that may not, `Problems` for areas of two partnerships. The view is audited.
    """
    with actor.writing() as work:
        scope_of(work, quarter, areas)
        note_view(work, "return viewed", None, f"return {quarter}")
    with actor.reading() as work:
        return draft_in(work, scope_of(work, quarter, areas))


def draft_in(work: Reading, scope: Scope) -> Return:
    reckoned = reckon(work, scope)
    before, is_locked = _last_quarter(work, scope)
    return Return(
        quarter=scope.quarter,
        partnership=scope.partnership,
        areas=scope.areas,
        definitions=reckoning.DEFINITIONS,
        measures=what_is_said(),
        figures=reckoned.figures,
        last_quarter=before,
        is_last_quarter_locked=is_locked,
        # The partnership's lead reads places by labels that the coordinator approved, never as typed.
        themes=themes(work, scope, places_as_typed=work.account.role != "partnership_lead"),
        narratives=tuple(_narratives(work, scope)),
        checks=(
            *checks(reckoned),
            *against_last_quarter(reckoned.figures, before, str(scope.quarter.before())),
        ),
        missing=reckoned.missing,
        drafted_by=work.account.name,
        drafted_at=clock.now(),
        agenda_rules=tuple(_agenda_rules(work, scope)),
    )


def _agenda_rules(work: Reading, scope: Scope) -> Iterator[AgendaRule]:
    for area in scope.areas:
        if words := value(work, area, "agenda_rule"):
            yield AgendaRule(area_name(area), str(words))


def _last_quarter(work: Reading, scope: Scope) -> tuple[tuple[Figure, ...], bool]:
    """As it was locked, where it was and can be read for these areas."""
    earlier = scope.quarter.before()
    locked = locked_returns.latest(work, scope.partnership.key, earlier)
    if locked and (len(scope.areas) == 1 or scope.areas == locked.areas):
        return of_areas(locked, scope.areas).figures, True
    return reckon(work, Scope(earlier, scope.areas, scope.partnership)).figures, False


def scope_of(work: Reading, quarter: Quarter, areas: Sequence[str] | None) -> Scope:
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
    *,
    names_nobody: bool = False,
) -> int:
    """Keep what the area's coordinator says beside a measure; gives its revision (empty words take the narrative out).

    Raises `Refused` for anybody else, `Problems` for words that cannot be kept, `MayName` for words that could name
    somebody unless the coordinator has said that they do not (`names_nobody`), `Clash` when somebody saved since
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
        _check_can_still_be_said(work, partnership, quarter)
        check_names_nobody(work, partnership_of(area), kept, is_confirmed=names_nobody)
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


def _check_can_still_be_said(work: Reading, partnership: str, quarter: Quarter) -> None:
    standing = locked_returns.standing(work, partnership, quarter)
    if standing and standing["state"] == "locked":
        words = RETURN_WAY.state("locked").words.lower()
        raise Problems(
            f"The return of {quarter} is {words}, so its words stay as they are. Ask the partnership's lead to correct it."
        )


def open_figure(
    actor: Actor, quarter: Quarter, area: str, measure: int, breakdown: str, version: int | None = None
) -> list[Row]:
    """The children behind a figure of an area: child_id, name, date_of_birth, date_of_birth_is_estimate, `who` (to stand
    beside initials), each once, by name. Audited. Children
    restricted to others, and those who have moved out of this account's work since, are counted and left out here.

    `breakdown` as in the long form, or as in `Return.missing`; of a locked `version`, the children who were counted when it
    was locked, by the records as they were known then. For the area's coordinator and manager only: the partnership's lead
    sees no names.
    """
    with actor.writing() as work:
        check_has_role(work, "figure opened", "coordinator", "manager", "operator")
        scope = scope_of(work, quarter, (area,))
        detail = f"{area} {measure} {breakdown}"
        if version is not None:
            kept = locked_returns.numbered(work, scope.partnership.key, quarter, version)
            if kept.locked is None:
                raise Problems("This version of the return is not locked.")
            scope, detail = as_recorded.at(scope, kept.locked.at), f"{detail} version {version}"
        try:
            children = children_behind(work, scope, measure, breakdown)
        except KeyError:
            raise Problems("The return has no such figure.") from None
        work.note(Event("figure opened", None, f"return {quarter}", detail))
        open_to_me, parameters = visible_children(work, 2)
        rows = work.rows(
            "SELECT child_id, name, date_of_birth, date_of_birth_is_estimate FROM child c WHERE child_id = ANY($1)"
            f" AND {open_to_me} ORDER BY name, child_id",
            [children, *parameters],
        )
        return with_lines(work, rows, by_initials=True)
