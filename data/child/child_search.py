"""Finding a child before one is added: search, and the likely matches of a child who is being added.

A match outside a person's need to know says only that it exists and whom to ask.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.access.name_questions import ASKED, count_question, question, why_not_answered
from data.access.rule import can_see_child, check_can_see_names, visible_children
from data.actor import TOLD_OF, Actor, Reading, Writing
from data.answers.draft_reading import Draft, draft_now
from data.child_line import with_lines
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DRAFT
from data.names import are_alike, has_words, names_of, ordered, plain
from data.refusal import Problems
from data.search_keys import full_name_keys, number_key
from data.trail.views import note_view
from data.ways.pathway import EPISODE_WAY
from forms.answers import check

PAGE = 25
TELL_WHO = ("name", "aliases", "date_of_birth", "date_of_birth_is_estimate", "nhs_number", "lcs_number")

MARGIN = datetime.timedelta(days=366)
"""How far an estimated date of birth may be from the true one: a year, as a year of birth or an age in whole years is what
people know, and most write 1 January for it. Two estimates of one child may be two years apart. Ours; no source names one."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a search gives: the children this account may open, and whom to ask about the others."""

    children: tuple[Row, ...]
    """child_id, name, date_of_birth, date_of_birth_is_estimate, area, state, `beside` (see `data.child_line`);
    by_former_name from a search."""
    more: bool
    ask: Words
    """Areas whose coordinator knows a match that this account may not open, whyever it may not."""
    not_answered: str = ""
    """Why it is not said whether there is such a match; empty when it is said."""


class LikelyMatch(Problems):
    """The child may be here already. `found` says who; the person chooses, or says it is another child."""

    def __init__(self, found: Found, told_of: Words, asked: str) -> None:
        super().__init__(
            "This child may be here already. Look at the likely matches, or say that this is another child."
        )
        self.found = found
        self.notes = (
            *(Event(TOLD_OF, child_id) for child_id in told_of),
            *([Event(ASKED, None, asked)] if told_of else []),
        )


def search(actor: Actor, words: str, page: int = 0) -> Found:
    """By name or other name (words in any order, parts of them, with or without marks, apostrophes, spaces and hyphens),
    former ones too, NHS number or local (LCS) number; empty lists the account's own children by name.

    Shows children this account may open; of the others only that a match exists, for an exact number or full name as they
    stand now. That somebody searched is audited, never what for; and that they were told of a match, of the child it was.
    """
    with actor.writing() as work:
        check_can_see_names(work, "children searched")
        note_view(work, "children searched", None)
    with actor.reading() as work:
        check_can_see_names(work, "children searched")
        rows = _of_mine(work, words, page)
    if not plain(words) or page:
        return Found(tuple(rows[:PAGE]), len(rows) > PAGE, ())
    with actor.writing() as work:
        check_can_see_names(work, "children searched")
        hidden, why_not = _known_elsewhere(work, words, rows)
        for row in hidden:
            note_view(work, TOLD_OF, row["child_id"])
    return Found(tuple(rows[:PAGE]), len(rows) > PAGE, _areas(hidden), why_not)


def _of_mine(work: Reading, words: str, page: int) -> list[Row]:
    named, its_words = has_words("h.name_key", words, 5)
    visible, parameters = visible_children(work, 5 + len(its_words))
    found = f"({named} OR h.lcs_key = $2 OR h.nhs_number = $3)"
    now = found.replace("h.", "c.")
    rows = work.rows(
        "SELECT c.child_id, c.name, c.date_of_birth, c.date_of_birth_is_estimate, c.area,"
        f" NOT ($1 = '' OR coalesce({now}, false)) AS by_former_name, {STATE} AS state FROM child c"
        f" WHERE ($1 = '' OR {now} OR c.child_id IN (SELECT h.child_id FROM child_history h WHERE {found}))"
        f" AND {visible} ORDER BY lower(c.name), c.date_of_birth, c.child_id LIMIT {PAGE + 1} OFFSET $4",
        [
            words and "asked",
            number_key(words) or "-",
            _nhs_number(words),
            page * PAGE,
            *its_words,
            *parameters,
        ],
    )
    return with_lines(work, rows)


def _nhs_number(words: str) -> str:
    digits = "".join(c for c in plain(words) if c.isdigit())
    return digits if len(digits) == 10 else "-"


def _known_elsewhere(work: Writing, words: str, mine: list[Row]) -> tuple[list[Row], str]:
    """Children this account may not open with exactly this number, or this name in any order of its words; or why that is
    not said. A question is what could be an exact name or number, and is not the name of a child of one's own."""
    known = work.rows(
        "SELECT c.child_id, c.area FROM child c WHERE position($1 in c.full_name_key) > 0"
        " OR position($2 in c.full_name_key) > 0 OR c.lcs_key = $3 OR c.nhs_number = $4 LIMIT 500",
        [*full_name_keys(words), number_key(words) or "-", _nhs_number(words)],
    )
    hidden = [row for row in known if not can_see_child(work, row["child_id"])]
    is_question = bool(hidden) or len(plain(words).split()) > 1 or any(map(str.isdigit, words))
    if not is_question or (not hidden and any(ordered(row["name"]) == ordered(words) for row in mine)):
        return hidden, ""
    why_not = count_question(work, question(ordered(words)))
    return ([], why_not) if why_not else (hidden, "")


