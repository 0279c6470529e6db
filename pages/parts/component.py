"""A script of ours in the page, from a file in `pages/scripts/`. Such a script is trusted: nothing that people typed ever
goes into it."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

SCRIPTS = Path(__file__).parents[1] / "scripts"


@cache
def component(name: str) -> ComponentRenderer:
    """Registers the script of this name once for the whole server."""
    return st.components.v2.component(name, js=(SCRIPTS / f"{name}.js").read_text(encoding="utf-8"))
