"""Measure 3: emerging themes."""

from __future__ import annotations

from datetime import date

from data.database.store import Store
from data.measures.themes import PLACE_NOT_APPROVED, context_label
from forms.codes import CONTEXTS
from forms.screening import STRONG_SIGNS
from tests.factories import a_child, a_discussion, a_submission, an_episode
from tests.measures.history import LAST, all_themes

PARTY, GANG, FINANCIAL = "sexual:party", "sexual:group", "criminal:financial"


def a_talk(
    store: Store, met: date, area: str = "liverpool", child: str | None = None, **said: list[str] | None
) -> str:
    child = child or a_child(store, area=area)
    episode = an_episode(store, child, area, opened_on=date(2025, 1, 1))
    a_discussion(store, episode, child, meeting_date=met, **{"contexts": [], "areas_gone_to": [], **said})
    return child


def counted(store: Store, area: str = "Liverpool", **how: bool) -> list[tuple[str, str, int, float]]:
    return [(t.kind, t.label, t.this_quarter, t.mean_of_four_before) for t in all_themes(store, area, **how)]


def test_a_child_counts_once_for_a_label_however_often_discussed(store: Store) -> None:
    child = a_talk(store, date(2026, 4, 1), contexts=[PARTY, FINANCIAL])
    a_talk(store, LAST, child=child, contexts=[PARTY])
    a_talk(store, LAST, contexts=[PARTY])
    assert counted(store) == [
        ("context", "sexual:Party", 2, 0.0),
        ("context", "criminal:Financial", 1, 0.0),
    ]


def test_labels_are_ranked_by_this_quarter_minus_the_mean_of_the_four_before_then_by_label(
    store: Store,
) -> None:
    for met in (date(2025, 4, 1), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)):
        a_talk(store, met, contexts=[PARTY])
    for context in (PARTY, GANG, FINANCIAL):
        a_talk(store, LAST, contexts=[context])
    assert counted(store) == [
        ("context", "criminal:Financial", 1, 0.0),
        ("context", "sexual:Group or gang", 1, 0.0),
        ("context", "sexual:Party", 1, 1.0),
    ]


def test_a_discussion_before_the_four_quarters_or_after_this_one_is_left_out(store: Store) -> None:
    a_talk(store, date(2025, 3, 31), contexts=[PARTY])
    a_talk(store, date(2026, 7, 1), contexts=[PARTY])
    a_talk(store, date(2025, 4, 1), contexts=[GANG])
    assert counted(store) == [("context", "sexual:Group or gang", 0, 0.25)]


def test_signs_are_those_answered_yes_in_the_area_where_the_child_lived(store: Store) -> None:
    first, second = STRONG_SIGNS[0], STRONG_SIGNS[1]
    child = a_child(store, area="wirral")
    for submitted in (LAST, LAST, date(2026, 1, 5)):
        a_submission(
            store, "screening", child, submitted_on=submitted, **{first.key: "yes", second.key: "historical"}
        )
    assert counted(store, "Wirral") == counted(store, "Total") == [("sign", first.label, 1, 0.25)]
    assert counted(store) == []


def test_areas_gone_to_are_the_assessments_own_and_others_as_they_were_typed(store: Store) -> None:
    child = a_talk(store, LAST, areas_gone_to=["Wales"])
    a_talk(store, LAST, child=child, areas_gone_to=["Wales", "A house on Made-Up Street"])
    assert counted(store) == [
        ("place_gone_to", "A house on Made-Up Street", 1, 0.0),
        ("place_gone_to", "Wales", 1, 0.0),
    ]


def test_a_place_as_it_was_typed_is_not_shown_where_only_approved_labels_may_be(store: Store) -> None:
    a_talk(store, LAST, areas_gone_to=["A house on Made-Up Street", "Wales"])
    assert counted(store, places_as_typed=False) == [
        ("place_gone_to", PLACE_NOT_APPROVED, 1, 0.0),
        ("place_gone_to", "Wales", 1, 0.0),
    ]


def test_the_total_counts_a_child_of_two_areas_once(store: Store) -> None:
    child = a_talk(store, date(2026, 4, 5), contexts=[PARTY], areas_gone_to=["Wales"])
    a_talk(store, LAST, "sefton", child=child, contexts=[PARTY], areas_gone_to=["Wales"])
    assert counted(store) == counted(store, "Sefton") == counted(store, "Total")
    assert [n for _, _, n, _ in counted(store, "Total")] == [1, 1]


def test_every_context_has_the_label_that_the_import_takes(store: Store) -> None:
    a_talk(store, LAST, contexts=[key for key, _ in CONTEXTS])
    assert {label for _, label, _, _ in counted(store)} == {context_label(key) for key, _ in CONTEXTS}
    assert context_label("criminal:warning_signs") == "criminal:Warning signs"
