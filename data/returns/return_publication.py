"""The copy of a locked return for publication: small counts are withheld, and what would give them away (returns.md).

How cells are chosen is `data.returns.suppression`; which sums the return's figures make is here. A copy is stored, and each
later copy of that quarter is compared with all before it, so that none can be subtracted from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from data import clock, settings
from data.access.figures import check_can_lock_return
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Clash
from data.database.schema import PUBLISHED_RETURN
from data.measures.measure import TOTAL
from data.measures.oversight import DEMOGRAPHICS
from data.measures.reckoning import WITHHELD
from data.measures.themes import Theme
from data.quarters import Quarter
from data.refusal import Problems
from data.returns import locked_returns
from data.returns.return_document import as_document, hashed
from data.returns.return_shape import Place, Published, Return, what_is_said
from data.returns.suppression import NoSwap, Sum, withheld
from forms.codes import ETHNICITY_GROUPS

NOBODY = ""
"""Stands in the copy where a name would; who made it is kept beside it, and in the audit."""

BEING_OR_MAY_BE = ("being", "may_be")
PARTS = {
    1: ("kind=criminal", "kind=sexual", "kind=both"),
    2: ("judgement=being", "judgement=may_be"),
    6: (*(f"judgement={letter}" for letter in "ABCDE"), "judgement=none"),
    7: ("reason=unable_to_engage", "reason=lack_of_consent"),
    10: ("multi_agency=yes", "multi_agency=no", "multi_agency=not_recorded"),
}
NOT_SO_LONG = "judged being for six months or less"
"""Of measure 2 and not of 9. No figure of the return, and known all the same to whoever knows both."""


def publish(actor: Actor, quarter: Quarter) -> Return:
    """Make and keep a copy of the latest locked version. Counts up to the partnership's setting are small.

    Raises `Refused` for all but the lead, `Problems` if none is locked.
    """
    with actor.reading() as work:
        locked, earlier = _to_publish(work, quarter)
        small_up_to = settings.value(work, locked.partnership.key, "small_number_limit")
    # Outside the write, which nobody else may wait for: choosing the cells takes seconds.
    made = without_small_numbers(
        locked, Published(len(earlier) + 1, small_up_to, NOBODY, clock.now()), *earlier
    )
    document = as_document(made)
    with actor.writing() as work:
        if _to_publish(work, quarter) != (locked, earlier):
            raise Clash
        return_id = locked_returns.record_id(locked.partnership.key, quarter)
        work.add(
            PUBLISHED_RETURN,
            {
                "return_id": return_id, "number": len(earlier) + 1, "version": locked.locked.version if locked.locked else 0,
                "document": document, "content_hash": hashed(document), "published_by": work.account.account_id,
                "published_at": work.at,
            },
            Event("return published", None, return_id, f"copy {len(earlier) + 1} sha256 {hashed(document)}"),
        )  # fmt: skip
    return made


def _to_publish(work: Reading, quarter: Quarter) -> tuple[Return, tuple[Return, ...]]:
    """The latest locked version, and every copy so far."""
    partnership = work.account.partnership_key
    check_can_lock_return(work, partnership, "return: publish")
    locked = locked_returns.latest(work, partnership, quarter)
    if locked is None:
        raise Problems("Lock the return first. A copy for publication is made of a locked return.")
    return locked, locked_returns.published_copies(work, partnership, quarter)


def without_small_numbers(locked: Return, published: Published, *earlier: Return) -> Return:
    """Figures and the whole partnership's themes; no narrative, check, comparison with another quarter, or name.
    `earlier`: all copies that were made of this quarter, in any order."""
    values = {(f.area, f.measure, f.breakdown): f.value for f in locked.figures}
    unseen = {(area, 9, NOT_SO_LONG): values[area, 2, "judgement=being"] - values[area, 9, "total"]
              for area in (*locked.area_names, TOTAL)}  # fmt: skip
    up_to = published.small_up_to
    shown_before = [{(f.area, f.measure, f.breakdown): f.value for f in copy.figures} for copy in earlier]
    also = {place for place, value in values.items() if _tells_of_a_few(place, value, shown_before, up_to)}
    try:
        hidden = withheld(
            values | unseen, list(sums(locked.area_names)), up_to, worth, also=also, free=unseen
        )
    except NoSwap:
        raise Problems(
            "No copy can be made that gives no small number away. Choose a larger number, or publish nothing."
        ) from None
    return replace(
        locked,
        figures=tuple(
            replace(f, value=WITHHELD) if (f.area, f.measure, f.breakdown) in hidden else f
            for f in locked.figures
        ),
        last_quarter=(),
        is_last_quarter_locked=False,
        themes=tuple(_themes(locked, up_to, earlier)),
        narratives=(),
        checks=(),
        missing=(),
        drafted_by=NOBODY,
        locked=replace(locked.locked, by=NOBODY, reason=None) if locked.locked else None,
        published=replace(published, by=NOBODY),
    )


def _tells_of_a_few(
    what: Place | tuple[str, str], now: int, shown_before: Iterable[Mapping[Any, int]], up_to: int
) -> bool:
    """Withheld in an earlier copy, or so near to what one of them shows that the difference is a small count itself."""
    return any(
        what in shown and (shown[what] == WITHHELD or 1 <= abs(now - shown[what]) <= up_to)
        for shown in shown_before
    )


def worth(place: Place) -> int:
    """What withholding a number costs its readers: most for wholes, much for the partnership's, least for a part of an area."""
    area, measure, breakdown = place
    if breakdown == "total":
        return 40 if area != TOTAL else 80
    if measure == 2:
        return 20 if area != TOTAL else 40
    return (1 if ";" in breakdown else 3) * (1 if area != TOTAL else 3)


