"""A number or name in use is asked about, at a correction too; an estimate says so and matches within its margin; former
names and numbers find the child for those who may open the record, and stand in no new print."""

from __future__ import annotations

import datetime
import io
from typing import Any

import docx
import pytest

from data.actor import Actor
from data.answers import documents, drafts, submissions
from data.child.child_search import MARGIN, LikelyMatch, likely_matches, say_another_child, search
from data.child.children import heading
from data.child_line import line, with_lines
from data.database.store import Store
from data.my_work import my_work
from forms.child import CHILD
from tests.factories import a_child, a_referral, an_account
from tests.filled_in import fill, on

NUMBER = "9991234586"
BORN = datetime.date(2011, 5, 6)
IN_USE: dict[str, dict[str, Any]] = {
    "NHS number": {"nhs_number": NUMBER},
    "LCS number": {"lcs_number": "lcs 77A"},
    "name and birth date": {"name": "Dana Marsh", "date_of_birth": on(BORN)},
    "other name and birth date": {"aliases": "Dana Marsh", "date_of_birth": on(BORN)},
}


def corrected(actor: Actor, child_id: str, typed: dict[str, Any], is_another: bool = False) -> None:
    draft_id = drafts.start_draft(actor, CHILD, child_id)
    fill(actor, draft_id, typed)
    if is_another:
        say_another_child(actor, draft_id)
    submissions.submit(actor, draft_id, why="Made-up reason")


@pytest.mark.parametrize("what", IN_USE)
def test_a_correction_that_takes_what_is_in_use_is_refused_with_a_choice(store: Store, what: str) -> None:
    kim = an_account(store, "coordinator")
    there = a_child(store, "Dana Marsh", BORN, nhs_number=NUMBER, lcs_number="LCS-77a")
    other = a_child(store, "Somebody Else", datetime.date(2012, 1, 2), nhs_number=None)
    with pytest.raises(LikelyMatch) as match:
        corrected(kim, other, IN_USE[what])
    assert [child["child_id"] for child in match.value.found.children] == [there]
    corrected(kim, other, IN_USE[what], is_another=True)
    corrected(kim, other, {"nationality": "Made-up"})  # what was decided is not asked again


def test_a_correction_of_anothers_area_is_told_only_whom_to_ask(store: Store) -> None:
    a_child(store, "Dana Marsh", BORN, area="wirral", nhs_number=NUMBER)
    kim, other = an_account(store, "coordinator"), a_child(store, "Somebody Else", nhs_number=None)
    with pytest.raises(LikelyMatch) as match:
        corrected(kim, other, {"nhs_number": NUMBER})
    assert (match.value.found.children, match.value.found.ask) == ((), ("wirral",))


MARGINS = (  # days apart, is the stored one an estimate, is the typed one, is it likely
    (0, False, False, True), (1, False, False, False), (365, True, False, True), (365, False, True, True),
    (MARGIN.days, True, False, True), (MARGIN.days + 1, True, False, False), (MARGIN.days + 1, True, True, True),
    (2 * MARGIN.days, True, True, True), (2 * MARGIN.days + 1, True, True, False),
)  # fmt: skip


def test_an_estimated_date_of_birth_matches_within_a_year_for_each_estimate(store: Store) -> None:
    kim = an_account(store, "coordinator")
    children = {
        is_estimate: a_child(
            store, "Ahmad Ahmadi", BORN, nhs_number=None, date_of_birth_is_estimate=is_estimate
        )
        for is_estimate in (True, False)
    }
    with kim.reading() as work:
        for days, stored, typed, is_likely in MARGINS:
            for way in (1, -1):
                answers = {"name": "Ahmadi Ahmad", "date_of_birth": BORN + way * datetime.timedelta(days=days),
                           "date_of_birth_is_estimate": typed}  # fmt: skip
                found = {child["child_id"] for child in likely_matches(work, answers)[0].children}
                assert (children[stored] in found) is is_likely, (days, stored, typed)


