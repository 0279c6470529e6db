"""What figures are asked for: which areas, which quarter, which day. Kept in the address, so that a page can be gone back to
and sent on; it holds names of areas and dates only.
"""

from __future__ import annotations

import datetime

import streamlit as st

from data import clock
from data.accounts import Account
from data.quarters import Quarter
from forms.kinds import Date
from forms.places import area_name
from forms.question import Wrong
from pages.parts.words import paragraphs

QUARTERS = 12
WIDTH = 280
TODAY, ANOTHER_DAY = "Today", "Another day"


def areas(account: Account) -> tuple[str, ...]:
    """The account's own area, or for a partnership's lead one of its areas or all; keys."""
    if len(account.areas) <= 1:
        return account.areas
    whole = f"All of {account.partnership.name}"
    by_name = {area_name(area): area for area in account.areas}
    chosen = st.selectbox("Area", [whole, *by_name], key="area", bind="query-params", width=WIDTH)
    return (by_name[chosen],) if chosen in by_name else account.areas


def quarter() -> Quarter:
    """The last quarter that is over, unless another is chosen; the one that is running can be looked at too."""
    this = Quarter.of(clock.today())
    offered = {str(this.before(n)): this.before(n) for n in range(QUARTERS)}
    chosen = st.selectbox("Quarter", list(offered), index=1, key="quarter", bind="query-params", width=WIDTH)
    return offered[chosen or str(this.before())]


def day() -> datetime.date | None:
    """The day at whose end to look; None while a typed one cannot be read, which is said."""
    today = clock.today()
    this = Quarter.of(today)
    ends = {str(this.before(n)): this.before(n).last for n in range(1, QUARTERS)}
    chosen = st.selectbox(
        "As it stood at the end of", [TODAY, *ends, ANOTHER_DAY], key="on", bind="query-params", width=WIDTH
    )
    if chosen != ANOTHER_DAY:
        return ends.get(chosen or TODAY, today)
    typed = st.text_input(
        "Which day? For example, 13 11 2026", key="day", bind="query-params", width=WIDTH, autocomplete="off"
    )
    try:
        return Date("day", "The day", may_be_future=False).read(typed)
    except Wrong as wrong:
        st.error(paragraphs(f"There is a problem: {wrong}"))
        return None
