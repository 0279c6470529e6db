"""Who a person is to the tool: their account, and the roles there are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.database.engine import Connection, Row
from forms.account import ROLES as ROLES_OF_PEOPLE
from forms.places import PARTNERSHIPS, partnership_of

if TYPE_CHECKING:
    from forms.places import Partnership

ROLES = {**dict(ROLES_OF_PEOPLE), "operator": "Operator of commands"}

OPERATOR_ID = "operator"

WAITING = "waiting"
"""What `account.confirmation` says of one that a second administrator has not confirmed yet."""


@dataclass(frozen=True)
class Account:
    account_id: str
    username: str
    name: str
    role: str
    agency: str | None
    area: str | None
    partnership_key: str
    email: str | None = None
    telephone: str | None = None
    job_title: str | None = None
    address: str | None = None
    postcode: str | None = None
    working_days: tuple[str, ...] = ()
    must_change_password: bool = False
    is_demo: bool = False
    has_password: bool = True
    """Who signs in by the organisation's sign-in service only has none."""
    recorded_at: datetime.datetime | None = None
    """When it was changed last; None for the operator's."""

    @property
    def partnership(self) -> Partnership:
        return next(p for p in PARTNERSHIPS if p.key == self.partnership_key)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas whose figures this account may see: its own, or all of the partnership for its lead."""
        if self.role in ("partnership_lead", "operator"):
            return self.partnership.areas
        return (self.area,) if self.area else ()


def account_now(connection: Connection, account_id: str) -> Account | None:
    """The account as it stands at this moment, or None when there is none, it is suspended or not confirmed yet.

    A demo's account works in a demo's database only, even if it was copied elsewhere.
    """
    row = connection.row("SELECT * FROM account WHERE account_id = $1 AND NOT is_suspended", [account_id])
    if row is None or row["confirmation"] == WAITING or (row["is_demo"] and not _is_a_demos(connection)):
        return None
    return _account(row)


def _is_a_demos(connection: Connection) -> bool:
    return connection.row("SELECT 1 FROM setting WHERE setting = 'is_demo' AND value = 'yes'") is not None


def _account(row: Row) -> Account:
    return Account(
        account_id=row["account_id"],
        username=row["username"],
        name=row["name"],
        role=row["role"],
        agency=row["agency"],
        area=row["area"],
        partnership_key=row["partnership"] or partnership_of(row["area"]).key,
        email=row["email"],
        telephone=row["telephone"],
        job_title=row["job_title"],
        address=row["address"],
        postcode=row["postcode"],
        working_days=tuple(row["working_days"] or ()),
        must_change_password=bool(row["must_change_password"]),
        is_demo=bool(row["is_demo"]),
        has_password=bool(row["password_hash"]),
        recorded_at=row["recorded_at"],
    )


def operator(partnership_key: str) -> Account:
    """The account that commands act as; they are run by whoever runs the machine."""
    return Account(OPERATOR_ID, OPERATOR_ID, "Operator", "operator", None, None, partnership_key)
