"""Who the children in oversight are: measure 4 as it stood on the day, beside the whole cohort of the area when some are filtered."""

from __future__ import annotations

from collections.abc import Iterator

from data.actor import Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import Cut, count, counted
from data.dashboard.oversight_cuts import PEOPLE, TURNS_18, of_the_day
from data.dashboard.section import Cell, Section, share
from data.measures.oversight import DEMOGRAPHICS, DEMOGRAPHY

HEADINGS = ("Being exploited", "May be exploited", "All")
SHOWN = ("age", "gender", "ethnicity_group", "sen")


def cuts(asked: Asked) -> dict[str, Cut]:
    return PEOPLE


def read(work: Reading, asked: Asked) -> Iterator[Section]:
    figures = count(work, asked, PEOPLE)
    whole = count(work, asked.unfiltered(), PEOPLE) if asked.filters else None
    for column in SHOWN:
        title, options = DEMOGRAPHICS[column]
        title = title.replace("at quarter end", "on that day")
        key, label = max(options, key=lambda option: figures[f"{column}={option[0]}"])
        most = figures[f"{column}={key}"]
        yield Section(
            title, title, (title.split(" ")[0] if column == "age" else "Group", *HEADINGS, *_whole_heading(whole)),
            tuple(_line(label, f"{column}={key}", figures, whole) for key, label in options),
            f"The largest group, {share(most, figures['total'])}: {label.lower() if column == 'age' else label}."
            if most
            else "No child is judged to be or perhaps to be exploited.",
            (of_the_day(DEMOGRAPHY),),
            chart="bars", series=2,
        )  # fmt: skip
    yield Section(
        "Turning 18", "Open children who turn 18 within six months", ("Group", *HEADINGS, *_whole_heading(whole)),
        (_line("Turning 18 within six months", "turns_18", figures, whole),),
        f"{figures['turns_18']:,} of the children with an open episode turn 18 within six months.",
        (TURNS_18, "All includes children judged D or E or not judged yet, so it can be more than being and may be together."),
    )  # fmt: skip


def _whole_heading(whole: dict[str, int] | None) -> tuple[str, ...]:
    return ("All, without filters",) if whole else ()


def _line(
    words: str, cut: str, figures: dict[str, int], whole: dict[str, int] | None
) -> tuple[str, tuple[Cell, ...]]:
    parts = (f"{cut};judgement=being", f"{cut};judgement=may_be", cut)
    return words, (*(counted(figures, part) for part in parts), *((whole[cut],) if whole else ()))
