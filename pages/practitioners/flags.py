"""The exploitation flags on one child, or on a person, group or place of concern: for all who may see that record; the
coordinator records what becomes of them.
"""

from __future__ import annotations

import streamlit as st

from data import clock
from data.access.rule import can_write_child
from data.actor import Actor
from data.after_meeting import flags
from data.database.engine import Row
from data.ways.pathway import FLAG_WAY
from forms.concern import KINDS
from forms.flag import KEPT, PLACED, PLACED_BY, REMOVED, REMOVED_BY, SYSTEMS, SYSTEMS_IN_SHORT
from forms.kinds.date import in_words
from pages.parts import acting, child_heading, short_form, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs

STAYS, GOES = "It stays", "It is removed"


ABOUT_SYSTEMS = (
    "It is placed and removed by the meeting, or placed by a strategy meeting. "
    "LEDS is the Law Enforcement Data Service, PNC the Police National Computer."
)


def body() -> None:
    actor = current_actor()
    if concern_id := st.query_params.get("concern"):
        _on_concern(actor, concern_id)
    else:
        _on_child(actor, st.query_params.get("child", ""))


def _on_child(actor: Actor, child_id: str) -> None:
    found = flags.read_flags(actor, child_id)
    with actor.reading() as work:
        places = work.account.role == "coordinator" and can_write_child(work, child_id)
        decides_on = [
            flag
            for flag in found
            if places or (work.account.role == "coordinator" and flag["area"] == work.account.area)
        ]
    child_heading.draw(actor, child_id)
    st.title("Exploitation flags", anchor=False)
    acting.show()
    st.text(
        "A flag on the systems of the police or social care tells their staff that the child may be exploited. "
        + ABOUT_SYSTEMS
    )
    draw(found)
    _decide(actor, decides_on)
    if places:
        _place(child_id, found, lambda actor, typed: flags.place(actor, child_id, typed))
    link("Back to the child's page", "child", child=child_id)


def _on_concern(actor: Actor, concern_id: str) -> None:
    page = flags.read_concern_flags(actor, concern_id)
    kind = dict(KINDS)[page.kind].lower()
    st.title(paragraphs(f"Flags on {page.name}"), anchor=False)
    acting.show()
    st.text(
        f"A flag on the systems of the police or social care tells their staff that this {kind} is linked to the "
        f"exploitation of children. {ABOUT_SYSTEMS}"
    )
    found = list(page.flags)
    draw(found, f"this {kind}")
    if page.may_keep:
        _decide(actor, found)
        if page.is_open:
            _place(concern_id, found, lambda actor, typed: flags.place_on_concern(actor, concern_id, typed))
        else:
            st.text(flags.CLOSED)
    link("Back to the record of concern", "concern", concern=concern_id)


def _place(about_id: str, found: list[Row], place: short_form.Do) -> None:
    st.header("Record a flag", anchor=False)
    short_form.draw(
        PLACED, f"place {about_id}", place, "The flag is recorded.", look="secondary" if found else "primary"
    )


def draw(found: list[Row], whose: str = "this child") -> None:
    """The flags as a table; a sentence when there are none."""
    if not found:
        st.text(f"No flag is recorded for {whose}.")
        return
    table.draw(
        "Flags, standing ones first",
        ("System", "State", "Placed", "Review on", "Removed"),
        [
            (
                SYSTEMS_IN_SHORT[flag["system"]], _state(flag), _placed(flag),
                in_words(flag["review_on"]) if flag["review_on"] and flag["state"] == "placed" else "",
                _removed(flag),
            )
            for flag in found
        ],
        is_wide=True,
    )  # fmt: skip


def _state(flag: Row) -> table.Tag:
    state = FLAG_WAY.state(flag["state"])
    if flag["state"] == "removed" and flag["expires_on"]:
        expires = in_words(flag["expires_on"])
        return table.Tag(f"On police systems until {expires}", "amber")
    return table.Tag(state.words, "blue" if state.owner else "grey")


def _placed(flag: Row) -> str:
    if flag["placed_on"] is None:
        return "Before it was recorded here"
    by = dict(PLACED_BY).get(flag["placed_by"] or "", "")
    when = f" of {in_words(flag['decided_on'])}" if flag["decided_on"] else ""
    return f"{in_words(flag['placed_on'])}. {by}{when}"


def _removed(flag: Row) -> str:
    if flag["removed_on"] is None:
        return ""
    return f"{in_words(flag['removed_on'])}. {REMOVED_BY[flag['removed_by']]}"


def _decide(actor: Actor, found: list[Row]) -> None:
    standing = [flag for flag in found if FLAG_WAY.state(flag["state"]).owner]
    if not standing:
        return
    st.header("Keep or remove a flag", anchor=False)
    by_id = {flag["flag_id"]: flag for flag in standing}
    chosen = st.selectbox(
        "Flag",
        list(by_id),
        index=0 if len(by_id) == 1 else None,
        format_func=lambda key: _in_a_line(by_id[key]),
        placeholder="Choose a flag",
        key="flag_chosen",
    )
    if chosen is None:
        return
    if by_id[chosen]["state"] == "removed":
        _expire(actor, by_id[chosen])
        return
    what = st.radio("What was decided?", (STAYS, GOES), index=None, key=f"decided {chosen}")
    if what == STAYS:
        short_form.draw(
            KEPT,
            f"keep {chosen}",
            lambda actor, typed: flags.keep(actor, chosen, typed),
            "The flag stays until its next review.",
        )
    elif what == GOES:
        short_form.draw(
            REMOVED,
            f"remove {chosen}",
            lambda actor, typed: flags.remove(actor, chosen, typed),
            "The removal is recorded. A police flag stays on police systems six more months.",
        )


def _expire(actor: Actor, flag: Row) -> None:
    if flag["expires_on"] and flag["expires_on"] > clock.today():
        st.text(
            f"It expires on police systems on {in_words(flag['expires_on'])}. Until then nothing is to be done."
        )
        return
    acting.offer(
        "Record as expired",
        lambda actor: flags.expire(actor, flag["flag_id"]),
        "Recorded as expired.",
        look="primary",
    )


def _in_a_line(flag: Row) -> str:
    return f"{dict(SYSTEMS)[flag['system']]}: {FLAG_WAY.state(flag['state']).words.lower()}"


PAGE = Page(
    "Exploitation flags",
    "flags",
    frozenset({"practitioner", "coordinator", "manager", "meeting_member"}),
    body,
    in_menu=False,
)
