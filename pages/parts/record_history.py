"""The history of a record that is kept, folded until wanted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.trail.record_history import Change
from pages.parts import table
from pages.parts.words import at_time


def draw(history: Sequence[Change]) -> None:
    if not history:
        return
    with st.expander("History of this record"):
        table.draw(
            "Changes, latest first",
            ("What was changed", "Before", "After", "When", "By", "Reason"),
            [
                (what, before, after, at_time(change.at), change.by, change.why or "")
                for change in history
                for what, before, after in change.changed or (("Nothing", "", ""),)
            ],
            is_caption_shown=False,
            is_wide=True,
        )
