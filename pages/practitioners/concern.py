"""One person, group, place or issue of concern: what is known, its links, and who else to ask."""

from __future__ import annotations

import datetime
from functools import partial

import streamlit as st

from data import clock
from data.access.restricted import SAYS_SO
from data.actor import Actor
from data.child_line import in_a_line
from data.concern import concern_links, concerns
from data.concern.concern_links import ConcernPage, Linked
from data.database.engine import Row
from data.ways.ways_beside import CONCERN_WAY, NOMINATION_WAY
from forms.concern import BASES, CONCERN, IS_FLAGGED
from forms.disruption import state
from forms.kinds.date import in_words
from forms.marthr import IN_FULL
from forms.places import area_name
from pages.parts import acting, free_text, lists, record_history, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go, link
from pages.parts.table import Link, Tag
from pages.parts.words import paragraphs, tag
from pages.practitioners import flags, measure, nomination
from pages.practitioners.concerns import NAMES, STATE_COLOURS, STATES

BASIS = dict(BASES)


def body() -> None:
    actor = current_actor()
    page = concern_links.read_concern_page(actor, st.query_params.get("concern", ""))
    record = page.record
    st.title(paragraphs(record["name"]), anchor=False)
    st.html(tag(NAMES[record["kind"]]) + " " + tag(STATES[record["state"]], STATE_COLOURS[record["state"]]))
    acting.show()
    _elsewhere(page)
    if page.may_write:
        with st.container(horizontal=True):
            if st.button("Link a child or another record", type="primary"):
                go("concern-link", concern=record["concern_id"])
            if st.button("Change the record"):
                go("concern-edit", concern=record["concern_id"])
    _known(record)
    _links(page)
    _flags(page)
    _disruption(page)
    if page.may_coordinate:
        _label(record)
        _move(actor, record)
    record_history.draw(page.history)
    link("Back to the list", "concerns")


def _elsewhere(page: ConcernPage) -> None:
    for area in page.overlap:
        st.warning(
            paragraphs(
                f"{area_name(area)} holds a record that may be about the same {NAMES[page.record['kind']].lower()}. "
                f"Ask the coordinator of {area_name(area)}, who sees the same sentence about your area."
            )
        )


def _known(record: Row) -> None:
    st.header("What is known", anchor=False)
    lists.facts(
        [
            (question.label, question.as_text(record[question.key]))
            for question in CONCERN.questions()
            if question.key not in ("kind", "name") and record[question.key] is not None
        ]
        + [("Held by", area_name(record["area"]))]
    )


def _links(page: ConcernPage) -> None:
    st.header("Links", anchor=False)
    headings = ("", "What the link is", "Known from", "Basis", "Since")
    if page.children:
        table.draw("Children", ("Child", *headings[1:]), [_cells(one) for one in page.children], is_wide=True)
    if page.others:
        table.draw(
            "People, groups, places and issues",
            ("Record", *headings[1:]),
            [_cells(one) for one in page.others],
            is_wide=True,
        )
    if not page.children and not page.others:
        st.text(
            "Nothing that you can open is linked. Link the children it concerns, and other people or places."
        )
    else:
        link("Map of the links", "link-map", concern=page.record["concern_id"])
    st.text(SAYS_SO)
    for area in page.ask:
        st.text(f"Linked as well to what you cannot open. Ask the coordinator of {area_name(area)}.")
    linked = {one.link_id: one for one in (*page.children, *page.others)}
    if page.may_write and linked:
        with st.expander("Take out a link that does not hold"):
            link_id = st.selectbox(
                "Link",
                list(linked),
                index=None,
                format_func=lambda key: (
                    f"{in_a_line(linked[key].name, linked[key].who)}: {linked[key].nature}"
                ),
                placeholder="Choose a link",
                key="link_out",
            )
            why = f"why {link_id}"
            free_text.several_lines("Why is it taken out?", key=why)
            acting.offer(
                "Take out the link",
                lambda actor: concern_links.remove_link(actor, chosen("link_out"), chosen(why)),
                "The link is taken out. It stays in the history.",
            )


