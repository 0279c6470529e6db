"""What the area's coordinator says beside a measure of the return: typed there and kept as it is typed; others read it."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.database.engine import Clash
from data.naming import MayName
from data.quarters import Quarter
from data.refusal import Problems, Refused
from data.returns.returns import Narrative, save_narrative
from forms.places import area_name
from pages.parts import free_text, problems
from pages.parts.browser import current_actor
from pages.parts.words import at_time

CHANGED = (
    "Somebody else changed these words since you opened the page. Yours are still here and not saved: save them over the "
    "others, or show the saved ones instead."
)


def read(narratives: tuple[Narrative, ...]) -> None:
    """What each area says, in its own words."""
    for one in narratives:
        if one.text:
            st.text(f"{one.area} says:\n{one.text}")


@st.fragment
def ask(quarter: Quarter, area: str, measure: int, standing: Narrative | None) -> None:
    """The area's own words, to be typed. A fragment, so that keeping them does not work the return out again."""
    place = f"narrative_{area}_{quarter}_{measure}".replace(" ", "_")
    if st.session_state.pop(f"{place} again", False):
        st.rerun()  # the whole page, which reads what others saved
    text, revision = (standing.text, standing.revision) if standing else ("", 0)
    waiting = st.session_state.get(f"{place} waiting")
    if not waiting and revision > st.session_state.get(f"{place} seen", -1):
        st.session_state[place], st.session_state[f"{place} seen"] = text, revision
    if waiting:
        problems.sentences(waiting)
    asked = (quarter, area, measure, place)
    free_text.several_lines(
        f"What {area_name(area)} says about measure {measure} (optional)",
        key=place,
        height="content",
        on_change=_keep,
        args=asked,
    )
    if waiting:
        with st.container(horizontal=True):
            if st.session_state.get(f"{place} may name"):
                st.button(
                    "Save: it names nobody", key=f"{place}_nobody", on_click=_keep, args=(*asked, False, True)
                )
            else:
                st.button("Save my words", key=f"{place}_mine", on_click=_keep, args=(*asked, True))
            st.button("Show the saved words", key=f"{place}_theirs", on_click=_show_saved, args=(place,))
    elif saved_at := st.session_state.get(f"{place} saved at"):
        st.text(f"Saved {at_time(saved_at)}")


def _keep(
    quarter: Quarter,
    area: str,
    measure: int,
    place: str,
    over_others: bool = False,
    names_nobody: bool = False,
) -> None:
    """What cannot be kept stays on the screen, with the reason."""
    seen = None if over_others else st.session_state.get(f"{place} seen", 0)
    waiting = f"{place} waiting"
    st.session_state.pop(f"{place} may name", None)
    try:
        revision = save_narrative(
            current_actor(), quarter, area, measure, st.session_state[place], seen, names_nobody=names_nobody
        )
    except Clash:
        st.session_state[waiting] = (CHANGED,)
    except MayName as likely:
        st.session_state[waiting], st.session_state[f"{place} may name"] = likely.sentences, True
    except Problems as problem:
        st.session_state[waiting] = problem.sentences
    except Refused as refused:
        st.session_state[waiting] = (str(refused),)
    else:
        st.session_state.pop(waiting, None)
        st.session_state[f"{place} seen"], st.session_state[f"{place} saved at"] = revision, clock.now()


def _show_saved(place: str) -> None:
    for what in ("waiting", "seen", "saved at", "may name"):
        st.session_state.pop(f"{place} {what}", None)
    st.session_state[f"{place} again"] = True
