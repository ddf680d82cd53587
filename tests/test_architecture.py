"""The house rules that a machine can check, told from the source alone."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A room may import the rooms named here, and itself. Data walks one way: docs/data-path.md.
MAY_IMPORT = {
    "run": set(),
    "errors": set(),
    "sql": set(),
    "told": set(),
    "adapters": {"run", "errors"},
    "store": {"run", "errors", "sql"},
    "drift": {"run", "errors", "sql", "store"},
    "rollups": {"run", "errors", "sql", "store", "drift"},
    "risk": {"run", "errors", "sql", "store", "drift", "rollups"},
    "search": {"run", "errors", "sql", "adapters", "store", "rollups", "risk"},
    "people": {"errors", "sql", "store", "rollups", "search"},
    "analysis": {"run", "errors", "sql", "store", "drift", "rollups", "risk", "search"},
    "charts": {"run", "errors", "analysis"},
    "weekly": {
        "run",
        "errors",
        "sql",
        "told",
        "store",
        "rollups",
        "risk",
        "search",
        "people",
        "intake",
        "analysis",
        "charts",
    },
    "pages": {"told", "run", "errors", "analysis", "charts", "intake", "adapters", "search", "people", "weekly"},
    "api": {"run", "errors", "analysis", "store", "intake", "search", "people", "weekly"},
    "intake": {"run", "errors", "sql", "adapters", "store", "drift", "rollups"},
    "schedule": {"store", "drift", "rollups", "risk", "intake", "errors", "people", "weekly"},
    "demo": {"run", "errors", "adapters", "intake", "store", "drift", "risk", "people", "weekly"},
    "scoring": {"run", "adapters", "store", "drift"},
    "models": {"store", "rollups", "risk", "intake", "people", "weekly"},
    "apps": set(),
    "management": {
        "people",
        "store",
        "rollups",
        "risk",
        "intake",
        "adapters",
        "schedule",
        "demo",
        "drift",
        "scoring",
        "weekly",
        "errors",
    },
}
TOOLS = ("puppet", "chef", "salt")
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "processor", "service", "data", "info"}
MODULE_LINES, FUNCTION_LINES, PARAMETERS = 300, 40, 5

# What is longer than the rule, and why that is better than cutting it.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
MANY_PARAMETERS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Module:
    """A source file of ours."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def room(self) -> str | None:
        """The room below reports/ that the file stands in."""
        parts = self.path.with_suffix("").parts
        return parts[1] if parts[0] == "reports" and parts[1] != "__init__" else None

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every Python file that git knows or would add, but for generated migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    paths = [Path(name) for name in sorted(set(listed)) if "migrations" not in name and (ROOT / name).exists()]
    return tuple(_module(path) for path in paths)


def _module(path: Path) -> Module:
    text = (ROOT / path).read_text(encoding="utf-8")
    return Module(path, ast.parse(text), text.count("\n"))


def of_ours() -> list[Module]:
    """All but the tests."""
    return [module for module in modules() if module.path.parts[0] in ("fleetview", "reports")]


def imported(module: Module) -> Iterator[str]:
    """The full names of the modules that a file imports."""
    for node in module.walk(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            if node.module == "reports":
                yield from (f"reports.{alias.name}" for alias in node.names)


def test_there_is_something_to_check() -> None:
    assert len(of_ours()) > 50


def test_every_way_to_import_is_seen() -> None:
    source = "import reports.pages.node\nfrom reports import intake\nfrom reports.api import urls\n"
    names = set(imported(Module(Path("reports/store/x.py"), ast.parse(source), 3)))
    assert {"reports.pages.node", "reports.intake", "reports.api"} <= names


def test_every_room_has_its_arrows() -> None:
    rooms = {module.room for module in of_ours()} - {None}
    assert rooms <= MAY_IMPORT.keys(), "a new room: say in MAY_IMPORT what it may import"


def test_no_room_reaches_back() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in of_ours()
        for name in imported(module)
        if module.room and name.startswith("reports.")
        if name.split(".")[1] not in MAY_IMPORT[module.room] | {module.room}
    ]
    assert wrong == []


def test_the_shape_of_a_run_needs_nothing_but_python() -> None:
    wrong = [name for module in of_ours() if module.room == "run" for name in imported(module)]
    assert [name for name in wrong if name.split(".")[0] in {"django", "reports", "msgspec", "fleetview"}] == []


def test_no_adapter_knows_another() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in of_ours()
        if module.path.parts[:2] == ("reports", "adapters") and len(module.path.parts) > 3
        for name in imported(module)
        if name.startswith("reports.adapters.")
        if name.split(".")[2] not in {module.path.parts[2], "contract", "samples"} and f"{name}." not in module.name
        if (ROOT / "reports" / "adapters" / name.split(".")[2]).is_dir()
    ]
    assert wrong == []


@pytest.mark.parametrize("tool", TOOLS)
def test_no_tool_is_named_outside_its_adapter(tool: str) -> None:
    """In code: names, and texts that are not docstrings. Prose may name a tool to explain itself."""
    wrong = [
        f"{module.name}:{line}"
        for module in of_ours()
        if module.path.parts[:3] != ("reports", "adapters", tool)
        for line, text in _texts(module)
        if tool in text.lower()
    ]
    assert wrong == []


def _texts(module: Module) -> Iterator[tuple[int, str]]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.alias | ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name


def test_no_import_hides_in_a_function() -> None:
    wrong = [
        f"{module.name}:{inner.lineno}"
        for module in modules()
        for function in module.walk(ast.FunctionDef, ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_every_module_says_what_it_is() -> None:
    wrong = [module.name for module in modules() if module.lines and not ast.get_docstring(module.tree)]
    assert wrong == []


def test_no_name_says_nothing() -> None:
    wrong = [module.name for module in modules() if module.path.stem.removeprefix("test_") in BANNED_NAMES]
    assert wrong == []


def test_modules_are_small() -> None:
    long = {module.name for module in modules() if module.lines > MODULE_LINES}
    assert long == LONG_MODULES.keys()


def test_functions_are_small() -> None:
    long = {
        f"{module.name}:{function.name}"
        for module, function in _functions()
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES
    }
    assert long == LONG_FUNCTIONS.keys()


def test_functions_ask_for_little() -> None:
    many = {
        f"{module.name}:{function.name}"
        for module, function in _functions()
        if module.path.parts[0] != "tests"
        if len([*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]) > PARAMETERS + 1
    }
    assert many == MANY_PARAMETERS.keys()


def _functions() -> Iterator[tuple[Module, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node
