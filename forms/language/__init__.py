"""Finds words that blame children in what an author types, says why, and offers better ones (pathway.md, Appendix B).

It points, and never blocks: no answer is wrong because of it. The list itself is `forms/language/phrases.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from forms.language.phrase import Phrase
from forms.language.phrases import PHRASES, VERSION
from forms.language.quotation import is_within, quoted
from forms.language.wording import WordingContradiction, leads_in

__all__ = ["BY_KEY", "PHRASES", "VERSION", "Found", "Phrase", "find"]


@dataclass(frozen=True)
class Found:
    phrase: Phrase
    start: int
    end: int
    """Where in the text, as Python counts characters."""


BY_KEY = {phrase.key: phrase for phrase in PHRASES}


def _by_lead() -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in PHRASES:
        for lead in set(chain.from_iterable(wording.leads for wording in phrase.searched)):
            found[lead].append(phrase)
    return dict(found)


def _check_list() -> None:
    if len(BY_KEY) != len(PHRASES):
        raise WordingContradiction("two phrases have one key: give one of them another")
    for phrase in PHRASES:
        if phrase.since > VERSION:
            raise WordingContradiction(f"{phrase.key}: since a version that is still to come: raise VERSION")


_check_list()
_BY_LEAD = _by_lead()
_SENTENCE_ENDS = re.compile(r"[.!?;](?=\s)|\n")
_AROUND = 250
"""Characters on either side that still belong to what is meant, however long the sentence."""


def find(text: object) -> tuple[Found, ...]:
    """Every place where the text blames a child, in order; nothing that stands in quotation marks, and nothing at all
    in what is no text. Of two phrases at one place the longer is meant."""
    if not isinstance(text, str) or not text:
        return ()
    leads = leads_in(text) & _BY_LEAD.keys()
    phrases = dict.fromkeys(phrase for lead in leads for phrase in _BY_LEAD[lead])
    matches = [
        Found(phrase, match.start(), match.end())
        for phrase in phrases
        for wording in phrase.searched
        if not wording.leads.isdisjoint(leads)
        for match in wording.pattern.finditer(text)
    ]
    if not matches:
        return ()
    spoken = quoted(text)
    meant = [
        found
        for found in matches
        if not is_within(spoken, found.start, found.end) and found.phrase.stands_in(_sentence(text, found))
    ]
    return tuple(_longest_first_come(meant))


def _sentence(text: str, found: Found) -> str:
    before, after = text[max(0, found.start - _AROUND) : found.start], text[found.end : found.end + _AROUND]
    before = before[max((end.end() for end in _SENTENCE_ENDS.finditer(before)), default=0) :]
    end = _SENTENCE_ENDS.search(after)
    return before + text[found.start : found.end] + after[: end.start() if end else None]


def _longest_first_come(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end, f.phrase.key)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
