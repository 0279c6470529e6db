"""A script of ours in the page. Such a script is trusted: nothing that people typed ever goes into it."""

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


@cache
def component(name: str, script: str) -> ComponentRenderer:
    """Registered once for the whole server. A script of a single line would be taken for a file's name."""
    return st.components.v2.component(name, js=script)
