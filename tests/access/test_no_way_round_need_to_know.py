"""Ways round need to know that a hostile reader tried: each showed something once, and shows nothing now."""

from __future__ import annotations

import datetime

import pytest

from data import clock, cohort
from data.access.reach import OF_ANOTHER_AREA
from data.after_meeting import flags, reviews
from data.answers import drafts, submissions
from data.child import child_search, restriction
from data.child.children import read_child
from data.child.emergency import open_record
from data.concern import concern_links, link_map
from data.database.records import FLAG
from data.database.schema import form_table
from data.database.store import Store
from data.measures.themes import PLACE_NOT_APPROVED
from data.meeting import agendas, invitations, meeting_keeping
from data.quarters import Quarter
from data.returns.returns import draft_return, open_figure
from data.rights.own_copy_file import HELD_ELSEWHERE
from data.to_put_right import to_put_right
from data.trail.anomalies import anomalies
from data.trail.audit_entries import who_has_seen
from forms.child import CHILD
from tests.concern.typed import A_PLACE, a_concern, a_link_to, a_nomination_moved
from tests.factories import MADE, a_child, a_child_in_oversight, a_link, an_account, an_nrm, the_operator
from tests.filled_in import A_CHILD, fill, on
from tests.meetings.made import a_meeting
from tests.rights.test_the_childs_own_copy import copied

NUMBER = "9990000018"
WHY = {"reason": "Found at the station with a stranger", "lawful_basis": "vital_interests"}


@pytest.mark.parametrize("words", ["sam sam", "s a m l", "e e e e", "lee lee"])
def test_a_search_by_parts_of_a_name_does_not_say_that_a_child_is_known(store: Store, words: str) -> None:
    """As long as the name, and made of its letters: so a name could be found out letter by letter."""
    kim = an_account(store, "coordinator")
    secret = a_child(store, name="Sam Lee")
    a_child(store, name="Sam Lee", area="wirral")
    restriction.restrict(kim, secret, [], "A colleague's child")
    stranger = an_account(store)
    found = child_search.search(stranger, words)
    assert (found.children, found.ask) == ((), ())
    known = child_search.search(stranger, "Lee  SAM")
    assert known.ask == ("liverpool", "wirral")  # a restricted child is known as any other is


def test_who_is_invited_learns_of_no_child_who_is_not_on_the_agenda(store: Store) -> None:
    kim = an_account(store, "coordinator")
    discussed, other = (
        a_child_in_oversight(store, name="Ada Made-Up"),
        a_child_in_oversight(store, name="Ben Made-Up"),
    )
    meeting_id = a_meeting(kim)
    agendas.add(kim, meeting_id, [discussed.episode_id])
    member, manager = an_account(store, "meeting_member"), an_account(store, "manager")
    invitations.invite(kim, meeting_id, [member.account_id])
    meeting_keeping.move(kim, meeting_id, "send papers")
    assert "Ben" in repr(agendas.read_agenda(kim, meeting_id))
    assert "Ben" in repr(agendas.read_agenda(manager, meeting_id))
    told = repr(agendas.read_agenda(member, meeting_id))
    assert "Ada" in told
    assert "Ben" not in told
    assert other.child_id not in told


@pytest.mark.parametrize("role", ["coordinator", "manager"])
def test_an_emergency_does_not_open_why_a_review_was_changed(store: Store, role: str) -> None:
    kim, stranger = an_account(store, "coordinator"), an_account(store, role, "wirral")
    child = a_child_in_oversight(store, nhs_number=NUMBER)
    soon = clock.today() + datetime.timedelta(days=3)
    reviews.bring_forward(kim, child.episode_id, {"review_by": on(soon), "reason": "Zzyzx intelligence"})
    assert open_record(stranger, {"nhs_number": NUMBER, **WHY}) == child.child_id
    assert "Zzyzx" not in repr(reviews.read_review(stranger, child.episode_id))
    assert "Zzyzx" not in repr(read_child(stranger, child.child_id))
    assert "Zzyzx" in repr(reviews.read_review(kim, child.episode_id).changes)


