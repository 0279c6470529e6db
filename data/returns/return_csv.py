"""The return's figures as a CSV file in long form: area, quarter, measure, breakdown, value."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data.actor import Actor
from data.quarters import Quarter
from data.returns.return_files import DRAFT, to_send_out
from data.returns.return_shape import Return


def make_csv(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, which: str = DRAFT) -> bytes:
    """The figures of `return_files.asked_for`, in UTF-8. The export is audited."""
    return in_long_form(to_send_out(actor, quarter, areas, which, "csv")).encode()


def in_long_form(made: Return) -> str:
    """Fixed words and numbers only: nothing that somebody typed, so nothing that a spreadsheet could run."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(("area", "quarter", "measure", "breakdown", "value"))
    lines.writerows(
        (area, str(made.quarter), measure, breakdown, value)
        for (area, measure, breakdown), value in made.values().items()
    )
    return file.getvalue()
