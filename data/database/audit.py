"""The audit trail: who saw, wrote, sent out or was refused what, and when. Append-only, each entry chained to the last.

Entries hold ids and fixed words only, never anything about a child. Verifying and reading it come with need-to-know.
"""

from __future__ import annotations

import datetime
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.database.engine import Connection, DatabaseUnavailable
from data.database.schema import AUDIT

START_OF_CHAIN = "0" * 64
COLUMNS = tuple(AUDIT.columns)


@dataclass(frozen=True)
class Event:
    """What happened, in fixed words ("child viewed"). `detail` is a code, such as a section's key; never free text."""

    action: str
    child_id: str | None = None
    record_id: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Link:
    seq: int
    chain: str


BEGINNING = Link(0, START_OF_CHAIN)
"""What the first entry follows."""


def chain_key(beside: Path | None, *, may_make: bool) -> bytes:
    """The secret of the chain: MACE_AUDIT_KEY, or a file made once, for a database without entries (`may_make`).

    Several machines on one PostgreSQL database need the same key. Raises `DatabaseUnavailable`.
    """
    given = os.environ.get("MACE_AUDIT_KEY")
    if given:
        return given.encode()
    path = Path(
        os.environ.get("MACE_AUDIT_KEY_FILE") or (beside or Path("var/mace")).with_suffix(".audit-key")
    )
    if not path.exists():
        if not may_make:
            raise DatabaseUnavailable(
                f"The key of the audit trail is missing: put it back at {path}, from where its copy is kept."
            )
        _make_key(path)
    return path.read_bytes().strip()


def _make_key(path: Path) -> None:
    """Whole or not at all, and the first of several processes wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(part, path)
    part.unlink()


def chained(key: bytes, previous: str, entry: dict[str, object]) -> str:
    canonical = _ENCODED([_plain(entry[column]) for column in _SAID])
    return hmac.digest(key, previous.encode() + canonical.encode(), "sha256").hex()


_SAID = tuple(column for column in COLUMNS if column != "chain")
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: verifying a million entries takes seconds, not minutes."""


def _plain(value: object) -> object:
    return value.astimezone(datetime.UTC).isoformat() if isinstance(value, datetime.datetime) else value


def last_link(connection: Connection) -> Link:
    row = connection.row("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1")
    return Link(row["seq"], row["chain"]) if row else BEGINNING


def chain_of(connection: Connection, seq: int) -> str | None:
    """The hash of an entry; None when there is none of that number."""
    chain: str | None = connection.value("SELECT chain FROM audit WHERE seq = $1", [seq])
    return chain


def fits(connection: Connection, key: bytes) -> bool:
    """Whether the last entry, or the first, was written with this key: with another one neither was, and a change to one
    of them is what `verify` is there to find."""
    ends = "SELECT * FROM audit WHERE seq IN (1, $1, $1 - 1) ORDER BY seq"
    entries = {row["seq"]: row for row in connection.rows(ends, [last_link(connection).seq])}
    return any(
        entry["chain"] == chained(key, entries[seq - 1]["chain"] if seq > 1 else START_OF_CHAIN, entry)
        for seq, entry in entries.items()
        if seq == 1 or seq - 1 in entries
    )


def append(
    connection: Connection,
    key: bytes,
    previous: Link,
    events: Sequence[Event],
    account_id: str,
    role: str,
    happened_at: datetime.datetime,
) -> Link:
    """Add entries after `previous`, inside the transaction of what they record; gives the new last link."""
    rows = []
    for event in events:
        entry: dict[str, object] = {
            "seq": previous.seq + 1, "happened_at": happened_at, "account_id": account_id, "role": role,
            "action": event.action, "child_id": event.child_id, "record_id": event.record_id, "detail": event.detail,
        }  # fmt: skip
        entry["chain"] = chained(key, previous.chain, entry)
        previous = Link(previous.seq + 1, str(entry["chain"]))
        rows.append([entry[column] for column in COLUMNS])
    if len(rows) == 1:
        connection.insert("audit", dict(zip(COLUMNS, rows[0], strict=True)))
    else:
        connection.bulk("audit", COLUMNS, rows)
    return previous
