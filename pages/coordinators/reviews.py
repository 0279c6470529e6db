"""Reviews, episode by episode in the order of their dates, and the flags that ask for a decision."""

from __future__ import annotations

import datetime

import streamlit as st

from data import clock
from data.actor import Actor
from data.after_meeting import flags
from data.after_meeting.review_list import WHICH, DueReview, list_reviews
from data.child_line import in_a_line, line
from data.database.engine import Row
from forms.flag import SYSTEMS_IN_SHORT
from forms.kinds.date import in_words
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.table import Cell, Late, Link
from pages.practitioners.concerns import NAMES

WHY_DUE = {
    "review": "Review of the flag",
    "left": "The child has left the meeting's oversight",
    "closed": "The record of concern is closed",
    "expired": "Has expired on police systems",
}


def body() -> None:
    actor = current_actor()
    st.title("Reviews", anchor=False)
    which = st.selectbox(
        "Which children",
        list(WHICH),
        index=1,
        format_func=lambda key: WHICH[key],
        key="reviews_which",
        width=360,
    )
    number = turning.page("reviews", which)
    found, more = list_reviews(actor, which, number)
    if found:
        table.draw(
            WHICH[which],
            ("Child", "Review by", "Last discussed", "Note"),
            [_line(review) for review in found],
            is_wide=True,
        )
    else:
        st.text("No child of your area is in this list.")
    turning.draw("reviews", number, more)
    _flags(actor)


def _line(review: DueReview) -> tuple[Cell, ...]:
    by: Cell = "First discussion" if review.discussed_on is None else "No date set"
    if review.review_by:
        words = in_words(review.review_by)
        by = Late(f"{words}, overdue") if review.is_overdue else words
    notes = [
        *(["New significant information"] if review.is_new else []),
        *([f"Strategy meeting {in_words(review.strategy_meeting_on)}"] if review.strategy_meeting_on else []),
        *(["Escalated to the chairs"] if review.is_escalated else []),
        *(["Needs a transitions plan"] if review.needs_transitions_plan else []),
    ]
    return (
        Link(in_a_line(review.name, review.who), "review", {"episode": review.episode_id}),
        by,
        in_words(review.discussed_on) if review.discussed_on else "Not yet",
        ". ".join(notes),
    )


def _flags(actor: Actor) -> None:
    st.header("Flags to decide on", anchor=False)
    st.text(
        "Flags on children and on people, groups and places of concern: whose review is due within four weeks, whose child "
        "has left the meeting's oversight or whose record is closed, and removed flags that have expired. LEDS is the Law Enforcement Data Service, PNC the Police National Computer."
    )
    number = turning.page("flags", "")
    found, more = flags.due(actor, number)
    if found:
        table.draw(
            "Flags to decide on",
            ("On", "System", "By", "Why"),
            [_flag(row) for row in found],
            is_caption_shown=False,
            is_wide=True,
        )
    else:
        st.text("No flag asks for a decision.")
    turning.draw("flags", number, more)


def _flag(row: Row) -> tuple[Cell, ...]:
    on = f"{row['name']} ({NAMES[row['kind']].lower()} of concern)" if row["kind"] else line(row)
    return (
        Link(on, "flags", {row["about"]: row["about_id"]}),
        SYSTEMS_IN_SHORT[row["system"]],
        _by(row["due_on"]),
        WHY_DUE[row["why"]],
    )


def _by(day: datetime.date | None) -> Cell:
    if day is None:
        return "No date"
    return in_words(day) if day >= clock.today() else Late(f"{in_words(day)}, overdue")


PAGE = Page("Reviews", "reviews", frozenset({"coordinator", "manager"}), body, wide=True)
