"""What an administrator does with accounts: invite, change, suspend, end sessions, unlock, give a new first password.

What an account may see is `data.access.rule`; what its fields are and when they are right is `forms.account`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import clock
from data.access.accounts import NO_SUCH_ACCOUNT, accounts_kept, check_can_keep_accounts, check_keeps
from data.accounts import OPERATOR_ID, WAITING, account_now
from data.actor import Actor, Reading, Writing
from data.child.links import note_endings
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACCOUNT
from data.refusal import NotFilledIn, Problems
from data.sign_in import configured, passwords, sessions, tries
from data.sign_in.confirmation import POWER, asked_for
from data.trail.views import note_view
from forms import account as asked
from forms.account import ACCOUNT as ACCOUNT_FORM
from forms.answers import Problem, check
from forms.form import RepeatedRows
from forms.places import partnership_of

PAGE = 25
ONLY_ADMINISTRATOR = "Invite another administrator first: this is the only one who can sign in."
OWN_ROLE = "Ask another administrator to change your own role."
OWN_ACCOUNT = "Ask another administrator to suspend your own account."


@dataclass(frozen=True)
class FirstPassword:
    """To be shown once and handed over by another way than the user name; only its hash is kept."""

    account_id: str
    username: str
    password: str | None
    """None for who signs in by the sign-in service."""


@dataclass(frozen=True)
class Listed:
    accounts: tuple[Row, ...]
    """account_id, username, name, role, agency, area, partnership, is_suspended, must_change_password, confirmation."""
    more: bool


@dataclass(frozen=True)
class Kept:
    """One account as the administrator sees it."""

    record: Row
    is_locked: bool
    sessions: int
    """Open now."""
    last_signed_in: Any


def accounts(actor: Actor, words: str = "", page: int = 0) -> Listed:
    """Accounts of the own partnership whose name, user name or email address holds the words, by name; a page of 25."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        note_view(work, "accounts listed", None)
        own, parameters = accounts_kept(work, 3)
        rows = work.rows(
            "SELECT account_id, username, name, role, agency, area, partnership, is_suspended, must_change_password,"
            f" confirmation FROM account a WHERE {own}"
            " AND ($1 = '' OR position($1 in lower(name)) > 0 OR position($1 in lower(username)) > 0"
            f" OR position($1 in lower(email)) > 0) ORDER BY lower(name), account_id LIMIT {PAGE + 1} OFFSET $2",
            [" ".join(words.lower().split()), page * PAGE, *parameters],
        )
        return Listed(tuple(rows[:PAGE]), len(rows) > PAGE)


def read_account(actor: Actor, account_id: str) -> Kept:
    with actor.writing() as work:
        check_can_keep_accounts(work)
        record = _standing(work, account_id)
        note_view(work, "account viewed", None, account_id)
        at = clock.now()
        opened = work.rows(
            "SELECT opened_at, seen_at, ended_at FROM session WHERE account_id = $1", [account_id]
        )
        return Kept(
            {column: value for column, value in record.items() if column != "password_hash"}
            | {"has_password": bool(record["password_hash"])},
            tries.is_locked(work.connection, record["username"]),
            sum(
                s["ended_at"] is None
                and at - s["seen_at"] <= sessions.IDLE
                and at - s["opened_at"] <= sessions.LONGEST
                for s in opened
            ),
            max((s["opened_at"] for s in opened), default=None),
        )


def invite(actor: Actor, typed: Mapping[str, Any]) -> FirstPassword:
    """A new account from what was typed (keys of `forms.account`); with a first password unless it says who they are at
    the sign-in service. Raises `NotFilledIn`."""
    password = passwords.made_up()
    hashed = passwords.hashed(password)  # slow on purpose, so before the write
    with actor.writing() as work:
        check_can_keep_accounts(work)
        account_id = clock.new_id()
        answers = _checked(work, account_id, typed)
        has_password = not (answers["identity_email"] or answers["identity_subject"])
        work.save(
            ACCOUNT,
            {
                **answers, **_issuer(answers), "account_id": account_id, **asked_for(work, {**answers, "account_id": account_id}, "invited"),
                "password_hash": hashed if has_password else None, "must_change_password": has_password,
                "password_changed_at": work.at, "is_demo": False, "is_suspended": False,
            },
            Event("account invited", record_id=account_id, detail=answers["role"]),
        )  # fmt: skip
    return FirstPassword(account_id, answers["username"], password if has_password else None)


def change(actor: Actor, account_id: str, typed: Mapping[str, Any], seen_revision: int) -> tuple[str, ...]:
    """Save what was typed over the account; gives the keys that changed. Another role, agency or area ends its
    sessions. Raises `NotFilledIn`, and `data.database.engine.Clash` when somebody saved since `seen_revision`."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        standing = _standing(work, account_id)
        answers = _checked(work, account_id, typed)
        changed = tuple(key for key, value in answers.items() if _or_none(standing[key]) != _or_none(value))
        if not changed:
            return ()
        if "role" in changed:
            if _is_only_administrator(work, standing):
                raise NotFilledIn(Problem("role", ONLY_ADMINISTRATOR))
            if account_id == work.account.account_id:
                raise NotFilledIn(Problem("role", OWN_ROLE))
        event = Event("account changed", record_id=account_id, detail=",".join(changed))
        if {"role", "agency", "area"} & set(changed):
            note_endings(work, account_id)
        is_another = {"identity_email", "identity_subject"} & set(changed)
        changes = {**answers, **(_issuer(answers) if is_another else {}), "account_id": account_id}
        if POWER & set(changed):
            changes |= asked_for(work, {**standing, **changes}, "changed")
        work.save(ACCOUNT, changes, event, seen_revision=seen_revision)
        if is_another:
            sessions.end_all(work, account_id, "identity changed")
        return changed


def suspend(actor: Actor, account_id: str) -> None:
    """Nobody can sign in with it any more, and who is signed in is out at the next click."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        standing = _standing(work, account_id)
        if standing["is_suspended"]:
            return
        if _is_only_administrator(work, standing):
            raise Problems(ONLY_ADMINISTRATOR)
        if account_id == work.account.account_id:
            raise Problems(OWN_ACCOUNT)
        event = Event("account suspended", record_id=account_id)
        work.save(ACCOUNT, {"account_id": account_id, "is_suspended": True}, event)
        sessions.end_all(work, account_id, "suspended")


