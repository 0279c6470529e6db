"""What stands on a child's page beside the forms: flags, and the way to missing episodes and school attendance."""

from __future__ import annotations

import streamlit as st

from data.child.children import ChildPage
from pages.parts.navigation import link
from pages.practitioners.flags import draw as draw_flags


def draw(page: ChildPage) -> None:
    child_id = page.heading.child_id
    st.header("Flags, missing episodes and school", anchor=False)
    draw_flags(list(page.flags))
    link("Exploitation flags", "flags", child=child_id)
    link("Missing episodes, return home interviews and school attendance", "missing", child=child_id)
