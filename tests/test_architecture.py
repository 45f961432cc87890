"""The house stays a house: a module imports only from its own floor or below, and each package has one home."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "ntm_repair"
FLOORS = (
    ("types",),
    ("errors", "messages", "vietnamese", "text", "packed", "compiled", "configfile", "layers", "patterns", "places"),
    (
        "answers",
        "context",
        "glance",
        "glossary",
        "lexicon",
        "tokens",
        "legacy",
        "segment",
        "survey",
        "patch",
        "anchors",
        "score",
        "accept",
        "likely",
        "wrongforms",
    ),
    (
        "decoding",
        "ours",
        "files",
        "article",
        "formats",
        "config",
        "allow",
        "decisions",
        "ownlog",
        "standing",
        "replay",
        "merge",
    ),
    ("language",),
    ("rules", "suggest", "learning", "matching", "resources"),
    ("closure", "detect"),
    ("pipeline",),
    ("report", "review", "batch", "api"),
    ("adapters", "commands"),
    ("cli", "__main__", "__init__"),
)
"""Modules and packages of ntm_repair by floor, the ground first. On one floor they may use each other."""
HOMES = {
    "typer": {"cli"},
    "prompt_toolkit": {"review"},
    "starlette": {"review"},
    "uvicorn": {"review"},
    "langdetect": {"language"},
    "rapidfuzz": {"lexicon", "matching", "config", "suggest"},
    "charset_normalizer": {"decoding"},
    "ftfy": {"legacy"},
    "tomlkit": {"allow"},
    "zstandard": {"formats"},
    "pyarrow": {"formats", "report"},
    "datatrove": {"adapters"},
    "ctranslate2": {"suggest"},
    "numpy": {"glance", "survey", "packed", "matching", "context"},
}
"""Third-party packages and the modules that may import them."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The module or package of ntm_repair that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Dotted names a file imports, those for types alone among them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            if node.module == "ntm_repair":
                found.update(f"ntm_repair.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def floor(name: str) -> int:
    return next(i for i, names in enumerate(FLOORS) if name in names)


def test_every_module_has_a_floor() -> None:
    known = {name for names in FLOORS for name in names}
    assert {room(p) for p in modules()} <= known
    assert known <= {room(p) for p in modules()}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_uses_only_its_own_floor_and_those_below(path: Path) -> None:
    here = floor(room(path))
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "ntm_repair" or len(parts) < 2 or parts[1].startswith("__version"):
            continue
        assert floor(parts[1]) <= here, f"{path.name} imports {name} from above"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_package_is_imported_in_its_home_only(path: Path) -> None:
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or room(path) in homes, f"{path.name} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {".".join(("ntm_repair", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in modules()}
    faces = {name for name in names if name.endswith("__init__")}  # a package's face hands on what is below it
    graph = {name: imports(path) & names.keys() - {name} for name, path in names.items() if name not in faces}
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(graph)
