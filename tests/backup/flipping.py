"""One byte of a file that is not as it was written, and then is again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.backups.digest import LENGTH

BLOCK = 64 * 1024


def places_of(file: Path, number: int, chance: random.Random) -> list[int]:
    """So many places: the first and last bytes, the digest's and those before it, and in each block in turn."""
    length = file.stat().st_size
    places = {0, 100, 156, 257, length - 1, length - LENGTH, length - LENGTH - 1, length - 11_000}
    while len(places) < number:
        for begins in range(0, length, BLOCK):
            places.add(chance.randrange(begins, min(begins + BLOCK, length)))
    return sorted(chance.sample(sorted(places), number)) if number < len(places) else sorted(places)


@contextmanager
def flipped(file: Path, place: int) -> Iterator[None]:
    with open(file, "r+b") as whole:
        whole.seek(place)
        before = whole.read(1)
        whole.seek(place)
        whole.write(bytes([before[0] ^ 0xFF]))
    try:
        yield
    finally:
        with open(file, "r+b") as whole:
            whole.seek(place)
            whole.write(before)
