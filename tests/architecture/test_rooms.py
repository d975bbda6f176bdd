"""Small rooms: sizes, docstrings, and no handler that swallows everything."""

from __future__ import annotations

import ast

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


def test_files_have_at_most_300_lines() -> None:
    assert not {name: lines for name, module in MODULES.items() if (lines := module.text.count("\n")) > 300}


def test_functions_have_at_most_60_lines() -> None:
    lengths = {f"{name}.{f.name}": (f.end_lineno or 0) - f.lineno + 1 for name, module in MODULES.items() for f in module.functions}
    assert not {name: lines for name, lines in lengths.items() if lines > 60}


def test_everything_public_has_a_docstring() -> None:
    assert not [name for name, module in MODULES.items() if not ast.get_docstring(module.tree)]
    assert not [f"{name}.{node.name}" for name, module in MODULES.items() for node in _public(module) if not ast.get_docstring(node)]


def test_an_init_holds_one_docstring_and_nothing_else() -> None:
    assert not [name for name, module in MODULES.items() if module.path.name == "__init__.py" and len(module.tree.body) != 1]


def test_nothing_catches_everything() -> None:
    swallowing = {
        f"{name}:{node.lineno}"
        for name, module in MODULES.items()
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }
    assert not swallowing
