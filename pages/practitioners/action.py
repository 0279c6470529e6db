"""One action: what it says and what became of it. Of the child only the name, unless the person may open the record."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.account_line import person
from data.actor import Actor
from data.after_meeting import actions
from data.after_meeting.actions import ActionPage
from data.ways.pathway import ACTION_WAY
from forms import action as forms
from forms.codes import AGENCIES, FOUR_PS
from forms.kinds.date import in_words
from pages.parts import acting, lists, look, short_form, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time

DONE, LONGER, FAILED = "It is completed", "It needs longer", "It could not be achieved"


def body() -> None:
    actor = current_actor()
    page = actions.read_action(actor, st.query_params.get("action", ""))
    st.title("Action", anchor=False)
    due_on = page.action["due_on"]
    look.name_the_tab(f"Action · by {in_words(due_on)}" if due_on else "Action · no date")
    acting.show()
    _facts(page)
    if page.may_update:
        _update(page)
    if page.may_assign:
        _assign(actor, page)
    _earlier(page)
    if page.sees_child:
        link("Open the child's page", "child", child=page.action["child_id"])
    link("All actions", "actions")


def _facts(page: ActionPage) -> None:
    action, state = page.action, ACTION_WAY.state(page.action["state"])
    is_late = state.owner and action["due_on"] and action["due_on"] < clock.today()
    lists.facts(
        [
            ("What is to be done", action["action"]),
            ("Child", page.child_name),
            ("Agency", dict(AGENCIES).get(action["agency"] or "", action["agency"] or "")),
            ("Who", action["owner_name"] or action["owner"] or "Nobody yet"),
            ("By", in_words(action["due_on"]) if action["due_on"] else "No date"),
            ("State", "Overdue" if is_late else state.words),
            *(
                [("Set at the meeting of", in_words(action["meeting_date"]))]
                if action["meeting_date"]
                else []
            ),
            *([("Under", dict(FOUR_PS)[action["four_p"]])] if action["four_p"] else []),
            *([("Ended on", in_words(action["closed_on"]))] if action["closed_on"] else []),
            *(
                (words, action[key])
                for key, words in (
                    ("evidence", "What was done"),
                    ("impact", "What it changed"),
                    ("not_achieved_reason", "Why it was not achieved"),
                )
                if action[key]
            ),
        ]
    )


def _update(page: ActionPage) -> None:
    action_id = page.action["action_id"]
    st.header("What became of it?", anchor=False)
    became = st.radio(
        "What became of the action?", (DONE, LONGER, FAILED), index=None, key=f"became {action_id}"
    )
    if became == DONE:
        short_form.draw(
            forms.DONE,
            f"done {action_id}",
            lambda actor, typed: actions.complete(actor, action_id, typed),
            "Recorded as completed. The meeting sees it when it next discusses the child.",
        )
    elif became == LONGER:
        short_form.draw(
            forms.CARRIED_OVER,
            f"longer {action_id}",
            lambda actor, typed: actions.carry_over(actor, action_id, typed),
            "Carried over to the new date.",
        )
    elif became == FAILED:
        short_form.draw(
            forms.NOT_ACHIEVED,
            f"failed {action_id}",
            lambda actor, typed: actions.give_up(actor, action_id, typed),
            "Recorded as not achieved. The meeting sees your reason.",
        )


def _assign(actor: Actor, page: ActionPage) -> None:
    action_id = page.action["action_id"]
    st.header("Give it to a person", anchor=False)
    people = {p["account_id"]: p for p in actions.people_to_ask(actor, action_id)}
    if not people:
        st.text("Nobody else of this agency has an account in the area.")
        return
    st.text(
        "Ask them first. A practitioner will then be able to open this child; a meeting member only the action."
    )
    st.selectbox(
        "Whom do you give it to?",
        list(people),
        index=None,
        format_func=lambda key: person(people[key]),
        placeholder="Choose a person",
        key=f"assign {action_id}",
    )
    acting.offer(
        "Give it to this person",
        lambda actor: actions.assign(actor, action_id, chosen(f"assign {action_id}")),
        "Given. They see it under My work.",
    )


def _earlier(page: ActionPage) -> None:
    if len(page.earlier) > 1:
        table.draw(
            "What happened, oldest first",
            ("When", "By whom", "State", "To be done by", "Why"),
            [
                (
                    at_time(row["recorded_at"]), row["name"] or "The operator", ACTION_WAY.state(row["state"]).words,
                    in_words(row["due_on"]) if row["due_on"] else "", row["change_reason"] or "",
                )
                for row in page.earlier
            ],
            is_wide=True,
        )  # fmt: skip


PAGE = Page(
    "Action",
    "action",
    frozenset({"practitioner", "meeting_member", "coordinator", "manager"}),
    body,
    in_menu=False,
)
