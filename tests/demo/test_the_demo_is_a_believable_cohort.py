"""The made-up cohort has every area, state and reason, keeps the rules of the pathway, and is the same for a seed."""

from __future__ import annotations

import datetime
import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bcrypt
import pytest
from dateutil.relativedelta import relativedelta
from stdnum.gb import nhs

from data.__main__ import main
from data.access.rule import can_see_child
from data.accounts import account_now
from data.actor import Actor
from data.bring_in.cohort_checks import Cohort, Fact, broken_rules
from data.bring_in.cohort_stored import TABLES
from data.database.schema import all_tables, form_table, rows_table
from data.database.store import Store, open_store
from data.demo import meeting
from data.demo.fill import fill
from data.meeting import agency_answers, agendas, meeting_keeping, minutes_signing
from data.my_work import my_work
from data.refusal import Problems
from data.sign_in import passwords
from data.ways.pathway import ACTION_WAY, REFERRAL_WAY
from forms import days
from forms.answers import check
from forms.codes import CLOSURE_REASONS, JUDGEMENTS
from forms.places import AREAS
from forms.registry import FORMS
from tests.factories import a_hash, an_account

AS_OF = datetime.date(2026, 9, 30)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is slow on purpose; here the fewest rounds do."""
    monkeypatch.setattr(passwords, "hashed", a_hash)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(str(tmp_path_factory.mktemp("demo") / "mace.duckdb"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hashed", lambda word: word)
        fill(store, 200, 7, AS_OF)
    yield store
    store.close()


def rows(store: Store, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    with store.reading() as connection:
        return connection.rows(sql, list(parameters))


def values(store: Store, sql: str) -> set[Any]:
    with store.reading() as connection:
        return set(connection.values(sql))


def content(store: Store) -> str:
    """A hash over every table, but for what is new each time: the audit, the passwords and when the filling ran."""
    said = hashlib.sha256()
    with store.reading() as connection:
        for table in all_tables():
            if table.name in ("audit", "setting", "setting_history"):
                continue
            columns = [c for c in table.columns if c not in ("password_hash",)]
            found = connection.rows(f"SELECT {', '.join(columns)} FROM {table.name}")
            said.update(table.name.encode())
            for line in sorted(json.dumps(row, default=str) for row in found):
                said.update(line.encode())
    return said.hexdigest()


def test_a_seed_makes_the_same_cohort_on_both_engines(
    duckdb_store: Store, postgres_address: str, tmp_path: Path
) -> None:
    postgres, again = open_store(postgres_address), open_store(str(tmp_path / "again.duckdb"))
    other = open_store(str(tmp_path / "other.duckdb"))
    try:
        for store in (duckdb_store, postgres, again):
            fill(store, 30, 7, AS_OF)
        fill(other, 30, 8, AS_OF)
        assert content(duckdb_store) == content(again) == content(postgres)
        assert content(other) != content(again)
    finally:
        for store in (postgres, again, other):
            store.close()


def test_every_area_and_both_partnerships_are_there(demo: Store) -> None:
    areas = {area for area, _ in AREAS}
    for table in ("child", "referral", "episode"):
        assert values(demo, f"SELECT area FROM {table}") == areas
    assert values(demo, "SELECT DISTINCT area FROM narrative") == areas


def test_every_state_is_there(demo: Store) -> None:
    assert values(demo, "SELECT state FROM referral") == {state.key for state in REFERRAL_WAY.states}
    assert values(demo, "SELECT state FROM action") == {state.key for state in ACTION_WAY.states}
    assert values(demo, "SELECT closure_reason FROM episode") == {key for key, _ in CLOSURE_REASONS} | {None}
    assert values(demo, "SELECT judgement FROM discussion") == {key for key, _ in JUDGEMENTS}
    assert values(demo, "SELECT kind FROM discussion") == {"criminal", "sexual", "both"}
    assert values(demo, "SELECT form FROM draft WHERE state = 'open'") == {"screening", "assessment"}
    assert values(demo, "SELECT is_repeat FROM referral") == {True, False}
    assert values(demo, "SELECT band FROM scoring") == {"low", "medium", "high"}


def test_every_stage_of_the_national_referral_mechanism_is_there(demo: Store) -> None:
    stages = {
        (bool(r["submitted_on"]), r["reasonable_grounds"], r["conclusive_grounds"])
        for r in rows(demo, "SELECT * FROM nrm")
    }
    assert stages >= {
        (False, None, None),
        (True, None, None),
        (True, "positive", None),
        (True, "negative", None),
        (True, "positive", "positive"),
        (True, "positive", "negative"),
    }


def test_every_area_holds_people_and_places_of_concern_linked_to_its_children(demo: Store) -> None:
    with Actor(demo, "operator").reading() as work:
        held = work.values("SELECT DISTINCT area FROM concern ORDER BY area")
        twice = work.values("SELECT area FROM concern WHERE kind = 'person' AND date_of_birth = '1994-05-17'")
        linked = work.value(
            "SELECT count(*) FROM concern_link WHERE child_id IS NOT NULL AND child_area IS NOT NULL"
        )
        logged = work.row(
            "SELECT (SELECT count(*) FROM disruption) AS m, (SELECT count(*) FROM nomination) AS n"
        )
    assert held == sorted(key for key, _ in AREAS)
    assert sorted(twice) == ["knowsley", "liverpool"]
    assert linked >= 3 * len(AREAS)
    assert logged == {"m": 6, "n": 5}


def test_a_child_is_restricted_and_records_were_opened_in_an_emergency(demo: Store) -> None:
    (restricted,) = rows(demo, "SELECT * FROM restriction")
    sees = set()
    for one in rows(demo, "SELECT account_id, username FROM account WHERE area = 'liverpool'"):
        with Actor(demo, one["account_id"]).reading() as work:
            if can_see_child(work, restricted["child_id"]):
                sees.add(one["username"])
    assert "liverpool.coordinator" in sees
    assert "liverpool.manager" not in sees
    assert values(demo, "SELECT state FROM opening") == {"to_review", "appropriate"}
    (manager,) = values(demo, "SELECT account_id FROM account WHERE username = 'liverpool.manager'")
    (waiting,) = my_work(Actor(demo, manager)).openings
    assert waiting["reason"]
    assert restricted["child_id"] not in values(demo, "SELECT child_id FROM opening")


def test_some_actions_and_reviews_are_overdue(demo: Store) -> None:
    assert rows(demo, "SELECT 1 FROM action WHERE state = 'ongoing' AND due_on < $1 LIMIT 1", AS_OF)
    assert rows(
        demo,
        "SELECT max(review_by) AS due FROM discussion d JOIN episode e ON e.episode_id = d.episode_id"
        " WHERE e.closed_on IS NULL GROUP BY d.episode_id HAVING max(review_by) < $1 LIMIT 1",
        AS_OF,
    )


def test_the_rules_of_the_pathway_hold(demo: Store) -> None:
    cohort = Cohort()
    for sheet, table in TABLES.items():
        found = rows(demo, f"SELECT * FROM {table.name}")
        cohort.of(sheet).update((row[table.id_column], Fact(sheet, None, row)) for row in found)
    assert len(cohort.children) == 200
    assert list(broken_rules(cohort)) == []


def test_a_child_who_moved_has_their_earlier_area_in_the_history(demo: Store) -> None:
    (moved, *_) = rows(
        demo,
        "SELECT child_id FROM episode WHERE closure_reason = 'moved'"
        " AND child_id IN (SELECT child_id FROM referral GROUP BY child_id HAVING count(*) > 1)",
    )
    areas = rows(
        demo, "SELECT area FROM child_history WHERE child_id = $1 ORDER BY revision", moved["child_id"]
    )
    assert len({row["area"] for row in areas}) == 2


def test_reviews_follow_in_about_twelve_weeks(demo: Store) -> None:
    for row in rows(demo, "SELECT * FROM discussion WHERE review_by IS NOT NULL"):
        assert row["meeting_date"] < row["review_by"] <= row["meeting_date"] + relativedelta(months=6)
    first = rows(
        demo,
        "SELECT min(d.meeting_date) AS met, e.opened_on, e.area FROM discussion d JOIN episode e"
        " ON e.episode_id = d.episode_id GROUP BY e.episode_id, e.opened_on, e.area",
    )
    for row in first:
        assert 7 <= (row["met"] - row["opened_on"]).days <= 49
        assert row["met"].weekday() == meeting.MEETING_WEEKDAY[row["area"]]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_could_have_been_sent_on_its_day(
    demo: Store, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    """Each form passes its own checks, as if typed on the day it was submitted, and so does what was not asked."""
    born = {row["child_id"]: row["date_of_birth"] for row in rows(demo, "SELECT * FROM child")}
    found = rows(demo, f"SELECT * FROM {form_table(form).name} ORDER BY record_id LIMIT 60")
    assert found
    for record in found:
        day = record["submitted_on"]
        typed = {q.key: q.typed(record[q.key]) for q in form.questions()}
        for repeated in form.rows():
            typed[repeated.key] = [
                {q.key: q.typed(row[q.key]) for q in repeated.questions}
                for row in rows(
                    demo,
                    f"SELECT * FROM {rows_table(form, repeated).name} WHERE record_id = $1 AND revision = $2",
                    record["record_id"],
                    record["revision"],
                )
            ]

        monkeypatch.setattr(days, "today", lambda day=day: day)
        checked = check(form, typed, {"date_of_birth": born[record["child_id"]], "today": day})
        monkeypatch.undo()
        assert checked.problems == ()
        assert sorted(checked.not_asked) == sorted(record["not_asked"])


def test_nothing_lies_after_the_last_day(demo: Store) -> None:
    midnight = datetime.datetime.combine(AS_OF, datetime.time(23, 59), datetime.UTC)
    for table in all_tables():
        if table.name.removesuffix("_history") in ("audit", "setting") or "recorded_at" not in table.columns:
            continue
        assert not rows(demo, f"SELECT 1 FROM {table.name} WHERE recorded_at > $1 LIMIT 1", midnight), (
            table.name
        )


def test_nhs_numbers_are_of_the_range_that_no_person_has(demo: Store) -> None:
    numbers = values(demo, "SELECT nhs_number FROM child WHERE nhs_number IS NOT NULL")
    assert len(numbers) > 100
    assert all(nhs.is_valid(number) and number.startswith("999") for number in numbers)


def test_each_area_has_its_people(demo: Store) -> None:
    people = rows(demo, "SELECT area, role, agency FROM account WHERE area IS NOT NULL")
    for area, _ in AREAS:
        roles = sorted(p["role"] for p in people if p["area"] == area)
        assert roles == [
            "coordinator",
            "manager",
            "meeting_member",
            "practitioner",
            "practitioner",
            "practitioner",
        ]
        assert "police" in {p["agency"] for p in people if p["area"] == area}
    rest = rows(demo, "SELECT role FROM account WHERE area IS NULL ORDER BY role")
    assert [p["role"] for p in rest] == ["administrator", "partnership_lead", "partnership_lead"]


def test_practitioners_reach_the_children_they_worked_with_and_no_others(demo: Store) -> None:
    (worker,) = rows(demo, "SELECT account_id FROM account WHERE username = 'liverpool.social-care'")
    mine = values(demo, f"SELECT child_id FROM child_link WHERE account_id = '{worker['account_id']}'")
    mine |= values(  # and those on the agenda of the meeting to come, to which they are invited
        demo,
        "SELECT i.child_id FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id"
        " WHERE m.area = 'liverpool' AND m.state = 'papers_out'",
    )
    with Actor(demo, worker["account_id"]).reading() as work:
        seen = {child for child in work.values("SELECT child_id FROM child") if can_see_child(work, child)}
    in_oversight = values(  # of their own area: a link ends with the child's move out of it, too
        demo, "SELECT child_id FROM episode WHERE closed_on IS NULL AND area = 'liverpool'"
    )
    assert mine & in_oversight
    assert mine & in_oversight <= seen <= mine  # a link ends some time after the child has left


def test_each_area_has_a_meeting_next_week_with_some_agencies_answers(demo: Store) -> None:
    to_come = rows(demo, "SELECT * FROM meeting WHERE state = 'papers_out' ORDER BY area")
    assert [one["area"] for one in to_come] == sorted(key for key, _ in AREAS)
    for one in to_come:
        assert AS_OF.isocalendar().week + 1 == one["meets_on"].isocalendar().week
        coordinator = Actor(demo, coordinator_of(demo, one["area"]))
        agenda = agendas.read_agenda(coordinator, one["meeting_id"])
        assert agenda.items
        answered = agency_answers.answers(coordinator, one["meeting_id"])
        assert {row["agency"] for row in answered[0].answers} >= {"police"}
        assert any(child.missing for child in answered)


def test_each_area_has_agreed_minutes_that_the_manager_has_still_to_sign(demo: Store) -> None:
    agreed = rows(demo, "SELECT * FROM meeting WHERE state = 'agreed' ORDER BY area")
    assert [one["area"] for one in agreed] == sorted(key for key, _ in AREAS)
    for one in agreed:
        manager = Actor(demo, one["chair_social_care_account"])
        seen = minutes_signing.signing(manager, one["meeting_id"])
        assert [chair.key for chair in seen.to_sign] == ["social_care"] == list(seen.mine)
        assert seen.latest
        assert all(child["minutes_id"] for child in seen.latest.children)
        with manager.reading() as work:
            assert meeting_keeping.quorum_missing(work, one) == []


def coordinator_of(demo: Store, area: str) -> str:
    (row,) = rows(demo, "SELECT account_id FROM account WHERE role = 'coordinator' AND area = $1", area)
    return str(row["account_id"])


def test_an_assessment_begun_awaits_the_police(demo: Store) -> None:
    (draft, *_) = rows(demo, "SELECT * FROM draft WHERE form = 'assessment'")
    wrote = rows(
        demo,
        "SELECT DISTINCT a.agency FROM draft_answer d JOIN account a ON a.account_id = d.saved_by"
        " WHERE d.draft_id = $1",
        draft["draft_id"],
    )
    asked = rows(
        demo,
        "SELECT a.agency FROM child_link l JOIN account a ON a.account_id = l.account_id"
        " WHERE l.child_id = $1 AND l.why = 'asked to contribute'",
        draft["child_id"],
    )
    assert len(wrote) == 2
    assert "police" not in {row["agency"] for row in wrote}
    assert [row["agency"] for row in asked] == ["police"]


def test_a_database_with_anything_in_it_is_refused(store: Store) -> None:
    an_account(store)
    with pytest.raises(Problems, match="has children or accounts in it already"):
        fill(store, 1, 7, AS_OF)


def test_an_account_of_a_demo_works_in_a_demo_only(store: Store) -> None:
    account_id = an_account(store, is_demo=True).account_id
    with store.reading() as connection:
        assert account_now(connection, account_id) is None
    with store.writing() as transaction:
        transaction.connection.insert("setting", {"setting": "is_demo", "value": "yes"})
    with store.reading() as connection:
        assert account_now(connection, account_id) is not None


def test_the_command_shows_the_accounts_once_and_keeps_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(tmp_path / "mace.duckdb"))
    kept = tmp_path / "accounts.txt"
    words = ["demo", "--children", "6", "--seed", "7", "--as-of", "2026-09-30"]
    assert main([*words, "--passwords-to", str(kept)]) == 0
    table = capsys.readouterr().out
    assert kept.read_text() == table
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    username, password = table.splitlines()[1].split()[:2]
    store = open_store()
    (account,) = rows(store, "SELECT * FROM account WHERE username = $1", username)
    store.close()
    assert bcrypt.checkpw(password.encode(), account["password_hash"].encode())
    assert not account["must_change_password"]
    for file in tmp_path.glob("mace*"):
        assert password.encode() not in file.read_bytes()
    assert main(words) == 2
    assert "in it already" in capsys.readouterr().err


def test_the_first_administrator_gets_a_password_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(tmp_path / "mace.duckdb"))
    words = ["account", "--username", "first.admin", "--name", "First Made-Up", "--role", "administrator"]
    assert main(words) == 2
    assert "--area" in capsys.readouterr().err
    assert main([*words, "--area", "Sheffield"]) == 0
    password = capsys.readouterr().out.splitlines()[-1]
    store = open_store()
    (account,) = rows(store, "SELECT * FROM account")
    with store.reading() as connection:
        now = account_now(connection, account["account_id"])
    store.close()
    assert now is not None
    assert (now.role, now.must_change_password, now.is_demo) == ("administrator", True, False)
    assert bcrypt.checkpw(password.encode(), account["password_hash"].encode())
    assert main([*words, "--area", "Sheffield"]) == 2


def test_the_verbs_are_listed_each_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for verb in ("return", "template", "import", "demo", "account"):
        assert f"\n    {verb}" in said


def test_a_fault_says_where_and_never_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("MACE_DATABASE", str(tmp_path / "mace.duckdb"))

    def fault(*_: object) -> None:
        raise ValueError("Child Made-Up, born 2010-05-17")

    monkeypatch.setattr("data.commands.demo.fill", fault)
    assert main(["demo"]) == 2
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Made-Up" not in said
    assert "Traceback" not in said


def test_nothing_in_the_demo_has_waited_longer_than_people_would_let_it(demo: Store) -> None:
    """Every list of what waits, by the day since when it does."""
    waits = {
        "an action of a closed episode": (
            "SELECT e.closed_on AS since FROM action a JOIN episode e ON e.episode_id = a.episode_id"
            " WHERE a.state = 'ongoing' AND e.closed_on IS NOT NULL"
        ),
        "an overdue action": "SELECT due_on AS since FROM action WHERE state = 'ongoing'",
        "a referral": "SELECT received_on AS since FROM referral WHERE state NOT IN ('accepted', 'declined')",
        "an NRM referral": "SELECT submitted_on AS since FROM nrm WHERE reasonable_grounds IS NULL AND submitted_on IS NOT NULL",
        "a flag": "SELECT review_on AS since FROM flag WHERE state = 'placed'",
        "a return interview": "SELECT until_on AS since FROM missing_episode WHERE interview_held IS NULL",
        "a draft": "SELECT CAST(started_at AS date) AS since FROM draft WHERE state = 'open'",
    }
    longest = datetime.timedelta(weeks=18)
    for what, sql in waits.items():
        found = [row["since"] for row in rows(demo, sql)]
        assert found or "closed" in what, what
        assert AS_OF - min(found, default=AS_OF) <= longest, (what, min(found))
    open_of_closed = "SELECT count(*) AS n FROM action a JOIN episode e ON e.episode_id = a.episode_id WHERE a.state = 'ongoing'"
    of_closed = rows(demo, f"{open_of_closed} AND e.closed_on IS NOT NULL")[0]["n"]
    assert of_closed * 10 <= rows(demo, open_of_closed)[0]["n"]
