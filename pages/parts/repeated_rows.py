"""Questions that are answered once per row, as often as needed: add a row, take one out, put it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.answers.drafts import ROW
from forms.form import RepeatedRows
from pages.parts import keeping
from pages.parts.asking import PROBLEM_ABOVE, Asking, ask_all, guidance
from pages.parts.controls import SENSITIVE, called
from pages.parts.words import as_html, beginning, paragraphs, with_article


def ask_rows(asking: Asking, rows: RepeatedRows) -> None:
    draft = asking.draft
    problem = asking.problem_at(("", "", rows.key))
    hints = [rows.help, SENSITIVE if rows.sensitive else "", problem or ""]
    said = "".join(f"<p>{as_html(words)}</p>" for words in (called(rows), *hints) if words)
    with st.container(key=keeping.widget_key(draft, ("", "", rows.key)), gap="small"):
        st.html(f'<div class="rows">{said}</div>')
        if problem:
            st.html(PROBLEM_ABOVE)
        if rows.prompts:
            guidance("Guidance for these questions", rows.prompts)
        there = draft.row_ids(rows.key)
        for number, row_id in enumerate(there, 1):
            _ask_row(asking, rows, row_id, f"{beginning(rows.row_name)} {number}")
        _offer_to_put_back(asking, rows)
        words = f"Add another {rows.row_name}" if there else f"Add {with_article(rows.row_name)}"
        st.button(
            paragraphs(words),
            key=f"add_{draft.draft_id}_{rows.key}",
            on_click=keeping.add_row,
            args=(draft, rows),
        )


def _ask_row(asking: Asking, rows: RepeatedRows, row_id: str, name: str) -> None:
    draft = asking.draft
    with st.container(border=True, key=f"row_{draft.draft_id}_{row_id}"):
        st.html(f'<h3 class="row-name">{as_html(name)}</h3>')
        read: Mapping[str, Any] = next(
            (r for r in asking.answers.get(rows.key, ()) if r.get("row_id") == row_id), {}
        )
        ask_all(asking, rows.questions, {**asking.answers, **read}, rows.key, row_id)
        st.button(
            paragraphs(f"Take out {name[:1].lower()}{name[1:]}"),
            key=f"take_out_{draft.draft_id}_{row_id}",
            type="tertiary",
            on_click=_take_out,
            args=(asking, rows, row_id),
        )


def _take_out(asking: Asking, rows: RepeatedRows, row_id: str) -> None:
    keeping.take_out_row(asking.draft, rows, row_id)
    st.session_state[_last_out(asking, rows)] = row_id


def _offer_to_put_back(asking: Asking, rows: RepeatedRows) -> None:
    row_id = st.session_state.get(_last_out(asking, rows))
    out = asking.draft.saved.get((rows.key, row_id, ROW)) if row_id else None
    if row_id and out and out.typed is False:
        st.html(
            f'<p class="quiet">You took out {as_html(with_article(rows.row_name))}. It stays in the history.</p>'
        )
        st.button(
            "Put it back",
            key=f"put_back_{row_id}",
            on_click=keeping.put_back_row,
            args=(asking.draft, rows, row_id),
        )


def _last_out(asking: Asking, rows: RepeatedRows) -> str:
    return f"taken out {asking.draft.draft_id} {rows.key}"