def bring_back(actor: Actor, account_id: str) -> None:
    with actor.writing() as work:
        check_can_keep_accounts(work)
        standing = _standing(work, account_id)
        if not standing["is_suspended"]:
            return
        event = Event("account brought back", record_id=account_id)
        changes = asked_for(work, standing, "brought back")
        work.save(ACCOUNT, {"account_id": account_id, "is_suspended": False, **changes}, event)


def end_sessions(actor: Actor, account_id: str) -> None:
    with actor.writing() as work:
        check_can_keep_accounts(work)
        _standing(work, account_id)
        sessions.end_all(work, account_id, "ended by an administrator")
        work.note(Event("sessions ended", record_id=account_id))


def unlock(actor: Actor, account_id: str) -> None:
    """Let the person try again now, after five wrong passwords."""
    with actor.writing() as work:
        check_can_keep_accounts(work)
        tries.forget(work.connection, _standing(work, account_id)["username"])
        work.note(Event("account unlocked", record_id=account_id))


def give_first_password(actor: Actor, account_id: str) -> FirstPassword:
    """For who forgot theirs, or whose password somebody else may know: the old one no longer opens anything, and the
    new one must be changed at the first sign-in."""
    password = passwords.made_up()
    hashed = passwords.hashed(password)
    with actor.writing() as work:
        check_can_keep_accounts(work)
        standing = _standing(work, account_id)
        work.save(
            ACCOUNT,
            {
                "account_id": account_id, "password_hash": hashed, "must_change_password": True,
                "password_changed_at": work.at,
                **(
                    {"confirmation_asked_by": work.account.account_id}  # who knows the password confirms nothing
                    if standing["confirmation"] == WAITING
                    else asked_for(work, standing, "first password")
                ),
            },
            Event("first password given", record_id=account_id),
        )  # fmt: skip
        tries.forget(work.connection, standing["username"])
        sessions.end_all(work, account_id, "first password given")
    return FirstPassword(account_id, standing["username"], password)


def _standing(work: Reading, account_id: str) -> Row:
    standing = work.current(ACCOUNT, account_id) if account_id != OPERATOR_ID else None
    if standing is None:
        raise Problems(NO_SUCH_ACCOUNT)
    check_keeps(work, standing)
    return standing


def _checked(work: Writing, account_id: str, typed: Mapping[str, Any]) -> Row:
    """Every column the form knows: what was not asked of this role is emptied."""
    found = check(ACCOUNT_FORM, typed)
    problems = list(found.problems)
    username = found.answers.get("username")
    if username and work.value(
        "SELECT count(*) FROM account WHERE lower(username) = lower($1) AND account_id <> $2",
        [username, account_id],
    ):
        problems.append(
            Problem(
                asked.username.key, "Enter another user name: somebody else, perhaps suspended, has this one"
            )
        )
    identity = {key: found.answers.get(key) for key in (asked.identity_email.key, asked.identity_subject.key)}
    for key, given in identity.items():
        if given and work.value(
            f"SELECT count(*) FROM account WHERE lower({key}) = lower($1) AND account_id <> $2",
            [given, account_id],
        ):
            problems.append(Problem(key, "Somebody else's account has this already: enter theirs"))
    if not any(identity.values()) and not configured.passwords_open():
        problems.append(
            Problem(
                asked.identity_email.key, "Enter their email address or identifier at the sign-in service"
            )
        )
    partnership = found.answers.get("partnership") or (
        (area := found.answers.get("area")) and partnership_of(area).key
    )
    if partnership and work.account.role != "operator" and partnership != work.account.partnership_key:
        key = "area" if found.answers.get("area") else "partnership"
        problems.append(
            Problem(key, "Select one of your own partnership: another partnership keeps its own accounts")
        )
    if problems:
        order = list(ACCOUNT_FORM.by_key)
        raise NotFilledIn(*sorted(problems, key=lambda problem: order.index(problem.key)))
    answers = {item.key: found.answers.get(item.key) for item in ACCOUNT_FORM.items()}
    if answers["area"]:
        answers["partnership"] = partnership_of(answers["area"]).key
    return answers


def _issuer(answers: Row) -> Row:
    """An identifier means somebody at the service that is set when it is typed, and nobody at another one."""
    service = configured.the_service()
    return {"identity_issuer": service.issuer if service and answers["identity_subject"] else None}


def typed_of(record: Row) -> dict[str, Any]:
    """An account as somebody would have typed it."""
    return {
        item.key: item.typed(record[item.key])
        for item in ACCOUNT_FORM.items()
        if not isinstance(item, RepeatedRows)
    } | {"vetting": record["vetting"] or "none"}


def _is_only_administrator(work: Reading, standing: Row) -> bool:
    others = work.values(
        "SELECT account_id FROM account WHERE role = 'administrator' AND account_id <> $1"
        " AND partnership IS NOT DISTINCT FROM $2",
        [standing["account_id"], standing["partnership"]],
    )
    return standing["role"] == "administrator" and not any(
        account_now(work.connection, other) for other in others
    )


def _or_none(value: Any) -> Any:
    return value or None
