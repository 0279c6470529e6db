"""What the partnership and its areas decide for themselves: what holds now, who changed it, and changing it."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.clock import day_of
from data.settings import Change, Standing
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.places import Partnership, area_name
from forms.settings import AREA, FORMS_OF_SETTINGS, PARTNERSHIP
from pages.parts import acting, short_form, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        partnership = work.account.partnership
    st.title("Settings", anchor=False)
    acting.show()
    of, place = _whose(partnership)
    standing = settings.standing(actor, of, place)
    form, on_screen = FORMS_OF_SETTINGS[of], f"settings {of} {place}"
    seen: Standing = short_form.held(form, on_screen, standing)
    st.header(paragraphs(form.title), anchor=False)
    short_form.draw(
        form,
        on_screen,
        lambda actor, typed: settings.change(
            actor, of, place, typed, seen.revisions, names_nobody=acting.names_nobody()
        ),
        "Saved. The settings hold from now on; what was done before stays as it was.",
        standing=seen.answers,
    )
    _changes(standing.changes)


def _whose(partnership: Partnership) -> tuple[str, str]:
    """The partnership first, then its areas."""
    places = [(PARTNERSHIP, partnership.key), *((AREA, area) for area in partnership.areas)]
    names = {(AREA, area): f"Area: {area_name(area)}" for area in partnership.areas}
    return st.selectbox(
        "Whose settings?",
        places,
        format_func=lambda one: paragraphs(names.get(one, f"Partnership: {partnership.name}")),
        key="settings_whose",
    )


def _changes(changes: tuple[Change, ...]) -> None:
    st.header("Changes", anchor=False)
    if not changes:
        st.text("Nothing has been changed: what stands here is what the two procedures say.")
        return
    agencies = dict(AGENCIES)
    table.draw(
        "The latest changes",
        ("Setting", "Set to", "By", "On"),
        [
            (
                one.setting.question.label + (f": {agencies[one.agency]}" if one.agency else ""),
                one.words, one.by, in_words(day_of(one.at)),
            )
            for one in changes
        ],
        is_wide=True,
    )  # fmt: skip


PAGE = Page("Settings", "settings", frozenset({"administrator"}), body)
