"""A whole made-up cohort, written as a partnership's workbook and brought in, gives the figures that it gave before."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.actor import Actor
from data.bring_in.cohort_comparison import OUTCOMES as STATES
from data.bring_in.cohort_import import import_cohort
from data.bring_in.cohort_reading import read_cohort
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import SHEETS, context_label
from data.database.store import Store, open_store
from data.demo.fill import fill
from data.quarters import Quarter
from data.returns.returns import draft_return
from data.sign_in import passwords
from forms.places import PARTNERSHIPS, area_name
from tests.factories import the_operator
from tests.import_.cohorts import Cohort, as_folder, as_workbook

AS_OF = datetime.date(2026, 9, 30)
OUTCOMES = {state: outcome for outcome, state in STATES.items()} | {"awaiting_sign_off": "pending"}


def as_cohort(store: Store) -> Cohort:
    """What the store holds, as the partnership's spreadsheet would say it; ids serve as references."""
    with store.reading() as connection:
        return {
            sheet.name: [
                {column.name: _as_text(sheet.name, column.name, row) for column in sheet.columns}
                for row in connection.rows(f"SELECT * FROM {TABLES[sheet.name].name}")
                if sheet.name != "nrm" or row["submitted_on"]
            ]
            for sheet in SHEETS
        }


def _as_text(sheet: str, column: str, row: Mapping[str, Any]) -> str:
    value = row["state" if column == "outcome" else column.replace("_ref", "_id")]
    if column == "outcome":
        value = OUTCOMES[value]
    elif column == "area":
        value = area_name(value)
    elif column == "contexts":
        value = "; ".join(context_label(key) for key in value or ())
    elif column == "areas_gone_to":
        value = "; ".join(value or ())
    elif isinstance(value, bool):
        value = "yes" if value else "no"
    return "" if value is None else str(value)


def figures(store: Store) -> list[Any]:
    """All figures of three quarters of both partnerships; what was screened, and which places children were linked to,
    is in no workbook."""
    found = []
    for partnership in PARTNERSHIPS:
        for back in (0, 1, 4):
            quarter = Quarter.of(AS_OF).before(back)
            drafted = draft_return(Actor(store, "operator", partnership.key), quarter, partnership.areas)
            said = drafted.as_long_form()
            found.append(
                [
                    said["figures"],
                    [t for t in said["themes"] if t["kind"] not in ("sign", "place_of_concern")],
                ]
            )
    return found


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 10_000), children=st.integers(15, 40))
def test_any_valid_workbook_gives_the_figures_it_was_made_from(
    duckdb_template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, children: int
) -> None:
    folder = tmp_path_factory.mktemp("again")
    stores = []
    for name in ("made", "brought"):
        (folder / name).mkdir()
        for part in duckdb_template.parent.glob("mace.duckdb*"):
            shutil.copy(part, folder / name / part.name)
        stores.append(open_store(str(folder / name / "mace.duckdb")))
    made, brought = stores
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(passwords, "hashed", lambda word: word)
            fill(made, children, seed, AS_OF)
        cohort = as_cohort(made)
        first = import_cohort(the_operator(brought), read_cohort(as_folder(cohort, folder / "in")))
        assert first.new == {sheet: len(rows) for sheet, rows in cohort.items()}
        assert figures(brought) == figures(made)
        workbook = read_cohort(as_workbook(cohort, folder / "cohort.xlsx"))
        second = import_cohort(the_operator(brought), workbook)
        assert second.unchanged == first.new
        assert second.new == second.changed == dict.fromkeys(first.new, 0)
    finally:
        for store in stores:
            store.close()


def test_a_cohort_brought_into_postgresql_gives_the_same_figures(
    postgres_address: str, duckdb_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "hashed", lambda word: word)
    fill(duckdb_store, 25, 3, AS_OF)
    postgres = open_store(postgres_address)
    try:
        import_cohort(
            the_operator(postgres), read_cohort(as_folder(as_cohort(duckdb_store), tmp_path / "in"))
        )
        assert figures(postgres) == figures(duckdb_store)
    finally:
        postgres.close()
