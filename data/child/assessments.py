"""The Child Exploitation Assessment's own rule: several agencies write it, one of them the police (pathway.md 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.actor import Reading, Writing
from data.answers.draft_reading import ROW, Draft
from data.database.engine import Row
from data.refusal import Problems


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """An assessment was submitted. Raises `Problems` when too few agencies wrote it."""
    agencies = agencies_of(work, draft, answers)
    if len(agencies) < 2 or "police" not in agencies:
        raise Problems(
            "At least two agencies must write the assessment, one of them the police. "
            "Ask another agency to contribute from the child's page."
        )


def agencies_of(work: Reading, draft: Draft, answers: Mapping[str, Any]) -> set[str]:
    """The agencies whose words stand in `answers`: an emptied answer or one that is not asked counts for nobody."""
    people = {
        answer.saved_by
        for (rows_key, row_id, key), answer in draft.saved.items()
        if answer.typed and key != ROW and (rows_key or key) in answers
        and (not rows_key or draft.has_row(rows_key, row_id))
    }  # fmt: skip
    return set(
        work.values(
            "SELECT DISTINCT agency FROM account WHERE account_id = ANY($1) AND agency IS NOT NULL",
            [list(people)],
        )
    )
