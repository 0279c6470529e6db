"""One child before and after: the score, the scale and the judgement over time, each in a picture of its own."""

from __future__ import annotations

import streamlit as st

from data.child.child_over_time import OverTime, read_over_time
from forms.codes import JUDGEMENTS
from forms.kinds.date import in_words
from pages.parts import child_heading, table, timeline
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs

SCALE_ENDS = {1: "1: at risk of harm", 10: "10: no longer at risk"}
LETTERS = "EDCBA"


def body() -> None:
    actor = current_actor()
    child_id = st.query_params.get("child", "")
    shown = read_over_time(actor, child_id)
    child_heading.draw(actor, child_id)
    st.title("Before and after", anchor=False)
    st.text(
        "The score and the scale run opposite ways, so each has a picture of its own. Lines that stand upright: dotted, a meeting; "
        "full, an intervention. They are listed at the end."
    )
    _score(shown)
    _scale(shown)
    _judgement(shown)
    _marks(shown)
    link("Back to the child's page", "child", child=child_id)


def _span(shown: OverTime) -> timeline.Span:
    """From the first to the last thing that any picture shows."""
    days = [
        *(one.on for one in shown.scores), *(one.on for one in shown.discussed), *(mark.on for mark in shown.marks),
    ]  # fmt: skip
    return min(days), max(days)


def _score(shown: OverTime) -> None:
    st.header("Tracker score", anchor=False)
    if not shown.scores:
        st.text("No score yet. Scores appear here once the tracker has been sent.")
        return
    if shown.status_sentence:
        st.warning(paragraphs(shown.status_sentence))
    first, latest = shown.scores[0], shown.scores[-1]
    finding = f"One score so far: {latest.total} on {in_words(latest.on)}. A higher score is worse."
    if shown.comparison:
        finding = shown.comparison.in_words().removesuffix(shown.status_sentence).strip()
    st.text(finding)
    is_rescored = any(one.total != one.at_the_time for one in shown.scores)
    if is_rescored:
        st.text("Scores made under other weights are shown under the latest ones; the table has both.")
    most = max(100, *(one.total for one in shown.scores))
    timeline.draw(
        "Tracker score over time", [(one.on, one.total) for one in shown.scores],
        {0: "0: lowest", **{at: f"{at}: {name.lower()}" for at, name in shown.thresholds if at}, most: f"{most}: highest shown"},
        (0, most), shown.marks, finding, _span(shown), lines_at=[at for at, _ in shown.thresholds if at],
    )  # fmt: skip
    table.draw(
        "Scores, oldest first. A higher score is worse",
        ("Scored on", "Why", "Score", "Could be up to", "Answers known", "Band by the score", *(("At the time",) if is_rescored else ())),
        [
            (in_words(one.on), one.why, one.total, one.highest, one.known, one.band, *((one.at_the_time,) if is_rescored else ()))
            for one in shown.scores
        ],
    )  # fmt: skip
    if first is latest:
        st.text("A second score will show what changed.")


def _scale(shown: OverTime) -> None:
    st.header("Scale of 1 to 10", anchor=False)
    points = [(one.on, one.scale) for one in shown.discussed if one.scale is not None]
    if not points:
        st.text("No meeting has recorded the scale yet.")
        return
    (_, first), (_, now) = points[0], points[-1]
    finding = f"The scale went from {first} to {now}; higher is better." if len(points) > 1 else (
        f"The scale stands at {now}; higher is better."
    )  # fmt: skip
    st.text(finding)
    ticks = {n: SCALE_ENDS.get(n, str(n)) for n in range(1, 11)}
    timeline.draw("Scale over time", points, ticks, (1, 10), shown.marks, finding, _span(shown))
    table.draw(
        "Scale, oldest first. Higher is better", ("Meeting", "Scale"), [(in_words(on), n) for on, n in points]
    )


def _judgement(shown: OverTime) -> None:
    st.header("Judgement", anchor=False)
    judged = [(one.on, one.judgement) for one in shown.discussed if one.judgement]
    if not judged:
        st.text("No meeting has judged yet.")
        return
    finding = f"Judged {judged[-1][1]} at the latest of {len(judged)} meetings: {dict(JUDGEMENTS)[judged[-1][1]].lower()}."
    st.text(finding)
    timeline.draw(
        "Judgement over time", [(on, LETTERS.index(letter)) for on, letter in judged],
        {at: letter for at, letter in enumerate(LETTERS)}, (0, len(LETTERS) - 1), shown.marks, finding, _span(shown), is_stepped=True,
    )  # fmt: skip
    table.draw(
        "Judgement, oldest first",
        ("Meeting", "Judgement", "What it means"),
        [(in_words(on), letter, dict(JUDGEMENTS)[letter]) for on, letter in judged],
    )


def _marks(shown: OverTime) -> None:
    st.header("Meetings and interventions", anchor=False)
    if not shown.marks:
        st.text("Nothing yet: meetings, completed actions and interventions named in a tracker stand here.")
        return
    table.draw(
        "In the order in which they happened",
        ("On", "What"),
        [(in_words(mark.on), mark.words) for mark in shown.marks],
        is_wide=True,
    )


PAGE = Page(
    "Before and after",
    "over-time",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
