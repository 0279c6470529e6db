"""How a colleague stands in a list or a choice: name, agency, job, and what else tells people of one name apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data.database.engine import Row
from forms.codes import AGENCIES
from forms.places import area_name

if TYPE_CHECKING:
    from data.actor import Reading


def person(row: Mapping[str, Any]) -> str:
    """Returns a person of a list in one line."""
    return ", ".join((row["name"], *row["who"]))


def with_people_lines(work: Reading, rows: Sequence[Row]) -> list[Row]:
    """Returns the rows (with account_id and name) with `who` besides: what stands beside the name, in order. Where two would
    read the same, the area follows, and then the user name, which nobody shares."""
    known = {
        row["account_id"]: row
        for row in work.rows(
            "SELECT account_id, name, agency, job_title, area, username FROM account WHERE account_id = ANY($1)",
            [sorted({row["account_id"] for row in rows if row["account_id"]})],
        )
    }
    who = {account_id: _facts(account) for account_id, account in known.items()}
    for more in (lambda a: a["area"] and area_name(a["area"]), lambda a: a["username"]):
        alike = Counter((known[one]["name"].casefold(), said) for one, said in who.items())
        who = {
            one: (*said, fact)
            if alike[known[one]["name"].casefold(), said] > 1 and (fact := more(known[one]))
            else said
            for one, said in who.items()
        }
    return [{**row, "who": who.get(row["account_id"], ())} for row in rows]


def _facts(account: Row) -> tuple[str, ...]:
    return tuple(filter(None, (dict(AGENCIES).get(account["agency"] or ""), account["job_title"])))
