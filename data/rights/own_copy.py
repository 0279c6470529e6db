"""The child's own copy of the record, from the request to its sending: a person strikes out what is about others, line by
line, a second person approves, and to whom it was sent is kept. Source: standing_firm.md 15; UK GDPR article 15.

What the copy says is `data.rights.own_copy_lines`, how its file looks `data.rights.own_copy_file`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data import clock
from data.access.rights import check_can_answer_for, check_may_approve_copy, may_approve_copy
from data.access.rule import child_of
from data.actor import Actor, Reading, Writing
from data.answers.short_forms import read
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import OWN_COPY, OWN_COPY_STRIKE
from data.refusal import Problems
from data.rights.own_copy_lines import Part, everything_held
from data.trail.views import note_view
from data.ways.ways_beside import OWN_COPY_WAY
from forms.question import Typed
from forms.rights import REQUEST, SENT, WHY_STRUCK

CHANGED_SINCE = (
    "The record has changed since this copy was approved or put forward. Send it back, look at what is new, and ask for "
    "approval again."
)


@dataclass(frozen=True)
class OwnCopy:
    request: Row
    """Of `OWN_COPY`."""
    parts: tuple[Part, ...]
    struck: dict[str, str]
    """A line's place → why it is struck out, a key of `forms.rights.WHY_STRUCK`."""
    may_approve: bool
    """Is this account a second person?"""
    is_unchanged: bool
    """Is what would be sent what was put forward for approval?"""


def begin(actor: Actor, child_id: str, typed: Mapping[str, Typed]) -> str:
    """Keep the request: answers to `REQUEST`. Gives its id."""
    with actor.writing() as work:
        check_can_answer_for(work, child_id)
        answers = read(REQUEST, typed)
        move = OWN_COPY_WAY.move("begin", None, work.account.role)
        copy_id = clock.new_id()
        work.save(
            OWN_COPY,
            {
                "own_copy_id": copy_id, "child_id": child_id, "area": work.account.area, "state": move.end,
                "as_of": work.at, **answers,
            },
            Event(move.audit, child_id, copy_id),
        )  # fmt: skip
        return copy_id


def copies_of(actor: Actor, child_id: str) -> list[Row]:
    """The requests about a child, the latest first."""
    with actor.reading() as work:
        check_can_answer_for(work, child_id)
        return work.rows(
            "SELECT * FROM own_copy WHERE child_id = $1 ORDER BY requested_on DESC, own_copy_id DESC",
            [child_id],
        )


def read_copy(actor: Actor, copy_id: str) -> OwnCopy:
    """The request with every line of the record. The view is audited."""
    with actor.writing() as work:
        request = _found(work, copy_id)
        note_view(work, "own copy viewed", request["child_id"], copy_id)
        return own_copy_now(work, request)


def strike(actor: Actor, copy_id: str, places: Sequence[str], why: str) -> None:
    """Strike these lines out, each for the same reason."""
    if why not in dict(WHY_STRUCK):
        raise Problems("Select why the lines are struck out")
    _set_struck(actor, copy_id, places, why)


def give_back(actor: Actor, copy_id: str, places: Sequence[str]) -> None:
    """Put lines that were struck out into the copy again."""
    _set_struck(actor, copy_id, places, None)


def move(actor: Actor, copy_id: str, name: str, reason: str = "") -> None:
    """A move of `OWN_COPY_WAY` that needs no answers: ask for approval, approve, send back, drop."""
    with actor.writing() as work:
        request = _found(work, copy_id)
        if name in ("begin", "send"):
            raise ValueError("has a function of its own")
        made = OWN_COPY_WAY.move(name, request["state"], work.account.role, reason)
        changes: Row = {"state": made.end}
        if name == "ask for approval":
            copy = own_copy_now(work, request)
            changes |= {"prepared_by": work.account.account_id, "content_hash": _content_hash(copy)}
            changes |= {"approved_by": None, "approved_on": None, "sent_back_reason": None}
        elif name == "approve":
            check_may_approve_copy(work, request)
            _refuse_if_changed(own_copy_now(work, request))
            changes |= {"approved_by": work.account.account_id, "approved_on": clock.today()}
        elif name == "send back":
            changes |= {"sent_back_reason": reason.strip(), "approved_by": None, "approved_on": None}
        _save(work, request, changes, made.audit, why=reason.strip() or None)


