"""The bands of the tracker's score: thresholds as dated data with their source, apart from every formula."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from forms.tracker import SOURCE

ENOUGH_KNOWN = 67
"""How many in a hundred of the tracker's answers must be known for a band to be read from its score, unless a partnership says
otherwise: two thirds."""


@dataclass(frozen=True)
class Band:
    key: str
    name: str
    colour: str
    from_score: int
    explanation: str
    action: str


@dataclass(frozen=True)
class Bands:
    """The bands in force from a day on, lowest first."""

    since: datetime.date
    source: str
    bands: tuple[Band, ...]

    def of(self, total: int) -> Band:
        return next(band for band in reversed(self.bands) if total >= band.from_score)

    def rank(self, total: int) -> int:
        """0 for the lowest band."""
        return self.bands.index(self.of(total))

    def between(self, lower: Band, higher: Band) -> tuple[Band, ...]:
        """The bands above the lower one, up to and with the higher."""
        return tuple(b for b in self.bands if lower.from_score < b.from_score <= higher.from_score)

    def named(self, key: str) -> Band | None:
        return next((band for band in self.bands if band.key == key), None)


_LOW_AND_MEDIUM_ACTION = (
    "Subjects who score medium or low should be engaged with by early help, community youth teams, the "
    "neighbourhood policing team, schools and health services."
)

BANDS = (
    Bands(
        since=datetime.date(2020, 1, 1),
        source=SOURCE + ", section Scoring (undated; names a protocol of 2020)",
        bands=(
            Band(
                "low",
                "Low",
                "green",
                0,
                "Minimal evidence at present to indicate the vulnerable person is at risk of child exploitation.",
                _LOW_AND_MEDIUM_ACTION,
            ),
            Band(
                "medium", "Medium", "amber", 40, "Risk of being exploited identified.", _LOW_AND_MEDIUM_ACTION
            ),
            Band(
                "high",
                "High",
                "red",
                70,
                "The risk of the subject being exploited is high and a specialised response is required to reduce the "
                "risk; or the subject is already being criminally exploited or is highly likely to be exploited "
                "imminently.",
                "Subjects with a high score or involved in an active modern slavery investigation will usually be "
                "working with social care and or the Amber Project. There is the likelihood that there will be ongoing "
                "police involvement through an investigation or linked proactive disruption. The engagement will "
                "generally last much longer due to the complexity, nature, and level of risk that the individual may "
                "be exposed to.",
            ),
        ),
    ),
)
"""In order of time. Changed thresholds are a new entry: what was scored before keeps its own."""


def bands_on(day: datetime.date) -> Bands:
    """The bands in force on that day; before the first, the first."""
    return next((b for b in reversed(BANDS) if b.since <= day), BANDS[0])
