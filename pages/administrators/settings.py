"""What the partnership and its areas decide for themselves: what holds now, who changed it, and changing it."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.clock import day_of
from data.database.engine import Clash
from data.settings import Change, SettingsNotReady, Standing
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from forms.places import Partnership, area_name
from forms.settings import AREA, FORMS_OF_SETTINGS, PARTNERSHIP
from pages.parts import acting, form_look, plain_form, problems, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs


def body() -> None:
    form_look.set_up()
    actor = current_actor()
    with actor.reading() as work:
        partnership = work.account.partnership
    st.title("Settings", anchor=False)
    acting.show()
    of, place = _whose(partnership)
    standing = settings.standing(actor, of, place)
    key = f"settings_{of}_{place}_{st.session_state.get('settings_turn', 0)}"
    seen: Standing = st.session_state.setdefault(f"{key}_seen", standing)
    wrong = st.session_state.pop(f"{key}_wrong", ())
    if wrong:
        problems.sentences([problem.sentence for problem in wrong])
    form = FORMS_OF_SETTINGS[of]
    st.header(paragraphs(form.title), anchor=False)
    with st.container(key="questions"):
        typed = plain_form.ask(form, key, seen.answers, wrong)
    if st.button(paragraphs(form.final_button), type="primary"):
        try:
            settings.change(actor, of, place, typed, seen.revisions)
        except SettingsNotReady as refused:
            st.session_state[f"{key}_wrong"] = refused.problems
        except Clash:
            st.session_state.acted_wrong = [acting.CLASHED]
            _begin_anew()
        else:
            st.session_state.acted = (
                "Saved. The settings hold from now on; what was done before stays as it was."
            )
            _begin_anew()
        st.rerun()
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


def _begin_anew() -> None:
    """Whatever is kept by now is shown, by controls that know nothing of what was typed before."""
    st.session_state.settings_turn = st.session_state.get("settings_turn", 0) + 1


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
