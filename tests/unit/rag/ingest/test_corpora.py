from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from fanar.documents import CorpusInfo
from fanar.errors import ConflictError, NotFoundError, UnprocessableError
from fanar.storage.engine import open_engine, writing
from rag.indexes import lexical_folder
from rag.ingest import corpora as corpora_module
from rag.ingest.corpora import Corpora
from rag.ingest.quran import KIND, Translation, quran_documents, quran_info
from rag.ingest.quran_json import UNREAD
from rag.ingest.subjects import SubjectIndex, load_subjects, subjects_checksum
from rag.ingest.tanzil import TanzilText, load_tanzil
from rag.stores.lexical import extend_lexical_index
from tests.unit.rag.library import Library, info, open_library, rules


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path)


@pytest.fixture
def corpora(library: Library, monkeypatch: pytest.MonkeyPatch) -> Corpora:
    """The Quran's last surahs stand for all of it: what is tested here does not depend on how many there are."""
    whole = load_tanzil()
    part = replace(whole, verses=tuple(verse for verse in whole.verses if verse.surah >= 110))
    monkeypatch.setattr(corpora_module, "load_tanzil", lambda: part)
    return library.corpora


def part(of: Corpora) -> TanzilText:
    return corpora_module.load_tanzil()


async def test_the_quran_is_installed_indexed_and_verified(corpora: Corpora) -> None:
    installed = await corpora.install_quran()
    assert (installed.name, installed.kind, installed.generation, installed.documents) == ("quran", "scripture", 1, 23)
    assert "Tanzil" in installed.version
    assert "tanzil.net" in installed.licence
    assert [(each.info, each.indexed) for each in await corpora.installed()] == [(installed, True)]
    assert await corpora.verify("quran") == []


async def test_what_is_installed_already_is_not_installed_again(corpora: Corpora) -> None:
    first = await corpora.ensure_quran()
    assert await corpora.ensure_quran() == first


async def test_two_commands_that_start_on_an_empty_folder_install_and_index_once(corpora: Corpora) -> None:
    heard: list[tuple[str, str]] = []

    async def start(name: str) -> CorpusInfo:
        return await corpora.ensure_quran(progress=lambda event: heard.append((name, event.step.en)))

    first, second = await asyncio.gather(start("first"), start("second"))
    assert first == second
    assert first.generation == 1
    assert await corpora.verify("quran") == []
    assert len({name for name, step in heard if step == "Indexing words"}) == 1
    assert len({name for name, step in heard if step.startswith("Waiting")}) == 1


async def test_a_lost_index_is_built_again_without_installing(corpora: Corpora, library: Library) -> None:
    first = await corpora.ensure_quran()
    await library.indexer.remove("quran")
    assert await corpora.ensure_quran() == first
    assert await corpora.verify("quran") == []


async def test_another_subject_index_is_another_corpus(corpora: Corpora, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await corpora.ensure_quran()
    monkeypatch.setattr(corpora_module, "load_subjects", lambda: SubjectIndex((), "0" * 64))
    monkeypatch.setattr(corpora_module, "subjects_checksum", lambda: "0" * 64)
    second = await corpora.ensure_quran()
    assert second.generation == first.generation + 1
    assert second.version != first.version


async def test_a_translation_that_was_fetched_is_used(corpora: Corpora, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    translated = Translation(
        {(v.surah, v.ayah): f"{v.surah}:{v.ayah} in English" for v in part(corpora).verses}, "Somebody", "terms", "npm x", "0"
    )
    monkeypatch.setattr(corpora, "fetched_translation", lambda: translated)
    installed = await corpora.ensure_quran()
    assert "Somebody (npm x)" in installed.version
    assert installed.licence.endswith("terms")
    (document,) = library.repository.fetch("quran", ["112:1"])
    assert document.translation == "112:1 in English"


async def test_a_translation_that_is_installed_is_not_read_again(corpora: Corpora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translated = replace(UNREAD, verses={(v.surah, v.ayah): "English" for v in part(corpora).verses})
    installed = await corpora.install_quran(translation=translated)
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "quran-json-3.1.2.tgz").write_bytes(b"unread")
    assert await corpora.ensure_quran() == installed


async def test_a_translation_that_another_machine_installed_stays_where_it_was_never_fetched(corpora: Corpora) -> None:
    translated = replace(UNREAD, verses={(v.surah, v.ayah): "English" for v in part(corpora).verses})
    installed = await corpora.install_quran(translation=translated)
    assert await corpora.ensure_quran() == installed


async def test_an_archive_that_cannot_be_used_leaves_the_arabic_as_it_is(corpora: Corpora, tmp_path: Path) -> None:
    installed = await corpora.ensure_quran()
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "quran-json-3.1.2.tgz").write_bytes(b"changed")
    assert await corpora.ensure_quran() == installed


def test_an_archive_that_is_not_the_pinned_one_is_not_used(library: Library, tmp_path: Path) -> None:
    assert library.corpora.fetched_translation() is None
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "quran-json-3.1.2.tgz").write_bytes(b"changed")
    assert library.corpora.fetched_translation() is None


