"""The rules of the house. Each gives a sentence for every place that breaks it; its docstring is the reason."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from tests.architecture.escaped_words import Escaping
from tests.architecture.house import FOLDERS, ROOM_ORDER, Module, called, dotted, is_standard

Rule = Callable[[Sequence[Module]], Iterator[str]]

HOMES = {
    "forms": {"stdnum", "dateutil"},
    "scoring": set[str](),
    "data": {
        "PIL", "anyascii", "authlib", "bcrypt", "dateutil", "docx", "duckdb", "icalendar", "joserfc", "nhs_number", "openpyxl", "pandas", "psycopg",
        "psycopg_pool", "pyarrow", "stdnum", "typst", "xlsxwriter", "zxcvbn",
    },
    "pages": {"pandas", "plotly", "streamlit", "streamlit_authenticator"},
    "app": {"streamlit"},
    "server": {"anyio", "starlette", "streamlit"},
}  # fmt: skip
"""Which libraries a room may use, besides Python's own."""

IN_PAGES_ITSELF = {"pages/__init__.py"}


def no_other_rooms(modules: Sequence[Module]) -> Iterator[str]:
    """A newcomer knows where a thing lives: there is no other folder of code and no other module on its own."""
    for module in modules:
        if module.room not in (*FOLDERS, *ROOM_ORDER) or (module.room in FOLDERS and "/" not in module.place):
            yield f"{module.place} lives in none of the rooms: forms/, scoring.py, data/, pages/, app.py, server.py, tests/"


def imports_go_one_way(modules: Sequence[Module]) -> Iterator[str]:
    """What is asked does not depend on what is kept, nor what is kept on what is seen; so each can be changed alone."""
    for module in modules:
        if module.room not in ROOM_ORDER:
            continue
        for node, name in module.imports():
            room = name.split(".")[0]
            if room in ("tests", "app", "server") and room != module.room:
                yield module.says(node, f"imports {room}, which nothing may import")
            elif room in ROOM_ORDER and ROOM_ORDER.index(room) > ROOM_ORDER.index(module.room):
                yield module.says(node, f"imports {name}: {module.room} may not know {room}")


def libraries_stay_at_home(modules: Sequence[Module]) -> Iterator[str]:
    """A library that lives in one room can be replaced there; a form or a score needs no database and no screen."""
    for module in modules:
        for node, name in module.imports():
            library = name.split(".")[0]
            if (
                module.room not in HOMES
                or is_standard(library)
                or library in (*ROOM_ORDER, *FOLDERS)
                or (library in HOMES[module.room])
            ):
                continue
            yield module.says(node, f"imports {library}, which has no home in {module.room}")


def no_page_directly_in_pages(modules: Sequence[Module]) -> Iterator[str]:
    """Streamlit by itself serves a module directly in pages/ to anybody who asks, past app.py and the sign-in."""
    for module in modules:
        if module.room == "pages" and module.place.count("/") == 1 and module.place not in IN_PAGES_ITSELF:
            yield f"{module.place} would be served without a sign-in: move it into a folder of pages/"


def pages_run_nothing_on_import(modules: Sequence[Module]) -> Iterator[str]:
    """A module is imported once for everybody: what it draws or reads then belongs to nobody's session."""
    for module in modules:
        if module.room == "pages":
            for statement in module.tree.body:
                if not _only_defines(statement):
                    yield module.says(statement, "runs when it is imported: put it in a function")


def _only_defines(statement: ast.stmt) -> bool:
    if isinstance(
        statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    ):
        return True
    if isinstance(statement, ast.If):
        return isinstance(statement.test, ast.Name) and statement.test.id == "TYPE_CHECKING"
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)  # a docstring
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        calls = [called(node) for node in ast.walk(statement) if isinstance(node, ast.Call)]
        return not any(call.startswith(("st.", "data.", "browser.")) for call in calls)
    return False


def nothing_of_a_child_is_cached(modules: Sequence[Module]) -> Iterator[str]:
    """`st.cache_data` gave the rows of one person to another: its key does not know who asks."""
    for module in modules:
        for node in module.nodes(ast.Attribute, ast.ImportFrom):
            names = [node.attr] if isinstance(node, ast.Attribute) else [a.name for a in node.names]  # type: ignore[attr-defined]
            if {"cache_data", "experimental_memo"} & set(names) and module.room != "tests":
                yield module.says(node, "caches data across people: read it anew, as whoever asks")


