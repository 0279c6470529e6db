"""What a lead reads or the public gets names nobody: what is certain is refused unrepeated, what is likely is confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from data.actor import Actor
from data.concern import concerns
from data.database.records import CONCERN
from data.database.store import Store
from data.naming import MayName, check_names_nobody
from data.refusal import Problems
from data.returns import return_lock
from data.returns.returns import draft_return, save_narrative
from data.scores import weight_sets
from tests.factories import MADE, a_child, an_account, the_operator
from tests.returns.made import QUARTER, lock
from tests.scoring.test_weight_sets_in_use import a_csv
from tests.settings.test_each_partnership_sets_its_own import an_administrator, set_to

CHILD = "Ada-Marie O'Neill-Łęcka"
BORN = date(2011, 5, 14)


@pytest.fixture
def coordinator(store: Store) -> Actor:
    a_child(
        store,
        CHILD,
        area="wirral",
        born=BORN,
        address="12 Quince Yard, Wirral",
        aliases="Tricks, Bo Peep, 22, 007, -, 李",
    )
    return an_account(store, "coordinator")


CERTAIN = (
    "We worry about Ada-Marie O'Neill-Łęcka.",
    "ADA MARIE ONEILL LECKA",
    "o’neill-lecka, ada-marie",
    "adamarie  oneilllecka",
    "Ada Lecka's friends",
    "lecka ada",
    "Bo  Peep",
    "A child whose number is 999 000 0018",
    "999-000-0018",
    "One was born on 3 June 2012",
    "DOB 03/06/12",
    "A girl (14.5.2011)",
    "May 14th, 2011",
    "2011-05-14",
    "at 12 quince yard",
    "At 4 Elm Tree Road",
    "near CH41 1AA",
    "ch411aa",
    "Ring 07700 900123",
    "0151 496 0123",
    "+44 (0)7700 900 123",
    "write to someone@example.org",
)
LIKELY = (
    "Ada was seen there",
    "ada at the academy",
    "Tricks was seen; so was Łęcka",
    "one of 3 June 2012",
    "by 14 elm tree road",
    "behind Elm Road",
)
FREE = (
    "We worry about one child.",
    "22 children, li by li; 007 of them at home",
    "Liverpool's meeting takes children whose plan is not reducing risk, and all who leave.",
    "Between 1 April 2026 and 30 June 2026, 12 of 20 children; 3 in the town centre on the high street.",
    "More children are moved to Wales by county lines. Marches were held in May.",
    "A takeaway in the town centre",
    "Measure 10: 1,234 contacts, 2025-26 Q4.",
)


@pytest.mark.parametrize("words", CERTAIN)
def test_what_is_certain_is_refused_with_a_sentence_that_does_not_repeat_it(
    coordinator: Actor, words: str
) -> None:
    with coordinator.reading() as work, pytest.raises(Problems, match="names nobody") as refused:
        check_names_nobody(work, work.account.partnership, words, is_confirmed=True)
    assert not isinstance(refused.value, MayName)
    assert words.split()[-1] not in str(refused.value)


@pytest.mark.parametrize("words", LIKELY)
def test_what_is_likely_stands_once_somebody_says_that_it_names_nobody(
    coordinator: Actor, words: str
) -> None:
    with coordinator.reading() as work:
        with pytest.raises(MayName):
            check_names_nobody(work, work.account.partnership, words)
        check_names_nobody(work, work.account.partnership, words, is_confirmed=True)


@pytest.mark.parametrize("words", FREE)
def test_words_about_nobody_are_not_held_up(coordinator: Actor, words: str) -> None:
    with coordinator.reading() as work:
        assert check_names_nobody(work, work.account.partnership, words) is None


NAMED = "About Łęcka Ada"


def test_every_text_that_a_lead_reads_is_looked_at(store: Store, coordinator: Actor) -> None:
    lead, administrator = an_account(store, "partnership_lead"), an_administrator(store)
    lock(lead)
    place = {"kind": "place", "name": "A made-up place", "why": "Made up"}
    for write in (
        lambda: return_lock.begin_correction(lead, QUARTER, NAMED),
        lambda: set_to(administrator, "area", "liverpool", agenda_rule=NAMED),
        lambda: set_to(administrator, "partnership", "pan_merseyside", meeting=NAMED),
        lambda: concerns.add_concern(coordinator, "one", {**place, "label_for_return": NAMED}),
        lambda: weight_sets.bring_in(coordinator, a_csv(5), name="Ours", version="1", source=NAMED),
    ):
        with pytest.raises(Problems, match="Take out a name"):
            write()
    return_lock.begin_correction(lead, QUARTER, "Three came late")
    with pytest.raises(Problems, match="Take out a name"):
        save_narrative(coordinator, QUARTER, "liverpool", 3, NAMED)
    with pytest.raises(MayName):
        save_narrative(coordinator, QUARTER, "liverpool", 3, "Ada was there")
    save_narrative(coordinator, QUARTER, "liverpool", 3, "Ada was there", names_nobody=True)
    assert [n.text for n in draft_return(coordinator, QUARTER).narratives] == ["Ada was there"]


def test_who_may_not_open_the_child_leaves_in_the_audit_that_they_were_told(store: Store) -> None:
    child_id = a_child(store, CHILD, area="wirral")
    lead = an_account(store, "partnership_lead")
    lock(lead)
    with pytest.raises(Problems):
        return_lock.begin_correction(lead, QUARTER, NAMED)
    with store.reading() as connection:
        assert connection.values(
            "SELECT count(*) FROM audit WHERE child_id = $1 AND account_id = $2", [child_id, lead.account_id]
        ) == [1]


@pytest.mark.parametrize("words", ["Sly Fox", "Old Hat", "New Boots", "王小明", "محمد"])
def test_every_name_that_a_record_has_or_had_is_certain_however_they_are_listed(
    store: Store, coordinator: Actor, words: str
) -> None:
    """Of a child and of a person of concern: other names stand after commas, semicolons and on lines of their own."""
    a_child(store, "王小明", area="wirral", born=BORN, aliases="Sly Fox; Night Owl")
    person = {"kind": "person", "name": "Old Hat", "aliases": "A B\nNew Boots; محمد", "area": "wirral"}
    with the_operator(store).writing() as work:
        work.save(CONCERN, {"concern_id": "c", **person}, MADE)
        work.save(CONCERN, {"concern_id": "c", **person, "name": "Other Hat", "aliases": "A B"}, MADE)
    with coordinator.reading() as work, pytest.raises(Problems, match="a name"):
        check_names_nobody(work, work.account.partnership, f"We saw {words} there")
