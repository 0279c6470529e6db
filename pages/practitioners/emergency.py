"""Opening the record of a child who is not one's work, in an emergency: for an hour, to read, and seen by the area at once."""

from __future__ import annotations

import streamlit as st

from data.child.emergency import open_record
from forms.emergency import EMERGENCY
from pages.parts import acting, short_form
from pages.parts.navigation import Page


def body() -> None:
    st.title(EMERGENCY.title, anchor=False)
    acting.show()
    st.text("If a child is in immediate danger, call 999 first.")
    st.text(
        "Use this when a child's safety cannot wait for the area's coordinator. It opens the record of one child for an "
        "hour, to read on the screen. The coordinators and managers of the child's area are shown at once that you "
        "did, and why; a manager reviews it. It cannot be undone or hidden."
    )
    short_form.draw(
        EMERGENCY, "emergency", open_record, "", leads_to=lambda child_id: ("child", {"child": child_id})
    )


PAGE = Page(
    "Open in an emergency",
    "emergency",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
)
