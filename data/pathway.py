"""The child's way as tables: every state with its owner, every move with who may make it and its audit word.

A move that is not here is refused, whatever a screen does. Source: pathway.md 2–8.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.refusal import Problems, Refused


@dataclass(frozen=True)
class State:
    key: str
    words: str
    owner: str | None
    """The role that must act next; None where the way ends."""


@dataclass(frozen=True)
class Move:
    name: str
    words: str
    start: str | None
    end: str
    roles: tuple[str, ...]
    audit: str
    needs_reason: bool = False


@dataclass(frozen=True)
class Way:
    of: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    def state(self, key: str) -> State:
        return next(state for state in self.states if state.key == key)

    def moves_from(self, key: str | None, role: str) -> list[Move]:
        return [move for move in self.moves if move.start == key and role in move.roles]

    def move(self, name: str, start: str | None, role: str, reason: str | None = None) -> Move:
        """The move, if it may be made. Raises `Problems` (not from here, no reason) or `Refused` (not by you)."""
        fitting = [move for move in self.moves if move.name == name and move.start == start]
        if not fitting:
            standing = self.state(start).words.lower() if start else "not there yet"
            raise Problems(
                f"This {self.of} is {standing}, so this can no longer be done. Open it again to see it."
            )
        if role not in fitting[0].roles:
            raise Refused("Your role does not allow this.", f"{self.of}: {name}")
        if fitting[0].needs_reason and not (reason or "").strip():
            raise Problems("Enter the reason")
        return fitting[0]


_COORDINATES = ("coordinator", "operator")
_REFERS = ("practitioner", "coordinator", "operator")

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
        Move("send", "Send referral", None, "submitted", _REFERS, "referral sent"),
        Move(
            "send for sign-off",
            "Send referral",
            None,
            "awaiting_sign_off",
            _REFERS,
            "referral sent for sign-off",
        ),
        Move("sign off", "Sign off", "awaiting_sign_off", "submitted", ("manager",), "referral signed off"),
        Move("return", "Return", "awaiting_sign_off", "returned", ("manager",), "referral returned", True),
        Move("accept", "Accept", "submitted", "accepted", _COORDINATES, "referral accepted"),
        Move("return", "Return", "submitted", "returned", _COORDINATES, "referral returned", True),
        Move("decline", "Decline", "submitted", "declined", _COORDINATES, "referral declined", True),
        Move("send", "Send again", "returned", "submitted", _REFERS, "referral sent again"),
        Move(
            "send for sign-off",
            "Send again",
            "returned",
            "awaiting_sign_off",
            _REFERS,
            "referral sent again for sign-off",
        ),
        Move("decline", "Decline", "returned", "declined", _COORDINATES, "referral declined", True),
    ),
)

EPISODE_WAY = Way(
    "episode",
    states=(
        State("open", "In the meeting's oversight", "coordinator"),
        State("closed", "Closed", None),
    ),
    moves=(
        Move("open", "Open", None, "open", _COORDINATES, "episode opened"),
        Move("close", "Close", "open", "closed", _COORDINATES, "episode closed", True),
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
        Move("set", "Set", None, "ongoing", _COORDINATES, "action set"),
        Move("complete", "Complete", "ongoing", "completed", _REFERS, "action completed"),
        Move("give up", "Not achieved", "ongoing", "not_achieved", _REFERS, "action not achieved", True),
    ),
)

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
        Move("plan", "Plan meeting", None, "planned", _COORDINATES, "meeting planned"),
        Move("send papers", "Send papers out", "planned", "papers_out", _COORDINATES, "papers sent out"),
        Move("hold", "Meeting was held", "papers_out", "held", _COORDINATES, "meeting held"),
        Move("agree", "Minutes are agreed", "held", "agreed", _COORDINATES, "minutes agreed"),
        Move("cancel", "Cancel meeting", "planned", "cancelled", _COORDINATES, "meeting cancelled", True),
        Move("cancel", "Cancel meeting", "papers_out", "cancelled", _COORDINATES, "meeting cancelled", True),
    ),
)
"""Members reach the children on the agenda while the papers are out and until the minutes are agreed."""

OPENING_WAY = Way(
    "opening",
    states=(
        State("to_review", "To be reviewed", "manager"),
        State("appropriate", "Reviewed: appropriate", None),
        State("not_appropriate", "Reviewed: not appropriate", None),
    ),
    moves=(
        Move(
            "open",
            "Open the record",
            None,
            "to_review",
            ("practitioner", "coordinator", "manager"),
            "record opened in an emergency",
        ),
        Move(
            "appropriate",
            "Appropriate",
            "to_review",
            "appropriate",
            ("manager",),
            "emergency opening found appropriate",
            True,
        ),
        Move(
            "not_appropriate",
            "Not appropriate",
            "to_review",
            "not_appropriate",
            ("manager",),
            "emergency opening found not appropriate",
            True,
        ),
    ),
)
"""A record opened by somebody whose work the child was not (access.md, break glass). No move takes it away."""

WAYS = (REFERRAL_WAY, EPISODE_WAY, ACTION_WAY, MEETING_WAY, OPENING_WAY)
