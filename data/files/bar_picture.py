"""Bars as a picture, for a report or a slide: the parts of each line end to end or side by side, each with its number.

Drawn plainly and at once twice the size that is printed, so that it stays sharp. The numbers stand in a table beside it.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

INK, EDGE, PAPER = "#1f2328", "#1d4f78", "#ffffff"
COLOURS = (("#1d4f78", "#ffffff"), ("#8db4d2", INK), ("#ffffff", INK))
"""Of each part, and of the number that stands on it."""
WIDTH, LINE, BAR, NAMES, RIGHT, KEY = 1300, 54, 36, 380, 80, 60
SIZE = 26
LETTERS = 96
"""Of a sentence on one line."""
NAME_LETTERS = 28

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Line = tuple[str, Sequence[int | float | str]]
"""What the bar is of, and its parts; a part that is withheld is a sign, and has no length."""


def bars(
    lines: Sequence[Line],
    parts: Sequence[str],
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    is_side_by_side: bool = False,
) -> bytes:
    """A PNG, with these sentences above and below. The same lines give the same bytes."""
    above, below = (
        [row for words in said for row in textwrap.wrap(words, LETTERS)] for said in (above, below)
    )
    rows = len(parts) if is_side_by_side else 1
    of_line = LINE + (rows - 1) * BAR
    key = KEY if len(parts) > 1 else 16
    text = SIZE + 12
    top = text * len(above) + key
    picture = Image.new("RGB", (WIDTH, top + of_line * len(lines) + text * len(below) + 20), PAPER)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE)
    for at, words in enumerate(above):
        draw.text((16, 10 + at * text), words, INK, font)
    if len(parts) > 1:
        _key(draw, font, parts, top - key)
    longest = max((one for _, numbers in lines for one in _lengths(numbers, is_side_by_side)), default=0) or 1
    unit = (WIDTH - NAMES - RIGHT) / longest
    for at, (name, numbers) in enumerate(lines):
        here = top + at * of_line
        _name(draw, font, name, here + of_line / 2)
        for row in range(rows):
            told = (
                [(number, row) for number in numbers[row : row + 1]]
                if is_side_by_side
                else [*zip(numbers, range(3), strict=False)]
            )
            _bar(draw, font, told, here + row * BAR, unit)
    for at, words in enumerate(below):
        draw.text((16, picture.height - text * (len(below) - at)), words, INK, font)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _lengths(numbers: Sequence[int | float | str], is_side_by_side: bool) -> list[float]:
    lengths = [_length(number) for number in numbers]
    return lengths if is_side_by_side else [sum(lengths)]


def _name(draw: ImageDraw.ImageDraw, font: Font, name: str, middle: float) -> None:
    rows = textwrap.wrap(name, NAME_LETTERS) or [""]
    if len(rows) > 2:
        rows = [rows[0], f"{rows[1]} …"]
    draw.multiline_text(
        (NAMES - 16, middle), "\n".join(rows), INK, font, anchor="rm", align="right", spacing=0
    )


def _bar(
    draw: ImageDraw.ImageDraw,
    font: Font,
    told: Sequence[tuple[int | float | str, int]],
    top: float,
    unit: float,
) -> None:
    """The parts end to end, each in its colour; a number that finds no room on its part stands beside the bar."""
    left = float(NAMES)
    beside: list[str] = []
    for number, colour in told:
        fill, on_it = COLOURS[colour]
        shown = f"{number:,}" if isinstance(number, int | float) else number
        right = left + _length(number) * unit
        if right > left:
            draw.rectangle((left, top + 9, right, top + 9 + BAR), fill, EDGE, 2)
        if right - left > len(shown) * SIZE:
            draw.text(((left + right) / 2, top + LINE / 2), shown, on_it, font, anchor="mm")
        else:
            beside.append(shown)
        left = right
    words = [number for number in beside if number != "0"] or ["0"] * (left == NAMES)
    draw.text((left + 10, top + LINE / 2), " + ".join(words), INK, font, anchor="lm")


def _key(draw: ImageDraw.ImageDraw, font: Font, parts: Sequence[str], top: float) -> None:
    left = float(NAMES)
    for name, (colour, _) in zip(parts, COLOURS, strict=False):
        draw.rectangle((left, top + 16, left + 28, top + 44), colour, EDGE, 2)
        draw.text((left + 40, top + 30), name, INK, font, anchor="lm")
        left += 40 + draw.textlength(name, font) + 50


def _length(number: int | float | str) -> float:
    return number if isinstance(number, int | float) else 0
