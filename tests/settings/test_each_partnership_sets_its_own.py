"""Two partnerships side by side, each with what it has set: kept with its history, read where it is acted by, changed by
its own administrator only.
"""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from data import clock, settings
from data.accounts import ROLES
from data.actor import Actor
from data.answers.drafts import save_answer
from data.child import referrals
from data.child.children import read_child
from data.concern.nominations import nominate, read_nomination
from data.database.engine import Clash
from data.database.records import SETTING
from data.database.store import Store
from data.meeting.meeting_documents import minutes_as_word
from data.meeting.meetings import start
from data.refusal import NotFilledIn, Problems, Refused
from forms.answers import check
from forms.codes import AGENCIES
from forms.minutes import MINUTES
from forms.places import AREAS, PARTNERSHIPS, partnership_of
from forms.question import Answer
from forms.settings import AREA, BY_KEY, FORMS_OF_SETTINGS, OF_AREA, OF_PARTNERSHIP, PARTNERSHIP, SETTINGS
from tests.concern.typed import A_NOMINATION, a_concern
from tests.factories import a_child, an_account, an_episode, long_ago, the_operator
from tests.filled_in import checked, on
from tests.meetings.made import a_meeting
from tests.screens.signed_in import sign_in, words

MERSEYSIDE, SHEFFIELD = "pan_merseyside", "sheffield"


def an_administrator(store: Store, partnership: str = MERSEYSIDE, **given: object) -> Actor:
    return an_account(store, "administrator", area=None, agency=None, partnership=partnership, **given)


def typed(actor: Actor, of: str, place: str) -> dict[str, object]:
    """What the page would send if nothing were changed."""
    answers = settings.standing(actor, of, place).answers
    return {one.key: one.question.typed(answers[one.key]) for one in SETTINGS[of]}


def set_to(actor: Actor, of: str, place: str, **given: object) -> None:
    settings.change(actor, of, place, {**typed(actor, of, place), **given})


def value(store: Store, place: str, key: str) -> Answer:
    with the_operator(store).reading() as work:
        return settings.value(work, place, key)


def test_every_setting_says_its_source_and_where_it_starts() -> None:
    assert all(one.source and one.question.label for one in BY_KEY.values())
    assert len(BY_KEY) == len(OF_PARTNERSHIP) + len(OF_AREA)
    assert [BY_KEY["meeting"].default_of(p.key) for p in PARTNERSHIPS] == ["MACCSE", "MACE"]


def test_a_record_of_concern_is_nominated_where_the_partnership_has_a_marthr(store: Store) -> None:
    for area, before in (("liverpool", True), ("sheffield", False)):
        coordinator = an_account(store, "coordinator", area)
        concern_id = a_concern(coordinator)
        assert read_nomination(coordinator, concern_id).has_marthr is before
        place = partnership_of(area).key
        set_to(an_administrator(store, place), PARTNERSHIP, place, marthr="no" if before else "yes")
        if before:
            with pytest.raises(Problems, match="no MARTHR"):
                nominate(coordinator, concern_id, clock.new_id(), A_NOMINATION)
        else:
            nominate(coordinator, concern_id, clock.new_id(), A_NOMINATION)


def test_before_anybody_sets_anything_both_procedures_hold_side_by_side(store: Store) -> None:
    with the_operator(store).reading() as work:
        found = {area: settings.values(work, area) for area, _ in AREAS}
    assert {
        (f["meeting"], f["frequency"], f["screening"]) for area, f in found.items() if area != "sheffield"
    } == {("MACCSE", "monthly", "advised")}
    merseyside = {
        area for area, f in found.items() if (f["chairs"], f["marthr"]) == (["social_care", "police"], True)
    }
    there = found["sheffield"]
    assert set(found) - merseyside == {"sheffield"}
    assert (there["chairs"], there["marthr"]) == (["social_care"], False)
    assert (there["meeting"], there["frequency"], there["screening"]) == ("MACE", "weekly", "required")
    assert {area for area, f in found.items() if f["agenda_rule"]} == {"liverpool"}
    for f in found.values():
        assert (f["review_weeks"], f["small_number_limit"], f["transitions_from"]) == (12, 5, "17_6")
        assert (f["retention_years"], f["target_days_to_meeting"], f["sign_off"]) == (None, None, None)
        assert f["quorum"] == ["social_care", "police"]


