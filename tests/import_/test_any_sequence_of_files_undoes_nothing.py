"""Files of one's own, older ones, with fewer columns, under other references, and another area's, between acts in the tool, in any
order: no act is undone, no record moves to another area or person, nothing is doubled."""

from __future__ import annotations

import copy
import datetime
import shutil
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.actor import Actor
from data.bring_in.cohort_comparison import stored_value
from data.bring_in.cohort_stored import TABLES
from data.bring_in.cohort_workbook import BY_NAME, CohortRefused
from data.database.engine import Row
from data.database.store import Store, open_store
from tests.factories import MADE, an_account
from tests.import_.cohorts import Cohort, bring_deciding, everything, one_child
from tests.import_.test_a_file_never_takes_over_another_areas_record import ANOTHER, in_wirral
from tests.import_.test_a_file_never_undoes_what_people_decided import COLUMNS, OTHER

ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "correct who the child is": ("children", {"name": "Dana Marsh", "sex": "U", "nhs_number": "9991234586"}),
    "change the school": ("children", {"school": "Third Academy"}),
    "close the action": ("actions", {"state": "not_achieved", "closed_on": datetime.date(2026, 3, 1)}),
    "close the episode": ("episodes", {"closed_on": datetime.date(2026, 7, 5), "closure_reason": "moved"}),
    "decide the NRM referral": ("nrm", {"conclusive_grounds": "positive", "conclusive_grounds_on": datetime.date(2026, 5, 1)}),
    "correct the judgement": ("discussions", {"judgement": "C", "scale": 5}),
}  # fmt: skip

FILES = ("own", "changed", "older", "fewer columns", "other references", "corrected day", "another area's")
STEPS = st.lists(st.one_of(st.sampled_from(FILES), st.sampled_from(sorted(ACTS))), min_size=3, max_size=6)


class Office:
    """One area's records, the file it keeps, and what was decided in the tool."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.ours = an_account(store, "coordinator", area="liverpool")
        self.theirs = an_account(store, "coordinator", area="wirral")
        self.file, self.files = one_child(), [one_child()]
        self.decided: dict[tuple[str, str], Any] = {}
        self.steps = 0
        self.bring(self.file, self.ours)
        self.owners = self.owners_now()

    def bring(self, cohort: Cohort, by: Actor) -> None:
        """As the careful do: what is asked is answered with what changes nothing. A refused file changes nothing either."""
        self.steps += 1
        before = everything(self.store, *(table.name for table in TABLES.values()), "external_reference")
        try:
            bring_deciding(self.store, cohort, self.folder / str(self.steps), by=by)
        except CohortRefused:
            now = everything(self.store, *(table.name for table in TABLES.values()), "external_reference")
            assert now == before

    def owners_now(self) -> dict[str, tuple[str, str | None]]:
        """Record → whose it is, and of which area: one of each is what the first file brought."""
        found = {}
        with self.store.reading() as connection:
            for table in TABLES.values():
                for row in connection.rows(f"SELECT * FROM {table.name}"):
                    found[row[table.id_column]] = row["child_id"], row.get("area")
        return found

    def the_first(self, sheet: str) -> Row:
        table = TABLES[sheet]
        with self.store.reading() as connection:
            return connection.rows(f"SELECT * FROM {table.name} ORDER BY {table.id_column}")[0]

    def act(self, name: str) -> None:
        sheet, changes = ACTS[name]
        table = TABLES[sheet]
        with self.ours.writing() as work:
            work.save(table, {table.id_column: self.the_first(sheet)[table.id_column], **changes}, MADE)
        self.decided |= {(sheet, column): value for column, value in changes.items()}

    def do(self, step: str, at: tuple[str, str], older: int) -> None:
        file = copy.deepcopy(self.file)
        if step in ACTS:
            return self.act(step)
        if step == "another area's":
            return self.bring(in_wirral(file, **ANOTHER), self.theirs)
        if step == "older":
            file = self.files[older % len(self.files)]
        elif step == "changed":
            file[at[0]][0][at[1]] = OTHER[at[1]][0]
            self.file = file
        elif step == "corrected day":
            file["discussions"][0]["meeting_date"] = file["actions"][0]["meeting_date"] = "2026-02-04"
            file["nrm"][0]["submitted_on"] = "2026-02-11"
            self.file = file
        elif step == "fewer columns":
            file = {
                sheet: [{c.name: row[c.name] for c in BY_NAME[sheet].columns if c.required} for row in rows]
                for sheet, rows in file.items()
            }
        elif step == "other references":
            file = {
                sheet: [{n: v + "-new" if n.endswith("_ref") else v for n, v in row.items()} for row in rows]
                for sheet, rows in file.items()
            }
        self.files.append(copy.deepcopy(file))
        return self.bring(file, self.ours)

    def check(self) -> None:
        assert self.owners_now() == self.owners
        for (sheet, column), value in self.decided.items():
            assert stored_value(column, self.the_first(sheet)) == value, (sheet, column)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS, at=st.sampled_from(COLUMNS), older=st.integers(0, 5))
def test_any_sequence_of_files_and_acts(
    duckdb_template: Path,
    tmp_path_factory: Any,
    steps: list[str],
    at: tuple[str, str],
    older: int,
) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    for part in duckdb_template.parent.glob("mace.duckdb*"):
        shutil.copy(part, folder / part.name)
    store = open_store(str(folder / "mace.duckdb"))
    try:
        office = Office(store, folder)
        for step in steps:
            office.do(step, at, older)
            office.check()
    finally:
        store.close()


def test_every_kind_of_file_and_act_in_turn(store: Store, tmp_path: Path) -> None:
    """The same on both engines, each file again after each act."""
    office = Office(store, tmp_path)
    for act in sorted(ACTS):
        for step in (act, "changed", "older", "other references", "another area's"):
            office.do(step, ("children", "school"), 0)
            office.check()
    for step in ("fewer columns", "corrected day", "own"):
        office.do(step, ("children", "school"), 0)
        office.check()
