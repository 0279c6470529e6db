"""The tracker's weight sets: bring one in from a CSV file, and approve what a colleague brought in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.refusal import Problems, Refused
from data.scores.weight_sets import MAY, approve, bring_in, weight_sets
from forms.kinds.date import in_words
from forms.weights import STATUSES, WeightSetRefused
from pages.parts import table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs


def body() -> None:
    actor = current_actor()
    st.title("Tracker weights", anchor=False)
    st.text(
        "What each answer of the tracker scores. Until a set is approved, the illustrative set is in use and every "
        "score says so. Earlier scores keep the set they were made with."
    )
    if said := st.session_state.pop("weights_said", None):
        st.success(paragraphs(said))
    sets = weight_sets(actor)
    if sets:
        table.draw(
            "Weight sets",
            ("Name", "Version", "State", "Source", "Brought in by", "Approved"),
            [
                (
                    s["name"], s["version"], dict(STATUSES)[s["status"]], s["source"], s["brought_by"] or "",
                    f"{s['approved_by']}, {in_words(s['approved_on'])}" if s["approved_on"] else "",
                )
                for s in sets
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("No weight set has been brought in. The illustrative set is in use.")
    for waiting in (s for s in sets if s["status"] == "provisional"):
        link(
            f"Who would change band under {waiting['name']}, version {waiting['version']}",
            "weight-preview",
            weights=waiting["weight_set_id"],
        )
        if st.button(
            paragraphs(f"Approve {waiting['name']}, version {waiting['version']}"),
            key=waiting["weight_set_id"],
        ):
            _try(
                partial(approve, actor, waiting["weight_set_id"]),
                "Approved. New scores use it from now on.",
            )
    st.header("Bring in a weight set", anchor=False)
    name = st.text_input("Name", key="weights_name")
    version = st.text_input("Version", key="weights_version")
    source = st.text_input("Source: who decided these weights, and where it is written", key="weights_source")
    file = st.file_uploader("CSV file with the columns code, answer, points", type="csv", key="weights_file")
    if st.button("Bring in", type="primary", disabled=file is None) and file is not None:
        try:
            text = file.getvalue().decode("utf-8-sig")
        except UnicodeDecodeError:
            _problems(["Save the file as CSV in UTF-8"])
            return
        _try(
            lambda: bring_in(actor, text, name=name.strip(), version=version.strip(), source=source.strip()),
            "Brought in. A second person must approve it before it is used.",
        )


def _try(do: Callable[[], object], said: str) -> None:
    try:
        do()
    except WeightSetRefused as refused:
        _problems(list(refused.problems))
    except (Problems, Refused) as refused:
        _problems([str(refused)])
    else:
        st.session_state.weights_said = said
        st.rerun()


def _problems(sentences: list[str]) -> None:
    st.error("**There is a problem**\n\n" + paragraphs(*sentences))


PAGE = Page("Tracker weights", "weights", frozenset(MAY), body)
