"""Free text outside the drafts of forms: reasons, what agencies hold, narratives, short forms. Beneath it the words that
blame a child are pointed at as they are typed (pathway.md, Appendix B).

No draft stands behind it, so whether words are changed or kept is counted nowhere. Saving waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import streamlit as st

from pages.parts import child_heading, controls, kept_words, language, typing
from pages.parts.words import paragraphs


def several_lines(
    label: str,
    key: str,
    *,
    under: str = "",
    value: str | None = "",
    help: str | None = None,
    height: Literal["content"] | None = None,
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> str:
    """`st.text_area` in plain words, with what there is to look at beneath. `under`: said beneath the label."""
    begun = controls.start(key, str(kept_words.typed_at(key, value) or ""))
    text = st.text_area(
        paragraphs(label, under), begun, key=key, help=help, height=height, on_change=on_change, args=args
    )
    if (text or "") == (value or ""):
        kept_words.forget(key)
    else:
        kept_words.keep(key, label, text)
    if st.session_state.get(child_heading.POINTS_AT_ADDRESSES):
        language.warn_of_address(text or "")
    look_at(text, key, partial(on_change, *args) if on_change else None)
    typing.commit_while_typing(key)
    return text or ""


def look_at(text: str | None, key: str, then: Callable[[], None] | None = None) -> None:
    """Point at the words in what the text control of this key shows; `then` follows once they are changed."""
    language.say_unseen(text)
    found = language.by_phrase(text or "")
    if not text or not found:
        return
    with st.container(key=f"words_{key}", gap="small"):
        for phrase_key, founds in list(found.items())[: language.AT_ONCE]:
            language.say(text, founds)
            if swap := language.swap_of(text, founds):
                st.button(
                    paragraphs(f"Write “{swap}”"),
                    key=f"swap_{key}-{phrase_key}",
                    on_click=_swap,
                    args=(key, phrase_key, then),
                )
        language.say_more(len(found) - language.AT_ONCE)


def _swap(key: str, phrase_key: str, then: Callable[[], None] | None) -> None:
    st.session_state[key] = language.swapped(st.session_state.get(key) or "", phrase_key)
    if then:
        then()
