"""An entry changed, removed, added or reordered in the database is found and named, and so is a tail cut off."""

from __future__ import annotations

import dataclasses
import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from data.database.audit import Event
from data.database.store import open_store
from data.refusal import Problems
from data.trail.audit_reading import Fault, Head, Verdict, head, verify
from tests.audit.tampering import tamper
from tests.browser.tool import ROOT

ENTRIES = 12
NUMBERED_ANEW = (
    "UPDATE audit SET seq = -seq WHERE seq > {0}",
    "UPDATE audit SET seq = -seq {1} WHERE seq < -{0}",
)
COPY = (
    "INSERT INTO audit SELECT {0}, happened_at, account_id, role, action, child_id, record_id, detail, chain"
    " FROM audit WHERE seq = {1}"
)


def swap(one: int, other: int) -> tuple[str, ...]:
    return (
        f"UPDATE audit SET seq = -1 WHERE seq = {one}",
        f"UPDATE audit SET seq = {one} WHERE seq = {other}",
        f"UPDATE audit SET seq = {other} WHERE seq = -1",
    )


@pytest.fixture
def trail(address: str) -> str:
    """A closed database with twelve entries, on each engine in turn."""
    with open_store(address) as store, store.writing() as transaction:
        for number in range(ENTRIES):
            transaction.note(f"account-{number}", "manager", Event("child viewed", f"child-{number}"))
    return address


def verdict(address: str, *kept: Head) -> Verdict:
    """What `verify` finds; an embedded database that was cut, as its head file says, is looked at all the same."""
    with open_store(address, despite_loss=True) as store:
        return verify(store, kept)


def head_of(address: str) -> Head:
    with open_store(address) as store:
        last = head(store)
    assert last
    return last


def test_a_trail_that_nobody_touched_is_whole_against_every_head_kept(trail: str) -> None:
    first = head_of(trail)
    with open_store(trail) as store:
        with store.writing() as transaction:
            transaction.note("a", "manager", Event("signed in"))
        found = verify(store, [first, *([last] if (last := head(store)) else [])])
    assert found == Verdict(ENTRIES + 1)
    assert str(found) == "The audit trail is whole. Entries, each following from the one before: 13."


def test_a_trail_without_entries_is_whole(address: str) -> None:
    with open_store(address) as store:
        assert head(store) is None
        assert verify(store) == Verdict(0)


@pytest.mark.parametrize(
    ("done", "kind", "seq", "sentence"),
    [
        *(
            ([f"UPDATE audit SET {change} WHERE seq = 5"], "changed", 5, "Entry 5 was changed after it was written.")
            for change in (
                "account_id = 'somebody else'", "child_id = NULL", "role = 'operator'", "detail = 'x'",
                "happened_at = happened_at + INTERVAL '1 microsecond'", f"chain = '{'0' * 64}'",
            )
        ),
        (["UPDATE audit SET action = 'x' WHERE seq = 1"], "changed", 1, "Entry 1 was changed after it was written."),
        (
            ["UPDATE audit SET action = 'x' WHERE seq = 12"], "unclear", 12,
            "Entry 12 does not follow from the one before: it was changed or added, or others were removed here.",
        ),
        (["DELETE FROM audit WHERE seq = 5"], "removed", 5, "Entry 5 was removed."),
        (["DELETE FROM audit WHERE seq IN (1, 2)"], "removed", 1, "Entries 1 to 2 were removed."),
        (
            ["DELETE FROM audit WHERE seq = 5", *(s.format(5, "- 1") for s in NUMBERED_ANEW)], "removed", 5,
            "Entry 5 was removed, and those after it were given new numbers.",
        ),
        (
            [*(s.format(4, "+ 1") for s in NUMBERED_ANEW), COPY.format(5, 2)], "added", 5,
            "Entry 5 was added by other means than the tool.",
        ),
        ([COPY.format(0, 2)], "added", 1, "Entry 1 was added by other means than the tool."),
        (
            [COPY.format(13, 2)], "unclear", 13,
            "Entry 13 does not follow from the one before: it was changed or added, or others were removed here.",
        ),
        *(
            (swap(*two), "reordered", 5, "Entry 5 is out of its place: entries were put in another order.")
            for two in ((5, 6), (5, 9), (5, 12))
        ),
    ],
)  # fmt: skip
def test_what_was_done_to_an_entry_is_found_and_named(
    trail: str, done: list[str], kind: str, seq: int, sentence: str
) -> None:
    tamper(trail, *done)
    assert verdict(trail) == Verdict(seq - 1, Fault(seq, kind, sentence))


