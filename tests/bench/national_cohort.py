"""A made-up cohort of a nation's size for measuring: 100,000 children, their episodes, and two years of discussions.

Written in bulk and without histories (but those that reading asks), because only the speed of reading is measured on it.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from data import clock
from data.actor import Actor
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION, DISCUSSION, EPISODE, NRM, REFERRAL, SCORING
from data.database.schema import form_table
from data.database.store import Store
from data.database.table import RecordTable
from forms.codes import AGENCIES, AREAS_GONE_TO, CLOSURE_REASONS, CONTEXTS, ETHNICITY
from forms.places import PARTNERSHIPS
from forms.registry import form
from forms.screening import MODERATE_SIGNS, STRONG_SIGNS
from forms.tracker import indicators

AS_OF = datetime.date(2026, 9, 30)
AREAS = PARTNERSHIPS[0].areas
CHILD, SCREENING, TRACKER, ASSESSMENT = (
    form_table(form(key)) for key in ("child", "screening", "tracker", "assessment")
)
SIGNS = tuple(sign.key for sign in (*STRONG_SIGNS, *MODERATE_SIGNS))


def fill(store: Store, children: int = 100_000, seed: int = 7) -> None:
    """About 1.3 episodes a child opened in the two years before `AS_OF`, each discussed every ten weeks or so."""
    actor, chance = Actor(store, "operator", PARTNERSHIPS[0].key), random.Random(seed)
    for first in range(0, children, 20_000):
        made: dict[str, list[Row]] = {}
        for _ in range(first, min(first + 20_000, children)):
            for table, row in _one_child(chance):
                made.setdefault(table.name, []).append(row)
        for name in ("child", "action", "scoring"):
            made[f"{name}_history"] = made[name]
        with actor.writing() as work:
            for name, rows in made.items():
                columns = list(dict.fromkeys(column for row in rows[:2000] for column in row))
                work.connection.bulk(name, columns, [[row.get(column) for column in columns] for row in rows])
            work.note(Event("made for measuring"))
    store.engine.settle()


def _one_child(chance: random.Random) -> Iterator[tuple[RecordTable, Row]]:
    child, area = clock.new_id(), chance.choice(AREAS)
    recorded = {"revision": 1, "recorded_at": datetime.datetime(2024, 10, 1, tzinfo=datetime.UTC)}
    yield CHILD, {
        "record_id": child, "child_id": child, "area": area, "name": "Child Made-Up",
        "date_of_birth": datetime.date(2008, 1, 1) + datetime.timedelta(chance.randrange(3000)),
        "sex": chance.choice("FMU"), "gender": chance.choice(("female", "male", "another", None)),
        "ethnicity": chance.choice(ETHNICITY)[0], "sen": chance.choice(("N", "K", "E", None)), **recorded,
    }  # fmt: skip
    opened = AS_OF - datetime.timedelta(chance.randrange(730))
    yield SCREENING, {
        "record_id": clock.new_id(), "child_id": child, "child_area": area, "submitted_on": opened, **recorded,
        **{sign: chance.choice(("yes", "no", "no", "historical", "unknown")) for sign in SIGNS},
    }  # fmt: skip
    yield TRACKER, {
        "record_id": clock.new_id(), "child_id": child, "child_area": area, "submitted_on": opened, **recorded,
        **{question.key: chance.choice(question.options)[0] for question in indicators()},
    }  # fmt: skip
    yield ASSESSMENT, {
        "record_id": clock.new_id(), "child_id": child, "child_area": area, "submitted_on": opened, "assessed_on": opened,
        "child_voice": chance.choice(("Made-up", None)), **recorded,
    }  # fmt: skip
    while opened <= AS_OF:
        closed: datetime.date | None = opened + datetime.timedelta(int(chance.expovariate(1 / 270)))
        if closed and closed > AS_OF:
            closed = None
        yield from _one_episode(chance, child, area, opened, closed)
        if closed is None or chance.random() < 0.5:
            return
        opened = closed + datetime.timedelta(chance.randrange(400))


def _one_episode(
    chance: random.Random, child: str, area: str, opened: datetime.date, closed: datetime.date | None
) -> Iterator[tuple[RecordTable, Row]]:
    episode, referral = clock.new_id(), clock.new_id()
    recorded = {"revision": 1, "recorded_at": datetime.datetime(2024, 10, 1, tzinfo=datetime.UTC)}
    yield REFERRAL, {
        "referral_id": referral, "child_id": child, "area": area, "state": "accepted", "kind": "criminal",
        "received_on": opened - datetime.timedelta(chance.randrange(10)), "decided_on": opened,
        "referring_agency": chance.choice(AGENCIES)[0], **recorded,
    }  # fmt: skip
    yield EPISODE, {
        "episode_id": episode, "child_id": child, "referral_id": referral, "area": area, "opened_on": opened,
        "closed_on": closed, "closure_reason": closed and chance.choice(CLOSURE_REASONS)[0], **recorded,
    }  # fmt: skip
    if chance.random() < 0.2:
        yield NRM, {
            "nrm_id": clock.new_id(), "child_id": child, "submitted_on": opened,
            "multi_agency": chance.choice((True, False, None)), **recorded,
        }  # fmt: skip
    for scored in (opened, opened + datetime.timedelta(90)):
        if scored <= (closed or AS_OF):
            band, total = chance.choice(("low", "medium", "high")), chance.randrange(120)
            yield SCORING, {
                "scoring_id": clock.new_id(), "child_id": child, "episode_id": episode, "scored_on": scored, "total": total,
                "highest": total, "known": 31,
                "weight_set_id": "illustrative", "band": band, "handled_band": band, "override_reason": chance.choice((None, None, "Made-up")),
                **recorded,
            }  # fmt: skip
    met, judgement = opened, chance.choice("ABCD")
    while met <= (closed or AS_OF):
        yield DISCUSSION, {
            "discussion_id": clock.new_id(), "episode_id": episode, "child_id": child, "meeting_date": met,
            "assessment_date": met - datetime.timedelta(chance.randrange(7)),
            "kind": chance.choice(("criminal", "sexual", "both")), "judgement": judgement,
            "contexts": [key for key, _ in chance.sample(CONTEXTS, chance.randrange(1, 4))],
            "areas_gone_to": [label for _, label in chance.sample(AREAS_GONE_TO, chance.randrange(3))],
            "scale": chance.randrange(1, 11), "review_by": met + datetime.timedelta(84), **recorded,
        }  # fmt: skip
        if chance.random() < 0.4:
            done = met + datetime.timedelta(chance.randrange(200))
            yield ACTION, {
                "action_id": clock.new_id(), "episode_id": episode, "child_id": child, "meeting_date": met,
                "agency": chance.choice(AGENCIES)[0], "due_on": met + datetime.timedelta(30), "state": "ongoing" if done > AS_OF else "completed",
                "closed_on": None if done > AS_OF else done, **recorded,
            }  # fmt: skip
        judgement = chance.choice("ABCDE") if chance.random() < 0.3 else judgement
        met += datetime.timedelta(chance.randrange(50, 84))
