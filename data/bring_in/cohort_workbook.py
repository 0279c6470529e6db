"""The workbook in which a partnership brings its cohort: sheets and columns as data, and reading one (spec: import.md).

What a single cell may hold is here; what must hold between rows is in `data.bring_in.cohort_checks`.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from data.database.audit import Event
from data.refusal import Problems
from forms import codes, days
from forms.kinds import LongText, NHSNumber, Postcode, Text
from forms.kinds.one_of import Options
from forms.pathway_dates import NOT_IN_THE_FUTURE
from forms.places import AREAS, area_name
from forms.question import Wrong

EXAMPLE = "EXAMPLE"
"""How the first cell of the template's examples begins."""

Read = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    name: str
    read: Read
    """From the cell's text (never empty) to what is kept. Raises `Wrong` with a sentence that says what to do."""
    example: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()
    """The values to choose from, as the template lists them; empty when the cell is free."""
    several: bool = False
    """More than one value, with `;` between."""


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    own_reference: str | None
    """The column that names the row; None where the row is known by what it belongs to and its date."""
    parents: tuple[tuple[str, str], ...] = ()
    """(column, sheet it refers to)."""

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)

    @property
    def references(self) -> frozenset[str]:
        """The columns that lead to records, and say nothing of their own."""
        return frozenset([self.own_reference or "", *(column for column, _ in self.parents)]) - {""}


@dataclass(frozen=True)
class Problem:
    """One thing to put right. The sentence never repeats what the cell holds."""

    sheet: str
    row: int | None
    column: str | None
    sentence: str

    def __str__(self) -> str:
        return f"{place_in_words(self.sheet, self.row, self.column)}: {self.sentence}"


def place_in_words(sheet: str, row: int | None, column: str | None) -> str:
    return ", ".join(part for part in (sheet, f"row {row}" if row else "", column or "") if part)


@dataclass(frozen=True)
class Question:
    """What a person must decide before the workbook is brought in. The sentence may say what cell and record hold."""

    sheet: str
    row: int | None
    column: str | None
    sentence: str
    options: tuple[tuple[str, str], ...]
    """(key, words). The first changes nothing that is stored."""
    about: str = ""
    """The child whose record the sentence speaks of, for the audit."""
    said: str = ""
    """A digest of what the row says: an answer given of one row is none of another that has come to stand there."""

    @property
    def key(self) -> str:
        """The same for the same question, and another one once the file or the record says something else."""
        asked = repr((self.sentence, self.options, self.about, self.said))
        digest = hashlib.sha256(asked.encode()).hexdigest()[:10]
        return f"{place_in_words(self.sheet, self.row, self.column)} [{digest}]"

    def __str__(self) -> str:
        return f"{place_in_words(self.sheet, self.row, self.column)}: {self.sentence}"


class CohortRefused(Problems):
    """The workbook is not brought in; nothing was stored. `problems` lists all there is to put right, `questions` all that
    is not decided yet."""

    def __init__(
        self,
        problems: list[Problem],
        questions: tuple[Question, ...] = (),
        notes: Iterable[Event] = (),
        *,
        changed_since: bool = False,
    ) -> None:
        super().__init__(
            f"Nothing was brought in: there are {len(problems)} things to put right and {len(questions)} to decide"
        )
        self.problems, self.questions, self.notes = problems, questions, tuple(notes)
        self.changed_since = changed_since
        """The records are not as they were when the plan was looked at."""


