"""The ways of what is kept beside the child's own: NRM referrals, people and places of concern, disputes and deletion,
openings in an emergency, the return. As for `data.ways.pathway`, a move that is not here is refused.
"""

from __future__ import annotations

from data.ways import pathway
from data.ways.way import COORDINATES, REFERS, Move, State, Way
from forms.codes import NRM_STAGES

_ANSWERS_FOR = ("coordinator", "manager")

DISPUTE_WAY = Way(
    "dispute",
    states=(
        State("raised", "Raised, not answered yet", "coordinator"),
        State("corrected", "The record was corrected", None),
        State("stands", "The record stands, with this note beside it", None),
    ),
    moves=(
        Move("raise", "Keep the note", None, "raised", (*REFERS, "manager"), "dispute raised"),
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

OWN_COPY_WAY = Way(
    "own_copy",
    states=(
        State("preparing", "Being looked at, line by line", "coordinator"),
        State("to_approve", "Waiting for a second person to approve it", "manager"),
        State("approved", "Approved, and to be sent", "coordinator"),
        State("sent", "Sent", None),
        State("dropped", "No longer asked for", None),
    ),
    moves=(
        Move("begin", "Keep the request", None, "preparing", _ANSWERS_FOR, "own copy begun"),
        Move(
            "ask for approval",
            "Ask a second person to approve it",
            "preparing",
            "to_approve",
            _ANSWERS_FOR,
            "own copy sent for approval",
        ),
        Move("drop", "Drop the request", "preparing", "dropped", _ANSWERS_FOR, "own copy dropped", True),
        Move("approve", "Approve the copy", "to_approve", "approved", _ANSWERS_FOR, "own copy approved"),
        Move(
            "send back", "Send it back", "to_approve", "preparing", _ANSWERS_FOR, "own copy sent back", True
        ),
        Move(
            "send back", "Look at it again", "approved", "preparing", _ANSWERS_FOR, "own copy sent back", True
        ),
        Move("send", "It was sent", "approved", "sent", _ANSWERS_FOR, "own copy sent"),
    ),
)
"""standing_firm.md 15: who prepared the copy is not who approves it."""

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
            COORDINATES,
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
        Move("add", "Add record", None, "open", REFERS, "concern added"),
        Move("close", "Close", "open", "closed", COORDINATES, "concern closed", True),
        Move("open again", "Open again", "closed", "open", COORDINATES, "concern opened again", True),
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
        Move("nominate", "Send nomination", None, "nominated", REFERS, "nomination sent"),
        Move("accept", "Accept", "nominated", "accepted", COORDINATES, "nomination accepted"),
        Move("decline", "Decline", "nominated", "declined", COORDINATES, "nomination declined", True),
        Move("feed back", "Feed back", "accepted", "fed_back", COORDINATES, "nomination fed back"),
        Move("feed back", "Feed back", "declined", "fed_back", COORDINATES, "nomination fed back"),
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

WAYS = (
    *(way for way in vars(pathway).values() if isinstance(way, Way)),
    *(way for way in list(globals().values()) if isinstance(way, Way)),
)
"""All there are."""
