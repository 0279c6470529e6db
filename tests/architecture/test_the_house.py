"""The rules hold for the code as it is, and each is proven by a violation planted in a copy of nothing but it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.house import Module, modules
from tests.architecture.rules import RULES, Rule

PROJECT = Path(__file__).parents[2]

VIOLATIONS: list[tuple[Rule, str, str]] = [
    (rules.no_other_rooms, "utils/dates.py", ""),
    (rules.no_other_rooms, "helpers.py", ""),
    (rules.no_other_rooms, "pages.py", ""),
    (rules.imports_go_one_way, "forms/child.py", "from data.database.store import the_store"),
    (rules.imports_go_one_way, "forms/child.py", "def f():\n    import scoring"),
    (rules.imports_go_one_way, "scoring.py", "import data"),
    (rules.imports_go_one_way, "data/database/store.py", "from pages.parts import browser"),
    (rules.imports_go_one_way, "data/measures/stays.py", "from ...pages import menu"),
    (rules.imports_go_one_way, "pages/everyone/home.py", "import app"),
    (rules.imports_go_one_way, "server.py", "import app"),
    (rules.imports_go_one_way, "data/demo.py", "from tests.factories import a_child"),
    (rules.libraries_stay_at_home, "forms/child.py", "import streamlit"),
    (rules.libraries_stay_at_home, "scoring.py", "import pandas as pd"),
    (rules.libraries_stay_at_home, "data/database/store.py", "import streamlit_authenticator"),
    (rules.libraries_stay_at_home, "data/database/store.py", "import plotly.graph_objects as go"),
    (rules.libraries_stay_at_home, "pages/everyone/home.py", "import duckdb"),
    (rules.libraries_stay_at_home, "pages/everyone/home.py", "from psycopg.rows import dict_row"),
    (rules.libraries_stay_at_home, "app.py", "def f():\n    from docx import Document"),
    (rules.libraries_stay_at_home, "server.py", "import openpyxl"),
    (rules.libraries_stay_at_home, "pages/everyone/home.py", "import xlsxwriter, bcrypt"),
    (rules.no_page_directly_in_pages, "pages/home.py", ""),
    (rules.pages_run_nothing_on_import, "pages/everyone/home.py", "import streamlit as st\nst.title('Home')"),
    (rules.pages_run_nothing_on_import, "pages/everyone/home.py", "for x in (1, 2):\n    pass"),
    (rules.pages_run_nothing_on_import, "pages/everyone/home.py", "NAME = st.text_input('Name')"),
    (rules.pages_run_nothing_on_import, "pages/parts/look.py", "with open('x') as f:\n    pass"),
    (rules.nothing_of_a_child_is_cached, "pages/parts/lists.py", "@st.cache_data\ndef f(): ..."),
    (rules.nothing_of_a_child_is_cached, "data/database/store.py", "from streamlit import cache_data"),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    st.markdown(x)"),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    st.sidebar.write(f'of {x}')"),
    (rules.words_reach_the_screen_escaped, "app.py", "st.caption(body=name)"),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    st.button(label=x.name)"),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    st.html(f'<p>{x.name}</p>')"),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    place.html('<p>' + x['name'])"),
    (
        rules.words_reach_the_screen_escaped,
        "pages/a/b.py",
        "def f(x):\n    y = '<p>'\n    y += x\n    st.html(y)",
    ),
    (
        rules.words_reach_the_screen_escaped,
        "pages/a/b.py",
        "def f(x):\n    y = []\n    y.append(x)\n    st.html(''.join(y))",
    ),
    (
        rules.words_reach_the_screen_escaped,
        "pages/a/b.py",
        "def g(x):\n    return x\ndef f(x):\n    st.html(g(x))",
    ),
    (
        rules.words_reach_the_screen_escaped,
        "pages/a/b.py",
        "def g(w):\n    st.html(w)\ndef f(x):\n    g(x.name)",
    ),
    (
        rules.words_reach_the_screen_escaped,
        "pages/a/b.py",
        "def f(xs):\n    for x in xs:\n        st.html(x)",
    ),
    (rules.words_reach_the_screen_escaped, "pages/a/b.py", "def f(x):\n    st.html(as_html(x))"),
    (rules.markdown_carries_no_html, "pages/a/b.py", "st.markdown('<b>', unsafe_allow_html=True)"),
    (rules.free_text_has_its_prompts, "pages/a/b.py", "def f():\n    st.text_area('Reason')"),
    (rules.data_says_nothing_aloud, "data/child/children.py", "def f(x):\n    print(x)"),
    (rules.data_says_nothing_aloud, "data/child/children.py", "def f(x):\n    log.warning('child %s', x)"),
    (rules.data_says_nothing_aloud, "data/commands/load.py", "def f(x):\n    log.info(f'child {x}')"),
    (rules.every_test_runs, "tests/store/test_a.py", "@pytest.mark.skip\ndef test_a():\n    assert 1"),
    (rules.every_test_runs, "tests/store/test_a.py", "@pytest.mark.xfail\ndef test_a():\n    assert 1"),
    (rules.every_test_runs, "tests/store/test_a.py", "x = pytest.importorskip('duckdb')"),
    (rules.every_test_runs, "tests/conftest.py", "from pytest import skip"),
    (rules.every_test_asserts, "tests/store/test_a.py", "def test_a_child_is_found():\n    find()"),
]


@pytest.fixture(scope="module")
def code() -> list[Module]:
    return modules(PROJECT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_every_rule(rule: Rule, code: list[Module]) -> None:
    assert list(rule(code)) == []


@pytest.mark.parametrize(("rule", "place", "planted"), VIOLATIONS, ids=lambda v: getattr(v, "__name__", None))
def test_a_planted_violation_is_found(tmp_path: Path, rule: Rule, place: str, planted: str) -> None:
    plant(tmp_path, place, planted)
    found = list(rule(modules(tmp_path)))
    assert found
    assert all(sentence.startswith(place) for sentence in found)


def test_every_rule_has_a_violation_that_proves_it() -> None:
    assert {rule for rule, _, _ in VIOLATIONS} == set(RULES)


def test_the_rules_read_every_file_of_code(code: list[Module]) -> None:
    """The real tree is not empty to them: a rule that sees nothing would hold."""
    read = {module.place for module in code}
    assert {
        "app.py",
        "server.py",
        "scoring.py",
        "forms/form.py",
        "data/database/store.py",
        "pages/parts/menu.py",
    } <= read


@pytest.mark.parametrize(
    "allowed",
    [
        "import streamlit as st\nfrom pages.parts.navigation import Page\nTITLE = 'Home'\n"
        "def body():\n    st.title(TITLE)\nPAGE = Page('Home', 'home', frozenset({'manager'}), body)\n",
        "import streamlit as st\nfrom pages.parts.words import as_html, paragraphs\n"
        "def body(child, notes):\n    said = ''.join(f'<p>{as_html(note)}</p>' for note in notes)\n"
        "    st.html(f'<h2>{as_html(child.name)}</h2>{said}')\n    _line(len(notes), '<p>')\n"
        "    st.header(paragraphs(child.name))\ndef _line(many, tag):\n    st.html(f'{tag}{many}')\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from data.actor import Actor\n",
    ],
)
def test_what_a_page_may_do_is_not_forbidden(tmp_path: Path, allowed: str) -> None:
    plant(tmp_path, "pages/everyone/home.py", allowed)
    assert [sentence for rule in RULES for sentence in rule(modules(tmp_path))] == []


def plant(root: Path, place: str, code: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
