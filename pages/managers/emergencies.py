"""Records of the area that were opened in an emergency: shown to its coordinators, reviewed by its managers."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.child import emergency
from data.database.engine import Row
from data.ways.ways_beside import OPENING_WAY
from forms.codes import AGENCIES
from forms.emergency import FINDINGS, LAWFUL_BASES
from pages.parts import acting, free_text, lists, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, at_time, tag

COLOURS = {"to_review": "red", "appropriate": "green", "not_appropriate": "grey"}


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        reviews = work.account.role == "manager"
    number = turning.page("emergencies", "")
    rows, more = emergency.openings(actor, number)
    st.title("Emergency openings", anchor=False)
    acting.show()
    st.text(
        "Records of children of your area that somebody opened in an emergency, whose work the child was not. "
        "A manager of the area reviews each."
    )
    if not rows:
        st.text("Nobody has opened a record of your area in an emergency.")
    for row in rows:
        _draw(actor, row, reviews)
    turning.draw("emergencies", number, more)


def _draw(actor: Actor, row: Row, reviews: bool) -> None:
    with st.container(key=f"opening {row['opening_id']}"):
        state = OPENING_WAY.state(row["state"])
        st.html(f"<h2>{as_html(row['name'])}</h2>{tag(state.words, COLOURS[state.key])}")
        pairs = [
            ("Opened by", ", ".join(filter(None, (row["who"], dict(AGENCIES).get(row["agency"] or ""))))),
            ("When", f"{at_time(row['opened_at'])}, open until {at_time(row['ends_at'])}"),
        ]
        if row["reason"]:  # a restricted child's is not shown to who is not named
            pairs += [("Reason", row["reason"]), ("Lawful basis", dict(LAWFUL_BASES)[row["lawful_basis"]])]
        if row["review_note"]:
            pairs.append(
                ("Review", f"{row['review_note']} ({row['reviewer']}, {at_time(row['reviewed_at'])})")
            )
        lists.facts(pairs)
        link("The child's page", "child", child=row["child_id"])
        if reviews and row["reason"] and state.owner:
            _review(actor, row["opening_id"])


def _review(actor: Actor, opening_id: str) -> None:
    with st.expander("Review this opening"):
        finding = st.radio(
            "Was it appropriate?",
            [key for key, _ in FINDINGS],
            index=None,
            format_func=lambda key: dict(FINDINGS)[key],
            key=f"finding {opening_id}",
        )
        note = free_text.several_lines("What you found, and what follows from it", key=f"review {opening_id}")
        if st.button("Keep the review", key=f"keep {opening_id}"):
            acting.do(lambda: emergency.review(actor, opening_id, finding or "", note))


PAGE = Page("Emergency openings", "emergencies", frozenset({"coordinator", "manager"}), body, wide=True)
