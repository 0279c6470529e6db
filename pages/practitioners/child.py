"""One child's page: who, what is due, the episode, score and judgement, and everything that was sent, in order."""

from __future__ import annotations

import streamlit as st

from data.access.accounts import can_see_who_has_seen
from data.access.rule import can_write_child
from data.account_line import person
from data.actor import Actor
from data.answers.drafts import open_drafts, start_draft
from data.child.children import ChildPage, read_child
from data.child.disclosures import start_usual, usual_for
from data.child.links import ask_to_contribute, can_end_access, practitioners_to_ask
from data.child.protection import can_protect
from data.child.referrals import problem_before_starting
from data.child.restriction import can_restrict
from data.database.engine import Row
from data.refusal import Problems
from data.ways.pathway import REFERRAL_WAY
from forms import codes
from forms.assessment import ASSESSMENT
from forms.child import CHILD
from forms.disclosure import DISCLOSURE
from forms.form import Form
from forms.kinds.date import in_words
from forms.referral import REFERRAL
from forms.registry import form
from forms.rights import KINDS
from forms.screening import SCREENING
from forms.tracker import TRACKER
from pages.parts import acting, child_heading, lists, look, reaching
from pages.parts.acting import chosen
from pages.parts.browser import current_actor
from pages.parts.lists import Entry
from pages.parts.navigation import Page, go, link
from pages.parts.words import at_time, paragraphs
from pages.practitioners import child_beside, child_concerns, child_history


def body() -> None:
    child_id = st.query_params.get("child", "")
    actor = current_actor()
    page = read_child(actor, child_id)
    if page.heading.until:
        _as_it_stood(actor, page)
        return
    with actor.reading() as work:
        role, area = work.account.role, work.account.area
        may_write = can_write_child(work, child_id)
        answers_for = can_see_who_has_seen(work, child_id)
        may_restrict = can_restrict(work, child_id)
        may_end = role == "coordinator" and can_end_access(work, child_id)
        may_protect = can_protect(work, child_id)
    child_heading.draw(actor, child_id, is_title=True)
    look.name_the_tab(f"Child · {page.heading.area}")
    acting.show()
    if page.restricted_to:
        st.text(f"Restricted: only {', '.join(page.restricted_to)} may open this record.")
    for note in page.disputed:
        _disputed(note)
    _due(page)
    if may_write:
        _begin(actor, page)
        _drafts(actor, page)
        _pass_on(actor, page)
    episode = page.open_episode
    child_history.oversight(
        actor, page, role == "coordinator" and episode is not None and episode["area"] == area
    )
    child_history.meetings(page)
    child_history.actions(page)
    child_beside.draw(page)
    child_history.scores(page)
    child_concerns.nrm(page, may_write and role == "coordinator")
    child_concerns.concerns(page, may_write)
    child_history.sent(page)
    _details(actor, page, may_write, may_end)
    if answers_for:
        link("Who has seen this record", "who-has-seen", child=page.heading.child_id)
        link("Rights and retention", "rights", child=page.heading.child_id)
    if may_protect:
        link("Protect where the child lives", "protection", child=page.heading.child_id)
    if may_restrict:
        link("Restrict who may open this record", "restriction", child=page.heading.child_id)


def _as_it_stood(actor: Actor, page: ChildPage) -> None:
    """For an area that answered for the child before: what was its own, and nothing since."""
    child_heading.show(page.heading, is_title=True)
    child_history.oversight(actor, page, may_record=False, is_own=False)
    child_history.meetings(page)
    child_history.sent(page)
    _facts(page)
    link("All details as they stood", "submission", form="child", record=page.heading.child_id)


def _due(page: ChildPage) -> None:
    st.header("What is due", anchor=False)
    due = page.due()
    if not due:
        st.text("Nothing is due.")
    for what, by, overdue in due:
        when = "" if by is None else f", by {in_words(by)}"
        st.text(f"{'Overdue: ' if overdue else ''}{what}{when}")


def _begin(actor: Actor, page: ChildPage) -> None:
    """The forms that can be begun, the next one on the child's way as the one filled button."""
    screened = any(s["form"] == "screening" for s in page.submissions)
    referred = any(REFERRAL_WAY.state(r["state"]).owner for r in page.referrals)
    next_form: Form = (
        SCREENING if not screened else REFERRAL if not (referred or page.open_episode) else ASSESSMENT
    )
    st.header("Begin or go on with a form", anchor=False)
    with st.container(horizontal=True):
        for title, what in (
            ("Screening", SCREENING),
            ("Referral", REFERRAL),
            ("Assessment", ASSESSMENT),
            ("Tracker", TRACKER),
        ):
            if st.button(
                title, key=f"begin_{what.key}", type="primary" if what is next_form else "secondary"
            ):
                problem = problem_before_starting(actor, page.heading.child_id) if what is REFERRAL else None
                if problem:
                    st.session_state.begin_problem = problem
                else:
                    go("form", draft=start_draft(actor, what, page.heading.child_id))
    if problem := st.session_state.pop("begin_problem", None):
        st.error(paragraphs(problem))


