"""The certificate of a deletion as a PDF file: what was removed, when, and that two people decided it. It names nobody."""

from __future__ import annotations

import json

from data import clock
from data.access.rights import check_can_see_deletions_of
from data.actor import Actor
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import DELETION
from data.database.table import HISTORY
from data.files.pdf_file import PdfFile
from data.refusal import Problems
from forms.kinds.date import in_words
from forms.places import area_name

MARKING = "Names nobody"


def certificate(actor: Actor, deletion_id: str) -> bytes:
    """For the coordinators and managers of the area whose record it was. Audited before it is given."""
    with actor.writing() as work:
        deletion = work.current(DELETION, deletion_id)
        check_can_see_deletions_of(work, deletion)
        if deletion is None or deletion["state"] != "carried_out":
            raise Problems("This record was not deleted. Open the list of deletions again.")
        work.note(Event("deletion certificate made", deletion["child_id"], deletion_id))
        at = work.at
    area = area_name(deletion["area"])
    file = PdfFile("Certificate of deletion", marking=MARKING, stamp=f"Made on {in_words(clock.day_of(at))}")
    file.dated(at)
    file.paragraph(
        "The record of a child was deleted for ever. This certificate keeps that it was, and names nobody."
    )
    file.table(("What", "Held"), _facts(deletion, area), caption="The deletion", shares=(0.3, 0.7))
    removed: dict[str, int] = json.loads(deletion["deleted_rows"] or "{}")
    file.heading("What was removed", 2)
    file.table(
        ("Kept in the table", "Rows removed"),
        [(_as_words(name), f"{many:,}") for name, many in sorted(removed.items())]
        + [("All of them", f"{sum(removed.values()):,}")],
        caption="What was removed",
        shares=(0.7, 0.3),
        numbers_from=1,
    )
    file.paragraph(
        "Who asked and who decided stands in the audit trail under the number of the deletion. Backups made before the "
        "deletion hold the record until they have rotated; from one that is restored it is deleted again."
    )
    return file.as_bytes()


def _facts(deletion: Row, area: str) -> list[tuple[str, str]]:
    facts = [
        ("Number of the deletion", deletion["deletion_id"]),
        ("Number of the record", deletion["child_id"]),
        ("Area", area),
    ]
    if deletion["asked_on"]:
        facts.append(("Asked for", f"{in_words(deletion['asked_on'])}, by a coordinator of the area"))
    if deletion["decided_by"]:
        facts.append(("Carried out", f"{in_words(deletion['decided_on'])}, by a manager of the area"))
    else:
        facts.append(
            ("Carried out again", f"{in_words(deletion['decided_on'])}, after a backup was restored")
        )
    return facts


def _as_words(table: str) -> str:
    words = table.removesuffix(HISTORY).replace("_", " ")
    return words[:1].upper() + words[1:] + (", every revision" if table.endswith(HISTORY) else "")
