"""The child's way as tables: every state with its owner, every move with who may make it and its audit word.

A move that is not here is refused, whatever a screen does. Source: pathway.md 2–8.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.refusal import Problems, Refused
from forms.codes import NRM_STAGES


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
        named = [move for move in self.moves if move.name == name]
        if named and not any(role in move.roles for move in named):
            raise Refused("Your role does not allow this.", f"{self.of}: {name}")
        fitting = [move for move in named if move.start == start]
        if not fitting:
            standing = self.state(start).words.lower() if start else "not there yet"
            raise Problems(
                f"This {self.of.replace('_', ' ')} is {standing}, so this can no longer be done. Open it again to see it."
            )
        if role not in fitting[0].roles:
            raise Refused("Your role does not allow this.", f"{self.of}: {name}")
        if fitting[0].needs_reason and not (reason or "").strip():
            raise Problems("Enter the reason")
        return fitting[0]


_COORDINATES = ("coordinator", "operator")
_REFERS = ("practitioner", "coordinator", "operator")
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
        Move(
            "close by exception",
            "Close by exception",
            "open",
            "closed",
            _COORDINATES,
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
        Move("set", "Set", None, "ongoing", _COORDINATES, "action set"),
        Move("assign", "Give to a person", "ongoing", "ongoing", _COORDINATES, "action given to a person"),
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
        Move("place", "Record a flag", None, "placed", _COORDINATES, "flag placed"),
        Move("keep", "Keep the flag", "placed", "placed", _COORDINATES, "flag kept", True),
        Move("remove", "Remove the flag", "placed", "removed", _COORDINATES, "flag removed", True),
        Move("take off", "Remove the flag", "placed", "taken_off", _COORDINATES, "flag taken off", True),
        Move("expire", "Record as expired", "removed", "expired", _COORDINATES, "flag expired"),
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
        Move("plan", "Plan meeting", None, "planned", _COORDINATES, "meeting planned"),
        Move("send papers", "Send papers out", "planned", "papers_out", _COORDINATES, "papers sent out"),
        Move("hold", "Meeting was held", "papers_out", "held", _COORDINATES, "meeting held"),
        Move("agree", "Minutes are agreed", "held", "agreed", _COORDINATES, "minutes agreed"),
        Move("cancel", "Cancel meeting", "planned", "cancelled", _COORDINATES, "meeting cancelled", True),
        Move("cancel", "Cancel meeting", "papers_out", "cancelled", _COORDINATES, "meeting cancelled", True),
    ),
)
"""Members reach the children on the agenda while the papers are out and until the minutes are agreed."""

_ANSWERS_FOR = ("coordinator", "manager")

DISPUTE_WAY = Way(
    "dispute",
    states=(
        State("raised", "Raised, not answered yet", "coordinator"),
        State("corrected", "The record was corrected", None),
        State("stands", "The record stands, with this note beside it", None),
    ),
    moves=(
        Move("raise", "Keep the note", None, "raised", (*_REFERS, "manager"), "dispute raised"),
        Move(
            "correct",
            "The record was corrected",
            "raised",
            "corrected",
            _ANSWERS_FOR,
            "dispute answered",
            True,
        ),
        Move("let stand", "The record stands", "raised", "stands", _ANSWERS_FOR, "dispute answered", True),
    ),
)

DELETION_WAY = Way(
    "deletion",
    states=(
        State("asked", "Asked for, and waiting for a second person", "manager"),
        State("carried_out", "Carried out", None),
        State("withdrawn", "Withdrawn", None),
        State("refused", "Refused", None),
    ),
    moves=(
        Move("ask", "Ask for deletion", None, "asked", ("coordinator",), "deletion asked for", True),
        Move(
            "carry out",
            "Delete the record for ever",
            "asked",
            "carried_out",
            ("manager",),
            "deletion carried out",
        ),
        Move("withdraw", "Withdraw", "asked", "withdrawn", ("coordinator",), "deletion withdrawn"),
        Move("refuse", "Refuse", "asked", "refused", ("manager",), "deletion refused", True),
    ),
)
"""access.md: a deliberate, audited act of two people: the coordinator asks, a manager of the area carries out."""

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
        Move("agree", "Minutes are agreed", None, "agreed", _COORDINATES, "minutes version agreed"),
        Move("sign", "Sign the minutes", "agreed", "signed", _CHAIRS, "minutes locked"),
        Move("replace", "Replace", "agreed", "replaced", _COORDINATES, "minutes version replaced"),
        Move(
            "correct",
            "Correct the minutes",
            None,
            "correcting",
            _COORDINATES,
            "minutes correction begun",
            True,
        ),
        Move(
            "agree",
            "The corrected minutes are agreed",
            "correcting",
            "agreed",
            _COORDINATES,
            "corrected minutes agreed",
        ),
    ),
)
"""One version of a meeting's minutes. It is frozen when it is agreed; a correction is another version, with its reason.
Who of the chairs may sign is in `data.access`; the last signature makes the move."""

_NRM_ORDER = [key for key, _ in NRM_STAGES]
_NRM_DECIDED = ("conclusive", "negative")

NRM_WAY = Way(
    "nrm",
    states=tuple(State(key, words, "coordinator") for key, words in NRM_STAGES),
    moves=tuple(
        Move(
            f"to {end}",
            words,
            start,
            end,
            _COORDINATES,
            f"nrm: {words.lower()}",
            needs_reason=start is not None
            and (start in _NRM_DECIDED or _NRM_ORDER.index(end) < _NRM_ORDER.index(start)),
        )
        for start in (None, *_NRM_ORDER)
        for end, words in NRM_STAGES
        if end != start
    ),
)
"""A stage is never chosen: it follows from what is recorded (`forms.nrm.stage`). Going back, and away from a decision,
needs its reason. None ends the way: after the last decision there is the child to be told, support, and the court."""

CONCERN_WAY = Way(
    "concern",
    states=(State("open", "Open", "coordinator"), State("closed", "Closed", "coordinator")),
    moves=(
        Move("add", "Add record", None, "open", _REFERS, "concern added"),
        Move("close", "Close", "open", "closed", _COORDINATES, "concern closed", True),
        Move("open again", "Open again", "closed", "open", _COORDINATES, "concern opened again", True),
    ),
)
"""A person, group, place or issue of concern. A closed one is opened again when something new is known."""

NOMINATION_WAY = Way(
    "nomination",
    states=(
        State("nominated", "Nominated", "coordinator"),
        State("accepted", "Accepted, feedback waited for", "coordinator"),
        State("declined", "Declined, feedback waited for", "coordinator"),
        State("fed_back", "Fed back to the meeting", None),
    ),
    moves=(
        Move("nominate", "Send nomination", None, "nominated", _REFERS, "nomination sent"),
        Move("accept", "Accept", "nominated", "accepted", _COORDINATES, "nomination accepted"),
        Move("decline", "Decline", "nominated", "declined", _COORDINATES, "nomination declined", True),
        Move("feed back", "Feed back", "accepted", "fed_back", _COORDINATES, "nomination fed back"),
        Move("feed back", "Feed back", "declined", "fed_back", _COORDINATES, "nomination fed back"),
    ),
)
"""To MARTHR, whose decisions the coordinator records. A new round is a new nomination."""

_LEADS = ("partnership_lead",)

RETURN_WAY = Way(
    "return",
    states=(
        State("locked", "Locked", "partnership_lead"),
        State("correcting", "Being corrected", "partnership_lead"),
    ),
    moves=(
        Move("lock", "Lock the return", None, "locked", _LEADS, "return locked"),
        Move("correct", "Correct it", "locked", "correcting", _LEADS, "return correction begun", True),
        Move("lock", "Lock the correction", "correcting", "locked", _LEADS, "return correction locked"),
        Move("drop", "Drop the correction", "correcting", "locked", _LEADS, "return correction dropped"),
    ),
)
"""Before its first lock a return is a draft, made anew from the records each time it is looked at, and no record itself."""

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

WAYS = tuple(way for way in list(globals().values()) if isinstance(way, Way))
