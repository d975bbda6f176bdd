"""The import arrows: no arrow up, no circle, and concrete classes are named only where the platform is composed."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import PACKAGES, modules

MAY_IMPORT = {"fanar": {"fanar"}, "rag": {"rag", "fanar"}, "speech": {"speech", "fanar"}, "orchestrator": set(PACKAGES)}
MODULES = modules()


@pytest.mark.parametrize("name", MODULES)
def test_module_imports_only_its_floor_and_those_below(name: str) -> None:
    module = MODULES[name]
    ours = {target.partition(".")[0] for target in module.imports()} & set(PACKAGES)
    assert ours <= MAY_IMPORT[module.package]


def test_imports_form_no_circle() -> None:
    graph = {name: (module.imports() & set(MODULES)) - {name} for name, module in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail("a circle: " + " -> ".join(circle.args[1]))


@pytest.mark.parametrize("name", MODULES)
def test_no_relative_imports(name: str) -> None:
    relative = [n.lineno for n in ast.walk(MODULES[name].tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert not relative


@pytest.mark.parametrize("name", MODULES)
def test_imports_are_at_the_top_except_where_the_platform_is_composed(name: str) -> None:
    if name.startswith(("orchestrator.bootstrap", "orchestrator.cli")):
        return
    lazy = [n.lineno for f in MODULES[name].functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not lazy


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name
        for name, module in MODULES.items()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    }
    assert readers <= {"fanar.settings"}


def test_only_the_api_errors_module_names_http_statuses() -> None:
    namers = {name for name, module in MODULES.items() if {"http.HTTPStatus", "fastapi.HTTPException", "fastapi.status"} & module.imports()}
    assert namers <= {"orchestrator.api.errors"}
