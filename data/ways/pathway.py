"""The child's way as tables: every state with its owner, every move with who may make it and its audit word.

A move that is not here is refused, whatever a screen does. Source: pathway.md 2–8.
"""

from __future__ import annotations

from data.ways.way import COORDINATES, REFERS, Move, State, Way

_TAKES_ACTIONS = ("practitioner", "meeting_member", "coordinator", "operator")

REFERRAL_WAY = Way(
    "referral",
    states=(
        State("awaiting_sign_off", "Waiting for the agency's manager", "manager"),
        State("submitted", "Waiting for the coordinator", "coordinator"),
        State("returned", "Returned for more information", "practitioner"),
        State("accepted", "Accepted", None),
        State("declined", "Declined", None),
    ),
    moves=(
        Move("send", "Send referral", None, "submitted", REFERS, "referral sent"),
        Move(
            "send for sign-off",
            "Send referral",
            None,
            "awaiting_sign_off",
            REFERS,
            "referral sent for sign-off",
        ),
        Move("sign off", "Sign off", "awaiting_sign_off", "submitted", ("manager",), "referral signed off"),
        Move(
            "go on",
            "Let it go on without sign-off",
            "awaiting_sign_off",
            "submitted",
            COORDINATES,
            "referral went on without sign-off",
            True,
        ),
        Move(
            "free",
            "Sign-off is no longer asked for",
            "awaiting_sign_off",
            "submitted",
            ("operator",),  # the tool itself, when the setting is changed
            "referral no longer waits for sign-off",
        ),
        Move("return", "Return", "awaiting_sign_off", "returned", ("manager",), "referral returned", True),
        Move("accept", "Accept", "submitted", "accepted", COORDINATES, "referral accepted"),
        Move("return", "Return", "submitted", "returned", COORDINATES, "referral returned", True),
        Move("decline", "Decline", "submitted", "declined", COORDINATES, "referral declined", True),
        Move("send", "Send again", "returned", "submitted", REFERS, "referral sent again"),
        Move(
            "send for sign-off",
            "Send again",
            "returned",
            "awaiting_sign_off",
            REFERS,
            "referral sent again for sign-off",
        ),
        Move("decline", "Decline", "returned", "declined", COORDINATES, "referral declined", True),
    ),
)

EPISODE_WAY = Way(
    "episode",
    states=(
        State("open", "In the meeting's oversight", "coordinator"),
        State("closed", "Closed", None),
    ),
    moves=(
        Move("open", "Open", None, "open", COORDINATES, "episode opened"),
        Move("close", "Close", "open", "closed", COORDINATES, "episode closed", True),
        Move(
            "close by exception",
            "Close by exception",
            "open",
            "closed",
            COORDINATES,
            "episode closed by exception",
            True,
        ),
    ),
)

ACTION_WAY = Way(
    "action",
    states=(
        State("ongoing", "Ongoing", "practitioner"),
        State("completed", "Completed", None),
        State("not_achieved", "Not achieved", None),
    ),
    moves=(
        Move("set", "Set", None, "ongoing", COORDINATES, "action set"),
        Move("assign", "Give to a person", "ongoing", "ongoing", COORDINATES, "action given to a person"),
        Move("take back", "Take back", "ongoing", "ongoing", COORDINATES, "action taken back", True),
        Move("complete", "Complete", "ongoing", "completed", _TAKES_ACTIONS, "action completed"),
        Move(
            "give up", "Not achieved", "ongoing", "not_achieved", _TAKES_ACTIONS, "action not achieved", True
        ),
        Move("carry over", "Carry over", "ongoing", "ongoing", _TAKES_ACTIONS, "action carried over", True),
    ),
)

FLAG_WAY = Way(
    "flag",
    states=(
        State("placed", "Placed", "coordinator"),
        State("removed", "Removed, on police systems until it expires", "coordinator"),
        State("taken_off", "Removed", None),
        State("expired", "Expired on police systems", None),
    ),
    moves=(
        Move("place", "Record a flag", None, "placed", COORDINATES, "flag placed"),
        Move("keep", "Keep the flag", "placed", "placed", COORDINATES, "flag kept", True),
        Move("remove", "Remove the flag", "placed", "removed", COORDINATES, "flag removed", True),
        Move("take off", "Remove the flag", "placed", "taken_off", COORDINATES, "flag taken off", True),
        Move("expire", "Record as expired", "removed", "expired", COORDINATES, "flag expired"),
    ),
)
"""A flag on the police's systems is `removed` and stays there six months more; any other is `taken_off` at once."""

MEETING_WAY = Way(
    "meeting",
    states=(
        State("planned", "Planned", "coordinator"),
        State("papers_out", "Papers out", "coordinator"),
        State("held", "Held, minutes not agreed yet", "coordinator"),
        State("agreed", "Minutes agreed", None),
        State("cancelled", "Cancelled", None),
    ),
    moves=(
        Move("plan", "Plan meeting", None, "planned", COORDINATES, "meeting planned"),
        Move("send papers", "Send papers out", "planned", "papers_out", COORDINATES, "papers sent out"),
        Move("hold", "Meeting was held", "papers_out", "held", COORDINATES, "meeting held"),
        Move("agree", "Minutes are agreed", "held", "agreed", COORDINATES, "minutes agreed"),
        Move("cancel", "Cancel meeting", "planned", "cancelled", COORDINATES, "meeting cancelled", True),
        Move("cancel", "Cancel meeting", "papers_out", "cancelled", COORDINATES, "meeting cancelled", True),
    ),
)
"""Members reach the children on the agenda while the papers are out and until the minutes are agreed."""

_CHAIRS = ("coordinator", "manager", "practitioner", "meeting_member", "operator")

MINUTES_WAY = Way(
    "minutes_version",
    states=(
        State("correcting", "Being corrected", "coordinator"),
        State("agreed", "Agreed, waiting for the chairs to sign", "coordinator"),
        State("replaced", "Replaced before all chairs had signed", None),
        State("signed", "Signed and locked", None),
    ),
    moves=(
        Move("agree", "Minutes are agreed", None, "agreed", COORDINATES, "minutes version agreed"),
        Move("sign", "Sign the minutes", "agreed", "signed", _CHAIRS, "minutes locked"),
        Move("replace", "Replace", "agreed", "replaced", COORDINATES, "minutes version replaced"),
        Move(
            "correct",
            "Correct the minutes",
            None,
            "correcting",
            COORDINATES,
            "minutes correction begun",
            True,
        ),
        Move(
            "agree",
            "The corrected minutes are agreed",
            "correcting",
            "agreed",
            COORDINATES,
            "corrected minutes agreed",
        ),
    ),
)
"""One version of a meeting's minutes. It is frozen when it is agreed; a correction is another version, with its reason.
Who of the chairs may sign is in `data.access.rule`; the last signature makes the move."""
