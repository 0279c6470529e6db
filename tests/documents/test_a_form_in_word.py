"""A form printed to Word says what was stored, no more to anyone than they may read, and to whom it was given."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.table import Table

from data import clock
from data.actor import Actor
from data.answers.documents import HELD_BACK, submission_as_word
from data.answers.submissions import read_submission
from data.database.audit import Event
from data.database.schema import form_table
from data.database.store import Store
from data.refusal import Refused
from forms.form import RepeatedRows
from forms.kinds.date import in_words
from forms.question import NOT_ASKED, Question
from forms.registry import form
from tests.factories import a_child, a_link, a_submission, an_account, the_operator, years_ago

DAY = datetime.date(2026, 5, 4)
HOSTILE = "=1+1 <b>bold</b> ![](https://example.org/x.png) {{ 7 }} &amp; 🙂\nsecond line\tafter a tab"


def opened(file: bytes) -> Opened:
    return Document(io.BytesIO(file))


def printed(actor: Actor, form_key: str, record_id: str, revision: int | None = None) -> Opened:
    return opened(submission_as_word(actor, form_key, record_id, revision))


def lines(document: Opened) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def headings(document: Opened) -> list[tuple[int, str]]:
    return [
        (int(p.style.name[-1]), p.text)
        for p in document.paragraphs
        if p.style is not None and p.style.name and p.style.name.startswith("Heading")
    ]


def answers(document: Opened) -> dict[str, str]:
    """Question → answer, from every table of questions and answers."""
    return {
        row.cells[0].text: row.cells[1].text
        for table in document.tables
        if table.rows[0].cells[0].text == "Question"
        for row in table.rows[1:]
    }


def table_headed(document: Opened, *heads: str) -> Table:
    return next(t for t in document.tables if tuple(c.text for c in t.rows[0].cells) == heads)


def events(store: Store, action: str) -> list[tuple[str, str, str, str]]:
    with store.reading() as connection:
        return [
            (row["account_id"], row["child_id"], row["record_id"], row["detail"])
            for row in connection.rows("SELECT * FROM audit WHERE action = $1 ORDER BY seq", [action])
        ]


@pytest.fixture
def coordinator(duckdb_store: Store) -> Actor:
    return an_account(duckdb_store, "coordinator", name="Co Ordinator", agency="social_care")


@pytest.fixture
def child_id(duckdb_store: Store) -> str:
    return a_child(duckdb_store, "Child <i>Made-Up</i>", born=years_ago(14))


def a_referral_form(store: Store, child_id: str) -> str:
    return a_submission(
        store,
        "referral",
        child_id,
        route="front_door",
        why_suspected=HOSTILE,
        further_evidence=["multiple_phones", "drug_debts"],
        child_asked=False,
        safe_now="not_known",
        not_asked=["strategy_meeting_on"],
        rows={
            "evidence": [
                {
                    "happened_on": DAY,
                    "theme": "school",
                    "what_is_known": "=HYPERLINK(A1)",
                    "basis": "evidence",
                },
                {"happened_on": DAY, "theme": "home", "what_is_known": "Second", "source": "Police"},
            ]
        },
    )


@pytest.mark.parametrize("form_key", ["child", "screening", "referral", "assessment", "tracker"])
def test_every_question_of_a_form_is_there_with_what_was_stored(
    duckdb_store: Store, coordinator: Actor, child_id: str, form_key: str
) -> None:
    record_id = child_id if form_key == "child" else a_submission(duckdb_store, form_key, child_id)
    stored = read_submission(coordinator, form_key, record_id)
    found = answers(printed(coordinator, form_key, record_id))
    asked = [item for item in form(form_key).items() if not (isinstance(item, Question) and item.beside)]
    assert set(found) == {item.label for item in asked}
    for item in asked:
        if isinstance(item, RepeatedRows):
            assert found[item.label] == "Not answered"
        else:
            assert found[item.label] == item.as_text(stored.answers[item.key])


def test_what_was_not_asked_and_what_was_not_answered_are_told_apart(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_referral_form(duckdb_store, child_id)
    assert read_submission(coordinator, "referral", record_id).answers["strategy_meeting_on"] is NOT_ASKED
    found = answers(printed(coordinator, "referral", record_id))
    assert found["Date of the strategy meeting"] == "Not asked"
    assert found["Lead practitioner's name"] == "Not answered"
    assert found["Has the child been asked for their views?"] == "No"


def test_what_was_typed_arrives_as_plain_text(duckdb_store: Store, coordinator: Actor, child_id: str) -> None:
    file = submission_as_word(coordinator, "referral", a_referral_form(duckdb_store, child_id))
    document = opened(file)
    found = answers(document)
    assert found["Why do you suspect the child is being exploited?"] == HOSTILE
    assert found["What is known"] in ("=HYPERLINK(A1)", "Second")
    assert "Child: Child <i>Made-Up</i>" in lines(document)
    parts = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert "<w:hyperlink" not in parts
    assert set(re.findall(r'w:instr="(\w+)"', parts)) == set()


def test_soft_line_breaks_are_line_breaks_and_other_control_characters_are_left_out(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_submission(
        duckdb_store, "screening", child_id, changes_observed="one\x01\x0b\x1f two\x7f\x85\ufffe three"
    )
    assert answers(printed(coordinator, "screening", record_id))["Changes observed in behaviour"] == (
        "one\n two\n three"
    )


def test_a_note_stands_beneath_its_sign_when_there_is_one(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_submission(
        duckdb_store,
        "screening",
        child_id,
        strong_01="yes",
        strong_01_note="Seen twice",
        strong_01_basis="evidence",
    )
    question = form("screening").by_key["strong_01"]
    found = answers(printed(coordinator, "screening", record_id))[question.label]
    assert found.split("\n") == [
        "Yes",
        "What is known about strong sign 1: Seen twice",
        "What this rests on, for strong sign 1: Evidence",
    ]


def test_rows_of_few_questions_are_one_table(duckdb_store: Store, coordinator: Actor, child_id: str) -> None:
    record_id = a_submission(
        duckdb_store,
        "assessment",
        child_id,
        rows={
            "chronology": [
                {"happened_on": DAY, "information": "First"},
                {"happened_on": None, "information": "Then"},
            ]
        },
    )
    chronology = form("assessment").by_key["chronology"]
    assert isinstance(chronology, RepeatedRows)
    document = printed(coordinator, "assessment", record_id)
    table = table_headed(document, *(q.label for q in chronology.questions))
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["4 May 2026", "First"],
        ["Not answered", "Then"],
    ]
    assert (3, chronology.label) in headings(document)


def test_rows_of_many_questions_stand_one_below_the_other(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    document = printed(coordinator, "referral", a_referral_form(duckdb_store, child_id))
    assert (4, "Piece of evidence 1 of 2") in headings(document)
    assert (4, "Piece of evidence 2 of 2") in headings(document)
    pieces = [
        {row.cells[0].text: row.cells[1].text for row in table.rows[1:]}
        for table in document.tables
        if "What is known" in [row.cells[0].text for row in table.rows]
    ]
    assert [piece["What is known"] for piece in pieces] == ["=HYPERLINK(A1)", "Second"]
    assert pieces[1]["Source"] == "Police"
    assert pieces[1]["What this rests on"] == "Not answered"


def test_a_question_within_a_row_that_was_not_asked_says_so(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_submission(
        duckdb_store,
        "referral",
        child_id,
        rows={"evidence": [{"happened_on": clock.today(), "theme": "home"}]},
    )
    assert answers(printed(coordinator, "referral", record_id))["Why is it still relevant?"] == "Not asked"


def test_it_says_which_child_which_revision_and_whose_words(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_referral_form(duckdb_store, child_id)
    said = lines(printed(coordinator, "referral", record_id))
    today = in_words(clock.today())
    assert f"Date of birth: {in_words(years_ago(14))} (aged 14 on {today})" in said
    assert "Area: Liverpool" in said
    assert f"Submitted: {today}" in said
    assert "Revision: 1 of 1, the latest" in said
    assert any(re.fullmatch(rf"Recorded: {today} at \d\d:\d\d by The operator", line) for line in said)


def test_an_earlier_revision_reads_as_it_was(duckdb_store: Store, coordinator: Actor, child_id: str) -> None:
    record_id = a_submission(duckdb_store, "screening", child_id, changes_observed="Before")
    with the_operator(duckdb_store).writing() as work:
        work.save(
            form_table(form("screening")),
            {"record_id": record_id, "changes_observed": "After"},
            Event("made for a test"),
            why="The date was wrong",
        )
    earlier, latest = (printed(coordinator, "screening", record_id, revision) for revision in (1, None))
    assert answers(earlier)["Changes observed in behaviour"] == "Before"
    assert "Revision: 1 of 2, not the latest" in lines(earlier)
    assert answers(latest)["Changes observed in behaviour"] == "After"
    assert "Revision: 2 of 2, the latest" in lines(latest)
    assert "Why it was corrected: The date was wrong" in lines(latest)


def test_every_page_is_marked_stamped_and_numbered(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    page = printed(coordinator, "child", child_id).sections[0]
    assert page.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert re.match(
        rf"Printed by Co Ordinator, coordinator, .+, {in_words(clock.today())} at \d\d:\d\d\. Page",
        page.footer.paragraphs[0].text,
    )
    fields = [f.get(qn("w:instr")) for f in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_it_can_be_read_aloud(duckdb_store: Store, coordinator: Actor, child_id: str) -> None:
    """Real headings without a gap, header rows marked and repeated, the language and the title named."""
    document = printed(coordinator, "referral", a_referral_form(duckdb_store, child_id))
    levels = [level for level, _ in headings(document)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert document.core_properties.title == "Referral to the meeting"
    assert document.core_properties.language == "en-GB"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_a_print_is_audited_each_time_without_a_word_about_the_child(
    duckdb_store: Store, coordinator: Actor, child_id: str
) -> None:
    record_id = a_referral_form(duckdb_store, child_id)
    for _ in range(2):
        submission_as_word(coordinator, "referral", record_id)
    assert (
        events(duckdb_store, "form printed")
        == [(coordinator.account_id, child_id, record_id, "referral")] * 2
    )


def test_intelligence_is_held_back_from_those_who_may_not_read_it(duckdb_store: Store, child_id: str) -> None:
    practitioner = an_account(duckdb_store, "practitioner")
    a_link(duckdb_store, child_id, practitioner)
    document = printed(practitioner, "referral", a_referral_form(duckdb_store, child_id))
    assert answers(document)["Evidence or intelligence from the last six months"] == HELD_BACK
    assert not any("HYPERLINK" in cell.text for table in document.tables for cell in table._cells)


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("practitioner", "liverpool"),
        ("coordinator", "wirral"),
        ("manager", "sheffield"),
        ("partnership_lead", "liverpool"),
        ("meeting_member", "liverpool"),
        ("administrator", "liverpool"),
    ],
)
def test_nobody_prints_a_child_they_may_not_see(
    duckdb_store: Store, child_id: str, role: str, area: str
) -> None:
    record_id = a_referral_form(duckdb_store, child_id)
    nobody = an_account(duckdb_store, role, area)
    with pytest.raises(Refused):
        submission_as_word(nobody, "referral", record_id)
    assert events(duckdb_store, "form printed") == []
    assert [who for who, *_ in events(duckdb_store, "refused: child viewed")] == [nobody.account_id]


@pytest.mark.parametrize("form", ["referral", "no-such-form"])
def test_a_form_that_is_not_there_is_refused_as_one_that_is_not_theirs(coordinator: Actor, form: str) -> None:
    with pytest.raises(Refused, match="You cannot open this record"):
        submission_as_word(coordinator, form, "no-such-record")
