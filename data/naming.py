"""What in a text says who somebody is: names, numbers, dates of birth, addresses, telephone numbers (figures.md, 4).

One check for every text that a partnership's lead reads or that is published. It never repeats what it found.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator

from stdnum.gb import nhs

from data import clock
from data.access.rule import visible_children
from data.actor import TOLD_OF, Reading
from data.database.audit import Event
from data.known_names import AN_ADDRESS, Known, known_of
from data.names import plain
from data.refusal import Problems
from forms.kinds.date import MONTHS
from forms.kinds.postcode import SHAPE
from forms.places import AREAS, PARTNERSHIPS, Partnership


class MayName(Problems):
    """Words that could say who somebody is. They stand once the person who typed them says that they name nobody."""


A_BIRTH = "a date of birth"
PART_OF_A_NAME = "what could be somebody's name"
YOUNGEST, OLDEST = 4, 30
"""Years before today within which a date could be the birth of somebody the meeting talks about."""

_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*|\d+")
_SCHOOL = re.compile(r"\b(school|college|academy|sixth form|nursery|year \d{1,2})\b", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-‐–]?\d){9}(?!\d)")
_TELEPHONE = re.compile(r"(?<![\d\w])(?:\+ ?44|0044|0)(?:[ ().\-‐–]*\d){9,10}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_POSTCODE = re.compile(rf"(?<![A-Z0-9]){SHAPE.pattern}(?![A-Z0-9])")
_ORDINAL = re.compile(r"(st|nd|rd|th)$", re.IGNORECASE)
_DASH = r"[ /.,\-]+"
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
_DATES = (
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?{_DASH}(?P<m>{_MONTH}|\d{{1,2}})\.?{_DASH}(?P<y>\d{{4}}|\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH})\.?{_DASH}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_DASH}(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
)  # fmt: skip
_BORN = re.compile(r"\b(born|birth|birthday|d\.?o\.?b)\b[^.]{0,20}$", re.IGNORECASE)
_STREETS = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Crescent|Terrace|Grove|Gardens|Court|Way|Place|Walk|Mews|Square"
_HOUSE = re.compile(rf"\b\d{{1,4}}[A-Za-z]?,? +(?:[A-Z][\w'’-]* +){{1,3}}(?:{_STREETS})\b")
_STREET = re.compile(rf"\b[A-Z][\w'’-]* +(?:{_STREETS})\b")
_HOUSE_IN_ANY_CASE = re.compile(r"\b\d{1,4}[a-z]?,? +(?:[\w'’-]+ +){1,2}(?:street|road|avenue|lane|close|drive|crescent)\b", re.IGNORECASE)  # fmt: skip
_STREET_OF_ALL = re.compile(r"^(The|A|This|High|Main|Town|City|Every|Each|Our|One) ", re.IGNORECASE)

_OF_PLACES = {
    word for name in (*(label for _, label in AREAS), *(p.name for p in PARTNERSHIPS)) for word in plain(name).split()
}  # fmt: skip
_ORDINARY = _OF_PLACES | set(
    [
        "all",
        "and",
        "are",
        "but",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "nor",
        "not",
        "one",
        "our",
        "out",
        "she",
        "the",
        "they",
        "this",
        "that",
        "there",
        "these",
        "those",
        "three",
        "two",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "with",
        "you",
        "child",
        "children",
        "coordinator",
        "made",
        "more",
        "most",
        "new",
        "no",
        "none",
        "other",
        "some",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "april",
        "august",
        "january",
        "july",
        "june",
        "march",
        "summer",
        "autumn",
        "winter",
        "young",
        "long",
        "little",
        "brown",
        "black",
        "white",
        "green",
        "grey",
        "king",
        "price",
        "page",
        "hope",
        "mark",
        "grace",
        "faith",
        "joy",
        "day",
        "north",
        "south",
        "east",
        "west",
    ]
)
"""Words that begin sentences, and are also parts of names."""


def check_names_nobody(
    work: Reading, partnership: Partnership, *texts: str | None, is_confirmed: bool = False
) -> None:
    """Raises `Problems` for what is certain, `MayName` for what is likely unless somebody has confirmed that it is not."""
    text = unicodedata.normalize("NFC", "\n".join(filter(None, texts)))
    if not text.strip():
        return
    known = known_of(work, partnership)
    certain, whose = _certain(text, known)
    if certain:
        refused = Problems(f"Take out {_listed(certain)}: what is written here names nobody.")
        refused.notes = tuple(
            Event(TOLD_OF, child_id) for child_id in sorted(whose - _open_to_me(work, whose))
        )
        raise refused
    if not is_confirmed and (likely := _likely(text, known)):
        raise MayName(
            f"Read it again: there is {_listed(likely)}. What is written here names nobody and leads to nobody. Take it "
            "out, or say that it names nobody."
        )


def _listed(what: Iterable[str]) -> str:
    *most, last = dict.fromkeys(what)
    return f"{', '.join(most)} and {last}" if most else last


def _open_to_me(work: Reading, children: set[str]) -> set[str]:
    if not children:
        return set()
    open_to_me, parameters = visible_children(work, 2)
    return set(
        work.values(
            f"SELECT c.child_id FROM child c WHERE c.child_id = ANY($1) AND {open_to_me}",
            [sorted(children), *parameters],
        )
    )


def _certain(text: str, known: Known) -> tuple[list[str], set[str]]:
    found: list[str] = []
    whose: set[str] = set()
    words = [plain(match[0]) for match in _WORD.finditer(text)]
    for start in range(len(words)):
        window = ""
        for word in words[start:]:
            window += word
            if len(window) > known.longest + 1:
                break
            for written in (window, window.removesuffix("s")):  # “Sam Lee's” is Sam Lee
                if written in known.whole:
                    found.append(known.what[written])
                    whose |= known.whole[written]
    if any(nhs.is_valid(re.sub(r"\D", "", match[0])) for match in _TEN_DIGITS.finditer(text)):
        found.append("an NHS number")
    if any(_is_birth(text, at, day, known) for at, day in _dates(text)):
        found.append(A_BIRTH)
    if _HOUSE.search(text):
        found.append(AN_ADDRESS)
    if any(not _ORDINAL.search(match[0]) for match in _POSTCODE.finditer(text.upper())):
        found.append("a postcode")
    if _TELEPHONE.search(text):
        found.append("a telephone number")
    if _EMAIL.search(text):
        found.append("an email address")
    return found, whose


def _is_birth(text: str, at: int, day: datetime.date, known: Known) -> bool:
    return day in known.births or bool(_BORN.search(text[:at]))


def _dates(text: str) -> Iterator[tuple[int, datetime.date]]:
    """Each date that is written, as people here write dates, and where it begins."""
    today = clock.today()
    for pattern in _DATES:
        for match in pattern.finditer(text):
            month, year = match["m"], int(match["y"])
            number = (
                int(month)
                if month.isdigit()
                else [name[:3] for name in MONTHS].index(month[:3].capitalize()) + 1
            )
            if year < 100:
                year += 2000 if 2000 + year <= today.year else 1900
            try:
                yield match.start(), datetime.date(year, number, int(match["d"]))
            except ValueError:
                continue


def _likely(text: str, known: Known) -> list[str]:
    found: list[str] = []
    at_school = bool(_SCHOOL.search(text))
    matches = list(_WORD.finditer(text))
    parts = [plain(match[0]) for match in matches]
    together = sum(part in known.parts - _ORDINARY for part in set(parts)) > 1
    for match, part in zip(matches, parts, strict=True):
        if part not in known.parts and part.removesuffix("s") not in known.parts:
            continue
        begins = (
            not text[: match.start()].rstrip(" \"“‘'(").endswith(tuple(_LETTERS_AND_COMMA))
            or not match.start()
        )
        is_capital = match[0][0].isupper()
        if part in _OF_PLACES or (part in _ORDINARY and (begins or not is_capital)):
            continue
        if is_capital or at_school or together:
            found.append(PART_OF_A_NAME)
            break
    today = clock.today()
    if any(YOUNGEST <= (today - day).days / 365 <= OLDEST for _, day in _dates(text)):
        found.append("what could be a date of birth")
    if _HOUSE_IN_ANY_CASE.search(text) or any(not _STREET_OF_ALL.match(m[0]) for m in _STREET.finditer(text)):
        found.append("what could be an address")
    return found


_LETTERS_AND_COMMA = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,;:-"
"""How a text ends within a sentence."""
