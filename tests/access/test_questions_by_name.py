"""Who asks by name whether children are known who are not theirs is counted: slowed, then stopped, and it stands out."""

from __future__ import annotations

import datetime

import pytest

from data.access.emergency import LOOKS_AN_HOUR
from data.access.name_questions import SLOWED, STOPPED, STOPS_AT
from data.actor import Actor
from data.answers import drafts, submissions
from data.child import restriction
from data.child.child_search import Found, LikelyMatch, matches_of_draft, search
from data.child.children import read_child
from data.database.store import Store
from data.refusal import Problems, Refused
from data.trail.anomalies import anomalies
from forms.child import CHILD
from tests.audit.tampering import at_time
from tests.factories import a_child, an_account
from tests.filled_in import A_CHILD, fill

KNOWN = "Zzyzx Known"
START = datetime.datetime(2026, 11, 2, 10, tzinfo=datetime.UTC)


def asked(actor: Actor, words: str, minutes: float) -> Found:
    with at_time(START + datetime.timedelta(minutes=minutes)):
        return search(actor, words)


def test_questions_are_answered_up_to_a_number_then_one_a_minute_then_none_until_the_hour_is_over(
    store: Store,
) -> None:
    a_child(store, KNOWN, area="wirral")
    worker = an_account(store)
    for n in range(LOOKS_AN_HOUR - 1):
        assert asked(worker, f"Nobody Number{n}", n / 10).not_answered == ""
    assert asked(worker, KNOWN, 1).ask == ("wirral",)
    too_fast = asked(worker, "Another Name", 1.5)
    assert (too_fast.ask, too_fast.not_answered) == ((), SLOWED)
    assert asked(worker, KNOWN, 1.6).ask == ("wirral",)  # the same question, as the page is drawn again
    for n in range(STOPS_AT - LOOKS_AN_HOUR):
        assert asked(worker, f"Nobody Slow{n}", 3 + 1.1 * n).not_answered == "", n
    stopped = asked(worker, "One More", 40)
    assert (stopped.ask, stopped.not_answered) == ((), STOPPED)
    assert asked(worker, "One More", 75).not_answered == ""


def test_who_asks_too_often_stands_out_and_ones_own_children_are_found_all_the_same(store: Store) -> None:
    worker = an_account(store, name="Curious Example")
    mine = a_child(store, "Mine Made-Up", linked_to=worker)
    for n in range(LOOKS_AN_HOUR + 1):
        asked(worker, f"Nobody Number{n}", n / 100)
    for n in range(3):
        assert [c["child_id"] for c in asked(worker, "Mine Made-Up", 0.5 + n / 100).children] == [mine]
    assert asked(worker, "Mine Made-Up", 0.6).not_answered == ""
    found = [
        a
        for a in anomalies(an_account(store, "administrator"), START + datetime.timedelta(hours=1))
        if a.kind == "asked too often"
    ]
    assert [(a.account_id, "Curious Example was not answered once" in a.sentence) for a in found] == [
        (worker.account_id, True)
    ]
    assert "Nobody" not in repr(found)


def test_an_added_child_is_a_question_too(store: Store) -> None:
    a_child(store, KNOWN, nhs_number="9990000018", area="wirral")
    worker = an_account(store)
    for n in range(STOPS_AT):
        asked(worker, f"Nobody Number{n}", 2 * n)
    draft_id = drafts.start_draft(worker, CHILD)
    fill(worker, draft_id, {**A_CHILD, "nhs_number": "9990000018"})
    with at_time(START + datetime.timedelta(minutes=45)):
        told = matches_of_draft(worker, draft_id)
        assert (told.ask, told.not_answered) == ((), STOPPED)
        with pytest.raises(Problems, match="until that hour is over") as problem:
            submissions.submit(worker, draft_id)
    assert not isinstance(problem.value, LikelyMatch)


def test_a_restricted_child_is_refused_and_found_in_the_words_of_any_child_who_is_not_theirs(
    store: Store,
) -> None:
    kim = an_account(store, "coordinator", "wirral", name="Kim Example")
    relative, stranger = an_account(store, "coordinator", "wirral"), an_account(store, "coordinator")
    restricted, other = (a_child(store, f"{name} Zzyzx", area="wirral") for name in ("Restricted", "Other"))
    restriction.restrict(kim, restricted, [], "A relative works here")
    told = []
    for who, child_id, name in ((relative, restricted, "Restricted Zzyzx"), (stranger, other, "Other Zzyzx")):
        with pytest.raises(Refused) as refused:
            read_child(who, child_id)
        told.append((str(refused.value), search(who, name)))
    assert told[0] == told[1]
    assert "Kim" not in repr(told)
    assert "restrict" not in repr(told).lower()


def test_no_name_is_found_out_from_the_audit(store: Store) -> None:
    worker = an_account(store)
    asked(worker, "Zzyzx Quillfeather", 0)
    with worker.reading() as work:
        assert "uillfeather" not in repr(work.rows("SELECT * FROM audit")).lower()
