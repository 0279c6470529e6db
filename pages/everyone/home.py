"""My work: what waits for the person who is signed in, each one click from the work, and nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data import clock
from data.actor import Actor
from data.child.referrer_told import STEPS, told
from data.child_line import in_a_line, line
from data.database.engine import Row
from data.my_day import Waiting, my_day
from data.my_work import MyWork, my_work
from data.ways.pathway import REFERRAL_WAY
from data.ways.ways_beside import OPENING_WAY
from forms.kinds.date import in_words
from forms.registry import form
from pages.parts import acting, lists
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, at_time, paragraphs, tag

ASK_A_COORDINATOR = (
    "A restricted record of your area has no coordinator any more: those who were named have left. Ask a coordinator of your "
    "area to take it over. It is on their page “My work”."
)


OF_THE_AREA = (
    "With the actions of children who have left the meeting's oversight, whom the cohort does not count. Restricted records are "
    "not counted."
)

AT_FIRST = 10
"""Of what has a page of its own: a long list here would stand before the other things that wait."""


class Day:
    """The sections of the page as they are given: those with something late first, those where nothing waits last."""

    def __init__(self) -> None:
        self._late, self._waiting, self._empty = st.container(), st.container(), st.container()

    def section(
        self,
        title: str,
        entries: Sequence[Entry],
        empty: str,
        of_all: int | None = None,
        more: tuple[str, str] = ("", ""),
        about: str = "",
    ) -> None:
        """`of_all`: how many there are, when not all are among the entries or not all are counted. `more`: where the rest is,
        words and page. `about`: whom the number counts."""
        count = len(entries) if of_all is None else of_all
        is_late = any(entry.colour == "red" for entry in entries)
        with self._late if is_late else self._waiting if entries else self._empty:
            st.header(paragraphs(f"{title} ({count:,})" if entries else title), anchor=False)
            shown = entries[:AT_FIRST] if more[0] else entries
            lists.draw(shown, empty)
            if entries and about:
                st.text(about)
            if count > len(shown):
                st.text(f"The first {len(shown)} of {count:,} are shown.")
            if entries and more[0]:
                link(*more)


def body() -> None:
    actor = current_actor()
    mine = my_work(actor)
    with actor.reading() as work:
        role = work.account.role
    st.title("My work", anchor=False)
    acting.show()
    day = Day()
    if mine.openings:
        day.section(
            "Opened in an emergency",
            _openings(mine.openings),
            "",
            more=("All emergency openings", "emergencies"),
        )
    if mine.to_take_over and role == "coordinator":
        day.section("Restricted records to take over", _to_take_over(mine.to_take_over), "")
    elif mine.to_take_over:
        st.warning(paragraphs(ASK_A_COORDINATOR))
    if mine.to_choose:
        day.section("Answers to choose between", _to_choose(mine.to_choose), "")
    if role in ("coordinator", "manager"):
        day.section(
            "Referrals to decide", _referrals(mine), "No referral waits for you.", _of_all(mine.referrals)
        )
        day.section(
            "Reviews and first discussions due",
            _reviews(mine.reviews),
            "Nothing is due within four weeks.",
            _of_all(mine.reviews),
        )
    if role in ("practitioner", "meeting_member", "coordinator", "manager"):
        day.section(
            "Overdue actions" if role in ("coordinator", "manager") else "Your actions",
            _actions(mine.actions),
            "No action is overdue." if role in ("coordinator", "manager") else "No action of yours is open.",
            _of_all(mine.actions),
            ("All actions", "actions"),
            OF_THE_AREA if role in ("coordinator", "manager") else "",
        )
    if role in ("practitioner", "coordinator"):
        day.section("Returned to you", _returned(mine.returned), "No referral has been returned to you.")
        day.section(
            "Your drafts",
            _drafts(mine.drafts),
            "Forms you have begun are kept here. Begin from a child's page.",
        )
        day.section(
            "Asked of you",
            _asked_about(mine.asked_about) + _drafts(mine.asked),
            "When you are asked to write part of a form, it is here.",
        )
    for one, waiting in my_day(actor):
        if waiting or one.empty:
            day.section(one.title, _waiting(waiting), one.empty)
    if role in ("practitioner", "coordinator"):
        _told(actor, role)


def _of_all(rows: Sequence[Row]) -> int | None:
    return rows[0]["of_all"] if rows else None


def _told(actor: Actor, role: str) -> None:
    """What became of the referrals this person made; shown here is told, and kept as told."""
    found = told(actor)
    if role == "coordinator" and not found:
        return  # few of them refer
    st.header("Referrals you made", anchor=False)
    if not found:
        st.text("When you refer a child, you are told here what becomes of it.")
    for referral in found:
        words = (
            in_a_line(referral.name, referral.who)
            if referral.name
            else "A child you referred, whose record you can no longer open"
        )
        if referral.name:
            link(words, "referral", referral=referral.referral_id)
        else:
            st.text(words)
        said = "".join(
            f"<li>{as_html(in_words(step.on))}: {as_html('. '.join(w for w in (STEPS[step.key], step.follows) if w))}"
            f"{'' if step.told_before else ' ' + tag('New', 'blue')}</li>"
            for step in referral.steps
        )
        st.html(f'<ul class="told">{said}</ul>')


def _waiting(rows: Sequence[Waiting]) -> list[Entry]:
    return [
        Entry(row.words, row.url_path, row.about, row.facts, row.state, "red" if row.is_late else "blue")
        for row in rows
    ]


def _to_take_over(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"A restricted record, last changed {at_time(row['recorded_at'])}", "restriction", {"child": row["child_id"]},
            ("No coordinator who is named is left. Choose who may open it",), "Take over", "red",
        )
        for row in rows
    ]  # fmt: skip


def _drafts(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"{form(row['form']).title}: {line(row) if row['name'] else 'a new child'}",
            "form",
            {"draft": row["draft_id"]},
            (f"Saved {at_time(row['last_saved_at'])}" if row.get("last_saved_at") else "Begun",),
        )
        for row in rows
    ]


def _asked_about(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            line(row), "child", {"child": row["child_id"]},
            (
                f"Asked by {row['asked_by'] or 'the operator'}, {at_time(row['asked_at'])}",
                "Begin the assessment or the tracker from the child's page",
            ),
            "To begin", "blue",
        )
        for row in rows
    ]  # fmt: skip


def _returned(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"Referral: {line(row)}",
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
            line(row), "referral", {"referral": row["referral_id"]},
            (f"Received {in_words(row['received_on'])}", "Repeat referral" if row["is_repeat"] else ""),
            REFERRAL_WAY.state(row["state"]).words, "blue",
        )
        for row in mine.referrals
    ]  # fmt: skip


def _actions(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            row["action"], "action", {"action": row["action_id"]},
            (
                line(row), row["owner"] or "Nobody yet",
                f"By {in_words(row['due_on'])}" if row["due_on"] else "No date",
            ),
            "Overdue" if row["is_overdue"] else "Ongoing", "red" if row["is_overdue"] else "blue",
        )
        for row in rows
    ]  # fmt: skip


def _to_choose(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"{form(row['form']).title}: {row['name']}", "form", {"draft": row["draft_id"]},
            ("Your words are kept beside somebody else's answer. Choose which stands.", at_time(row["set_aside_at"])),
            "To choose", "blue",
        )
        for row in rows
    ]  # fmt: skip


def _openings(rows: Sequence[Row]) -> list[Entry]:
    return [
        Entry(
            f"{line(row)}, opened by {row['who']}", "emergencies", {"opening": row["opening_id"]},
            (at_time(row["opened_at"]), row["reason"] or ""), OPENING_WAY.state(row["state"]).words, "red",
        )
        for row in rows
    ]  # fmt: skip


def _reviews(rows: Sequence[Row]) -> list[Entry]:
    today = clock.today()
    return [
        Entry(
            line(row), "child", {"child": row["child_id"]},
            (f"Review by {in_words(row['review_by'])}" if row["review_by"] else f"Accepted {in_words(row['opened_on'])}",),
            "First discussion" if not row["review_by"] else "Overdue" if row["review_by"] < today else "Due",
            "red" if row["review_by"] and row["review_by"] < today else "blue",
        )
        for row in rows
    ]  # fmt: skip


PAGE = Page(
    "My work",
    "my-work",
    frozenset(
        {"practitioner", "coordinator", "manager", "meeting_member", "partnership_lead", "administrator"}
    ),
    body,
)
