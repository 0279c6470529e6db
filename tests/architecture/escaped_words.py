"""Whether words reach the screen escaped: follows what is shown back to fixed words, numbers, or an escaping function.

An expression is safe when all it is made of is. Local names are followed to what they were given, parameters to what
every caller in pages/ passes, and functions of pages/ to what they return. What cannot be followed is not safe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tests.architecture.house import Module, called, dotted

Function = ast.FunctionDef | ast.Module
"""Where an expression stands; the module itself outside functions."""

WORDS = "pages.parts.words"
GIVE_NUMBERS = {"len", "sum", "int", "round", "index"}
OURS = ("form.title", "section.title")
"""What the forms' own words are called wherever they are shown."""

FIXED_TYPES = {"int", "float", "bool"}


class Escaping:
    def __init__(self, modules: Sequence[Module], escaper: str) -> None:
        """`escaper`: the function of `WORDS` that makes any words safe."""
        self.modules = [module for module in modules if module.room in ("pages", "app", "server")]
        self.escaper = escaper
        self._functions: dict[tuple[str, str], tuple[Module, ast.FunctionDef]] = {}
        self._imported = {module.place: _imported_by(module) for module in self.modules}
        self._calls: dict[str, list[tuple[Module, Function, ast.Call]]] = {}
        self._asked: dict[int, bool] = {}
        for module in self.modules:
            for function in _functions_of(module):
                if isinstance(function, ast.FunctionDef):
                    self._functions[_key(module, function.name)] = module, function
                for node in _own_nodes(function):
                    if isinstance(node, ast.Call):
                        last = called(node).split(".")[-1]
                        self._calls.setdefault(last, []).append((module, function, node))

    def calls(self, *names: str) -> Iterator[tuple[Module, Function, ast.Call]]:
        """Every call in pages/ whose name ends so, with the function it stands in."""
        for name in names:
            yield from self._calls.get(name, ())

    def is_safe(self, module: Module, function: Function, node: ast.expr | None) -> bool:
        if node is None:
            return False
        if id(node) not in self._asked:
            self._asked[id(node)] = True  # what refers to itself, as in a sum, is as safe as the rest of it
            self._asked[id(node)] = self._judge(module, function, node)
        return self._asked[id(node)]

    def _judge(self, module: Module, function: Function, node: ast.expr) -> bool:
        def safe(*parts: ast.expr) -> bool:
            return all(self.is_safe(module, function, part) for part in parts)

        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=values):
                return safe(*values)
            case ast.FormattedValue(value=value, format_spec=spec):
                return (spec is not None and ast.unparse(spec) == "f','") or safe(
                    value
                )  # words have no thousands
            case ast.UnaryOp(operand=operand):
                return safe(operand)
            case ast.BinOp(left=left, right=right):
                return safe(left, right)
            case ast.IfExp(body=body, orelse=orelse):
                return safe(body, orelse)
            case ast.BoolOp(values=values):
                return safe(*values)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return safe(*elements)
            case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
                return safe(element)
            case ast.Starred(value=value) | ast.Subscript(value=value):
                return safe(value)
            case ast.Dict(values=values):
                return safe(*values)
            case ast.Call():
                return self._is_safe_call(module, function, node)
            case ast.Name(id=name):
                return self._is_safe_name(module, function, name)
            case ast.Attribute(value=value):
                return (
                    node.attr.isupper()
                    or dotted(value).isupper()
                    or f".{dotted(node)}".endswith(tuple(f".{o}" for o in OURS))
                )
        return False

    def _is_safe_call(self, module: Module, function: Function, call: ast.Call) -> bool:
        name = called(call).split(".")[-1]
        if self._home_of(module, called(call)) == (WORDS, self.escaper) or name in GIVE_NUMBERS:
            return True
        if name == "join" and isinstance(call.func, ast.Attribute):
            return all(self.is_safe(module, function, part) for part in (call.func.value, *call.args))
        if (found := self._functions.get(self._home_of(module, called(call)))) is None:
            return False
        home, known = found
        returns = [node.value for node in _own_nodes(known) if isinstance(node, ast.Return | ast.Yield)]
        return bool(returns) and all(self.is_safe(home, known, value) for value in returns)

    def _is_safe_name(self, module: Module, function: Function, name: str) -> bool:
        if name.isupper():
            return True
        given = list(_given_to(function, name))
        if isinstance(function, ast.FunctionDef):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            for place, argument in enumerate(arguments):
                if argument.arg == name:
                    return self._is_safe_parameter(module, function, place, argument) and all(
                        self.is_safe(module, function, value) for value in given
                    )
        return bool(given) and all(self.is_safe(module, function, value) for value in given)

    def _is_safe_parameter(
        self, module: Module, function: ast.FunctionDef, place: int, argument: ast.arg
    ) -> bool:
        if argument.annotation is not None and dotted(argument.annotation) in FIXED_TYPES:
            return True
        callers = [
            (where, inside, call)
            for where, inside, call in self.calls(function.name)
            if self._home_of(where, called(call)) == _key(module, function.name)
        ]
        for where, inside, call in callers:
            by_name = [word.value for word in call.keywords if word.arg == argument.arg]
            passed = by_name or call.args[place : place + 1]
            if passed and not self.is_safe(where, inside, passed[0]):
                return False
        return bool(callers)

    def _home_of(self, module: Module, name: str) -> tuple[str, str]:
        """Where the function called so in this module is defined: (module's name, function's name)."""
        *of, last = name.split(".")
        imported = self._imported[module.place]
        if not of:
            return imported.get(last) or _key(module, last)
        return (".".join(imported[of[0]]) if len(of) == 1 and of[0] in imported else ""), last


