"""Keeps what is being typed: a text area commits two seconds after the typing pauses, as a text input does with
`live="2s"`, and the browser asks before leaving while something typed has not been committed.

Call `commit_while_typing()` on a page that has text areas, once for each `place` of it; their own `on_change` then keeps the answer.
"""

from pages.parts.component import component


def commit_while_typing(place: str = "") -> None:
    component("commit_while_typing")(key=f"commit_while_typing {place}".strip(), height=0)
