"""Words that blame a child, beneath the answer they stand in: where, why, and better ones. It points, and nothing more:
whoever writes changes the words, or keeps them (pathway.md, Appendix B).
"""

from __future__ import annotations

import streamlit as st

from data.answers import language
from data.answers.drafts import Draft
from data.database.engine import Clash
from data.refusal import Problems, Refused
from forms.kinds import Text
from forms.language import Found, find
from forms.pasted_text import DROPPED, has_unseen
from forms.protected import WARNING, looks_like_an_address
from forms.question import Question, Typed
from pages.parts import browser, controls, keeping
from pages.parts.keeping import Place
from pages.parts.words import as_html, paragraphs

AT_ONCE = 3
"""Phrases pointed at beneath one answer; the next come up as these are dealt with."""
AROUND = 28
"""Characters shown on either side of the words."""


def point_at(draft: Draft, question: Question, place: Place, shown: Typed) -> None:
    """Draws nothing at all where there is nothing to look at: every element costs at each click."""
    if not shown or not isinstance(question, Text):
        return
    say_unseen(shown)
    if draft.points_at_addresses and not question.leads_home:
        warn_of_address(shown)
    places = {key: founds for key, founds in by_phrase(shown).items() if (place, key) not in draft.kept_words}
    if places:
        key = keeping.widget_key(draft, place)
        with st.container(key=f"words_{key}", gap="small"):
            for founds in list(places.values())[:AT_ONCE]:
                _prompt(draft, question, place, shown, founds)
            say_more(len(places) - AT_ONCE)


def warn_of_address(text: str) -> None:
    """Points at what looks like an address in words about a child whose address is protected. It blocks nothing."""
    if looks_like_an_address(text):
        st.html(f'<div class="words-to-look-at"><p><strong>Look again:</strong> {as_html(WARNING)}</p></div>')


def by_phrase(text: str) -> dict[str, list[Found]]:
    """Where each phrase stands in the text, in the order of the first."""
    places: dict[str, list[Found]] = {}
    for found in find(text):
        places.setdefault(found.phrase.key, []).append(found)
    return places


def say(text: str, founds: list[Found]) -> None:
    """Where one phrase stands, why it is looked at, and better words."""
    first, phrase = founds[0], founds[0].phrase
    again = f" It stands in {len(founds)} places." if len(founds) > 1 else ""
    st.html(
        f'<div class="words-to-look-at"><p><strong>Words to look at:</strong> {_where(text, first)}{again}</p>'
        f"<p>This {as_html(phrase.why)}.</p><p>Better: {as_html('; '.join(phrase.better))}.</p></div>"
    )


def say_unseen(text: str | None) -> None:
    """Pasted text may hold characters that nobody sees: that they are left out is said where they were pasted."""
    if text and has_unseen(text):
        st.html(f'<p class="quiet">{as_html(DROPPED)}</p>')


def say_more(many: int) -> None:
    if many > 0:
        phrases = "phrase" if many == 1 else "phrases"
        st.html(f'<p class="quiet">{many} more {phrases} to look at after these.</p>')


def swap_of(text: str, founds: list[Found]) -> str | None:
    """What the phrase may be changed into by one click, where it may."""
    return founds[0].phrase.swapped(_words(text, founds[0]))


def swapped(text: str, phrase_key: str) -> str:
    """The text with the phrase changed, from its end, so that the places before stay where they are."""
    for found in reversed(find(text)):
        swap = found.phrase.swapped(text[found.start : found.end])
        if found.phrase.key == phrase_key and swap:
            text = text[: found.start] + swap + text[found.end :]
    return text


def _words(text: str, found: Found) -> str:
    return " ".join(text[found.start : found.end].split())


def _prompt(draft: Draft, question: Question, place: Place, text: str, founds: list[Found]) -> None:
    say(text, founds)
    phrase = founds[0].phrase
    key = f"{keeping.widget_key(draft, place)}-{phrase.key}"
    with st.container(horizontal=True, gap="small", key=f"dealt_with_{key}"):
        if swap := swap_of(text, founds):
            st.button(
                paragraphs(f"Write “{swap}”"),
                key=f"swap_{key}",
                on_click=_swap,
                args=(draft, question, place, phrase.key),
            )
        st.button(
            paragraphs(f"Keep my words: “{_words(text, founds[0])}”"),
            key=f"keep_{key}",
            on_click=_keep,
            args=(draft, place, phrase.key),
        )


def _where(text: str, found: Found) -> str:
    before, after = text[max(0, found.start - AROUND) : found.start], text[found.end : found.end + AROUND]
    if found.start > AROUND:
        before = "…" + before.split(" ", 1)[-1]
    if found.end + AROUND < len(text):
        after = after.rsplit(" ", 1)[0] + "…"
    return f"{as_html(before)}<mark>{as_html(text[found.start : found.end])}</mark>{as_html(after)}"


def _keep(draft: Draft, place: Place, phrase_key: str) -> None:
    """Where it cannot be noted, the words stay pointed at, and nothing else is lost."""
    try:
        language.keep_words(browser.current_actor(), draft.draft_id, place, phrase_key)
    except (Problems, Refused, Clash):
        return
    draft.kept_words.add((place, phrase_key))


def _swap(draft: Draft, question: Question, place: Place, phrase_key: str) -> None:
    """In the text as it stands on the screen by now."""
    key = keeping.widget_key(draft, place)
    controls.show(question, key, swapped(controls.shown(question, key) or "", phrase_key))
    keeping.keep(draft, question, place)
