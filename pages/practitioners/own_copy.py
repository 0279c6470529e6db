"""One request for the child's own copy: what is struck out line by line, who approves it, and to whom it was sent."""

from __future__ import annotations

import streamlit as st

from data.rights import own_copy
from data.rights.own_copy import OwnCopy
from data.rights.own_copy_file import copy_as_pdf, copy_as_word
from data.rights.own_copy_lines import Line, Part
from data.ways.ways_beside import OWN_COPY_WAY
from forms.kinds.date import in_words
from forms.rights import REQUESTED_FOR, SENT, WHY_STRUCK
from pages.parts import acting, child_heading, free_text, lists, short_form, turning
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.made_on_click import PDF, WORD, made_on_click
from pages.parts.navigation import Page, link
from pages.parts.words import paragraphs, tag

SHOWN = 25


def body() -> None:
    actor = current_actor()
    copy = own_copy.read_copy(actor, st.query_params.get("copy", ""))
    request, copy_id = copy.request, copy.request["own_copy_id"]
    child_heading.draw(actor, request["child_id"])
    st.title("The child's own copy", anchor=False)
    acting.show()
    st.html(tag(OWN_COPY_WAY.state(request["state"]).words, "blue"))
    _request(copy)
    if not copy.is_unchanged and request["state"] in ("to_approve", "approved"):
        st.warning(paragraphs(own_copy.CHANGED_SINCE))
    if request["state"] == "preparing":
        _lines(copy)
        st.header("Ask for approval", anchor=False)
        st.text(f"{len(copy.struck)} lines are struck out. A second person reads the copy and approves it.")
        acting.offer(
            "Ask a second person to approve it",
            lambda actor: own_copy.move(actor, copy_id, "ask for approval"),
            "A second person now reads the copy.",
            look="primary",
        )
    elif request["state"] == "to_approve":
        _approval(copy)
    elif request["state"] == "approved":
        st.header("Send it", anchor=False)
        short_form.draw(
            SENT,
            f"sent {copy_id}",
            lambda actor, typed: own_copy.send(actor, copy_id, typed),
            "It is kept to whom the copy was sent.",
        )
        _with_reason(copy_id, "send back", "Look at it again")
    if request["state"] != "dropped":
        _files(copy)
    if request["state"] == "preparing":
        _with_reason(copy_id, "drop", "Drop the request")
    link("Back to rights and retention", "rights", child=request["child_id"])


def _request(copy: OwnCopy) -> None:
    request = copy.request
    facts = [
        ("Asked by", f"{request['requested_by']}: {dict(REQUESTED_FOR)[request['requested_for']]}"),
        ("Asked on", in_words(request["requested_on"])),
        ("Checked how", request["checked_how"]),
    ]
    if request["approved_on"]:
        facts.append(("Approved on", in_words(request["approved_on"])))
    if request["sent_back_reason"]:
        facts.append(("Sent back, because", request["sent_back_reason"]))
    if request["sent_on"]:
        facts.append(
            ("Sent", f"To {request['sent_to']}, {request['sent_how']}, on {in_words(request['sent_on'])}")
        )
    lists.facts(facts)


def _lines(copy: OwnCopy) -> None:
    st.header("What the copy says", anchor=False)
    st.text(
        "Look at each part. Tick the lines that are about other people, and strike them out with the reason. "
        "What is struck out is not in the file at all."
    )
    place = st.selectbox(
        "Part of the record",
        range(len(copy.parts)),
        format_func=lambda at: paragraphs(_named(copy.parts[at], copy)),
        key=f"part {copy.request['own_copy_id']}",
    )
    part = copy.parts[place or 0]
    number = turning.page("own_copy", part.title)
    shown = part.lines[number * SHOWN : (number + 1) * SHOWN]
    for line in shown:
        st.checkbox(paragraphs(_said(line, copy)), key=_key(copy, line))
    turning.draw("own_copy", number, len(part.lines) > (number + 1) * SHOWN)
    copy_id = copy.request["own_copy_id"]
    why_key = f"why {copy_id}"
    st.radio(
        "Why are they struck out?",
        [key for key, _ in WHY_STRUCK],
        index=None,
        format_func=lambda key: dict(WHY_STRUCK)[key],
        key=why_key,
    )
    with st.container(horizontal=True):
        acting.offer(
            "Strike out what is ticked",
            lambda actor: own_copy.strike(actor, copy_id, _ticked(copy, shown), chosen(why_key)),
            "Struck out.",
        )
        acting.offer(
            "Put back what is ticked",
            lambda actor: own_copy.give_back(actor, copy_id, _ticked(copy, shown)),
            "Put back.",
        )


def _named(part: Part, copy: OwnCopy) -> str:
    others = sum(line.is_about_others and line.place not in copy.struck for line in part.lines)
    return f"{part.title}{f' ({others} lines may speak of others)' if others else ''}"


def _said(line: Line, copy: OwnCopy) -> str:
    words = f"{line.label}: {line.text}"
    if line.place in copy.struck:
        return f"Struck out ({dict(WHY_STRUCK)[copy.struck[line.place]]}): {words}"
    return f"{words} (may speak of others)" if line.is_about_others else words


def _key(copy: OwnCopy, line: Line) -> str:
    """Of the tick; another once the line was struck out or put back, so that nothing stays ticked."""
    return f"line {copy.request['own_copy_id']} {line.place} {copy.struck.get(line.place, '')}"


def _ticked(copy: OwnCopy, shown: tuple[Line, ...]) -> list[str]:
    return [line.place for line in shown if chosen(_key(copy, line))]


def _approval(copy: OwnCopy) -> None:
    st.header("Approval", anchor=False)
    copy_id = copy.request["own_copy_id"]
    if not copy.may_approve:
        st.text("It waits for another coordinator or manager who answers for the record.")
    else:
        st.text("Read the file below to the end before you approve it.")
        acting.offer(
            "Approve the copy",
            lambda actor: own_copy.move(actor, copy_id, "approve"),
            "The copy is approved. It can be sent.",
            look="primary",
        )
    _with_reason(copy_id, "send back", "Send it back")


def _with_reason(copy_id: str, name: str, words: str) -> None:
    with st.expander(paragraphs(words)):
        key = f"{name} {copy_id}"
        free_text.several_lines("Why?", key=key)
        acting.offer(
            words,
            lambda actor: own_copy.move(actor, copy_id, name, chosen(key)),
            "Kept, with your reason.",
            key=f"do {key}",
        )


def _files(copy: OwnCopy) -> None:
    st.header("The file", anchor=False)
    is_draft = copy.request["state"] in ("preparing", "to_approve")
    if is_draft:
        st.text("Until a second person has approved it, every page says that it is not to be handed out.")
    copy_id = copy.request["own_copy_id"]
    name = f"own-copy-{copy_id[-8:]}{'-draft' if is_draft else ''}"
    with st.container(horizontal=True):
        st.download_button(
            "Download as Word",
            made_on_click(lambda actor: copy_as_word(actor, copy_id)),
            file_name=f"{name}.docx",
            mime=WORD,
            on_click="ignore",
        )
        st.download_button(
            "Download as PDF",
            made_on_click(lambda actor: copy_as_pdf(actor, copy_id)),
            file_name=f"{name}.pdf",
            mime=PDF,
            on_click="ignore",
        )


PAGE = Page("The child's own copy", "own-copy", frozenset({"coordinator", "manager"}), body, in_menu=False)
