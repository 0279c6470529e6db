"""Who is here and which pages they may open. Runs anew on every click and always ends in `st.navigation`."""

import streamlit as st

from data.refusal import Problems, Refused
from pages.everyone import first_password, sign_in
from pages.parts import (
    browser,
    child_heading,
    kept_words,
    landmarks,
    look,
    menu,
    navigation,
    signed_in,
    window,
)
from pages.parts.words import paragraphs

if not browser.served_by_server:
    st.title("MACE", anchor=False)
    st.text(browser.HOW_TO_START)
    st.stop()

account = browser.current_account()
if account is None:
    shown = navigation.everywhere("Sign in", sign_in.body, menu.PAGES)
elif account.must_change_password:
    shown = navigation.everywhere("Choose your password", first_password.body, menu.PAGES)
else:
    shown = navigation.open_to(account.role, menu.PAGES, menu.GROUPS)
may_go_on = account is not None and not account.must_change_password
page = st.navigation(shown, position="top" if may_go_on else "hidden")
look.set_up(navigation.is_wide(page, menu.PAGES), page.title)
window.set_up()
if account is not None:
    signed_in.show(account)
    landmarks.name_the_menu(navigation.group_of(page, shown))
child_heading.begin_a_page()
try:
    page.run()
except (Problems, Refused) as refused:
    st.error(paragraphs(str(refused)))
    navigation.link("Go to My work", "my-work")
    kept_words.show()
