"""What a partnership and an area have set for themselves (`forms.settings`): read in the transaction that acts by it,
changed by the administrator of that partnership, with every earlier value kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.access.accounts import check_can_change_settings
from data.actor import Actor, Reading, Writing
from data.database.audit import Event
from data.database.engine import Clash, Row
from data.database.records import SETTING
from data.naming import check_names_nobody
from data.refusal import NotFilledIn, Problems
from data.trail.views import note_view
from forms.kinds import AnyOf, LongText, Text
from forms.places import PARTNERSHIPS, Partnership, partnership_of
from forms.question import Answer, Typed
from forms.settings import BY_KEY, PARTNERSHIP, PLACES, SETTINGS, Setting, place_of, read

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Standing:
    """The settings of one place as they are now."""

    answers: dict[str, Answer]
    revisions: dict[str, int]
    """Of each record that there is; give it back when changing, so that nobody undoes a change they have not seen."""
    changes: tuple[Change, ...]
    """The latest first."""


@dataclass(frozen=True)
class Change:
    setting: Setting
    agency: str | None
    """Where a setting is kept for each agency."""
    words: str
    by: str
    at: datetime.datetime


def value(work: Reading, place: str, key: str) -> Answer:
    """What holds for this area or partnership: as it was set, or the default where nobody has set it."""
    return _answers(work, place, (BY_KEY[key],))[key]


def values(work: Reading, area: str) -> dict[str, Answer]:
    """Every setting that holds in an area, its partnership's among them."""
    return _answers(work, area, BY_KEY.values())


def in_force(actor: Actor, area: str) -> dict[str, Answer]:
    """The same for a screen. They say nothing about anybody: every account may read them."""
    with actor.reading() as work:
        return values(work, area)


def standing(actor: Actor, of: str, place: str) -> Standing:
    """For whoever may change them, with the changes so far. `of`: a partnership's or an area's, by `forms.settings`."""
    with actor.writing() as work:
        _check_may(work, of, place)
        note_view(work, "settings viewed", None, f"{of} {place}")
        kept = _kept(work, place, SETTINGS[of])
        history = work.rows(
            "SELECT h.setting, h.value, h.recorded_at, a.name FROM setting_history h"
            " LEFT JOIN account a ON a.account_id = h.recorded_by"
            " WHERE h.setting = ANY($1) ORDER BY h.recorded_at DESC, h.setting LIMIT 100",
            [list(kept)],
        )
    names = {name: one for one in SETTINGS[of] for name in _names(one, place)}
    return Standing(
        _read(kept, place, SETTINGS[of]),
        {name: row["revision"] for name, row in kept.items()},
        tuple(_change(names[row["setting"]], row) for row in history),
    )


def change(
    actor: Actor,
    of: str,
    place: str,
    typed: Mapping[str, Typed],
    seen: Mapping[str, int] | None = None,
    *,
    names_nobody: bool = False,
) -> None:
    """Keep what was typed, as far as it differs from what holds. Raises `NotFilledIn`, and `Clash` where somebody
    else changed one of these since the `revisions` that were `seen`."""
    with actor.writing() as work:
        _check_may(work, of, place)
        checked = read(of, typed)
        if checked.problems:
            raise NotFilledIn(*checked.problems)
        kept = _kept(work, place, SETTINGS[of])
        now = _read(kept, place, SETTINGS[of])
        for setting in SETTINGS[of]:
            answer, is_changed = checked.answers.get(setting.key), False
            for name, words in _records(setting, place, answer).items():
                before = _records(setting, place, now[setting.key])[name]
                if words == before:
                    continue
                if seen is not None and seen.get(name, 0) != (kept[name]["revision"] if name in kept else 0):
                    raise Clash
                if isinstance(
                    setting.question, Text | LongText
                ):  # its words stand in returns and on every agenda
                    check_names_nobody(work, _partnership_at(of, place), words, is_confirmed=names_nobody)
                work.save(
                    SETTING, {"setting": name, "value": words}, Event("setting changed", record_id=name)
                )
                is_changed = True
            if is_changed and (effect := _effects().get(setting.key)):
                effect(work, place)


def _effects() -> Mapping[str, Callable[[Writing, str], None]]:
    from data.setting_effects import (
        EFFECTS,  # what acts by a setting stands on this module, so it is looked up when needed
    )

    return EFFECTS


def _check_may(work: Writing, of: str, place: str) -> None:
    if place not in PLACES.get(of, ()):
        raise Problems("There is no such partnership or area. Open the settings again.")
    check_can_change_settings(work, _partnership_at(of, place).key)


def _partnership_at(of: str, place: str) -> Partnership:
    return next(p for p in PARTNERSHIPS if p.key == place) if of == PARTNERSHIP else partnership_of(place)


def _answers(work: Reading, place: str, settings: Iterable[Setting]) -> dict[str, Answer]:
    settings = tuple(settings)
    return _read(_kept(work, place, settings), place, settings)


def _kept(work: Reading, place: str, settings: Iterable[Setting]) -> dict[str, Row]:
    names = [name for setting in settings for name in _names(setting, place)]
    rows = work.rows("SELECT setting, value, revision FROM setting WHERE setting = ANY($1)", [names])
    return {row["setting"]: row for row in rows}


def _read(kept: Mapping[str, Row], place: str, settings: Iterable[Setting]) -> dict[str, Answer]:
    return {setting.key: _answer(setting, place, kept) for setting in settings}


def _answer(setting: Setting, place: str, kept: Mapping[str, Row]) -> Answer:
    names = _names(setting, place)
    if setting.by_agency:
        chosen = [name.rsplit(":", 1)[1] for name in names if name in kept and kept[name]["value"] == YES]
        return setting.question.read(chosen)
    if names[0] not in kept:
        return setting.default_of(place_of(setting.key, place))
    stored = kept[names[0]]["value"]
    return setting.question.read(_listed(setting, stored))


def _listed(setting: Setting, stored: str | None) -> Typed:
    return stored.split(",") if stored and isinstance(setting.question, AnyOf) else stored


def _names(setting: Setting, place: str) -> list[str]:
    """Of the records that keep it: one, or one for each agency."""
    name = f"{setting.key}:{place_of(setting.key, place)}"
    if not setting.by_agency or not isinstance(setting.question, AnyOf):
        return [name]
    return [f"{name}:{agency}" for agency, _ in setting.question.choices()]


def _records(setting: Setting, place: str, answer: Answer) -> dict[str, str | None]:
    """Name → what is kept for this answer."""
    names = _names(setting, place)
    if setting.by_agency:
        return {name: YES if name.rsplit(":", 1)[1] in (answer or ()) else NO for name in names}
    typed: Any = setting.question.typed(answer)
    return {names[0]: ",".join(typed) if isinstance(typed, list) else typed}


def _change(setting: Setting, row: Row) -> Change:
    by, at = row["name"] or "The operator", row["recorded_at"]
    if setting.by_agency:
        return Change(
            setting, row["setting"].rsplit(":", 1)[1], "Yes" if row["value"] == YES else "No", by, at
        )
    answer = setting.question.read(_listed(setting, row["value"]))
    return Change(setting, None, "None" if answer is None else setting.question.as_text(answer), by, at)