@dataclass
class CheckedRow:
    """A row whose cells are read. A blank cell is None, and so is one that could not be read; a column that the sheet does
    not have is not there."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    asked_by: tuple[str, ...] = ()
    """Keys of the questions that ask whether this row is brought in."""


@dataclass
class Workbook:
    """What was found in a file, before anything is compared with the store."""

    rows: dict[str, list[CheckedRow]] = field(default_factory=dict)
    of_sheets: list[Problem] = field(default_factory=list)
    """Problems of sheets and headings; those of cells are with their rows."""
    questions: list[Question] = field(default_factory=list)
    """Of what cannot be seen in the file, or is about to be left out."""
    hidden_columns: dict[tuple[str, str], str] = field(default_factory=dict)
    """(sheet, column) → the key of the question that asks whether it is read."""
    notes: list[str] = field(default_factory=list)
    """What was left out, with how many."""

    @property
    def problems(self) -> list[Problem]:
        return [*self.of_sheets, *(p for rows in self.rows.values() for row in rows for p in row.problems)]


def a_date(text: str) -> datetime.date:
    iso = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", text, re.ASCII)
    try:
        date = datetime.date.fromisoformat(iso[1]) if iso else None
    except ValueError:
        raise Wrong("Enter a real date: check the day and the month") from None
    if date is None:
        raise Wrong("Enter the date as YYYY-MM-DD, such as 2026-11-13")
    if not 1900 <= date.year < 2200:
        raise Wrong("Check the year of the date")
    return date


def _not_in_the_future(day: str) -> Read:
    """Reads a date that is one of the days of the pathway: see `forms.pathway_dates`."""

    def read(text: str) -> datetime.date:
        date = a_date(text)
        if date > days.today():
            raise Wrong(NOT_IN_THE_FUTURE[day])
        return date

    return read


def _plain(words: str) -> str:
    """A word as it is compared: people and spreadsheets change case, dashes, quotes and spaces."""
    words = words.replace("’", "'").replace("‐", "-").replace("–", "-")
    return " ".join(words.replace("_", " ").split()).casefold()


def one_of(options: Options, also: dict[str, str] | None = None, by_label: bool = False) -> Read:
    """The option's key, from its key or its label. `also`: other words people use → key."""
    spelt = {_plain(word): key for key, label in options for word in (label, key)} | (also or {})
    keys = [label if by_label else key for key, label in options]
    all_of_them = f"{', '.join(keys[:-1])} or {keys[-1]}"
    choice = all_of_them if len(keys) <= 7 else "one of the allowed values of the template"

    def read(text: str) -> str:
        key = spelt.get(_plain(text))
        if key is None:
            raise Wrong(f"Enter {choice}")
        return key

    return read


_YES_OR_NO = one_of((("yes", "yes"), ("no", "no")), {"true": "yes", "false": "no"})


def _yes_or_no(text: str) -> bool:
    return bool(_YES_OR_NO(text) == "yes")


def _a_scale(text: str) -> int:
    if not re.fullmatch(r"[1-9]|10", text, re.ASCII):
        raise Wrong("Enter a whole number from 1 to 10")
    return int(text)


def context_label(key: str) -> str:
    """As the import and the return spell it: "criminal:Financial"."""
    return f"{key.split(':')[0]}:{re.sub(r' [(](criminal|sexual)[)]$', '', dict(codes.CONTEXTS)[key])}"


_CONTEXTS = {_plain(context_label(key)): key for key, _ in codes.CONTEXTS} | {
    _plain(key): key for key, _ in codes.CONTEXTS
}
_AREAS_GONE_TO = {_plain(word): label for key, label in codes.AREAS_GONE_TO for word in (key, label)}


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _contexts(text: str) -> list[str]:
    found = [_CONTEXTS.get(_plain(re.sub(r"\s*:\s*", ":", part))) for part in _parts(text)]
    if None in found:
        raise Wrong("Enter contexts of the template, such as criminal:Financial, with ; between them")
    return list(dict.fromkeys(key for key in found if key))


def _areas_gone_to(text: str) -> list[str]:
    """The assessment's areas in its own words, and others as they were typed."""
    words = [Text("area", "areas gone to").read(part) for part in _parts(text)]
    return [_AREAS_GONE_TO.get(_plain(word), word) for word in words if word]


_OUR_AGENCY = one_of(codes.AGENCIES)


def _an_agency(text: str) -> str:
    """The agency's key where it is one of ours; else the words, because partnerships name their own teams."""
    try:
        return str(_OUR_AGENCY(text))
    except Wrong:
        return str(Text("agency", "agency").read(text))


GENDER_WORDS = {
    "f": "female", "girl": "female", "m": "male", "boy": "male", "other": "another", "non-binary": "another",
    "u": "not_known", "unknown": "not_known",
}  # fmt: skip

OUTCOMES: Options = tuple(
    (word, word.capitalize()) for word in ("accepted", "returned", "declined", "pending")
)
GROUNDS: Options = (("positive", "Positive"), ("negative", "Negative"))
ACTION_STATES: Options = (
    ("ongoing", "Ongoing"),
    ("completed", "Completed"),
    ("not_achieved", "Not achieved"),
)
JUDGEMENTS: Options = tuple((key, key) for key, _ in codes.JUDGEMENTS)


def _words(name: str, example: str = "", required: bool = False) -> Column:
    return Column(name, Text(name, name.replace("_", " ")).read, example, required)


def _paragraph(name: str, example: str = "", required: bool = False) -> Column:
    return Column(name, LongText(name, name.replace("_", " ")).read, example, required)


def _date(name: str, example: str = "", required: bool = False, day: str = "") -> Column:
    """`day`: which of the days of the pathway it is, when not by its own name. A date that is none of them is a plan."""
    day = day or name
    return Column(name, _not_in_the_future(day) if day in NOT_IN_THE_FUTURE else a_date, example, required)


def _code(
    name: str, options: Options, example: str = "", required: bool = False, also: dict[str, str] | None = None
) -> Column:
    return Column(name, one_of(options, also), example, required, allowed=tuple(key for key, _ in options))


