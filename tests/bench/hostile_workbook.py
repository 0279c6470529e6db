"""What other people notice of hostile workbooks: an answer saved while one after another is uploaded, against one saved while
nothing is. The slowest upload that the limits let through is among them: a full sheet of empty rows.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import threading
import time
from pathlib import Path

from data.actor import Actor
from data.answers.drafts import save_answer, start_draft
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_workbook import CohortRefused
from data.bring_in.workbook_process import MOST_ROWS
from data.database.store import open_store
from forms.screening import SCREENING
from tests.factories import a_child, an_account
from tests.import_.damaged import with_row, with_unpacked_size

SAVES = 200


def ratios() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "mace.duckdb"))
        try:
            actor = an_account(store)
            draft = start_draft(actor, SCREENING, a_child(store, linked_to=actor))
            quiet = _a_save(actor, draft)
            with_uploads = _beside_uploads(actor, draft)
        finally:
            store.close()
    return {"an answer saved beside hostile workbooks / alone": with_uploads / quiet}


def _a_save(actor: Actor, draft: str) -> float:
    """The median of many, in seconds."""
    question = next(SCREENING.questions())
    took = []
    for number in range(SAVES):
        began = time.perf_counter()
        save_answer(actor, draft, question.key, ("yes", "no")[number % 2])
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _beside_uploads(actor: Actor, draft: str) -> float:
    rows = b"".join(b"<row r='%d'/>" % number for number in range(1, MOST_ROWS + 2))
    files = (with_row(1_999_999_999), with_unpacked_size(200 * 1024**2), with_row(1, rows))
    is_over = threading.Event()

    def upload() -> None:
        while not is_over.is_set():
            for content in files:
                try:
                    read_cohort(io.BytesIO(content))
                except CohortRefused:
                    continue

    uploading = threading.Thread(target=upload)
    uploading.start()
    try:
        return _a_save(actor, draft)
    finally:
        is_over.set()
        uploading.join()
