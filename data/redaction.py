"""Protected addresses on the way out of the database: what would lead to a protected child is taken out of every row that an
account reads, unless it is named (`data.child.protection`).

It happens where rows are read, so that a new screen, file or list cannot forget it. Which questions lead there is declared
with the question (`leads_home` in `forms/`). An address, postcode, telephone number and email address are taken out wherever
they stand, in anybody's record; a school, a street or an authority, which others share, in the child's own rows.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.accounts import Account
from data.database.engine import Connection, Row
from data.database.schema import form_table, rows_table
from forms.form import Form, RepeatedRows
from forms.protected import POSTCODE, STREETS
from forms.registry import FORMS

MARK = "[protected address]"
"""What stands in its place, in every text. It is never stored: `data.actor.Writing` refuses it."""

NOT_STORED = (
    "This holds a protected address that is not shown to you, so it cannot be saved by you. Leave that answer as it was, or ask "
    "somebody who is named to change it."
)

PROTECTED_FROM = "SELECT child_id FROM protection WHERE NOT is_lifted AND NOT (${} = ANY(account_ids))"
"""The children whose address is protected from an account."""

_NO_FIXED_ABODE = "ZZ99"


def _leading(form: Form) -> list[str]:
    return [q.key for q in form.questions() if q.leads_home]


LEADS_HOME = frozenset(
    [key for form in FORMS for key in _leading(form)]
    + [q.key for form in FORMS for rows in form.rows() for q in rows.questions if q.leads_home]
)
"""Columns of a child's own rows that are given to the people named only."""


@dataclass(frozen=True)
class Redaction:
    """What one account is not given. With nothing to take out, it costs nothing."""

    anywhere: re.Pattern[str] | None
    of_child: Mapping[str, re.Pattern[str]]

    def rows(self, rows: list[Row]) -> list[Row]:
        if not self.of_child:
            return rows
        return [self.row(row) for row in rows]

    def row(self, row: Row) -> Row:
        child_id = row.get("child_id")
        own = child_id if child_id in self.of_child else None
        return {
            column: MARK
            if own and column in LEADS_HOME and isinstance(value, str) and value
            else self.value(value, own)
            for column, value in row.items()
        }

    def value(self, value: Any, child_id: str | None = None) -> Any:
        """Takes it out of a text, or of each in a list; a child's own text also loses the school and the like."""
        if isinstance(value, str):
            if self.anywhere:
                value = self.anywhere.sub(MARK, value)
            of_child = self.of_child.get(child_id or "")
            return of_child.sub(MARK, value) if of_child else value
        return [self.value(one, child_id) for one in value] if isinstance(value, list) else value

    def is_protected(self, child_id: str | None) -> bool:
        return child_id in self.of_child


NOTHING = Redaction(None, {})


def redaction_for(connection: Connection, account: Account) -> Redaction:
    """Returns what this account is not given, as it stands now."""
    if account.role == "operator":
        return NOTHING
    children = connection.values(PROTECTED_FROM.format(1), [account.account_id])
    if not children:
        return NOTHING
    told = defaultdict[str, set[str]](set)
    for row in _rows_that_lead(connection, children):
        told[row.pop("child_id")].update(value.strip() for value in row.values() if isinstance(value, str))
    anywhere = {pattern for values in told.values() for value in values for pattern in _its_own(value)}
    of_child = {child: frozenset(told.get(child, ())) for child in children}
    return Redaction(
        _any_of(frozenset(anywhere)), {child: _of_one(values) for child, values in of_child.items()}
    )


def _rows_that_lead(connection: Connection, children: list[str]) -> Iterable[Row]:
    """Of every revision: an earlier answer may stand in a text still."""
    for form in FORMS:
        table = form_table(form)
        if columns := _leading(form):
            yield from connection.rows(
                f"SELECT child_id, {', '.join(columns)} FROM {table.history.name} WHERE child_id = ANY($1)",
                [children],
            )
        for rows in form.rows():
            if columns := [f"r.{q.key}" for q in rows.questions if q.leads_home]:
                yield from connection.rows(
                    f"SELECT f.child_id, {', '.join(columns)} FROM {rows_table(form, rows).name} r"
                    f" JOIN {table.name} f ON f.record_id = r.record_id WHERE f.child_id = ANY($1)",
                    [children],
                )


def leads_home(form: Form, rows_key: str, key: str) -> bool:
    """Returns whether the question at a place of a draft is one of those that lead there."""
    item = form.by_key.get(rows_key or key)
    if isinstance(item, RepeatedRows):
        return any(q.leads_home for q in item.questions if q.key == key)
    return bool(item and item.leads_home)


_HOUSE_NUMBER = re.compile(r"^(?:(?:flat|apartment|apt|unit|room|no\.?)\s*)?\d+[a-z]?\b\W*", re.IGNORECASE)
_ENDS_IN_A_STREET = re.compile(rf"\w.*\b(?:{STREETS})\b", re.IGNORECASE)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", value) if part.strip()]


def _its_own(value: str) -> Iterable[str]:
    """Patterns of what is nobody else's: a postcode, a telephone number, an email address, a house with its street."""
    for postcode in POSTCODE.findall(value):
        if not postcode.upper().startswith(_NO_FIXED_ABODE):
            yield r"(?<!\w)" + r"\s*".join(postcode.replace(" ", "")) + r"(?!\w)"
    for number in re.findall(r"\+?\d[\d\s().-]{5,}\d", value):
        digits = re.sub(r"\D", "", number)
        digits = digits.removeprefix("44") if number.startswith("+") else digits.removeprefix("0")
        if len(digits) >= 6:
            yield r"(?<!\d)(?:\+\s*44[\s().-]*)?(?:\(?0\)?[\s().-]*)?" + r"[\s().-]*".join(digits) + r"(?!\d)"
    for email in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value):
        yield re.escape(email)
    if len(parts := _parts(value)) > 1:
        yield _spelt(" ".join(parts))
    for part in parts:
        street = _HOUSE_NUMBER.sub("", part, count=1)
        if street != part and len(street.split()) > 1:
            yield _spelt(part)


def _of_one(values: frozenset[str]) -> re.Pattern[str]:
    """Besides, in the child's own rows: the whole answer (a school, an authority), and a street without its number."""
    found = {_spelt(value) for value in values if len(value) > 3}
    for value in values:
        for part in _parts(value):
            street = _HOUSE_NUMBER.sub("", part, count=1)
            if len(street.split()) > 1 and _ENDS_IN_A_STREET.search(street):
                found.add(_spelt(street))
    return _any_of(frozenset(found)) or re.compile(r"(?!)")


def _spelt(words: str) -> str:
    """The words in any case, with any spaces and punctuation between them, also as JSON escapes them."""
    each = (
        "(?:" + "|".join({re.escape(word), re.escape(json.dumps(word)[1:-1])}) + ")"
        for word in re.findall(r"\w+", words)
    )
    return r"(?<!\w)" + r"(?:\\n|\W)+".join(each) + r"(?!\w)"


@lru_cache(maxsize=256)
def _any_of(patterns: frozenset[str]) -> re.Pattern[str] | None:
    """The longest first, so that a whole address goes as one."""
    ordered: Sequence[str] = sorted(patterns, key=lambda one: (-len(one), one))
    return re.compile("|".join(ordered), re.IGNORECASE) if ordered else None
