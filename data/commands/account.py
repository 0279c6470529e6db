"""`python -m data account`: one account, such as the first administrator of an installation, with a first password."""

from __future__ import annotations

import argparse

from data import clock
from data.accounts import ROLES
from data.actor import Actor, system_user
from data.database.audit import Event
from data.database.records import ACCOUNT
from data.database.store import open_store
from data.refusal import Problems
from data.sign_in import passwords
from forms.codes import AGENCIES
from forms.places import AREAS, PARTNERSHIPS, partnership_of

NEEDS_AREA = ("practitioner", "coordinator", "manager", "meeting_member")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", required=True, help="the person's name, as colleagues know it")
    parser.add_argument("--role", required=True, choices=[role for role in ROLES if role != "operator"])
    parser.add_argument(
        "--area", choices=[name for _, name in AREAS], help=f"needed for {', '.join(NEEDS_AREA)}"
    )
    parser.add_argument("--agency", choices=[key for key, _ in AGENCIES], default="other")
    parser.add_argument(
        "--partnership", choices=[p.name for p in PARTNERSHIPS], help="needed where there is no area"
    )
    parser.add_argument("--email")


def run(arguments: argparse.Namespace) -> int:
    area = next((key for key, name in AREAS if name == arguments.area), None)
    partnership = next((p.key for p in PARTNERSHIPS if p.name == arguments.partnership), None)
    if arguments.role in NEEDS_AREA and area is None:
        raise Problems(f"Name the area of the {arguments.role.replace('_', ' ')} with --area.")
    if area is None and partnership is None:
        raise Problems("Name the area with --area, or the partnership with --partnership.")
    if area and partnership not in (None, partnership_of(area).key):
        raise Problems("Name an area of that partnership, or leave one of the two out.")
    username = arguments.username.strip()
    if not username or not arguments.name.strip() or len(username.split()) != 1:
        raise Problems("Give a user name without spaces, and the person's name.")
    first_password = passwords.made_up()
    store = open_store()
    try:
        with Actor(store, "operator").writing() as work:
            if work.value("SELECT count(*) FROM account WHERE lower(username) = $1", [username.lower()]):
                raise Problems("Choose another user name: there is an account of that name.")
            account_id = clock.new_id()
            work.save(
                ACCOUNT,
                {
                    "account_id": account_id, "username": username, "name": arguments.name.strip(),
                    "email": arguments.email, "role": arguments.role, "agency": arguments.agency, "area": area,
                    "partnership": partnership or partnership_of(area or "").key,
                    "password_hash": passwords.hashed(first_password), "must_change_password": True,
                    "password_changed_at": work.at, "is_demo": False, "is_suspended": False,
                },
                Event("account added", record_id=account_id, detail=f"by {system_user()}"),
            )  # fmt: skip
    finally:
        store.close()
    print(
        f"Added {username}. The first password, shown once, good for a day and changed at the first sign-in:"
    )
    print(first_password)
    return 0
