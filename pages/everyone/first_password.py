"""Choosing one's own password, which is all that an account may do while its password is one that somebody gave out."""

import streamlit as st

from pages.parts import password_form


def body() -> None:
    st.title("Choose your password", anchor=False)
    st.text(
        "The password you signed in with was given to you by somebody else. Choose one that only you know."
    )
    password_form.draw()
