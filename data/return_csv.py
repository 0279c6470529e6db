"""The return's figures as a CSV file in long form: area, quarter, measure, breakdown, value."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data.actor import Actor
from data.audit import Event
from data.quarters import Quarter
from data.returns import Return, draft_return


def make_csv(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None) -> bytes:
    """The figures of `draft_return`, in UTF-8. The export is audited."""
    drafted = draft_return(actor, quarter, areas)
    with actor.writing() as work:
        work.note(Event("return exported", None, f"return {quarter}", "csv"))
    return in_long_form(drafted).encode()


def in_long_form(drafted: Return) -> str:
    """Fixed words and numbers only: nothing that somebody typed, so nothing that a spreadsheet could run."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(("area", "quarter", "measure", "breakdown", "value"))
    lines.writerows((f.area, str(drafted.quarter), f.measure, f.breakdown, f.value) for f in drafted.figures)
    return file.getvalue()