def test_what_one_partnership_sets_leaves_the_other_as_it_is(store: Store) -> None:
    here, there = an_administrator(store), an_administrator(store, SHEFFIELD)
    set_to(
        here,
        PARTNERSHIP,
        MERSEYSIDE,
        meeting="CE meeting",
        review_weeks="8",
        retention_years="25",
        quorum=["police"],
    )
    set_to(there, PARTNERSHIP, SHEFFIELD, review_weeks="4", screening="advised", quorum=[])
    set_to(
        here,
        AREA,
        "wirral",
        agenda_rule="Wirral's own",
        sign_off=["police", "health"],
        nrm_decided_by="local",
    )
    set_to(here, AREA, "liverpool", agenda_rule="")
    assert [value(store, area, "review_weeks") for area in ("liverpool", "wirral", "sheffield")] == [8, 8, 4]
    assert [value(store, place, "meeting") for place in (MERSEYSIDE, "knowsley", "sheffield")] == [
        "CE meeting", "CE meeting", "MACE",
    ]  # fmt: skip
    assert [value(store, place, "quorum") for place in (MERSEYSIDE, SHEFFIELD)] == [["police"], None]
    assert [value(store, area, "agenda_rule") for area in ("wirral", "liverpool", "sefton")] == [
        "Wirral's own", None, None,
    ]  # fmt: skip
    assert sorted(value(store, "wirral", "sign_off")) == ["health", "police"]
    assert value(store, "liverpool", "sign_off") is None
    assert value(store, "wirral", "nrm_decided_by") == "local"


def test_every_earlier_value_is_kept_with_who_and_when_and_only_changes_are_written(store: Store) -> None:
    actor = an_administrator(store, name="Admin Made-Up")
    for weeks in ("8", "8", "10"):
        set_to(actor, PARTNERSHIP, MERSEYSIDE, review_weeks=weeks)
    with actor.reading() as work:
        assert [r["value"] for r in work.revisions(SETTING, f"review_weeks:{MERSEYSIDE}")] == ["8", "10"]
        assert work.value("SELECT count(*) FROM setting") == 1
        audited = work.values("SELECT record_id FROM audit WHERE action = 'setting changed'")
    assert audited == [f"review_weeks:{MERSEYSIDE}"] * 2
    changes = settings.standing(actor, PARTNERSHIP, MERSEYSIDE).changes
    assert [(c.setting.key, c.words, c.by) for c in changes] == [
        ("review_weeks", "10", "Admin Made-Up"),
        ("review_weeks", "8", "Admin Made-Up"),
    ]


def test_what_somebody_else_changed_meanwhile_is_not_undone(store: Store) -> None:
    one, other = an_administrator(store), an_administrator(store)
    seen = settings.standing(one, PARTNERSHIP, MERSEYSIDE).revisions
    mine = {**typed(one, PARTNERSHIP, MERSEYSIDE), "review_weeks": "6"}
    set_to(other, PARTNERSHIP, MERSEYSIDE, review_weeks="10")
    with pytest.raises(Clash):
        settings.change(one, PARTNERSHIP, MERSEYSIDE, mine, seen)
    assert value(store, "wirral", "review_weeks") == 10


def test_what_cannot_stand_is_refused_whole_with_sentences(store: Store) -> None:
    actor = an_administrator(store)
    with pytest.raises(NotFilledIn) as refused:
        set_to(
            actor,
            PARTNERSHIP,
            MERSEYSIDE,
            meeting="",
            review_weeks="40",
            screening="perhaps",
            frequency="weekly",
        )
    assert {p.key for p in refused.value.problems} == {"meeting", "review_weeks", "screening"}
    assert value(store, MERSEYSIDE, "frequency") == "monthly"
    for of, place in (
        (PARTNERSHIP, "liverpool"),
        (AREA, MERSEYSIDE),
        ("nation", "liverpool"),
        (AREA, "atlantis"),
    ):
        with pytest.raises(Problems):
            settings.standing(actor, of, place)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_the_partnerships_own_administrator_and_the_operator_change_them(
    duckdb_store: Store, role: str
) -> None:
    actor = the_operator(duckdb_store) if role == "operator" else an_account(duckdb_store, role)
    as_it_is = typed(the_operator(duckdb_store), AREA, "liverpool")
    assert settings.in_force(actor, "sheffield")["meeting"] == "MACE"  # everybody may read what holds
    if role in ("administrator", "operator"):
        settings.change(actor, AREA, "liverpool", as_it_is)
        return
    with pytest.raises(Refused):
        settings.standing(actor, AREA, "liverpool")
    with pytest.raises(Refused):
        settings.change(actor, AREA, "liverpool", as_it_is)


def test_an_administrator_of_another_partnership_is_refused_and_it_is_audited(store: Store) -> None:
    actor = an_administrator(store, SHEFFIELD)
    for of, place in ((PARTNERSHIP, MERSEYSIDE), (AREA, "wirral")):
        with pytest.raises(Refused):
            settings.change(actor, of, place, typed(the_operator(store), of, place))
    with the_operator(store).reading() as work:
        assert work.value("SELECT count(*) FROM audit WHERE action = 'refused: settings changed'") == 2


def test_a_referral_follows_the_settings_of_the_area_in_which_the_child_lives(store: Store) -> None:
    here, there = a_child(store), a_child(store, area="sheffield")
    operator = the_operator(store)
    assert referrals.problem_before_starting(operator, here) is None
    assert referrals.problem_before_starting(operator, there) == referrals.NEEDS_SCREENING
    set_to(operator, PARTNERSHIP, MERSEYSIDE, screening="required")
    set_to(operator, PARTNERSHIP, SHEFFIELD, screening="advised")
    assert referrals.problem_before_starting(operator, here) == referrals.NEEDS_SCREENING
    assert referrals.problem_before_starting(operator, there) is None