def _key(module: Module, name: str) -> tuple[str, str]:
    return module.place.removesuffix(".py").replace("/", "."), name


def _imported_by(module: Module) -> dict[str, tuple[str, str]]:
    """Each name that it imports from a module: that module's name, and the name there."""
    imported: dict[str, tuple[str, str]] = {}
    for node in module.nodes(ast.ImportFrom):
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            imported.setdefault(alias.asname or alias.name, (f"{node.module}", alias.name))
    return imported


def _functions_of(module: Module) -> Iterator[Function]:
    yield module.tree
    for node in module.nodes(ast.FunctionDef):
        assert isinstance(node, ast.FunctionDef)
        yield node


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    """What stands in it, but not in functions within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [
            child
            for child in ast.iter_child_nodes(node)
            if not isinstance(node, ast.FunctionDef | ast.Lambda)
        ]


def _given_to(function: Function, name: str) -> Iterator[ast.expr | None]:
    """Everything that a local name is given: assigned, added, appended. None for what cannot be followed."""
    for node in _own_nodes(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
                    elif isinstance(target, ast.Tuple | ast.List):
                        same = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
                        for at, element in enumerate(target.elts):
                            if isinstance(element, ast.Name) and element.id == name:
                                yield value.elts[at] if same else None  # type: ignore[union-attr]
            case ast.AnnAssign(target=ast.Name(id=target), value=value) if target == name and value:
                yield value
            case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=target), attr="append" | "extend"), args=args
            ) if target == name:
                yield from args
            case ast.For(target=target) | ast.comprehension(target=target):
                if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)):
                    yield _walked(target, node.iter, name)


def _walked(target: ast.expr, through: ast.expr, name: str) -> ast.expr | None:
    """What a loop's name stands for: an element, which is as safe as what holds it; a number of `enumerate`."""
    if isinstance(target, ast.Tuple) and isinstance(through, ast.Tuple | ast.List):
        at = next(i for i, part in enumerate(target.elts) if isinstance(part, ast.Name) and part.id == name)
        lines = [line.elts[at] for line in through.elts if isinstance(line, ast.Tuple)]
        return ast.Tuple(lines) if len(lines) == len(through.elts) else None
    if isinstance(target, ast.Tuple):
        if (
            called(through) == "enumerate"
            and isinstance(target.elts[0], ast.Name)
            and target.elts[0].id == name
        ):
            return ast.Constant(0)
        return None
    return ast.Constant(0) if called(through) == "range" else through
