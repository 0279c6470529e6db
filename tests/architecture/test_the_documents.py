"""README, CONTRIBUTING and docs/ name files, commands and settings that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "docs" / "architecture.md",
    PROJECT / "docs" / "operations.md",
    *sorted((PROJECT / "docs" / "decisions").glob("*.md")),
]


def named(text: str) -> Iterator[str]:
    """Paths in backticks, such as `data/database/schema.py` and `forms/`, and the targets of links."""
    yield from re.findall(r"`([\w.-]+(?:/[\w.-]+)*(?:\.(?:py|md|txt|toml)|/))`", text)
    yield from re.findall(r"\]\((?!https?:)([^)#]+)\)", text)


def missing(document: Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    return [
        path
        for path in named(text)
        if not path.startswith("var/")
        and not (document.parent / path).exists()
        and not (PROJECT / path).exists()
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    assert missing(document) == []


def test_a_name_of_nothing_is_found(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text("See `data/nowhere.py`, `nothing/` and [why](docs/no.md), and `app.py`.", "utf-8")
    assert missing(document) == ["data/nowhere.py", "nothing/", "docs/no.md"]


def test_every_setting_in_the_code_is_in_the_readme() -> None:
    code = [*PROJECT.glob("*.py"), *(PROJECT / "data").rglob("*.py"), *(PROJECT / "pages").rglob("*.py")]
    settings = {name for path in code for name in re.findall(r'"(MACE_\w+)"', path.read_text("utf-8"))}
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert settings
    assert {name for name in settings if f"`{name}`" not in readme} == set()


def test_every_word_of_make_is_told() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    readme = (PROJECT / "README.md").read_text("utf-8")
    words = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    assert {"run", "test", "check", "bench", "demo"} <= set(words)
    assert [
        word
        for word in words
        if word != "help" and f"make {word}" not in readme and f"`{word}`" not in readme
    ] == []
