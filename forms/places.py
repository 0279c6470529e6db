"""The areas (local authorities) and the partnerships that report together. What they decide is `forms.settings`."""

from __future__ import annotations

from dataclasses import dataclass

from forms.kinds.one_of import Options


@dataclass(frozen=True)
class Partnership:
    key: str
    name: str
    areas: tuple[str, ...]
    """Keys of areas, in the order of the return."""


AREAS: Options = (
    ("liverpool", "Liverpool"),
    ("knowsley", "Knowsley"),
    ("sefton", "Sefton"),
    ("st_helens", "St Helens"),
    ("wirral", "Wirral"),
    ("sheffield", "Sheffield"),
)

PARTNERSHIPS = (
    Partnership(
        "pan_merseyside",
        "Pan-Merseyside",
        ("liverpool", "knowsley", "sefton", "st_helens", "wirral"),
    ),
    Partnership(
        "sheffield",
        "Sheffield",
        ("sheffield",),
    ),
)


def partnership_of(area: str) -> Partnership:
    return next(p for p in PARTNERSHIPS if area in p.areas)


def area_name(area: str) -> str:
    return dict(AREAS)[area]
