"""The plain page: what is served, and what it may do."""

from __future__ import annotations

import re
from importlib.resources import files

import httpx
import pytest

from orchestrator.api.endpoints.web import MEDIA_TYPES

WEB = files("orchestrator.web")


@pytest.mark.parametrize("name", MEDIA_TYPES)
async def test_every_file_of_the_page_is_served_as_what_it_is(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get("/" if name == "index.html" else f"/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[name]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_table_holds_every_file_that_lies_there() -> None:
    assert {item.name for item in WEB.iterdir() if not item.name.endswith((".py", "__pycache__"))} == set(MEDIA_TYPES)


@pytest.mark.parametrize("path", ["/../settings.py", "/%2e%2e/app.py", "/__init__.py", "/app.py", "/web/app.js"])
async def test_nothing_else_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_page_reads_nothing_as_markup_and_asks_nobody_else(name: str) -> None:
    text = (WEB / name).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"(?:src|href|fetch\()\s*=?\s*[\"']https?:|@import|url\(", text)
    assert " style=" not in text
    assert " onclick=" not in text


def test_page_has_the_same_words_in_both_languages() -> None:
    text = (WEB / "words.js").read_text(encoding="utf-8")
    arabic, english = text.split("\n  en: {")
    keys = [set(re.findall(r"(?<![\w\"])(\w+): (?=[\"\[{])", part)) - {"ar", "WORDS"} for part in (arabic, english)]
    assert keys[0] == keys[1]
    html = (WEB / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r"data-(?:text|label|placeholder)=\"(\w+)\"", html)) <= keys[0]


def test_every_id_the_script_asks_for_is_on_the_page() -> None:
    html = (WEB / "index.html").read_text(encoding="utf-8")
    script = (WEB / "app.js").read_text(encoding="utf-8")
    asked = set(re.findall(r"find\(\"([\w-]+)\"\)", script))
    assert asked <= set(re.findall(r"\bid=\"([\w-]+)\"", html))
