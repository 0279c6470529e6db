"""What has happened to one child, as tables: oversight and referrals, meetings, actions, scores and forms sent."""

from __future__ import annotations

import datetime

import streamlit as st

from data import clock
from data.actor import Actor
from data.child.children import ChildPage
from data.meeting.meetings import start as start_decision
from data.ways.pathway import REFERRAL_WAY
from forms import codes
from forms.bands import BANDS
from forms.kinds.date import in_words
from forms.minutes import DECISIONS
from forms.registry import form
from pages.parts import lists, table
from pages.parts.navigation import go, link
from pages.parts.table import Late, Link, Tag
from pages.parts.words import paragraphs
from scoring import NOT_ENOUGH_IN_WORDS, NOT_ENOUGH_KNOWN

AGENCIES = dict(codes.AGENCIES)
BAND_NAMES = {band.key: band.name for bands in BANDS for band in bands.bands} | {
    NOT_ENOUGH_KNOWN: NOT_ENOUGH_IN_WORDS
}
BAND_COLOURS = {band.key: band.colour for bands in BANDS for band in bands.bands}
OPEN_COLOUR, ENDED_COLOUR = "blue", "grey"


def _on(day: datetime.date | None) -> str:
    return in_words(day) if day else ""


def oversight(actor: Actor, page: ChildPage, may_record: bool, is_own: bool = True) -> None:
    """`is_own` is False for a former area: it goes no further from here."""
    st.header(paragraphs(f"The meeting's oversight ({page.meeting})"), anchor=False)
    latest, episode = page.latest_discussion, page.open_episode
    if not page.episodes:
        st.text("The child has not been in the meeting's oversight.")
    if episode:
        lists.facts(
            [
                ("In oversight since", in_words(episode["opened_on"])),
                ("Latest judgement", _judgement(latest["judgement"]) if latest else "Not discussed yet"),
                (
                    "Scale, 1 at risk to 10 no longer at risk",
                    str(latest["scale"] or "Not given") if latest else "Not given",
                ),
                ("Review by", _on(latest["review_by"] if latest else None) or "Not set"),
            ]
        )
        if may_record and st.button("Record the meeting's decision", key="record_decision"):
            go("form", draft=start_decision(actor, episode["episode_id"]))
        if is_own:
            link("Review date, and new significant information", "review", episode=episode["episode_id"])
    for past in page.episodes:
        if past["closed_on"]:
            reason = dict(codes.CLOSURE_REASONS).get(past["closure_reason"], "Reason not recorded")
            st.text(
                f"In oversight from {in_words(past['opened_on'])} to {in_words(past['closed_on'])}. {reason}."
                + (
                    f" Closed by exception, agreed by {past['agreed_by']}, {past['agreed_role']}."
                    if past["agreed_by"]
                    else ""
                )
            )
    if page.episodes and not episode and is_own:
        st.text(page.retention.as_text())
    if page.referrals:
        table.draw(
            "Referrals",
            ("Received", "State", "Decided", "Notes"),
            [
                (
                    Link(in_words(row["received_on"]), "referral", {"referral": row["referral_id"]})
                    if is_own
                    else in_words(row["received_on"]),
                    Tag(
                        REFERRAL_WAY.state(row["state"]).words,
                        OPEN_COLOUR if REFERRAL_WAY.state(row["state"]).owner else ENDED_COLOUR,
                    ),
                    _on(row["decided_on"]),
                    _notes(row["is_repeat"], row["is_imported"]),
                )
                for row in page.referrals
            ],
            is_wide=True,
        )


def _judgement(key: str | None) -> str:
    return f"{key}: {dict(codes.JUDGEMENTS)[key]}" if key else "Not judged"


def _notes(is_repeat: bool, is_imported: bool) -> str:
    said = ["Repeat referral"] if is_repeat else []
    return ". ".join([*said, *(["Imported: no screening was asked for"] if is_imported else [])])


def meetings(page: ChildPage) -> None:
    if page.discussions:
        table.draw(
            "Meetings, latest first. The scale runs from 1, at risk, to 10, no longer at risk",
            ("Meeting", "Judgement", "Scale", "Decision", "Review by"),
            [
                (
                    in_words(row["meeting_date"]), row["judgement"] or "Not judged", row["scale"],
                    dict(DECISIONS).get(row["decision"] or "", ""), _on(row["review_by"]),
                )
                for row in page.discussions
            ],
            is_wide=True,
        )  # fmt: skip


def actions(page: ChildPage) -> None:
    if page.actions:
        table.draw(
            "Actions",
            ("Action", "Agency", "Who", "By", "State"),
            [
                (
                    Link(row["action"], "action", {"action": row["action_id"]}),
                    AGENCIES.get(row["agency"] or "", row["agency"] or ""), row["owner"] or "",
                    _on(row["due_on"]), _action_state(row["state"], row["due_on"]),
                )
                for row in page.actions
            ],
            is_wide=True,
        )  # fmt: skip


def _action_state(state: str, due_on: datetime.date | None) -> str | Late:
    if state == "ongoing" and due_on and due_on < clock.today():
        return Late("Overdue")
    return {"ongoing": "Ongoing", "completed": "Completed", "not_achieved": "Not achieved"}[state]


def scores(page: ChildPage) -> None:
    st.header("Tracker score", anchor=False)
    if not page.scorings:
        st.text(
            "No score yet. Begin the tracker: each agency answers what it knows. A higher score is worse."
        )
        return
    table.draw(
        "Scores, latest first. A higher score is worse",
        ("Scored on", "Score", "Could be up to", "Handled as", "Weights"),
        [
            (
                Link(in_words(row["scored_on"]), "score", {"score": row["scoring_id"]}), row["total"], row["highest"],
                Tag(BAND_NAMES[row["band_read"]], BAND_COLOURS.get(row["band_read"], "")),
                "Illustrative: not for decisions" if row["weight_set_id"].startswith("illustrative") else "Approved when scored",
            )
            for row in page.scorings
        ],
        is_wide=True,
    )  # fmt: skip
    link("Before and after: score, scale and judgement over time", "over-time", child=page.heading.child_id)


def sent(page: ChildPage) -> None:
    st.header("Forms sent", anchor=False)
    if not page.submissions:
        st.text("Nothing has been sent about this child yet.")
        return
    table.draw(
        "Forms sent, latest first",
        ("Form", "Sent on", "By", "Agency", "Version"),
        [
            (
                Link(
                    form(row["form"]).title, "submission", {"form": row["form"], "record": row["record_id"]},
                    spoken=f"of {in_words(row['submitted_on'])}",
                ),
                in_words(row["submitted_on"]), row["name"] or "The operator",
                AGENCIES.get(row["by_agency"] or "", ""), row["revision"],
            )
            for row in page.submissions
        ],
        is_caption_shown=False,
        is_wide=True,
    )  # fmt: skip
