"""The cohort at a glance, as it stood on a day: how many children are in the meeting's oversight, who they are, and for
those who may see them, which. A partnership's lead sees the figures only.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.cohort import BANDS, Cohort, Listed, children_listed, read_cohort
from data.measures.oversight import DEMOGRAPHICS, DEMOGRAPHY, IN_OVERSIGHT
from data.refusal import Refused
from forms.codes import JUDGEMENTS
from forms.kinds.date import MONTHS, in_words
from forms.places import area_name
from pages.parts import charts, choosing, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.words import paragraphs

ROLES = frozenset({"coordinator", "manager", "partnership_lead"})
SHORT = {
    "A": "A, being, and a risk to others",
    "B": "B, being exploited",
    "C": "C, may be exploited",
    "D": "D, after harm",
    "E": "E, prevention",
    "none": "Not judged yet",
}
BAND_COLOURS = {band.key: band.colour for band in BANDS}


@dataclass(frozen=True)
class Shown:
    """The figures, and the area whose children may be opened from them; None for a partnership's lead."""

    cohort: Cohort
    area: str | None

    def __getitem__(self, figure: str) -> int:
        return self.cohort.figures[figure]

    def cell(self, figure: str) -> table.Cell:
        """The number, leading to the children behind it where there are any that may be seen."""
        number = self[figure]
        if not self.area or not number:
            return number
        about = {"area": self.area, "on": self.cohort.on.isoformat(), "figure": figure}
        return table.Link(number, "figure", about, "children: show who")

    def line(self, words: str, figure: str) -> tuple[str, tuple[table.Cell, ...]]:
        """Being, may be, and both."""
        parts = (f"{figure};judgement=being", f"{figure};judgement=may_be", figure)
        return words, tuple(self.cell(part) for part in parts)


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
    cohort = read_cohort(actor, areas, on)
    where = account.partnership.name if len(areas) > 1 else area_name(areas[0])
    st.text(f"{where}, as it stood at the end of {in_words(on)}.")
    shown = Shown(cohort, areas[0] if account.role != "partnership_lead" else None)
    if not shown["open"]:
        st.info("No child had an open episode then. Children appear here once a referral is accepted.")
        return
    _headline(shown)
    _judgements(shown)
    _bands(shown)
    _people(shown)
    _months(shown)
    if shown.area:
        st.header("Children in oversight", anchor=False)
        children_table(shown.area, on, "total")


def _headline(shown: Shown) -> None:
    st.header("In the meeting's oversight", anchor=False)
    figures: list[tuple[str, table.Cell, str]] = [
        ("In oversight", shown.cell("total"), "being or may be exploited"),
        ("Being exploited", shown.cell("judgement=being"), "judged A or B"),
        ("May be exploited", shown.cell("judgement=may_be"), "judged C"),
        (
            "Reviews overdue",
            shown.cell("review=overdue"),
            f"of {_children(shown['open'])} with an open episode",
        ),
    ]
    if shown["review=none"]:
        figures.append(("No review date", shown.cell("review=none"), "missing, so never counted as overdue"))
    table.headline(figures)
    apart = (
        ("after harm (judgement D)", "apart=oversight_after_harm"),
        ("prevention (judgement E)", "apart=prevention"),
        ("not judged yet", "apart=not_judged"),
    )
    said = ", ".join(f"{shown[figure]:,} {words}" for words, figure in apart)
    st.text(f"Open too, shown apart and not added: {said}.")
    how_counted(
        IN_OVERSIGHT.sentence + " The day chosen stands for quarter end.",
        "A review is overdue when the review date set at the latest discussion is before the day chosen.",
    )


def _judgements(shown: Shown) -> None:
    st.header("Judgement", anchor=False)
    finding = f"{shown['judgement=being']:,} of the {_children(shown['total'])} in oversight are judged to be exploited (A or B)."
    lines = [(SHORT[key], (shown.cell(f"judged={key}"),)) for key, _ in JUDGEMENTS]
    lines.append((SHORT["none"], (shown.cell("apart=not_judged"),)))
    charts.bars("Judgement, all open children", ("Judgement", "Children"), lines, finding, "judgement")
    how_counted(
        "The latest judgement decided in the open episode by the day chosen.",
        *(f"{key}: {words}." for key, words in JUDGEMENTS),
    )


def _bands(shown: Shown) -> None:
    st.header("Band of the score (red, amber, green)", anchor=False)
    scored = shown["total"] - shown["band=none"]
    st.text(f"{scored:,} of the {_children(shown['total'])} in oversight have been scored.")
    for sentence in shown.cohort.about_scores:
        st.warning(paragraphs(sentence))
    lines: list[Sequence[table.Cell]] = [
        (band_tag(band.key), shown.cell(f"band={band.key}"), band.explanation) for band in reversed(BANDS)
    ]
    lines.append(
        (table.Tag("Not scored"), shown.cell("band=none"), "No tracker had been scored by the day chosen.")
    )
    table.draw("Band by the latest scoring", ("Band", "Children", "What the band says"), lines)
    how_counted(
        "The band in which the child is handled, by the latest scoring on or before the day chosen, for children in "
        "oversight (judgements A, B and C). It decides nothing by itself."
    )


