"""The import arrows: no arrow up, no circle, and concrete classes are named only where the platform is composed."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import PACKAGES, modules

MAY_IMPORT = {"fanar": {"fanar"}, "rag": {"rag", "fanar"}, "speech": {"speech", "fanar"}, "orchestrator": set(PACKAGES)}
MODULES = modules()


def test_modules_import_only_their_floor_and_those_below() -> None:
    ours = {name: {target.partition(".")[0] for target in module.imports} & set(PACKAGES) for name, module in MODULES.items()}
    assert not {name: up for name, seen in ours.items() if (up := seen - MAY_IMPORT[MODULES[name].package])}


def test_imports_form_no_circle() -> None:
    graph = {name: (module.imports & set(MODULES)) - {name} for name, module in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail("a circle: " + " -> ".join(circle.args[1]))


def test_no_relative_imports() -> None:
    assert not [name for name, module in MODULES.items() if any(isinstance(n, ast.ImportFrom) and n.level for n in module.nodes)]


def test_imports_are_at_the_top_except_where_the_platform_is_composed() -> None:
    lazy = {
        f"{name}:{node.lineno}"
        for name, module in MODULES.items()
        if not name.startswith(("orchestrator.bootstrap", "orchestrator.cli"))
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not lazy


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name
        for name, module in MODULES.items()
        for node in module.nodes
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and ast.unparse(node.value) == "os"
    }
    assert readers <= {"fanar.settings"}


def test_only_the_api_errors_module_names_http_statuses() -> None:
    namers = {name for name, module in MODULES.items() if {"http.HTTPStatus", "fastapi.HTTPException", "fastapi.status"} & module.imports}
    assert namers <= {"orchestrator.api.errors"}
