"""The same return on screen, as JSON, CSV, Excel, Word and PDF: the same figures, stamped and marked, made to be read by anybody."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from data.actor import Actor
from data.database.store import Store
from data.files.pdf_file import PdfFile
from data.measures.oversight import DEMOGRAPHICS
from data.returns.return_csv import make_csv
from data.returns.return_excel import make_workbook
from data.returns.return_files import DRAFT, LOCKED, PUBLISHED, asked_for
from data.returns.return_publication import publish
from data.returns.return_report import make_pdf, make_word
from data.returns.return_shape import HIDDEN, Return
from data.returns.returns import save_narrative
from tests.factories import a_child_in_oversight, a_discussion, an_account, an_episode, the_operator
from tests.returns.made import QUARTER, lock
from tests.returns.pdf_read import tags
from tests.screens.signed_in import sign_in
from tests.screens.test_cohort_pages import RETURN, read
from tests.settings.test_each_partnership_sets_its_own import set_to

JUDGED = date(2026, 5, 1)
Figures = dict[tuple[str, int, str], Any]


@pytest.fixture
def lead(duckdb_store: Store) -> Actor:
    for n in range(8):
        a_child_in_oversight(
            duckdb_store, "B" if n % 4 else "C", opened_on=JUDGED, ethnicity="WBRI" if n else None, sen="K"
        )
    there = a_child_in_oversight(duckdb_store, "A", "sefton", date(2025, 9, 1))
    an_episode(
        duckdb_store,
        there.child_id,
        "wirral",
        opened_on=date(2025, 1, 1),
        closed_on=JUDGED,
        closure_reason="moved",
    )
    save_narrative(an_account(duckdb_store, "coordinator", "sefton"), QUARTER, "sefton", 9, '=HYPERLINK("x")')
    lead = an_account(duckdb_store, "partnership_lead", name="Lead Made-Up")
    lock(lead)
    publish(lead, QUARTER)
    return lead


def in_json(made: Return) -> Figures:
    said = json.loads(json.dumps(made.as_long_form()))
    return {(f["area"], f["measure"], f["breakdown"]): f["value"] for f in said["figures"]}


def number(text: Any) -> Any:
    return text if text == HIDDEN else int(str(text).replace(",", ""))


def in_csv(content: bytes) -> Figures:
    rows = list(csv.reader(io.StringIO(content.decode())))[1:]
    return {(area, int(measure), breakdown): number(value) for area, _, measure, breakdown, value in rows}


def in_excel(content: bytes, made: Return) -> Figures:
    book = load_workbook(io.BytesIO(content))
    found: Figures = {}
    columns = [
        (said.number, b) for said in made.measures if said.number not in (3, 4) for b, _ in said.breakdowns
    ]
    for row in book["Summary"].iter_rows(min_row=7, values_only=True):
        if row[0] in (*made.area_names, "Total"):
            found |= {(row[0], *place): value for place, value in zip(columns, row[1:], strict=False)}
    keys = {
        (title, words): f"{column}={key}"
        for column, (title, options) in DEMOGRAPHICS.items()
        for key, words in options
    }
    for area, title, words, *numbers in book["Demographics"].iter_rows(
        min_row=6, max_col=6, values_only=True
    ):
        for ending, value in zip(("", ";judgement=being", ";judgement=may_be"), numbers, strict=True):
            found[area, 4, keys[title, words] + ending] = value
    return found


def in_word(content: bytes, made: Return) -> Figures:
    return in_report(
        {
            t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): [
                [cell.text for cell in row.cells] for row in t.rows
            ]
            for t in Document(io.BytesIO(content)).tables
        },
        made,
    )


def in_pdf(content: bytes, made: Return) -> Figures:
    """Each table is of the caption or heading that it stands under."""
    tables: dict[str, list[list[str]]] = {}
    under = ""
    for tag in tags(content).all("H2", "H3", "Caption", "Table"):
        if tag.kind == "Table":
            tables[under] = [[cell.words for cell in row.all("TH", "TD")] for row in tag.all("TR")]
        else:
            under = re.sub(r"^\d+\. ", "", tag.words)
    return in_report(tables, made)


def in_report(tables: dict[str, list[list[str]]], made: Return) -> Figures:
    """Measure 4 by area is there as a whole, and by judgement for the total."""
    found: Figures = {}
    names = (*made.area_names, "Total")
    for said in made.measures:
        if said.number not in (3, 4):
            for (breakdown, _), row in zip(said.breakdowns, tables[said.title][1:], strict=True):
                found |= {
                    (n, said.number, breakdown): number(text) for n, text in zip(names, row[1:], strict=True)
                }
    for column, (title, options) in DEMOGRAPHICS.items():
        for (key, _), row in zip(options, tables[title][1:], strict=True):
            *all_of, being, may_be = (number(text) for text in row[1:])
            found |= {(n, 4, f"{column}={key}"): value for n, value in zip(names, all_of, strict=True)}
            found["Total", 4, f"{column}={key};judgement=being"] = being
            found["Total", 4, f"{column}={key};judgement=may_be"] = may_be
    return found


@pytest.mark.parametrize("which", [DRAFT, LOCKED, PUBLISHED])
def test_every_file_and_the_screen_hold_the_same_figures(
    monkeypatch: pytest.MonkeyPatch, duckdb_store: Store, lead: Actor, which: str
) -> None:
    made = asked_for(lead, QUARTER, which=which)
    figures = in_json(made)
    assert figures["Sefton", 2, "total"] == (HIDDEN if which == PUBLISHED else 1)
    assert in_csv(make_csv(lead, QUARTER, which=which)) == figures
    assert in_excel(make_workbook(lead, QUARTER, which=which), made) == figures
    word = in_word(make_word(lead, QUARTER, which=which), made)
    assert word == {place: figures[place] for place in word}
    assert len(word) > 300
    assert in_pdf(make_pdf(lead, QUARTER, which=which), made) == word
    on_screen(monkeypatch, duckdb_store, lead, which, made)


def on_screen(monkeypatch: pytest.MonkeyPatch, store: Store, lead: Actor, which: str, made: Return) -> None:
    from streamlit.testing.v1 import AppTest

    sign_in(monkeypatch, store, lead)
    screen = AppTest.from_string(RETURN, default_timeout=30)
    screen.query_params["quarter"] = str(QUARTER)
    screen.run()
    chosen = {
        DRAFT: "Draft from the records now",
        LOCKED: "Version 1, locked",
        PUBLISHED: "Copy for publication",
    }
    screen.selectbox(key=f"version {QUARTER}").select(chosen[which]).run()
    assert not screen.exception
    tables, values = read(screen).tables, made.values()
    for said in made.measures:
        if said.number not in (3, 4):
            rows = {row[0]: row[1:] for row in tables[said.title][1:]}
            for name in (*made.area_names, "Total"):
                assert rows[name] == [str(values[name, said.number, b]) for b, _ in said.breakdowns]
    for column, (title, options) in DEMOGRAPHICS.items():
        shown = {row[0]: row[6] for row in tables[title][1:]}
        assert shown == {words: str(values["Total", 4, f"{column}={key}"]) for key, words in options}


def test_every_page_and_sheet_says_whether_it_is_restricted_or_for_publication(lead: Actor) -> None:
    for which, words in ((LOCKED, "Restricted"), (PUBLISHED, "Copy for publication")):
        book = load_workbook(io.BytesIO(make_workbook(lead, QUARTER, which=which)))
        for sheet in book:
            assert words in sheet["A3"].value
            assert words in sheet.oddHeader.center.text
            assert words in sheet.oddFooter.right.text
        document = Document(io.BytesIO(make_word(lead, QUARTER, which=which)))
        assert document.sections[0].header.paragraphs[0].text.startswith(words)
        names_who_made_it = which == LOCKED
        footer = document.sections[0].footer.paragraphs[0].text
        assert ("Lead Made-Up" in footer) == names_who_made_it
        pages = PdfReader(io.BytesIO(make_pdf(lead, QUARTER, which=which))).pages
        assert len(pages) > 4
        for at, page in enumerate(pages, 1):
            text = " ".join(page.extract_text().split())
            assert words in text
            assert ("Lead Made-Up" in text) == names_who_made_it
            assert f"Page {at} of {len(pages)}" in text


def test_the_report_has_headings_repeated_table_heads_and_pictures_that_speak(lead: Actor) -> None:
    content = make_word(lead, QUARTER, which=LOCKED)
    document = Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert headings[0] == "Summary"
    assert [int(h.split(".")[0]) for h in headings[1:]] == list(range(1, 11))
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in document.tables)
    spoken = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert "Liverpool 6 and 2" in spoken[0]
    assert len(spoken) == 2
    assert 'Sefton says: =HYPERLINK("x")' in [p.text for p in document.paragraphs]


def test_the_pdf_is_tagged_for_everybody_and_says_that_it_is(lead: Actor) -> None:
    content = make_pdf(lead, QUARTER, which=LOCKED)
    reader, document = PdfReader(io.BytesIO(content)), tags(content)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Quarterly return 2026-27 Q1, version 1"
    assert [h.words for h in document.all("H1")] == [reader.metadata.title]
    headings = [h.words for h in document.all("H2")]
    assert headings[0] == "Summary"
    assert [int(h.split(".")[0]) for h in headings[1:]] == list(range(1, 11))
    for table in document.all("Table"):
        (head,) = table.all("THead")
        assert all(cell.words for cell in head.all("TH"))
        assert not list(head.all("TD"))
    spoken = [figure.alt for figure in document.all("Figure") if figure.alt]
    assert "Liverpool 6 and 2" in spoken[0]
    assert len(spoken) == 2
    assert 'Sefton says: =HYPERLINK("x")' in [p.words for p in document.all("P")]


def test_words_in_any_script_make_a_pdf_and_are_never_read_as_markup() -> None:
    typed = "#strong[x] *b* = $1$ @a <b> \\ \N{SLIGHTLY SMILING FACE} \N{CJK UNIFIED IDEOGRAPH-4E2D}\x0b end"
    file = PdfFile("Made-up", marking="Restricted", stamp="Nobody")
    file.paragraph(typed)
    [said] = [p.words for p in tags(file.as_bytes()).all("P")]
    assert said.startswith("#strong[x] *b* = $1$ @a <b> \\ ")
    assert said.endswith(" end")


def test_an_areas_own_rule_for_its_agenda_is_frozen_with_the_return_and_printed(
    duckdb_store: Store, lead: Actor
) -> None:
    rule = "Liverpool's own rule for its agenda: Liverpool's meeting takes children whose plan is not reducing risk, and all who leave."
    set_to(the_operator(duckdb_store), "area", "liverpool", agenda_rule="Another made-up rule")
    for which, words in ((LOCKED, rule), (PUBLISHED, rule), (DRAFT, rule[:37] + "Another made-up rule")):
        assert words in [
            p.text for p in Document(io.BytesIO(make_word(lead, QUARTER, which=which))).paragraphs
        ]
        assert words in [p.words for p in tags(make_pdf(lead, QUARTER, which=which)).all("P")]
        notes = load_workbook(io.BytesIO(make_workbook(lead, QUARTER, which=which)))["Notes"]
        assert words.partition(": ")[2] in [row[3] for row in notes.iter_rows(values_only=True)]
    assert not asked_for(lead, QUARTER, ["sefton"], LOCKED).agenda_rules


def test_the_workbook_has_charts_of_its_own_cells_that_speak(lead: Actor) -> None:
    with zipfile.ZipFile(io.BytesIO(make_workbook(lead, QUARTER, which=LOCKED))) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
        drawings = [
            book.read(name).decode() for name in book.namelist() if name.startswith("xl/drawings/drawing")
        ]
    assert len(charts) == 2
    assert all("barChart" in chart for chart in charts)
    assert "Summary!$B" not in charts[0]
    assert any("Liverpool 6 and 2" in drawing for drawing in drawings)


@pytest.mark.parametrize("make", [make_workbook, make_word, make_pdf, make_csv])
@pytest.mark.parametrize("which", [LOCKED, PUBLISHED])
def test_what_is_stored_gives_the_same_file_whenever_it_is_made(
    lead: Actor, make: Callable[..., bytes], which: str
) -> None:
    assert make(lead, QUARTER, which=which) == make(lead, QUARTER, which=which)


def test_no_number_that_is_withheld_is_anywhere_in_the_files(duckdb_store: Store, lead: Actor) -> None:
    workbook = load_workbook(io.BytesIO(make_workbook(lead, QUARTER, which=PUBLISHED)))
    numbers = {
        cell.value
        for name in ("Summary", "Demographics", "Themes")
        for row in workbook[name].iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    assert not numbers & {1, 2, 3, 4, 5}
    with duckdb_store.reading() as connection:
        (document,) = connection.values("SELECT document FROM published_return")
    assert not {f["value"] for f in json.loads(document)["figures"]} & {1, 2, 3, 4, 5}


def test_what_leads_to_a_table_is_on_the_page_where_the_table_begins() -> None:
    for lines in range(28):
        file = PdfFile("T", marking="M", stamp="S", is_landscape=True)
        for _ in range(lines):
            file.paragraph("A line of the page before.")
        file.heading("A heading", 2)
        file.paragraph("What is counted.")
        file.table(["Figure", "Total"], [["All of them", "1"]], caption="Counted", shares=[0.5, 0.5])
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.as_bytes())).pages]
        told = ("A heading", "What is counted.", "All of them")
        assert any(all(words in page for words in told) for page in pages), lines


def test_a_context_is_spelt_for_people_and_a_picture_says_what_it_is_of(
    lead: Actor, duckdb_store: Store
) -> None:
    child = a_child_in_oversight(duckdb_store, "B", opened_on=JUDGED)
    a_discussion(
        duckdb_store,
        child.episode_id,
        child.child_id,
        "B",
        meeting_date=JUDGED,
        contexts=["criminal:financial"],
    )
    themes = load_workbook(io.BytesIO(make_workbook(lead, QUARTER)))["Themes"]
    assert "Criminal: Financial" in {row[2] for row in themes.iter_rows(values_only=True)}
    read = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(lead, QUARTER))).pages)
    written = "\n".join(p.text for p in Document(io.BytesIO(make_word(lead, QUARTER))).paragraphs)
    for words in (read, written):
        assert "Age at quarter end, all areas together" in words
        assert "By chance alone: what this quarter would show" in words
    assert "Criminal: Financial" in read
