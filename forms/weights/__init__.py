"""What each answer of the tracker scores: weight sets as data, read from CSV. Adding up belongs to `scoring`."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forms.bands import BANDS
from forms.kinds.one_of import Options
from forms.tracker import AGE_GROUPS, UNKNOWN, indicators


def scorable() -> dict[str, Options]:
    """The 32 indicators that can score, each with the answers that carry points ("unknown" carries none)."""
    answers = {q.key: tuple(o for o in q.options if o[0] != UNKNOWN) for q in indicators()}
    return {"age": AGE_GROUPS, **answers}


STATUSES: Options = (
    ("illustrative", "Illustrative"),
    ("provisional", "Provisional"),
    ("approved", "Approved"),
    ("retired", "Retired"),
)


class WeightSetRefused(ValueError):
    """A weight set that cannot be used. `problems` lists all that is wrong, each saying what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class WeightSet:
    name: str
    version: str
    status: str
    source: str
    points: Mapping[str, Mapping[str, int]]
    """By indicator's code, then by answer's key."""
    approved_by: str | None = None
    approved_on: datetime.date | None = None

    @property
    def in_words(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def highest_total(self) -> int:
        return sum(max(points.values()) for points in self.points.values())


def status_sentence(weights: WeightSet) -> str:
    """What must stand beside every score, band, chart and file made with this set; empty once it is approved."""
    return {
        "illustrative": f"Illustrative score ({weights.in_words}): its weights were made up so that the tool can be tried. "
        "Do not use it to decide anything about a child.",
        "provisional": f"Provisional score ({weights.in_words}): its weights have not been approved by the partnership.",
        "retired": f"Score under a retired weight set ({weights.in_words}): its weights are no longer in use.",
    }.get(weights.status, "")


def read_weight_set(
    csv_text: str,
    *,
    name: str,
    version: str,
    status: str,
    source: str,
    approved_by: str | None = None,
    approved_on: datetime.date | None = None,
) -> WeightSet:
    """A weight set from CSV with the columns code, answer, points; answers as the tracker spells them, in any case.

    Raises `WeightSetRefused` with every problem at once.
    """
    weights = WeightSet(name, version, status, source, {}, approved_by, approved_on)
    problems = _problems_of_label(weights)
    points: dict[str, dict[str, int]] = {code: {} for code in scorable()}
    try:
        lines = list(csv.reader(io.StringIO(csv_text.removeprefix("\ufeff")), strict=True))
    except csv.Error:
        raise WeightSetRefused(
            [*problems, "Save the file as CSV with commas: it could not be read"]
        ) from None
    heading = [cell.strip().lower() for cell in lines[0]] if lines else []
    if heading != ["code", "answer", "points"]:
        raise WeightSetRefused([*problems, "Give the first line the headings code, answer, points"])
    for number, line in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in line):
            problem = _read_line(line, points)
            problems += [f"Line {number}: {problem}"] if problem else []
    for code, options in scorable().items():
        missing = [label for key, label in options if key not in points[code]]
        problems += [f"Add the points of {code} for “{label}”" for label in missing]
    if not problems:
        weights = WeightSet(name, version, status, source, points, approved_by, approved_on)
        highest_band = BANDS[-1].bands[-1]
        if weights.highest_total < highest_band.from_score:
            problems.append(
                f"Raise the points: the highest total is {weights.highest_total}, and it must be at least "
                f"{highest_band.from_score} so that a child can reach {highest_band.name.lower()}"
            )
    if problems:
        raise WeightSetRefused(problems)
    return weights


def _problems_of_label(weights: WeightSet) -> list[str]:
    problems = [
        f"Enter the weight set's {what}"
        for what in ("name", "version", "source")
        if not getattr(weights, what).strip()
    ]
    if weights.status not in dict(STATUSES):
        problems.append("Select a status: illustrative, provisional, approved or retired")
    if weights.status == "approved" and not (weights.approved_by and weights.approved_on):
        problems.append("Enter who approved the weight set, and when")
    if weights.status in ("illustrative", "provisional") and (weights.approved_by or weights.approved_on):
        problems.append(f"Remove the approval, or the status: a set that is {weights.status} is not approved")
    return problems


def _read_line(line: list[str], points: dict[str, dict[str, int]]) -> str | None:
    """Puts one line's points in their place; the problem when it cannot."""
    if len(line) != 3:
        return f"it has {len(line)} cells: give it three"
    code, answer, number = (cell.strip() for cell in line)
    if code not in points:
        return f"“{code}” is not an indicator that can score: remove it or correct the code"
    key = {_spelling(label): key for key, label in scorable()[code]}.get(_spelling(answer))
    if _spelling(answer) == UNKNOWN:
        return f"“{answer}” scores 0 and has no line: remove it"
    if key is None:
        return f"“{answer}” is not an answer to {code}: correct its spelling"
    if key in points[code]:
        return f"{code} “{answer}” has its points already: remove one of the lines"
    points[code][key] = 0  # kept even when wrong, so that the answer is not reported missing as well
    if not re.fullmatch(r"\d{1,4}", number, re.ASCII):
        return f"points must be a whole number from 0 to 9999, and are “{number}”"
    points[code][key] = int(number)
    return None


def _spelling(answer: str) -> str:
    """Spreadsheets change case and dashes; neither tells two answers apart."""
    return answer.strip().casefold().replace("-", "–")


@cache
def illustrative_weights() -> WeightSet:
    """The set that ships so that the tool can be tried."""
    return read_weight_set(
        (Path(__file__).parent / "illustrative.csv").read_text(encoding="utf-8"),
        name="Illustrative weights",
        version="1",
        status="illustrative",
        source="Made up for this tool. The published guidance names the indicators and gives no weights.",
    )
