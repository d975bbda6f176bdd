"""What every ScriptureIndex does."""

from __future__ import annotations

import pytest

from fanar.documents import Document
from fanar.errors import NotFoundError
from fanar.protocols import ScriptureIndex
from fanar.scripture.index import InMemoryScripture

BASMALA = "بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ"
TEXTS = {(112, 1): "قُلْ هُوَ ٱللَّهُ أَحَدٌ", (112, 2): "ٱللَّهُ ٱلصَّمَدُ", (1, 2): "ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَـٰلَمِينَ"}


def _in_memory() -> ScriptureIndex:
    documents = [Document(f"{s}:{a}", "quran", f"{s}:{a}", text, metadata={"surah": s, "ayah": a}) for (s, a), text in TEXTS.items()]
    return InMemoryScripture(documents, version="test", basmala=BASMALA)


@pytest.fixture(params=[_in_memory], ids=["in-memory"])
def index(request: pytest.FixtureRequest) -> ScriptureIndex:
    made: ScriptureIndex = request.param()
    return made


def test_a_verse_is_returned_verbatim(index: ScriptureIndex) -> None:
    assert index.verse(112, 2).text == TEXTS[112, 2]


def test_verses_come_in_the_order_of_the_quran(index: ScriptureIndex) -> None:
    assert [verse.id for verse in index.verses()] == ["1:2", "112:1", "112:2"]


@pytest.mark.parametrize("place", [(112, 5), (115, 1), (0, 0), (1, -1)])
def test_a_verse_that_is_not_there_is_an_error(index: ScriptureIndex, place: tuple[int, int]) -> None:
    with pytest.raises(NotFoundError) as error:
        index.verse(*place)
    assert error.value.message.ar


def test_version_and_basmala_are_named(index: ScriptureIndex) -> None:
    assert (index.version, index.basmala) == ("test", BASMALA)
