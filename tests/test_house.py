"""The rooms of the house keep their order, their size and their doors."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import tracker

PACKAGE = Path(tracker.__file__).parent
ROOMS = [
    "errors", "model", "resources", "reports", "places", "reading",
    "ledger", "control", "mapping", "export", "api", "cli",
]  # fmt: skip
EDGES = {"resources", "reports", "ledger", "export", "api", "cli"}
# Modules of inner rooms that touch files all the same; each says so in its first lines.
STORES = {"places/store.py"}
OUTSIDE = {"os", "subprocess", "socket", "urllib.request", "http", "shutil", "tempfile", "sqlite3"}
CLOCK = {"now", "today", "utcnow", "time_ns", "monotonic"}
RANDOM = {"random", "uuid", "secrets", "time"}
MOST_LINES = 450

MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem == "errors"
)


def of(path):
    return str(path.relative_to(PACKAGE))


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def imports(path):
    """Full names of what a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=of)
def test_imports_point_to_earlier_rooms_only(path):
    here = ROOMS.index(room(path))
    for name in imports(path):
        top, _, rest = name.partition(".")
        there = rest.split(".")[0]
        if top == "tracker" and there in ROOMS:
            assert ROOMS.index(there) <= here, f"{of(path)} imports {name}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) not in EDGES and of(p) not in STORES], ids=of
)
def test_only_edges_touch_files_processes_and_the_network(path):
    for name in imports(path):
        assert not any(name == bad or name.startswith(f"{bad}.") for bad in OUTSIDE), name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"{of(path)}:{node.lineno} opens a file"


@pytest.mark.parametrize("path", MODULES, ids=of)
def test_nothing_asks_the_clock_or_the_dice(path):
    for name in imports(path):
        assert name.split(".")[0] not in RANDOM, f"{of(path)} imports {name}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCK, f"{of(path)}:{node.lineno} asks for .{node.attr}"


@pytest.mark.parametrize("path", MODULES, ids=of)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=of)
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path))


def test_every_room_is_in_the_order():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(ROOMS) - {"errors"}


def test_what_a_module_offers_exists():
    offered = 0
    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if module.name == "tracker.__main__":
            continue
        loaded = importlib.import_module(module.name)
        for name in getattr(loaded, "__all__", ()):
            assert hasattr(loaded, name), f"{module.name}.{name}"
            offered += 1
    assert offered > 30
