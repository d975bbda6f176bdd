"""Small rooms: sizes, docstrings, and no handler that swallows everything."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import Module, modules

MODULES = modules()


def _public(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    found: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            found.append(node)
            found += [
                n
                for n in ast.iter_child_nodes(node)
                if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and not n.name.startswith("_")
            ]
    return found


@pytest.mark.parametrize("name", MODULES)
def test_file_has_at_most_300_lines(name: str) -> None:
    assert MODULES[name].text.count("\n") <= 300


@pytest.mark.parametrize("name", MODULES)
def test_functions_have_at_most_60_lines(name: str) -> None:
    long = [f.name for f in MODULES[name].functions if (f.end_lineno or 0) - f.lineno + 1 > 60]
    assert not long


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_has_a_docstring(name: str) -> None:
    module = MODULES[name]
    assert ast.get_docstring(module.tree)
    assert not [node.name for node in _public(module) if not ast.get_docstring(node)]


@pytest.mark.parametrize("name", [n for n, m in MODULES.items() if m.path.name == "__init__.py"])
def test_init_holds_one_docstring_and_nothing_else(name: str) -> None:
    assert len(MODULES[name].tree.body) == 1


@pytest.mark.parametrize("name", MODULES)
def test_nothing_catches_everything(name: str) -> None:
    handlers = [n for n in ast.walk(MODULES[name].tree) if isinstance(n, ast.ExceptHandler)]
    assert not [
        h.lineno for h in handlers if h.type is None or (isinstance(h.type, ast.Name) and h.type.id in ("Exception", "BaseException"))
    ]
