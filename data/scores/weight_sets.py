"""Weight sets of the tracker: brought in from a CSV file, approved by a second person, replaced by a later one; an
approval is withdrawn until the first score with it.

What a set must hold is checked by `forms.weights`. Until one is approved, the illustrative set that ships is in use.
"""

from __future__ import annotations

from data import clock
from data.access.rule import check_has_role
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import WEIGHT_SET
from data.naming import check_names_nobody
from data.refusal import Problems
from forms.weights import WeightSet, read_weight_set

MAY = ("coordinator", "manager", "administrator")
NOT_READ = "Read the points and who would change band, and say so, before you approve the set."


def bring_in(
    actor: Actor, csv_text: str, *, name: str, version: str, source: str, names_nobody: bool = False
) -> str:
    """Keep a set as provisional. Raises `forms.weights.WeightSetRefused` with every problem. Gives its id."""
    with actor.writing() as work:
        check_has_role(work, "weight set brought in", *MAY)
        read_weight_set(csv_text, name=name, version=version, status="provisional", source=source)
        check_names_nobody(work, work.account.partnership, name, version, source, is_confirmed=names_nobody)
        taken = work.value(
            "SELECT count(*) FROM weight_set WHERE name = $1 AND version = $2 AND partnership = $3",
            [name, version, work.account.partnership_key],
        )
        if taken:
            raise Problems(
                "A weight set of this name and version is here already. Give the new one another version."
            )
        weight_set_id = clock.new_id()
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": weight_set_id, "name": name, "version": version, "status": "provisional",
                "source": source, "points": csv_text, "partnership": work.account.partnership_key,
            },
            Event("weight set brought in", None, weight_set_id),
        )  # fmt: skip
        return weight_set_id


def approve(actor: Actor, weight_set_id: str, *, is_read: bool = False) -> None:
    """Put a set in use for new scores, and retire the one in use. By another person than the one who brought it in, who says
    that the preview `is_read`."""
    with actor.writing() as work:
        check_has_role(work, "weight set approved", *MAY)
        found = _found(work, weight_set_id)
        if found["status"] != "provisional":
            raise Problems("This weight set is approved or retired already.")
        brought_by = work.value(
            "SELECT recorded_by FROM weight_set_history WHERE weight_set_id = $1 AND revision = 1",
            [weight_set_id],
        )
        if brought_by == work.account.account_id:
            raise Problems(
                "A weight set is approved by a second person. Ask a colleague to read and approve it."
            )
        if not is_read:
            raise Problems(NOT_READ)
        for earlier in _of_partnership(work):
            if earlier["status"] == "approved":
                work.save(
                    WEIGHT_SET,
                    {"weight_set_id": earlier["weight_set_id"], "status": "retired"},
                    Event("weight set retired", None, earlier["weight_set_id"]),
                )
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": weight_set_id, "status": "approved", "approved_by": work.account.name,
                "approved_on": clock.today(),
            },
            Event("weight set approved", None, weight_set_id),
        )  # fmt: skip


def withdraw(actor: Actor, weight_set_id: str) -> None:
    """Take an approval back before the first score with the set: it waits again, and the set that it replaced is in use
    again."""
    with actor.writing() as work:
        check_has_role(work, "weight set withdrawn", *MAY)
        standing = _found(work, weight_set_id)
        if standing["status"] != "approved":
            raise Problems("This weight set is not in use, so there is nothing to withdraw.")
        if work.value("SELECT count(*) FROM scoring WHERE weight_set_id = $1", [weight_set_id]):
            raise Problems(
                "Scores were made with this weight set, so its approval stands. Bring in another version instead."
            )
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": weight_set_id, "status": "provisional", "approved_by": None, "approved_on": None,
            },
            Event("weight set withdrawn", None, weight_set_id),
        )  # fmt: skip
        for earlier in _of_partnership(work):  # what the approval retired, it retired in the same write
            if earlier["status"] == "retired" and earlier["recorded_at"] == standing["recorded_at"]:
                work.save(
                    WEIGHT_SET,
                    {"weight_set_id": earlier["weight_set_id"], "status": "approved"},
                    Event("weight set in use again", None, earlier["weight_set_id"]),
                )


def weight_sets(actor: Actor) -> list[Row]:
    """The partnership's sets, newest first, with `brought_by` the name of who brought each in."""
    with actor.reading() as work:
        check_has_role(work, "weight sets listed", *MAY)
        return _of_partnership(work)


def found(work: Reading, weight_set_id: str) -> WeightSet:
    """A set of the account's partnership, with its points. Raises `Problems` when there is none."""
    row = _found(work, weight_set_id)
    return read_weight_set(
        row["points"], name=row["name"], version=row["version"], status=row["status"], source=row["source"],
        approved_by=row["approved_by"], approved_on=row["approved_on"],
    )  # fmt: skip


def _of_partnership(work: Reading) -> list[Row]:
    return work.rows(
        "SELECT w.*, a.name AS brought_by FROM weight_set w JOIN weight_set_history h"
        " ON h.weight_set_id = w.weight_set_id AND h.revision = 1"
        " LEFT JOIN account a ON a.account_id = h.recorded_by"
        " WHERE w.partnership = $1 ORDER BY h.recorded_at DESC",
        [work.account.partnership_key],
    )


def _found(work: Reading, weight_set_id: str) -> Row:
    found = work.current(WEIGHT_SET, weight_set_id)
    if found is None or found["partnership"] != work.account.partnership_key:
        raise Problems("This weight set cannot be found.")
    return found
