"""What a new weight set would change, as the database works it out, is what scoring each child once more would give."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

import scoring
from data import clock
from data.actor import Actor
from data.dashboard.asked import BANDS
from data.dashboard.section import Section
from data.database.records import SCORING
from data.database.store import Store
from data.refusal import Problems, Refused
from data.returns.return_shape import HIDDEN
from data.scores import weight_sets
from data.scores.weight_preview import preview
from forms.tracker import indicators
from forms.weights import WeightSet, illustrative_weights, read_weight_set
from tests.factories import MADE, a_child_in_oversight, a_submission, an_account, the_operator
from tests.returns import attack

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
    store: Store, chance: random.Random, born: date, on: date, *, keeps_birth: bool = True, **child: object
) -> scoring.Scoring:
    """`keeps_birth`: scorings of earlier releases, and of the demonstration, hold no date of birth."""
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
                "band": made.band.key, "handled_band": made.band.key, "answers": json.dumps(answers), "date_of_birth": born if keeps_birth else None,
            },
            MADE,
        )  # fmt: skip
    return scoring.Scoring(answers, born, on, illustrative_weights())


def _brought_in(actor: Actor, points: str) -> str:
    return weight_sets.bring_in(actor, points, name="Ours", version="2", source="The board")


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
            keeps_birth=n % 3 == 0,
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
    shown = {
        (a, b): cell
        for a, (_, cells) in zip(read, table.lines, strict=True)
        for b, cell in zip(read, cells, strict=True)
    }
    assert all(shown[move] in (HIDDEN, n) for move, n in moves.items())
    assert [n for move, n in moves.items() if shown[move] == n and 1 <= n <= 5] == []
    told = {move: n for move, n in moves.items() if scoring.NOT_ENOUGH_KNOWN not in move}
    changed = sum(n for (before, after), n in told.items() if before != after)
    untold = 20 - sum(told.values())
    assert changed
    assert untold
    assert re.match(rf"({changed}|c) of 20 ", table.finding)
    assert re.search(rf"Of ({untold}|c) it cannot be told", table.finding)
    [areas] = [section for section in sections if section.title == "By area"]
    assert [words for words, _ in areas.lines][:2] == ["Liverpool", "Knowsley"]
    assert set(areas.lines[1][1]) <= {0, HIDDEN}
    assert {section.title for section in sections} > {"By sex and gender", "By ethnic group"}
    _assert_nothing_withheld_is_fixed(sections)


def _assert_nothing_withheld_is_fixed(sections: Sequence[Section]) -> None:
    """By whoever knows that each table's columns add up to the same children, and the bands' moves as well."""
    named = {section.title: section for section in sections}
    changed, everyone = re.match(r"(\w+) of (\w+) children", named["Who would change band"].finding).groups()  # type: ignore[union-attr]
    shown: dict[Any, str] = {("changed",): changed, ("everyone",): everyone}
    rules: list[attack.Equation] = [
        (("everyone",), tuple(("step", n) for n in range(4))),
        (("changed",), (("step", 0), ("step", 2))),
    ]
    bands = {
        (a, b): cell
        for a, (_, cells) in enumerate(named["Who would change band"].lines)
        for b, cell in enumerate(cells)
    }
    shown |= {("band", *place): str(cell) for place, cell in bands.items()}
    untold = len(named["Who would change band"].lines) - 1

    def step_of(a: int, b: int) -> int:
        return 3 if untold in (a, b) else 0 if b > a else 1 if a == b else 2

    for step in range(4):
        rules.append((("step", step), tuple(("band", a, b) for a, b in bands if step_of(a, b) == step)))
        for title in ("By area", "By sex and gender", "By ethnic group"):
            cells = {(title, group, step): str(row[step]) for group, row in named[title].lines}
            shown |= cells
            rules.append((("step", step), tuple(cells)))
    steps = [("step", step) for step in range(3)]
    said = re.search(r"Of (\w+) it cannot be told", named["Who would change band"].finding)
    shown["step", 3] = said[1] if said else "0"
    hidden = [cell for cell, value in shown.items() if value == HIDDEN]
    known = {cell: int(value) for cell, value in shown.items() if value != HIDDEN}
    spans = attack.bounds(known, [*hidden, *steps], rules, dict.fromkeys([*hidden, *steps], 0))
    assert hidden
    assert [cell for cell in hidden if spans[cell][0] >= spans[cell][1]] == []


def test_the_points_stand_beside_those_in_use(duckdb_store: Store) -> None:
    points = _points(random.Random(3))
    new = read_weight_set(points, name="Ours", version="2", status="provisional", source="The board")
    _, sections = preview(
        an_account(duckdb_store, "manager"), _brought_in(an_account(duckdb_store, "coordinator"), points)
    )
    [beside] = [section for section in sections if section.title == "Points, side by side"]
    lines = dict(beside.lines)
    old = illustrative_weights()
    assert len(lines) == sum(len(options) for options in scoring.scorable().values())
    assert lines["Age: Under 13"][:2] == (old.points["age"]["under_13"], new.points["age"]["under_13"])


def test_a_child_who_cannot_be_scored_once_more_is_counted_apart(store: Store) -> None:
    a_child_in_oversight(store, "B")
    _, sections = preview(
        an_account(store, "manager"), _brought_in(an_account(store, "coordinator"), _points(random.Random(1)))
    )
    assert "who cannot be scored once more: c." in sections[0].finding


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
