"""A scoring is a snapshot: replayed it gives the same for ever, whatever changed since (tracker.md, History)."""

from __future__ import annotations

import csv
import datetime
import io

import pytest

import scoring
from data import clock
from data.actor import Actor
from data.answers import drafts
from data.database.audit import Event
from data.database.records import SCORING, WEIGHT_SET
from data.database.store import Store
from data.refusal import Problems, Refused
from data.scores import scorings
from forms.child import CHILD
from forms.tracker import TRACKER
from tests.factories import a_child, a_link, an_account
from tests.filled_in import a_sent_tracker, an_accepted_child, sent, today_is

TODAY = clock.today()


def approved_weights(
    by: Actor, name: str, plus: int, partnership: str | None = "pan_merseyside", **given
) -> str:
    """A set whose every answer has so many points more than the illustrative set's."""
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(("code", "answer", "points"))
    shipped = scoring.illustrative_weights()
    for code, options in scoring.scorable().items():
        lines.writerows((code, label, shipped.points[code][key] + plus) for key, label in options)
    weight_set_id = clock.new_id()
    with by.writing() as work:
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": weight_set_id, "name": name, "version": "1", "status": "approved",
                "source": "Made up for a test", "points": file.getvalue(), "approved_by": "Person Made-Up",
                "approved_on": TODAY, "partnership": partnership, **given,
            },
            Event("made for a test"),
        )  # fmt: skip
    return weight_set_id


def seen(actor: Actor, scoring_id: str) -> tuple[int, int, str, str]:
    row, scored, handled = scorings.read_score(actor, scoring_id)
    assert (row["total"], row["highest"], row["band"]) == (scored.total, scored.highest, scored.band.key)
    return scored.total, scored.highest, handled.band.key, scored.age_group


def test_a_score_replays_the_same_after_weights_age_and_birth_date_have_changed(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_child(store, linked_to=practitioner)
    scoring_id = a_sent_tracker(practitioner, child_id)
    first = seen(coordinator, scoring_id)
    approved_weights(coordinator, "Made-up weights", 1)
    sent(practitioner, CHILD, child_id, {"date_of_birth": "1 2 2018"})
    with today_is(TODAY + datetime.timedelta(days=800)):
        assert seen(coordinator, scoring_id) == first
    later = a_sent_tracker(practitioner, child_id, occasion="meeting")
    assert seen(coordinator, later)[0] > first[0] - 20
    assert seen(coordinator, scoring_id) == first


def test_the_set_that_ships_is_kept_with_the_first_score_made_with_it(store: Store, monkeypatch) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_child(store, linked_to=practitioner)
    scoring_id = a_sent_tracker(practitioner, child_id)
    a_sent_tracker(practitioner, child_id, occasion="meeting")
    first = seen(coordinator, scoring_id)
    with coordinator.reading() as work:
        assert work.value("SELECT count(*) FROM weight_set") == 1
    monkeypatch.setattr(
        scorings, "illustrative_weights", lambda: 1 / 0
    )  # a later release ships another, or none
    assert seen(coordinator, scoring_id) == first


def test_the_childs_partnership_decides_whose_weights_count(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_child(store, linked_to=practitioner)
    approved_weights(coordinator, "Sheffield's", 3, partnership="sheffield")
    row, scored, _ = scorings.read_score(coordinator, a_sent_tracker(practitioner, child_id))
    assert scored.weights.status == "illustrative"
    ours = approved_weights(coordinator, "Merseyside's", 2)
    row, scored, _ = scorings.read_score(
        coordinator, a_sent_tracker(practitioner, child_id, occasion="meeting")
    )
    assert (row["weight_set_id"], scored.weights.name) == (ours, "Merseyside's")


def test_another_band_needs_a_reason_and_a_name_and_both_bands_stay(store: Store) -> None:
    practitioner, coordinator = (
        an_account(store),
        an_account(store, "coordinator", name="Coordinator Made-Up"),
    )
    child_id = a_child(store, linked_to=practitioner)
    scoring_id = a_sent_tracker(practitioner, child_id)
    for band, reason in (("high", " "), ("purple", "a reason")):
        with pytest.raises(scoring.OverrideRefused):
            scorings.override(coordinator, scoring_id, band, reason)
    with pytest.raises(Refused):
        scorings.override(practitioner, scoring_id, "high", "a reason")
    scorings.override(coordinator, scoring_id, "high", "Made-up reason")
    row, scored, handled = scorings.read_score(practitioner, scoring_id)
    assert (scored.band.key, handled.band.key, row["handled_band"]) == ("low", "high", "high")
    assert "Coordinator Made-Up" in handled.why
    assert "Made-up reason" in handled.why
    with coordinator.reading() as work:
        assert [r["handled_band"] for r in work.revisions(SCORING, scoring_id)] == ["low", "high"]


def test_a_child_in_an_active_investigation_is_handled_as_high(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id = a_child(store, linked_to=practitioner)
    said = {"modern_slavery_investigation": "yes", "modern_slavery_on": "1 9 2025"}
    scoring_id = a_sent_tracker(practitioner, child_id, **said)
    row, scored, handled = scorings.read_score(coordinator, scoring_id)
    assert (scored.band.key, handled.band.key, row["handled_band"]) == ("low", "high", "high")
    with pytest.raises(scoring.OverrideRefused):
        scorings.override(coordinator, scoring_id, "low", "Made-up reason")


def test_before_and_after_compare_in_order_of_time_under_one_set(store: Store) -> None:
    practitioner, coordinator = an_account(store), an_account(store, "coordinator")
    child_id, episode_id = an_accepted_child(practitioner, coordinator)
    before = a_sent_tracker(practitioner, child_id, occasion="before_intervention")
    later_set = approved_weights(coordinator, "Made-up weights", 1)
    after = a_sent_tracker(practitioner, child_id, occasion="after_intervention", looked_after="no")
    compared = scorings.compare_scores(practitioner, before, after)
    assert compared.rescored
    assert compared.before.weights.name == compared.after.weights.name == "Made-up weights"
    assert scorings.compare_scores(practitioner, after, before).change == compared.change
    row, _, _ = scorings.read_score(practitioner, after)
    assert (row["weight_set_id"], row["episode_id"]) == (later_set, episode_id)
    other = a_sent_tracker(practitioner, a_child(store, linked_to=practitioner))
    with pytest.raises(Problems, match="two scores of the same child"):
        scorings.compare_scores(practitioner, before, other)


def test_agencies_add_their_answers_to_one_tracker_and_each_sending_is_a_score(store: Store) -> None:
    nurse, officer = an_account(store, agency="health"), an_account(store, agency="police")
    child_id = a_child(store, linked_to=nurse)
    a_link(store, child_id, officer)
    first = a_sent_tracker(nurse, child_id, mental_health="concern")
    second = a_sent_tracker(officer, child_id, county_line_arrest="yes")
    draft = drafts.read_draft(nurse, drafts.start_draft(nurse, TRACKER, child_id))
    assert draft.typed["mental_health"] == "concern"
    assert draft.typed["county_line_arrest"] == "yes"
    with nurse.reading() as work:
        assert work.value("SELECT count(*) FROM tracker_form") == 1
        assert work.values("SELECT tracker_revision FROM scoring ORDER BY scoring_id") == [1, 2]
    assert [s["scoring_id"] for s in scorings.scores_of_child(nurse, child_id)] == [second, first]
