"""Whoever types what and when, on whichever screens: every word that was taken is kept, and the right one stands."""

from __future__ import annotations

import datetime
import json
import threading
from contextlib import suppress
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.answers import drafts
from data.database import audit
from data.database.store import Store
from forms.assessment import ASSESSMENT
from forms.screening import SCREENING
from tests.factories import a_child, a_link, an_account

QUESTIONS = ("child_voice", "adults_of_concern", "history")
SAVES = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(QUESTIONS),
        st.text(alphabet="ab é\n'\"𝄞", max_size=3),
        st.booleans(),  # has looked since
        st.sampled_from(("heard", "not heard", "cut off", "replayed")),
    ),
    max_size=16,
)
"""Of each: the person hears that it is saved; the connection drops after it is saved; the tool fails before it is; a browser
that found the tool again sends the oldest that it had sent, as it was."""


class CutOff(Exception):
    pass


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(saves=SAVES)
def test_every_word_that_was_taken_is_in_the_history_and_nobody_is_overwritten_unseen(
    store: Store, saves: list
) -> None:
    people = [an_account(store, agency=a) for a in ("social_care", "police", "health")]
    child_id = a_child(store)
    for person in people:
        a_link(store, child_id, person)
    draft_id = drafts.start_draft(people[0], ASSESSMENT, child_id)
    seen = [dict.fromkeys(QUESTIONS, 0) for _ in people]
    sent: list[list[tuple[str, str, int]]] = [[] for _ in people]
    stands: dict[str, tuple[int, str, int]] = {}  # what must stand: who wrote it, the words, their revision
    said: set[tuple[str, str, str]] = set()
    for who, key, words, looks, fate in saves:
        person = people[who]
        if looks:
            draft = drafts.read_draft(person, draft_id)
            seen[who] = {q: a.revision if (a := draft.saved.get(("", "", q))) else 0 for q in QUESTIONS}
        told_of = seen[who][key]
        if fate == "replayed" and sent[who]:
            key, words, told_of = sent[who][0]
        if fate == "cut off":
            with mock.patch.object(audit, "append", side_effect=CutOff), suppress(drafts.AnswerClash, CutOff):
                drafts.save_answer(person, draft_id, key, words, seen_revision=told_of)
            continue
        sent[who].append((key, words, told_of))
        before = stands.get(key)
        try:
            answer = drafts.save_answer(person, draft_id, key, words, seen_revision=told_of)
        except drafts.AnswerClash as clash:
            told = (clash.theirs.saved_by, clash.theirs.typed)
        else:
            told = None
        assert told is None or (before and told == (people[before[0]].account_id, before[1]))
        if told:
            said.add((person.account_id, key, words))
            continue
        if before is None or before[1] != words:
            assert before is None or told_of >= before[2], "overwritten unseen"
            stands[key] = (who, words, answer.revision)
            said.add((person.account_id, key, words))
        if fate == "heard":
            seen[who][key] = answer.revision
    with people[0].reading() as work:
        history = work.rows("SELECT * FROM draft_answer WHERE draft_id = $1", [draft_id])
    assert said == {(h["saved_by"], h["question_key"], json.loads(h["typed"])) for h in history}
    whole = drafts.read_draft(an_account(store, "coordinator"), draft_id)
    assert {k: a.typed for (_, _, k), a in whole.saved.items()} == {
        k: words for k, (_, words, _) in stands.items()
    }


def test_two_people_answering_one_question_are_both_kept_and_the_first_stands_until_one_chooses(
    store: Store,
) -> None:
    worker, officer = an_account(store, name="Worker Made-Up"), an_account(store, agency="police")
    child_id = a_child(store, linked_to=worker)
    a_link(store, child_id, officer)
    draft_id = drafts.start_draft(worker, ASSESSMENT, child_id)
    drafts.save_answer(worker, draft_id, "child_voice", "first", seen_revision=0)
    with pytest.raises(drafts.AnswerClash) as clash:
        drafts.save_answer(officer, draft_id, "child_voice", "second", seen_revision=0)
    theirs = clash.value.theirs
    assert (theirs.typed, clash.value.name) == ("first", "Worker Made-Up")
    assert drafts.read_draft(worker, draft_id).typed == {"child_voice": "first"}
    with worker.reading() as work:
        kept = work.values("SELECT typed FROM draft_answer ORDER BY revision")
    assert kept == ['"first"', '"second"']
    with pytest.raises(drafts.AnswerClash):  # typing on is no choice, whatever was seen meanwhile
        drafts.save_answer(officer, draft_id, "child_voice", "third", seen_revision=theirs.revision)
    mine = drafts.save_answer(
        officer, draft_id, "child_voice", "second", seen_revision=theirs.revision, settles=True
    )
    assert mine.revision == 4
    assert drafts.read_draft(worker, draft_id).typed == {"child_voice": "second"}


def test_different_questions_by_different_people_at_the_same_moment_merge(store: Store) -> None:
    people = [an_account(store, agency=a) for a in ("social_care", "police", "health", "education")]
    child_id = a_child(store)
    for person in people:
        a_link(store, child_id, person)
    keys = ("child_voice", "history", "locations_found", "resilience")
    draft_ids: set[str] = set()

    def write(person, key) -> None:
        draft_id = drafts.start_draft(person, ASSESSMENT, child_id)
        draft_ids.add(draft_id)
        for n in range(5):
            drafts.save_answer(person, draft_id, key, f"{key} {n}", seen_revision=n)

    threads = [threading.Thread(target=write, args=pair) for pair in zip(people, keys, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(draft_ids) == 1
    draft = drafts.read_draft(people[0], draft_ids.pop())
    assert draft.typed == {key: f"{key} 4" for key in keys}
    assert {a.saved_by for a in draft.saved.values()} == {p.account_id for p in people}


def test_a_row_taken_out_stays_in_the_history_and_can_be_put_back(store: Store) -> None:
    worker = an_account(store)
    draft_id = drafts.start_draft(worker, ASSESSMENT, a_child(store, linked_to=worker))
    rows = [drafts.add_row(worker, draft_id, "chronology") for _ in range(3)]
    for n, row_id in enumerate(rows):
        drafts.save_answer(worker, draft_id, "information", f"row {n}", rows_key="chronology", row_id=row_id)
    drafts.take_out_row(worker, draft_id, "chronology", rows[1])

    def shown() -> list[str]:
        return [row["information"] for row in drafts.read_draft(worker, draft_id).typed["chronology"]]

    assert shown() == ["row 0", "row 2"]
    drafts.save_answer(worker, draft_id, drafts.ROW, True, rows_key="chronology", row_id=rows[1])
    assert shown() == ["row 0", "row 1", "row 2"]


def test_a_draft_is_listed_until_it_is_sent_or_put_away(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    draft_id = drafts.start_draft(worker, SCREENING, child_id)
    drafts.save_answer(worker, draft_id, "strong_01", "yes")
    (listed,) = drafts.open_drafts(worker)
    assert listed["draft_id"] == draft_id
    assert isinstance(listed["last_saved_at"], datetime.datetime)
    drafts.discard_draft(worker, draft_id)
    assert drafts.open_drafts(worker) == []
    with worker.reading() as work:
        assert work.value("SELECT typed FROM draft_answer WHERE draft_id = $1", [draft_id]) == '"yes"'
