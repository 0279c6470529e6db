"""One child's referral to the national referral mechanism (NRM): as it stands, and for the coordinator the form to keep it."""

from __future__ import annotations

import streamlit as st

from data.child import national_referrals
from data.child.national_referrals import STAGES, NationalReferral, waiting_in_words
from data.clock import new_id
from data.database.engine import Row
from forms.nrm import NRM, stage
from pages.parts import acting, child_heading, free_text, lists, record_history, short_form
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, tag

COLOURS = {
    "needs_referral": "amber", "referred": "blue", "positive_reasonable": "blue", "conclusive": "green",
    "negative": "grey", "not_applicable": "grey",
}  # fmt: skip
HIDDEN = "Sensitive answers are shown to coordinators, managers and those who wrote this record only."


def body() -> None:
    actor = current_actor()
    child_id, nrm_id = st.query_params.get("child", ""), st.query_params.get("nrm")
    shown = national_referrals.read_nrm(actor, child_id, nrm_id)
    child_heading.draw(actor, child_id)
    st.title("National referral mechanism (NRM) referral", anchor=False)
    acting.show()
    if shown.record:
        _standing(shown.record)
    st.text(f"Who decides for this area: {shown.decided_by}.")
    if shown.may_write:
        _form(shown, nrm_id)
    else:
        _read_only(shown)
    record_history.draw(shown.history)
    link("Back to the child", "child", child=child_id)


def _standing(record: Row) -> None:
    at = stage(record)
    st.html(tag(STAGES[at], COLOURS[at]) + f" {as_html(waiting_in_words(record))}")


def _form(shown: NationalReferral, nrm_id: str | None) -> None:
    child_id = shown.child_id
    place = f"nrm_{nrm_id or 'new'}_{child_id}"
    why = f"{place} why"
    record_id, seen = short_form.held(NRM, place, (nrm_id or new_id(), shown.record.get("revision", 0)))

    def ask_why() -> None:
        if nrm_id:
            free_text.several_lines(
                "Reason, when the stage goes back or a decision is corrected (optional otherwise)", key=why
            )

    short_form.draw(
        NRM,
        place,
        lambda actor, typed: national_referrals.save_nrm(
            actor, child_id, record_id, typed, seen, st.session_state.get(why)
        ),
        standing=shown.record,
        leads_to=lambda _: ("nrm", {"child": child_id, "nrm": record_id}),
        before_the_button=ask_why,
    )


def _read_only(shown: NationalReferral) -> None:
    if not shown.record:
        st.text("No NRM referral has been recorded. The area's coordinator records it.")
        return
    lists.facts(
        [
            (question.label, question.as_text(shown.record.get(question.key)))
            for question in NRM.questions()
            if shown.record.get(question.key) is not None
        ]
    )
    if shown.hidden:
        st.text(HIDDEN)


PAGE = Page(
    "NRM referral",
    "nrm",
    frozenset({"practitioner", "coordinator", "manager", "meeting_member"}),
    body,
    in_menu=False,
)
