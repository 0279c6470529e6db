"""Closing one child's episode by exception: the only way to leave the meeting's oversight without a meeting."""

from __future__ import annotations

import streamlit as st

from data.after_meeting import leaving
from forms.kinds.date import in_words
from forms.leaving import EXCEPTION
from pages.parts import acting, child_heading, lists, short_form, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link


def body() -> None:
    actor = current_actor()
    episode, open_now = leaving.read_episode(actor, st.query_params.get("episode", ""))
    child_heading.draw(actor, episode["child_id"])
    st.title("Close by exception", anchor=False)
    acting.show()
    if episode["closed_on"] is None:
        st.text(
            "No child leaves without a decision of the multi-agency meeting. An exception is agreed with the area's "
            "child exploitation (CE) lead, and recorded with its reason and who agreed."
        )
        if open_now:
            table.draw(
                "Actions that are still open",
                ("Action", "Due by"),
                [
                    (
                        Link(row["action"], "action", {"action": row["action_id"]}),
                        in_words(row["due_on"]) if row["due_on"] else "",
                    )
                    for row in open_now
                ],
            )
        short_form.draw(
            EXCEPTION,
            f"exception {episode['episode_id']}",
            lambda actor, typed: leaving.close_by_exception(actor, episode["episode_id"], typed),
            "Closed by exception. The child has left the meeting's oversight.",
        )
    else:
        lists.facts(
            [
                ("In oversight since", in_words(episode["opened_on"])),
                ("Left on", in_words(episode["closed_on"])),
                *(
                    [("Agreed by", f"{episode['agreed_by']}, {episode['agreed_role']}")]
                    if episode["agreed_by"]
                    else []
                ),
                *([("Agreed on", in_words(episode["agreed_on"]))] if episode["agreed_on"] else []),
                *([("Why", episode["closure_note"])] if episode["closure_note"] else []),
            ]
        )
    link("Back to the child's page", "child", child=episode["child_id"])


PAGE = Page("Close by exception", "leaving", frozenset({"coordinator"}), body, in_menu=False)