def _area(example: str = "Liverpool") -> Column:
    return Column(
        "area", one_of(AREAS, by_label=True), example, True, allowed=tuple(name for _, name in AREAS)
    )


SHEETS = (
    Sheet("children", (
        _words("child_ref", "EXAMPLE-C1", True),
        _words("name", "Child Example", True),
        _date("date_of_birth", "2011-05-17", True),
        Column("date_of_birth_is_estimate", _yes_or_no, "no", allowed=("yes", "no")),
        Column("nhs_number", NHSNumber("nhs_number", "NHS number").read),
        _words("lcs_number", "100200"),
        _code("sex", codes.SEX, "F", also={"girl": "F", "boy": "M", "unknown": "U"}),
        _code("gender", codes.GENDER, "female", also=GENDER_WORDS),
        _code("ethnicity", codes.ETHNICITY, "WBRI"),
        _words("nationality", "British"),
        _code("sen", codes.SEN, "K"),
        _area(),
        Column("postcode", Postcode("postcode", "Postcode").read, "ZZ99 3VZ"),
        _words("school", "Example Academy"),
        _code("service_status", codes.SERVICE_STATUS, "child_in_need"),
    ), own_reference="child_ref"),
    Sheet("referrals", (
        _words("referral_ref", "EXAMPLE-R1", True),
        _words("child_ref", "EXAMPLE-C1", True),
        _area(),
        _date("received_on", "2026-03-02", True),
        _code("route", codes.REFERRAL_ROUTES, "front_door"),
        _code("kind", codes.KIND_OF_EXPLOITATION, "criminal", True),
        _code("outcome", OUTCOMES, "accepted", True),
        _date("decided_on", "2026-03-05"),
    ), own_reference="referral_ref", parents=(("child_ref", "children"),)),
    Sheet("episodes", (
        _words("episode_ref", "EXAMPLE-E1", True),
        _words("child_ref", "EXAMPLE-C1", True),
        _words("referral_ref", "EXAMPLE-R1", True),
        _area(),
        _date("opened_on", "2026-03-05", True),
        _date("closed_on", "2026-06-30"),
        _code("closure_reason", codes.CLOSURE_REASONS, "risk_reduced"),
        _paragraph("closure_note", "Back in school; no missing episodes for three months"),
    ), own_reference="episode_ref", parents=(("child_ref", "children"), ("referral_ref", "referrals"))),
    Sheet("discussions", (
        _words("episode_ref", "EXAMPLE-E1", True),
        _date("meeting_date", "2026-03-31", True),
        _date("assessment_date", "2026-03-24"),
        _code("kind", codes.KIND_OF_EXPLOITATION, "criminal", True),
        _code("judgement", JUDGEMENTS, "B"),
        Column("scale", _a_scale, "3", allowed=tuple(str(n) for n in range(1, 11))),
        _date("review_by", "2026-06-23"),
        Column("contexts", _contexts, "criminal:Financial; criminal:Warning signs", several=True,
               allowed=tuple(context_label(key) for key, _ in codes.CONTEXTS)),
        Column("areas_gone_to", _areas_gone_to, "Merseyside; Wales", several=True,
               allowed=tuple(label for _, label in codes.AREAS_GONE_TO)),
    ), own_reference=None, parents=(("episode_ref", "episodes"),)),
    Sheet("nrm", (
        _words("child_ref", "EXAMPLE-C1", True),
        _date("submitted_on", "2026-04-02", True),
        Column("multi_agency", _yes_or_no, "yes", allowed=("yes", "no")),
        _code("reasonable_grounds", GROUNDS, "positive"),
        _date("reasonable_grounds_on", "2026-04-09"),
        _code("conclusive_grounds", GROUNDS),
        _date("conclusive_grounds_on"),
    ), own_reference=None, parents=(("child_ref", "children"),)),
    Sheet("actions", (
        _words("episode_ref", "EXAMPLE-E1", True),
        _date("meeting_date", "2026-03-31", True),
        _paragraph("action", "Agree a safe way to and from school with the child", True),
        Column("agency", _an_agency, "education", True, allowed=tuple(key for key, _ in codes.AGENCIES)),
        _words("owner", "Designated safeguarding lead"),
        _date("due_on", "2026-04-21"),
        _code("state", ACTION_STATES, "completed", True),
        _date("closed_on", "2026-04-20", day="action_closed_on"),
        _paragraph("impact", "The child says the journey feels safer"),
    ), own_reference=None, parents=(("episode_ref", "episodes"),)),
)  # fmt: skip

BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def as_cell(column: str, value: Any) -> str:
    """A value as the workbook says it; empty when it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(context_label(part) if column == "contexts" else part for part in value)
    return area_name(value) if column == "area" else str(value)
