from __future__ import annotations

from pathlib import Path

import pytest
import tantivy

from fanar.documents import Document
from fanar.errors import ConflictError, IndexMismatchError, NotFoundError, UnprocessableError
from rag.embedders import LARGE, SHAPE, shape_for
from rag.indexes import lexical_folder
from rag.stores.lexical import extend_lexical_index
from tests.unit.rag.library import Library, info, open_library, rules, verses


@pytest.fixture
async def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path)
    await library.add("rules", rules()[:3])
    return library


def another(number: int, text: str) -> Document:
    return Document(id=f"n{number}", corpus="rules", reference=f"news {number}", text=text, translation="A translation beside it.")


async def found(library: Library, question: str) -> list[str]:
    return [each.document.id for each in await library.retriever.retrieve(question, top_k=2)]


async def test_what_was_added_is_found_at_once_beside_what_was_there(library: Library) -> None:
    assert "5" not in await found(library, "إجازة الأمومة")
    extended = await library.corpora.extend("rules", rules()[3:])
    assert extended.documents == 5
    assert (await found(library, "إجازة الأمومة"))[0] == "5"
    assert (await found(library, "annual leave"))[0] == "1"
    assert await library.corpora.verify("rules") == []


async def test_an_index_that_was_open_notices_what_is_added_and_keeps_its_embedder(library: Library) -> None:
    before = library.catalog.open("rules")
    await library.corpora.extend("rules", [another(1, "a text")])
    after = library.catalog.open("rules")
    assert (before.lexical.documents, after.lexical.documents, after.manifest.documents) == (3, 4, 4)
    assert after.embedder is before.embedder
    assert "translation" in after.manifest.fields
    assert library.catalog.open("rules") is after


async def test_many_additions_keep_all_that_was_added(library: Library) -> None:
    for number in range(20):
        await library.corpora.extend("rules", [another(number, f"notice number {number}")])
    assert await library.corpora.verify("rules") == []
    assert (await found(library, "notice 17"))[0] == "n17"


async def test_what_an_interrupted_addition_left_out_is_indexed_with_the_next(library: Library) -> None:
    stored = library.repository.extend("rules", [another(1, "stored only")])
    assert not library.indexer.is_current(stored)
    # As far as the words: the process ended before it wrote down that they are there.
    folder = lexical_folder(next((library.catalog_folder / "rules").glob("*-*")))
    extend_lexical_index(folder, [another(1, "stored only")])
    extended = await library.corpora.extend("rules", [another(2, "stored and indexed")])
    assert library.indexer.is_current(extended)
    assert await library.corpora.verify("rules") == []


async def test_an_id_that_is_there_is_refused(library: Library) -> None:
    with pytest.raises(ConflictError):
        await library.corpora.extend("rules", rules()[:1])
    assert await library.corpora.verify("rules") == []


async def test_scripture_is_never_added_to(library: Library) -> None:
    await library.add("quran", verses(112), kind="scripture")
    with pytest.raises(UnprocessableError):
        await library.corpora.extend("quran", [Document(id="112:5", corpus="quran", reference="112:5", text="لا")])
    assert library.repository.corpora()[0].documents == 4


async def test_nothing_is_added_to_what_is_not_installed_or_not_indexed(library: Library) -> None:
    with pytest.raises(NotFoundError):
        await library.corpora.extend("absent", [])
    await library.indexer.remove("rules")
    with pytest.raises(NotFoundError):
        await library.corpora.extend("rules", [another(1, "a text")])


async def test_an_index_of_another_generation_is_not_added_to(library: Library) -> None:
    newer = library.repository.install(info("rules"), rules())
    with pytest.raises(IndexMismatchError):
        await library.indexer.catch_up(newer)


async def test_two_processes_do_not_add_to_one_index_at_once(library: Library) -> None:
    folder = lexical_folder(next((library.catalog_folder / "rules").glob("*-*")))
    writer = tantivy.Index.open(str(folder)).writer(heap_size=15_000_000, num_threads=1)
    with pytest.raises(ConflictError):
        extend_lexical_index(folder, [another(1, "a text")])
    del writer


def test_an_index_that_is_gone_is_not_added_to(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError):
        extend_lexical_index(tmp_path, [another(1, "a text")])


async def test_a_manifest_that_is_gone_is_noticed(library: Library) -> None:
    library.catalog.open("rules")
    next(library.catalog_folder.glob("rules/*/manifest.json")).unlink()
    with pytest.raises(IndexMismatchError):
        library.catalog.open("rules")


def test_a_large_corpus_has_shorter_vectors() -> None:
    assert (shape_for(15_000), shape_for(34_000)) == (SHAPE, LARGE)
    assert LARGE.dimensions < SHAPE.dimensions
