"""The code as syntax trees: its modules, and what each one imports. Nothing is imported or run to read it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOM_ORDER = ("forms", "scoring", "data", "pages", "app", "server")
"""Imports go from right to left only; `app` and `server` stand beside each other at the end."""

FOLDERS = ("forms", "data", "pages", "tests")
NOT_OURS = ("var", "node_modules")


@dataclass(frozen=True)
class Module:
    place: str
    """Its path from the project's folder: "pages/parts/look.py"."""
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top folder, or the name of a module that stands alone: "data", "scoring"."""
        return self.place.split("/")[0].removesuffix(".py")

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def says(self, node: ast.AST, sentence: str) -> str:
        return f"{self.place}:{getattr(node, 'lineno', 1)} {sentence}"

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Every module imported anywhere in it, also within a function: ("data.database.store")."""
        package = self.place.removesuffix(".py").split("/")[:-1]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                yield node, base
                yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def modules(root: Path) -> list[Module]:
    return [Module(str(path.relative_to(root)), _parsed(path)) for path in _files(root)]


def _files(root: Path) -> Iterator[Path]:
    for top in sorted(root.iterdir()):
        if top.is_dir() and not top.name.startswith(".") and top.name not in NOT_OURS:
            yield from sorted(top.rglob("*.py"))
        elif top.suffix == ".py":
            yield top


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def called(call: ast.AST) -> str:
    """What a call names: "st.html" for `st.html(…)`, "…​.append" for a method of something longer."""
    return dotted(call.func) if isinstance(call, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "…"


def is_standard(library: str) -> bool:
    return library in sys.stdlib_module_names
