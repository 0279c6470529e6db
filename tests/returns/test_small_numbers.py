"""The copy for publication: no small count stands in it, and none can be worked out from all that does."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from data.database.records import EPISODE
from data.database.store import Store
from data.files.pdf_file import PdfFile
from data.files.word_file import WordFile
from data.measures.reckoning import Figure
from data.measures.themes import Theme
from data.refusal import Problems, Refused
from data.returns import return_lock
from data.returns.locked_returns import life_of, read_published
from data.returns.return_csv import in_long_form
from data.returns.return_document import as_document
from data.returns.return_excel import in_workbook
from data.returns.return_publication import publish, without_small_numbers
from data.returns.return_report import written
from data.returns.return_shape import HIDDEN, Locked, Published, Return, what_is_said
from data.returns.suppression import Sum, withheld
from forms.codes import ETHNICITY_GROUPS
from forms.places import PARTNERSHIPS, area_name
from tests.factories import MADE, a_child_in_oversight, an_account, the_operator
from tests.returns import attack
from tests.returns.made import QUARTER, lock
from tests.settings.test_each_partnership_sets_its_own import an_administrator, set_to

NOW = datetime(2026, 7, 20, tzinfo=UTC)


def a_locked_return(seed: int, sizes: list[int]) -> Return:
    """Made of made-up children: so many in each of the first areas."""
    chance, areas = random.Random(seed), PARTNERSHIPS[0].areas[: len(sizes)]
    names = tuple(map(area_name, areas))
    counts = {
        (a, said.number, b): 0
        for a in (*names, "Total")
        for said in what_is_said()
        for b, _ in said.breakdowns
    }

    def count(area: str, measure: int, *breakdowns: str) -> None:
        for place in product((area, "Total"), (measure,), breakdowns):
            counts[place] += 1

    for area, size in zip(names, sizes, strict=True):
        for _ in range(size):
            judgement = chance.choice(["being", "being", "may_be"])
            count(area, 2, "total", f"judgement={judgement}")
            codes = attack.DIVISIONS["ethnicity"]
            code = chance.choice(codes[: chance.choice([1, 3, 20])])
            group = next(g for g, own in ETHNICITY_GROUPS.items() if code in own)
            who = {"ethnicity": code, "ethnicity_group": group}
            who |= {by: chance.choice(attack.DIVISIONS[by]) for by in ("age", "gender", "sen")}
            for by, key in who.items():
                count(area, 4, f"{by}={key}", f"{by}={key};judgement={judgement}")
            if judgement == "being" and chance.random() < 0.4:
                count(area, 9, "total")
        for said in what_is_said():
            parts = [b for b, _ in said.breakdowns if b not in ("total", "pending")]
            if said.number in (1, 6, 7, 10):
                for _ in range(chance.choice([0, 1, 4, 12])):
                    count(area, said.number, "total", chance.choice(parts))
        count(area, 5, *["total"] * chance.choice([0, 2, 9]))
        count(area, 8, *["total"] * chance.choice([0, 2, 9]), *["pending"] * chance.choice([0, 1]))
    figures = tuple(Figure(*place, n) for place, n in counts.items())
    themes = tuple(Theme("Total", "context", f"Context {n}", n, float(n)) for n in range(9))
    return Return(
        QUARTER, PARTNERSHIPS[0], areas, "test", what_is_said(), figures, figures, False, themes, (), (), (),
        "Lead Made-Up", NOW, locked=Locked(1, "Lead Made-Up", NOW),
    )  # fmt: skip


def changed(locked: Return, seed: int) -> Return:
    """The same with a few more children here and there, as a correction brings."""
    more = a_locked_return(seed, [seed % 3] * len(locked.areas))
    added = {(f.area, f.measure, f.breakdown): f.value for f in more.figures}
    figures = tuple(replace(f, value=f.value + added[f.area, f.measure, f.breakdown]) for f in locked.figures)
    return replace(locked, figures=figures)


def read(copy: Return) -> dict[tuple[str, int, str], Any]:
    """From the file as it is given away."""
    rows = list(csv.reader(io.StringIO(in_long_form(copy))))[1:]
    return {(a, int(m), b): HIDDEN if v == HIDDEN else int(v) for a, _, m, b, v in rows}


def least_of(true: Mapping[Any, int], unknown: Iterable[Any]) -> dict[Any, int]:
    """What is known of withheld cells at the worst: of which it is sure that they are no zeros."""
    return {cell: min(true[cell], 1) for cell in unknown}


def attacked(copy: Return, locked: Return) -> None:
    """No withheld cell is fixed by the sums, nor narrowed down to one value by what is shown; and of nobody in a withheld
    whole is it known in which part they are."""
    figures = read(copy)
    unknown = [place for place, value in figures.items() if value == HIDDEN]
    known = {place: value for place, value in figures.items() if value != HIDDEN}
    rules = attack.equations(copy.area_names, figures)
    assert attack.determined(unknown, rules) & set(unknown) == set()
    true = locked.values()
    spans = attack.bounds(known, unknown, rules, least_of(true, unknown))
    assert [cell for cell in unknown if spans[cell][0] >= spans[cell][1]] == []
    assert attack.in_one_part(spans, [cell for cell in unknown if true[cell]], rules) == []


SIZES = st.one_of(
    st.lists(st.integers(0, 9), min_size=1, max_size=5), st.lists(st.integers(0, 60), min_size=1, max_size=4)
)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), sizes=SIZES, up_to=st.sampled_from([5, 5, 3, 9]))
def test_nothing_that_is_withheld_can_be_worked_out(seed: int, sizes: list[int], up_to: int) -> None:
    locked = a_locked_return(seed, sizes)
    copy = without_small_numbers(locked, Published(1, up_to, "Lead", NOW))
    true, shown = locked.values(), read(copy)
    assert not [place for place, value in shown.items() if value != HIDDEN and 1 <= value <= up_to]
    assert all(value in (HIDDEN, true[place]) for place, value in shown.items())
    attacked(copy, locked)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000), sizes=SIZES)
def test_a_later_copy_gives_nothing_away_beside_the_first(seed: int, sizes: list[int]) -> None:
    locked = a_locked_return(seed, sizes)
    first = without_small_numbers(locked, Published(1, 5, "Lead", NOW))
    corrected = changed(locked, seed)
    second = without_small_numbers(corrected, Published(2, 5, "Lead", NOW), first)
    before, after = read(first), read(second)
    assert {place for place, value in before.items() if value == HIDDEN} <= {
        place for place, value in after.items() if value == HIDDEN
    }
    both = [place for place in after if HIDDEN not in (before[place], after[place])]
    assert not [place for place in both if 1 <= abs(after[place] - before[place]) <= 5]
    attacked(second, corrected)


@pytest.mark.parametrize("counts", list(permutations((20, 30, 22))))
def test_no_two_copies_of_a_figure_differ_by_a_small_count_in_whatever_order_they_were_made(
    counts: tuple[int, ...],
) -> None:
    locked = a_locked_return(3, [0, 0])
    figures = {("Liverpool", 5, "total"): 0, ("Knowsley", 5, "total"): 40, ("Total", 5, "total"): 40}
    copies: list[Return] = []
    for number, count in enumerate(counts, 1):
        values = {place: value + (count if place[0] != "Knowsley" else 0) for place, value in figures.items()}
        version = replace(
            locked,
            figures=tuple(
                replace(f, value=values.get((f.area, f.measure, f.breakdown), f.value))
                for f in locked.figures
            ),
            themes=(Theme("Total", "context", "Online", count, 0.0),),
        )
        copies.append(without_small_numbers(version, Published(number, 5, "Lead", NOW), *copies))
    for place in figures:
        shown = [read(copy)[place] for copy in copies]
        assert_far_apart(shown)
        assert shown[0] != HIDDEN
    assert_far_apart([copy.as_long_form()["themes"][0]["this_quarter"] for copy in copies])


def assert_far_apart(shown: list[Any]) -> None:
    numbers = [value for value in shown if value != HIDDEN]
    assert not [(a, b) for a, b in combinations(numbers, 2) if 1 <= abs(a - b) <= 5]


def test_a_copy_is_compared_with_every_copy_that_was_made_before_it(store: Store) -> None:
    """7 children, then 15, then 9: by way of 15 the third copy would tell of two."""
    lead, made = an_account(store, "partnership_lead"), []
    began = datetime(2026, 5, 1).date()
    for _ in range(7):
        a_child_in_oversight(store, "B", opened_on=began)
    lock(lead)
    made.append(publish(lead, QUARTER))
    late = [a_child_in_oversight(store, "B", opened_on=began) for _ in range(8)]
    return_lock.begin_correction(lead, QUARTER, "Eight came late")
    lock(lead)
    made.append(publish(lead, QUARTER))
    with the_operator(store).writing() as work:
        for one in late[:6]:
            work.save(EPISODE, {"episode_id": one.episode_id, "opened_on": datetime(2026, 7, 2).date()}, MADE)
    return_lock.begin_correction(lead, QUARTER, "Six were of the next quarter")
    lock(lead)
    made.append(publish(lead, QUARTER))
    assert [copy.values()["Total", 2, "total"] for copy in made] == [7, 15, HIDDEN]


def test_each_withheld_number_of_a_whole_return_has_two_values_by_trying() -> None:
    locked = a_locked_return(2, [12])
    copy = without_small_numbers(locked, Published(1, 5, "Lead", NOW))
    figures, values = read(copy), locked.values()
    true = {place: values[place] for place, value in figures.items() if value == HIDDEN}
    known = {place: value for place, value in figures.items() if value != HIDDEN}
    rules = attack.equations(copy.area_names, figures)
    found = attack.solutions(known, true, rules, least_of(true, true))
    assert len(true) > 100
    assert [place for place in true if len(found[place]) < 2] == []


Table = dict[tuple[int, ...], int]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, list[Sum]]:
    """A table of two or three ways with all its margins; index 0 is the sum over the others."""
    shape = draw(st.sampled_from([(3,), (2, 2), (2, 3), (3, 3), (2, 2, 2)]))
    values: Table = {}
    for place in product(*(range(1, n + 1) for n in shape)):
        values[place] = draw(st.integers(0, 7))
    sums: list[Sum] = []
    for way, n in enumerate(shape):
        others = {(*p[:way], 0, *p[way + 1 :]) for p in values}
        for whole in others:
            parts = tuple((*whole[:way], i, *whole[way + 1 :]) for i in range(1, n + 1))
            values[whole] = sum(values[p] for p in parts)
            sums.append(Sum(whole, parts))
    return values, sums


@settings(max_examples=40, deadline=None)
@given(table=tables())
def test_each_withheld_cell_of_a_table_has_two_values_by_trying_all_there_are(
    table: tuple[Table, list[Sum]],
) -> None:
    values, sums = table
    hidden = withheld(values, sums, 5, cost=lambda cell: 1 + 5 * cell.count(0))
    assert {cell for cell, value in values.items() if 1 <= value <= 5} <= hidden
    known = {cell: value for cell, value in values.items() if cell not in hidden}
    true = {cell: values[cell] for cell in hidden}
    found = attack.solutions(known, true, [(s.whole, s.parts) for s in sums], least_of(values, hidden))
    assert [cell for cell in hidden if len(found[cell]) < 2] == []
    spans = {cell: (min(found[cell]), max(found[cell])) for cell in hidden} | {
        c: (n, n) for c, n in known.items()
    }
    assert (
        attack.in_one_part(
            spans, [cell for cell in hidden if values[cell]], [(s.whole, s.parts) for s in sums]
        )
        == []
    )


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((3, 7, 0), {"c", 10, 0}),  # another part goes with the small one
        ((5, 5, 0), {"c", 10, 0}),  # both are small, and one could be 4 and the other 6
        ((0, 0, 9), {0, 9}),  # nothing is small
        ((1, 0, 0), {"c"}),  # the whole is small too, and beside zeros it would say which part
        ((1, 6, 0), {"c", 0, 7}),
    ],
)
def test_what_is_shown_of_one_row(parts: tuple[int, ...], shown: set[object]) -> None:
    values: dict[Any, int] = dict(enumerate(parts)) | {"all": sum(parts)}
    hidden = withheld(values, [Sum("all", (0, 1, 2))], 5, cost=lambda cell: 9 if cell == "all" else 1)
    assert {"c" if cell in hidden else value for cell, value in values.items()} == shown


def test_zeros_do_not_say_what_the_few_of_a_withheld_figure_have_in_common() -> None:
    """Three closed at 18, all judged A: noughts beside it would say of each of the three that they were being exploited."""
    locked = a_locked_return(3, [0])
    three = {(area, 6, part): 3 for area in ("Liverpool", "Total") for part in ("total", "judgement=A")}
    figures = tuple(replace(f, value=three.get((f.area, f.measure, f.breakdown), 0)) for f in locked.figures)
    copy = read(without_small_numbers(replace(locked, figures=figures), Published(1, 5, "Lead", NOW)))
    parts = [f"judgement={letter}" for letter in (*"ABCDE", "none")]
    assert {copy["Liverpool", 6, part] for part in parts} == {HIDDEN}


def test_the_copy_and_its_files_name_nobody() -> None:
    copy = without_small_numbers(a_locked_return(1, [20, 20]), Published(1, 5, "Lead Made-Up", NOW))
    assert "Lead Made-Up" not in as_document(copy)
    of_an_earlier_release = replace(copy, published=Published(1, 5, "Lead Made-Up", NOW))
    word, pdf = (written(kind, of_an_earlier_release) for kind in (WordFile, PdfFile))
    read = PdfReader(io.BytesIO(pdf))
    for words in (
        *parts_of(in_workbook(of_an_earlier_release)).values(), *parts_of(word).values(),
        str(read.metadata), *(page.extract_text() for page in read.pages),
    ):  # fmt: skip
        assert "Lead Made-Up" not in words


def parts_of(packed: bytes) -> dict[str, str]:
    """Every part of a Word or Excel file, seen or not."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


