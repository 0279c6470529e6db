"""What became of words that blame a child once the screen pointed at them: changed, or kept by their author. Counted by
phrase and partnership; the words themselves are nowhere in it.

Neither child nor phrase stands in the audit: the two together would tell what a record says (access.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from data import clock
from data.access.rule import check_has_role
from data.actor import Actor, Reading, Writing
from data.answers.draft_reading import Place, checked_draft
from data.database.audit import Event
from data.database.engine import Row
from data.database.schema import PROMPT_ANSWER
from data.refusal import Problems
from data.trail.views import note_view
from forms.form import RepeatedRows
from forms.kinds import Text
from forms.language import BY_KEY, PHRASES, VERSION, Phrase, find
from forms.question import Typed
from forms.registry import form as form_by_key

CHANGED, KEPT = "changed", "kept"


@dataclass(frozen=True)
class Count:
    phrase: Phrase
    changed: int
    kept: int


def keep_words(actor: Actor, draft_id: str, place: Place, phrase_key: str) -> None:
    """The author keeps this phrase in this answer, and is not asked about it there again. A second click adds nothing."""
    with actor.writing() as work:
        draft = checked_draft(work, draft_id)
        if draft["state"] != "open" or phrase_key not in BY_KEY or not _is_free_text(draft, place):
            raise Problems("There are no such words to look at any more. Open the form again.")
        if (place, phrase_key) not in kept_words(work, draft_id):
            _note(work, draft, place, phrase_key, KEPT)


def note_changed_words(work: Writing, draft: Row, place: Place, before: Typed, after: Typed) -> None:
    """Part of saving an answer: whatever the screen pointed at and the author took out is counted as changed."""
    if not _is_free_text(draft, place):
        return
    gone = {found.phrase.key for found in find(before)}
    if gone:
        gone -= {found.phrase.key for found in find(after)}
    if gone:
        kept = kept_words(work, draft["draft_id"])
        for phrase_key in sorted(gone):
            if (place, phrase_key) not in kept:
                _note(work, draft, place, phrase_key, CHANGED)


def kept_words(work: Reading, draft_id: str) -> set[tuple[Place, str]]:
    rows = work.rows(
        "SELECT rows_key, row_id, question_key, phrase FROM prompt_answer WHERE draft_id = $1 AND outcome = $2",
        [draft_id, KEPT],
    )
    return {((row["rows_key"], row["row_id"], row["question_key"]), row["phrase"]) for row in rows}


def counts(actor: Actor) -> list[Count]:
    """How often each phrase was changed and kept in the account's partnership, in the order of the list."""
    with actor.writing() as work:
        check_has_role(
            work, "language counts viewed", "coordinator", "manager", "partnership_lead", "operator"
        )
        note_view(work, "language counts viewed", None)
        rows = work.rows(
            "SELECT phrase, outcome, count(*) AS times FROM prompt_answer WHERE partnership = $1"
            " GROUP BY phrase, outcome",
            [work.account.partnership_key],
        )
    times = {(row["phrase"], row["outcome"]): int(row["times"]) for row in rows}
    return [Count(p, times.get((p.key, CHANGED), 0), times.get((p.key, KEPT), 0)) for p in PHRASES]


def _is_free_text(draft: Row, place: Place) -> bool:
    rows_key, _, key = place
    item = form_by_key(draft["form"]).by_key.get(rows_key or key)
    if isinstance(item, RepeatedRows):
        return any(isinstance(q, Text) for q in item.questions if q.key == key)
    return isinstance(item, Text)


def _note(work: Writing, draft: Row, place: Place, phrase_key: str, outcome: str) -> None:
    rows_key, row_id, key = place
    work.add(
        PROMPT_ANSWER,
        {
            "prompt_answer_id": clock.new_id(), "draft_id": draft["draft_id"], "rows_key": rows_key, "row_id": row_id,
            "question_key": key, "phrase": phrase_key, "list_version": VERSION, "outcome": outcome,
            "partnership": work.account.partnership_key, "answered_by": work.account.account_id,
            "answered_at": work.at,
        },
        Event("language prompt answered", record_id=draft["draft_id"], detail=outcome),
    )  # fmt: skip
