"""Finding a child before one is added: search, and the likely matches of a child who is being added.

A match outside a person's need to know says only that it exists and whom to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.access.restricted import closed_to_me
from data.access.rule import can_see_child, check_can_see_names, visible_children
from data.actor import TOLD_OF, Actor, Reading, Writing
from data.answers.draft_reading import Draft, draft_now
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DRAFT
from data.names import are_alike, plain, plain_in_sql
from data.refusal import Problems
from data.trail.views import note_view
from data.ways.pathway import EPISODE_WAY
from forms.answers import check

PAGE = 25
MOST_WORDS = 8
TELL_WHO = ("name", "aliases", "date_of_birth", "nhs_number", "lcs_number")

Words = tuple[str, ...]

_NAME = plain_in_sql("c.name")
_ALIASES = plain_in_sql("coalesce(c.aliases, '')")


@dataclass(frozen=True)
class Found:
    """What a search gives: the children this account may open, and whom to ask about the others."""

    children: tuple[Row, ...]
    """child_id, name, date_of_birth, area, state."""
    more: bool
    ask: tuple[str, ...]
    """Areas whose coordinator knows a match that this account may not open."""
    restricted: tuple[str, ...] = ()
    """Whom to ask about a match that is restricted to people who are named."""


class LikelyMatch(Problems):
    """The child may be here already. `found` says who; the person chooses, or says it is another child."""

    def __init__(self, found: Found, told_of: Words) -> None:
        super().__init__(
            "This child may be here already. Look at the likely matches, or say that this is another child."
        )
        self.found, self.told_of = found, told_of


def search(actor: Actor, words: str, page: int = 0) -> Found:
    """By name or alias (words in any order, parts of them, with or without accents), NHS number or local (LCS) number;
    blank lists the account's own children by name.

    Shows children this account may open; of the others only that a match exists, for an exact number or full name.
    That somebody searched is audited, never what for; and that they were told of a match, of the child it was.
    """
    looked_for = plain(words)
    digits = "".join(c for c in looked_for if c.isdigit())
    number = digits if len(digits) == 10 else "-"
    local = " ".join(words.split()).lower()
    with actor.writing() as work:
        check_can_see_names(work, "children searched")
        note_view(work, "children searched", None)
    with actor.reading() as work:
        check_can_see_names(work, "children searched")
        named, its_words = _has_words(f"{_NAME} || ' ' || {_ALIASES}", looked_for, 5)
        visible, parameters = visible_children(work, 5 + len(its_words))
        rows = work.rows(
            f"SELECT c.child_id, c.name, c.date_of_birth, c.area, {STATE} AS state FROM child c"
            f" WHERE ($1 = '' OR {named} OR lower(c.lcs_number) = $2 OR c.nhs_number = $3) AND {visible}"
            f" ORDER BY lower(c.name), c.child_id LIMIT {PAGE + 1} OFFSET $4",
            [looked_for, local, number, page * PAGE, *its_words, *parameters],
        )
        hidden = _known_elsewhere(work, looked_for, local, number) if looked_for and not page else []
        found = Found(tuple(rows[:PAGE]), len(rows) > PAGE, *_whom_to_ask(work, hidden))
    if hidden:
        with actor.writing() as work:
            for row in hidden:
                note_view(work, TOLD_OF, row["child_id"])
    return found


def _has_words(text: str, looked_for: str, first: int) -> tuple[str, list[str]]:
    words = looked_for.split()[:MOST_WORDS] or [""]
    return "(" + " AND ".join(
        f"position(${n} in {text}) > 0" for n in range(first, first + len(words))
    ) + ")", words


def _known_elsewhere(work: Reading, looked_for: str, local: str, number: str) -> list[Row]:
    """Children this account may not open with exactly this number, or this name in any order of its words."""
    named, words = _has_words(_NAME, looked_for, 4)
    rows = work.rows(
        f"SELECT c.child_id, c.area, {_NAME} AS plain, coalesce(lower(c.lcs_number) = $2 OR c.nhs_number = $3, false)"
        f" AS by_number FROM child c WHERE length({_NAME}) = length($1) AND {named}"
        " OR lower(c.lcs_number) = $2 OR c.nhs_number = $3 LIMIT 500",
        [looked_for, local, number, *words],
    )
    # The words are parts of the name so far: "sam sam" would be told that there is a Sam Lee.
    exact = sorted(looked_for.split())
    known = [row for row in rows if row["by_number"] or sorted(row["plain"].split()) == exact]
    return [row for row in known if not can_see_child(work, row["child_id"])]


def _whom_to_ask(work: Reading, hidden: list[Row]) -> tuple[Words, Words]:
    """Areas with a coordinator to ask, and by name whom to ask about the restricted."""
    asks = closed_to_me(work, [row["child_id"] for row in hidden])
    areas = {row["area"] for row in hidden if row["child_id"] not in asks}
    return tuple(sorted(areas)), tuple(sorted(set(asks.values())))


STATE = (
    "CASE WHEN EXISTS (SELECT 1 FROM episode e WHERE e.child_id = c.child_id AND e.closed_on IS NULL) THEN 'oversight'"
    " WHEN EXISTS (SELECT 1 FROM referral r WHERE r.child_id = c.child_id"
    " AND r.state IN ('submitted', 'awaiting_sign_off', 'returned')) THEN 'referred' ELSE 'none' END"
)

STATES = {
    "oversight": EPISODE_WAY.state("open").words,
    "referred": "Referred",
    "none": "Not in the meeting's oversight",
}


def likely_matches(work: Reading, answers: Mapping[str, Any], but: str | None = None) -> tuple[Found, Words]:
    """Children who may be the one described: same NHS or LCS number, or same birth date and a similar name or alias. Besides,
    the ids of those this account may not open, for the audit."""
    rows = work.rows(
        f"SELECT c.child_id, c.name, c.aliases, c.date_of_birth, c.area, c.nhs_number, c.lcs_number, {STATE} AS state"
        " FROM child c WHERE c.nhs_number = $1 OR lower(c.lcs_number) = lower($2) OR c.date_of_birth = $3",
        [answers.get("nhs_number"), answers.get("lcs_number"), answers.get("date_of_birth")],
    )
    alike = [row for row in rows if row["child_id"] != but and _is_likely(row, answers)][:PAGE]
    may_open = [row for row in alike if can_see_child(work, row["child_id"])]
    hidden = [row for row in alike if row not in may_open]
    found = Found(tuple(may_open), False, *_whom_to_ask(work, hidden))
    return found, tuple(row["child_id"] for row in hidden)


def _is_likely(row: Row, answers: Mapping[str, Any]) -> bool:
    for number in ("nhs_number", "lcs_number"):
        if answers.get(number) and (row[number] or "").lower() == answers[number].lower():
            return True
    if row["date_of_birth"] != answers.get("date_of_birth"):
        return False
    return any(are_alike(one, other) for one in _names(row) for other in _names(answers))


def _names(child: Mapping[str, Any]) -> list[str]:
    """The name and each alias, plain."""
    aliases = (child.get("aliases") or "").replace(";", ",").split(",")
    return [name for name in map(plain, (child.get("name") or "", *aliases)) if name]


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """A new child's form was submitted. Raises `LikelyMatch` unless a person said it is another child."""
    if record["revision"] > 1 or _is_another_child(work, draft):
        return
    others, told_of = likely_matches(work, answers, but=record["child_id"])
    if others.children or told_of:
        raise LikelyMatch(others, told_of)


