"""What the meeting decides about a child: the discussion is kept, actions are set, the episode goes on or closes.

Source: pathway.md 5–8.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from data import clock
from data.access.reach import EVERY_ACCOUNT, cutoffs, invitation_holds, link_holds
from data.access.rule import check_can_coordinate, child_of
from data.actor import Actor, Reading, Writing
from data.after_meeting.flags import KEEPS_LEDS, LEDS, REMOVES_FLAGS, keep_flag_of_leds
from data.after_meeting.leaving import close, open_actions_of
from data.answers.draft_beginning import begin, open_already
from data.answers.draft_reading import Draft
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import ACTION, DISCUSSION, EPISODE
from data.meeting.minutes_correction import said, take_correction
from data.meeting.pulled_through import fill_in, follow_meeting, latest_assessment
from data.names import plain
from data.refusal import Problems
from data.ways.pathway import ACTION_WAY
from forms.minutes import MINUTES, STAYS_OPEN
from forms.pathway_dates import wrong_days


def start(actor: Actor, episode_id: str) -> str:
    """Begin recording the meeting's decision, filled in from the latest assessment. Gives the draft's id."""
    with actor.writing() as work:
        _open_episode(work, episode_id)
        return begin_minutes(work, episode_id)


def begin_minutes(work: Writing, episode_id: str, met: datetime.date | None = None) -> str:
    """The open minutes of the episode, begun when nobody has. Who may is checked before: see `data.access.rule`."""
    child_id = work.value("SELECT child_id FROM episode WHERE episode_id = $1", [episode_id])
    begun = open_already(work, MINUTES, child_id, episode_id=episode_id)
    if begun:
        if met:
            follow_meeting(work, begun, child_id, met)
        return begun
    draft_id = begin(work, MINUTES, child_id, episode_id=episode_id)
    fill_in(work, draft_id, episode_id, child_id, met)
    return draft_id


def take_effect(work: Writing, draft: Draft, record: Row, answers: Mapping[str, Any]) -> None:
    """A decision was recorded: discussion, actions, and the closing when there is one, all in one transaction."""
    if record["revision"] > 1:
        take_correction(work, record, answers)
        return
    of_child = work.value("SELECT child_id FROM episode WHERE episode_id = $1", [draft.episode_id])
    if of_child != record["child_id"]:
        raise Problems("Start from the child's page: the child must be in the meeting's oversight.")
    episode = _open_episode(work, draft.episode_id or "")
    met, closes = answers["meeting_date"], answers["decision"] not in STAYS_OPEN
    for _, _, sentence in wrong_days({"opened_on": episode["opened_on"], "meeting_date": met}):
        raise Problems(sentence)
    if work.value(
        "SELECT count(*) FROM discussion WHERE episode_id = $1 AND meeting_date = $2",
        [episode["episode_id"], met],
    ):
        raise Problems("A decision of that day's meeting is recorded already. Check the date of the meeting.")
    if closes and work.value(
        "SELECT count(*) FROM discussion WHERE episode_id = $1 AND meeting_date > $2",
        [episode["episode_id"], met],
    ):
        raise Problems(
            "The child was discussed at a later meeting, so this one cannot have closed the record"
        )
    assessment = latest_assessment(work, episode["child_id"], "record_id, revision, assessed_on")
    is_this_one = assessment and assessment["assessed_on"] == answers.get("assessment_date")
    discussion = {
        "discussion_id": record["record_id"], "episode_id": episode["episode_id"],
        "child_id": episode["child_id"], "meeting_date": met,
        "assessment_id": assessment["record_id"] if assessment and is_this_one else None,
        "assessment_revision": assessment["revision"] if assessment and is_this_one else None,
        "decision": answers["decision"], **said(answers),
    }  # fmt: skip
    work.save(DISCUSSION, discussion, Event("discussion recorded", episode["child_id"], record["record_id"]))
    earlier = open_actions_of(work, episode["episode_id"])
    for row in answers.get("new_actions") or ():
        _set_action(work, episode, met, row)
    if closes:
        _close(work, episode, met, answers, earlier)
    keep_flag_of_leds(work, episode["child_id"], record["record_id"], answers)


def _close(
    work: Writing, episode: Row, met: datetime.date, answers: Mapping[str, Any], earlier: list[Row]
) -> None:
    decision = answers["decision"]
    closing = {
        "closed_on": met, "closure_reason": answers.get("closure_reason") or decision,
        **{key: answers.get(key) for key in ("closure_note", "open_actions", "open_actions_reason")},
    }  # fmt: skip
    close(
        work,
        episode,
        "close",
        closing,
        open_now=earlier,
        flags_removed_by="meeting" if decision in REMOVES_FLAGS else None,
        but_flag=LEDS if decision == KEEPS_LEDS else None,
        met=met,
    )


def _set_action(work: Writing, episode: Row, met: datetime.date, row: Mapping[str, Any]) -> None:
    move = ACTION_WAY.move("set", None, work.account.role)
    action_id = clock.new_id()
    work.save(
        ACTION,
        {
            "action_id": action_id, "episode_id": episode["episode_id"], "child_id": episode["child_id"],
            "meeting_date": met, "action": row["action"], "agency": row["action_agency"],
            "owner": row.get("owner"), "owner_account_id": _account_named(work, episode, row),
            "due_on": row.get("due_on"), "four_p": row.get("four_p"), "impact": row.get("impact"), "state": move.end,
        },
        Event(move.audit, episode["child_id"], action_id),
    )  # fmt: skip
    if row.get("progress") == "completed":
        done = ACTION_WAY.move("complete", move.end, work.account.role)
        work.save(
            ACTION,
            {
                "action_id": action_id, "state": done.end, "closed_on": met, "evidence": row["evidence"],
                "impact": row["what_changed"],
            },
            Event(done.audit, episode["child_id"], action_id),
        )  # fmt: skip


def _account_named(work: Reading, episode: Row, row: Mapping[str, Any]) -> str | None:
    """The account of the person named, when one person of that agency is called so who can open the child already:
    a name that was typed never gives anybody access. Others are asked, see `data.after_meeting.actions.assign`."""
    if not row.get("owner"):
        return None
    people = work.rows(
        "SELECT a.account_id, a.name FROM account a WHERE a.agency = $1"
        " AND a.role IN ('practitioner', 'meeting_member') AND NOT a.is_suspended AND ("
        "EXISTS (SELECT 1 FROM child_link l WHERE l.child_id = $2 AND l.account_id = a.account_id"
        f" AND {link_holds(EVERY_ACCOUNT, cutoffs(work))})"
        " OR EXISTS (SELECT 1 FROM invitation v JOIN agenda_item i ON i.meeting_id = v.meeting_id"
        f" WHERE i.episode_id = $3 AND i.removed_reason IS NULL AND {invitation_holds(EVERY_ACCOUNT)}))",
        [row["action_agency"], episode["child_id"], episode["episode_id"]],
    )
    named = [person["account_id"] for person in people if plain(person["name"]) == plain(row["owner"])]
    return named[0] if len(named) == 1 else None


def _open_episode(work: Reading, episode_id: str) -> Row:
    episode = work.current(EPISODE, episode_id)
    area = episode["area"] if episode else ""
    check_can_coordinate(work, area, "discussion recorded", child_of(episode))
    if episode is None:
        raise Problems("Start from the child's page: the child must be in the meeting's oversight.")
    if episode["closed_on"] is not None:
        raise Problems("The child has left the meeting's oversight, so no decision can be recorded.")
    return episode
