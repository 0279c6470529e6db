"""The head of the audit trail, kept in a file beside the embedded database: the last entry that was committed.

DuckDB opens a log of commits that lost its end as if nothing were missing. Compared with this file, the loss shows. It
is written after each commit, so a kill in between leaves it behind the database, never ahead of it.
"""

from __future__ import annotations

import datetime
import hmac
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from data.clock import UK, now
from data.database import audit
from data.database.engine import Connection, DatabaseUnavailable
from data.database.private_copy import files_of, head_file_of, log_of, sync

log = logging.getLogger(__name__)

SLOT = 4096
"""Bytes. The two slots are written in turn, each in a block of its own, so that a write that is torn leaves the other."""
ACCEPT = "python -m data accept-loss"


class EntriesMissing(DatabaseUnavailable):
    """The database holds less than was committed to it, or nobody can tell."""


@dataclass(frozen=True)
class Kept:
    """A head as the file has it."""

    link: audit.Link
    at: datetime.datetime


@dataclass(frozen=True)
class Loss:
    sentence: str
    """For the person who runs the tool: what is missing and what to do."""
    code: str | None
    """For the audit, once the loss is accepted; None for what cannot be accepted."""


class HeadFile:
    """The file of a database that is open here. Its writes never fail the commit that they follow."""

    def __init__(self, database: Path, key: bytes) -> None:
        self._key = key
        self._turn = 0
        self._path = head_file_of(database)
        self.is_behind = False
        """Whether the last write failed, so that a loss of what was committed since would not be noticed."""

    def begin(self, link: audit.Link) -> None:
        """Write the file anew, whole or not at all."""
        part = self._path.with_name(self._path.name + ".part")
        slot = self._slot(link)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, slot + slot)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.rename(self._path)
        sync(self._path.parent)

    def write(self, link: audit.Link) -> None:
        """Once `link` is committed. The disk keeps it when this returns."""
        try:
            self._write_in_turn(link)
            self.is_behind = False
        except OSError:
            if not self.is_behind:
                log.critical(
                    "The head of the audit trail could not be written beside the database: a loss of what is saved "
                    "now would not be noticed. Check the disk."
                )
            self.is_behind = True

    def _write_in_turn(self, link: audit.Link) -> None:
        try:
            descriptor = os.open(self._path, os.O_WRONLY)
        except FileNotFoundError:  # removed while the tool runs
            self.begin(link)
            return
        try:
            os.pwrite(descriptor, self._slot(link), self._turn * SLOT)
            os.fdatasync(descriptor)
        finally:
            os.close(descriptor)
        self._turn = 1 - self._turn

    def _slot(self, link: audit.Link) -> bytes:
        words = f"{link.seq} {link.chain} {now().isoformat()}"
        return f"{words} {_mac(self._key, words)}\n".encode().ljust(SLOT, b"\0")


def read(database: Path) -> bytes | None:
    """The file as it is; None when there is none. Read before the database is copied, it is never ahead of the copy."""
    try:
        return head_file_of(database).read_bytes()
    except FileNotFoundError:
        return None


def refuse_an_empty_beginning(database: Path) -> None:
    """Raises `DatabaseUnavailable` when the database is missing, or is an empty file, and something of it is left."""
    if database.exists() and database.stat().st_size:
        return
    left = [path for path in files_of(database) if path != database and path.exists()]
    if names_an_entry(read(database)):
        left.append(head_file_of(database))
    if left:
        names = " and ".join(str(path) for path in left)
        raise EntriesMissing(
            f"The database {database} is missing or empty, but {names} is there: it was lost, and no empty one was "
            "put in its place. Put it back, or restore the last backup: python -m data restore FILE. Only to begin "
            f"with nothing, first move {names} elsewhere."
        )


def names_an_entry(found: bytes | None) -> bool:
    """Whether something was committed by what a head file held, its key apart; a damaged one is taken to say so."""
    return bool(found) and _newest(found or b"", None) != _NOTHING


