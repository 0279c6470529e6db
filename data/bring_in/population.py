"""How many children live in each area, brought in for rates: one row an area and year, with every earlier one kept."""

from __future__ import annotations

from data.access.accounts import check_can_bring_in_population
from data.actor import Actor
from data.database.audit import Event
from data.database.engine import Row
from data.database.records import POPULATION
from data.naming import check_names_nobody
from forms.population import EVERYONE, read_population


def bring_in(actor: Actor, csv_text: str, source: str, *, names_nobody: bool = False) -> int:
    """Keep every row of the file, or none; a row of the same area and year takes the place of the earlier. Gives how many.

    Raises `forms.population.PopulationRefused` with every problem.
    """
    with actor.writing() as work:
        check_can_bring_in_population(work)
        rows = read_population(csv_text, work.account.partnership)
        check_names_nobody(work, work.account.partnership, source, is_confirmed=names_nobody)
        for one in rows:
            population_id = f"{one.area} {one.year}"
            record = {
                "population_id": population_id, "area": one.area, "year": one.year, "source": source.strip()[:200],
                **{_column(key): count for key, count in one.counts.items()},
            }  # fmt: skip
            work.save(POPULATION, record, Event("population brought in", None, population_id))
        return len(rows)


def populations(actor: Actor) -> list[Row]:
    """What the partnership has, newest year first: area, year, source, everyone, and whose file it was."""
    with actor.reading() as work:
        check_can_bring_in_population(work)
        marks = ", ".join(f"${at}" for at, _ in enumerate(work.account.partnership.areas, 1))
        return work.rows(
            "SELECT p.area, p.year, p.source, p.everyone, p.recorded_at, a.name AS brought_by FROM population p"
            f" LEFT JOIN account a ON a.account_id = p.recorded_by WHERE p.area IN ({marks}) ORDER BY p.year DESC, p.area LIMIT 100",
            list(work.account.partnership.areas),
        )


def _column(key: str) -> str:
    return "everyone" if key == EVERYONE else key
