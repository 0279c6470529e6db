"""The quarterly return: the ten measures as drafted from the records now or as they were locked, what the coordinators say
beside them, and what is to be put right. Its life is in `return_life`, its files in `return_downloads`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from data.accounts import Account
from data.child_line import in_a_line
from data.measures import themes
from data.measures.chance import BY_CHANCE, compared
from data.measures.measure import TOTAL, Breakdown, Measure
from data.measures.oversight import BEING_OR_MAY_BE, DEMOGRAPHICS, DEMOGRAPHY
from data.measures.reckoning import MEASURES
from data.measures.themes import suggested_words
from data.refusal import Problems
from data.returns import locked_returns
from data.returns.return_files import agenda_rules, asked_for
from data.returns.return_shape import Return, by_place
from data.returns.return_shape import shown as shown_as
from data.returns.returns import NUMBERS
from data.to_put_right import ToPutRight, to_put_right
from forms.kinds.date import in_words
from pages.leads import narrative, return_downloads, return_life
from pages.managers.cohort import ROLES
from pages.parts import acting, choosing, problems, table, typing, words
from pages.parts.browser import current_actor
from pages.parts.navigation import Page
from pages.parts.sections import how_counted

TOP = 10
THEMES = 3
NARRATED = (3, 9)
"""Measures to which the protocol's return asks for words; beside the others they are folded away."""


