"""A PDF file as this tool makes them, for everybody: tagged to PDF/UA-1, marked on every page, and stamped with who printed it.

It has the verbs of `word_file.WordFile`, so that one report is written once and kept as either. How it looks is `pdf_file.typ`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typst

from data.files.service import SERVICE
from data.files.word_file import printable

LOOK = Path(__file__).with_suffix(".typ").read_bytes()


class PdfFile:
    def __init__(self, title: str, *, marking: str, stamp: str, is_landscape: bool = False) -> None:
        """`marking` heads every page; `stamp` stands at its foot beside the page's number."""
        self._made_at = datetime.datetime.fromtimestamp(0, datetime.UTC)
        self._content: dict[str, Any] = {
            "title": printable(title), "marking": printable(marking), "stamp": printable(stamp), "service": SERVICE,
            "landscape": is_landscape, "blocks": [],
        }  # fmt: skip
        self.heading(title, 1)

    def heading(self, text: str, level: int) -> None:
        self._under = printable(text)
        self._add("heading", text=self._under, level=level)

    def paragraph(self, text: str) -> None:
        self._add("paragraph", text=printable(text))

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        caption: str,
        shares: Sequence[float],
        numbers_from: int = 1_000,
    ) -> None:
        """A table whose first row repeats on each page and is tagged as its header. `shares` of the width add up to 1.
        Columns from `numbers_from` on hold numbers, which align. A caption that only repeats its heading is not shown."""
        self._add(
            "table", heads=[printable(head) for head in heads], rows=[[printable(text) for text in row] for row in rows],
            caption="" if self._under.endswith(caption) else printable(caption), shares=list(shares), numbers_from=numbers_from,
        )  # fmt: skip

    def picture(self, png: bytes, spoken: str, *, caption: str, share: float = 0.6) -> None:
        """A picture over a share of the width, beneath what it is of. `spoken`: what it says, for those who do not see it."""
        self._add("picture", png=list(png), spoken=printable(spoken), caption=printable(caption), share=share)

    def dated(self, at: datetime.datetime) -> None:
        """The instant that the file says it was made at."""
        self._made_at = at.replace(microsecond=0)

    def as_bytes(self) -> bytes:
        """The same content gives the same bytes on every machine: only the typesetter's own fonts are used. A letter that they
        lack is shown as an empty box and still read aloud; such a file is tagged alike and does not claim the standard."""
        try:
            return self._set(["ua-1"])
        except typst.TypstError:
            return self._set([])

    def _set(self, standards: list[typst.PDFStandard]) -> bytes:
        return typst.compile(
            LOOK,
            sys_inputs={"content": json.dumps(self._content)},
            ignore_system_fonts=True,
            timestamp=self._made_at,
            pdf_standards=standards,
        )

    def _add(self, kind: str, **block: Any) -> None:
        self._content["blocks"].append({"kind": kind, **block})
