"""One referral: where it stands, what was said, and for those who decide, the decision."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.actor import Actor
from data.answers.drafts import start_draft
from data.child import referrals, referrer_told
from data.database.engine import Row
from data.refusal import Problems
from data.ways.pathway import REFERRAL_WAY
from forms import codes
from forms.kinds import Date, LongText, OneOf
from forms.kinds.date import in_words
from forms.places import area_name
from forms.question import Wrong
from forms.referral import REFERRAL
from pages.parts import acting, child_heading, free_text, lists, look
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.navigation import Page, go, link
from pages.parts.words import at_time, paragraphs

DECIDED_ON = Date(
    "decided_on",
    "Date of the decision",
    may_be_future=False,
    required=True,
    missing="Enter the date of the decision",
)
DECISION = OneOf(
    "decision",
    "What is decided?",
    options=(
        ("accept", "Accept onto the meeting's agenda"),
        ("return", "Return for more information"),
        ("decline", "Decline"),
    ),
    required=True,
    missing="Select what is decided",
)
DECIDED = {
    "accept": "Accepted. The child is in the meeting's oversight from that day.",
    "return": "Returned. The referrer sees your reason under My work.",
    "decline": "Declined. The referrer sees your reason.",
}
REASON = LongText("reason", "Reason", help="Needed to return or decline. The referrer reads it.")


def body() -> None:
    actor = current_actor()
    referral = referrals.read_referral(actor, st.query_params.get("referral", ""))
    child_heading.draw(actor, referral["child_id"])
    st.title("Referral", anchor=False)
    look.name_the_tab(f"Referral · received {in_words(referral['received_on'])}")
    acting.show()
    state = REFERRAL_WAY.state(referral["state"])
    lists.facts(
        [
            ("State", state.words),
            ("Received", in_words(referral["received_on"])),
            ("Area", area_name(referral["area"])),
            ("Kind", dict(codes.KIND_OF_EXPLOITATION).get(referral["kind"] or "", "Not recorded")),
            ("Route", dict(codes.REFERRAL_ROUTES).get(referral["route"] or "", "Not recorded")),
            ("Referred by", referral["referrer"] or "Brought in from the partnership's earlier records"),
            (
                "Repeat referral",
                "Yes: the child left the meeting's oversight in the last 12 months"
                if referral["is_repeat"]
                else "No",
            ),
            *([("Decided", in_words(referral["decided_on"]))] if referral["decided_on"] else []),
            *([("Reason", referral["decision_reason"])] if referral["decision_reason"] else []),
        ]
    )
    if referral["form_id"]:
        link("Read the referral form", "submission", form="referral", record=referral["form_id"])
    if referral["screening_id"]:
        link("Read the screening", "submission", form="screening", record=referral["screening_id"])
    elif referral["is_imported"]:
        st.text("Imported: this referral was made before the tool and no screening was asked for.")
    if said := referrer_told.told_about(actor, referral["referral_id"]):
        lists.table(
            "What the referrer was told",
            ("Told", "First shown to them"),
            [(referrer_told.STEPS[row["step"]], at_time(row["first_shown_at"])) for row in said],
        )
    _may_decide(actor, referral)
    link("Back to the child's page", "child", child=referral["child_id"])


def _may_decide(actor: Actor, referral: Row) -> None:
    with actor.reading() as work:
        moves = {move.name for move in REFERRAL_WAY.moves_from(referral["state"], work.account.role)}
        own_area = work.account.area == referral["area"]
        own_referral = work.account.account_id == referral["referred_by"]
    if referral["state"] == "returned" and own_referral and referral["form_id"]:
        st.header("Send again", anchor=False)
        st.text("Correct the form with what was asked for, and send it again. Everything you wrote is kept.")
        if st.button("Correct and send again", type="primary"):
            go("form", draft=start_draft(actor, REFERRAL, referral["child_id"], corrects=referral["form_id"]))
    if not own_area:
        return
    if "sign off" in moves:
        st.header("Sign off", anchor=False)
        st.text("Your agency asks for a manager's agreement before a referral goes to the coordinator.")
        acting.offer(
            "Sign off",
            lambda actor: referrals.sign_off(actor, referral["referral_id"]),
            "Signed off. The coordinator has it now.",
            look="primary",
        )
    elif "go on" in moves:
        _go_on(referral["referral_id"])
    elif moves & {"accept", "decline"}:
        _decide(referral, moves)


def _go_on(referral_id: str) -> None:
    with st.expander("Nobody signs it off"):
        st.text(
            "If the agency's manager is away or has let three days pass, you can take the referral without it."
        )
        free_text.several_lines("Why does it go on without sign-off?", key=f"goes_on_{referral_id}")
        acting.offer(
            "Let it go on",
            lambda actor: referrals.go_on(actor, referral_id, chosen(f"goes_on_{referral_id}")),
            "You can decide on it now.",
        )


def _decide(referral: Row, moves: set[str]) -> None:
    st.header("Decide", anchor=False)
    key = referral["referral_id"]
    options = [(name, words) for name, words in DECISION.options if name in moves]
    st.radio(
        DECISION.label, [name for name, _ in options], index=None, key=f"decision_{key}",
        format_func=lambda name: dict(options)[name],
    )  # fmt: skip
    st.text_input(
        paragraphs(DECIDED_ON.label, f"For example, {DECIDED_ON.typed(clock.today())}"),
        value=DECIDED_ON.typed(clock.today()),
        key=f"decided_on_{key}",
    )
    free_text.several_lines(
        f"{REASON.label} (needed to return or decline)", help=REASON.help, key=f"reason_{key}"
    )
    acting.offer(
        "Record decision",
        lambda actor: _record(actor, key),
        lambda decision: DECIDED[decision],
        look="primary",
    )


def _record(actor: Actor, referral_id: str) -> str:
    decision: str = chosen(f"decision_{referral_id}")
    try:
        decided_on = DECIDED_ON.read(chosen(f"decided_on_{referral_id}"))
        reason = REASON.read(chosen(f"reason_{referral_id}"))
    except Wrong as wrong:
        raise Problems(str(wrong)) from None
    missing = [q.if_missing() for q, given in ((DECISION, decision), (DECIDED_ON, decided_on)) if not given]
    if decided_on is None or missing:
        raise Problems(*missing)
    if decision == "accept":
        referrals.accept(actor, referral_id, decided_on, reason)
    elif decision == "return":
        referrals.return_for_more(actor, referral_id, decided_on, reason or "")
    else:
        referrals.decline(actor, referral_id, decided_on, reason or "")
    return decision


PAGE = Page(
    "Referral", "referral", frozenset({"practitioner", "coordinator", "manager"}), body, in_menu=False
)
