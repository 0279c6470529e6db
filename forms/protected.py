"""What looks like an address, a telephone number or a school in free text, for children whose address is protected.

It goes by the look of the words alone: a warning that knew the address would tell whoever tries words that they are right.
"""

from __future__ import annotations

import re

STREETS = (
    "road|rd|street|st|avenue|ave|lane|ln|drive|dr|close|crescent|court|ct|place|pl|terrace|way|grove|gardens|square|walk|"
    "park|hill|row|mews|green|rise|view|house|parade|boulevard|quay|wharf"
)
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<!\d)(?:\+\s*44|0)(?:[\s().-]*\d){9,10}(?!\d)")
_STREET = re.compile(rf"\b\d+[a-z]?,?\s+(?:[\w'’-]+\s+){{1,4}}(?:{STREETS})\b", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b[A-Z][\w'’-]+(?:\s+[\w'’-]+){0,4}\s+(?:School|Academy|College|Nursery|Primary|High)\b"
)

WARNING = (
    "This looks like an address, a telephone number or a school. Where this child lives is protected, and others than the "
    "people who are named read this too: leave out what would lead there."
)


def looks_like_an_address(text: object) -> bool:
    """Returns whether a text holds what looks like a postcode, a telephone number, a street with its number or a school."""
    return isinstance(text, str) and any(
        looks.search(text) for looks in (POSTCODE, TELEPHONE, _STREET, _SCHOOL)
    )
