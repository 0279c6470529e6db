"""The date of each agency's information sharing agreement, kept with its history by the administrator only."""

from __future__ import annotations

import datetime

import pytest

from data import clock
from data.accounts import ROLES
from data.database.records import SETTING
from data.database.store import Store
from data.refusal import Problems, Refused
from data.sign_in.agreements import agreements, record_agreement
from forms.codes import AGENCIES
from tests.factories import an_account


def test_each_agency_of_an_area_has_its_own_day_and_the_earlier_one_is_kept(store: Store) -> None:
    actor = an_account(store, "administrator")
    record_agreement(actor, "liverpool", "police", "13 11 2025")
    record_agreement(actor, "liverpool", "police", "1 April 2026")
    record_agreement(actor, "wirral", "health", "2 4 2026")
    kept = agreements(actor, "liverpool")
    assert list(kept) == [agency for agency, _ in AGENCIES]
    assert {agency: day for agency, day in kept.items() if day} == {"police": datetime.date(2026, 4, 1)}
    with actor.reading() as work:
        values = [revision["value"] for revision in work.revisions(SETTING, "agreement:liverpool:police")]
    assert values == ["2025-11-13", "2026-04-01"]
    record_agreement(actor, "liverpool", "police", "")
    assert agreements(actor, "liverpool")["police"] is None


def test_a_day_that_cannot_be_read_or_is_to_come_is_refused_in_a_sentence(store: Store) -> None:
    actor = an_account(store, "administrator")
    tomorrow = (clock.today() + datetime.timedelta(days=2)).isoformat()
    for area, agency, typed, sentence in (
        ("liverpool", "police", "soon", "Date the agreement was signed must have a day, a month and a year"),
        ("liverpool", "police", tomorrow, "Date the agreement was signed must be today or in the past"),
        ("atlantis", "police", "1 4 2026", "Select an area and an agency."),
        ("liverpool", "circus", "1 4 2026", "Select an area and an agency."),
    ):
        with pytest.raises(Problems, match=sentence):
            record_agreement(actor, area, agency, typed)


def test_only_the_administrator_reads_and_records_agreements(store: Store) -> None:
    for role in set(ROLES) - {"operator", "administrator"}:
        actor = an_account(store, role)
        with pytest.raises(Refused):
            agreements(actor, "liverpool")
        with pytest.raises(Refused):
            record_agreement(actor, "liverpool", "police", "1 4 2026")
