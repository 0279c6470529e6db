"""The file of answers for the command: what a person must decide about a workbook, a row to each question.

The command writes the questions into it; a person puts the number of the answer into its first column.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from data.bring_in.cohort_workbook import Question
from data.refusal import Problems

COLUMNS = ("answer", "answers to choose from", "question", "key")


def read_answers(path: Path) -> dict[str, str]:
    """Question's key → number of the answer, of those that are filled in; nothing when there is no such file yet."""
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Problems(
            "Save the file of answers as CSV with commas, in UTF-8: it could not be read."
        ) from None
    if rows and not {"answer", "key"} <= set(rows[0]):
        raise Problems("Keep the columns “answer” and “key” of the file of answers.")
    return {row["key"]: row["answer"].strip() for row in rows if row["key"] and (row["answer"] or "").strip()}


def chosen(numbers: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """Question's key → the option with that number. Raises `Problems` for a number that is none of the answers."""
    found = {}
    for question in questions:
        number = numbers.get(question.key)
        if number is None:
            continue
        options = {str(at): key for at, (key, _) in enumerate(question.options, start=1)}
        if number not in options:
            raise Problems(
                f"{question} Answer with a number from 1 to {len(options)}, in the file of answers."
            )
        found[question.key] = options[number]
    return found


def write_questions(path: Path, questions: Iterable[Question], numbers: Mapping[str, str]) -> None:
    """Write the questions beside what was answered so far. Others than the file's owner cannot read it: it may say what records
    hold."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for key, number in numbers.items():
            writer.writerow([number, "", "Answered", key])
        for question in questions:
            options = "; ".join(f"{at}: {words}" for at, (_, words) in enumerate(question.options, start=1))
            writer.writerow(["", options, str(question), question.key])
    part.rename(path)
