"""Some verses of the Quran, from the files that the installed package carries."""

from __future__ import annotations

from fanar.documents import Document
from fanar.scripture.index import InMemoryScripture
from tests.unit.fanar.attribution.conftest import read_edition

_SURAHS = frozenset((1, 51, 94, 103, 112))


def scripture() -> InMemoryScripture:
    uthmani, simple = read_edition("uthmani.txt"), read_edition("simple-clean.txt")
    documents = [
        Document(f"{s}:{a}", "quran", f"{s}:{a}", text, expansion=simple[s, a], metadata={"surah": s, "ayah": a})
        for (s, a), text in uthmani.items()
        if s in _SURAHS
    ]
    return InMemoryScripture(documents, version="test", basmala=uthmani[1, 1])
