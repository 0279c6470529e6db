"""Bars as a picture, for a Word report: a bar for each line, its parts end to end, each with its number beside or in it.

Drawn plainly and at once twice the size that is printed, so that it stays sharp. The numbers stand in a table beside it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

INK, EDGE, PAPER = "#1f2328", "#1d4f78", "#ffffff"
COLOURS = (("#1d4f78", "#ffffff"), ("#8db4d2", INK))
"""Of each part, and of the number that stands on it."""
WIDTH, LINE, BAR, NAMES, RIGHT, KEY = 1300, 54, 36, 380, 80, 60
SIZE = 26

Line = tuple[str, Sequence[int | str]]
"""What the bar is of, and its parts; a part that is withheld is a sign, and has no length."""


def bars(lines: Sequence[Line], parts: Sequence[str]) -> bytes:
    """A PNG. The same lines give the same bytes."""
    picture = Image.new("RGB", (WIDTH, KEY + LINE * len(lines) + 10), PAPER)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE)
    _key(draw, font, parts)
    longest = max((sum(map(_length, numbers)) for _, numbers in lines), default=0) or 1
    unit = (WIDTH - NAMES - RIGHT) / longest
    for at, (name, numbers) in enumerate(lines):
        top = KEY + at * LINE
        draw.text((NAMES - 16, top + LINE / 2), name, INK, font, anchor="rm")
        left = float(NAMES)
        beside: list[str] = []
        for number, (colour, on_it) in zip(numbers, COLOURS, strict=False):
            right = left + _length(number) * unit
            if right - left > len(str(number)) * SIZE:
                draw.rectangle((left, top + 9, right, top + 9 + BAR), colour, EDGE, 2)
                draw.text(((left + right) / 2, top + LINE / 2), str(number), on_it, font, anchor="mm")
            else:
                if right > left:
                    draw.rectangle((left, top + 9, right, top + 9 + BAR), colour, EDGE, 2)
                beside.append(str(number))
            left = right
        told = [number for number in beside if number != "0"] or ["0"] * (left == NAMES)
        draw.text((left + 10, top + LINE / 2), " + ".join(told), INK, font, anchor="lm")
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _key(
    draw: ImageDraw.ImageDraw, font: ImageFont.ImageFont | ImageFont.FreeTypeFont, parts: Sequence[str]
) -> None:
    left = float(NAMES)
    for name, (colour, _) in zip(parts, COLOURS, strict=False):
        draw.rectangle((left, 16, left + 28, 44), colour, EDGE, 2)
        draw.text((left + 40, 30), name, INK, font, anchor="lm")
        left += 40 + draw.textlength(name, font) + 50


def _length(number: int | str) -> int:
    return number if isinstance(number, int) else 0