def send(actor: Actor, copy_id: str, typed: Mapping[str, Typed]) -> None:
    """Keep to whom it was sent, how and when: answers to `SENT`."""
    with actor.writing() as work:
        request = _found(work, copy_id)
        made = OWN_COPY_WAY.move("send", request["state"], work.account.role)
        answers = read(SENT, typed)
        _save(work, request, {"state": made.end, **answers}, made.audit)


def copy_to_write(actor: Actor, copy_id: str) -> OwnCopy:
    """The copy for its file. The making is audited; once it was put forward, only what was put forward is written."""
    with actor.writing() as work:
        request = _found(work, copy_id)
        copy = own_copy_now(work, request)
        if request["state"] != "preparing":
            _refuse_if_changed(copy)
        work.note(Event("own copy made", request["child_id"], copy_id, request["state"]))
        return copy


def own_copy_now(work: Reading, request: Row) -> OwnCopy:
    struck = {
        row["place"]: row["why"]
        for row in work.rows(
            "SELECT place, why FROM own_copy_strike WHERE own_copy_id = $1 AND is_struck",
            [request["own_copy_id"]],
        )
    }
    parts = tuple(everything_held(work, request["child_id"], request["as_of"]))
    there = {line.place for part in parts for line in part.lines}
    copy = OwnCopy(
        request,
        parts,
        {place: why for place, why in struck.items() if place in there},
        may_approve_copy(work, request),
        is_unchanged=True,
    )
    is_unchanged = request["content_hash"] in (None, _content_hash(copy))
    return OwnCopy(copy.request, copy.parts, copy.struck, copy.may_approve, is_unchanged)


def _content_hash(copy: OwnCopy) -> str:
    """Of every line and of what is struck out."""
    said = [f"{line.place} {copy.struck.get(line.place, '')}" for part in copy.parts for line in part.lines]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _refuse_if_changed(copy: OwnCopy) -> None:
    if not copy.is_unchanged:
        raise Problems(CHANGED_SINCE)


def _set_struck(actor: Actor, copy_id: str, places: Sequence[str], why: str | None) -> None:
    with actor.writing() as work:
        request = _found(work, copy_id)
        if request["state"] != "preparing":
            raise Problems(
                "This copy was put forward for approval. Send it back to change what is struck out."
            )
        parts = everything_held(work, request["child_id"], request["as_of"])
        there = {line.place for part in parts for line in part.lines}
        if not places or not there.issuperset(places):
            raise Problems("Select the lines. If the record has changed, open this page again.")
        for place in places:
            strike_id = f"{copy_id}:{place}"
            work.save(
                OWN_COPY_STRIKE,
                {
                    "strike_id": strike_id, "own_copy_id": copy_id, "child_id": request["child_id"], "place": place,
                    "why": why, "is_struck": why is not None,
                },
                Event("own copy line struck out" if why else "own copy line given back", request["child_id"], strike_id, why),
            )  # fmt: skip


def _found(work: Reading, copy_id: str) -> Row:
    request = work.current(OWN_COPY, copy_id)
    check_can_answer_for(work, child_of(request))
    if request is None:
        raise Problems("This cannot be found. Open the child's page again.")
    return request


def _save(work: Writing, request: Row, changes: Row, audit: str, why: str | None = None) -> None:
    event = Event(audit, request["child_id"], request["own_copy_id"])
    work.save(OWN_COPY, {"own_copy_id": request["own_copy_id"], **changes}, event, why=why)
