"""Keeping what is typed: each answer is saved as it is given, as the account at this browser stands at that moment.

An answer that could not be saved stays on the screen and here, with the reason, until a person decides.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import streamlit as st

from data import clock
from data.answers import drafts
from data.answers.drafts import Draft, SavedAnswer
from data.answers.opened_draft import OpenedDraft
from data.database.engine import DiskFull
from data.refusal import Problems, Refused
from forms.form import RepeatedRows
from forms.question import Question, Typed
from pages.parts import browser, controls, kept_words

Place = tuple[str, str, str]
"""Where an answer belongs in a draft: (rows key or "", row id or "", question key), as in `Draft.saved`."""

NO_DATABASE = (
    "The database did not answer. Your answer is still on this screen: wait a moment, then save it again."
)
DISK_FULL = (
    "The disk of the tool is full, so this answer is not saved. It is still on this screen, and everything that was "
    "called saved is safe. Tell whoever runs the tool, and save your answer again when there is room."
)
OTHER_SCREEN = "This answer was on your screen when the connection was lost. Another one has been saved."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unsaved:
    typed: Typed
    sentence: str
    theirs: SavedAnswer | None = None
    name: str = ""
    """Whose answer stands."""


def widget_key(draft: Draft, place: Place) -> str:
    return "question_" + "-".join(part for part in (draft.draft_id, *place) if part)


def unsaved(draft: Draft) -> dict[Place, Unsaved]:
    found: dict[Place, Unsaved] = st.session_state.setdefault(f"unsaved {draft.draft_id}", {})
    return found


def typed_at(draft: Draft, place: Place) -> Typed:
    """What stands on the screen: what could not be saved, else what the draft holds."""
    waiting = unsaved(draft).get(place)
    if waiting:
        return waiting.typed
    saved = draft.saved.get(place)
    return saved.typed if saved else None


def on_the_screen(draft: Draft) -> Draft:
    """The draft with the answers that could not be saved, so that what is shown follows what was typed."""
    waiting = {
        place: SavedAnswer(one.typed, 0, "", clock.now()) for place, one in unsaved(draft).items()
    }  # fmt: skip
    return replace(draft, saved={**draft.saved, **waiting}) if waiting else draft


def keep(draft: Draft, question: Question, place: Place) -> None:
    """Save what the control shows; on every change, and when a person says "save again"."""
    saved = draft.saved.get(place)
    typed = controls.shown(question, widget_key(draft, place))
    before = saved.typed if saved else None
    _save(draft, place, typed, saved.revision if saved else 0)
    _save_what_follows(draft, question, before, typed)


def _save_what_follows(draft: Draft, question: Question, before: Typed, typed: Typed) -> None:
    """The answers that this one starts change with it, until a person gave another."""
    for other in draft.form.questions():
        if other.follows is None or other.follows.question is not question:
            continue
        here, how = ("", "", other.key), other.follows.how
        standing, now = typed_at(draft, here) or None, how(question.read(typed))
        if now != standing and standing in (None, how(question.read(before))):
            saved = draft.saved.get(here)
            _save(draft, here, now, saved.revision if saved else 0)


def clear(draft: Draft, question: Question, place: Place) -> None:
    controls.show(question, widget_key(draft, place), None)
    keep(draft, question, place)


def keep_mine(draft: Draft, question: Question, place: Place) -> None:
    _settle(draft, place, unsaved(draft)[place].typed)


def keep_both(draft: Draft, question: Question, place: Place) -> None:
    waiting = unsaved(draft)[place]
    both = question.together(waiting.theirs.typed if waiting.theirs else None, waiting.typed)
    _settle(draft, place, both)
    if place not in unsaved(draft):
        controls.show(question, widget_key(draft, place), both)


def _settle(draft: Draft, place: Place, typed: Typed) -> None:
    theirs = unsaved(draft)[place].theirs
    _save(draft, place, typed, theirs.revision if theirs else None, settles=True)


def keep_theirs(draft: Draft, question: Question, place: Place) -> None:
    theirs = unsaved(draft)[place].theirs
    if theirs:
        rows_key, row_id, key = place
        drafts.let_go(browser.current_actor(), draft.draft_id, key, rows_key=rows_key, row_id=row_id)
        unsaved(draft).pop(place)  # both answers stand there until the choice is kept
        kept_words.forget(widget_key(draft, place))
        draft.saved[place] = theirs
        controls.show(question, widget_key(draft, place), theirs.typed)


def put_again(opened: OpenedDraft) -> None:
    """What waits for a choice since a clash is put to the person again, on whichever screen they open the draft."""
    draft = opened.draft
    for place, mine in opened.set_aside.items():
        theirs = draft.saved[place]
        writer = opened.writers.get(theirs.saved_by)
        name = writer.name if writer and theirs.saved_by != opened.account_id else ""
        unsaved(draft).setdefault(place, Unsaved(mine.typed, drafts.in_between(name), theirs, name))


def add_row(draft: Draft, rows: RepeatedRows) -> None:
    _save(draft, (rows.key, clock.new_id(), drafts.ROW), True, None)


def take_out_row(draft: Draft, rows: RepeatedRows, row_id: str) -> None:
    _save(draft, (rows.key, row_id, drafts.ROW), False, None)


def put_back_row(draft: Draft, rows: RepeatedRows, row_id: str) -> None:
    _save(draft, (rows.key, row_id, drafts.ROW), True, None)


def _save(draft: Draft, place: Place, typed: Typed, seen_revision: int | None, settles: bool = False) -> None:
    rows_key, row_id, key = place
    waiting = unsaved(draft)
    try:
        draft.saved[place] = drafts.save_answer(
            browser.current_actor(),
            draft.draft_id,
            key,
            typed,
            rows_key=rows_key,
            row_id=row_id,
            seen_revision=seen_revision,
            settles=settles,
        )
    except drafts.AnswerClash as clash:
        waiting[place] = Unsaved(typed, str(clash), clash.theirs, clash.name)
    except (Refused, Problems) as refused:
        waiting[place] = Unsaved(typed, str(refused))
    except DiskFull:
        log.error("An answer was not saved: the disk is full")
        waiting[place] = Unsaved(typed, DISK_FULL)
    except Exception as failure:  # whatever broke, what was typed is not lost and the person is told
        log.error("An answer was not saved: %s", type(failure).__name__)
        waiting[place] = Unsaved(typed, NO_DATABASE)
    else:
        waiting.pop(place, None)
    _keep_words(draft, place, typed)


def _keep_words(draft: Draft, place: Place, typed: Typed) -> None:
    """What could not be saved can be read and copied where the form itself cannot be shown."""
    rows_key, _, key = place
    if key == drafts.ROW:
        return
    question = draft.form.question(key, rows_key)
    if place in unsaved(draft):
        kept_words.keep(widget_key(draft, place), question.label, typed, controls.in_words(question, typed))
    else:
        kept_words.forget(widget_key(draft, place))


def bring_up_to_date(draft: Draft, question: Question, place: Place) -> None:
    """Before a control is drawn: show what others saved since, unless something here waits to be saved."""
    key = widget_key(draft, place)
    if place in unsaved(draft) or not controls.is_drawn(question, key):
        return
    standing = typed_at(draft, place) or None
    if (controls.shown(question, key) or None) != standing:
        controls.show(question, key, standing)


def note_replay(draft: Draft, question: Question, place: Place, shown: Typed) -> None:
    """After a control is drawn: a browser that found the tool again brings back what was on its screen. What differs
    from the draft is saved when nothing stands there or it only goes on from there, and otherwise put to the person."""
    saved = draft.saved.get(place)
    if not shown or place in unsaved(draft) or shown == (saved.typed if saved else None):
        return
    if saved is None or not saved.typed or _goes_on(saved.typed, shown):
        keep(draft, question, place)
    else:
        unsaved(draft)[place] = Unsaved(shown, OTHER_SCREEN, saved)


def _goes_on(before: Typed, typed: Typed) -> bool:
    """Words that were typed on lose nothing of those that stand."""
    return isinstance(before, str) and isinstance(typed, str) and typed.startswith(before)
