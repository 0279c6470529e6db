"""The minutes in Word hold what was typed and pulled through, for those who may read them, and each print is audited."""

from __future__ import annotations

import io

import pytest
from docx import Document

from data import clock
from data.actor import Actor
from data.database.store import Store
from data.meeting import agendas, minuting
from data.meeting.meeting_documents import minutes_as_word
from data.refusal import Problems, Refused
from tests.factories import a_child, a_submission, an_account, an_episode, the_operator
from tests.filled_in import a_decision, fill
from tests.meetings.made import a_meeting, quorum_signs


def words_of(file: bytes) -> list[str]:
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def a_held_meeting(store: Store) -> tuple[Actor, str, list[str]]:
    """Of two children: Ada's decision recorded, Ben not reached."""
    coordinator = an_account(store, "coordinator")
    for name in ("Ada Made-Up", "Ben Made-Up"):
        child_id = a_child(store, name)
        an_episode(store, child_id)
        if name.startswith("Ada"):
            a_submission(
                store, "assessment", child_id, assessed_on=clock.today(), main_support="Made-up support"
            )
    meeting_id = a_meeting(coordinator, "send papers")
    quorum_signs(coordinator, meeting_id)
    ada, ben = (item["item_id"] for item in agendas.read_agenda(coordinator, meeting_id).items)
    draft_id = minuting.open_child(coordinator, ada).draft_id or ""
    typed = {"decision_reason": "Made-up reason", "discussion": "Made-up discussion"}
    fill(coordinator, draft_id, a_decision(clock.today()) | typed)
    minuting.go_on(coordinator, ada)
    minuting.go_on(coordinator, ben, "Not reached in the time")
    return coordinator, meeting_id, [ada, ben]


def test_the_whole_meeting_and_one_child_hold_what_was_typed_and_pulled_through(store: Store) -> None:
    coordinator, meeting_id, (ada, ben) = a_held_meeting(store)
    whole = words_of(minutes_as_word(coordinator, meeting_id))
    for words in (
        "Attendee Made-Up", "Made-up support", "Made-up discussion", "Made-up reason", "Child: Ada Made-Up",
        "Child: Ben Made-Up", "Why the meeting went on: Not reached in the time", "Place: Made-up room",
        "Liverpool's meeting takes children whose plan is not reducing risk, and all who leave.",
    ):  # fmt: skip
        assert words in whole, words
    assert whole.index("Child: Ada Made-Up") < whole.index("Child: Ben Made-Up")
    one = words_of(minutes_as_word(coordinator, meeting_id, ada))
    assert "Made-up discussion" in one
    assert not any("Ben" in words or "Attendee" in words for words in one)
    with the_operator(store).reading() as work:
        printed = "SELECT record_id FROM audit WHERE action = 'minutes printed' ORDER BY seq"
        assert work.values(printed) == [ada, ben, ada]


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [
        ("coordinator", "liverpool", True),
        ("manager", "liverpool", True),
        ("coordinator", "sefton", False),
        ("manager", "sefton", False),
        ("practitioner", "liverpool", False),
        ("meeting_member", "liverpool", False),
        ("partnership_lead", "liverpool", False),
        ("administrator", "liverpool", False),
    ],
)
def test_who_may_print_the_minutes(duckdb_store: Store, role: str, area: str, may: bool) -> None:
    _, meeting_id, _ = a_held_meeting(duckdb_store)
    actor = an_account(duckdb_store, role, area)
    if may:
        assert minutes_as_word(actor, meeting_id).startswith(b"PK")
        with pytest.raises(Problems, match="not on the agenda"):
            minutes_as_word(actor, meeting_id, "nobody")
    else:
        with pytest.raises(Refused):
            minutes_as_word(actor, meeting_id)
