"""What every Retriever keeps to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from fanar.errors import NotFoundError
from fanar.protocols import Retriever
from orchestrator.search import CombinedSearch
from rag.retrievers.bm25 import Bm25Retriever
from rag.retrievers.dense import DenseRetriever
from tests.unit.rag.library import Library, open_library, rules, verses

RETRIEVERS: dict[str, Callable[[Library], Retriever]] = {
    "bm25": lambda library: Bm25Retriever(catalog=library.catalog, passages=library.passages),
    "dense": lambda library: DenseRetriever(catalog=library.catalog, store=library.store, passages=library.passages),
    "hybrid": lambda library: library.retriever,
    "combined": lambda library: CombinedSearch(verses=library.retriever, everything=library.retriever, scripture="quran"),
}


async def _filled(folder: Path) -> Library:
    library = open_library(folder)
    await library.add("rules", rules())
    await library.add("quran", verses(112, 113, 114), kind="scripture")
    return library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return asyncio.run(_filled(tmp_path_factory.mktemp("library")))


@pytest.fixture(params=RETRIEVERS)
def retriever(request: pytest.FixtureRequest, library: Library) -> Retriever:
    return RETRIEVERS[request.param](library)


async def test_the_passage_that_answers_comes_first(retriever: Retriever) -> None:
    found = await retriever.retrieve("How many days of annual leave?", corpora=["rules"])
    assert found[0].document.id == "1"


async def test_arabic_is_found_in_another_form_of_its_words(retriever: Retriever) -> None:
    found = await retriever.retrieve("كم يومًا إجازةُ الأُمومة؟", corpora=["rules"])
    assert found[0].document.id == "5"


async def test_scores_fall_and_no_more_come_than_asked_for(retriever: Retriever) -> None:
    found = await retriever.retrieve("leave days hotel travel", top_k=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score


async def test_without_corpora_all_are_searched(retriever: Retriever) -> None:
    found = await retriever.retrieve("annual leave قل هو الله أحد", top_k=30)
    assert {each.document.corpus for each in found} == {"rules", "quran"}


async def test_filters_are_kept_to(retriever: Retriever) -> None:
    found = await retriever.retrieve("قل أعوذ برب", corpora=["quran"], filters={"surah": 113}, top_k=20)
    assert found
    assert {each.document.metadata["surah"] for each in found} == {113}


async def test_any_of_several_values_passes_a_filter(retriever: Retriever) -> None:
    found = await retriever.retrieve("قل أعوذ برب هو الله أحد", corpora=["quran"], filters={"surah": (112, 113)}, top_k=20)
    assert {each.document.metadata["surah"] for each in found} == {112, 113}


async def test_the_text_is_verbatim(retriever: Retriever) -> None:
    found = await retriever.retrieve("قل هو الله أحد", corpora=["quran"], top_k=1)
    originals = {each.id: each for each in verses(112, 113, 114)}
    assert found[0].document == originals[found[0].document.id]


@pytest.mark.parametrize("query", ["", "   ", "؟!", "\ud800", "\x00"])
async def test_a_question_without_words_is_no_error(retriever: Retriever, query: str) -> None:
    assert isinstance(await retriever.retrieve(query), list)


@pytest.mark.parametrize("name", ["absent", "../rules", "", "RULES", "rules/"])
async def test_a_corpus_that_is_not_installed_is_named_as_missing(retriever: Retriever, name: str) -> None:
    with pytest.raises(NotFoundError):
        await retriever.retrieve("leave", corpora=[name])
