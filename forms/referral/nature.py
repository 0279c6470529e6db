"""The nature of the exploitation, and the kind (criminal, sexual or both) that follows from it."""

from __future__ import annotations

from collections.abc import Iterable

from forms.kinds.one_of import Options

NATURE: Options = (
    ("county_lines", "County lines (out of city)"),
    ("in_city_drugs", "In-city drug dealing"),
    ("storing", "Storing weapons or drugs for others"),
    ("coercion", "Committing offences under coercion"),
    ("family_linked", "Family linked to organised crime"),
    ("financial", "Financial"),
    ("online", "Online or phone"),
    ("relationship", "Exploitative relationship"),
    ("party", "Party"),
    ("lone_offender", "Adult or lone offender"),
    ("group", "Group or gang"),
    ("on_street", "On street"),
    ("peer", "Peer (child on child)"),
    ("warning_signs", "Warning signs only"),
    ("other", "Other"),
)

CRIMINAL = {"county_lines", "in_city_drugs", "storing", "coercion", "family_linked", "financial"}
SEXUAL = {"relationship", "party", "lone_offender", "on_street", "peer"}


def kind_that_follows(nature: Iterable[str]) -> str | None:
    """A key of `KIND_OF_EXPLOITATION` to start the answer with, or None when it must be asked.

    Online, group, warning signs and other say neither: alone they give None, beside others they change nothing.
    """
    chosen = set(nature)
    if chosen & CRIMINAL and chosen & SEXUAL:
        return "both"
    if chosen & CRIMINAL:
        return "criminal"
    return "sexual" if chosen & SEXUAL else None