def test_the_workbook_draws_and_remembers_nothing_for_what_is_withheld() -> None:
    copy = without_small_numbers(a_locked_return(7, [30, 60, 3]), Published(1, 5, "Lead", NOW))
    file = in_workbook(copy)
    book = load_workbook(io.BytesIO(file))
    assert all(sheet.sheet_state == "visible" for sheet in book)
    charts = [part for name, part in parts_of(file).items() if "/charts/chart" in name]
    drawn = [cell for part in charts for cell in re.findall(r"(\w+)!\$([A-Z]+)\$(\d+)", part)]
    assert drawn
    assert not [
        cell for sheet, column, row in drawn if (cell := book[sheet][f"{column}{row}"]).value == HIDDEN
    ]
    cached = [value for part in charts for value in re.findall(r"<c:v>([^<]*)</c:v>", part)]
    assert HIDDEN not in cached
    assert "Not drawn, as numbers are withheld" in "".join(charts)
    assert not re.search(r":\$[A-Z]+\$\d+</c:f>", "".join(charts)), "a range would take in what is between"


def test_themes_are_published_for_all_areas_together_without_earlier_quarters() -> None:
    copy = without_small_numbers(a_locked_return(1, [20, 20]), Published(1, 5, "Lead", NOW)).as_long_form()
    assert copy["themes"] == [
        {"area": "Total", "kind": "context", "label": f"Context {n}", "this_quarter": n if n > 5 else "c"}
        for n in range(1, 9)
    ]
    assert copy["narratives"] == []


