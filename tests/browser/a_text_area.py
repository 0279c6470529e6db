"""A screen with one text area that keeps what it is told, for the tests of keeping what is being typed."""

import streamlit as st

from pages.parts import look, typing


def keep() -> None:
    st.session_state.kept = st.session_state.words


look.set_up(wide=False)
typing.commit_while_typing()
st.title("A text area")
st.text_area("Words", key="words", on_change=keep)
st.text(f"Kept: {st.session_state.get('kept', 'nothing')}")
