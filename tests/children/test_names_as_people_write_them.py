"""Names are found and matched however people write them, the same on both engines, in every place that looks for a name."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from data import names
from data.after_meeting.action_list import Wanted, list_actions
from data.child.children import likely_matches, search
from data.concern.concerns import search_concerns
from data.database.engine import Row
from data.database.records import ACTION
from data.database.schema import form_table
from data.database.store import Store, open_store
from data.names import are_alike, has_words, plain, search_key
from forms.answers import check
from forms.child import CHILD
from tests.concern.typed import A_PERSON, a_concern
from tests.factories import MADE, a_child, a_child_in_oversight, an_account, the_operator
from tests.filled_in import A_CHILD

WRITTEN = {
    "Nguyễn Thị Hương": ("nguyen", "Nguyen Thi Huong", "NGUYỄN", "huong nguyen", "Nguye\u0302\u0303n"),
    "Ọlá Ṣógà": ("ola", "soga ola", "Ọla"),
    "Ḥassan ʿAlī": ("hassan", "ali hassan"),
    "Jürgen Strauß": ("strauss", "jurgen", "STRAUSS"),
    "Æsa Dæg": ("aesa", "daeg"),
    "Đặng Ngọc": ("dang", "ngoc dang"),
    "Łucja Øst Işık": ("lucja", "ost", "isik"),
    "Oʼneill Kai": ("oneill", "o'neill", "O’Neill", "o neill", "o`neill kai", "Oʻneill"),
    "Siobhán O Sullivan": ("osullivan", "o'sullivan", "O-Sullivan"),
    "Ma\u200bry An\u2060ne": ("mary", "mary anne"),
    "Zoe Al Hashimi": ("alhashimi", "al-hashimi", "zoealhashimi", "Al Hashimi"),
    "Jean-Luc Dupré": ("jeanluc", "jean luc", "luc dupre"),
    "Abdulrahman": ("abdul rahman", "Abdul-Rahman"),
}
NOBODY = ("'", "’", "ʼ", "-", "–", " ", "   ", "\u200b", ".", "' -", "eal", "%")


def found(store: Store, words: str) -> list[str]:
    return [child["name"] for child in search(an_account(store, "coordinator"), words).children]


def an_action(store: Store, record: Row) -> None:
    with the_operator(store).writing() as work:
        work.save(ACTION, {"action_id": "made up", **record}, MADE)


def test_a_name_is_found_however_it_is_written_and_nobody_by_signs_alone(store: Store) -> None:
    for name in WRITTEN:
        a_child(store, name=name)
    coordinator = an_account(store, "coordinator")
    told = {w: [c["name"] for c in search(coordinator, w).children] for ws in WRITTEN.values() for w in ws}
    assert told == {w: [name] for name, ws in WRITTEN.items() for w in ws}
    assert {words: search(coordinator, words).children for words in NOBODY} == dict.fromkeys(NOBODY, ())


def test_a_name_is_offered_as_a_likely_match_however_it_is_written(store: Store) -> None:
    for name in WRITTEN:
        a_child(store, name=name, nhs_number=None)
    whole = {"Nguyễn Thị Hương": "nguyen thi huong", "Ọlá Ṣógà": "Soga Ola", "Ḥassan ʿAlī": "Hassan Ali",
             "Jürgen Strauß": "Jurgen Strauss", "Đặng Ngọc": "Dang Ngoc", "Oʼneill Kai": "Kai O'Neill",
             "Ma\u200bry An\u2060ne": "Mary Anne", "Zoe Al Hashimi": "Zoe AlHashimi"}  # fmt: skip
    with an_account(store, "coordinator").reading() as work:
        (born,) = set(work.values("SELECT date_of_birth FROM child"))
        for name, written in whole.items():
            answers = check(CHILD, {**A_CHILD, "name": written}).answers | {"date_of_birth": born}
            assert [c["name"] for c in likely_matches(work, answers)[0].children] == [name], written


def test_every_latin_letter_is_found_by_plain_ones() -> None:
    letters = [c for c in map(chr, range(0xC0, 0x2000)) if unicodedata.name(c, "").startswith("LATIN ")]
    letters = [c for c in letters if unicodedata.category(c) in ("Ll", "Lu") and c not in "Ƨƨƻ"]
    assert len(letters) > 700
    not_plain = [c for c in letters if not plain(c).isascii() or (plain(c) and not plain(c).isalnum())]
    assert not_plain == []
    taken_apart = {c: unicodedata.normalize("NFKD", c)[0].lower() for c in letters}
    assert [
        c for c, base in taken_apart.items() if base.isascii() and base.isalpha() and plain(c)[0] != base
    ] == []


def test_a_person_of_concern_and_the_child_and_owner_of_an_action_are_found_alike(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    for name, written in WRITTEN.items():
        a_concern(coordinator, {**A_PERSON, "name": name})
        assert {tuple(r["name"] for r in search_concerns(coordinator, w).rows) for w in written} == {(name,)}
    assert [search_concerns(coordinator, words).rows for words in NOBODY] == [()] * len(NOBODY)
    there = a_child_in_oversight(store, name="Nguyễn Thị Hương")
    action = {"episode_id": there.episode_id, "child_id": there.child_id, "action": "Made-up action", "agency": "police",
              "owner": "Siobhán O Sullivan", "state": "ongoing"}  # fmt: skip
    an_action(store, action)
    for wanted, is_found in ((Wanted("ongoing", owner="osullivan"), True), (Wanted("ongoing", child="Nguyen"), True),
                             (Wanted("ongoing", owner="'"), False), (Wanted("ongoing", child="-"), False)):  # fmt: skip
        assert bool(list_actions(coordinator, wanted).actions) is is_found, wanted


def test_databases_of_before_are_filled_in_at_start_former_names_too(address: str) -> None:
    with open_store(address) as store:
        child_id = a_child(store, name="Nguyễn Thị Hương")
        a_concern(an_account(store, "coordinator"), {**A_PERSON, "name": "Đặng Ngọc"})
        with store.engine.migrating() as connection:
            for table in ("child", "child_history"):
                connection.run(f"UPDATE {table} SET name_key = NULL, full_name_key = NULL, lcs_key = NULL")
            connection.run("UPDATE concern SET search_key = NULL, match_keys = NULL")
        assert found(store, "nguyen") == []
    with open_store(address) as store:
        assert found(store, "nguyen") == ["Nguyễn Thị Hương"]
        assert [r["name"] for r in search_concerns(an_account(store, "coordinator"), "dang").rows] == [
            "Đặng Ngọc"
        ]
        with the_operator(store).reading() as work:
            kept = work.values("SELECT name_key FROM child_history WHERE child_id = $1", [child_id])
        assert kept == [search_key("Nguyễn Thị Hương")]


def test_what_is_searched_by_is_worked_out_wherever_a_record_is_written() -> None:
    assert set(form_table(CHILD).derived) <= set(form_table(CHILD).history.columns)
    written = {"name": "Zoë", "aliases": "Lee Lee; Łucja", "lcs_number": "LCS-77 a"}
    kept = form_table(CHILD).with_derived(written)
    assert (kept["name_key"], kept["lcs_key"]) == ("zoe lee lee lucja|leelee", "lcs77a")


def test_only_one_module_folds_names() -> None:
    decomposes = re.compile(r'unicodedata\.normalize(?!\("NFC", )')  # NFC alters no letter
    folds = [p for p in Path(names.__file__).parent.rglob("*.py") if decomposes.search(p.read_text())]
    assert folds == []
    assert has_words("key", "-", 1) == ("false", [])
    assert are_alike(plain("Trần Thị Mỹ"), plain("Tran Thi My"))