def test_a_copy_is_made_of_what_is_locked_by_the_lead_and_reads_the_same_for_ever(store: Store) -> None:
    for n in range(7):
        a_child_in_oversight(store, "B" if n else "C", opened_on=datetime(2026, 5, 1).date())
    lead = an_account(store, "partnership_lead")
    with pytest.raises(Problems, match="Lock the return first"):
        publish(lead, QUARTER)
    lock(lead)
    copy = publish(lead, QUARTER)
    assert copy.values()["Total", 2, "total"] == 7
    assert (
        copy.values()["Total", 2, "judgement=may_be"]
        == copy.values()["Total", 2, "judgement=being"]
        == HIDDEN
    )
    return_lock.begin_correction(lead, QUARTER, "One child came late")
    a_child_in_oversight(store, "B", opened_on=datetime(2026, 5, 1).date())
    lock(lead)
    assert in_long_form(read_published(lead, QUARTER)) == in_long_form(copy)
    second = publish(lead, QUARTER)
    assert second.values()["Total", 2, "total"] == HIDDEN, "7 and then 8 would tell of one child"
    assert life_of(lead, QUARTER).copies == 2
    manager = an_account(store, "manager")
    assert read_published(manager, QUARTER).values()["Total", 2, "total"] == HIDDEN
    for role in ("coordinator", "manager", "administrator", "practitioner"):
        with pytest.raises(Refused):
            publish(an_account(store, role), QUARTER)


def test_the_partnerships_own_limit_says_what_is_small(store: Store) -> None:
    for n in range(14):
        a_child_in_oversight(store, "B" if n < 7 else "C", opened_on=datetime(2026, 5, 1).date())
    lead = an_account(store, "partnership_lead")
    lock(lead)
    assert publish(lead, QUARTER).values()["Total", 2, "judgement=being"] == 7
    set_to(an_administrator(store), "partnership", "pan_merseyside", small_number_limit="7")
    copy = publish(lead, QUARTER)
    assert copy.values()["Total", 2, "judgement=being"] == HIDDEN
    assert copy.values()["Total", 2, "total"] == 14
    assert "a number from 1 to 7" in copy.marking
