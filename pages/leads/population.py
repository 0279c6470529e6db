"""The population file: how many children live in each area, brought in so that the cohort can be read as rates."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.bring_in.population import bring_in, populations
from data.refusal import Refused
from forms.places import area_name
from forms.population import COLUMNS, PopulationRefused, empty_file
from pages.parts import landmarks, problems, table
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.words import at_time, paragraphs


def body() -> None:
    landmarks.name_them("population", "")
    actor = current_actor()
    with actor.reading() as work:
        account = work.account
    st.title("Population file", anchor=False)
    st.text(
        "How many children under 18 live in each area, by sex and ethnic group. The cohort's “Rates” are worked out against it. "
        "The Office for National Statistics publishes these numbers; they are about nobody."
    )
    if said := st.session_state.pop("population_said", None):
        st.success(paragraphs(said))
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
    source = st.text_input("Where are the numbers from?", key="population_source")
    file = st.file_uploader("The filled file, a CSV file", type="csv", key="population_file")
    if st.button("Bring in", type="primary", disabled=file is None) and file is not None:
        try:
            many = bring_in(actor, file.getvalue().decode("utf-8-sig"), source)
        except UnicodeDecodeError:
            problems.sentences(["Save the file as CSV in UTF-8"])
        except PopulationRefused as refused:
            problems.sentences(refused.problems)
        except Refused as refused:
            problems.sentences([str(refused)])
        else:
            st.session_state.population_said = f"Brought in: {many} {'row' if many == 1 else 'rows'}."
            st.rerun()
    if account.role == "partnership_lead":
        link("See the rates", "cohort", view="rates")


PAGE = Page("Population file", "population", frozenset({"administrator", "partnership_lead"}), body)
