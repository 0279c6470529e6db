"""The child's own copy as a Word or PDF file. What is struck out never reaches the file: only that something was, and why."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from data import clock
from data.actor import Actor
from data.answers.documents import MARKING, about_child, instant
from data.child.children import heading
from data.files.pdf_file import PdfFile
from data.files.word_file import WordFile
from data.rights.own_copy import OwnCopy, copy_to_write
from data.rights.own_copy_lines import Part
from forms.places import area_name
from forms.rights import WHY_STRUCK

HELD_ELSEWHERE = (
    "Records of people and places of concern that other areas hold are not in this copy, whether or not any is linked to the child. "
    "If the child has lived or was referred elsewhere, that area's coordinator is asked for its part."
)
"""The same words in every copy: whoever makes it learns of no other area's record by them."""

NOT_TO_BE_HANDED_OUT = "DRAFT: not approved, not to be handed out"

File = WordFile | PdfFile


def copy_as_word(actor: Actor, copy_id: str) -> bytes:
    """As a .docx file; until it is approved, a draft that says so on every page. Audited before it is given."""
    return _written(WordFile, actor, copy_id)


def copy_as_pdf(actor: Actor, copy_id: str) -> bytes:
    """The same as a tagged PDF."""
    return _written(PdfFile, actor, copy_id)


def _written(kind: type[File], actor: Actor, copy_id: str) -> bytes:
    copy = copy_to_write(actor, copy_id)
    child = heading(actor, copy.request["child_id"])
    at: datetime.datetime = copy.request["as_of"]
    is_approved = copy.request["state"] in ("approved", "sent")
    area = area_name(copy.request["area"])
    file = kind(
        "Everything held about the child",
        marking=MARKING if is_approved else f"{MARKING}. {NOT_TO_BE_HANDED_OUT}",
        stamp=f"Made for {area}, as asked for on {instant(at)}",
    )
    file.dated(at)
    for name, words in about_child(child, clock.day_of(at)):
        file.paragraph(f"{name}: {words}")
    file.paragraph(HELD_ELSEWHERE)
    for part in copy.parts:
        file.heading(part.title, 2)
        caption = part.title
        file.table(("What", "Held"), list(_rows(part, copy)), caption=caption, shares=(0.35, 0.65))
    _write_what_is_struck_out(file, copy)
    return file.as_bytes()


def _rows(part: Part, copy: OwnCopy) -> Iterator[tuple[str, str]]:
    """The lines of a label together, each run of struck ones as one sentence that says why."""
    label, said = "", list[str]()
    for line in part.lines:
        if line.label != label:
            if said:
                yield label, "\n".join(said)
            label, said = line.label, []
        words = line.text
        if line.place in copy.struck:
            words = f"[Struck out: {_why(copy.struck[line.place])}]"
            if said[-1:] == [words]:
                continue
        said.append(words)
    if said:
        yield label, "\n".join(said)


def _write_what_is_struck_out(file: File, copy: OwnCopy) -> None:
    file.heading("What was struck out", 2)
    if not copy.struck:
        file.paragraph("Nothing was struck out.")
        return
    many = Counter(copy.struck.values())
    file.table(
        ("Why", "Lines"),
        [(words, str(many[key])) for key, words in WHY_STRUCK if many[key]],
        caption="What was struck out",
        shares=(0.8, 0.2),
        numbers_from=1,
    )


def _why(key: str) -> str:
    words = dict(WHY_STRUCK)[key]
    return words[:1].lower() + words[1:]
