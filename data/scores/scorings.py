"""The tracker's scorings: snapshots of answers, weights, score and band, never rewritten (tracker.md, History)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import scoring
from data import clock
from data.access.rule import check_can_coordinate, check_can_see_child, child_of
from data.actor import Actor, Reading, Writing
from data.answers.draft_reading import Draft, name_of
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import EPISODE, SCORING, WEIGHT_SET
from data.refusal import Problems
from data.scores.band_reading import enough_known
from data.trail.views import note_view
from forms.places import partnership_of
from forms.tracker import indicators, modern_slavery_investigation
from forms.weights import WeightSet, illustrative_weights, read_weight_set

ILLUSTRATIVE = "illustrative"


def weights_now(work: Reading, partnership: str) -> tuple[str, WeightSet]:
    """The weight set in use: the latest approved one of the partnership, else the illustrative set that ships."""
    row = work.row(
        "SELECT * FROM weight_set WHERE status = 'approved' AND (partnership IS NULL OR partnership = $1)"
        " ORDER BY approved_on DESC, weight_set_id DESC LIMIT 1",
        [partnership],
    )
    if row:
        return row["weight_set_id"], weight_set(row)
    return f"{ILLUSTRATIVE}-{illustrative_weights().version}", illustrative_weights()


def weights_of(work: Reading, weight_set_id: str) -> WeightSet:
    return weight_set(work.current(WEIGHT_SET, weight_set_id))


def _keep_weights(work: Writing, weight_set_id: str, weights: WeightSet) -> None:
    """Keep the set that ships beside the first score made with it, as a later release may ship another."""
    if work.current(WEIGHT_SET, weight_set_id) is None:
        file = io.StringIO()
        lines = csv.writer(file)
        lines.writerow(("code", "answer", "points"))
        for code, options in scoring.scorable().items():
            lines.writerows((code, label, weights.points[code][key]) for key, label in options)
        work.save(
            WEIGHT_SET,
            {
                "weight_set_id": weight_set_id, "name": weights.name, "version": weights.version,
                "status": weights.status, "source": weights.source, "points": file.getvalue(),
            },
            Event("weight set kept", None, weight_set_id),
        )  # fmt: skip


def weight_set(row: Row | None) -> WeightSet:
    """As it was kept; the set that ships where none was."""
    if row is None:
        return illustrative_weights()
    return read_weight_set(
        row["points"], name=row["name"], version=row["version"], status=row["status"], source=row["source"],
        approved_by=row["approved_by"], approved_on=row["approved_on"],
    )  # fmt: skip


def tracker_answers(record: Mapping[str, Any]) -> dict[str, Any]:
    keys = [q.key for q in indicators()] + [modern_slavery_investigation.key]
    return {key: record.get(key) for key in keys}


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """The tracker was submitted: keep a snapshot of the score, with all that it was made from."""
    child = work.row("SELECT date_of_birth FROM child WHERE child_id = $1", [record["child_id"]])
    if child is None:
        raise Problems("This child's record cannot be found. Search for the child.")
    weight_set_id, weights = weights_now(work, partnership_of(record["child_area"]).key)
    _keep_weights(work, weight_set_id, weights)
    today = clock.today()
    given = tracker_answers(answers)
    scored = scoring.score(given, child["date_of_birth"], today, weights)
    handled = scoring.handled_band(scored)
    episode = work.row(
        "SELECT episode_id FROM episode WHERE child_id = $1 AND closed_on IS NULL LIMIT 1",
        [record["child_id"]],
    )
    scoring_id = clock.new_id()
    work.save(
        SCORING,
        {
            "scoring_id": scoring_id, "child_id": record["child_id"],
            "episode_id": episode and episode["episode_id"], "tracker_id": record["record_id"],
            "tracker_revision": record["revision"], "scored_on": today, "occasion": answers.get("occasion"),
            "weight_set_id": weight_set_id, "total": scored.total, "highest": scored.highest,
            "band": scored.band.key, "handled_band": handled.band.key, "known": scored.known,
            "date_of_birth": child["date_of_birth"], "answers": json.dumps(given), "thresholds": scored.bands.since.isoformat(),
        },
        Event("score recorded", record["child_id"], scoring_id),
    )  # fmt: skip


def read_score(actor: Actor, scoring_id: str) -> tuple[Row, scoring.Score, scoring.Handled]:
    """A scoring replayed from its own snapshot: what was kept, the score with its reasons, and the band in use."""
    with actor.writing() as work:
        row = _found(work, scoring_id)
        note_view(work, "score viewed", row["child_id"], scoring_id)
        scored = _replay(work, row)
        enough = enough_known(work, _area(work, row))
        return row, scored, scoring.handled_band(scored, _override(work, row), enough)


def _replay(work: Reading, row: Row) -> scoring.Score:
    what = _scoring(work, row)
    return scoring.score(what.answers, what.date_of_birth, what.on, what.weights)


def _scoring(work: Reading, row: Row) -> scoring.Scoring:
    born = row["date_of_birth"] or work.value(
        "SELECT date_of_birth FROM child WHERE child_id = $1", [row["child_id"]]
    )
    return scoring.Scoring(
        json.loads(row["answers"] or "{}"), born, row["scored_on"], weights_of(work, row["weight_set_id"])
    )


def _override(work: Reading, row: Row) -> scoring.Override | None:
    if not row["override_reason"]:
        return None
    return scoring.Override(row["handled_band"], row["override_reason"], name_of(work, row["recorded_by"]))


def override(actor: Actor, scoring_id: str, band: str, reason: str) -> None:
    """Handle the child in another band by professional judgement; the score's own band stays beside it.

    Raises `scoring.OverrideRefused` with what is missing.
    """
    with actor.writing() as work:
        row = _found(work, scoring_id)
        area = _area(work, row)
        check_can_coordinate(work, area, "band overridden", row["child_id"])
        scoring.handled_band(_replay(work, row), scoring.Override(band, reason, work.account.name))
        work.save(
            SCORING,
            {"scoring_id": scoring_id, "handled_band": band, "override_reason": reason},
            Event("band overridden", row["child_id"], scoring_id, band),
            why=reason,
        )


def _area(work: Reading, row: Row) -> str:
    episode = work.current(EPISODE, row["episode_id"]) if row["episode_id"] else None
    if episode:
        return str(episode["area"])
    return str(work.value("SELECT area FROM child WHERE child_id = $1", [row["child_id"]]))


def _found(work: Reading, scoring_id: str) -> Row:
    row = work.current(SCORING, scoring_id)
    check_can_see_child(work, child_of(row))
    if row is None:
        raise Problems("This score cannot be found. Go back to the child's page.")
    return row


def compare_scores(actor: Actor, before_id: str, after_id: str) -> scoring.Comparison:
    """Two scorings of one child, in whichever order they are given, under the later one's weight set, saying so when
    one was rescored. The view is audited."""
    with actor.writing() as work:
        before, after = sorted(
            (_found(work, before_id), _found(work, after_id)),
            key=lambda row: (row["scored_on"], row["scoring_id"]),
        )
        if before["child_id"] != after["child_id"]:
            raise Problems("Compare two scores of the same child")
        note_view(work, "scores compared", after["child_id"], after["scoring_id"])
        return compare_kept(work, before, after)


def compare_kept(work: Reading, before: Row, after: Row) -> scoring.Comparison:
    """Two kept scorings of a child whom the account may see, under the weights of the later."""
    return scoring.compare(
        _scoring(work, before), _scoring(work, after), weights_of(work, after["weight_set_id"]),
        enough_known(work, _area(work, after)),
    )  # fmt: skip


def snapshots(work: Reading, child_id: str, most: int) -> list[tuple[Row, scoring.Scoring]]:
    """The child's latest scorings as they were kept, oldest first, each with what it was made from."""
    rows = work.rows(
        "SELECT * FROM (SELECT * FROM scoring WHERE child_id = $1 ORDER BY scored_on DESC, scoring_id DESC"
        f" LIMIT {most}) AS latest ORDER BY scored_on, scoring_id",
        [child_id],
    )
    return [(row, _scoring(work, row)) for row in rows]


def is_exact(row: Row, scored: scoring.Score) -> bool:
    """Did the replay of the snapshot give the very score and band that were kept?"""
    return (scored.total, scored.highest, scored.band.key) == (row["total"], row["highest"], row["band"])


def scores_of_child(actor: Actor, child_id: str) -> list[Row]:
    """The child's scorings, newest first: scoring_id, total, highest, handled_band, scored_on, recorded_at."""
    with actor.reading() as work:
        check_can_see_child(work, child_id)
        return work.rows(
            "SELECT scoring_id, total, highest, handled_band, scored_on, recorded_at FROM scoring"
            " WHERE child_id = $1 ORDER BY scored_on DESC, recorded_at DESC LIMIT 100",
            [child_id],
        )
