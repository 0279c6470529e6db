"""`python -m data return`: the quarterly return's figures, as a table or in the long form, while the tool runs or not."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from data.actor import Actor
from data.database.engine import DatabaseUnavailable
from data.database.store import DEFAULT, Store, open_store
from data.quarters import Quarter
from data.refusal import Problems
from data.returns.return_files import DRAFT, asked_for, stamp
from data.returns.return_shape import Return, shown
from forms.places import AREAS, PARTNERSHIPS, Partnership, partnership_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quarter", required=True, help="a quarter of the financial year, such as “2026-27 Q1”"
    )
    parser.add_argument(
        "--partnership", help="such as “Pan-Merseyside”, which it is when nothing else is said"
    )
    parser.add_argument("--area", action="append", default=[], help="one area; may be given several times")
    parser.add_argument("--json", action="store_true", help="print the long form instead of a table")
    parser.add_argument(
        "--version",
        default=DRAFT,
        help="“draft” from the records now, which it is when nothing else is said; “locked”, the number of a locked "
        "version, or “published”",
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        quarter = Quarter.parse(arguments.quarter)
        areas = [area_key(name) for name in arguments.area]
        partnership = which_partnership(arguments.partnership, areas)
        with open_to_read() as store:
            operator = Actor(store, "operator", partnership.key)
            made = asked_for(operator, quarter, areas or partnership.areas, arguments.version)
    except (Problems, DatabaseUnavailable) as refused:
        print(refused, file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(made.as_long_form(), ensure_ascii=False, indent=1))
    else:
        print(as_table(made))
    return 0


def open_to_read(*, despite_loss: bool = False) -> Store:
    """The database of the deployment; a private copy of it while the tool holds it, or when it lost entries and is looked at
    `despite_loss`. Never creates one."""
    address = os.environ.get("MACE_DATABASE") or DEFAULT
    if address.startswith(("postgresql://", "postgres://")):
        return open_store(address, despite_loss=despite_loss)
    if not Path(address).exists():
        raise DatabaseUnavailable(f"There is no database at {Path(address).absolute()}.")
    try:
        return open_store(address)
    except DatabaseUnavailable:
        return open_store(address, private_copy=True, despite_loss=despite_loss)


def area_key(name: str) -> str:
    for key, label in AREAS:
        if name.strip().lower() in (key, label.lower()):
            return key
    raise Problems(f"There is no area of that name. The areas are {', '.join(label for _, label in AREAS)}.")


def which_partnership(name: str | None, areas: list[str]) -> Partnership:
    named = [p for p in PARTNERSHIPS if name and name.strip().lower() in (p.key, p.name.lower())]
    if name and not named:
        raise Problems(
            f"There is no partnership of that name. They are {' and '.join(p.name for p in PARTNERSHIPS)}."
        )
    partnership = named[0] if named else partnership_of(areas[0]) if areas else PARTNERSHIPS[0]
    if not set(areas) <= set(partnership.areas):
        raise Problems(
            f"Give areas of one partnership. The areas of {partnership.name} are {_names(partnership)}."
        )
    return partnership


def _names(partnership: Partnership) -> str:
    return ", ".join(dict(AREAS)[area] for area in partnership.areas)


def as_table(made: Return) -> str:
    """Areas as columns, measures and their breakdowns as rows, then what stands out and what is missing."""
    columns = (*made.area_names, "Total")
    values = made.values()
    lines = [
        f"{made.partnership.name}, {made.quarter} ({made.quarter.first:%-d %B %Y} to {made.quarter.last:%-d %B %Y})",
        f"{stamp(made)} {made.marking}",
    ]
    for said in made.measures:
        if said.breakdowns:
            lines += ["", f"{said.number}. {said.title}", " " * 62 + "".join(f"{n:>11}" for n in columns)]
        lines += [
            f"   {label[:57]:<59}" + "".join(f"{_told(values[name, said.number, b]):>11}" for name in columns)
            for b, label in said.breakdowns
        ]
    before = "" if made.published else " (mean of the four before)"
    lines += ["", f"3. Emerging themes, all areas together: children this quarter{before}"]
    lines += [
        f"   {t.label[:76]:<78}{shown(t.this_quarter):>6}"
        + ("" if made.published else f" ({t.mean_of_four_before:,.2f})")
        for t in made.themes
        if t.area == "Total"
    ][:12]
    lines += ["", *(f"{c.area}, measure {c.measure}: {c.sentence}" for c in made.checks if not c.holds)]
    lines += [
        f"{x.area}, measure {x.measure}: {x.label}: {x.count:,}." for x in made.missing if x.area != "Total"
    ]
    lines += [f"\n{n.area}, measure {n.measure}: {n.text}" for n in made.narratives if n.text]
    return "\n".join(lines).rstrip()


def _told(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else value
