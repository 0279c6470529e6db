"""The chairs sign a version of a meeting's minutes, and the last signature locks it; a correction begins another version.

Every version stays readable, with its reason and its signatures. Source: pathway.md 4 and "The people".
"""

from __future__ import annotations

from dataclasses import dataclass

from data.access.meeting import can_sign_minutes, check_can_sign_minutes
from data.actor import Actor, Reading
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import MINUTES_SIGNATURE, MINUTES_VERSION
from data.meeting.chairs import Chair, chairs_of
from data.meeting.meeting_keeping import found, meeting_to_run, on_the_agenda
from data.meeting.minutes_freezing import begin_version, freeze, frozen_in, versions
from data.refusal import Problems
from data.trail.views import note_view
from data.ways.pathway import MINUTES_WAY


@dataclass(frozen=True)
class Version:
    row: Row
    """minutes_version_id, version, state, reason, recorded_at."""
    signatures: tuple[Row, ...]
    """chair, name, how (of a signature on paper), recorded_at."""
    children: tuple[Row, ...]
    """item_id, child_id, name, went_on_reason, and of each what the version holds: minutes_id, minutes_revision; of a
    version being corrected, what the one before it holds."""


@dataclass(frozen=True)
class Signing:
    meeting: Row
    versions: tuple[Version, ...]
    """The first first."""
    to_sign: tuple[Chair, ...]
    """Chairs who have not signed the latest version."""
    mine: tuple[str, ...]
    """Of these, whom this account may sign for: for itself, or for a chair without an account."""

    @property
    def latest(self) -> Version | None:
        return self.versions[-1] if self.versions else None


def signing(actor: Actor, meeting_id: str) -> Signing:
    """Every version, who signed it, and who has still to sign. The view is audited."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        note_view(work, "meeting minutes viewed", None, meeting_id)
        items, held = on_the_agenda(work, meeting_id), []
        there: dict[str, Row] = {}
        for row in versions(work, meeting_id):
            there = frozen_in(work, row["minutes_version_id"]) or there
            children = tuple({**item, **there.get(item["item_id"], _NOTHING)} for item in items)
            held.append(Version(row, tuple(_signatures(work, row)), children))
        waiting: tuple[Chair, ...] = ()
        if held and held[-1].row["state"] == "agreed":
            signed = {signature["chair"] for signature in held[-1].signatures}
            waiting = tuple(chair for chair in chairs_of(work, meeting) if chair.key not in signed)
        mine = tuple(chair.key for chair in waiting if can_sign_minutes(work, meeting, chair.account_id))
        return Signing(meeting, tuple(held), waiting, mine)


def sign(actor: Actor, meeting_id: str, chair: str, how: str = "") -> None:
    """Sign as the chair named; for a chair known by name only the coordinator says how they signed."""
    with actor.writing() as work:
        meeting = found(work, meeting_id)
        signs = next((one for one in chairs_of(work, meeting) if one.key == chair), None)
        if signs is None:
            raise Problems("This partnership's meeting has no such chair")
        check_can_sign_minutes(work, meeting, signs.account_id)
        version = _latest(work, meeting_id)
        move = MINUTES_WAY.move("sign", version["state"], work.account.role)
        signed = {row["chair"] for row in _signatures(work, version)}
        if chair in signed:
            raise Problems("This chair has signed already")
        if not signs.name:
            raise Problems("Name the chair first, on the page of the meeting")
        if not signs.account_id and not how.strip():
            raise Problems("Enter how the chair signed, such as “on paper, 3 May”")
        signature_id = f"{version['minutes_version_id']}:{chair}"
        work.save(
            MINUTES_SIGNATURE,
            {
                "signature_id": signature_id, "minutes_version_id": version["minutes_version_id"],
                "chair": chair, "name": signs.name, "account_id": signs.account_id,
                "how": how.strip() or None,
            },
            Event("minutes signed", None, signature_id),
        )  # fmt: skip
        if signed | {chair} >= {one.key for one in chairs_of(work, meeting)}:
            work.save(
                MINUTES_VERSION,
                {"minutes_version_id": version["minutes_version_id"], "state": move.end},
                Event(move.audit, None, version["minutes_version_id"]),
            )


def correct(actor: Actor, meeting_id: str, reason: str) -> None:
    """Begin the next version. The one before it stays as it was signed, or as it was when not all had signed."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, "agreed")
        standing = _latest(work, meeting_id)
        if standing["state"] == "correcting":
            raise Problems("These minutes are being corrected already")
        if not reason.strip():
            raise Problems("Enter why the minutes are corrected")
        if standing["state"] == "agreed":
            move = MINUTES_WAY.move("replace", "agreed", work.account.role)
            work.save(
                MINUTES_VERSION,
                {"minutes_version_id": standing["minutes_version_id"], "state": move.end},
                Event(move.audit, None, standing["minutes_version_id"]),
            )
        begin_version(work, meeting, "correct", reason.strip())


def agree_correction(actor: Actor, meeting_id: str) -> None:
    """The corrected version is agreed: frozen as the minutes stand now, and the chairs sign anew."""
    with actor.writing() as work:
        meeting = meeting_to_run(work, meeting_id, "agreed")
        version = _latest(work, meeting_id)
        move = MINUTES_WAY.move("agree", version["state"], work.account.role)
        work.save(
            MINUTES_VERSION,
            {"minutes_version_id": version["minutes_version_id"], "state": move.end},
            Event(move.audit, None, version["minutes_version_id"]),
        )
        freeze(work, version, meeting, on_the_agenda(work, meeting_id))


def _latest(work: Reading, meeting_id: str) -> Row:
    there = versions(work, meeting_id)
    if not there:
        raise Problems("The minutes of this meeting are not agreed yet. Open the meeting again to see it.")
    return there[-1]


def _signatures(work: Reading, version: Row) -> list[Row]:
    return work.rows(
        "SELECT * FROM minutes_signature WHERE minutes_version_id = $1 ORDER BY recorded_at, signature_id",
        [version["minutes_version_id"]],
    )


_NOTHING: Row = {"minutes_id": None, "minutes_revision": None}
