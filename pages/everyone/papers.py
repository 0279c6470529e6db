"""What an invited member reads and answers before the meeting: its agenda, each child, what their agency holds."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.actor import Actor
from data.child_line import line
from data.database.engine import Row
from data.meeting import agency_answers, invitations, meeting_keeping
from data.ways.pathway import MEETING_WAY
from forms.kinds.date import in_words
from forms.meeting import STANDARD_ITEMS
from forms.places import area_name
from pages.parts import acting, answering, lists, meeting_files, table
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, link
from pages.parts.table import Link
from pages.parts.words import as_html, paragraphs


def body() -> None:
    actor = current_actor()
    meeting_id = st.query_params.get("meeting", "")
    if meeting_id:
        _papers(actor, meeting_keeping.read_meeting(actor, meeting_id))
    else:
        _meetings(actor)


def _meetings(actor: Actor) -> None:
    st.title("Meeting papers", anchor=False)
    lists.draw(
        [
            Entry(
                f"{'Minutes to sign of the meeting' if row['state'] == 'agreed' else 'Meeting'} of {in_words(row['meets_on'])}",
                "minutes" if row["state"] == "agreed" else "papers", {"meeting": row["meeting_id"]},
                (area_name(row["area"]), row["starts_at"] or "", row["place"]),
                MEETING_WAY.state(row["state"]).words, "blue",
            )
            for row in invitations.invitations_of(actor)
        ],
        "No papers yet. A meeting you are invited to appears here when its papers go out.",
    )  # fmt: skip


def _papers(actor: Actor, meeting: Row) -> None:
    with actor.reading() as work:
        agency = work.account.agency or ""
    st.title(paragraphs(f"Papers for the meeting of {in_words(meeting['meets_on'])}"), anchor=False)
    lists.facts(
        [
            ("Area", area_name(meeting["area"])),
            ("Time", meeting["starts_at"] or "Not set"),
            ("Place", meeting["place"]),
        ]
    )
    st.text("You can open these children until the minutes are agreed. Open only those you need to.")
    meeting_files.papers_of("Download these papers as Word", meeting["meeting_id"], agency)
    meeting_files.calendar(meeting["meeting_id"])
    if rule := settings.in_force(actor, meeting["area"])["agenda_rule"]:
        st.text(rule)
    items = "".join(f"<li>{as_html(item)}</li>" for item in STANDARD_ITEMS)
    st.html(f"<p>On every agenda:</p><ol>{items}</ol>")
    found = agency_answers.answers(actor, meeting["meeting_id"])
    if agency == "police" and found:
        link("Minute with the coordinator", "minuting", item=found[0].item["item_id"])
    table.draw(
        "Children on the agenda, and your agency's answer",
        ("Order", "Child", "Answer"),
        [
            (
                place,
                Link(line(one.item), "child", {"child": one.item["child_id"]}),
                next(
                    (
                        "Holds something" if row["holds"] else "Nothing held"
                        for row in one.answers
                        if row["agency"] == agency
                    ),
                    "Not answered",
                ),
            )
            for place, one in enumerate(found, 1)
        ],
        is_wide=True,
    )
    st.header("Answer for your agency", anchor=False)
    acting.show()  # here, because one child is answered after the other
    by_item = {one.item["item_id"]: one for one in found}
    waiting = [key for key, one in by_item.items() if agency in one.missing]
    if not waiting:
        st.text("Your agency has answered for every child.")
    chosen = st.selectbox(
        "Child",
        list(by_item),
        index=list(by_item).index(waiting[0]) if waiting else None,
        format_func=lambda key: line(by_item[key].item),
        placeholder="Choose a child",
        key=f"answers for {len(waiting)}",
    )
    if chosen:
        answering.ask(by_item[chosen], agency)
    link("All meeting papers", "papers")


PAGE = Page("Meeting papers", "papers", frozenset({"practitioner", "meeting_member"}), body, wide=True)
