"""What was typed and is not saved yet. It stays for as long as the page's session does: while one moves about, when a sign-in
ends or a role changes. Nothing here leaves the session: somebody else who signs in at this browser begins another one.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from forms.question import Typed
from pages.parts.words import as_html


@dataclass(frozen=True)
class Kept:
    label: str
    typed: Typed
    words: str
    """As people read it."""


def _all() -> dict[str, Kept]:
    found: dict[str, Kept] = st.session_state.setdefault("kept_words", {})
    return found


def keep(key: str, label: str, typed: Typed, words: str | None = None) -> None:
    """`key`: of the control in which it was typed."""
    _all()[key] = Kept(label, typed, str(typed or "") if words is None else words)


def forget(key: str) -> None:
    _all().pop(key, None)


def forget_those_of(beginning: str) -> None:
    """Of every control whose key begins so."""
    for key in [key for key in _all() if key.startswith(beginning)]:
        forget(key)


def has(key: str) -> bool:
    return key in _all()


def typed_at(key: str, otherwise: Typed) -> Typed:
    kept = _all().get(key)
    return kept.typed if kept else otherwise


def show() -> None:
    """All of it, to be read and copied where the page it was typed on cannot be shown."""
    kept = [one for one in _all().values() if one.words]
    if not kept:
        return
    st.header("What you typed and is not saved yet", anchor=False)
    st.text("It is still here. Go on with it where you were, or copy what you need.")
    said = "".join(f"<div><dt>{as_html(one.label)}</dt><dd>{as_html(one.words)}</dd></div>" for one in kept)
    st.html(f'<dl class="facts-list kept-words">{said}</dl>')
