"""A file that is made when its button is clicked, for whoever is signed in at this browser then."""

from __future__ import annotations

from collections.abc import Callable

from data.actor import Actor
from data.refusal import Refused
from data.sign_in import sessions
from pages.parts import browser

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def made_on_click(make: Callable[[Actor], bytes]) -> Callable[[], bytes]:
    """For `st.download_button`: its file is asked for outside of any run, so the browser is noted here."""
    token = browser.browser_token()

    def made() -> bytes:
        account = sessions.account_behind(browser.store(), token)
        if account is None:
            raise Refused("You have been signed out. Sign in again.", "document made")
        return make(Actor(browser.store(), account.account_id))

    return made
