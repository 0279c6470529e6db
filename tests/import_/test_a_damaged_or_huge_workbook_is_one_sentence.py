"""Whatever is wrong with the file itself, it is one plain sentence, and it costs the tool nothing: a child process reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from data.bring_in import workbook_process
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import CohortRefused
from data.bring_in.workbook_process import REFUSALS, WorkbookRefused, cells_of, read_workbook
from tests.import_.cohorts import as_workbook, one_child
from tests.import_.damaged import damaged, with_row, with_unpacked_size

ROWS_HIGH, LARGE, UNREADABLE, WIDE = (REFUSALS[why] for why in ("rows", "large", "unreadable", "columns"))


def sentence_for(content: bytes) -> str:
    with pytest.raises(CohortRefused) as refused:
        read_cohort(io.BytesIO(content))
    (problem,) = refused.value.problems
    return problem.sentence


def test_a_row_of_a_number_that_no_sheet_has(tmp_path: Path) -> None:
    content = with_row(1_999_999_999)
    assert len(content) < 2048
    assert sentence_for(content) == ROWS_HIGH


def test_empty_rows_without_end() -> None:
    rows = b"".join(b"<row r='%d'/>" % number for number in range(1, workbook_process.MOST_ROWS + 2))
    assert sentence_for(with_row(1, rows)) == ROWS_HIGH


def test_a_cell_far_to_the_right() -> None:
    assert (
        sentence_for(with_row(1, b"<row r='1'><c r='XFD1' t='inlineStr'><is><t>x</t></is></c></row>")) == WIDE
    )


def test_a_file_that_unpacks_to_200_megabytes() -> None:
    content = with_unpacked_size(200 * 1024**2)
    assert len(content) < 600_000
    assert sentence_for(content) == LARGE


def test_a_file_that_lies_about_what_it_unpacks_to(tmp_path: Path) -> None:
    content = bytearray(with_unpacked_size(200 * 1024**2))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert sentence_for(bytes(content).replace(real, (1000).to_bytes(4, "little"))) == UNREADABLE


def test_a_file_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    content = as_workbook(one_child(), tmp_path / "cohort.xlsx").read_bytes()
    with mock.patch.object(workbook_process, "SECONDS", 0):
        assert sentence_for(content) == LARGE


def test_one_damaged_byte_is_one_sentence_or_none(tmp_path: Path) -> None:
    """The process does with the file what is tried here without one, many times quicker. With one: `tests.soak.damaged_workbooks`."""
    content = as_workbook(one_child(), tmp_path / "cohort.xlsx").read_bytes()
    whole, refused = list(cells_of(content)), 0
    for at in range(7, len(content), len(content) // 100):
        try:
            assert list(cells_of(damaged(content, at))) == whole
        except AssertionError:
            raise
        except Exception:
            refused += 1
    assert refused > 50


def test_any_fault_in_the_process_is_said_to_be_one_of_the_file(tmp_path: Path) -> None:
    content = as_workbook(one_child(), tmp_path / "cohort.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    for at in (part.header_offset + 120, part.header_offset + part.compress_size):
        assert sentence_for(damaged(content, at)) == UNREADABLE


def test_the_process_is_given_no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MACE_KEY", "a secret of the tool")
    with (
        mock.patch.object(
            workbook_process.subprocess, "run", side_effect=workbook_process.subprocess.TimeoutExpired("", 1)
        ) as run,
        pytest.raises(WorkbookRefused),
    ):
        read_workbook(as_workbook(one_child(), tmp_path / "cohort.xlsx").read_bytes())
    assert set(run.call_args.kwargs["env"]) == {"PATH", "LANG", "OPENPYXL_LXML"}


@pytest.mark.parametrize(("text", "said"), [("," * 300 + "x\n", WIDE), ("x\n" * 200_001, ROWS_HIGH)])
def test_a_csv_file_has_limits_too(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "children.csv").write_text(text)
    with pytest.raises(CohortRefused) as refused:
        read_cohort(tmp_path)
    assert [problem.sentence for problem in refused.value.problems] == [said]
