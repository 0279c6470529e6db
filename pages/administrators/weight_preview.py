"""A weight set, read before it is approved and followed once it is in use. Figures; the scores themselves are listed for
those who may open the children."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.actor import Actor
from data.child_line import line
from data.dashboard.asked import BANDS
from data.scores.weight_preview import preview
from data.scores.weight_sets import MAY, approve, weight_sets, withdraw
from data.scores.weight_use import SHOWN, scores_made_with, use_of
from forms.kinds.date import in_words
from pages.parts import acting, sections, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link

READ_IT = "weights_read"
NOWHERE = sections.Opens(None, "")


def body() -> None:
    actor = current_actor()
    weight_set_id = st.query_params.get("weights", "")
    st.title("A weight set", anchor=False)
    acting.show()
    states = {one["weight_set_id"]: one["status"] for one in weight_sets(actor)}
    words, shown = preview(actor, weight_set_id)
    if states.get(weight_set_id) == "approved":
        _follow(actor, weight_set_id, words)
    st.text(f"If {words} were in use today. Nothing is changed by looking.")
    for section in shown:
        sections.draw(section, NOWHERE)
    if states.get(weight_set_id) == "provisional":
        _ask(weight_set_id, words)
    link("Back to the tracker's weights", "weights")


def _ask(weight_set_id: str, words: str) -> None:
    st.header("Approve it", anchor=False)
    st.text(
        "New scores use it from then on, and the set in use is retired. Scores that were made keep theirs. The approval can be "
        "withdrawn until the first score with it. A second person approves: not who brought it in."
    )
    st.checkbox(
        "I have read the points and who would change band, and what could not be scored once more",
        key=READ_IT,
    )
    acting.offer(
        f"Approve {words}", partial(_approve, weight_set_id), "Approved. New scores use it from now on."
    )


def _approve(weight_set_id: str, actor: Actor) -> None:
    approve(actor, weight_set_id, is_read=bool(chosen(READ_IT)))


def _follow(actor: Actor, weight_set_id: str, words: str) -> None:
    st.text(f"{words} is in use.")
    use = use_of(actor, weight_set_id)
    sections.draw(use.section, NOWHERE)
    with actor.reading() as work:
        may_open = work.account.role in ("coordinator", "manager")
    if use.is_used and may_open:
        _scores(actor, weight_set_id)
    if not use.is_used:
        acting.offer(
            "Withdraw the approval",
            lambda who: withdraw(who, weight_set_id),
            "Withdrawn. The set that was in use before is in use again.",
        )


def _scores(actor: Actor, weight_set_id: str) -> None:
    bands = {band.key: band.name for band in BANDS}
    table.draw(
        f"The latest {SHOWN} scores made with it, of children whose records you may open",
        ("Child", "Score", "Band by the score", "Handled as", "Scored on"),
        [
            (
                table.Link(line(row), "score", {"score": row["scoring_id"]}), row["total"], bands.get(row["band"], ""),
                bands.get(row["handled_band"], ""), in_words(row["scored_on"]),
            )
            for row in scores_made_with(actor, weight_set_id)
        ],
    )  # fmt: skip


PAGE = Page("A weight set", "weight-preview", frozenset(MAY), body, in_menu=False, wide=True)
