"""The command says what the page shows, asks what a person must decide, and takes the answers from a file."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from data.__main__ import main
from data.bring_in.cohort_answers import COLUMNS
from data.database import store as stores
from tests.import_.cohorts import as_folder, one_child


@pytest.fixture
def database(duckdb_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MACE_DATABASE", duckdb_address)
    assert main(["import", str(as_folder(one_child(), tmp_path / "first"))]) == 0
    corrected = one_child()
    corrected["children"][0]["school"] = "Other Academy"
    corrected["nrm"][0]["submitted_on"] = "2026-02-11"
    return as_folder(corrected, tmp_path / "corrected")


def submitted() -> list[str]:
    opened = stores.open_store()
    with opened.reading() as connection:
        found = [str(day) for day in connection.values("SELECT submitted_on FROM nrm")]
    opened.close()
    return found


def test_an_update_without_answers_is_refused_with_the_questions(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(database), "--update"]) == 2
    said = capsys.readouterr()
    assert "nrm, row 2, submitted_on: This NRM referral may be here already." in said.err
    assert "Nothing was brought in: one thing to decide." in said.err
    assert "Changes: children, row 2, school: Made-Up Academy → Other Academy" in said.out
    assert submitted() == ["2026-02-10"]


def test_looking_stores_nothing(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "first"), "--look"]) == 0
    assert main(["import", str(database), "--look"]) == 2
    assert "children              0          1" in capsys.readouterr().out
    assert submitted() == ["2026-02-10"]


def test_questions_are_written_into_a_file_and_answered_there(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.csv"
    assert main(["import", str(database), "--update", "--answers", str(answers)]) == 2
    assert "Put the number of each answer into the first column" in capsys.readouterr().err
    assert stat.S_IMODE(answers.stat().st_mode) == 0o600
    with answers.open(encoding="utf-8-sig", newline="") as file:
        (question,) = csv.DictReader(file)
    assert question["answers to choose from"].startswith("1: It is the NRM referral of 10 February 2026; 2: ")
    _answer(answers, question, "3")
    assert main(["import", str(database), "--update", "--answers", str(answers)]) == 2
    assert "Answer with a number from 1 to 2" in capsys.readouterr().err
    _answer(answers, question, "1")
    assert main(["import", str(database), "--update", "--answers", str(answers)]) == 0
    assert submitted() == ["2026-02-11"]


def test_without_leave_to_update_a_changed_row_is_refused(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.csv"
    main(["import", str(database), "--update", "--answers", str(answers)])
    with answers.open(encoding="utf-8-sig", newline="") as file:
        (question,) = csv.DictReader(file)
    _answer(answers, question, "1")
    assert main(["import", str(database), "--answers", str(answers)]) == 2
    assert "import with --update" in capsys.readouterr().err
    assert submitted() == ["2026-02-10"]


def _answer(path: Path, question: dict[str, str], number: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerow({**question, "answer": number})
