"""A CSV file that somebody chooses to bring in, read as text when its button is pressed."""

from __future__ import annotations

import streamlit as st

from data.refusal import Problems


def choose(label: str, key: str) -> None:
    st.file_uploader(label, type="csv", key=key)


def text_of(key: str) -> str:
    """What is in the file chosen. Raises `Problems` when there is none or when it is not in UTF-8."""
    file = st.session_state.get(key)
    if file is None:
        raise Problems("Choose the CSV file that you bring in")
    try:
        text: str = file.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problems("Save the file as CSV in UTF-8") from None
    return text
