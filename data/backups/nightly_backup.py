"""A backup each night while the server runs, when MACE_BACKUP_FOLDER is set; the oldest make room.

Made by a child process with the same command that a person would use. Nothing but fixed words is logged.
"""

from __future__ import annotations

import datetime
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from data import clock
from data.database.engine import DatabaseUnavailable
from data.database.engine_duckdb import DuckDBEngine
from data.database.private_copy import HOME
from data.database.store import Store

log = logging.getLogger(__name__)

NIGHT_BEGINS = 2  # o'clock in the United Kingdom
LOOK_EVERY = 10 * 60  # seconds; also how long it waits after a failure
NAMES = "mace-????-??-??.tar"


def start_nightly_backups(store: Store) -> threading.Event:
    """Set the event to end them. Raises `DatabaseUnavailable` for a number of backups that is none."""
    over = threading.Event()
    folder, kept = os.environ.get("MACE_BACKUP_FOLDER"), os.environ.get("MACE_BACKUPS_KEPT") or "14"
    if not kept.isdecimal() or int(kept) < 1:
        raise DatabaseUnavailable("Give MACE_BACKUPS_KEPT as a whole number from 1.")
    if folder and not isinstance(store.engine, DuckDBEngine):
        raise DatabaseUnavailable(
            "MACE_BACKUP_FOLDER backs up an embedded database only. Take the setting away, and have PostgreSQL "
            "backed up with pg_dump."
        )
    if folder and isinstance(store.engine, DuckDBEngine):
        threading.Thread(
            target=_every_night,
            args=(store.engine, Path(folder).absolute(), int(kept), over),
            name="backups",
            daemon=True,
        ).start()
    return over


def _every_night(engine: DuckDBEngine, folder: Path, kept: int, over: threading.Event) -> None:
    while True:
        if file := due(folder, clock.now()):
            back_up_tonight(engine, file, kept)
        if over.wait(LOOK_EVERY):
            return


def due(folder: Path, at: datetime.datetime) -> Path | None:
    """The file that the latest night should have left; None when it is there. A day begins at two in the morning."""
    local = at.astimezone(clock.UK)
    night = local.date() - datetime.timedelta(days=local.hour < NIGHT_BEGINS)
    file = folder / f"mace-{night}.tar"
    return None if file.exists() else file


def back_up_tonight(engine: DuckDBEngine, file: Path, kept: int) -> bool:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for cut_off in file.parent.glob(f"{NAMES}.part-*"):
            cut_off.unlink()
        given = {name: value for name, value in os.environ.items() if name != "MACE_KEY_FILE"}
        given["MACE_DATABASE"] = str(engine.path)
        if engine.key is not None:
            given["MACE_KEY"] = engine.key
        done = subprocess.run(
            [sys.executable, "-m", "data", "backup", str(file)], cwd=HOME, env=given, capture_output=True
        )
        if done.returncode == 0:
            for old in sorted(file.parent.glob(NAMES))[:-kept]:
                old.unlink()
            return True
    except OSError:
        pass  # said below, as what the child could not do
    log.error(
        "The nightly backup failed. Run `python -m data backup FILE` by hand to see why; it is tried again soon."
    )
    return False