def _areas(hidden: list[Row]) -> Words:
    """Whose coordinator to ask. A restricted child is one more who is not theirs to open, and nothing says which."""
    return tuple(sorted({row["area"] for row in hidden}))


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
    """Children who may be the one described: same NHS or LCS number, or a similar name or other name and the same date of
    birth, or one as near as an estimate may be; former names and numbers too, of those this account may open.

    Gives besides the ids of those it may not open, for the audit.
    """
    born, likely = answers.get("date_of_birth"), dict[str, bool]()
    is_estimate = bool(answers.get("date_of_birth_is_estimate"))
    about = born or datetime.date.min + 2 * MARGIN
    rows = work.rows(
        "SELECT h.child_id, h.name, h.aliases, h.date_of_birth, h.date_of_birth_is_estimate, h.nhs_number, h.lcs_key,"
        " h.revision = c.revision AS is_now FROM child_history h JOIN child c ON c.child_id = h.child_id"
        " WHERE h.nhs_number = $1 OR h.lcs_key = $2 OR h.date_of_birth = $3"
        " OR h.date_of_birth BETWEEN $4 AND $5 AND ($6 OR h.date_of_birth_is_estimate)",
        [
            answers.get("nhs_number"), number_key(answers.get("lcs_number")) or "-", born,
            about - 2 * MARGIN, about + 2 * MARGIN, is_estimate,
        ],
    )  # fmt: skip
    for row in rows:
        if row["child_id"] != but and _is_likely(row, answers):
            likely[row["child_id"]] = likely.get(row["child_id"], False) or row["is_now"]
    found = work.rows(
        f"SELECT c.child_id, c.name, c.date_of_birth, c.date_of_birth_is_estimate, c.area, {STATE} AS state"
        f" FROM child c WHERE c.child_id = ANY($1) ORDER BY lower(c.name), c.date_of_birth, c.child_id LIMIT {PAGE}",
        [list(likely)],
    )
    found = with_lines(work, found)
    may_open = [row for row in found if can_see_child(work, row["child_id"])]
    hidden = [row for row in found if row not in may_open and likely[row["child_id"]]]
    return Found(tuple(may_open), False, _areas(hidden)), tuple(row["child_id"] for row in hidden)


def _is_likely(row: Row, answers: Mapping[str, Any]) -> bool:
    if answers.get("nhs_number") and row["nhs_number"] == answers["nhs_number"]:
        return True
    if (number := number_key(answers.get("lcs_number"))) and row["lcs_key"] == number:
        return True
    born, estimates = answers.get("date_of_birth"), (row, answers)
    if not born or not row["date_of_birth"]:
        return False
    margin = MARGIN * sum(bool(one.get("date_of_birth_is_estimate")) for one in estimates)
    if abs(row["date_of_birth"] - born) > margin:
        return False
    return any(are_alike(one, other) for one in names_of(row) for other in names_of(answers))


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """A child's form was submitted. Raises `LikelyMatch` when somebody else may be the child who is described, unless a
    person said it is another child; of a correction, when it is likely by what the correction changed."""
    if _is_another_child(work, draft):
        return
    before = _before(work, record)
    if before and all(before[key] == answers.get(key) for key in TELL_WHO):
        return
    others, told_of = likely_matches(work, answers, but=record["child_id"])
    if before:
        others, told_of = _without(others, told_of, *likely_matches(work, before, but=record["child_id"]))
    if not (others.children or told_of):
        return
    asked = _question(answers)
    if told_of and (why_not := why_not_answered(work, asked)):
        raise Problems(f"{why_not} What you typed is kept: send it then.")
    raise LikelyMatch(others, told_of, asked)


def _before(work: Reading, record: Row) -> Row | None:
    """The revision that a correction corrects; None of a child who is being added."""
    return work.row(
        "SELECT * FROM child_history WHERE record_id = $1 AND revision = $2",
        [record["record_id"], record["revision"] - 1],
    )


def _without(found: Found, told_of: Words, known: Found, known_told_of: Words) -> tuple[Found, Words]:
    """What is likely now and was not likely before."""
    seen = {row["child_id"] for row in known.children}
    new = tuple(child_id for child_id in told_of if child_id not in known_told_of)
    children = tuple(row for row in found.children if row["child_id"] not in seen)
    return Found(children, False, found.ask if new else ()), new


def _question(answers: Mapping[str, Any]) -> str:
    return question(*(str(answers.get(key)) for key in TELL_WHO))


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
        answers = check(draft.form, draft.typed).answers
        found, told_of = likely_matches(work, answers, but=draft.child_id)
        if told_of and (why_not := count_question(work, _question(answers))):
            return Found(found.children, False, (), why_not)
        for child_id in told_of:
            note_view(work, TOLD_OF, child_id)
        return found


def say_another_child(actor: Actor, draft_id: str) -> None:
    """The person looked at the likely matches and says that this is another child; of a child's details being corrected too."""
    with actor.writing() as work:
        draft = draft_now(work, draft_id)
        if draft.form.key != "child" or draft.state != "open":
            raise Problems("Only a child whose details are being written can be said to be another child.")
        work.save(
            DRAFT,
            {"draft_id": draft_id, "is_another_child": True},
            Event("said to be another child", draft.child_id, draft_id),
        )
