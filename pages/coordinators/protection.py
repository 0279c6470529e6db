"""Protecting where one child or a carer lives: given to people who are named only; and lifting it."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.child import protection
from data.child.protection import WHOSE, Protected
from pages.coordinators.restriction import in_a_line
from pages.parts import acting, child_heading, free_text, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time


def body() -> None:
    child_id = st.query_params.get("child", "")
    actor = current_actor()
    standing = protection.read_protection(actor, child_id)
    st.html(table.STYLE)
    child_heading.draw(actor, child_id)
    st.title("Protect where the child lives", anchor=False)
    acting.show()
    st.text(
        "Use this when somebody must not learn where the child or a carer lives. Address, postcode, telephone, school and the "
        "authority that placed the child are then shown to the people you name only: on every page, in every file and search. "
        "Others see “[protected address]” in their place. The record itself stays open to those whose work it is."
    )
    _choose(child_id, standing)
    if standing.is_protected:
        _lift(child_id, standing)
    if standing.history:
        st.header("What was decided before", anchor=False)
        table.draw(
            "Protections of this address, latest first",
            ("When", "By", "What", "Who is given it", "Why"),
            [
                (
                    at_time(row["recorded_at"]), row["name"] or "The operator",
                    "Lifted" if row["is_lifted"] else f"Protected: {WHOSE[row['whose']].lower()}",
                    "Everybody who may open the record" if row["is_lifted"] else row["names"], row["reason"],
                )
                for row in standing.history
            ],
            is_wide=True,
        )  # fmt: skip
    link("Back to the child's page", "child", child=child_id)


def _choose(child_id: str, standing: Protected) -> None:
    """The widgets carry the revision, so that after a change they begin from what stands."""
    people = {person["account_id"]: person for person in standing.people}
    at = f"{child_id} {standing.revision}"
    st.header("Who is given it" if standing.is_protected else "Not protected now", anchor=False)
    st.radio(
        "Whose address is protected?",
        list(WHOSE),
        index=list(WHOSE).index(standing.whose) if standing.is_protected else None,
        format_func=lambda key: WHOSE[key],
        key=f"whose {at}",
    )
    st.multiselect(
        "People who are given the address. You are always one of them",
        list(people),
        default=[account_id for account_id in standing.named if account_id in people],
        format_func=lambda account_id: in_a_line(people[account_id]),
        placeholder="Choose people",
        key=f"given {at}",
    )
    free_text.several_lines("Why the address is protected", key=f"protected why {at}")

    def protect(actor: Actor) -> None:
        whose, named = chosen(f"whose {at}") or "", chosen(f"given {at}") or []
        protection.protect(actor, child_id, whose, named, chosen(f"protected why {at}"), standing.revision)

    words = "Change who is given it" if standing.is_protected else "Protect this address"
    acting.offer(words, protect, "Only the people named are given this address now.", look="primary")


def _lift(child_id: str, standing: Protected) -> None:
    with st.expander("Lift the protection"):
        key = f"protection lifted why {child_id} {standing.revision}"
        free_text.several_lines("Why it is lifted", key=key)
        acting.offer(
            "Lift the protection",
            lambda actor: protection.lift(actor, child_id, chosen(key), standing.revision),
            "The protection is lifted.",
            key="lift protection",
        )


PAGE = Page("Protect an address", "protection", frozenset({"coordinator"}), body, in_menu=False, wide=True)