def sums(areas: tuple[str, ...]) -> Iterator[Sum]:
    """Every sum that a reader of the figures knows to hold."""
    for area in (*areas, TOTAL):
        for measure, parts in PARTS.items():
            yield _sum(area, measure, "total", parts)
        yield Sum((area, 2, "judgement=being"), ((area, 9, "total"), (area, 9, NOT_SO_LONG)))
        for column, (_, options) in DEMOGRAPHICS.items():
            names = [f"{column}={key}" for key, _ in options]
            for name in names:
                yield _sum(area, 4, name, [f"{name};judgement={key}" for key in BEING_OR_MAY_BE])
            yield Sum((area, 2, "total"), tuple((area, 4, name) for name in names))
            for key in BEING_OR_MAY_BE:
                within = tuple((area, 4, f"{name};judgement={key}") for name in names)
                yield Sum((area, 2, f"judgement={key}"), within)
        for group, codes in ETHNICITY_GROUPS.items():
            for ending in ("", *(f";judgement={key}" for key in BEING_OR_MAY_BE)):
                in_it = [f"ethnicity={code}{ending}" for code in codes]
                yield _sum(area, 4, f"ethnicity_group={group}{ending}", in_it)
    for measure, breakdown in _told():
        yield Sum((TOTAL, measure, breakdown), tuple((area, measure, breakdown) for area in areas))


def _sum(area: str, measure: int, whole: str, parts: list[str] | tuple[str, ...]) -> Sum:
    return Sum((area, measure, whole), tuple((area, measure, part) for part in parts))


def _told() -> Iterator[tuple[int, str]]:
    for said in what_is_said():
        for name, _ in said.breakdowns:
            yield said.number, name


def _themes(locked: Return, up_to: int, earlier: Sequence[Return]) -> Iterator[Theme]:
    """Of all areas together, this quarter only, in an order that tells nothing: areas and earlier quarters could be subtracted."""
    shown_before = [{(t.kind, t.label): t.this_quarter for t in copy.themes} for copy in earlier]
    known = {label for shown in shown_before for label in shown}
    found = [t for t in locked.themes if t.area == TOTAL and (t.this_quarter or (t.kind, t.label) in known)]
    for theme in sorted(found, key=lambda t: (t.kind, t.label)):
        few = 1 <= theme.this_quarter <= up_to
        hide = few or _tells_of_a_few((theme.kind, theme.label), theme.this_quarter, shown_before, up_to)
        yield replace(theme, this_quarter=WITHHELD if hide else theme.this_quarter, mean_of_four_before=0.0)
