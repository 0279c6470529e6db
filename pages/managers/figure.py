"""The children behind one figure of the cohort or of the return, for those who may see them: never a partnership's lead."""

from __future__ import annotations

import datetime

import streamlit as st

from data import cohort
from data.access.restricted import SAYS_SO
from data.child_line import age, initials
from data.dashboard.asked import FILTERS
from data.measures.reckoning import measure
from data.quarters import Quarter
from data.refusal import Problems
from data.returns.returns import open_figure
from forms.kinds.date import in_words
from forms.places import area_name
from pages.managers import children_table
from pages.parts import table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.sections import how_counted
from pages.parts.words import paragraphs

OF_THAT_DAY = (
    "the children who were counted then, by the records as they were known. Children whose records were deleted since, or whom "
    "you may no longer open, are not listed."
)


def body() -> None:
    """The address says which figure: area, figure, and either a day (`on`) with filters or a quarter and a measure."""
    given = st.query_params
    area, figure = given.get("area", ""), given.get("figure", "")
    try:
        if "quarter" in given:
            version = given.get("version", "")
            _of_the_return(
                area, Quarter.parse(given["quarter"]), given.get("measure", ""), figure,
                int(version) if version.isdecimal() else None,
            )  # fmt: skip
        else:
            _of_the_cohort(area, given.get("on", ""), figure)
    except Problems as problem:
        st.title("Children behind a figure", anchor=False)
        st.error(paragraphs(str(problem)))


def _of_the_cohort(area: str, on: str, figure: str) -> None:
    try:
        day = datetime.date.fromisoformat(on)
    except ValueError:
        raise Problems(cohort.NO_FIGURE) from None
    filters = {one.key: st.query_params[one.key] for one in FILTERS if one.key in st.query_params}
    asked, cut = cohort.cut_named(current_actor(), area, day, figure, filters)
    st.title(paragraphs(cut.words), anchor=False)
    st.text(f"{area_name(area)}, as it stood at the end of {in_words(day)}.")
    for words in asked.words:
        st.text(f"Only: {words}.")
    if cut.sentence:
        how_counted(cut.sentence)
    children_table.draw(area, day, figure, filters)
    link("Back to the cohort", "cohort", on="Another day", day=on, **filters)


def _of_the_return(area: str, quarter: Quarter, number: str, figure: str, version: int | None) -> None:
    children = open_figure(
        current_actor(), quarter, area, int(number) if number.isdecimal() else 0, figure, version
    )
    counted = measure(int(number))
    st.title(paragraphs(counted.part_of(figure)[1].label), anchor=False)
    st.text(f"Measure {counted.number} of the return: {counted.title}. {area_name(area)}, {quarter}.")
    how_counted(counted.sentence)
    if version is not None:
        st.text(f"As it was locked in version {version}: {OF_THAT_DAY}")
    st.text(f"Children listed, each once: {len(children):,}")
    st.text(SAYS_SO)
    if len(children) > cohort.PAGE:
        pages = -(-len(children) // cohort.PAGE)
        at = st.number_input(f"Page, from 1 to {pages}", 1, pages) - 1
        children = children[at * cohort.PAGE :][: cohort.PAGE]
    if children:
        table.draw(
            "Children",
            ("Child", "Age at the end of the quarter"),
            [
                (
                    table.Link(
                        ", ".join((initials(child["name"]), *child["who"])),
                        "child",
                        {"child": child["child_id"]},
                    ),
                    age(child["date_of_birth"], child["date_of_birth_is_estimate"], quarter.last)
                    if child["date_of_birth"]
                    else "",
                )
                for child in children
            ],
        )
    link("Back to the return", "quarterly-return", quarter=str(quarter))


PAGE = Page(
    "Children behind a figure",
    "figure",
    frozenset({"coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
