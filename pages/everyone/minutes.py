"""The minutes of one meeting once they are agreed: each version with its signatures, to be read, signed and corrected."""

from __future__ import annotations

import streamlit as st

from data.actor import Actor
from data.answers import drafts
from data.child_line import line
from data.meeting import minutes_signing
from data.meeting.attendance import attending
from data.meeting.chairs import Chair
from data.meeting.minutes_signing import Signing, Version
from data.refusal import Problems
from data.ways.pathway import MINUTES_WAY
from forms.kinds.date import in_words
from forms.meeting import CHAIRS
from forms.minutes import MINUTES
from pages.parts import acting, free_text, lists, look, meeting_files, table
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, link
from pages.parts.table import Link
from pages.parts.words import as_html, at_time, paragraphs, tag

COLOURS = {"correcting": "amber", "agreed": "blue", "replaced": "grey", "signed": "green"}


def body() -> None:
    acting.lead_on()
    actor = current_actor()
    seen = minutes_signing.signing(actor, st.query_params.get("meeting", ""))
    with actor.reading() as work:
        role = work.account.role
    st.title(paragraphs(f"Minutes of the meeting of {in_words(seen.meeting['meets_on'])}"), anchor=False)
    look.name_the_tab(f"Minutes · {in_words(seen.meeting['meets_on'])}")
    acting.show()
    if seen.latest is None:
        st.text("The minutes are not agreed yet. Once they are, they are signed here.")
    else:
        _latest(actor, seen, seen.latest, role)
        _earlier(seen)
    if role in ("coordinator", "manager"):
        link("Back to the meeting", "meeting", meeting=seen.meeting["meeting_id"])
    else:
        link("All meeting papers", "papers")


def _latest(actor: Actor, seen: Signing, version: Version, role: str) -> None:
    meeting_id = seen.meeting["meeting_id"]
    _state(version)
    _signatures(version, seen.to_sign)
    for chair in seen.to_sign:
        if chair.key in seen.mine:
            _sign(meeting_id, chair, is_of_area=role in ("coordinator", "manager"))
    if role == "coordinator":
        _move_on(meeting_id, version)
    _children(seen, version, may_correct=role == "coordinator")
    meeting_files.minutes("Download the minutes as Word", meeting_id)
    if role in ("coordinator", "manager"):
        meeting_files.minutes_for(meeting_id, sorted({p["agency"] for p in attending(actor, meeting_id)}))


def _state(version: Version) -> None:
    state = version.row["state"]
    said = [f"Version {version.row['version']}"]
    if version.row["reason"]:
        said.append(f"Why it was corrected: {version.row['reason']}")
    st.html(
        tag(MINUTES_WAY.state(state).words, COLOURS[state])
        + "".join(f'<p class="words">{as_html(words)}</p>' for words in said)
    )


def _signatures(version: Version, to_sign: tuple[Chair, ...]) -> None:
    lists.table(
        "Signatures",
        ("Chair", "Name", "Signed"),
        [
            *(
                (dict(CHAIRS)[row["chair"]], row["name"], ", ".join(filter(None, (at_time(row["recorded_at"]), row["how"]))))
                for row in version.signatures
            ),
            *((chair.words, chair.name or "Not named", "Not signed yet") for chair in to_sign),
        ],
        "Nobody has signed this version.",
    )  # fmt: skip


def _sign(meeting_id: str, chair: Chair, *, is_of_area: bool) -> None:
    """The chair's own signature, or of a chair without an account how they signed."""
    if chair.account_id:
        st.text(
            "By signing you say that these minutes are right. Once all chairs have signed, they are locked."
        )
        acting.offer(
            "Sign the minutes",
            lambda actor: minutes_signing.sign(actor, meeting_id, chair.key),
            "You have signed the minutes.",
            look="primary",
            # With the last signature the minutes close to a chair from outside the area's own team.
            leads_to=None if is_of_area else lambda _: ("my-work", {}),
        )
        return
    if not chair.name:
        st.text(f"{chair.words}: name the chair on the page of the meeting's members first.")
        return
    with st.expander(paragraphs(f"{chair.name} has no account here: record their signature")):
        key = f"how {chair.key}"
        st.text_input("How did they sign?", key=key, autocomplete="off")
        acting.offer(
            f"Record the signature of {chair.name}",
            lambda actor: minutes_signing.sign(actor, meeting_id, chair.key, chosen(key)),
            "The signature is recorded.",
        )


def _move_on(meeting_id: str, version: Version) -> None:
    if version.row["state"] == "correcting":
        st.text("Correct the children's minutes below, then say that the corrected minutes are agreed.")
        acting.offer(
            "The corrected minutes are agreed",
            lambda actor: minutes_signing.agree_correction(actor, meeting_id),
            "Agreed. The chairs sign them anew.",
            look="primary",
        )
        return
    with st.expander("Correct the minutes"):
        st.text("A correction is a new version, which the chairs sign. This version stays as it is.")
        key = f"correct {version.row['version']}"
        free_text.several_lines("Why are they corrected?", key=key)
        acting.offer(
            "Begin the correction",
            lambda actor: minutes_signing.correct(actor, meeting_id, chosen(key)),
            "The correction has begun.",
        )


def _children(seen: Signing, version: Version, *, may_correct: bool) -> None:
    table.draw(
        "Children discussed",
        ("Order", "Child", "Minutes"),
        [
            (
                place,
                Link(line(child), "child", {"child": child["child_id"]}),
                Link(
                    "Read",
                    "submission",
                    {"form": MINUTES.key, "record": child["minutes_id"], "revision": str(child["minutes_revision"])},
                    f"the minutes of {child['name']}",
                )
                if child["minutes_id"]
                else child["went_on_reason"] or "Not recorded",
            )
            for place, child in enumerate(version.children, 1)
        ],
        is_wide=True,
    )  # fmt: skip
    recorded = {child["item_id"]: child for child in version.children if child["minutes_id"]}
    if may_correct and version.row["state"] == "correcting" and recorded:
        key = f"corrected {seen.meeting['meeting_id']}"

        def correct(actor: Actor) -> str:
            child = recorded.get(chosen(key))
            if child is None:
                raise Problems("Choose the child whose minutes you correct")
            return drafts.start_draft(
                actor, MINUTES, child["child_id"], corrects=child["minutes_id"], episode_id=child["episode_id"]
            )  # fmt: skip

        st.selectbox(
            "Whose minutes do you correct?",
            list(recorded),
            index=None,
            format_func=lambda key: line(recorded[key]),
            placeholder="Choose a child",
            key=key,
        )
        acting.offer(
            "Correct the minutes of this child",
            correct,
            "",
            leads_to=lambda draft_id: ("form", {"draft": draft_id}),
        )


def _earlier(seen: Signing) -> None:
    if len(seen.versions) < 2:
        return
    st.header("Earlier versions", anchor=False)
    for version in reversed(seen.versions[:-1]):
        _state(version)
        _signatures(version, ())
        number = version.row["version"]
        meeting_files.minutes(
            f"Download version {number} as Word", seen.meeting["meeting_id"], version=number
        )


PAGE = Page(
    "Minutes of the meeting",
    "minutes",
    frozenset({"coordinator", "manager", "practitioner", "meeting_member"}),
    body,
    in_menu=False,
    wide=True,
)
