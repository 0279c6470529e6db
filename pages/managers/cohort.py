"""The cohort, as it stood on a day: one view at a time, narrowed as wished. A partnership's lead sees figures only."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.actor import Actor
from data.cohort import Shown, note_export, read_view
from data.cohort_excel import in_workbook
from data.cohort_picture import in_picture
from data.dashboard.asked import FILTERS
from data.dashboard.past import AS_IT_STOOD
from data.dashboard.section import Section
from data.dashboard.views import views_for
from data.settings import in_force
from forms.kinds.date import in_words
from forms.places import area_name
from pages.managers import children_table
from pages.parts import addressed, choosing, sections
from pages.parts.browser import current_actor
from pages.parts.made_on_click import made_on_click
from pages.parts.navigation import Page

ROLES = frozenset({"coordinator", "manager", "partnership_lead"})


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        account = work.account
    st.title("Cohort", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        areas = choosing.areas(account)
        on = choosing.day()
    if on is None:
        return
    filters = _filters()
    view = addressed.view("Show", tuple((view.key, view.title) for view in views_for(areas)), "view")
    shown = read_view(actor, view, areas, on, filters)
    where = account.partnership.name if len(areas) > 1 else area_name(areas[0])
    st.text(f"{where}, as it stood at the end of {in_words(on)}.")
    for words in shown.asked.words:
        st.text(f"Only: {words}.")
    for words in shown.left_out:
        st.text(words)
    sections.how_counted(AS_IT_STOOD)
    if account.role == "partnership_lead":
        limit = in_force(actor, areas[0])["small_number_limit"]
        st.text(
            f"Restricted: small numbers are shown. From a count of 1 to {limit} somebody who knows the area could recognise a "
            "child. Share these figures only where the restricted copy of the return may go. What may be published is the "
            "return's copy for publication."
        )
    if view == "glance" and not shown.figures["open"]:
        st.info(
            "No child had an open episode then, or none that is asked for. Children appear here once a referral is accepted."
        )
        return
    opens = sections.Opens(areas[0] if account.role != "partnership_lead" else None, on.isoformat(), filters)
    for section in shown.sections:
        sections.draw(section, opens, made_on_click(partial(_picture, shown, section)))
    if opens.area and view == "glance":
        st.header("Children in oversight", anchor=False)
        children_table.draw(opens.area, on, "total", filters)
    _download(shown)


def _filters() -> dict[str, str]:
    """What the children are narrowed by: key of the filter → code."""
    on = sum(1 for one in FILTERS if one.key in st.query_params)
    label = "Look at some of the children only" + (f" ({on} on)" if on else "")
    chosen = {}
    with st.expander(label, expanded=bool(on)), st.container(horizontal=True, vertical_alignment="bottom"):
        for one in FILTERS:
            chosen[one.key] = addressed.narrowed(one.label, one.options, one.key, one.sentence)
    return {key: code for key, code in chosen.items() if code}


def _picture(shown: Shown, section: Section, actor: Actor) -> bytes:
    return in_picture(shown, section, *note_export(actor, shown, "png"))


def _download(shown: Shown) -> None:
    """The figures on the screen as a file: figures only, so that it names nobody for anybody."""
    st.download_button(
        "Download this view as Excel",
        made_on_click(lambda actor: in_workbook(shown, *note_export(actor, shown))),
        f"cohort-{shown.view.key}-{shown.asked.on.isoformat()}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )


PAGE = Page("Cohort", "cohort", ROLES, body, wide=True)
