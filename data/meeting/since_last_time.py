"""What changed about a child since the meeting last discussed them: signs, actions, score and judgement, then and now.

Computed from what is stored, for the screen of the meeting; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.access.rule import check_can_see_child
from data.actor import Reading, Writing
from data.database.engine import Row
from data.meeting.pulled_through import latest_assessment
from data.scores.scorings import compare_kept
from data.trail.views import note_view
from forms.kinds import FourState
from forms.screening import SCREENING

Labels = tuple[str, ...]

_SIGNS = tuple(question for question in SCREENING.questions() if isinstance(question, FourState))


@dataclass(frozen=True)
class Since:
    last: Row | None
    """The last discussion of this episode; None when there was none: then everything is new."""
    newly_yes: Labels
    """Labels of signs, from the last screening but one to the last; empty when there is one screening or none."""
    now_historical: Labels
    now_no: Labels
    """Were yes or historical, and are no."""
    unknown_resolved: Labels
    """Were unknown, and are no."""
    became_unknown: Labels
    """Were yes, and are unknown or not answered: nothing says that the sign is gone."""
    actions: tuple[Row, ...]
    """action_id, action, agency, owner, due_on, state, impact, not_achieved_reason: set before, open then or ended since."""
    judgement: tuple[str | None, str | None]
    """Then, as the meeting judged; now, as the latest assessment does."""
    scale: tuple[int | None, int | None]
    score: tuple[int | None, int | None]
    """The tracker's total, then and now; higher is worse."""
    about_score: str = ""
    """What became unknown or known between the two, and what cannot be told for it."""


def since_last_time(work: Writing, episode_id: str) -> Since:
    """Raises `Refused` when this account may not see the child. The view is audited."""
    child_id = work.value("SELECT child_id FROM episode WHERE episode_id = $1", [episode_id]) or ""
    check_can_see_child(work, child_id)
    note_view(work, "changes since last time viewed", child_id, episode_id)
    last = work.row(
        "SELECT * FROM discussion WHERE episode_id = $1 ORDER BY meeting_date DESC, recorded_at DESC LIMIT 1",
        [episode_id],
    )
    now = latest_assessment(work, child_id, "judgement, scale")
    newly_yes, now_historical, now_no, unknown_resolved, became_unknown = _signs(work, child_id)
    then, latest = _scoring(work, child_id, last) if last else None, _scoring(work, child_id, None)
    return Since(
        last,
        newly_yes=newly_yes,
        now_historical=now_historical,
        now_no=now_no,
        unknown_resolved=unknown_resolved,
        became_unknown=became_unknown,
        actions=tuple(_actions(work, episode_id, last)),
        judgement=(last["judgement"] if last else None, now["judgement"] if now else None),
        scale=(last["scale"] if last else None, now["scale"] if now else None),
        score=(then["total"] if then else None, latest["total"] if latest else None),
        about_score=compare_kept(work, then, latest).unknown_in_words()
        if then and latest and then["scoring_id"] != latest["scoring_id"]
        else "",
    )


def _signs(work: Reading, child_id: str) -> tuple[Labels, Labels, Labels, Labels, Labels]:
    screenings = work.rows(
        f"SELECT {', '.join(sign.key for sign in _SIGNS)} FROM screening_form WHERE child_id = $1"
        " ORDER BY submitted_on DESC, recorded_at DESC LIMIT 2",
        [child_id],
    )
    if len(screenings) < 2:
        return (), (), (), (), ()
    now, then = screenings

    def that(holds: Callable[[str | None, str | None], bool]) -> Labels:
        return tuple(question.label for question in _SIGNS if holds(then[question.key], now[question.key]))

    return (
        that(lambda before, after: after == "yes" and before != "yes"),
        that(lambda before, after: after == "historical" and before != "historical"),
        that(lambda before, after: after == "no" and before in ("yes", "historical")),
        that(lambda before, after: after == "no" and before == "unknown"),
        that(lambda before, after: after in ("unknown", None) and before == "yes"),
    )


def _actions(work: Reading, episode_id: str, last: Row | None) -> list[Row]:
    if last is None:
        return []
    return work.rows(
        "SELECT child_id, action_id, action, agency, owner, due_on, state, closed_on, impact, not_achieved_reason FROM action"
        " WHERE episode_id = $1 AND meeting_date <= $2 AND (state = 'ongoing' OR closed_on >= $2)"
        " ORDER BY due_on, action_id",
        [episode_id, last["meeting_date"]],
    )


def _scoring(work: Reading, child_id: str, last: Row | None) -> Row | None:
    """The latest scoring; with a discussion, the latest that was there when it was recorded."""
    return work.row(
        "SELECT * FROM scoring WHERE child_id = $1 AND ($2::timestamptz IS NULL OR recorded_at <= $2)"
        " ORDER BY scored_on DESC, recorded_at DESC LIMIT 1",
        [child_id, last and (last["discussed_at"] or last["recorded_at"])],
    )
