"""The return as a report: each measure with its definition, figures, words of the areas, and two charts. Written once, for
Word and for PDF alike.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from data.actor import Actor
from data.files.bar_picture import bars
from data.files.pdf_file import PdfFile
from data.files.word_file import WordFile
from data.measures import themes
from data.measures.chance import BY_CHANCE, compared
from data.measures.measure import TOTAL
from data.measures.oversight import AGE, BEING_OR_MAY_BE, DEMOGRAPHICS
from data.quarters import Quarter
from data.returns.return_files import DRAFT, agenda_rules, made_at, stamp, to_send_out, what_it_is_of
from data.returns.return_shape import Return, Said, by_place, shown

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""When every part of the file says it was packed, so that the same return gives the same bytes."""
JUDGED = tuple(label for _, label in BEING_OR_MAY_BE)


File = WordFile | PdfFile


def make_word(
    actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, which: str = DRAFT
) -> bytes:
    """The return of `return_files.asked_for` as the bytes of a .docx file, stamped with who made it and when. Audited."""
    return steady(written(WordFile, to_send_out(actor, quarter, areas, which, "word")))


def make_pdf(actor: Actor, quarter: Quarter, areas: Sequence[str] | None = None, which: str = DRAFT) -> bytes:
    """The same as the bytes of a tagged PDF. Audited."""
    return written(PdfFile, to_send_out(actor, quarter, areas, which, "pdf"))


def written(kind: type[File], made: Return) -> bytes:
    file = kind(
        f"Quarterly return {made.quarter}, {made.stage}",
        marking=made.marking,
        stamp=stamp(made).removesuffix("."),
        is_landscape=True,
    )
    file.dated(made_at(made))
    file.paragraph(what_it_is_of(made))
    file.paragraph(stamp(made))
    if made.locked and made.locked.reason:
        file.paragraph(f"Why it was corrected: {made.locked.reason}")
    for words in agenda_rules(made):
        file.paragraph(words)
    names = (*made.area_names, TOTAL)
    _summary(file, made, names)
    for said in made.measures:
        file.heading(f"{said.number}. {said.title}", 2)
        file.paragraph(said.sentence)
        if said.number == 3:
            _themes(file, made)
        elif said.number == 4:
            _demography(file, made, names)
        else:
            _measure(file, made, said, names)
        for n in made.narratives:
            if n.measure == said.number and n.text:
                file.paragraph(f"{n.area} says: {n.text}")
    return file.as_bytes()


def _summary(file: File, made: Return, names: Sequence[str]) -> None:
    file.heading("Summary", 2)
    values, before = made.values(), by_place(made.last_quarter)
    heads = ["Measure", *names]
    if before:
        heads.append(f"Total of {made.quarter.before()}")
    rows = [
        [
            f"{said.number}. {said.title}",
            *(_told(values[name, said.number, "total"]) for name in names),
            *([_told(before.get((TOTAL, said.number, "total"), ""))] if before else []),
        ]
        for said in made.measures
        if said.number not in (3, 4)
    ]
    file.table(
        heads, rows, caption="Each measure in one figure", shares=_shares(len(heads) - 1), numbers_from=1
    )
    lines = [
        (area, [values[area, 2, f"judgement={key}"] for key, _ in BEING_OR_MAY_BE])
        for area in made.area_names
    ]
    file.picture(
        bars(lines, JUDGED),
        _spoken("Children in the meeting's oversight, being exploited and may be", lines),
        caption="Children in the meeting's oversight, by area",
    )


def _measure(file: File, made: Return, said: Said, names: Sequence[str]) -> None:
    values = made.values()
    file.table(
        ["Figure", *names],
        [
            [label, *(_told(values[name, said.number, breakdown]) for name in names)]
            for breakdown, label in said.breakdowns
        ],
        caption=said.title,
        shares=_shares(len(names)),
        numbers_from=1,
    )
    for one in made.missing:
        if one.measure == said.number and one.area in names:
            file.paragraph(f"{one.area}: {one.label}: {one.count:,}.")


def _demography(file: File, made: Return, names: Sequence[str]) -> None:
    values = made.values()
    ages = [
        (label, [values[TOTAL, 4, f"age={key};judgement={judgement}"] for judgement, _ in BEING_OR_MAY_BE])
        for key, label in AGE
    ]
    file.picture(
        bars(ages, JUDGED),
        _spoken("Children by age, all areas, being exploited and may be", ages),
        caption="Age at quarter end, all areas together",
    )
    for column, (title, options) in DEMOGRAPHICS.items():
        file.heading(title, 3)
        file.table(
            ["Group", *names, *(f"{TOTAL}: {label.lower()}" for label in JUDGED)],
            [
                [label, *(_told(values[name, 4, f"{column}={key}"]) for name in names),
                 *(_told(values[TOTAL, 4, f"{column}={key};judgement={judgement}"]) for judgement, _ in BEING_OR_MAY_BE)]
                for key, label in options if (TOTAL, 4, f"{column}={key}") in values
            ],
            caption=title,
            shares=_shares(len(names) + 2),
            numbers_from=1,
        )  # fmt: skip


def _themes(file: File, made: Return) -> None:
    found = [theme for theme in made.themes if theme.area == TOTAL]
    if not found:
        file.paragraph("No context, sign or place was recorded in these five quarters.")
        return
    kinds = dict(themes.KINDS)
    heads = ["What it is", "Theme, all areas together", "Children this quarter"]
    shares = [0.2, 0.6, 0.2]
    if not made.published:
        heads += ["Mean of the four before", "By chance alone", "Reading"]
        shares = [0.15, 0.37, 0.1, 0.1, 0.1, 0.18]
    rows = []
    for t in found:
        row = [kinds[t.kind], t.words, _told(shown(t.this_quarter))]
        if not made.published:
            against = compared(t.this_quarter, t.mean_of_four_before)
            row += [f"{t.mean_of_four_before:,.2f}", against.interval, against.words]
        rows.append(row)
    file.table(heads, rows, caption="Themes", shares=shares)
    if not made.published:
        file.paragraph(f"{BY_CHANCE} Of {len(found):,} themes a few lie outside by chance too.")


def _spoken(what: str, lines: Sequence[tuple[str, Sequence[Any]]]) -> str:
    return (
        f"{what}: " + "; ".join(f"{name} {' and '.join(map(str, numbers))}" for name, numbers in lines) + "."
    )


def _told(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _shares(numbers: int) -> list[float]:
    """Of the width: the words first, then columns of numbers."""
    each = min(0.1, 0.7 / numbers)
    return [1 - each * numbers, *[each] * numbers]


def steady(packed: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in _parts(old):
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in packed.namelist():
        yield name, packed.read(name)