def _cells(one: Linked) -> tuple[table.Cell, ...]:
    leads_to = (
        Link(in_a_line(one.name, one.who), "child", {"child": one.child_id})
        if one.child_id
        else Link(one.name, "concern", {"concern": one.concern_id or ""}, NAMES[one.kind])
    )
    return leads_to, one.nature, one.source, BASIS[one.basis], in_words(one.linked_on)


def _flags(page: ConcernPage) -> None:
    kind = page.record["kind"]
    if kind not in IS_FLAGGED:
        return
    st.header("Flags", anchor=False)
    flags.draw(list(page.flags), f"this {NAMES[kind].lower()}")
    link("Flags on the systems of police and social care", "flags", concern=page.record["concern_id"])


def _disruption(page: ConcernPage) -> None:
    concern_id = page.record["concern_id"]
    st.header("Disruption", anchor=False)
    if page.measures:
        table.draw(
            "Measures",
            ("Measure", "State", "Began", "Ends"),
            [
                (
                    Link(
                        row["other_measure"] or measure.MEASURES_NAMED[row["measure"]], "measure",
                        {"measure": row["disruption_id"]},
                    ),
                    Tag(measure.STATE_WORDS[at := state(row, clock.today())], measure.COLOURS[at]),
                    _on(row["began_on"]), _on(row["ends_on"]),
                )
                for row in page.measures
            ],
            is_wide=True,
        )  # fmt: skip
    else:
        st.text("No measure is logged.")
    if page.nominations:
        table.draw(
            f"Nominations to the {IN_FULL}",
            ("Nominated on", "State"),
            [
                (
                    Link(
                        in_words(row["nominated_on"]), "nomination", {"nomination": row["nomination_id"]},
                        "nomination to MARTHR",
                    ),
                    Tag(NOMINATION_WAY.state(row["state"]).words, nomination.COLOURS[row["state"]]),
                )
                for row in page.nominations
            ],
            is_wide=True,
        )  # fmt: skip
    elif page.may_nominate:
        st.text(f"It can be nominated to the {IN_FULL}.")
    with st.container(horizontal=True):
        if page.may_write and st.button("Log a measure"):
            go("measure", concern=concern_id)
        if page.may_nominate and st.button("Nominate to MARTHR"):
            go("nomination", concern=concern_id)


def _on(day: datetime.date | None) -> str:
    return in_words(day) if day else ""


def _label(record: Row) -> None:
    """The one thing of a place that leaves the area: read by the coordinator first."""
    label = record["label_for_return"]
    if record["kind"] != "place":
        return
    st.header("Label for the quarterly return", anchor=False)
    if not label:
        st.text("No label yet, so the partnership's lead reads that there is a place, and nothing of it.")
    elif record["label_approved_on"]:
        st.text(f"“{label}”, approved on {in_words(record['label_approved_on'])}.")
    else:
        st.text(
            f"“{label}” is not approved yet. Approve it if it points to nobody: the partnership's lead will read it."
        )
        acting.offer(
            "Approve this label",
            lambda actor: concerns.approve_label(
                actor, record["concern_id"], label, names_nobody=acting.names_nobody()
            ),
            "The label is approved.",
        )


def _move(actor: Actor, record: Row) -> None:
    with actor.reading() as work:
        moves = CONCERN_WAY.moves_from(record["state"], work.account.role)
    for move in moves:
        key = f"reason {move.name} {record['concern_id']}"
        with st.expander(paragraphs(f"{move.words} this record")):
            free_text.several_lines("Reason", key=key)
            acting.offer(
                move.words, partial(_make, move.name, record["concern_id"], key), key=f"move {move.name}"
            )


def _make(name: str, concern_id: str, key: str, actor: Actor) -> None:
    concerns.move_concern(actor, concern_id, name, chosen(key))


PAGE = Page(
    "Person or place of concern",
    "concern",
    frozenset({"practitioner", "coordinator", "manager"}),
    body,
    in_menu=False,
    wide=True,
)
