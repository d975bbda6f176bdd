from __future__ import annotations

import json
from pathlib import Path

import pytest

from fanar.errors import IndexMismatchError, NotFoundError
from rag.embedders import EmbedderShape
from rag.indexes import IndexCatalog, is_corpus_name, new_build, read_pointer, write_pointer
from tests.unit.rag.library import Library, open_library, rules, verses


@pytest.fixture
async def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path)
    await library.add("rules", rules())
    return library


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "A", "a b", "عربي", "a" * 64, "-a", "a\x00"])
def test_a_name_that_could_leave_the_folder_names_no_corpus(name: str, tmp_path: Path) -> None:
    assert not is_corpus_name(name)
    with pytest.raises(NotFoundError):
        IndexCatalog(folder=tmp_path).open(name)


def test_what_is_indexed_is_named(library: Library) -> None:
    assert library.catalog.names() == ["rules"]


def test_an_open_index_is_opened_once(library: Library) -> None:
    assert library.catalog.open("rules") is library.catalog.open("rules")


async def test_a_new_build_is_noticed_and_the_old_one_is_gone(library: Library, tmp_path: Path) -> None:
    before = library.catalog.open("rules")
    await library.add("rules", rules()[:2])
    after = library.catalog.open("rules")
    assert after.manifest.generation == before.manifest.generation + 1
    assert after.lexical.documents == 2
    assert [path.name for path in (tmp_path / "indexes" / "rules").iterdir() if path.is_dir()] == [after.manifest.build]


async def test_an_index_of_another_analyser_is_refused(library: Library, tmp_path: Path) -> None:
    manifest = next((tmp_path / "indexes" / "rules").glob("*/manifest.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"analyser": "0"}))
    with pytest.raises(IndexMismatchError, match="reindex"):
        IndexCatalog(folder=tmp_path / "indexes").open("rules")
    assert IndexCatalog(folder=tmp_path / "indexes").names() == []
    assert not library.indexer.is_current(library.repository.corpora()[0])


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"fields": 3}'])
async def test_a_manifest_that_cannot_be_read_is_refused(library: Library, tmp_path: Path, content: str) -> None:
    next((tmp_path / "indexes" / "rules").glob("*/manifest.json")).write_text(content)
    with pytest.raises(IndexMismatchError):
        IndexCatalog(folder=tmp_path / "indexes").open("rules")
    assert not library.indexer.is_current(library.repository.corpora()[0])


async def test_a_lexical_index_that_is_gone_is_refused(library: Library, tmp_path: Path) -> None:
    for path in (tmp_path / "indexes" / "rules").glob("*/lexical/meta.json"):
        path.unlink()
    with pytest.raises(IndexMismatchError):
        IndexCatalog(folder=tmp_path / "indexes").open("rules")


def test_a_pointer_that_is_not_ours_points_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for content in (b"../../etc", b"\xff", b"", b"1"):
        (tmp_path / "a" / "current").write_bytes(content)
        assert read_pointer(tmp_path, "a") is None


def test_builds_of_one_generation_have_names_of_their_own(tmp_path: Path) -> None:
    assert [new_build(tmp_path, "a", 3), new_build(tmp_path, "a", 3)] == ["3-1", "3-2"]
    write_pointer(tmp_path, "a", "3-2")
    assert read_pointer(tmp_path, "a") == "3-2"


async def test_a_removed_index_is_not_found(library: Library) -> None:
    library.catalog.open("rules")
    await library.indexer.remove("rules")
    assert library.catalog.names() == []
    with pytest.raises(NotFoundError):
        library.catalog.open("rules")


async def test_removing_what_has_no_index_is_no_error(library: Library) -> None:
    await library.indexer.remove("absent")
    await library.indexer.remove("../rules")
    assert library.catalog.names() == ["rules"]


async def test_building_again_replaces_a_build_of_the_same_generation(library: Library, tmp_path: Path) -> None:
    info = library.repository.corpora()[0]
    seen: list[tuple[str, int, int]] = []
    manifest = await library.indexer.build(info, progress=lambda told: seen.append((told.step.en, told.done, told.total)))
    assert manifest.build == "1-2"
    assert await library.store.count(manifest.collection) == len(rules())
    assert seen[-1] == ("Storing vectors", 5, 5)


async def test_a_corpus_larger_than_the_training_sample_is_indexed_whole(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    library.indexer._shape = lambda _: EmbedderShape(dimensions=8, buckets=1024, training_texts=50)
    documents = verses(36)
    await library.add("quran", documents, kind="scripture")
    assert await library.store.count(library.catalog.open("quran").manifest.collection) == len(documents)
