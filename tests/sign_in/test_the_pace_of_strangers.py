"""From one network address the ways to the sign-in service are open so often within a minute, and to others meanwhile."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.sign_in.pace import REMEMBERED, TIMES, WITHIN, Pace

SECOND = datetime.timedelta(seconds=1)


def test_who_presses_without_end_waits_a_minute_and_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    pace = Pace()
    assert [pace.allows("192.0.2.1") for _ in range(TIMES + 2)] == [True] * TIMES + [False] * 2
    assert pace.allows("192.0.2.2")
    at += WITHIN - SECOND
    assert not pace.allows("192.0.2.1")
    at += SECOND
    assert pace.allows("192.0.2.1")


def test_a_network_of_version_6_is_one_address_and_what_is_none_counts_as_it_is() -> None:
    pace = Pace()
    for n in range(TIMES):
        assert pace.allows(f"2001:db8::{n:x}")
    assert not pace.allows("2001:db8::ffff")
    assert pace.allows("2001:db8:0:1::1")
    assert pace.allows("")


def test_many_addresses_do_not_fill_the_memory() -> None:
    pace = Pace()
    for n in range(REMEMBERED + 10):
        assert pace.allows(str(n))
    assert len(pace._since) == REMEMBERED
