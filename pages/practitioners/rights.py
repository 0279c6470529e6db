"""Rights and retention of one child's record: how long it is kept, what is disputed, the child's own copy, deletion."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.answers import disputes
from data.child.kept import Retention
from data.database.engine import Row
from data.rights import deletion, own_copy, retention
from data.ways.ways_beside import OWN_COPY_WAY
from forms.kinds.date import in_words
from forms.registry import form
from forms.rights import ASK_FOR_DELETION, HOLD, REQUEST
from pages.parts import acting, child_heading, free_text, plain_form, short_form
from pages.parts.browser import current_actor
from pages.parts.disputed import as_html_of
from pages.parts.navigation import Page, link


def body() -> None:
    child_id = st.query_params.get("child", "")
    actor = current_actor()
    if f"deleted {child_id}" in st.session_state:
        _certificate(st.session_state[f"deleted {child_id}"])
        return
    standing = retention.retention_of(actor, child_id)
    child_heading.draw(actor, child_id)
    st.title("Rights and retention", anchor=False)
    acting.show()
    _kept(child_id, standing)
    _copy(actor, child_id)
    _disputes(actor, child_id)
    _deletion(actor, child_id, standing)
    link("Back to the child's page", "child", child=child_id)


def _kept(child_id: str, standing: Retention) -> None:
    st.header("How long the record is kept", anchor=False)
    st.text(standing.as_text())
    link("Keeping and deleting in the area", "keeping")
    if standing.hold:
        st.text(f"Held since {in_words(standing.hold['placed_on'])}: {standing.hold['reason']}")
        why = free_text.several_lines("Why need it not be held any longer?", key="lifted")
        st.button("Lift the hold", on_click=_lift, args=(child_id, why))
        return
    with st.expander("Hold the record, for a court case or an inquiry"):
        typed = plain_form.ask(HOLD, f"hold {child_id}", {})
        st.button(HOLD.final_button, on_click=_hold, args=(child_id, str(typed["reason"] or "")))


def _copy(actor: Actor, child_id: str) -> None:
    st.header("The child's right to a copy", anchor=False)
    st.text(
        "Everything held about the child in one file. A person strikes out what is about others, line by line, and a "
        "second person approves it before it is sent."
    )
    for request in own_copy.copies_of(actor, child_id):
        state = OWN_COPY_WAY.state(request["state"]).words
        link(
            f"Asked for on {in_words(request['requested_on'])}: {state.lower()}",
            "own-copy",
            copy=request["own_copy_id"],
        )
    with st.expander("Keep a request for a copy"):
        short_form.draw(
            REQUEST,
            f"own copy {child_id}",
            lambda actor, typed: own_copy.begin(actor, child_id, typed),
            "The request is kept. Look at each line of the copy.",
            leads_to=lambda copy_id: ("own-copy", {"copy": copy_id}),
        )


def _disputes(actor: Actor, child_id: str) -> None:
    st.header("What is disputed", anchor=False)
    notes = disputes.disputes_of(actor, child_id)
    if not notes:
        st.text("Nothing is disputed. A note is added on the page of the form that it is about.")
    for note in notes:
        title = form(note["form"]).title
        link(title, "submission", form=note["form"], record=note["disputed_record_id"])
        st.html(as_html_of(note))
        if note["state"] == "raised":
            _ask_for_answer(note)


def _ask_for_answer(note: Row) -> None:
    words = free_text.several_lines("What was done about it, and why?", key=f"answer {note['dispute_id']}")
    with st.container(horizontal=True):
        for name, said in (("correct", "The record was corrected"), ("let stand", "The record stands")):
            st.button(
                said,
                key=f"{name} {note['dispute_id']}",
                on_click=_answer,
                args=(note["dispute_id"], name, words),
            )


def _deletion(actor: Actor, child_id: str, standing: Retention) -> None:
    st.header("Deletion", anchor=False)
    asked = deletion.deletion_of(actor, child_id)
    with actor.reading() as work:
        me, role = work.account.account_id, work.account.role
    if asked is None:
        if standing.why_kept:
            st.text(standing.why_kept)
        elif role != "coordinator":
            st.text("Nobody has asked for it. The coordinator of the area can.")
        else:
            with st.expander("Ask for the record to be deleted for ever"):
                typed = plain_form.ask(ASK_FOR_DELETION, f"delete {child_id}", {})
                st.button(
                    ASK_FOR_DELETION.final_button, on_click=_ask, args=(child_id, str(typed["reason"] or ""))
                )
        return
    st.text(f"Asked for on {in_words(asked['asked_on'])}: {asked['reason']}")
    if role == "coordinator":
        st.text("It waits for a manager of the area.")
        st.button("Withdraw", on_click=_withdraw, args=(asked["deletion_id"],))
    elif asked["asked_by"] != me:
        _second_person(child_id, asked)


def _second_person(child_id: str, asked: Row) -> None:
    st.text("Deleting removes every form, record and draft about the child for ever. It cannot be undone.")
    sure = st.checkbox("I have read the reason, and the record is to be deleted for ever", key="sure")
    st.button(
        "Delete the record for ever",
        on_click=_carry_out,
        args=(child_id, asked["deletion_id"]),
        disabled=not sure,
    )
    why = free_text.several_lines("Or: why is it refused?", key="refused")
    st.button("Refuse the deletion", on_click=_refuse, args=(asked["deletion_id"], why))


def _certificate(removed: dict[str, int]) -> None:
    st.title("The record is deleted", anchor=False)
    st.text(
        f"{sum(removed.values()):,} rows were removed. The audit trail keeps that the record was there, who asked for "
        "its deletion and who carried it out. Backups made before today still hold it until they have rotated."
    )
    link("Download the certificate, among the area's", "keeping")
    link("Find a child", "children")


def _lift(child_id: str, why: str) -> None:
    acting.act(lambda: retention.lift_hold(current_actor(), child_id, why), "The hold is lifted.")


def _hold(child_id: str, reason: str) -> None:
    acting.act(lambda: retention.hold(current_actor(), child_id, reason), "The record is held.")


def _answer(dispute_id: str, name: str, words: str) -> None:
    acting.act(lambda: disputes.answer(current_actor(), dispute_id, name, words), "The answer is kept.")


def _ask(child_id: str, reason: str) -> None:
    acting.act(lambda: deletion.ask(current_actor(), child_id, reason), "A manager of the area now decides.")


def _withdraw(deletion_id: str) -> None:
    acting.act(lambda: deletion.withdraw(current_actor(), deletion_id), "The request is withdrawn.")


def _refuse(deletion_id: str, why: str) -> None:
    acting.act(lambda: deletion.refuse(current_actor(), deletion_id, why), "The deletion is refused.")


def _carry_out(child_id: str, deletion_id: str) -> None:
    def carry_out() -> None:
        st.session_state[f"deleted {child_id}"] = deletion.carry_out(current_actor(), deletion_id)

    acting.act(carry_out, "")


PAGE = Page("Rights and retention", "rights", frozenset({"coordinator", "manager"}), body, in_menu=False)