def minutes_of(store: Store, area: str) -> tuple[Actor, str]:
    coordinator = an_account(store, "coordinator", area=area)
    return coordinator, start(coordinator, an_episode(store, a_child(store, area=area), area=area))


def test_a_later_review_needs_its_reason_by_each_partnerships_own_period(store: Store) -> None:
    set_to(the_operator(store), PARTNERSHIP, SHEFFIELD, review_weeks="4")
    for area, sentence in (("liverpool", None), ("sheffield", "Enter why the review is later than 4 weeks")):
        coordinator, draft_id = minutes_of(store, area)
        review = on(clock.today() + datetime.timedelta(weeks=5))
        for key, answer in (
            ("meeting_date", on(clock.today())),
            ("decision", "review"),
            ("review_by", review),
        ):
            save_answer(coordinator, draft_id, key, answer)
        problems = {p.key: p.sentence for p in checked(coordinator, draft_id).problems}
        assert problems.get("review_reason") == sentence


def test_without_a_partnership_a_rule_goes_by_the_default() -> None:
    said = {"meeting_date": "1 4 2026", "decision": "review", "review_by": "1 7 2026"}
    assert "Enter why the review is later than 12 weeks" in [
        p.sentence for p in check(MINUTES, said).problems
    ]


def test_the_meetings_name_and_rule_stand_in_its_documents(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    meeting_id = a_meeting(coordinator, "send papers")
    operator = the_operator(duckdb_store)
    set_to(operator, PARTNERSHIP, MERSEYSIDE, meeting="CEM", meeting_in_full="Made-Up Meeting")
    set_to(operator, AREA, "liverpool", agenda_rule="A made-up rule")
    told = "\n".join(p.text for p in Document(BytesIO(minutes_as_word(coordinator, meeting_id))).paragraphs)
    assert "Minutes of the Made-Up Meeting (CEM)" in told
    assert "A made-up rule" in told


def test_a_closed_record_says_until_when_it_is_kept(store: Store) -> None:
    coordinator = an_account(store, "coordinator")
    closed_on = datetime.date(2024, 2, 29)
    with long_ago(closed_on):
        child_id = a_child(store)
        an_episode(store, child_id, opened_on=datetime.date(2024, 1, 1), closed_on=closed_on)
    assert read_child(coordinator, child_id).retention.due_on is None
    set_to(the_operator(store), PARTNERSHIP, MERSEYSIDE, retention_years="25")
    assert read_child(coordinator, child_id).retention.due_on == datetime.date(2049, 2, 28)
    an_episode(store, child_id)
    assert read_child(coordinator, child_id).retention.due_on is None


@pytest.fixture
def the_page(duckdb_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    sign_in(monkeypatch, duckdb_store, an_administrator(duckdb_store, username="admin", name="Admin Made-Up"))
    script = "from pages.administrators import settings\nsettings.body()"
    return AppTest.from_string(script, default_timeout=30).run()


def press(at: AppTest) -> AppTest:
    next(button for button in at.button if button.label == "Save settings").click().run()
    assert not at.exception
    return at


def test_the_administrator_changes_a_setting_and_sees_who_changed_it(
    the_page: AppTest, duckdb_store: Store
) -> None:
    at = the_page
    assert "Nothing has been changed" in words(at)
    weeks = next(field for field in at.text_input if field.label.startswith("Review period"))
    weeks.set_value("400").run()
    press(at)
    assert "There is a problem" in words(at)
    next(field for field in at.text_input if field.label.startswith("Review period")).set_value("8").run()
    press(at)
    assert at.success[0].value.startswith("Saved.")
    assert value(duckdb_store, "wirral", "review_weeks") == 8
    assert "Admin Made-Up" in words(at)


def test_an_areas_settings_are_its_own(the_page: AppTest, duckdb_store: Store) -> None:
    at = the_page
    assert [option.replace("\\", "") for option in at.selectbox[0].options][:2] == [
        "Partnership: Pan-Merseyside", "Area: Liverpool",
    ]  # fmt: skip
    assert not any("Sheffield" in option for option in at.selectbox[0].options)
    at.selectbox[0].select((AREA, "liverpool")).run()
    assert "all who leave" in at.text_area[0].value
    at.text_area[0].set_value("Made-up rule").run()
    next(box for box in at.checkbox if box.label == dict(AGENCIES)["police"]).check().run()
    press(at)
    assert value(duckdb_store, "liverpool", "agenda_rule") == "Made-up rule"
    assert value(duckdb_store, "liverpool", "sign_off") == ["police"]
    assert FORMS_OF_SETTINGS[AREA].final_button == "Save settings"