def _is_another_child(work: Reading, draft: Draft) -> bool:
    """Somebody said so, and who the child is was not changed since."""
    said = work.current(DRAFT, draft.draft_id) or {}
    changed = [a.saved_at for (_, _, key), a in draft.saved.items() if key in TELL_WHO]
    return bool(said.get("is_another_child")) and all(at <= said["recorded_at"] for at in changed)


def matches_of_draft(actor: Actor, draft_id: str) -> Found:
    """The likely matches of a new child being typed. That somebody looked is audited."""
    with actor.writing() as work:
        draft = draft_now(work, draft_id)
        note_view(work, "likely matches viewed", None, draft_id)
        found, told_of = likely_matches(work, check(draft.form, draft.typed).answers, but=draft.child_id)
        for child_id in told_of:
            note_view(work, TOLD_OF, child_id)
        return found


def say_another_child(actor: Actor, draft_id: str) -> None:
    """The person looked at the likely matches and says that this is another child."""
    with actor.writing() as work:
        draft = draft_now(work, draft_id)
        if draft.form.key != "child" or draft.state != "open" or draft.child_id:
            raise Problems("Only a child who is being added can be said to be another child.")
        work.save(
            DRAFT,
            {"draft_id": draft_id, "is_another_child": True},
            Event("said to be another child", None, draft_id),
        )
