"""Information passed on outside the tool: begun from a child's page, listed for those who answer for an area.

What is kept is the form `disclosure`, read and printed as every form is.
"""

from __future__ import annotations

from data.access.restricted import left_out
from data.access.rule import check_can_write_child, check_has_role
from data.actor import Actor, Reading
from data.answers.draft_beginning import begin, open_already, save_first
from data.database.engine import Row
from data.database.schema import form_table
from data.refusal import Problems
from data.scores.band_reading import band_read, enough_known
from data.trail.views import note_view
from forms.bands import BANDS
from forms.disclosure import DISCLOSURE, USUAL, Usual

PAGE = 25
_COLOURS = {band.key: band.colour for bands in BANDS for band in bands.bands}


def usual_for(actor: Actor, child_id: str) -> tuple[Usual, ...]:
    """The usual sharings that fit this child: by area, and by the band in which the child is handled now."""
    with actor.reading() as work:
        check_can_write_child(work, child_id)
        return _usual(work, child_id)


def _usual(work: Reading, child_id: str) -> tuple[Usual, ...]:
    area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
    latest = work.row(
        "SELECT * FROM scoring WHERE child_id = $1 ORDER BY scored_on DESC, recorded_at DESC LIMIT 1",
        [child_id],
    )
    band = band_read(latest, enough_known(work, area)) if latest else ""
    return tuple(one for one in USUAL if one.area == area and one.band_colour == _COLOURS.get(band))


def start_usual(actor: Actor, child_id: str, key: str) -> str:
    """Begin the record of a usual sharing, filled in as far as it is always the same. Gives the draft's id."""
    with actor.writing() as work:
        check_can_write_child(work, child_id)
        chosen = next((one for one in _usual(work, child_id) if one.key == key), None)
        if chosen is None:
            raise Problems(
                "This sharing is not usual for this child. Begin the record from the child's page."
            )
        begun = open_already(work, DISCLOSURE, child_id)
        if begun:
            return begun
        draft_id = begin(work, DISCLOSURE, child_id)
        save_first(work, draft_id, DISCLOSURE, chosen.answers)
        return draft_id


def disclosures(actor: Actor, page: int = 0) -> tuple[list[Row], bool]:
    """What was passed on, or was not, about children of the account's area, latest first; and whether there is more.

    record_id, child_id, name, decided_on, decision, to_organisation, by_agency, who. The view is audited.
    """
    with actor.writing() as work:
        check_has_role(work, "disclosures listed", "coordinator", "manager")
        note_view(work, "disclosures listed", None)
        rows = work.rows(
            "SELECT d.record_id, d.child_id, c.name, d.decided_on, d.decision, d.to_organisation, d.by_agency,"
            f" a.name AS who FROM {form_table(DISCLOSURE).name} d JOIN child c ON c.child_id = d.child_id"
            " LEFT JOIN account a ON a.account_id = d.recorded_by WHERE c.area = $1"
            f" ORDER BY d.decided_on DESC, d.record_id DESC LIMIT {PAGE + 1} OFFSET $2",
            [work.account.area, max(page, 0) * PAGE],
        )
        return left_out(work, rows[:PAGE]), len(rows) > PAGE
