"""The README tells the truth about the tree."""

from __future__ import annotations

from tests.architecture.source import PACKAGES, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = README.partition("## File map\n```\n")[2].partition("```")[0]
# A row names a folder and its modules; the line below it says in a comment what they are.
ROWS = [line.split() for line in MAP.splitlines() if not line.lstrip().startswith("#")]
PARTS = {folder.rstrip("/"): set(names) - {"-"} for folder, *names in ROWS if folder.split("/")[0] in PACKAGES}


def _modules(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__", "__main__"}


def test_file_map_names_every_package() -> None:
    packages = {str(path.parent.relative_to(ROOT)) for name in PACKAGES for path in (ROOT / name).rglob("__init__.py")}
    assert packages == set(PARTS)


def test_file_map_names_every_module() -> None:
    assert not {folder: sorted(differing) for folder, named in PARTS.items() if (differing := named ^ _modules(folder))}
