"""A submitted form, read back whole at any of its revisions: who sent it, what it says, how to correct it, a Word copy."""

from __future__ import annotations

import streamlit as st

from data.access.rule import can_take_away, can_write_child
from data.actor import Actor
from data.answers import documents
from data.answers.drafts import start_draft
from data.answers.submissions import Submission, read_submission
from data.refusal import Problems, Refused
from forms.codes import AGENCIES
from forms.kinds.date import in_words
from pages.parts import answer_versions, browser, child_heading, disputed, form_look, look, navigation
from pages.parts.made_on_click import WORD, made_on_click
from pages.parts.navigation import Page
from pages.parts.read_back import section_as_html
from pages.parts.words import as_html, at_time, tag

WHAT_HAPPENS_NEXT = {
    "child": "The child's details are saved. Next, start a screening or a referral from the child's page.",
    "screening": "The screening is part of the child's record. If you said that the child should be referred, start "
    "the referral from the child's page.",
    "referral": "The coordinator of the area where the child lives reads it and decides. You will see the decision on "
    "the child's page.",
    "assessment": "The assessment goes to the next meeting in which the child is discussed.",
    "tracker": "The score stands on the child's page with its range and its reasons.",
    "minutes": "The judgement, the actions and the review date stand on the child's page.",
}

EARLIER = "The form as it was before stays readable as an earlier revision."
WHAT_A_CORRECTION_DOES = {
    "referral": "The coordinator reads it as it is now. If it was returned to you, it is sent to them again. "
}


def body() -> None:
    form_look.set_up()
    actor = browser.current_actor()
    asked = st.query_params
    revision = asked.get("revision", "")
    try:
        read = read_submission(
            actor,
            asked.get("form", ""),
            asked.get("record", ""),
            int(revision) if revision.isdecimal() else None,
        )
    except (Problems, Refused) as refused:
        st.title("This form cannot be opened", anchor=False)
        st.text(str(refused))
        navigation.link("Go to My work", "my-work")
        return
    child_heading.draw(actor, read.child_id)
    _confirm(read)
    _title(read)
    _ways_on(actor, read)
    disputed.draw(actor, read)
    for section in read.form.sections:
        writers = ", ".join(
            _writer(c["name"], c["agency"]) for c in read.contributors if c["section_key"] == section.key
        )
        said = (
            f'<p class="quiet">Written by {as_html(writers)}</p>' if writers and read.form.many_hands else ""
        )
        st.html(
            f'<h2 class="read-back-title">{as_html(section.title)}</h2>{said}'
            + section_as_html(section, read.answers, read.form.version, read.hidden)
        )
    answer_versions.in_submission(read.form, read.record_id)


def _confirm(read: Submission) -> None:
    if not st.session_state.pop(f"sent {read.record_id}", False):
        return
    done, next_words = "sent and kept", WHAT_HAPPENS_NEXT.get(read.form.key, "")
    if read.change_reason:
        done, next_words = "correction kept", WHAT_A_CORRECTION_DOES.get(read.form.key, "") + EARLIER
    st.html(
        f'<div class="confirmed" role="status"><p>{as_html(read.form.title)}: {done}.</p>'
        f"<p>{as_html(next_words)}</p></div>"
    )


def _title(read: Submission) -> None:
    st.title(read.form.title, anchor=False)
    look.name_the_tab(f"{read.form.title} · sent {in_words(read.submitted_on)}")
    who = _writer(read.recorded_by, read.agency)
    facts = [
        f"First submitted on {in_words(read.submitted_on)}.",
        f"This revision by {who}, {at_time(read.recorded_at)}.",
    ]
    if read.change_reason:
        facts.append(f"Reason for the correction: {read.change_reason}")
    which = tag(f"Revision {read.revision} of {read.latest_revision}", "grey")
    if read.revision < read.latest_revision:
        which += " " + tag("Corrected since", "red")
    said = "".join(f'<p class="words">{as_html(fact)}</p>' for fact in facts)
    st.html(f"{which}{said}")


def _ways_on(actor: Actor, read: Submission) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="ways_on"):
        navigation.link("Go to the child's page", "child", child=read.child_id)
        if read.revision == read.latest_revision and _may_write(read):
            st.button("Correct this form", key="correct", on_click=_correct, args=(read,))
        if _may_take_away(read):
            st.download_button(
                "Download as Word",
                made_on_click(
                    lambda actor: documents.submission_as_word(
                        actor, read.form.key, read.record_id, read.revision
                    )
                ),
                file_name=f"{read.form.key}-{read.record_id[-8:]}-{read.revision}.docx",
                mime=WORD,
                on_click="ignore",
            )
    if "go to draft" in st.session_state:
        navigation.go("form", draft=st.session_state.pop("go to draft"))
    browser.show_problem("problem_with_correction")
    if read.latest_revision > 1:
        with st.container(horizontal=True, key="revisions"):
            st.text("Revisions:", width="content")
            for number in range(1, read.latest_revision + 1):
                if number != read.revision:
                    navigation.link(
                        f"Revision {number}", "submission",
                        form=read.form.key, record=read.record_id, revision=str(number),
                    )  # fmt: skip


def _may_write(read: Submission) -> bool:
    if read.form.at_the_meeting:
        return False  # corrected as another version, from the minutes of the meeting
    with browser.current_actor().reading() as work:
        return can_write_child(work, read.child_id)


def _may_take_away(read: Submission) -> bool:
    with browser.current_actor().reading() as work:
        return can_take_away(work, read.child_id)


def _correct(read: Submission) -> None:
    try:
        st.session_state["go to draft"] = start_draft(
            browser.current_actor(), read.form, read.child_id, corrects=read.record_id
        )
    except Refused as refused:
        st.session_state["problem_with_correction"] = str(refused)


def _writer(name: str, agency: str | None) -> str:
    words = dict(AGENCIES).get(agency or "", "")
    return f"{name} ({words})" if words else name


PAGE = Page(
    "Submitted form", "submission", frozenset({"practitioner", "coordinator", "manager", "meeting_member"}), body,
    in_menu=False, wide=True,
)  # fmt: skip
