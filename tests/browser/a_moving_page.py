"""A screen on which an answer opens a panel above what is pressed next, for the tests of presses."""

import streamlit as st

from pages.parts import look, window

look.set_up(wide=False)
window.set_up()
st.title("A moving page")
opened = st.checkbox("Open the panel", key="opens")
if opened:
    for line in range(8):
        st.text(f"Line {line} of the panel")
answer = st.radio("Is it so?", ["Yes", "No"], index=None, key="answer")
ticked = st.checkbox("Tick this", key="ticked")
pressed = st.button("Press this", key="pressed")
st.text(f"Done: {answer}, {ticked}, {pressed}")
