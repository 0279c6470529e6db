"""What a way is: states with their owners, moves with who may make them and their audit words. Which there are is
`data.ways.pathway` and `data.ways.ways_beside`.
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


COORDINATES = ("coordinator", "operator")
REFERS = ("practitioner", "coordinator", "operator")
