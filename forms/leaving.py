"""How a child leaves the meeting's oversight without a meeting: by exception, agreed with the area's lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.codes import CLOSURE_REASONS
from forms.form import Form, Rule, Section
from forms.kinds import Date, LongText, OneOf, Text, YesNo
from forms.open_actions import are_decided_on, asked_on_leaving
from forms.pathway_dates import turned_18_before

_closure_reason = OneOf(
    "closure_reason",
    "Why does the child leave the meeting's oversight?",
    options=CLOSURE_REASONS,
    required=True,
    missing="Select why the child leaves",
)
_agreed_on = Date(
    "agreed_on",
    "When was it agreed?",
    may_be_future=False,
    required=True,
    missing="Enter when it was agreed",
)
_closed_on = Date(
    "closed_on",
    "The child leaves on",
    may_be_future=False,
    required=True,
    missing="Enter the day the child leaves",
)

_open_actions, _why_they_end = asked_on_leaving(since=2)


def _agreed_before_leaving(answers: Mapping[str, Any], _: Mapping[str, Any]) -> str | None:
    agreed, closed = answers.get("agreed_on"), answers.get("closed_on")
    if agreed is None or closed is None or agreed <= closed:
        return None
    return "The child leaves on or after the day it was agreed"


def _turned_18(answers: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    return turned_18_before(
        answers.get("closure_reason"), about.get("date_of_birth"), answers.get("closed_on")
    )


EXCEPTION = Form(
    "exception",
    "Close by exception",
    version=2,
    source="pathway.md 5; Pan-Merseyside protocol, process map",
    final_button="Close by exception",
    sections=(
        Section(
            "exception",
            "The exception",
            questions=(
                _closure_reason,
                LongText(
                    "closure_note",
                    "Why can this not wait for the next meeting?",
                    required=True,
                    missing="Enter why this cannot wait for the next meeting",
                ),
                Text(
                    "agreed_by",
                    "Who agreed to it for the area's child exploitation lead?",
                    required=True,
                    missing="Enter the name of the person who agreed to it",
                ),
                Text("agreed_role", "Their role", required=True, missing="Enter their role"),
                _agreed_on,
                _closed_on,
                YesNo(
                    "flags_removed",
                    "Are the exploitation flags removed?",
                    help="Only when there are no concerns about exploitation. Otherwise they stay, and are reviewed.",
                    required=True,
                    missing="Select whether the exploitation flags are removed",
                ),
                _open_actions,
                _why_they_end,
            ),
        ),
    ),
    rules=(
        Rule(_closed_on, _agreed_before_leaving),
        Rule(_closure_reason, _turned_18),
        Rule(_open_actions, are_decided_on),
    ),
)