def test_why_a_review_was_changed_is_not_beside_the_discussion_either(store: Store) -> None:
    kim, own = an_account(store, "coordinator"), an_account(store)
    child = a_child_in_oversight(store)
    a_link(store, child.child_id, own)
    soon = clock.today() + datetime.timedelta(days=3)
    reviews.bring_forward(kim, child.episode_id, {"review_by": on(soon), "reason": "Zzyzx intelligence"})
    assert "Zzyzx" not in repr(reviews.read_review(own, child.episode_id))
    assert "Zzyzx" not in repr(read_child(own, child.child_id))


def test_the_childs_copy_holds_no_word_of_another_areas_record_of_concern(store: Store) -> None:
    kim = an_account(store, "coordinator")
    own_here, own_there = an_account(store), an_account(store, area="wirral")
    child_id = a_child(store, linked_to=own_here)
    a_link(store, child_id, own_there)
    here, there = a_concern(own_here), a_concern(own_there)
    linked = {"source": "Made-up source", "basis": "evidence"}
    concern_links.link_child(own_here, here, child_id, {**linked, "nature": "seen at Zzyzx here"})
    concern_links.link_child(own_there, there, child_id, {**linked, "nature": "seen at Qqyzx there"})
    said = copied(kim, child_id)
    assert "Zzyzx here" in said
    assert "Qqyzx" not in said
    assert "Wirral" not in said
    assert HELD_ELSEWHERE in said
    assert HELD_ELSEWHERE in copied(kim, a_child(store))


def test_a_child_typed_beside_a_record_of_concern_does_not_reach_the_audit(store: Store) -> None:
    kim = an_account(store, "coordinator")
    concern_id, child_id = a_concern(kim), a_child(store, area="wirral")
    for typed in (child_id, "A child's name"):
        link_map.read_link_map(kim, concern_id=concern_id, child_id=typed)
    with the_operator(store).reading() as work:
        seen = work.values("SELECT child_id FROM audit WHERE action = 'link map viewed'")
    assert set(seen) == {None}


def test_the_page_of_a_concern_says_nothing_of_a_restricted_child_but_the_figure(store: Store) -> None:
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    concern_id, child_id = a_concern(kim, A_PLACE), a_child(store)
    a_link_to(kim, concern_id, child_id)
    restriction.restrict(kim, child_id, [], "A colleague's child")
    page = concern_links.read_concern_page(lee, concern_id)
    assert (page.children, page.ask) == ((), ())
    assert len(concern_links.read_concern_page(kim, concern_id).children) == 1


def test_a_list_in_the_order_of_names_does_not_place_a_restricted_one(store: Store) -> None:
    kim, lee = (an_account(store, "coordinator") for _ in range(2))
    names = ("Ann Made-Up", "Mia Made-Up", "Zoe Made-Up")
    children = [a_child_in_oversight(store, name=name, judgement=None) for name in names]
    restriction.restrict(kim, children[1].child_id, [], "A colleague's child")
    listed = to_put_right(lee, Quarter.of(clock.today()), "liverpool")
    shown = [one.name for one in listed if one.measure == 2]
    assert shown == ["A restricted child (ask Person Made-Up)", "Ann Made-Up", "Zoe Made-Up"]


def test_a_flag_of_a_child_whom_the_area_never_knew_names_nobody(
    store: Store,
) -> None:
    kim = an_account(store, "coordinator")
    child_id = a_child(store, name="Zzyzx Made-Up", area="wirral")
    flag = {"about": "child", "about_id": child_id, "area": "liverpool", "system": "leds", "state": "placed"}
    with the_operator(store).writing() as work:
        work.save(FLAG, {"flag_id": "flag", "review_on": clock.today(), **flag}, MADE)
    [due], _ = flags.due(kim)
    assert due["name"] == OF_ANOTHER_AREA["name"]
    assert "Zzyzx" not in repr(due)


def test_a_figure_does_not_name_a_child_whose_record_has_gone_to_another_area(store: Store) -> None:
    kim = an_account(store, "coordinator")
    child_id = a_child(store, name="Zzyzx Made-Up")
    an_nrm(store, child_id, submitted_on=clock.today())
    quarter = Quarter.of(clock.today())
    assert [row["child_id"] for row in open_figure(kim, quarter, "liverpool", 10, "total")] == [child_id]
    assert "Zzyzx" in repr(to_put_right(kim, quarter, "liverpool"))
    with the_operator(store).writing() as work:
        work.save(form_table(CHILD), {"record_id": child_id, "area": "wirral"}, MADE)
    assert open_figure(kim, quarter, "liverpool", 10, "total") == []
    assert "Zzyzx" not in repr(to_put_right(kim, quarter, "liverpool"))


