"""Who is linked to a child, and so may reach them: by writing about the child, or by being asked to contribute."""

from __future__ import annotations

from data.access.restricted import check_may_be_asked
from data.access.rule import check_can_see_child, check_can_write_child
from data.account_line import with_people_lines
from data.actor import Actor, Reading, Writing
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import CHILD_LINK
from data.refusal import Problems


def link(work: Writing, child_id: str, account_id: str, why: str) -> None:
    link_id = f"{child_id}:{account_id}"
    standing = work.current(CHILD_LINK, link_id)
    if standing is None or standing["ended_on"] is not None:
        work.save(
            CHILD_LINK,
            {
                "link_id": link_id,
                "child_id": child_id,
                "account_id": account_id,
                "why": why,
                "ended_on": None,
            },
            Event("child linked", child_id, link_id),
        )


def ask_to_contribute(actor: Actor, child_id: str, account_id: str) -> None:
    """Ask a practitioner of another agency to write their part of the child's assessment and tracker."""
    with actor.writing() as work:
        check_can_write_child(work, child_id)
        if account_id not in {colleague["account_id"] for colleague in _practitioners(work, child_id)}:
            raise Problems("Select a practitioner of the child's area")
        check_may_be_asked(work, child_id, account_id)
        link(work, child_id, account_id, "asked to contribute")


def practitioners_to_ask(actor: Actor, child_id: str) -> list[Row]:
    """Practitioners of the child's area: account_id, name, agency, job_title, is_linked."""
    with actor.reading() as work:
        check_can_see_child(work, child_id)
        return with_people_lines(work, _practitioners(work, child_id))


def _practitioners(work: Reading, child_id: str) -> list[Row]:
    return work.rows(
        "SELECT a.account_id, a.name, a.agency, a.job_title, l.link_id IS NOT NULL AS is_linked"
        " FROM account a LEFT JOIN child_link l"
        " ON l.account_id = a.account_id AND l.child_id = $1 AND l.ended_on IS NULL"
        " WHERE a.role = 'practitioner' AND NOT a.is_suspended AND a.area IN ("
        "SELECT area FROM child WHERE child_id = $1 UNION SELECT area FROM referral WHERE child_id = $1"
        " UNION SELECT area FROM episode WHERE child_id = $1) ORDER BY a.agency, a.name LIMIT 200",
        [child_id],
    )
