"""What My work, each view of the dashboard and the quarterly return cost with 100,000 children and two years of history.

Aimed at: a page settles in the browser within 1.5 times its time with a hundred children, plus its queries' own cost; and
these cost at most 3 bare scans of the columns they look at, and a fifth of what pandas needs to do no more than read the same
tables (and, told beside it, no more than read the same columns).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Page as Window

from data import clock
from data.actor import Actor, Reading
from data.child.referrer_told import told
from data.dashboard.asked import Asked
from data.dashboard.cut import count
from data.dashboard.oversight_cuts import GLANCE
from data.dashboard.views import VIEWS
from data.database.records import CHILD_LINK
from data.database.store import Store, open_store
from data.measures.measure import Scope
from data.my_day import my_day
from data.my_work import my_work
from data.quarters import Quarter
from data.returns.returns import draft_in
from data.sign_in import passwords
from forms.places import PARTNERSHIPS
from tests.bench import national_cohort
from tests.bench.columns_asked import columns_asked
from tests.bench.first_page_in_pandas import first_page
from tests.bench.form_click import PASSWORD
from tests.bench.in_turn import bare_scan, frame, in_turn, pandas_reads
from tests.browser.tool import Tool, a_browser, running, settle, sign_in
from tests.cohort.cohorts import a_population
from tests.factories import MADE, an_account

HERE = PARTNERSHIPS[0]
TODAY = Asked(HERE.areas, clock.today(), HERE)
OVER = Quarter.of(TODAY.on).before()
FEW = 100
ROLES = ("practitioner", "coordinator", "manager", "partnership_lead")
OWN = 20
"""Children whom the practitioner works with, however many there are."""
ADDRESSES = {
    **{f"my_work_of_{role}": (role, "/") for role in ROLES},
    **{f"view_{view.key}": ("partnership_lead", f"/cohort?view={view.key}") for view in VIEWS},
    "quarterly_return": ("partnership_lead", f"/quarterly-return?quarter={OVER}"),
}
"""Page → who opens it and where."""
TURNS = 5


def ratios(children: int = 100_000) -> dict[str, float]:
    settled: dict[int, dict[str, float]] = {}
    found: dict[str, float] = {}
    own: dict[str, float] = {}
    for size in (FEW, children):
        with tempfile.TemporaryDirectory(prefix="mace-bench-") as folder:
            address = str(Path(folder) / "mace.duckdb")
            with open_store(address) as store:
                people = _filled(store, size)
            with running(Tool(address, Path(folder) / "log")) as tool:
                settled[size] = _settled(tool)
            if size == children:
                with open_store(address) as store:
                    own, found = _queries(store, people)
    for page in ADDRESSES:
        few, many = settled[FEW][page], settled[children][page]
        print(f"{page}: {few:.2f} s, {many:.2f} s, its queries {own[page]:.2f} s", file=sys.stderr)
        found[f"{page}_settled_less_its_queries_against_{FEW}"] = (many - own[page]) / few
    return found


def _filled(store: Store, size: int) -> dict[str, str]:
    """Role → account."""
    national_cohort.fill(store, size)
    for area in HERE.areas:
        a_population(store, area, TODAY.on.year, everyone=20 * size)
    password = passwords.hashed(PASSWORD)
    people = {
        role: an_account(store, role, username=role, password_hash=password).account_id for role in ROLES
    }
    with Actor(store, "operator", HERE.key).writing() as work:
        for child_id in work.values(f"SELECT child_id FROM child ORDER BY child_id LIMIT {OWN}"):
            link = {"link_id": f"link {child_id}", "child_id": child_id, "account_id": people["practitioner"]}
            work.save(CHILD_LINK, link, MADE)
    return people


def _settled(tool: Tool) -> dict[str, float]:
    """The median seconds from asking for each page until it stands still. The first time warms up and does not count."""
    found = {}
    with a_browser() as browser:
        for role in ROLES:
            window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            window.set_default_timeout(120_000)
            sign_in(window, tool, role, PASSWORD)
            for page, (whose, path) in ADDRESSES.items():
                if whose == role:
                    times = [_opened(window, tool.url + path) for _ in range(TURNS + 1)]
                    found[page] = statistics.median(times[1:])
    return found


def _opened(window: Window, address: str) -> float:
    began = time.perf_counter()
    window.goto(address)
    window.get_by_text("Signed in as").wait_for()
    settle(window)
    return time.perf_counter() - began


def _queries(store: Store, people: Mapping[str, str]) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds of each page's queries, and these against a bare scan and against pandas."""
    own, found = {}, {}
    actor = Actor(store, "operator", HERE.key)
    with actor.reading() as work:
        _check_against_pandas(work)
    for page, asks in _asking(store, people).items():
        with actor.reading() as work:
            columns = columns_asked(work, asks)
        own[page], scan, of_columns, of_tables = in_turn(
            actor,
            asks,
            lambda work, c=columns: bare_scan(work, c),
            lambda work, c=columns: pandas_reads(work, c),
            lambda work, c=columns: pandas_reads(work, {table: ["*"] for table in c}),
            times=TURNS,
        )
        found[f"{page}_queries_against_bare_scan"] = own[page] / scan
        found[f"pandas_reading_the_tables_against_queries_of_{page}"] = of_tables / own[page]
        found[f"pandas_reading_the_columns_against_queries_of_{page}"] = of_columns / own[page]
    return own, found


def _asking(store: Store, people: Mapping[str, str]) -> dict[str, Callable[[Reading], object]]:
    def first_page(actor: Actor, role: str) -> None:
        my_work(actor)
        my_day(actor)
        if role in ("practitioner", "coordinator"):
            told(actor)

    return {
        **{
            f"my_work_of_{role}": lambda _, account=account, role=role: first_page(
                Actor(store, account), role
            )
            for role, account in people.items()
        },
        **{f"view_{view.key}": lambda work, view=view: list(view.read(work, TODAY)) for view in VIEWS},
        "quarterly_return": lambda work: draft_in(work, Scope(OVER, HERE.areas, HERE)),
    }


def _check_against_pandas(work: Reading) -> None:
    """The main figures of the first view, counted by both."""
    tool = count(work, TODAY, GLANCE)
    plain = first_page(lambda table, columns: frame(work, table, columns), TODAY.areas, TODAY.on)
    if {name: tool[name] for name in plain} != plain:
        raise AssertionError("the tool and pandas do not get the same figures")
