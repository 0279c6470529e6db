"""Where the return stands, and what its lead does next: lock it, correct it, make the copy for publication."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.accounts import Account
from data.quarters import Quarter
from data.returns import return_lock
from data.returns.locked_returns import Life
from data.returns.return_document import fingerprint
from data.returns.return_files import DRAFT, PUBLISHED
from data.returns.return_publication import publish
from data.returns.return_shape import Return
from data.settings import in_force
from pages.parts import choosing, free_text, table
from pages.parts.acting import act, chosen, names_nobody
from pages.parts.browser import current_actor
from pages.parts.navigation import link
from pages.parts.words import at_time, paragraphs

NOT_WHOLE = "lock_all_the_same"
FROM_NOW = "Draft from the records now"
COPY = "Copy for publication"


def choose(life: Life, quarter: Quarter) -> str:
    """The draft, a locked version or the copy for publication, as `return_files` names them; the latest unless chosen."""
    offered = {FROM_NOW: DRAFT, **{_version(v.number): str(v.number) for v in life.versions}}
    if life.copies:
        offered[COPY] = PUBLISHED
    if len(offered) == 1:
        return DRAFT
    latest = 1 if life.state == "locked" else 0
    chosen = st.selectbox("Version", list(offered), index=latest, key=_key(quarter), width=choosing.WIDTH)
    return offered.get(chosen or "", DRAFT)


def _key(quarter: Quarter) -> str:
    return f"version {quarter}"


def _version(number: int) -> str:
    return f"Version {number}, locked"


def can_lock(account: Account, life: Life, made: Return) -> bool:
    return (
        account.role == "partnership_lead"
        and made.locked is None
        and life.state != "locked"
        and len(made.areas) == len(made.partnership.areas)
        and made.quarter.last < clock.today()
    )


def draw(account: Account, life: Life, made: Return) -> None:
    st.info(paragraphs(_where_it_stands(life, made)))
    if made.locked and made.locked.reason:
        st.text(f"Why it was corrected: {made.locked.reason}")
    if life.state == "correcting":
        st.text(f"Being corrected: {life.reason}")
    if account.role == "partnership_lead":
        if can_lock(account, life, made):
            _lock(life, made)
        elif made.locked is None and life.state != "locked":
            st.text("The return is locked as a whole, when its quarter is over: choose all areas.")
        if life.state == "locked" and made.locked:
            _correct(made.quarter)
            _publish(made)
    if life.versions:
        _versions(life)
        link("Why the locked figures would differ now", "return-differences", of=str(made.quarter))


def _where_it_stands(life: Life, made: Return) -> str:
    if made.published:
        return f"{COPY} {made.published.number}, made {at_time(made.published.at)}, of {made.stage}. It does not change."
    if made.locked:
        return f"Locked as {made.stage} by {made.locked.by}, {at_time(made.locked.at)}. It does not change when records do."
    locked = " A locked version stands beside it." if life.versions else " It is not locked."
    return (
        f"Draft, worked out from the records at {at_time(made.drafted_at)}.{locked} Its figures change when the records "
        "do. Scores and bands are no part of the return."
    )


def _lock(life: Life, made: Return) -> None:
    is_first = life.state is None
    st.text(
        "Locking freezes the figures, words, themes and definitions as they are on this page, with your name and the time. "
        f"Checks to be looked at: {made.many_to_look_at}. Records with a detail missing: {made.many_missing:,}."
    )
    if not made.is_whole:
        st.checkbox("I have looked at what is not whole, and lock it all the same", key=NOT_WHOLE)
    with st.container(horizontal=True):
        st.button(
            "Lock the return" if is_first else "Lock the correction",
            type="primary",
            on_click=_do_lock,
            args=(made.quarter, fingerprint(made)),
        )
        if not is_first:
            st.button("Drop the correction", on_click=_do_drop, args=(made.quarter,))


def _do_lock(quarter: Quarter, seen: str) -> None:
    def do() -> None:
        kept = return_lock.lock(current_actor(), quarter, seen, although_not_whole=bool(chosen(NOT_WHOLE)))
        if kept.locked:
            st.session_state[_key(quarter)] = _version(kept.locked.version)

    act(do, "The return is locked.")


def _do_drop(quarter: Quarter) -> None:
    act(
        lambda: return_lock.drop_correction(current_actor(), quarter),
        "The correction is dropped. The locked version stands.",
    )


def _correct(quarter: Quarter) -> None:
    with st.expander("Correct this return", type="compact", key="correct_it"):
        st.text("The locked version stays as it is. A correction is locked beside it, as the next version.")
        free_text.several_lines("Why is it corrected?", key="why_corrected")
        st.button("Begin a correction", on_click=_do_correct, args=(quarter,))


def _do_correct(quarter: Quarter) -> None:
    def do() -> None:
        return_lock.begin_correction(
            current_actor(), quarter, chosen("why_corrected"), names_nobody=names_nobody()
        )
        st.session_state[_key(quarter)] = FROM_NOW

    act(do, "The return is being corrected. Coordinators can write beside the figures again.")


def _publish(made: Return) -> None:
    with st.expander("Make a copy for publication", type="compact", key="publish_it"):
        st.text(
            "Small numbers are withheld, and others with them, so that none can be worked out. What one copy withholds, "
            "every later copy of this quarter withholds too."
        )
        limit = in_force(current_actor(), made.areas[0])["small_number_limit"]
        st.text(f"Small: from 1 to {limit}. The administrator sets this number in the settings.")
        st.button("Make the copy", on_click=_do_publish, args=(made.quarter,))


def _do_publish(quarter: Quarter) -> None:
    def do() -> None:
        publish(current_actor(), quarter)
        st.session_state[_key(quarter)] = COPY

    act(do, "The copy for publication is made.")


def _versions(life: Life) -> None:
    table.draw(
        "Locked versions",
        ("Version", "Locked", "By", "Why it was corrected", "Content (SHA-256)"),
        [
            (_version(v.number), at_time(v.locked_at), v.locked_by, v.reason or "", v.content_hash[:12])
            for v in life.versions
        ],
    )