def test_an_estimate_says_so_wherever_a_child_stands_in_a_line(store: Store) -> None:
    kim = an_account(store, "coordinator")
    child_id = a_child(store, "Ahmad Ahmadi", BORN, date_of_birth_is_estimate=True)
    a_referral(store, child_id, state="submitted", decided_on=None)
    words = "born 6 May 2011, an estimate"
    assert words in line(search(kim, "ahmadi").children[0])
    assert words in line(my_work(kim).referrals[0])
    assert heading(kim, child_id).age_in_words.startswith("about ")
    printed = _words_of(documents.submission_as_word(kim, "child", child_id))
    assert "6 May 2011, an estimate (aged about" in printed


def _words_of(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_former_names_and_numbers_find_the_child_for_those_who_may_open_the_record_only(store: Store) -> None:
    kim, elsewhere = an_account(store, "coordinator"), an_account(store, "coordinator", "wirral")
    child_id = a_child(store, "Formerly Zzyzx", BORN, nhs_number=NUMBER, lcs_number="OLD 1")
    corrected(kim, child_id, {"name": "Newly Named", "nhs_number": "9990000018", "lcs_number": "NEW 2"})
    for words in ("formerly", "zzyzx formerly", NUMBER, "old 1"):
        found = search(kim, words)
        assert [(c["name"], c["by_former_name"]) for c in found.children] == [("Newly Named", True)], words
        assert (search(elsewhere, words).children, search(elsewhere, words).ask) == ((), ()), words
    assert [c["by_former_name"] for c in search(kim, "newly").children] == [False]
    assert search(elsewhere, "Newly Named").ask == ("liverpool",)
    answers = {"name": "Formerly Zzyzx", "date_of_birth": BORN}
    with kim.reading() as work:
        assert [c["child_id"] for c in likely_matches(work, answers)[0].children] == [child_id]
    with elsewhere.reading() as work:
        assert likely_matches(work, answers)[0].ask == ()


def test_former_names_and_numbers_stand_in_no_new_print(store: Store) -> None:
    kim = an_account(store, "coordinator")
    child_id = a_child(
        store, "Formerly Zzyzx", BORN, nhs_number=NUMBER, aliases="Oldie", school="Made-Up School"
    )
    corrected(kim, child_id, {"name": "Newly Named", "nhs_number": "9990000018", "aliases": ""})
    for revision in (None, 1, 2):
        printed = _words_of(documents.submission_as_word(kim, "child", child_id, revision))
        assert not [w for w in ("Formerly", "Zzyzx", "Oldie", NUMBER, "999 123 4586") if w in printed], (
            revision
        )
        assert "Made-Up School" in printed


def test_no_two_children_stand_in_one_list_with_the_same_line(store: Store) -> None:
    kim = an_account(store, "coordinator")
    twins = [
        a_child(store, "Sam Lee", BORN, nhs_number=number, lcs_number=lcs)
        for number, lcs in (
            (NUMBER, None),
            ("9990000018", None),
            (None, "L1"),
            (None, "L2"),
            (None, None),
            (None, None),
        )
    ]
    other = a_child(
        store, "Sam Lee", BORN, "liverpool", nhs_number="9990000026", date_of_birth_is_estimate=True
    )
    for child_id in (*twins, other):
        a_referral(store, child_id, state="submitted", decided_on=None)
    for listed in (search(kim, "sam lee").children, my_work(kim).referrals):
        lines = [line(row) for row in listed]
        assert len(lines) == len(set(lines)) == 7
        assert all("born 6 May 2011" in words and "Liverpool" in words for words in lines)
    with kim.reading() as work:
        first, second = with_lines(work, [{"child_id": c, "name": "Sam Lee"} for c in twins[:2]])
        by_initials = with_lines(
            work, [{"child_id": c, "name": "Sam Lee"} for c in twins[:2]], by_initials=True
        )
    assert (first["who"][-1], second["who"][-1]) == ("NHS number ends 4586", "NHS number ends 0018")
    assert [row["who"] for row in by_initials] == [first["who"], second["who"]]