def _people(shown: Shown) -> None:
    st.header("Who they are", anchor=False)
    headings = ("Being exploited", "May be exploited", "All")
    for column in ("age", "gender", "ethnicity_group", "sen"):
        title, options = DEMOGRAPHICS[column]
        title = title.replace("at quarter end", "on that day")
        lines = [shown.line(words, f"{column}={key}") for key, words in options]
        if column == "age":
            charts.bars(title, ("Age", *headings), lines, _largest(shown, "age", "are aged"), "age", series=2)
            left, middle, right = st.columns(3, gap="large")
        else:
            with {"gender": left, "ethnicity_group": middle, "sen": right}[column]:
                table.draw(
                    title,
                    ("Group", "Being", "May be", "All"),
                    [table.Line((words, *cells)) for words, cells in lines],
                )
    how_counted(DEMOGRAPHY.sentence + " The day chosen stands for quarter end.")


def _largest(shown: Shown, column: str, verb: str) -> str:
    _, options = DEMOGRAPHICS[column]
    key, words = max(options, key=lambda option: shown[f"{column}={option[0]}"])
    most = shown[f"{column}={key}"]
    if not most:
        return "No child is judged to be or perhaps to be exploited."
    return f"The largest group, {most:,} of {shown['total']:,}, {verb} {words.lower()}."


def _months(shown: Shown) -> None:
    st.header("Opened and closed, month by month", anchor=False)
    months = shown.cohort.months
    opened, closed = sum(m.opened for m in months), sum(m.closed for m in months)
    charts.by_month(
        "Episodes in the last 12 months",
        ("Month", "Opened", "Closed"),
        [(f"{MONTHS[m.first.month - 1][:3]} {m.first.year}", (m.opened, m.closed)) for m in months],
        f"{opened:,} episodes opened and {closed:,} closed in these twelve months.",
        "months",
    )
    how_counted(
        "Episodes by the day on which they opened and closed; the last month is counted up to the day chosen."
    )


@st.fragment
def children_table(area: str, on: datetime.date, cut: str) -> None:
    """One page of the children behind a figure; turning it costs that page only."""
    place = f"page {area} {on} {cut}"
    number = int(st.session_state.get(place, 0))
    try:
        listed, more = children_listed(current_actor(), area, on, cut, number)
    except Refused as refused:  # what a fragment raises never reaches app.py
        st.error(paragraphs(str(refused)))
        return
    if not listed:
        st.text("No child is behind this figure.")
        return
    table.draw(
        "Children, soonest review first" + (f", page {number + 1}" if number else ""),
        ("Child", "Age", "Area", "Judgement", "Scale before", "Scale now", "Band", "Review by"),
        [_row(child) for child in listed],
        is_wide=True,
    )
    st.text("Initials lead to the child's page. Scale: from 1 to 10, where higher is better.")
    with st.container(horizontal=True):
        if number:
            st.button("Earlier in the list", on_click=_turn, args=(place, -1))
        if more:
            st.button("Later in the list", on_click=_turn, args=(place, 1))


def _turn(place: str, by: int) -> None:
    st.session_state[place] = max(0, int(st.session_state.get(place, 0)) + by)


def _row(child: Listed) -> tuple[table.Cell, ...]:
    if child.review_by is None:
        review: table.Cell = "Not set"
    elif child.is_overdue:
        review = table.Late(f"{in_words(child.review_by)}, overdue")
    else:
        review = in_words(child.review_by)
    name = table.Link(child.initials, "child", {"child": child.child_id})
    if child.age is None:  # restricted to people who are named
        hidden = table.Tag("Not shown")
        return name, table.NO_NUMBER, child.area, hidden, table.NO_NUMBER, table.NO_NUMBER, hidden, review
    return (
        name,
        child.age,
        child.area,
        child.judgement or "Not judged",
        table.NO_NUMBER if child.scale_before is None else child.scale_before,
        table.NO_NUMBER if child.scale_now is None else child.scale_now,
        band_tag(child.band),
        review,
    )


def band_tag(key: str | None) -> table.Tag:
    """The band in words; its colour repeats one of them."""
    band = next((band for band in BANDS if band.key == key), None)
    return table.Tag(f"{band.name} ({band.colour})", band.colour) if band else table.Tag("Not scored")


def how_counted(*sentences: str) -> None:
    with st.expander("How this is counted", type="compact"):
        for sentence in sentences:
            st.text(sentence)


def _children(number: int) -> str:
    return "1 child" if number == 1 else f"{number:,} children"


PAGE = Page("Cohort", "cohort", ROLES, body, wide=True)