def test_a_place_that_another_area_holds_is_behind_no_figure_of_this_one(store: Store) -> None:
    kim, robin = an_account(store, "coordinator"), an_account(store, "coordinator", "wirral")
    child, today = a_child_in_oversight(store), clock.today()
    own_there = an_account(store, area="wirral")
    a_link(store, child.child_id, own_there)
    place_id = a_concern(own_there, A_PLACE)
    a_link_to(own_there, place_id, child.child_id)
    behind, more = cohort.children_listed(kim, "liverpool", today, f"place={place_id}")
    assert (behind, more) == ([], False)
    assert cohort.children_listed(kim, "liverpool", today, "place=any") == ([], False)
    shown = cohort.read_view(kim, "places", ("liverpool",), today)
    assert set(shown.figures.values()) == {0}
    assert "Takeaway" not in repr(shown)
    a_link_to(kim, a_concern(kim, A_PLACE), child.child_id)
    assert cohort.read_view(kim, "places", ("liverpool",), today).figures["place=any"] == 1
    assert "Takeaway" not in repr(cohort.read_view(robin, "places", ("wirral",), today))


def test_the_return_does_not_name_a_place_that_another_area_holds(store: Store) -> None:
    kim, own_there = an_account(store, "coordinator"), an_account(store, area="wirral")
    child_id = a_child(store, linked_to=own_there)
    a_link_to(own_there, a_concern(own_there, A_PLACE), child_id)
    quarter = Quarter.of(clock.today())
    labels = [theme.label for theme in draft_return(kim, quarter).themes]
    assert set(labels) == {PLACE_NOT_APPROVED}
    a_link_to(kim, a_concern(kim, A_PLACE, name="Made-Up Arcade"), child_id)
    assert "Made-Up Arcade" in [theme.label for theme in draft_return(kim, quarter).themes]


def test_an_agenda_does_not_say_that_another_area_nominated_whom_a_child_is_linked_to(store: Store) -> None:
    kim, own_there = an_account(store, "coordinator"), an_account(store, area="wirral")
    robin = an_account(store, "coordinator", "wirral")
    child = a_child_in_oversight(store)
    a_link(store, child.child_id, own_there)
    there = a_concern(own_there)
    a_link_to(own_there, there, child.child_id)
    a_nomination_moved(robin, "accept", "feed back", concern_id=there)
    meeting_id = a_meeting(kim)
    assert "marthr" not in repr(agendas.read_agenda(kim, meeting_id))
    here = a_concern(kim)
    a_link_to(kim, here, child.child_id)
    a_nomination_moved(kim, "accept", "feed back", concern_id=here)
    assert "marthr_arrived" in repr(agendas.read_agenda(kim, meeting_id))


def test_who_is_told_that_a_child_is_known_is_seen_by_those_who_answer_for_the_child(store: Store) -> None:
    kim, stranger = an_account(store, "coordinator"), an_account(store, area="wirral", name="Robin Made-Up")
    child_id = a_child(store, name=A_CHILD["name"], nhs_number=NUMBER)
    assert child_search.search(stranger, "Nobody Made-Up").ask == ()
    assert who_has_seen(kim, child_id).rows[1:] == ()
    for _ in range(2):
        assert child_search.search(stranger, NUMBER).ask == ("liverpool",)
    draft_id = drafts.start_draft(stranger, CHILD)
    fill(stranger, draft_id, {**A_CHILD, "nhs_number": "999 000 0018"})
    with pytest.raises(child_search.LikelyMatch):
        submissions.submit(stranger, draft_id)
    child_search.matches_of_draft(stranger, draft_id)
    told = [seen for seen in who_has_seen(kim, child_id).rows if seen.name == "Robin Made-Up"]
    words = "Was told that the child is known, without the record"
    assert [(seen.what, seen.times) for seen in told] == [(words, 2)]
    standing = [
        one.kind
        for one in anomalies(an_account(store, "administrator"))
        if one.account_id == stranger.account_id
    ]
    assert "own family" in standing  # of one last name
