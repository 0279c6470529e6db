"""The audit trail: whether it is whole, what stands out this week, and the entries, without what any record says."""

from __future__ import annotations

import datetime

import streamlit as st

from data.refusal import Problems
from data.trail import audit_entries
from data.trail.anomalies import anomalies
from data.trail.audit_entries import Asked, check_chain, entries, head_now
from data.trail.audit_reading import Head
from forms.kinds import Date
from forms.question import Wrong
from pages.parts import acting, problems, table, turning
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import as_html, at_time, paragraphs

EVERY = "Every action"


def body() -> None:
    st.html(table.STYLE)
    st.title("Audit trail", anchor=False)
    _whole()
    _stands_out()
    _entries()


def _whole() -> None:
    st.header("Is it whole?", anchor=False)
    acting.show()
    verdict = st.session_state.pop("audit_verdict", None)
    if verdict:
        (st.error if verdict.fault else st.success)(paragraphs(str(verdict)))
    st.text_input(
        "Head of the chain that was kept elsewhere (optional)", key="audit_head", autocomplete="off"
    )
    st.button("Check the chain", type="primary", on_click=_check)
    last = head_now(current_actor())
    if last:
        with st.expander("Head of the chain now, to keep elsewhere"):
            st.text(str(last))


def _check() -> None:
    try:
        kept = Head.parse_all(st.session_state.get("audit_head", ""))
    except Problems as problem:
        st.session_state.acted_wrong = list(problem.sentences)
    else:
        st.session_state.audit_verdict = check_chain(current_actor(), kept)


def _stands_out() -> None:
    st.header("What stands out in the last seven days", anchor=False)
    found = anomalies(current_actor())
    if found:
        said = "".join(f"<li>{as_html(anomaly.sentence)}</li>" for anomaly in found)
        st.html(f"<ul>{said}</ul>")
        st.text("None of it is proof of wrong: ask the person or their manager.")
    else:
        st.text("Nothing stands out.")


def _entries() -> None:
    st.header("Entries", anchor=False)
    actor = current_actor()
    account_id = st.query_params.get("account") or None
    wrong: list[str] = []
    if account_id:
        link("Entries of every account", "audit")
    else:
        username = st.text_input("User name", key="audit_username", autocomplete="off").strip()
        account_id = audit_entries.account_named(actor, username) if username else None
        if username and account_id is None:
            wrong.append("Enter a user name as it stands in the accounts.")
    action = st.selectbox(
        "Action", [EVERY, *audit_entries.actions(actor)], format_func=paragraphs, key="audit_action"
    )
    typed = st.text_input("Day, for example 13 11 2026", key="audit_day", autocomplete="off")
    day: datetime.date | None = None
    try:
        day = Date("day", "The day", may_be_future=False).read(typed)
    except Wrong as told:
        wrong.append(f"{told}.")
    if wrong:
        problems.sentences(wrong)
        return
    asked = Asked(account_id, None if action == EVERY else action, day)
    number = turning.page("audit", asked)
    found = entries(actor, asked, number)
    if found.entries:
        table.draw(
            "Entries, newest first",
            ("When", "Who", "Role", "What", "Child", "Record", "More"),
            [
                (at_time(e.happened_at), e.name, e.role, e.action, e.child, e.record, e.detail)
                for e in found.entries
            ],
            is_wide=True,
        )
    else:
        st.text("No entry matches.")
    turning.draw("audit", number, found.more)


PAGE = Page("Audit trail", "audit", frozenset({"administrator"}), body, wide=True)
