"""What becomes of the actions that are still open when a child leaves the meeting's oversight: asked wherever one leaves.

Source: meeting.md, "Open actions are asked about when a child leaves".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.conditions import Condition
from forms.kinds import LongText, OneOf
from forms.kinds.one_of import Options

GO_ON, END = "go_on", "end"
BECOMES: Options = (
    (GO_ON, "They go on, each with its owner"),
    (END, "They end when the child leaves"),
)
ABOUT = "open_actions"
"""Among what a form is about: how many actions are open."""


def asked_on_leaving(*, since: int, asked_if: Condition | None = None) -> tuple[OneOf, LongText]:
    """The question, and why they end. They are the same wherever a child leaves, and belong to the form that asks."""
    becomes = OneOf(
        "open_actions",
        "What becomes of the actions that are still open?",
        options=BECOMES,
        help="Leave it empty when none is open. Actions set at this meeting go on.",
        asked_if=asked_if,
        since=since,
    )
    why = LongText(
        "open_actions_reason",
        "Why do the open actions end?",
        asked_if=becomes.is_(END),
        required=True,
        missing="Enter why the open actions end",
        since=since,
    )
    return becomes, why


def are_decided_on(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    many = about.get(ABOUT) or 0
    if not many or answers.get("open_actions"):
        return None
    return f"Select what becomes of {'the action that is' if many == 1 else f'the {many} actions that are'} still open"
