"""One answer, the revisions of one person's typing, and what one person uploads have an end, and nothing is lost by it."""

from __future__ import annotations

import datetime

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.types import Scope

import server
from data import clock
from data.actor import Actor
from data.answers.draft_thinning import thin
from data.answers.drafts import MOST_KEPT, AnswerClash, read_draft, save_answer, start_draft
from data.database.store import Store
from data.refusal import Problems
from data.sign_in.pace import MOST_UPLOADED, MOST_UPLOADS, Uploads
from forms.assessment import ASSESSMENT
from forms.screening import SCREENING
from tests.factories import a_child, a_link, an_account, long_ago
from tests.filled_in import A_SCREENING, fill
from tests.store.chain import first_broken_link

KEY = "explanation"
NOON = datetime.datetime(2026, 3, 2, 12, 0, 5, tzinfo=datetime.UTC)


def test_an_answer_of_100_000_characters_is_kept_and_a_longer_one_is_refused_in_words(store: Store) -> None:
    worker = an_account(store)
    draft_id = start_draft(worker, SCREENING, a_child(store, linked_to=worker))
    save_answer(worker, draft_id, KEY, "é" * MOST_KEPT)
    with pytest.raises(Problems, match="has 100,001 characters, and at most 100,000 are kept"):
        save_answer(worker, draft_id, KEY, "x" * (MOST_KEPT + 1))
    with pytest.raises(Problems, match="at most 100,000 are kept"):
        save_answer(worker, draft_id, KEY, ["x" * MOST_KEPT])
    assert read_draft(worker, draft_id).typed[KEY] == "é" * MOST_KEPT


def revisions(store: Store, draft_id: str) -> list[tuple[int, str]]:
    with store.reading() as connection:
        rows = connection.rows(
            "SELECT revision, typed FROM draft_answer WHERE draft_id = $1 AND question_key = $2 ORDER BY revision",
            [draft_id, KEY],
        )
    return [(row["revision"], row["typed"].strip('"')) for row in rows]


def typed_at(actor: Actor, draft_id: str, words: str, seconds: int, key: str = KEY) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON + datetime.timedelta(seconds=seconds))
        save_answer(actor, draft_id, key, words)


def test_what_one_person_typed_within_a_minute_is_thinned_once_it_is_sent(store: Store) -> None:
    from data.answers.submissions import submit

    worker = an_account(store)
    draft_id = start_draft(worker, SCREENING, a_child(store, linked_to=worker))
    fill(worker, draft_id, A_SCREENING | {KEY: ""})
    for seconds, words in ((0, "She"), (4, "She is"), (9, "She is out"), (70, "She is out late"), (80, "")):
        typed_at(worker, draft_id, words, seconds)
    typed_at(worker, draft_id, "She is home", 90)
    before = [words for _, words in revisions(store, draft_id)]
    assert len(before) == 7
    record_id = submit(worker, draft_id)
    kept = revisions(store, draft_id)
    assert [words for _, words in kept] == [before[0], "She is out", "She is home"]
    with store.reading() as connection:
        assert first_broken_link(connection) is None
        saved = "SELECT count(*) FROM audit WHERE action = 'answer saved' AND record_id = $1 AND detail = $2"
        assert connection.value(saved, [draft_id, KEY]) == 7
        said = connection.value(f"SELECT {KEY} FROM screening_form WHERE record_id = $1", [record_id])
    assert said == "She is home"


def test_the_words_of_different_people_and_of_a_clash_are_never_thinned(store: Store) -> None:
    one, other = an_account(store), an_account(store, agency="police")
    child_id = a_child(store, linked_to=one)
    a_link(store, child_id, other)
    draft_id = start_draft(one, ASSESSMENT, child_id)
    key = "positive_people"
    with long_ago(NOON.date()):  # all within one minute
        save_answer(one, draft_id, key, "Mine")
        save_answer(other, draft_id, key, "Theirs")
        save_answer(one, draft_id, key, "Mine again")
        with pytest.raises(AnswerClash):
            save_answer(other, draft_id, key, "Not seen", seen_revision=1)
        save_answer(one, draft_id, key, "After the clash")
        save_answer(one, draft_id, key, "And on")
        save_answer(one, draft_id, key, "And on, and on")
    with one.writing() as work:
        thin(work, draft_id)
        kept = work.values(
            "SELECT typed FROM draft_answer WHERE draft_id = $1 AND question_key = $2 ORDER BY revision",
            [draft_id, key],
        )
    assert [words.strip('"') for words in kept] == [
        "Mine", "Theirs", "Mine again", "Not seen", "After the clash", "And on, and on",
    ]  # fmt: skip


def test_a_person_uploads_so_many_files_and_so_much_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    at = NOON
    monkeypatch.setattr(clock, "now", lambda: at)
    uploads = Uploads()
    assert all(uploads.allows("kim", 1_000) for _ in range(MOST_UPLOADS))
    assert not uploads.allows("kim", 1_000)
    assert uploads.allows("lee", MOST_UPLOADED)
    assert not uploads.allows("lee", 1)
    at += datetime.timedelta(hours=1)
    assert uploads.allows("kim", 1_000)
    assert uploads.allows("lee", 1)


def test_the_door_refuses_an_upload_beyond_that_in_words(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store
) -> None:
    worker = an_account(duckdb_store, "coordinator")
    with worker.reading() as work:
        account = work.account
    monkeypatch.setattr(server, "the_store", lambda: duckdb_store)
    monkeypatch.setattr(server.sessions, "account_behind", lambda *_: account)
    monkeypatch.setattr(server, "UPLOADS", Uploads())
    monkeypatch.setattr(server, "is_same_origin", lambda _: True)
    door = server.Door(server.app)

    async def status(length: str | None) -> int:
        headers = [(b"content-length", length.encode())] if length else []
        scope: Scope = {
            "type": "http",
            "method": "PUT",
            "path": "/_stcore/upload_file/a/b",
            "headers": headers,
        }
        refusal = await door._refusal(scope, "a cookie")
        return refusal.status_code if refusal else 200

    with start_blocking_portal() as portal:  # on a thread of its own: a browser may hold this one
        assert portal.call(status, str(MOST_UPLOADED)) == 200
        assert portal.call(status, "1") == 429
        assert portal.call(status, None) == 411
