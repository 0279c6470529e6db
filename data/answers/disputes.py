"""Notes that somebody disputes what a form says. They stand beside it for ever, answered or not; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping

from data import clock
from data.access.reach import as_it_stood
from data.access.rights import check_can_answer_for, check_can_dispute
from data.access.rule import check_can_read_child, child_of
from data.actor import Actor, Reading
from data.answers.submissions import sent_form
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DISPUTE
from data.refusal import Problems
from data.ways.ways_beside import DISPUTE_WAY
from forms.answers import check
from forms.question import Typed
from forms.rights import DISPUTE as ASKED


def raise_dispute(actor: Actor, form_key: str, record_id: str, typed: Mapping[str, Typed]) -> str:
    """From answers to `forms.rights.DISPUTE`. Gives the note's id; raises `Problems` with what to enter."""
    with actor.writing() as work:
        record = sent_form(work, form_key, record_id)
        check_can_dispute(work, child_of(record))
        if record is None:
            raise Problems("This form cannot be found. Go back to the child's page.")
        checked = check(ASKED, typed)
        if checked.problems:
            raise Problems(*(problem.sentence for problem in checked.problems))
        move = DISPUTE_WAY.move("raise", None, work.account.role)
        dispute_id = clock.new_id()
        work.save(
            DISPUTE,
            {
                "dispute_id": dispute_id, "child_id": record["child_id"], "form": form_key,
                "disputed_record_id": record_id, "raised_on": clock.today(), "state": move.end, **checked.answers,
            },
            Event(move.audit, record["child_id"], dispute_id),
        )  # fmt: skip
        return dispute_id


def answer(actor: Actor, dispute_id: str, move_name: str, words: str) -> None:
    """Say what became of it: "correct" or "let stand", with the reason."""
    with actor.writing() as work:
        dispute = work.current(DISPUTE, dispute_id)
        check_can_answer_for(work, child_of(dispute))
        if dispute is None:
            raise Problems("This note cannot be found. Open the page again.")
        move = DISPUTE_WAY.move(move_name, dispute["state"], work.account.role, words)
        work.save(
            DISPUTE,
            {
                "dispute_id": dispute_id, "state": move.end, "answer": words.strip(),
                "answered_on": clock.today(),
            },
            Event(move.audit, dispute["child_id"], dispute_id, move.end),
        )  # fmt: skip


def disputes_of(actor: Actor, child_id: str) -> list[Row]:
    """Of all the child's forms, oldest first. For whoever may read the child; to a former area as they stood."""
    with actor.reading() as work:
        return _readable(work, child_id)


def _readable(work: Reading, child_id: str) -> list[Row]:
    until = check_can_read_child(work, child_id)
    if until:
        stood = f"SELECT * FROM ({as_it_stood(DISPUTE, 1)}) AS stood ORDER BY dispute_id"
        return work.rows(stood, [child_id, until])
    return work.rows("SELECT * FROM dispute WHERE child_id = $1 ORDER BY dispute_id", [child_id])


def not_answered(work: Reading, child_id: str) -> list[Row]:
    """The notes that wait for an answer, for the child's page: nobody reads a disputed record without knowing it."""
    return work.rows(
        "SELECT * FROM dispute WHERE child_id = $1 AND state = 'raised' ORDER BY dispute_id LIMIT 100",
        [child_id],
    )


def about(work: Reading, child_id: str, record_id: str) -> list[Row]:
    """The notes beside one form of the child, for its print."""
    return [note for note in _readable(work, child_id) if note["disputed_record_id"] == record_id]
