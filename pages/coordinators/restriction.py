"""Restricting one child's record to people who are named, and lifting it: for a colleague's child, say."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.child import restriction
from data.child.restriction import Restricted
from data.database.engine import Row
from forms.account import ROLES
from pages.parts import acting, child_heading, free_text, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time, paragraphs

TAKES_OVER = (
    "No coordinator who is named is left, so you can take this record over. Once you choose who may open it, you are one of "
    "them, and see whose it is. Ask your manager first whether you should be."
)


def body() -> None:
    child_id = st.query_params.get("child", "")
    actor = current_actor()
    standing = restriction.read_restriction(actor, child_id)
    st.html(table.STYLE)
    if standing.is_named:
        child_heading.draw(actor, child_id)
    st.title("Restrict who may open this record", anchor=False)
    acting.show()
    st.text(
        "Use this when somebody who could open the record must not, such as a relative of the child. Everybody else "
        "of the area is refused, managers and meeting members too. Lists show “A restricted child” and "
        "whom to ask; figures still count the child. Naming a person opens nothing that was closed to them before."
    )
    if not standing.is_named:
        st.warning(paragraphs(TAKES_OVER))
    _choose(child_id, standing)
    if standing.is_restricted:
        _lift(child_id, standing)
    if standing.history:
        st.header("What was decided before", anchor=False)
        table.draw(
            "Restrictions of this record, latest first",
            ("When", "By", "What", "Who may open it", "Why"),
            [
                (
                    at_time(row["recorded_at"]), row["name"], "Lifted" if row["is_lifted"] else "Restricted",
                    "Everybody whose work it is" if row["is_lifted"] else row["names"], row["reason"],
                )
                for row in standing.history
            ],
            is_wide=True,
        )  # fmt: skip
    if standing.is_named:
        link("Back to the child's page", "child", child=child_id)


def _choose(child_id: str, standing: Restricted) -> None:
    """The widgets carry the revision, so that after a change they begin from what stands."""
    people = {person["account_id"]: person for person in standing.people}
    at = f"{child_id} {standing.revision}"
    st.header("Who may open it" if standing.is_restricted else "Not restricted now", anchor=False)
    st.multiselect(
        "People who may open this record. You are always one of them",
        list(people),
        default=[account_id for account_id in standing.named if account_id in people],
        format_func=lambda account_id: in_a_line(people[account_id]),
        placeholder="Choose people",
        key=f"named {at}",
    )
    free_text.several_lines("Why the record is restricted to these people", key=f"restricted why {at}")

    def restrict(actor: Actor) -> None:
        named, reason = chosen(f"named {at}") or [], chosen(f"restricted why {at}")
        restriction.restrict(actor, child_id, named, reason, standing.revision)

    words = "Change who may open it" if standing.is_restricted else "Restrict this record"
    acting.offer(words, restrict, "Only the people named can open this record now.", look="primary")


def _lift(child_id: str, standing: Restricted) -> None:
    with st.expander("Lift the restriction"):
        key = f"lifted why {child_id} {standing.revision}"
        free_text.several_lines("Why it is lifted", key=key)
        acting.offer(
            "Lift the restriction",
            lambda actor: restriction.lift(actor, child_id, chosen(key), standing.revision),
            "The restriction is lifted.",
            key="lift",
        )


def in_a_line(person: Row) -> str:
    return ", ".join(filter(None, (person["name"], dict(ROLES).get(person["role"]), *person["who"])))


PAGE = Page("Restrict a record", "restriction", frozenset({"coordinator"}), body, in_menu=False, wide=True)