HTML = {"html"}
MARKDOWN = {
    "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader",
    "form_submit_button", "header", "info", "link_button", "markdown", "metric", "multiselect", "number_input",
    "page_link", "pills", "popover", "radio", "segmented_control", "selectbox", "success", "subheader", "text_area",
    "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
"""What of Streamlit reads its words as Markdown."""


def words_reach_the_screen_escaped(modules: Sequence[Module]) -> Iterator[str]:
    """A picture in a note about a child would be fetched from anywhere, and a script run: words are shown by st.text,
    by st.html through `as_html`, or in labels and boxes through `paragraphs`."""
    for reads, shows, escaper in (("HTML", HTML, "as_html"), ("Markdown", MARKDOWN, "paragraphs")):
        escaping = Escaping(modules, escaper)
        for module, function, call in escaping.calls(*shows):
            named = [word.value for word in call.keywords if word.arg in ("label", "body")]
            words = named or call.args[:1]
            if words and not escaping.is_safe(module, function, words[0]):
                yield module.says(call, f"shows words that are read as {reads}: pass them through {escaper}")


def markdown_carries_no_html(modules: Sequence[Module]) -> Iterator[str]:
    """Two languages in one text are escaped for neither: st.html is there for HTML."""
    for module in modules:
        for node in module.nodes(ast.keyword):
            if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
                yield module.says(node.value, "lets Markdown carry HTML: use st.html")


DRAW_TEXT_AREAS = ("pages/parts/controls.py", "pages/parts/free_text.py")


def free_text_has_its_prompts(modules: Sequence[Module]) -> Iterator[str]:
    """Appendix B is applied in every free text: a text area is a control of a form or `free_text.several_lines`."""
    for module in modules:
        if module.room != "pages" or module.place in DRAW_TEXT_AREAS:
            continue
        for node in module.nodes(ast.Call):
            if isinstance(node, ast.Call) and called(node).split(".")[-1] == "text_area":
                yield module.says(node, "asks for free text without the prompts: use free_text.several_lines")


def data_says_nothing_aloud(modules: Sequence[Module]) -> Iterator[str]:
    """A child's details never reach a log or a terminal: data/ logs fixed words, and only commands print.

    A `DatabaseUnavailable` may be logged: its sentences are ours, for the person who runs the tool.
    """
    for module in modules:
        if module.room != "data":
            continue
        ours = {
            handler.name
            for handler in module.nodes(ast.ExceptHandler)
            if isinstance(handler, ast.ExceptHandler)
            and handler.type
            and dotted(handler.type) == "DatabaseUnavailable"
        }
        for node in module.nodes(ast.Call):
            assert isinstance(node, ast.Call)
            name = called(node)
            may_print = module.place.startswith("data/commands/") or module.place == "data/__main__.py"
            if not may_print and (name == "print" or name in ("sys.stdout.write", "sys.stderr.write")):
                yield module.says(node, "prints: only commands do")
            is_log = name.rsplit(".", 1)[0] in ("log", "logger", "logging") and name != "logging.getLogger"
            values = [*node.args, *(word.value for word in node.keywords)]
            if is_log and not all(isinstance(v, ast.Constant) or dotted(v) in ours for v in values):
                yield module.says(node, "logs a value: log fixed words only")


NOT_RUN = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipUnless", "skipIf", "SkipTest"}


def every_test_runs(modules: Sequence[Module]) -> Iterator[str]:
    """A test that is skipped protects nothing and looks as if it did."""
    for module in modules:
        if module.room == "tests":
            for node in module.nodes(ast.Attribute, ast.ImportFrom):
                names = [node.attr] if isinstance(node, ast.Attribute) else [a.name for a in node.names]  # type: ignore[attr-defined]
                if NOT_RUN & set(names):
                    yield module.says(node, "skips a test: make what it needs, or take it out")


def every_test_asserts(modules: Sequence[Module]) -> Iterator[str]:
    """A test that asserts nothing passes whatever happens."""
    asserting = {"assert", "raises", "expect", "deprecated_call", "warns"}
    tests = [module for module in modules if module.room == "tests"]
    functions = [
        (module, node, _calls(node))
        for module in tests
        for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    ]
    grown = True
    while grown:  # a function that calls one that asserts, asserts
        found = {node.name for _, node, calls in functions if calls & asserting}  # type: ignore[attr-defined]
        grown = not found <= asserting
        asserting |= found
    for module, node, calls in functions:
        name: str = node.name  # type: ignore[attr-defined]
        if (
            module.place.split("/")[-1].startswith("test_")
            and name.startswith("test_")
            and not calls & asserting
        ):
            yield module.says(node, f"{name} asserts nothing")


def _calls(function: ast.AST) -> set[str]:
    """The last words of what it calls, and "assert" when it says so itself."""
    return {
        "assert" if isinstance(node, ast.Assert) else called(node).split(".")[-1]
        for node in ast.walk(function)
    }


RULES: tuple[Rule, ...] = (
    no_other_rooms,
    imports_go_one_way,
    libraries_stay_at_home,
    no_page_directly_in_pages,
    pages_run_nothing_on_import,
    nothing_of_a_child_is_cached,
    words_reach_the_screen_escaped,
    markdown_carries_no_html,
    free_text_has_its_prompts,
    data_says_nothing_aloud,
    every_test_runs,
    every_test_asserts,
)
