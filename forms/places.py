"""The areas (local authorities) and the partnerships that report together."""

from __future__ import annotations

from dataclasses import dataclass

from forms.kinds.one_of import Options


@dataclass(frozen=True)
class Partnership:
    key: str
    name: str
    meeting: str
    """What this partnership calls the meeting, short and spelt out."""
    meeting_in_full: str
    areas: tuple[str, ...]
    """Keys of areas, in the order of the return."""
    screening_required: bool
    chairs: tuple[str, ...]
    """Keys of `forms.meeting.CHAIRS`: who chairs the meeting and signs its minutes."""
    quorum: tuple[str, ...]
    """Keys of agencies: somebody of each has signed the confidentiality statement before the first child is opened."""


AREAS: Options = (
    ("liverpool", "Liverpool"),
    ("knowsley", "Knowsley"),
    ("sefton", "Sefton"),
    ("st_helens", "St Helens"),
    ("wirral", "Wirral"),
    ("sheffield", "Sheffield"),
)

AREA_CODES = {
    "knowsley": "E08000011",
    "liverpool": "E08000012",
    "st_helens": "E08000013",
    "sefton": "E08000014",
    "wirral": "E08000015",
    "sheffield": "E08000039",
}

PARTNERSHIPS = (
    Partnership(
        "pan_merseyside",
        "Pan-Merseyside",
        "MACCSE",
        "Multi-Agency Child Criminal and Sexual Exploitation meeting",
        ("liverpool", "knowsley", "sefton", "st_helens", "wirral"),
        screening_required=False,
        chairs=("social_care", "police"),
        quorum=("social_care", "police"),
    ),
    Partnership(
        "sheffield",
        "Sheffield",
        "MACE",
        "Multi-Agency Child Exploitation meeting",
        ("sheffield",),
        screening_required=True,
        chairs=("social_care",),
        quorum=("social_care", "police"),
    ),
)

MARTHR_PARTNERSHIPS = ("pan_merseyside",)
"""Those with a MARTHR, the monthly meeting about people and places of concern, chaired by the police."""

NRM_DECIDED_BY: dict[str, str] = {}
"""Areas whose children's NRM referrals a local panel decides, and what it is called; elsewhere the national authority."""

NATIONAL_AUTHORITY = "Single Competent Authority (national)"


def nrm_decided_by(area: str) -> str:
    return NRM_DECIDED_BY.get(area, NATIONAL_AUTHORITY)


def partnership_of(area: str) -> Partnership:
    return next(p for p in PARTNERSHIPS if area in p.areas)


def area_name(area: str) -> str:
    return dict(AREAS)[area]