def test_verses_are_verbatim_with_reference_link_and_spelling() -> None:
    documents = {document.id: document for document in quran_documents(load_tanzil(), load_subjects())}
    verse = documents["2:255"]
    assert (verse.reference, verse.url, verse.corpus) == ("2:255", "https://quran.com/2/255", "quran")
    assert verse.text == next(v.text for v in load_tanzil().verses if (v.surah, v.ayah) == (2, 255))
    assert verse.expansion.startswith("الله لا إله إلا هو الحي القيوم")
    assert "آية الكرسي" in verse.expansion
    assert verse.metadata == {"surah": 2, "ayah": 255}
    assert verse.translation is None
    assert len(documents) == quran_info(load_tanzil(), subjects_checksum()).documents


async def test_a_persons_corpus_is_installed_replaced_and_removed(library: Library) -> None:
    await library.corpora.install(info("rules"), rules())
    await library.corpora.install(info("rules"), rules()[:3])
    (installed,) = await library.corpora.installed()
    assert (installed.info.generation, installed.info.documents, installed.indexed) == (2, 3, True)
    assert await library.corpora.verify("rules") == []
    await library.corpora.remove("rules")
    assert await library.corpora.installed() == []
    assert library.catalog.names() == []


@pytest.mark.parametrize("name", ["Rules", "a/b", "..", "", "مدونة", "a" * 64])
async def test_a_name_that_cannot_be_one_is_refused(library: Library, name: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        await library.corpora.install(info(name), rules())
    assert refused.value.param == "name"
    assert library.repository.corpora() == []


async def test_the_name_of_the_quran_is_not_given_to_anything_else(library: Library) -> None:
    with pytest.raises(ConflictError):
        await library.corpora.install(info("quran"), rules())


async def test_what_is_not_installed_is_not_removed_verified_or_indexed(library: Library) -> None:
    for work in (library.corpora.remove, library.corpora.verify, library.corpora.reindex):
        with pytest.raises(NotFoundError):
            await work("absent")


async def test_reindexing_mends_what_verifying_finds(library: Library, tmp_path: Path) -> None:
    await library.corpora.install(info("rules"), rules())
    index = library.catalog.open("rules")
    await library.store.delete(index.manifest.collection, ["1"])
    assert ["vectors" in problem.en for problem in await library.corpora.verify("rules")] == [True]
    await library.store.delete(index.manifest.collection)
    assert len(await library.corpora.verify("rules")) == 1
    await library.corpora.reindex("rules")
    assert await library.corpora.verify("rules") == []


async def test_an_index_with_fewer_passages_than_the_corpus_is_found_out(library: Library, tmp_path: Path) -> None:
    await library.corpora.install(info("rules"), rules())
    engine = open_engine(f"sqlite:///{tmp_path / 'library.db'}")
    with writing(engine) as connection:
        connection.execute(text("UPDATE corpora SET documents = 6"))
    problems = await library.corpora.verify("rules")
    assert [problem.en.split()[:3] for problem in problems] == [["Documents", "are", "missing"], ["It", "is", "not"]]


async def test_words_and_vectors_that_went_missing_are_found_out(library: Library) -> None:
    await library.corpora.install(info("rules"), rules())
    manifest = library.catalog.open("rules").manifest
    await library.store.delete(manifest.collection, ["1"])
    extend_lexical_index(lexical_folder(library.catalog_folder / "rules" / manifest.build), [replace(rules()[0], id="6")])
    (library.catalog_folder / "rules" / manifest.build / "manifest.json").touch()
    problems = await library.corpora.verify("rules")
    assert [problem.en.split()[:2] for problem in problems] == [["Its", "word"], ["Its", "vectors"]]


async def test_a_corpus_without_an_index_is_found_out(library: Library) -> None:
    library.repository.install(info("rules"), rules())
    (problem,) = await library.corpora.verify("rules")
    assert "reindex" in problem.en


async def test_a_changed_letter_of_the_quran_is_found_out(corpora: Corpora, library: Library) -> None:
    await corpora.install_quran()
    documents = [replace(each, text=each.text.replace("قُلْ", "قَلْ")) for each in library.repository.documents("quran")]
    library.repository.install(replace(library.repository.corpora()[0], kind=KIND), documents)
    await corpora.reindex("quran")
    (problem,) = await corpora.verify("quran")
    assert "Tanzil" in problem.en


async def test_a_manifest_of_a_broken_build_is_found_out(library: Library, tmp_path: Path) -> None:
    await library.corpora.install(info("rules"), rules())
    manifest = next((tmp_path / "indexes" / "rules").glob("*/manifest.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"fingerprint": "0"}))
    (problem,) = await open_library(tmp_path).corpora.verify("rules")
    assert "reindex" in problem.en
