"""Which return a file is made of, as people ask for it: the draft, a locked version, or the copy for publication."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.quarters import Quarter
from data.refusal import Problems
from data.returns.locked_returns import read_locked, read_published
from data.returns.return_shape import Return
from data.returns.returns import draft_return
from forms.kinds.date import in_words

DRAFT, LOCKED, PUBLISHED = "draft", "locked", "published"
"""Beside these, the number of a version."""


def asked_for(
    actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, which: str = DRAFT
) -> Return:
    """`which`: "draft", "locked" for the latest version, "2" for the second, or "published". The view is audited.

    Raises `Refused` and `Problems` as the functions that read each of these do.
    """
    if which == DRAFT:
        return draft_return(actor, quarter, areas)
    if which == PUBLISHED:
        return read_published(actor, quarter, areas)
    if which != LOCKED and not which.isdecimal():
        raise Problems(
            "There is no such version of the return. Open the return again to see those there are."
        )
    return read_locked(actor, quarter, areas, None if which == LOCKED else int(which))


def to_send_out(actor: Actor, quarter: Quarter, areas: Sequence[str] | None, which: str, file: str) -> Return:
    """As `asked_for`, for a file; the export is audited too."""
    found = asked_for(actor, quarter, areas, which)
    with actor.writing() as work:
        detail = file if which == DRAFT else f"{file} {which}"
        work.note(Event("return exported", None, f"return {quarter}", detail))
    return found


def stamp(made: Return) -> str:
    """Who made it and when, and by which definitions, as every file says; the copy for publication names nobody."""
    if made.published:
        copy = made.published
        who = f"Copy {copy.number}, made {_instant(copy.at)}, of {made.stage}"
    elif made.locked:
        who = f"Locked as {made.stage} by {made.locked.by}, {_instant(made.locked.at)}"
    else:
        who = f"Drafted by {made.drafted_by}, {_instant(made.drafted_at)}"
    return f"{who}. Definitions {made.definitions}."


def _instant(at: datetime.datetime) -> str:
    return f"{at.astimezone(clock.UK):%-d %B %Y %H:%M}"


def what_it_is_of(made: Return) -> str:
    q = made.quarter
    return (
        f"{made.partnership.name}, {q}: {in_words(q.first)} to {in_words(q.last)}. "
        f"Areas: {', '.join(made.area_names)}."
    )


def agenda_rules(made: Return) -> tuple[str, ...]:
    """A sentence for each area with a rule of its own, as pages and files say it."""
    return tuple(f"{rule.area}'s own rule for its agenda: {rule.words}" for rule in made.agenda_rules)


def made_at(made: Return) -> datetime.datetime:
    """The instant that a file carries; a stored return's own, so that its file is the same whenever it is made."""
    stored = made.published or made.locked
    return stored.at if stored else made.drafted_at


def file_name(made: Return, ending: str) -> str:
    copy = "for-publication" if made.published else f"restricted-{made.stage}".replace(" ", "-")
    return f"return-{made.quarter}-{copy}.{ending}".replace(" ", "-")
