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
    places: dict[str, list[Found]] = {}
    for found in find(shown):
        if (place, found.phrase.key) not in draft.kept_words:
            places.setdefault(found.phrase.key, []).append(found)
    if places:
        key = keeping.widget_key(draft, place)
        with st.container(key=f"words_{key}", gap="small"):
            for founds in list(places.values())[:AT_ONCE]:
                _prompt(draft, question, place, shown, founds)
            if len(places) > AT_ONCE:
                st.html(_more(len(places) - AT_ONCE))


def _prompt(draft: Draft, question: Question, place: Place, text: str, founds: list[Found]) -> None:
    first, phrase = founds[0], founds[0].phrase
    words = " ".join(text[first.start : first.end].split())
    again = f" It stands in {len(founds)} places." if len(founds) > 1 else ""
    st.html(
        f'<div class="words-to-look-at"><p><strong>Words to look at:</strong> {_where(text, first)}{again}</p>'
        f"<p>This {as_html(phrase.why)}.</p><p>Better: {as_html('; '.join(phrase.better))}.</p></div>"
    )
    key = f"{keeping.widget_key(draft, place)}-{phrase.key}"
    with st.container(horizontal=True, gap="small", key=f"dealt_with_{key}"):
        swap = phrase.swapped(words)
        if swap:
            st.button(
                paragraphs(f"Write “{swap}”"),
                key=f"swap_{key}",
                on_click=_swap,
                args=(draft, question, place, phrase.key),
            )
        st.button(
            paragraphs(f"Keep my words: “{words}”"),
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


def _more(many: int) -> str:
    return f'<p class="quiet">{many} more {"phrase" if many == 1 else "phrases"} to look at after these.</p>'


def _keep(draft: Draft, place: Place, phrase_key: str) -> None:
    """Where it cannot be noted, the words stay pointed at, and nothing else is lost."""
    try:
        language.keep_words(browser.current_actor(), draft.draft_id, place, phrase_key)
    except (Problems, Refused, Clash):
        return
    draft.kept_words.add((place, phrase_key))


def _swap(draft: Draft, question: Question, place: Place, phrase_key: str) -> None:
    """In the text as it stands on the screen by now, from its end, so that the places before stay where they are."""
    key = keeping.widget_key(draft, place)
    text = controls.shown(question, key) or ""
    for found in reversed(find(text)):
        swap = found.phrase.swapped(text[found.start : found.end])
        if found.phrase.key == phrase_key and swap:
            text = text[: found.start] + swap + text[found.end :]
    controls.show(question, key, text)
    keeping.keep(draft, question, place)