@pytest.mark.parametrize("page", [5, 20_000])
def test_an_entry_beside_another_of_its_number_is_found(
    trail: str, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever can rebuild the table without its key can give two entries one number, at the end of a page too."""
    monkeypatch.setattr("data.trail.audit_reading.AT_A_TIME", page)
    tamper(
        trail,
        "ALTER TABLE audit RENAME TO kept",
        "CREATE TABLE audit AS SELECT * FROM kept",
        "INSERT INTO audit SELECT * FROM kept WHERE seq = 5",
        "DROP TABLE kept",
    )
    found = verdict(trail).fault
    assert found
    assert found.kind == "added"


def test_a_tail_cut_off_is_found_against_a_head_kept_elsewhere_and_only_so(trail: str) -> None:
    kept = head_of(trail)
    tamper(trail, "DELETE FROM audit WHERE seq > 9")
    assert verdict(trail) == Verdict(9)
    found = verdict(trail, kept).fault
    assert found
    assert (found.seq, found.kind) == (10, "cut")
    assert found.sentence.startswith("Entries 10 to 12 were removed: the trail ends before the head of ")


def test_a_trail_written_anew_with_its_own_key_is_found_against_a_head_kept_elsewhere(trail: str) -> None:
    kept = head_of(trail)
    tamper(trail, "DELETE FROM audit WHERE seq > 9")
    with open_store(trail, despite_loss=True) as store:
        for _ in range(5):
            with store.writing() as transaction:
                transaction.note("a", "manager", Event("signed in"))
    assert verdict(trail) == Verdict(14)
    found = verdict(trail, kept).fault
    assert found
    assert (found.seq, found.kind) == (12, "rewritten")


def test_a_trail_is_read_in_pages_and_every_page_counts(trail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.trail.audit_reading.AT_A_TIME", 4)
    assert verdict(trail) == Verdict(ENTRIES)
    tamper(trail, *swap(4, 11))
    found = verdict(trail).fault
    assert found
    assert (found.seq, found.kind) == (4, "reordered")


def test_a_head_comes_back_from_what_was_printed() -> None:
    at = datetime.datetime(2026, 11, 22, 2, 30, tzinfo=datetime.UTC)
    kept = Head(1204, "a" * 64, at)
    assert Head.parse(str(kept)) == kept
    assert Head.parse_all(f"{kept}\n\n{dataclasses.replace(kept, seq=7)}\n")[1].seq == 7
    for line in ("", "12", f"0 {'a' * 64} {at.isoformat()}", f"x {'a' * 64} {at.isoformat()}", f"1 ab {at}"):
        with pytest.raises(Problems, match="as it was printed"):
            Head.parse(line)


def test_the_commands_print_the_head_and_the_verdict_while_the_tool_runs(
    duckdb_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACE_DATABASE", duckdb_address)
    with open_store(duckdb_address) as store:  # holds the database, as the running tool does
        with store.writing() as transaction:
            transaction.note("a", "manager", Event("signed in"))
        printed = python_m_data("head")
        assert printed.stdout == f"{head(store)}\n"
    kept = tmp_path / "heads"
    kept.write_text(printed.stdout)
    whole = python_m_data("verify", "--head", str(kept))
    assert (whole.returncode, whole.stdout) == (
        0,
        "The audit trail is whole. Entries, each following from the one before: 1.\n"
        "Compared with heads kept elsewhere: 1.\n",
    )
    tamper(duckdb_address, "DELETE FROM audit")
    cut = python_m_data("verify", "--head", str(kept))
    assert cut.returncode == 1
    assert "Entry 1 was removed" in cut.stdout


def python_m_data(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "data", *words], cwd=ROOT, capture_output=True, text=True)
