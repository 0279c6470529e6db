"""One child before and after: score, scale and judgement over time, with the meetings and interventions between them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from data import clock
from data.access.rule import check_can_see_child
from data.actor import Actor, Reading
from data.scores.band_reading import enough_known
from data.scores.scorings import snapshots
from data.trail.views import note_view
from forms.codes import AGENCIES
from forms.tracker import OCCASIONS
from scoring import ASKED, NOT_ENOUGH_IN_WORDS, Comparison, compare

MOST = 100


@dataclass(frozen=True)
class Scored:
    on: datetime.date
    why: str
    total: int
    """Under the weights of the latest score, as all the others here."""
    at_the_time: int
    """As it was kept; the same unless weights or thresholds have changed since."""
    highest: int
    known: str
    """How many of the tracker's answers were known."""
    band: str
    """By the score; that not enough is known, where none can be read from it."""


@dataclass(frozen=True)
class Discussed:
    on: datetime.date
    judgement: str | None
    scale: int | None


@dataclass(frozen=True)
class Mark:
    """Something that happened between the scores."""

    on: datetime.date
    kind: str
    """ "meeting" or "intervention"."""
    words: str


@dataclass(frozen=True)
class OverTime:
    """All oldest first, at most the latest hundred of each."""

    scores: tuple[Scored, ...]
    discussed: tuple[Discussed, ...]
    marks: tuple[Mark, ...]
    comparison: Comparison | None
    """First and latest score under one weight set; None with fewer than two."""
    thresholds: tuple[tuple[int, str], ...]
    """From which score each band begins, and its name."""
    status_sentence: str


def read_over_time(actor: Actor, child_id: str) -> OverTime:
    """Raises `Refused` for a child whom the account may not see. The view is audited."""
    with actor.writing() as work:
        check_can_see_child(work, child_id)
        note_view(work, "child over time viewed", child_id)
    with actor.reading() as work:
        check_can_see_child(work, child_id)
        return _over_time(work, child_id)


def _over_time(work: Reading, child_id: str) -> OverTime:
    kept = snapshots(work, child_id, MOST)
    discussed = work.rows(
        "SELECT meeting_date, judgement, scale FROM (SELECT meeting_date, judgement, scale, discussion_id FROM discussion"
        f" WHERE child_id = $1 ORDER BY meeting_date DESC, discussion_id DESC LIMIT {MOST}) AS latest"
        " ORDER BY meeting_date, discussion_id",
        [child_id],
    )
    scores: list[Scored] = []
    comparison = None
    if kept:
        area = work.value("SELECT area FROM child WHERE child_id = $1", [child_id])
        latest, enough = kept[-1][1], enough_known(work, area)
        for row, snapshot in kept:
            comparison = compare(snapshot, latest, latest.weights)
            one = comparison.before
            band = one.band.name if one.is_enough_known(enough) else NOT_ENOUGH_IN_WORDS
            why = dict(OCCASIONS).get(row["occasion"] or "", "Not recorded")
            scores.append(
                Scored(
                    row["scored_on"],
                    why,
                    one.total,
                    row["total"],
                    one.highest,
                    f"{one.known} of {ASKED}",
                    band,
                )
            )
        comparison = compare(kept[0][1], latest, latest.weights, enough)
        bands = comparison.after.bands.bands
    return OverTime(
        scores=tuple(scores),
        discussed=tuple(Discussed(row["meeting_date"], row["judgement"], row["scale"]) for row in discussed),
        marks=tuple(_marks(work, child_id)),
        comparison=comparison if len(kept) > 1 else None,
        thresholds=tuple((band.from_score, f"{band.name} ({band.colour})") for band in bands) if kept else (),
        status_sentence=comparison.after.status_sentence if comparison else "",
    )


def _marks(work: Reading, child_id: str) -> list[Mark]:
    """Meetings that discussed the child, and what was done: completed actions, and the trackers about an intervention."""
    marks = [
        Mark(on, "meeting", "Discussed at the meeting")
        for on in work.values(
            f"SELECT DISTINCT meeting_date FROM discussion WHERE child_id = $1 ORDER BY meeting_date DESC LIMIT {MOST}",
            [child_id],
        )
    ]
    done = work.rows(
        "SELECT child_id, closed_on, agency, action FROM action WHERE child_id = $1 AND state = 'completed' AND closed_on IS NOT NULL"
        f" ORDER BY closed_on DESC LIMIT {MOST}",
        [child_id],
    )
    agencies = dict(AGENCIES)
    marks += [
        Mark(
            row["closed_on"],
            "intervention",
            f"Action completed, {agencies.get(row['agency'], 'agency not recorded')}: {row['action']}",
        )
        for row in done
    ]
    trackers = work.rows(
        "SELECT recorded_at, occasion, intervention FROM tracker_form_history WHERE child_id = $1"
        f" AND occasion IN ('before_intervention', 'after_intervention') ORDER BY recorded_at DESC LIMIT {MOST}",
        [child_id],
    )
    marks += [
        Mark(
            clock.day_of(row["recorded_at"]), "intervention",
            f"Scored {'before' if row['occasion'] == 'before_intervention' else 'after'} an intervention: {row['intervention'] or 'not named'}",
        )
        for row in trackers
    ]  # fmt: skip
    return sorted(marks, key=lambda mark: mark.on)
