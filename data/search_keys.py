"""What is worked out from a record and kept beside it to search by: names and numbers as `data.names` folds them.

Each is a column of the record's own table, written with every revision, and filled in at start where it is not there yet.
Nobody is shown one. A change of the folding needs columns of another name, which the next start then fills.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from data.names import names_of, ordered, plain, search_key

Derived = Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]]
"""Column → its type, and how it is worked out from the record."""

_NO_FIXED_ABODE = "ZZ99"


def number_key(number: str | None) -> str:
    """Returns a local number without case, spaces and dashes: “LCS-77 a” becomes “lcs77a”."""
    return plain(number or "").replace(" ", "")


def full_name_keys(name: str) -> tuple[str, str]:
    """Returns a whole name run together, its words sorted and as they stand: each is found in the child's `full_name_key`
    when the child is called so."""
    in_order, as_it_stands = (words.replace(" ", "") or "-" for words in (ordered(name), plain(name)))
    return f"|{in_order}|", f"|{as_it_stands}|"


def concern_keys(record: Mapping[str, Any]) -> list[str]:
    """Returns what two areas' records have in common when they are about one person (a name or alias, its words in any
    order, and the date of birth) or one place (its name, address or postcode)."""
    kind = record.get("kind")
    if kind == "person" and record.get("date_of_birth"):
        born = record["date_of_birth"].isoformat()
        return [f"person {ordered(one)} {born}" for one in names_of(record)]
    if kind != "place":
        return []
    found = [f"place {one}" for one in names_of(record)]
    postcode = record.get("postcode") or ""
    if postcode and not postcode.startswith(_NO_FIXED_ABODE):
        found.append(f"postcode {postcode}")
    if record.get("address"):
        found.append(f"address {plain(record['address'])}")
    return found


def _names(record: Mapping[str, Any]) -> str:
    return search_key(*names_of(record))


def _concern(record: Mapping[str, Any]) -> str:
    return search_key(*names_of(record), record.get("address"), record.get("postcode"))


OF_CHILD: Derived = {
    "name_key": ("text", _names),
    "full_name_key": ("text", lambda record: "".join(full_name_keys(record.get("name") or ""))),
    "lcs_key": ("text", lambda record: number_key(record.get("lcs_number"))),
}
OF_CONCERN: Derived = {"match_keys": ("text[]", concern_keys), "search_key": ("text", _concern)}
OF_ACTION: Derived = {"owner_key": ("text", lambda record: search_key(record.get("owner")))}
OF_ACCOUNT: Derived = {"name_key": ("text", lambda record: search_key(record.get("name")))}
