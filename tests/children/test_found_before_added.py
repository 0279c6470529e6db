"""A child is looked for before one is added; what one may not open is only said to exist, and whom to ask."""

from __future__ import annotations

import pytest

from data.answers import drafts, submissions
from data.child.children import LikelyMatch, likely_matches, matches_of_draft, say_another_child, search
from data.database.store import Store
from data.refusal import Problems, Refused
from forms.answers import check
from forms.child import CHILD
from forms.screening import SCREENING
from tests.factories import a_child, an_account
from tests.filled_in import A_CHILD, fill, sent

NUMBER, OTHER_NUMBER = "9991234551", "9990000018"
KNOWN = {
    "name": "Zoë O’Hara-Lee", "aliases": "Zee, Lee Lee; Łucja", "nhs_number": NUMBER, "lcs_number": "LCS 77a",
}  # fmt: skip


def names(found) -> list[str]:
    return [child["name"] for child in found.children]


WAYS_TO_WRITE = (
    "Zoë O’Hara-Lee", "zoe ohara lee", "Lee Zoe", "ZOË", "o'hara", "hara", "zee", "lucja", NUMBER, "999 123 4551",
    "999-123-4551", "lcs 77A", "  Zoë   O’Hara-Lee ", "",
)  # fmt: skip


def test_a_child_is_found_by_any_way_people_write_the_name_or_a_number(store: Store) -> None:
    a_child(store, **KNOWN)
    a_child(store, name="Sam Made-Up", area="wirral")
    coordinator = an_account(store, "coordinator")
    found = {words: names(search(coordinator, words)) for words in WAYS_TO_WRITE}
    assert found == {words: ["Zoë O’Hara-Lee"] for words in WAYS_TO_WRITE}


def test_what_is_not_there_is_not_found(store: Store) -> None:
    a_child(store, **KNOWN)
    coordinator = an_account(store, "coordinator")
    for words in ("%", "_", "Zo_", "' OR 1=1 --", "999123455", "Zoe Sam", "Nobody"):
        assert search(coordinator, words).children == (), words


def test_a_search_gives_a_page_at_a_time_in_order_of_names(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for n in range(27):
        a_child(store, name=f"Child {n:02}")
    first, second = search(coordinator, "child"), search(coordinator, "child", 1)
    assert names(first) == [f"Child {n:02}" for n in range(25)]
    assert (first.more, second.more) == (True, False)
    assert names(second) == ["Child 25", "Child 26"]


def test_a_child_outside_need_to_know_is_only_said_to_be_known_in_an_area(store: Store) -> None:
    a_child(store, area="wirral", **KNOWN)
    for account in (an_account(store), an_account(store, "coordinator"), an_account(store, "manager")):
        for words in ("zoe ohara lee", "Lee Zoe O’Hara", NUMBER, "LCS 77A"):
            found = search(account, words)
            assert (found.children, found.ask) == ((), ("wirral",)), words
    assert search(an_account(store), "zoe").ask == ()  # a part of a name tells nothing


def test_those_who_see_no_names_cannot_search(store: Store) -> None:
    for role in ("partnership_lead", "administrator", "meeting_member"):
        with pytest.raises(Refused):
            search(an_account(store, role), "zoe")


LIKELY = (
    ({"name": "Somebody Else", "nhs_number": NUMBER}, True),
    ({"name": "Somebody Else", "lcs_number": "lcs 77A"}, True),
    ({"name": "Zoe O'Hara Lee", "date_of_birth": "5 6 2012"}, True),
    ({"name": "O'Hara-Lee, Zoe", "date_of_birth": "5 6 2012"}, True),
    ({"name": "Zoey Ohara Lee", "date_of_birth": "5 6 2012"}, True),
    ({"name": "Zee", "date_of_birth": "5 6 2012"}, True),
    ({"name": "Lucja", "aliases": "somebody", "date_of_birth": "5 6 2012"}, True),
    ({"name": "Somebody Else", "aliases": "x; Łucja", "date_of_birth": "5 6 2012"}, True),
    ({"name": "Zoë O’Hara-Lee", "date_of_birth": "6 6 2012"}, False),
    ({"name": "Somebody Else", "date_of_birth": "5 6 2012"}, False),
    ({"name": "Somebody Else", "nhs_number": OTHER_NUMBER}, False),
)


def test_a_child_is_likely_to_be_known_by_a_number_or_by_a_name_like_it_and_the_birth_date(
    store: Store,
) -> None:
    coordinator = an_account(store, "coordinator")
    sent(coordinator, CHILD, None, {**KNOWN, "date_of_birth": "5 6 2012", "area": "liverpool"})
    with coordinator.reading() as work:
        for typed, is_likely in LIKELY:
            answers = check(CHILD, {**A_CHILD, **typed}).answers
            assert names(likely_matches(work, answers)[0]) == (["Zoë O’Hara-Lee"] if is_likely else []), typed


def test_a_likely_match_is_shown_before_a_child_is_added_and_a_person_decides(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    a_child(store, **KNOWN)
    draft_id = drafts.start_draft(coordinator, CHILD)
    fill(coordinator, draft_id, {**A_CHILD, "nhs_number": NUMBER})
    assert names(matches_of_draft(coordinator, draft_id)) == ["Zoë O’Hara-Lee"]
    with pytest.raises(LikelyMatch):
        submissions.submit(coordinator, draft_id)
    say_another_child(coordinator, draft_id)
    assert submissions.submit(coordinator, draft_id)


def test_a_likely_match_one_may_not_open_tells_only_the_area_to_ask(store: Store) -> None:
    a_child(store, area="wirral", **KNOWN)
    worker = an_account(store)
    draft_id = drafts.start_draft(worker, CHILD)
    fill(worker, draft_id, {**A_CHILD, "nhs_number": NUMBER})
    with pytest.raises(LikelyMatch) as match:
        submissions.submit(worker, draft_id)
    assert (match.value.found.children, match.value.found.ask) == ((), ("wirral",))
    assert "Zo" not in str(match.value)


def test_saying_it_is_another_child_holds_until_who_the_child_is_changes(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    a_child(store, **KNOWN)
    draft_id = drafts.start_draft(coordinator, CHILD)
    fill(coordinator, draft_id, A_CHILD)
    say_another_child(coordinator, draft_id)
    fill(coordinator, draft_id, {"nhs_number": NUMBER})
    with pytest.raises(LikelyMatch):
        submissions.submit(coordinator, draft_id)
    say_another_child(coordinator, draft_id)
    fill(coordinator, draft_id, {"school": "Made-Up School"})
    assert submissions.submit(coordinator, draft_id)


def test_only_a_child_whose_details_are_written_can_be_said_to_be_another(store: Store) -> None:
    worker = an_account(store)
    child_id = a_child(store, linked_to=worker)
    with pytest.raises(Problems):
        say_another_child(worker, drafts.start_draft(worker, SCREENING, child_id))


def test_whoever_adds_a_child_reaches_the_child_afterwards(store: Store) -> None:
    worker = an_account(store)
    sent(worker, CHILD, None, {**A_CHILD, "date_of_birth": "29 2 2012"})
    assert names(search(worker, "")) == ["Child Made-Up"]
    assert names(search(an_account(store), "")) == []