@dataclass(frozen=True)
class Shown:
    drafted: Return
    account: Account
    state: str | None
    """Of the return's life; None before its first lock."""

    @property
    def is_draft(self) -> bool:
        return self.drafted.locked is None

    @cached_property
    def values(self) -> dict[tuple[str, int, str], Any]:
        return self.drafted.values()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns or rows of every table: the areas, and the total where they are several."""
        return (*self.drafted.area_names, TOTAL) if len(self.drafted.areas) > 1 else self.drafted.area_names

    @cached_property
    def by_name(self) -> tuple[ToPutRight, ...]:
        """For a coordinator: the children whose records are to be put right."""
        return to_put_right(current_actor(), self.drafted.quarter, self.drafted.areas[0])

    def cell(self, area: str, measure: int, breakdown: str) -> table.Cell:
        """The number, leading to the children behind it where there are any that may be seen."""
        return self.link(area, measure, breakdown, self.values[area, measure, breakdown])

    def link(self, area: str, measure: int, breakdown: str, number: int | str) -> table.Cell:
        if self.account.role == "partnership_lead" or self.drafted.published or not number:
            return number
        about = {
            "area": self.drafted.areas[0], "quarter": str(self.drafted.quarter), "measure": str(measure),
            "figure": breakdown,
        }  # fmt: skip
        if self.drafted.locked:
            about["version"] = str(self.drafted.locked.version)
        return table.Link(number, "figure", about, "children: show who")


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        account = work.account
    typing.commit_while_typing()
    st.title("Quarterly return", anchor=False)
    acting.show()
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        quarter = choosing.quarter()
        areas = choosing.areas(account)
        life = locked_returns.life_of(actor, quarter)
        which = return_life.choose(life, quarter)
    try:
        with st.spinner("Working the figures out …"):
            made = asked_for(actor, quarter, areas, which)
    except Problems as problem:
        problems.sentences(problem.sentences)
        return
    where = made.partnership.name if len(areas) > 1 else made.area_names[0]
    st.text(f"{where}, {quarter}: {in_words(quarter.first)} to {in_words(quarter.last)}, both days included.")
    for words_of_area in agenda_rules(made):
        st.text(words_of_area)
    shown = Shown(made, account, life.state)
    return_life.draw(account, life, made)
    return_downloads.draw(made, which, is_main=not return_life.can_lock(account, life, made))
    _summary(shown)
    for number in NUMBERS:
        if number == THEMES:
            st.header(f"{number}. {themes.TITLE}", anchor=False)
            _themes(shown)
            how_counted(themes.SENTENCE)
        else:
            measure = next(m for m in MEASURES if m.number == number)
            st.header(words.paragraphs(f"{number}. {measure.title}"), anchor=False)
            (_demography if measure is DEMOGRAPHY else _measure)(shown, measure)
            _to_put_right(shown, number)
            how_counted(measure.sentence)
        _narrative(shown, number)


def _summary(shown: Shown) -> None:
    st.header("Summary", anchor=False)
    before = by_place(shown.drafted.last_quarter)
    last = shown.names[-1]
    how = ", as locked" if shown.drafted.is_last_quarter_locked else ""
    table.draw(
        "Each measure in one figure",
        ("Measure", *shown.names, *([f"{last}, the quarter before{how}"] if before else [])),
        [
            (
                f"{m.number}. {m.title}",
                *(shown.cell(name, m.number, "total") for name in shown.names),
                *([before[last, m.number, "total"]] if before else []),
            )
            for m in MEASURES
            if m is not DEMOGRAPHY
        ],
    )
    if TOTAL in shown.names:
        st.text("In the total of measures 2, 4 and 9 a child of two areas counts once.")


def _measure(shown: Shown, measure: Measure) -> None:
    """Areas as rows, then the total."""
    table.draw(
        measure.title,
        ("Area", *(b.label for b in measure.breakdowns)),
        [
            table.Line(
                (name, *(shown.cell(name, measure.number, b.name) for b in measure.breakdowns)),
                "total" if name == TOTAL else "",
            )
            for name in shown.names
        ],
        is_caption_shown=False,
    )


def _demography(shown: Shown, measure: Measure) -> None:
    """Too many groups to stand side by side: groups as rows, then areas, and how the last of these divides."""
    last = shown.names[-1]
    of_them = [f"{last}: {label.lower()}" for _, label in BEING_OR_MAY_BE]
    for column, (title, options) in DEMOGRAPHICS.items():
        groups = [Breakdown(f"{column}={key}", label) for key, label in options]
        table.draw(
            title,
            ("Group", *shown.names, *of_them),
            [
                (
                    group.label,
                    *(shown.cell(name, measure.number, group.name) for name in shown.names),
                    *(
                        shown.cell(last, measure.number, f"{group.name};judgement={key}")
                        for key, _ in BEING_OR_MAY_BE
                    ),
                )
                for group in groups
            ],
        )


def _themes(shown: Shown) -> None:
    """What stands out most, for all areas together; the files have every label of every area."""
    last = shown.names[-1]
    found = [theme for theme in shown.drafted.themes if theme.area == last]
    if not found:
        st.text("No discussion, screening or place of this quarter or the four before names a theme.")
        return
    kinds = dict(themes.KINDS)
    if shown.drafted.published:
        table.draw(
            "Themes of the quarter",
            ("Theme", "What it is", "Children this quarter"),
            [(t.words, kinds[t.kind], shown_as(t.this_quarter)) for t in found],
        )
        return
    table.draw(
        f"The {min(TOP, len(found))} that rose most",
        (
            "Theme", "What it is", "Children this quarter", "Mean of the four quarters before", "By chance alone",
            "Reading",
        ),
        [_against_chance(t, kinds[t.kind]) for t in found[:TOP]],
    )  # fmt: skip
    st.text(
        f"{BY_CHANCE} Of {len(found):,} themes a few lie outside by chance too. The files for downloading show all of them."
    )


def _against_chance(theme: themes.Theme, kind: str) -> tuple[table.Cell, ...]:
    against = compared(theme.this_quarter, theme.mean_of_four_before)
    mean = f"{theme.mean_of_four_before:,.2f}".removesuffix(".00")
    return theme.words, kind, theme.this_quarter, mean, against.interval, against.words


def _to_put_right(shown: Shown, number: int) -> None:
    """What keeps a figure from being whole, and parts that do not add up, in words beside it."""
    for check in shown.drafted.checks:
        if check.measure == number and check.area in shown.names and not check.holds:
            st.warning(words.paragraphs(f"{check.area}: {check.sentence}"))
    if shown.drafted.published:
        return
    lines = [
        (missing.area, missing.label, shown.link(missing.area, number, missing.breakdown, missing.count))
        for missing in shown.drafted.missing
        if missing.measure == number and missing.area != TOTAL
    ]
    if not lines:
        return
    if shown.account.role == "coordinator" and shown.is_draft:
        table.draw(
            f"To put right in measure {number}",
            ("Child", "What is missing", "What to do"),
            [
                (
                    table.Link(in_a_line(one.name, one.who), "child", {"child": one.child_id}),
                    one.label,
                    one.what_to_do,
                )
                for one in shown.by_name
                if one.measure == number
            ],
        )
    else:
        table.draw(f"To put right in measure {number}", ("Area", "What is missing", "How many"), lines)


def _narrative(shown: Shown, number: int) -> None:
    """The area's coordinator types until the return is locked, everybody else reads."""
    said = tuple(one for one in shown.drafted.narratives if one.measure == number)
    if shown.account.role != "coordinator" or not shown.is_draft or shown.state == "locked":
        narrative.read(said)
        return
    area, standing = shown.drafted.areas[0], said[0] if said else None
    if number == THEMES and not (standing and standing.text):
        suggested = suggested_words(t for t in shown.drafted.themes if t.area == shown.names[-1])
        st.text(f"Words you could begin with, from the figures: {suggested}")
    if number in NARRATED or (standing and standing.text):
        narrative.ask(shown.drafted.quarter, area, number, standing)
    else:
        with st.expander("Add words beside this measure", type="compact"):
            narrative.ask(shown.drafted.quarter, area, number, standing)


PAGE = Page("Quarterly return", "quarterly-return", ROLES, body, wide=True)
