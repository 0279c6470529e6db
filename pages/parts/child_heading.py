"""The line that heads every page about a child, always in the same place: name, age, area and state."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.child.children import Heading, heading
from pages.parts.words import as_html, at_time, paragraphs, tag


def draw(actor: Actor, child_id: str) -> None:
    show(heading(actor, child_id))


def show(child: Heading) -> None:
    tags = tag(child.state, "blue") + (" " + tag("Approaching 18") if child.approaching_18 else "")
    st.html(_line(child.name, [f"Age {child.age}", child.area], tags))
    if child.open_until:
        st.warning(
            paragraphs(
                f"You opened this record in an emergency. You can read it on the screen until {at_time(child.open_until)}. "
                f"The coordinators and managers of {child.area} have been shown that you did, and why."
            )
        )


def of_a_new_child(name: str | None, age: int | None) -> str:
    """As HTML, for a child who is being added."""
    return _line(name or "A new child", [] if age is None else [f"Age {age}"], tag("Not saved yet"))


def _line(name: str, facts: list[str], tags: str) -> str:
    said = "".join(f"<span>{as_html(fact)}</span>" for fact in facts)
    return f'<div class="child-heading"><strong>{as_html(name)}</strong>{said}{tags}</div>'
