"""My work: what waits for the person who is signed in, each one click from the work, and nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data import clock
from data.engine import Row
from data.my_work import MyWork, my_work
from data.pathway import OPENING_WAY, REFERRAL_WAY
from forms.kinds.date import in_words
from forms.registry import form
from pages.parts import lists
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, link
from pages.parts.words import at_time


def body() -> None:
    actor = current_actor()
    mine = my_work(actor)
    with actor.reading() as work:
        role = work.account.role
    st.title("My work", anchor=False)
    if mine.openings:
        _section("Opened in an emergency", _openings(mine.openings), "")
        link("All emergency openings", "emergencies")
    if role in ("coordinator", "manager"):
        _section("Referrals to decide", _referrals(mine), "No referral waits for you.")
        _section(
            "Reviews and first discussions due", _reviews(mine.reviews), "Nothing is due within four weeks."
        )
    if role in ("practitioner", "coordinator"):
        _section("Returned to you", _returned(mine.returned), "No referral has been returned to you.")
        _section(
            "Your drafts",
            _drafts(mine.drafts),
            "Forms you have begun are kept here. Begin from a child's page.",
        )
        _section(
            "Asked of you", _drafts(mine.asked), "When you are asked to write part of a form, it is here."
        )


def _section(title: str, entries: Sequence[Entry], empty: str) -> None:
    st.header(f"{title} ({len(entries)})" if entries else title, anchor=False)
    lists.draw(entries, empty)


def _drafts(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"{form(row['form']).title}: {row['name'] or 'a new child'}",
            "form",
            {"draft": row["draft_id"]},
            (f"Saved {at_time(row['last_saved_at'])}" if row.get("last_saved_at") else "Begun",),
        )
        for row in rows
    ]


def _returned(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"Referral: {row['name']}",
            "referral",
            {"referral": row["referral_id"]},
            (row["decision_reason"],),
            "Returned",
            "red",
        )
        for row in rows
    ]


def _referrals(mine: MyWork) -> list[Entry]:
    return [
        Entry(
            row["name"], "referral", {"referral": row["referral_id"]},
            (f"Received {in_words(row['received_on'])}", "Repeat referral" if row["is_repeat"] else ""),
            REFERRAL_WAY.state(row["state"]).words, "blue",
        )
        for row in mine.referrals
    ]  # fmt: skip


def _openings(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"{row['name']}, opened by {row['who']}", "emergencies", {"opening": row["opening_id"]},
            (at_time(row["opened_at"]), row["reason"] or ""), OPENING_WAY.state(row["state"]).words, "red",
        )
        for row in rows
    ]  # fmt: skip


def _reviews(rows: Sequence[Row]) -> list[Entry]:
    today = clock.today()
    return [
        Entry(
            row["name"], "child", {"child": row["child_id"]},
            (f"Review by {in_words(row['review_by'])}" if row["review_by"] else f"Accepted {in_words(row['opened_on'])}",),
            "First discussion" if not row["review_by"] else "Overdue" if row["review_by"] < today else "Due",
            "red" if row["review_by"] and row["review_by"] < today else "blue",
        )
        for row in rows
    ]  # fmt: skip


PAGE = Page(
    "My work", "my-work", frozenset({"practitioner", "coordinator", "manager", "meeting_member"}), body
)
