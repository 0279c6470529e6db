"""One score of the tracker: the sum, its range, what drives it, who could settle the band, and judgement beside it."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.database.engine import Row
from data.refusal import Problems
from data.scores.scorings import compare_scores, is_exact, override, read_score, scores_of_child
from forms.bands import bands_on
from forms.kinds.date import in_words
from forms.tracker import OCCASIONS, TRACKER
from pages.parts import acting, child_heading, free_text, lists
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs
from scoring import ASKED, WHY_NOT_ENOUGH, OverrideRefused, Score, agency_name

SCALE = (
    "A higher score is worse. The score supports the partnership's judgement and decides nothing by itself."
)


def body() -> None:
    actor = current_actor()
    row, scored, handled = read_score(actor, st.query_params.get("score", ""))
    child_heading.draw(actor, row["child_id"])
    st.title("Tracker score", anchor=False)
    acting.show()
    if scored.status_sentence:
        st.warning(paragraphs(scored.status_sentence))
    lists.facts(
        [
            ("Scored on", in_words(row["scored_on"])),
            ("Why", dict(OCCASIONS).get(row["occasion"] or "", "Not recorded")),
            ("Score", str(scored.total)),
            ("Range", scored.range_in_words()),
            ("Band by the score", scored.band.name if handled.shown else handled.in_words),
            ("Handled as", handled.in_words),
            ("Known", f"{scored.known} of {ASKED} answers"),
            ("Why handled so", handled.why),
            ("Weights", f"{scored.weights.in_words} ({scored.weights.status})"),
        ]
    )
    st.text(SCALE)
    st.text(
        f"Replayed from the snapshot kept on that day ({scored.weights.in_words}, thresholds in force since "
        f"{in_words(scored.bands.since)}): "
        + (
            "the same score and band."
            if is_exact(row, scored)
            else "not what was kept then. Tell your administrator."
        )
    )
    shown = handled.shown
    st.text(f"{shown.name}: {shown.explanation} {shown.action}" if shown else WHY_NOT_ENOUGH)
    lists.table(
        "What drives the score, largest first",
        ("Indicator", "Answer", "Points"),
        [(driver.label, driver.answer, str(driver.points)) for driver in scored.drivers],
        "No answer given adds to the score.",
    )
    _open_answers(scored)
    _comparison(row)
    _override(row)
    link("Before and after: score, scale and judgement over time", "over-time", child=row["child_id"])
    link("Back to the child's page", "child", child=row["child_id"])


def _open_answers(scored: Score) -> None:
    labels = {question.key: question.label for question in TRACKER.questions()}
    for title, by_agency in (("Not answered yet", scored.unanswered), ("Answered “Unknown”", scored.unknown)):
        rows = [
            (agency_name(agency), str(len(codes)), "; ".join(labels[code] for code in codes))
            for agency, codes in by_agency.items()
        ]
        lists.table(f"{title}, by agency", ("Agency", "How many", "Indicators"), rows, f"{title}: none.")


def _comparison(row: Row) -> None:
    actor = current_actor()
    others = [s for s in scores_of_child(actor, row["child_id"]) if s["scoring_id"] != row["scoring_id"]]
    if not others:
        return
    names = {s["scoring_id"]: f"{s['total']} on {in_words(s['scored_on'])}" for s in others}
    st.header("Before and after", anchor=False)
    compared = st.selectbox(
        "Compare with",
        list(names),
        index=None,
        format_func=lambda key: names[key],
        placeholder="Choose another score",
    )
    if compared:
        other = next(s for s in others if s["scoring_id"] == compared)
        pair = sorted((row, other), key=lambda s: (s["scored_on"], s["recorded_at"]))
        st.text(compare_scores(actor, pair[0]["scoring_id"], pair[1]["scoring_id"]).in_words())


def _override(row: Row) -> None:
    actor = current_actor()
    with actor.reading() as work:
        if work.account.role != "coordinator":
            return
    with st.expander("Handle the child in another band"):
        st.text("By professional judgement, with a reason. The score's own band stays beside it.")
        bands = {band.key: band.name for band in bands_on(row["scored_on"]).bands}
        st.radio(
            "Band", list(bands), index=None, format_func=lambda key: bands[key], horizontal=True, key="band"
        )
        free_text.several_lines("Reason", key="band_reason")
        acting.offer(
            "Save the band",
            lambda actor: _save(actor, row["scoring_id"]),
            "The child is handled in this band.",
            key="save_band",
        )


def _save(actor: Actor, scoring_id: str) -> None:
    try:
        override(actor, scoring_id, chosen("band"), chosen("band_reason"))
    except OverrideRefused as refused:
        raise Problems(str(refused)) from None


PAGE = Page(
    "Tracker score", "score", frozenset({"practitioner", "coordinator", "manager"}), body, in_menu=False
)