def _disputed(note: Row) -> None:
    """Nobody reads a disputed record without knowing it."""
    said = f"{dict(KINDS)[note['kind']]}: {form(note['form']).title}, {in_words(note['raised_on'])}"
    link(said, "submission", form=note["form"], record=note["disputed_record_id"])


def _pass_on(actor: Actor, page: ChildPage) -> None:
    """What was shared outside the tool, or was not, is a record too; what is shared again and again begins filled in."""
    child_id = page.heading.child_id
    st.header("Information passed on", anchor=False)
    with st.container(horizontal=True):
        if st.button("Record what was shared, or was not", key="begin_disclosure"):
            go("form", draft=start_draft(actor, DISCLOSURE, child_id))
        for usual in usual_for(actor, child_id):
            if st.button(paragraphs(usual.words), key=f"begin_{usual.key}"):
                go("form", draft=start_usual(actor, child_id, usual.key))


def _drafts(actor: Actor, page: ChildPage) -> None:
    drafts = open_drafts(actor, page.heading.child_id)
    if drafts:
        st.header("Not sent yet", anchor=False)
        lists.draw(
            [
                Entry(
                    form(row["form"]).title, "form", {"draft": row["draft_id"]},
                    (f"Saved {at_time(row['last_saved_at'])}" if row["last_saved_at"] else "Nothing typed yet",), "Draft",
                )
                for row in drafts
            ],
            "",
        )  # fmt: skip


def _details(actor: Actor, page: ChildPage, may_write: bool, may_end: bool) -> None:
    _facts(page)
    with st.container(horizontal=True):
        if st.button("All details, with their history", key="all_details"):
            go("submission", form="child", record=page.heading.child_id)
        if may_write and st.button("Correct the details", key="correct_details"):
            go("form", draft=start_draft(actor, CHILD, page.heading.child_id))
    _people(actor, page, may_write, may_end)


def _facts(page: ChildPage) -> None:
    st.header("Child's details", anchor=False)
    child = page.child
    shown = (
        "nhs_number",
        "lcs_number",
        "aliases",
        "sex",
        "ethnicity",
        "sen",
        "address",
        "postcode",
        "school",
        "service_status",
    )
    questions = {q.key: q for q in CHILD.questions()}
    lists.facts(
        [("Date of birth", page.heading.born)]
        + [
            (questions[key].label, questions[key].as_text(child[key]))
            for key in shown
            if child[key] is not None
        ]
    )


def _people(actor: Actor, page: ChildPage, may_write: bool, may_end: bool) -> None:
    st.header("Who works with the child", anchor=False)
    if may_end:
        reaching.draw(actor, page.heading.child_id)
    else:
        lists.table(
            "People linked to the child in this tool",
            ("Name", "Agency", "Job"),
            [
                (row["name"], dict(codes.AGENCIES).get(row["agency"] or "", ""), row["job_title"] or "")
                for row in page.links
            ],
            "Nobody is linked to the child yet.",
        )
    if may_write:
        _ask(actor, page)


def _ask(actor: Actor, page: ChildPage) -> None:
    """Ask another agency to write its part; they can then reach this child."""
    found = practitioners_to_ask(actor, page.heading.child_id)
    people = {p["account_id"]: p for p in found if not p["is_linked"]}
    if not people:
        return
    st.subheader("Ask another agency to contribute", anchor=False)
    st.text("They will be able to open this child, and to write in the assessment and the tracker.")
    st.selectbox(
        "Whom do you ask?",
        list(people),
        index=None,
        format_func=lambda key: person(people[key]),
        placeholder="Choose a person",
        key="asked",
    )

    def ask(actor: Actor) -> str:
        account_id: str = chosen("asked")
        if not account_id:
            raise Problems("Choose whom you ask to contribute")
        ask_to_contribute(actor, page.heading.child_id, account_id)
        return account_id

    acting.offer(
        "Ask to contribute",
        ask,
        lambda account_id: (
            f"{people[account_id]['name']} is asked, and sees the child under “Asked of you” on My work."
        ),
        key="ask",
    )


PAGE = Page(
    "Child",
    "child",
    frozenset({"practitioner", "coordinator", "manager", "meeting_member"}),
    body,
    in_menu=False,
)
