"""The page keeps the house's rules: small rooms with a head that says what they are, and nothing untyped or read as markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PAGE = ROOT / "orchestrator" / "web" / "page"
FILES = {str(path.relative_to(PAGE)): path for folder in ("src", "tests") for path in sorted((PAGE / folder).rglob("*.*"))}
SCRIPTS = [name for name in FILES if name.endswith((".ts", ".tsx"))]
# What each may import, by folder: text and words stand below, the parts of the page on top of all.
BELOW = {
    "text": {"text"},
    "voice": {"voice"},
    "words": {"words", "state", "text"},
    "state": {"state", "text"},
    "api": {"api", "state", "words"},
    "chat": {"chat", "api", "state", "text", "words"},
}


def _imports(path: Path) -> set[str]:
    """The folders of `src` that a file imports from."""
    found = re.findall(r'from "(\.{1,2}/[^"]+)"', path.read_text(encoding="utf-8"))
    return {(path.parent / each).resolve().relative_to((PAGE / "src").resolve()).parts[0] for each in found}


@pytest.mark.parametrize("name", FILES)
def test_file_has_at_most_300_lines(name: str) -> None:
    assert FILES[name].read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize("name", SCRIPTS)
def test_file_begins_with_what_it_is(name: str) -> None:
    assert re.match(r"// \S.{10,}", FILES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_untyped_or_read_as_markup(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert not re.search(r":\s*any\b|\bas any\b|<any>|@ts-(?:ignore|expect-error|nocheck)", text)
    assert not re.search(r"dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name.startswith(tuple(f"src/{folder}/" for folder in BELOW))])
def test_file_imports_only_what_stands_below(name: str) -> None:
    assert _imports(FILES[name]) <= BELOW[name.split("/")[1]]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".css")])
def test_styles_know_no_left_and_right(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", FILES[name].read_text(encoding="utf-8"), flags=re.DOTALL)
    # Code runs from left to right in every language.
    text = text.replace("border-radius: var(--round); text-align: left;", "")
    assert not re.search(
        r"(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*:|text-align: (?:left|right)|float: (?:left|right)", text
    )
