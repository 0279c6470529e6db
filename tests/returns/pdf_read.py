"""A tagged PDF as a screen reader meets it: headings, pictures and tables by their tags, not by where the ink lies."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass
class Tag:
    kind: str
    alt: str
    inside: list[Tag | str]

    def all(self, *kinds: str) -> Iterator[Tag]:
        if self.kind in kinds:
            yield self
        for tag in self.inside:
            if isinstance(tag, Tag):
                yield from tag.all(*kinds)

    @property
    def words(self) -> str:
        parts = (part if isinstance(part, str) else part.words for part in self.inside)
        return " ".join(filter(None, parts))


def tags(content: bytes) -> Tag:
    reader = PdfReader(io.BytesIO(content))
    words = [_words_by_mark(page) for page in reader.pages]
    at = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}

    def read(element: Any, page: int) -> Tag:
        page = at[element.raw_get("/Pg").idnum] if "/Pg" in element else page
        inside: list[Tag | str] = []
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, int):
                inside.append(words[page].get(kid, ""))
            elif "/MCID" in kid:
                there = at[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page
                inside.append(words[there].get(kid["/MCID"], ""))
            else:
                inside.append(read(kid, page))
        return Tag(str(element.get("/S", "")).lstrip("/"), str(element.get("/Alt", "")), inside)

    return read(reader.trailer["/Root"]["/StructTreeRoot"], 0)


def _words_by_mark(page: Any) -> dict[int, str]:
    """The number of each marked piece of a page → its words."""
    found: dict[int, str] = {}
    open_marks: list[int | None] = []

    def at_operator(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            about = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            open_marks.append(about.get("/MCID"))
        elif operator == b"EMC":
            open_marks.pop()

    def at_text(text: str, *_: Any) -> None:
        mark = next((mark for mark in reversed(open_marks) if mark is not None), None)
        if mark is not None and text.strip():
            found[mark] = f"{found.get(mark, '')} {text.strip()}".strip()

    page.extract_text(visitor_operand_before=at_operator, visitor_text=at_text)
    return found
