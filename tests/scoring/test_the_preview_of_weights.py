"""What a new weight set would change, as the database works it out, is what scoring each child once more would give."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date

import pytest

import scoring
from data import clock
from data.actor import Actor
from data.dashboard.asked import BANDS
from data.database.records import SCORING
from data.database.store import Store
from data.refusal import Problems, Refused
from data.scores import weight_sets
from data.scores.weight_preview import preview
from forms.tracker import indicators
from forms.weights import WeightSet, illustrative_weights, read_weight_set
from tests.factories import MADE, a_child_in_oversight, a_submission, an_account, the_operator

FIRST = "Children in oversight, from the band now to the band under the new weights"


def _points(chance: random.Random) -> str:
    """Points drawn anew for every answer, high enough for all bands."""
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(("code", "answer", "points"))
    for code, options in scoring.scorable().items():
        lines.writerows((code, label, chance.randrange(7)) for _, label in options)
    return file.getvalue()


def _scored_child(
    store: Store, chance: random.Random, born: date, on: date, **child: object
) -> scoring.Scoring:
    oversight = a_child_in_oversight(store, chance.choice("ABC"), born=born, **child)
    answers = {
        q.key: chance.choice(
            [*(key for key, _ in q.options), None]
            if chance.random() < 0.3
            else [k for k, _ in q.options if k != "unknown"]
        )
        for q in indicators()
    }
    tracker = a_submission(store, "tracker", oversight.child_id, submitted_on=on, **answers)
    made = scoring.score(answers, born, on, illustrative_weights())
    with the_operator(store).writing() as work:
        work.save(
            SCORING,
            {
                "scoring_id": clock.new_id(), "child_id": oversight.child_id, "scored_on": on, "tracker_id": tracker,
                "tracker_revision": 1, "weight_set_id": "illustrative", "total": made.total, "highest": made.highest,
                "band": made.band.key, "handled_band": made.band.key, "answers": json.dumps(answers), "date_of_birth": born,
            },
            MADE,
        )  # fmt: skip
    return scoring.Scoring(answers, born, on, illustrative_weights())


def _brought_in(actor: Actor, points: str) -> str:
    return weight_sets.bring_in(actor, points, name="Ours", version="2", source="The board")


def _masked(count: int) -> int | str:
    return "1 to 5" if 1 <= count <= 5 else count


def test_the_database_scores_as_the_scoring_does(store: Store) -> None:
    chance = random.Random(5)
    today = clock.today()
    edges = [date(today.year - 13, today.month, 1), date(2012, 2, 29), date(2009, 11, 26), date(2010, 6, 30)]
    made = [
        _scored_child(
            store,
            chance,
            edges[n % 4],
            date(2026, 2, 28) if n % 2 else date(2026, 6, 30),
            sex="F" if n < 12 else "M",
        )
        for n in range(20)
    ]
    points = _points(chance)
    new = read_weight_set(points, name="Ours", version="2", status="provisional", source="The board")
    read = [*(band.key for band in BANDS), scoring.NOT_ENOUGH_KNOWN]
    moves = {(a, b): 0 for a in read for b in read}
    for one in made:
        moves[_band(one, one.weights), _band(one, new)] += 1
    manager = an_account(store, "manager")
    words, sections = preview(manager, _brought_in(an_account(store, "coordinator"), points))
    assert words == new.in_words
    [table] = [section for section in sections if section.caption == FIRST]
    assert [cells for _, cells in table.lines] == [tuple(_masked(moves[a, b]) for b in read) for a in read]
    untold = sum(n for move, n in moves.items() if scoring.NOT_ENOUGH_KNOWN in move)
    told = {move: n for move, n in moves.items() if scoring.NOT_ENOUGH_KNOWN not in move}
    changed = sum(n for (before, after), n in told.items() if before != after)
    assert table.finding.startswith(f"{_masked(changed)} of 20 ")
    assert f"Of {_masked(untold)} it cannot be told" in table.finding
    assert changed
    assert untold
    [areas] = [section for section in sections if section.title == "By area"]
    assert [words for words, _ in areas.lines][:2] == ["Liverpool", "Knowsley"]
    assert areas.lines[1][1] == (0, 0, 0, 0)
    assert {section.title for section in sections} > {"By sex and gender", "By ethnic group"}


def _band(one: scoring.Scoring, weights: WeightSet) -> str:
    scored = scoring.score(one.answers, one.date_of_birth, one.on, weights)
    return scored.band.key if scored.is_enough_known() else scoring.NOT_ENOUGH_KNOWN


def test_a_preview_changes_nothing_and_is_audited(duckdb_store: Store) -> None:
    coordinator = an_account(duckdb_store, "coordinator")
    brought = _brought_in(coordinator, _points(random.Random(1)))
    _, sections = preview(coordinator, brought)
    assert "nothing would change today" in sections[0].finding
    assert weight_sets.weight_sets(coordinator)[0]["status"] == "provisional"
    with coordinator.reading() as work:
        assert "weight set previewed" in work.values("SELECT action FROM audit")


def test_only_who_may_approve_previews_and_only_sets_of_their_partnership(duckdb_store: Store) -> None:
    brought = _brought_in(an_account(duckdb_store, "coordinator"), _points(random.Random(1)))
    for role in ("practitioner", "meeting_member", "partnership_lead"):
        with pytest.raises(Refused):
            preview(an_account(duckdb_store, role), brought)
    with pytest.raises(Problems):
        preview(an_account(duckdb_store, "coordinator", area="sheffield"), brought)
