"""Why the locked return would read otherwise now: late entries, corrections, changed definitions, by measure and area."""

from __future__ import annotations

import streamlit as st

from data.measures.reckoning import label
from data.measures.themes import KINDS, TITLE
from data.quarters import Quarter
from data.refusal import Problems
from data.returns.return_differences import (
    CORRECTION,
    DEFINITION,
    LATE,
    RECORDS,
    Change,
    Explanation,
    explain,
)
from data.returns.theme_differences import ThemeDifference
from pages.managers.cohort import ROLES
from pages.parts import problems, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time, beginning, paragraphs


def body() -> None:
    """The address says of which quarter; not as `quarter`, which leaves the address with the return's own choice of one."""
    st.title("What has changed since the lock", anchor=False)
    try:
        with st.spinner("Comparing the records as they were with those of now …"):
            explained = explain(current_actor(), Quarter.parse(st.query_params.get("of", "")))
    except Problems as problem:
        problems.sentences(problem.sentences)
        link("Back to the return", "quarterly-return")
        return
    locked = explained.locked.locked
    assert locked is not None
    st.text(
        f"{explained.quarter}, {explained.locked.stage}, locked {at_time(locked.at)}, against the records of now. The "
        "locked return stays as it is; a correction makes a new version of it."
    )
    if not explained.differences and not explained.changes:
        st.text("Every figure would be the same now.")
    else:
        _by_measure(explained)
        _figures(explained)
        if any(change.child_id for change in explained.changes):
            _changes(explained.changes)
    if explained.themes:
        _themes(explained.themes)
    link("Back to the return", "quarterly-return", quarter=str(explained.quarter))


def _by_measure(explained: Explanation) -> None:
    places = {(d.area, d.measure) for d in explained.differences} | {
        place for change in explained.changes for place in change.counted_in
    }
    order = [*explained.locked.area_names, "Total"]
    kinds = (LATE, CORRECTION, DEFINITION)
    table.draw(
        "Why, by measure and area",
        ("Measure", "Area", "Late entries", "Corrections", "By changed definitions"),
        [
            (
                f"{number}. {explained.locked.said(number).title}", area,
                *(explained.how_many(area, number, kind) for kind in kinds),
            )
            for area, number in sorted(places, key=lambda p: (p[1], order.index(p[0])))
            if area != "Total"
        ],
        is_wide=True,
    )  # fmt: skip
    st.text(
        "Late entry: recorded after the lock, about the quarter. Correction: recorded before it, and changed since."
    )
    if explained.locked.definitions != explained.definitions_now:
        st.text(
            f"Locked by definitions {explained.locked.definitions}; now they are {explained.definitions_now}."
        )


def _figures(explained: Explanation) -> None:
    with st.expander("Every figure that would differ", type="compact"):
        table.draw(
            "Every figure that would differ",
            ("Measure", "Area", "Figure", "Locked", "Now", "By definitions", "By records"),
            [
                (
                    d.measure, d.area, label(d.measure, d.breakdown), d.locked, d.now, d.by_definitions,
                    d.by_records,
                )
                for d in explained.differences
            ],
            is_caption_shown=False,
            is_wide=True,
        )  # fmt: skip


def _themes(differences: tuple[ThemeDifference, ...]) -> None:
    st.header(paragraphs(f"3. {TITLE}"), anchor=False)
    kinds = dict(KINDS)
    table.draw(
        "Every theme that would differ, in children",
        ("Theme", "What it is", "Area", "Locked", "Now", "Mean before, locked", "Mean before, now", "Late entries", "Corrections"),
        [
            (
                one.now.words, kinds[one.now.kind], one.now.area, one.locked.this_quarter, one.now.this_quarter,
                table.Decimal(one.locked.mean_of_four_before), table.Decimal(one.now.mean_of_four_before),
                one.late, one.corrected,
            )
            for one in differences
        ],
        is_wide=True,
    )  # fmt: skip
    st.text(
        "Late entries and corrections are the discussions, screenings and links to places that bear on the theme, in the quarter "
        "or the four before. A place whose label was approved since has left one line and come to another."
    )


def _changes(changes: tuple[Change, ...]) -> None:
    table.draw(
        "The changes",
        ("Child", "What", "Record", "Details", "Recorded", "By", "Why", "Measures"),
        [
            (
                table.Link(change.name or "", "child", {"child": change.child_id or ""}),
                beginning(change.kind),
                RECORDS[change.record],
                _details(change),
                at_time(change.recorded_at),
                change.recorded_by,
                change.why or "",
                ", ".join(sorted({str(number) for _, number in change.counted_in}, key=int)),
            )
            for change in changes
        ],
        is_wide=True,
    )


def _details(change: Change) -> str:
    """Which details of the record are others now."""
    if change.kind == LATE:
        return "New"
    return ", ".join(column.replace("_", " ") for column in change.columns if not column.endswith("_id"))


PAGE = Page("What has changed since the lock", "return-differences", ROLES, body, in_menu=False, wide=True)
