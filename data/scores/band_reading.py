"""In which band a kept scoring is shown: in Python for one, in SQL for many. The rule is `scoring.is_enough_known`."""

from __future__ import annotations

import scoring
from data.actor import Reading
from data.database.engine import Row
from data.settings import value
from forms.bands import ENOUGH_KNOWN, Bands, bands_on
from forms.places import partnership_of


def enough_known(work: Reading, area: str) -> int:
    """How many in a hundred of the tracker's answers must be known for a band to be read, in an area's partnership."""
    return int(value(work, partnership_of(area).key, "enough_known") or ENOUGH_KNOWN)


def band_read(row: Row, per_hundred: int) -> str:
    """The key of the band, or `scoring.NOT_ENOUGH_KNOWN`. What a person or an investigation decided is always shown."""
    if row["override_reason"] or row["handled_band"] != row["band"]:
        return str(row["handled_band"])
    is_enough = scoring.is_enough_known(
        row["total"], row["highest"], row["known"], scoring.ASKED, bands_on(row["scored_on"]), per_hundred
    )
    return str(row["handled_band"]) if is_enough else scoring.NOT_ENOUGH_KNOWN


def band_read_in_sql(of: str, bands: Bands, per_hundred: str) -> str:
    """The same of a row `of` of `scoring`."""
    is_judged = f"{of}.override_reason IS NOT NULL OR {of}.handled_band <> {of}.band"
    by_score = band_by_score_in_sql(of, bands, per_hundred)
    return f"CASE WHEN {is_judged} THEN {of}.handled_band ELSE {by_score} END"


def band_by_score_in_sql(of: str, bands: Bands, per_hundred: str) -> str:
    """As the score alone has it, of a row `of` with total, highest, known and band."""

    def rank(total: str) -> str:
        ranked = reversed(list(enumerate(bands.bands)))
        return (
            "CASE " + " ".join(f"WHEN {total} >= {band.from_score} THEN {at}" for at, band in ranked) + " END"
        )

    is_most = f"{of}.known IS NULL OR 100 * {of}.known >= {scoring.ASKED} * {per_hundred}"
    is_read = (
        f"{of}.total >= {bands.bands[-1].from_score}"
        f" OR ({is_most}) AND {rank(f'{of}.total')} = {rank(f'{of}.highest')}"
    )
    return f"CASE WHEN {is_read} THEN {of}.band ELSE '{scoring.NOT_ENOUGH_KNOWN}' END"
