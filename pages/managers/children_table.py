"""One page of the children behind a figure, by initials; turning it costs that page only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import streamlit as st

from data.access.restricted import NOT_COUNTED
from data.cohort import Listed, children_listed
from data.refusal import Problems, Refused
from forms.kinds.date import in_words
from pages.parts import table, turning
from pages.parts.browser import current_actor
from pages.parts.sections import band_tag
from pages.parts.words import paragraphs


@st.fragment
def draw(area: str, on: datetime.date, cut: str, filters: Mapping[str, str]) -> None:
    number = turning.page("behind", (area, on, cut, tuple(filters.items())))
    try:
        listed, more = children_listed(current_actor(), area, on, cut, number, filters)
    except (Refused, Problems) as refused:  # what a fragment raises never reaches app.py
        st.error(paragraphs(str(refused)))
        return
    if not listed:
        st.text("No child that you can open is behind this figure.")
        st.text(NOT_COUNTED)
        return
    table.draw(
        "Children, soonest review first" + (f", page {number + 1}" if number else ""),
        ("Child", "Age", "Area", "Judgement", "Scale before", "Scale now", "Band", "Review by"),
        [_row(child) for child in listed],
        is_wide=True,
    )
    st.text("Initials lead to the child's page. Scale: from 1 to 10, where higher is better.")
    st.text(NOT_COUNTED)
    turning.draw("behind", number, more)


def _row(child: Listed) -> tuple[table.Cell, ...]:
    if child.review_by is None:
        review: table.Cell = "Not set"
    elif child.is_overdue:
        review = table.Late(f"{in_words(child.review_by)}, overdue")
    else:
        review = in_words(child.review_by)
    name = table.Link(", ".join((child.initials, *child.who)), "child", {"child": child.child_id})
    return (
        name,
        table.NO_NUMBER if child.age is None else child.age,
        child.area,
        child.judgement or "Not judged",
        table.NO_NUMBER if child.scale_before is None else child.scale_before,
        table.NO_NUMBER if child.scale_now is None else child.scale_now,
        band_tag(child.band),
        review,
    )
