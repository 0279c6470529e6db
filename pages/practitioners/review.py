"""One episode's review: when, what changed it, new significant information, and the chairs' other date."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.actor import Actor
from data.after_meeting import reviews
from data.after_meeting.reviews import Review
from forms.kinds.date import in_words
from forms.review import NEW_INFORMATION, VARIED
from pages.parts import acting, child_heading, lists, short_form, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time

KINDS = {"varied": "The chairs set another date", "new_information": "New significant information"}
NOT_SHOWN = "Kept for coordinators, managers and who recorded it"


def body() -> None:
    actor = current_actor()
    review = reviews.read_review(actor, st.query_params.get("episode", ""))
    child_heading.draw(actor, review.episode["child_id"])
    st.title("Review", anchor=False)
    acting.show()
    _facts(review)
    _changes(review)
    if review.may_bring_forward:
        _bring_forward(actor, review)
    if review.may_vary:
        _vary(actor, review)
        link("Close by exception, without a meeting", "leaving", episode=review.episode["episode_id"])
    link("Back to the child's page", "child", child=review.episode["child_id"])


def _facts(review: Review) -> None:
    last, closed = review.last, review.episode["closed_on"]
    by = last and last["review_by"]
    words = in_words(by) if by else "Not set" if last else "First discussion"
    lists.facts(
        [
            ("In oversight since", in_words(review.episode["opened_on"])),
            ("Last discussed", in_words(last["meeting_date"]) if last else "Not yet"),
            ("Review by", f"{words}, overdue" if by and by < clock.today() and not closed else words),
            *([("No later than", in_words(review.latest_date))] if review.latest_date else []),
            *([("Left the oversight on", in_words(closed))] if closed else []),
        ]
    )


def _changes(review: Review) -> None:
    if review.changes:
        table.draw(
            "What changed the review, latest first",
            ("What", "Review by", "Reason", "Recorded"),
            [
                (
                    KINDS[row["kind"]] + (f", by {row['decided_by']}" if row["decided_by"] else ""),
                    in_words(row["review_by"]),
                    _reason(row["reason"], row["strategy_meeting_on"]),
                    f"{at_time(row['recorded_at'])} by {row['name'] or 'the operator'}",
                )
                for row in review.changes
            ],
            is_wide=True,
        )  # fmt: skip


def _reason(reason: str | None, strategy_meeting_on: object) -> str:
    words = NOT_SHOWN if reason is None else reason
    return f"{words}. Strategy meeting: {in_words(strategy_meeting_on)}" if strategy_meeting_on else words  # type: ignore[arg-type]


def _bring_forward(actor: Actor, review: Review) -> None:
    episode_id = review.episode["episode_id"]
    st.header("New significant information", anchor=False)
    st.text(
        "It brings the review forward, and the next meeting's agenda proposes the child. Bring the assessment up to "
        "date too. If a child is in immediate danger, call 999."
    )
    short_form.draw(
        NEW_INFORMATION,
        f"new information {episode_id}",
        lambda actor, typed: reviews.bring_forward(actor, episode_id, typed),
        "Recorded. The coordinator sees it, and the next agenda proposes the child.",
    )


def _vary(actor: Actor, review: Review) -> None:
    episode_id = review.episode["episode_id"]
    st.header("Another date set by the chairs", anchor=False)
    short_form.draw(
        VARIED,
        f"vary {episode_id}",
        lambda actor, typed: reviews.vary(actor, episode_id, typed),
        "The review has its new date.",
        look="secondary",
    )


PAGE = Page(
    "Review",
    "review",
    frozenset({"practitioner", "coordinator", "manager", "meeting_member"}),
    body,
    in_menu=False,
)