def another_key(connection: Connection, key: bytes) -> Loss | None:
    """What to say when the audit trail was written with another key than this one."""
    if audit.last_link(connection).seq == 0 or audit.fits(connection, key):
        return None
    return Loss(
        "The key of the audit trail is not the one that its entries were written with. Set MACE_AUDIT_KEY, or the file "
        "that MACE_AUDIT_KEY_FILE names, to that key. Nothing was changed.",
        None,
    )


def loss(
    connection: Connection, database: Path, found: bytes | None, key: bytes | None, *, is_expected: bool
) -> Loss | None:
    """What is missing of the database behind `connection`, by what its head file held (`found`, from `read`).

    Without the key the file is taken at its word. `is_expected`: the database was opened by a version that keeps one.
    """
    last = audit.last_link(connection)
    kept = _newest(found, key) if found else None
    if kept is None:
        if key is not None and (another := another_key(connection, key)):
            return another
        if found is None and not (is_expected and last.seq):
            return None
        if found and not last.seq and _newest(found, None) == _NOTHING:
            return None  # nothing was ever committed, and the key was chosen anew
        return Loss(
            f"{head_file_of(database)}, which says how far the database had got, is "
            f"{'missing' if found is None else 'damaged'}: whether entries are missing cannot be told. The database "
            f"ends with entry {last.seq:,} of the audit trail. Put the file back; or compare the trail with heads that "
            f"were kept elsewhere (python -m data verify --head FILE), and then go on with: {ACCEPT}",
            "head file missing" if found is None else "head file damaged",
        )
    if kept.link.seq > last.seq:
        return _cut(database, last.seq + 1, kept)
    if kept.link.seq and audit.chain_of(connection, kept.link.seq) != kept.link.chain:
        return Loss(
            f"Entry {kept.link.seq:,} of the audit trail is not the one that {head_file_of(database)} names: {database} "
            "is another database, or an older one that was written to since. Put the right one back, or go on with "
            f"this one: {ACCEPT}",
            f"another entry {kept.link.seq}",
        )
    return None


def _cut(database: Path, first: int, kept: Kept) -> Loss:
    last, number = kept.link.seq, kept.link.seq - first + 1
    which = f"Entries {first:,} to {last:,}" if number > 1 else f"Entry {last:,}"
    local = kept.at.astimezone(UK)
    return Loss(
        f"{number:,} {'entries' if number > 1 else 'entry'} of the audit trail and what was saved with "
        f"{'them' if number > 1 else 'it'} {'are' if number > 1 else 'is'} missing from {database}. {which}, the last "
        f"written on {local:%-d %B %Y at %H:%M}, had been saved: the log of commits {log_of(database)} was cut or "
        "lost, or an older copy was put in place. Nothing was changed. Put the files back as they were, or restore "
        f"the last backup: python -m data restore FILE. To go on without what is missing: {ACCEPT}",
        f"entries {first} to {last}",
    )


_NOTHING = Kept(audit.BEGINNING, datetime.datetime.min)


def _newest(found: bytes, key: bytes | None) -> Kept | None:
    """The later head of the two slots; None when neither is as it was written. One of no entry is `_NOTHING`."""
    heads = [_parsed(found[at : at + SLOT], key) for at in (0, SLOT)]
    return max((head for head in heads if head), key=lambda head: head.link.seq, default=None)


def _parsed(slot: bytes, key: bytes | None) -> Kept | None:
    try:
        words, mac = slot.rstrip(b"\0").decode("ascii").removesuffix("\n").rsplit(" ", 1)
        seq, chain, at = words.split(" ")
        kept = Kept(audit.Link(int(seq), chain), datetime.datetime.fromisoformat(at))
    except ValueError:
        return None
    if key is not None and not hmac.compare_digest(mac, _mac(key, words)):
        return None
    return kept if kept.link.seq else _NOTHING


def _mac(key: bytes, words: str) -> str:
    return hmac.digest(key, b"head " + words.encode(), "sha256").hex()
