"""The pages: what is served, and what it may do."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from orchestrator.api.endpoints import web
from orchestrator.api.endpoints.web import HEADERS, MEDIA_TYPES

PLAIN = files("orchestrator.web") / "plain"
NAMES = sorted(item.name for item in PLAIN.iterdir())


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a page is built."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "built" / "assets").mkdir(parents=True)
    monkeypatch.setattr(web, "_WEB", tmp_path)
    for each in (web.built_page, web.plain_page):
        each.cache_clear()
    yield tmp_path / "built"
    for each in (web.built_page, web.plain_page):
        each.cache_clear()


@pytest.mark.parametrize("name", NAMES)
async def test_every_file_of_the_plain_page_is_served_as_what_it_is(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get("/plain/" if name == "index.html" else f"/plain/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[name.rpartition(".")[2]]
    assert answer.headers.items() >= HEADERS.items()
    assert answer.content == (PLAIN / name).read_bytes()


async def test_without_a_build_the_plain_page_is_there(client: httpx.AsyncClient, built: Path) -> None:
    answer = await client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "plain/")


async def test_built_page_is_served_with_its_assets_packed_and_for_good(client: httpx.AsyncClient, built: Path) -> None:
    (built / "index.html").write_text("<!doctype html>")
    (built / "assets" / "app-1a2b.js").write_text("run()")
    (built / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"run()"))
    assert (await client.get("/")).headers.items() >= HEADERS.items()
    for accepted, packed in (("gzip, br", "gzip"), ("identity", None)):
        answer = await client.get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})
        assert (answer.text, answer.headers.get("content-encoding")) == ("run()", packed)
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize(
    "path",
    [
        "/../settings.py",
        "/%2e%2e/app.py",
        "/plain/__init__.py",
        "/plain/..%2f__init__.py",
        "/plain/index.txt",
        "/assets/x.js.gz",
        "/app.js",
    ],
)
async def test_nothing_else_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_plain_page_reads_nothing_as_markup_and_asks_nobody_else(name: str) -> None:
    text = (PLAIN / name).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"(?:src|href|fetch\()\s*=?\s*[\"']https?:|@import|url\(", text)
    assert " style=" not in text
    assert " onclick=" not in text


def test_plain_page_has_the_same_words_in_both_languages() -> None:
    text = (PLAIN / "words.js").read_text(encoding="utf-8")
    arabic, english = text.split("\n  en: {")
    keys = [set(re.findall(r"(?<![\w\"])(\w+): (?=[\"\[{])", part)) - {"ar", "WORDS"} for part in (arabic, english)]
    assert keys[0] == keys[1]
    html = (PLAIN / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r"data-(?:text|label|placeholder)=\"(\w+)\"", html)) <= keys[0]


def test_every_id_the_script_asks_for_is_on_the_page() -> None:
    html = (PLAIN / "index.html").read_text(encoding="utf-8")
    script = (PLAIN / "app.js").read_text(encoding="utf-8")
    asked = set(re.findall(r"find\(\"([\w-]+)\"\)", script))
    assert asked <= set(re.findall(r"\bid=\"([\w-]+)\"", html))
