"""The population file: how many children live in each area, brought in so that the cohort can be read as rates."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.actor import Actor
from data.bring_in.population import bring_in, populations
from data.refusal import Problems
from forms.places import area_name
from forms.population import COLUMNS, PopulationRefused, empty_file
from pages.parts import acting, csv_file, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time


def body() -> None:
    actor = current_actor()
    with actor.reading() as work:
        account = work.account
    st.title("Population file", anchor=False)
    st.text(
        "How many children under 18 live in each area, by sex and ethnic group. The cohort's “Rates” are worked out against it. "
        "The Office for National Statistics publishes these numbers; they are about nobody."
    )
    acting.show()
    standing = populations(actor)
    if standing:
        table.draw(
            "What is in use",
            ("Area", "Year", "Children", "Source", "Brought in"),
            [
                (
                    area_name(row["area"]), str(row["year"]), row["everyone"], row["source"] or "Not named",
                    f"{at_time(row['recorded_at'])}, {row['brought_by'] or 'the operator'}",
                )
                for row in standing
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("No population file has been brought in, so no rates are shown.")
    st.header("Bring in a file", anchor=False)
    st.text(f"A CSV file with a row for each area and year, and the columns {', '.join(COLUMNS)}.")
    st.download_button(
        "Download an empty file to fill in",
        empty_file(account.partnership, clock.today().year),
        "population.csv",
        "text/csv",
        on_click="ignore",
    )
    st.text_input("Where are the numbers from?", key="population_source")
    csv_file.choose("The filled file, a CSV file", "population_file")
    acting.offer("Bring in", _bring_in, _brought, look="primary")
    if account.role == "partnership_lead":
        link("See the rates", "cohort", view="rates")


def _bring_in(actor: Actor) -> int:
    try:
        return bring_in(
            actor,
            csv_file.text_of("population_file"),
            chosen("population_source"),
            names_nobody=acting.names_nobody(),
        )
    except PopulationRefused as refused:
        raise Problems(*refused.problems) from None


def _brought(many: int) -> str:
    return f"Brought in: {many} {'row' if many == 1 else 'rows'}."


PAGE = Page("Population file", "population", frozenset({"administrator", "partnership_lead"}), body)
