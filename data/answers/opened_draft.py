"""All that the screen of a draft shows, in one read: the draft, what its rules ask about, and the people who wrote it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from data.actor import Actor, Writing
from data.answers.draft_reading import Place, SavedAnswer, changed_places, set_aside
from data.answers.drafts import Draft, draft_now
from data.answers.language import kept_words
from data.answers.submissions import about
from data.trail.views import note_view
from forms.form import Section


@dataclass(frozen=True)
class Writer:
    name: str
    agency: str | None


@dataclass(frozen=True)
class OpenedDraft:
    draft: Draft
    about: dict[str, Any]
    """See `forms.form.Rule`."""
    writers: dict[str, Writer]
    """By account id: everybody who wrote in it, and whoever opened it."""
    account_id: str
    set_aside: dict[Place, SavedAnswer]
    """What this account typed where another answer stands: see `data.answers.draft_reading`."""

    @property
    def agency(self) -> str | None:
        """Of whoever opened it."""
        me = self.writers.get(self.account_id)
        return me.agency if me else None

    def last_written(self, section: Section) -> tuple[Writer, datetime.datetime] | None:
        """Who wrote in the section last, and when; None when nobody did."""
        keys = {item.key for item in section.questions}
        answers = [a for (rows_key, _, key), a in self.draft.saved.items() if (rows_key or key) in keys]
        last = max(answers, key=lambda answer: answer.saved_at, default=None)
        return (
            (self.writers[last.saved_by], last.saved_at) if last and last.saved_by in self.writers else None
        )


def open_draft(actor: Actor, draft_id: str) -> OpenedDraft:
    """Raises `Refused` when this account may not write it. The view is audited: a draft shows what others wrote."""
    with actor.writing() as work:
        return open_in(work, draft_id)


def open_in(work: Writing, draft_id: str) -> OpenedDraft:
    seen = draft_now(work, draft_id)
    draft = replace(seen, kept_words=kept_words(work, draft_id), changed=changed_places(work, seen))
    people = {answer.saved_by for answer in draft.saved.values()} | {work.account.account_id}
    writers = {
        row["account_id"]: Writer(row["name"], row["agency"])
        for row in work.rows(
            "SELECT account_id, name, agency FROM account WHERE account_id = ANY($1)", [sorted(people)]
        )
    }
    note_view(work, f"draft viewed: {draft.form.key}", draft.child_id, draft_id)
    return OpenedDraft(draft, about(work, draft), writers, work.account.account_id, set_aside(work, draft))
