"""Missing episodes with their return home interviews, and school attendance, of one child."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.actor import Actor
from data.child import missing
from data.child.missing import MissingPage, interview_in_words
from data.database.engine import Row
from forms.kinds.date import in_words
from forms.missing import MISSING_EPISODE, MISSING_FROM, OCCASIONS, SCHOOL_ATTENDANCE, TIMETABLES
from pages.parts import acting, child_heading, lists, short_form, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Cell, Late

NEW = "A new missing episode"
BRIEFLY = {
    "home": "home",
    "placement": "a placement",
    "school": "school or college",
    "elsewhere": "elsewhere",
}


def body() -> None:
    actor, child_id = current_actor(), st.query_params.get("child", "")
    page = missing.read_missing(actor, child_id)
    child_heading.draw(actor, child_id)
    st.title("Missing episodes and school", anchor=False)
    acting.show()
    _episodes(page)
    if page.may_write:
        _write_episode(actor, child_id, page)
    _school(page)
    if page.may_write:
        short_form.draw(
            SCHOOL_ATTENDANCE,
            f"school {child_id}",
            lambda actor, typed: missing.save_attendance(actor, child_id, typed),
            "School attendance is saved.",
            look="secondary",
        )
    link("Back to the child's page", "child", child=child_id)


def _episodes(page: MissingPage) -> None:
    st.header("Missing episodes", anchor=False)
    st.text(
        "A return home interview is offered and held within 72 hours of the child's return, counted in days here."
    )
    if not page.episodes:
        st.text("No missing episode is recorded.")
        return
    told = page.interviews
    lists.facts(
        [
            ("Times back", str(told.returns)),
            ("Interviews offered", f"{told.offered} of {told.returns}"),
            ("Interviews held", f"{told.held} of {told.returns}"),
            ("Held within 72 hours", f"{told.in_time} of {told.returns}"),
        ]
    )
    table.draw(
        "Missing episodes, latest first",
        ("Missing since", "Back on", "From", "Reported by", "Return home interview"),
        [_line(row) for row in page.episodes],
        is_wide=True,
    )


def _line(row: Row) -> tuple[Cell, ...]:
    words, is_late = interview_in_words(row, clock.today())
    if row["interview_on"]:
        words += f", on {in_words(row['interview_on'])}"
    return (
        in_words(row["from_on"]),
        in_words(row["until_on"]) if row["until_on"] else Late("Still missing"),
        dict(MISSING_FROM)[row["missing_from"]],
        row["reported_by"] or "",
        Late(words) if is_late else words,
    )


def _write_episode(actor: Actor, child_id: str, page: MissingPage) -> None:
    """Add one, or bring one up to date: the child came back, the interview was held."""
    by_id = {row["missing_episode_id"]: row for row in page.episodes}
    st.header("Add a missing episode, or bring one up to date", anchor=False)
    chosen = NEW
    if by_id:
        chosen = st.selectbox(
            "Add a new one, or choose one to bring up to date",
            [NEW, *by_id],
            format_func=lambda key: _named(by_id[key]) if key in by_id else NEW,
            key=f"missing {child_id} {len(by_id)}",
        )
    standing = by_id.get(chosen)
    short_form.draw(
        MISSING_EPISODE,
        f"missing {child_id} {chosen if standing else 'new'} {standing['revision'] if standing else 0}",
        lambda actor, typed: missing.save_episode(actor, child_id, typed, chosen if standing else None),
        "The missing episode is saved.",
        standing=standing,
    )


def _named(row: Row) -> str:
    """Two may begin on the same day."""
    back = f"back on {in_words(row['until_on'])}" if row["until_on"] else "still missing"
    return f"Since {in_words(row['from_on'])}, from {BRIEFLY[row['missing_from']]}, {back}"


def _school(page: MissingPage) -> None:
    st.header("School attendance", anchor=False)
    lists.table(
        "School attendance, latest first",
        ("As it was on", "Occasion", "Education", "Attendance"),
        [
            (
                in_words(row["as_of"]), dict(OCCASIONS)[row["occasion"]], dict(TIMETABLES)[row["timetable"]],
                "Not known" if row["percent"] is None else f"{row['percent']}%",
            )
            for row in page.attendance
        ],
        "No school attendance is recorded.",
    )  # fmt: skip


PAGE = Page(
    "Missing episodes and school",
    "missing",
    frozenset({"practitioner", "coordinator", "manager", "meeting_member"}),
    body,
    in_menu=False,
)
