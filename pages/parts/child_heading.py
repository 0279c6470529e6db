"""The line that heads every page about a child, always in the same place: name, age, area and state."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.child.children import Heading, heading
from pages.parts.words import as_html, at_time, paragraphs, tag

POINTS_AT_ADDRESSES = "points at addresses"
"""Of the session, while the page that is open is about a child whose address is protected."""


def begin_a_page() -> None:
    """Nothing is known yet of the child whom the page that opens is about."""
    st.session_state.pop(POINTS_AT_ADDRESSES, None)


def draw(actor: Actor, child_id: str, is_title: bool = False) -> None:
    """`is_title`: on the page that has no other, the child's own."""
    show(heading(actor, child_id), is_title)


def show(child: Heading, is_title: bool = False) -> None:
    tags = tag(child.state, "blue") + (" " + tag("Approaching 18") if child.approaching_18 else "")
    st.html(
        _line(child.name, [f"Age {child.age_in_words}", child.area], tags, "h1" if is_title else "strong")
    )
    st.session_state[POINTS_AT_ADDRESSES] = bool(child.protected)
    if child.protected:
        st.warning(paragraphs(child.protected))
    if child.open_until:
        st.warning(
            paragraphs(
                f"You opened this record in an emergency. You can read it on the screen until {at_time(child.open_until)}. "
                f"The coordinators and managers of {child.area} have been shown that you did, and why."
            )
        )
    if child.until:
        st.info(
            paragraphs(
                "Another area answers for this child now. You read the record as it stood until "
                f"{at_time(child.until)}, and nothing that was written since. Ask the area's coordinator if you need more."
            )
        )


def of_a_new_child(name: str | None, age: str) -> str:
    """As HTML, for a child who is being added."""
    return _line(name or "A new child", [f"Age {age}"] if age else [], tag("Not added yet"))


def _line(name: str, facts: list[str], tags: str, element: str = "strong") -> str:
    said = "".join(f"<span>{as_html(fact)}</span>" for fact in facts)
    return f'<div class="child-heading"><{element}>{as_html(name)}</{element}>{said}{tags}</div>'
