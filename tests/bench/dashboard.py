"""How long the dashboard's views and a day's first page take at a nation's size, against a hundred children, a scan and pandas."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data.actor import Actor, Reading
from data.dashboard.asked import Asked
from data.dashboard.cut import count
from data.dashboard.oversight_cuts import GLANCE
from data.dashboard.views import VIEWS
from data.database.store import Store, open_store
from data.my_day import my_day
from data.my_work import my_work
from forms.places import PARTNERSHIPS
from tests.bench import national_cohort
from tests.bench.measures import _frame, _in_turn, _seconds
from tests.factories import an_account

ASKED = Asked(PARTNERSHIPS[0].areas, national_cohort.AS_OF, PARTNERSHIPS[0])
COLUMNS = {
    "episode": ["episode_id", "child_id", "area", "opened_on", "closed_on", "referral_id"],
    "discussion": ["episode_id", "child_id", "meeting_date", "judgement", "scale", "review_by", "kind"],
    "referral": ["referral_id", "referring_agency", "kind", "received_on"],
    "scoring_history": [
        "child_id",
        "scoring_id",
        "revision",
        "scored_on",
        "handled_band",
        "band",
        "override_reason",
    ],
    "child": ["child_id", "date_of_birth", "sex", "gender", "ethnicity", "sen"],
}
"""What the figures of the first page need."""
FEW = 100


def ratios(children: int = 100_000) -> dict[str, float]:
    """The figures of the first page, counted and compared with pandas; each view and My work at `children` against a hundred."""
    found: dict[str, float] = {}
    seconds: dict[int, dict[str, float]] = {}
    for size in (FEW, children):
        with tempfile.TemporaryDirectory(prefix="mace-bench-") as folder:
            address = str(Path(folder) / "mace.duckdb")
            with open_store(address) as store:
                national_cohort.fill(store, size)
                people = [an_account(store, role) for role in ("practitioner", "coordinator")]
            with open_store(address) as store:
                seconds[size] = _pages(store, people)
                if size == children:
                    with Actor(store, "operator", PARTNERSHIPS[0].key).reading() as work:
                        found |= _against(work)
    found |= {
        f"{page}_at_{children}_against_{FEW}": seconds[children][page] / seconds[FEW][page]
        for page in seconds[FEW]
    }
    return found


def _pages(store: Store, people: list[Actor]) -> dict[str, float]:
    here = [Actor(store, person.account_id) for person in people]

    def first_pages() -> None:
        for person in here:
            my_work(person)
            my_day(person)

    with Actor(store, "operator", PARTNERSHIPS[0].key).reading() as work:
        views: dict[str, Callable[[], object]] = {
            f"view_{view.key}": lambda view=view: list(view.read(work, ASKED)) for view in VIEWS
        }
        pages = {**views, "my_work": first_pages}
        return {name: min(_in_turn(page, times=3)) for name, page in pages.items()}


def _against(work: Reading) -> dict[str, float]:
    def by_tool() -> dict[str, int]:
        return count(work, ASKED, GLANCE)

    def pandas_reads() -> dict[str, pd.DataFrame]:
        read = {table: _frame(work, table, columns) for table, columns in COLUMNS.items()}
        read["discussion"]["review_by"] = pd.to_datetime(read["discussion"]["review_by"])
        return read

    def scan() -> None:
        for table, columns in COLUMNS.items():
            work.rows(f"SELECT {', '.join(f'max({column})' for column in columns)} FROM {table}")

    frames = pandas_reads()
    tool, plain = by_tool(), by_pandas(frames)
    if {name: tool[name] for name in plain} != plain:
        raise AssertionError("the tool and pandas do not get the same figures")
    seconds, scanned = _in_turn(by_tool, scan)
    in_pandas, reading = _seconds(lambda: by_pandas(frames)), _seconds(pandas_reads)
    return {
        "first_page_against_bare_scan": seconds / scanned,
        "pandas_against_first_page": in_pandas / seconds,
        "pandas_with_its_reading_against_first_page": (in_pandas + reading) / seconds,
    }


def by_pandas(frames: dict[str, pd.DataFrame]) -> dict[str, int]:
    """The main figures of the first page, vectorised."""
    last = pd.Timestamp(ASKED.on)
    e, d, s = frames["episode"], frames["discussion"], frames["scoring_history"]
    here = e[e.area.isin(ASKED.areas) & (e.opened_on <= last) & (e.closed_on.isna() | (e.closed_on > last))]
    talks = d[(d.meeting_date <= last) & d.episode_id.isin(here.episode_id)].sort_values("meeting_date")
    by_episode = talks.groupby("episode_id")
    here = here.set_index("episode_id").assign(
        judgement=by_episode.judgement.last(), review_by=by_episode.review_by.last(), talks=by_episode.size()
    )
    scored = s[s.scored_on <= last].sort_values(["scored_on", "scoring_id", "revision"])
    here = here.join(scored.groupby("child_id").handled_band.last(), on="child_id")
    counted = here.judgement.isin(list("ABC"))
    return {
        "open": len(here),
        "total": int(counted.sum()),
        "judgement=being": int(here.judgement.isin(list("AB")).sum()),
        "review=overdue": int((here.review_by < last).sum()),
        "review=never": int((here.talks.fillna(0) <= 1).sum()),
        **{
            f"band={band}": int((counted & (here.handled_band == band)).sum())
            for band in ("low", "medium", "high")
        },
        "band=none": int((counted & here.handled_band.isna()).sum()),
    }
