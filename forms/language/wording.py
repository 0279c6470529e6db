"""The few signs in which a wording of a phrase is written, and what they mean to a search.

    put|puts|putting … risk      a choice of words, then at most three others, then "risk"
    prostitut*                   the word with any ending
    [their|]                     words that may be there or not; a choice that holds more than one word stands in [ ]

Between words stand spaces, line breaks or hyphens, however many. Capitals do not matter, unless `capitals` are asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"\[[^\]]*\]|\S+")
_BETWEEN = r"(?:[\s\-‐‑–]+)"
_UP_TO_THREE_WORDS = rf"(?:[\w'’]+{_BETWEEN}){{0,3}}?"
_ANY_ENDING = r"\w*"
LEAD = 4
"""Letters by which a word is looked up before anything is searched."""


class WordingContradiction(Exception):
    """A wording that cannot be searched for."""


@dataclass(frozen=True)
class Wording:
    pattern: re.Pattern[str]
    leads: frozenset[str]
    """A text with this wording has a word that begins with one of these."""


def read(wording: str, *, capitals: bool = False) -> Wording:
    words_of_it = [_choices(part) for part in _PART.findall(wording)]
    needed = [choices for choices in words_of_it if choices and all(choices)]
    if not needed:
        raise WordingContradiction(f"“{wording}” has no word that is always there: write one")
    parts = []
    for at, choices in enumerate(words_of_it):
        gap = "" if at == len(words_of_it) - 1 else _BETWEEN
        if choices is None:
            parts.append(_UP_TO_THREE_WORDS)
            continue
        words = "|".join(_as_pattern(choice) for choice in choices if choice)
        parts.append(f"(?:(?:{words}){gap})" + ("" if all(choices) else "?"))
    flags = re.NOFLAG if capitals else re.IGNORECASE
    return Wording(re.compile(rf"\b{''.join(parts)}(?!\w)", flags), _leads(wording, needed))


def _choices(part: str) -> tuple[str, ...] | None:
    """None for the gap of up to three words; an empty choice says that the words may be missing."""
    return None if part == "…" else tuple(choice.strip() for choice in part.strip("[]").split("|"))


def _as_pattern(choice: str) -> str:
    words = (re.escape(word).replace(r"\*", _ANY_ENDING).replace("'", "['’]") for word in choice.split())
    return _BETWEEN.join(words)


def _leads(wording: str, needed: list[tuple[str, ...]]) -> frozenset[str]:
    """Of the words that are always there those whose beginnings are longest, as the rarest in a text."""
    beginnings = [
        [max((_lead(word) for word in choice.split()), key=len) for choice in choices] for choices in needed
    ]
    leads = max(beginnings, key=lambda found: min(map(len, found)))
    if not all(leads):
        raise WordingContradiction(
            f"“{wording}” begins no word with {LEAD} letters or a whole word: write one"
        )
    return frozenset(leads)


def _lead(word: str) -> str:
    """The first letters; nothing of a word with any ending that is too short to be looked up."""
    letters = re.match(r"\w*", word)
    lead = letters[0].lower()[:LEAD] if letters else ""
    return "" if word.endswith("*") and len(lead) < LEAD else lead


_WORD = re.compile(rf"\b\w{{1,{LEAD}}}")


def leads_in(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
