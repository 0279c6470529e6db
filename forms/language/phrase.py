"""A phrase that blames children: how it is written, what to say about it. Checked when it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from forms.language.wording import Wording, WordingContradiction, read


@dataclass(frozen=True, eq=False)
class Phrase:
    """One line of the list. Keys are for ever: counts are kept by them."""

    key: str
    avoid: str
    """As people read it in the list."""
    _: KW_ONLY
    wordings: tuple[str, ...]
    """See `forms.language.wording`."""
    why: str
    """Fits after “because it”."""
    better: tuple[str, ...]
    source: str
    since: int = 1
    only_near: tuple[str, ...] = ()
    """Said only where the same sentence has one of these wordings too."""
    never_near: tuple[str, ...] = ()
    """Not said where the same sentence has one of these."""
    capitals: bool = False
    """Meant only as it is written here, such as an abbreviation that is a word otherwise."""
    swaps: Mapping[str, str] = field(default_factory=dict)
    """Words → those that fit in their place whatever stands around them. Few do."""
    searched: tuple[Wording, ...] = field(init=False, repr=False)
    near: tuple[Wording, ...] = field(init=False, repr=False)
    not_near: tuple[Wording, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z_]{0,58}", self.key):
            raise WordingContradiction(f"{self.key}: a key is lower-case letters and _: rename it")
        said = (self.avoid, self.why, self.source, *self.wordings, *self.better)
        if not self.wordings or not self.better or not all(words.strip() for words in said):
            raise WordingContradiction(f"{self.key}: say the wordings, why, better words and the source")
        object.__setattr__(self, "searched", tuple(read(w, capitals=self.capitals) for w in self.wordings))
        object.__setattr__(self, "near", tuple(map(read, self.only_near)))
        object.__setattr__(self, "not_near", tuple(map(read, self.never_near)))
        for words in self.swaps:
            if not any(wording.pattern.fullmatch(words) for wording in self.searched):
                raise WordingContradiction(f"{self.key}: nobody is asked about “{words}”: swap what is found")

    def stands_in(self, sentence: str) -> bool:
        """Do the words around it make it the phrase that is meant?"""
        if any(wording.pattern.search(sentence) for wording in self.not_near):
            return False
        return not self.near or any(wording.pattern.search(sentence) for wording in self.near)

    def swapped(self, words: str) -> str | None:
        """The words to put in the place of these, with the capital they began with; None where a person must choose."""
        swap = self.swaps.get(" ".join(re.split(r"[\s\-‐‑–]+", words.lower())))
        return swap and (swap[:1].upper() + swap[1:] if words[:1].isupper() else swap)
