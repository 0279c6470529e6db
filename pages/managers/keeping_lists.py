"""What the area keeps and deletes: records that are due, deletions that wait, records that are held, certificates."""

from __future__ import annotations

import streamlit as st

from data.child_line import line
from data.database.engine import Row
from data.rights.certificate import certificate
from data.rights.keeping_lists import KeepingLists, read_keeping_lists
from forms.kinds.date import in_words
from pages.parts import table
from pages.parts.browser import current_actor
from pages.parts.made_on_click import PDF, made_on_click
from pages.parts.navigation import Page
from pages.parts.table import Link
from pages.parts.words import paragraphs


def body() -> None:
    actor = current_actor()
    lists = read_keeping_lists(actor)
    st.title("Keeping and deleting", anchor=False)
    if not lists.has_period:
        st.text(
            "The partnership has not set how long records are kept, so every record is kept and none can be deleted. "
            "An administrator sets it under Settings."
        )
    _list(
        "Due for review or deletion",
        ("Child", "Due since"),
        [(_child(row), in_words(row["due_on"])) for row in lists.due],
        "No record is due.",
    )
    if lists.due_in_all > len(lists.due):
        st.text(f"{lists.due_in_all - len(lists.due):,} more are due. They follow when these are decided on.")
    _list(
        "Deletions that wait for a second person",
        ("Child", "Asked for on"),
        [(_child(row), in_words(row["asked_on"])) for row in lists.waiting],
        "No deletion waits.",
    )
    _list(
        "Held",
        ("Child", "Held since"),
        [(_child(row), in_words(row["placed_on"])) for row in lists.held],
        "No record is held.",
    )
    _certificates(lists)


def _child(row: Row) -> Link:
    return Link(line(row), "rights", {"child": row["child_id"]})


def _list(title: str, heads: tuple[str, str], rows: list[tuple[Link, str]], empty: str) -> None:
    st.header(paragraphs(title), anchor=False)
    if rows:
        table.draw(title, heads, rows)
    else:
        st.text(empty)


def _certificates(lists: KeepingLists) -> None:
    st.header("Deleted", anchor=False)
    if not lists.deleted:
        st.text("No record of this area has been deleted.")
    for row in lists.deleted:
        day, number = in_words(row["decided_on"]), row["deletion_id"][-8:]
        st.download_button(
            paragraphs(f"Certificate {number}, deleted on {day}, as PDF"),
            made_on_click(lambda actor, of=row["deletion_id"]: certificate(actor, of)),  # type: ignore[misc]
            file_name=f"certificate-of-deletion-{number}.pdf",
            mime=PDF,
            on_click="ignore",
            key=f"certificate {row['deletion_id']}",
        )


PAGE = Page("Keeping and deleting", "keeping", frozenset({"coordinator", "manager"}), body)
