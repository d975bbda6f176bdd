from __future__ import annotations

from pathlib import Path

import pytest

from fanar.documents import Document
from fanar.errors import IndexMismatchError
from rag.analysis import FIELDS, Term, read_question
from rag.ingest.expansion import Expansion, Heading
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages
from rag.retrievers.signals import QuestionWeigher, Signals
from rag.retrievers.weights import WEIGHTS, Weights
from tests.unit.rag.library import Library, open_library, rules


def passage(id_: str, text: str, *, translation: str | None = None, headings: tuple[str, ...] = (), **metadata: int) -> Document:
    found = tuple(Heading("ar" if not heading.isascii() else "en", heading) for heading in headings)
    return Document(
        id=id_,
        corpus="book",
        reference=id_,
        text=text,
        translation=translation,
        expansion=Expansion("", found).encoded(),
        metadata=metadata,
    )


BOOK = [
    passage("fast", "فعدة من أيام أخر", translation="a number of other days", headings=("صيام المسافر", "fasting of travellers"), part=1),
    passage("wine", "رجس من عمل الشيطان", translation="an abomination", headings=("تحريم الخمر", "prohibition of wine"), part=1),
    passage("pray", "أقيموا الصلاة", translation="establish prayer", headings=("إقامة الصلاة",), part=2),
    passage("alms", "آتوا الزكاة", translation="give alms", headings=("الزكاة", "zakat and charity"), part=2),
    *(passage(f"more{number}", f"كلام آخر رقم {number}", translation=f"other speech {number}", part=3) for number in range(20)),
]


@pytest.fixture
async def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path)
    await library.add("book", BOOK)
    return library


async def test_a_passage_is_found_by_its_heading_and_says_so(library: Library) -> None:
    best, *_ = await library.retriever.candidates("ما حكم صيام المسافر؟")
    assert best.document.id == "fast"
    assert best.signals.coverage["subjects"] > best.signals.coverage["text"]
    assert best.signals.heading > 0.5


async def test_signals_lie_between_zero_and_one(library: Library) -> None:
    for query in ("صيام المسافر", "zakat charity", "آتوا الزكاة وأقيموا الصلاة", "rocket engines and wine", "كلام آخر"):
        for each in await library.retriever.candidates(query, top_k=30):
            numbers = [each.score, each.signals.heading, each.signals.cosine, each.signals.lead, each.signals.unknown]
            numbers += [*each.signals.bm25.values(), *each.signals.coverage.values()]
            assert all(-1e-6 <= number <= 1 + 1e-6 for number in numbers), each.signals


async def test_words_that_no_passage_holds_pull_coverage_down(library: Library) -> None:
    known = (await library.retriever.candidates("الصلاة"))[0]
    doubtful = (await library.retriever.candidates("عدد صواريخ الصلاة"))[0]
    assert known.signals.unknown == 0
    assert doubtful.signals.unknown > 0.3
    assert doubtful.signals.coverage["any"] < known.signals.coverage["any"]
    assert doubtful.score < known.score


async def test_a_reader_may_bring_synonyms_and_leave_words_out(library: Library) -> None:
    def reader(question: str) -> list[Term]:
        return [Term(term.word, ("خمر",)) if term.word == "بيره" else term for term in read_question(question) if term.word != "شباب"]

    plain = await library.retriever.candidates("البيرة شباب", top_k=1)
    knowing = HybridRetriever(catalog=library.catalog, store=library.store, passages=library.passages, reader=reader)
    (best,) = await knowing.candidates("بيرة شباب", top_k=1)
    assert best.document.id == "wine"
    assert best.signals.coverage["any"] == pytest.approx(1.0)
    assert not plain or plain[0].signals.coverage["any"] < 0.5


async def test_the_lead_is_over_the_next_also_for_the_last_one_shown(library: Library) -> None:
    first, second, third = await library.retriever.candidates("الصلاة والزكاة", top_k=3)
    again = await library.retriever.candidates("الصلاة والزكاة", top_k=2)
    assert first.signals.lead == pytest.approx((first.score - second.score) / first.score)
    assert again[1].signals.lead == pytest.approx((second.score - third.score) / second.score)


async def test_filters_hold_for_words_and_vectors(library: Library) -> None:
    found = await library.retriever.candidates("صيام المسافر الصلاة", filters={"part": 2}, top_k=30)
    assert {each.document.id for each in found} == {"pray", "alms"}


async def test_a_filter_compares_kinds_too(library: Library) -> None:
    assert await library.retriever.candidates("الصلاة", filters={"part": "2"}) == []


async def test_a_build_that_takes_another_ones_place_is_searched_instead(library: Library) -> None:
    class Switching:
        """A store in which a new build takes over between the reading of the pointer and the search."""

        def __getattr__(self, name: str) -> object:
            return getattr(library.store, name)

        async def search(self, *arguments: object, **options: object) -> object:
            if not hasattr(self, "switched"):
                self.switched = True
                await library.add("book", BOOK[:3])
            return await library.store.search(*arguments, **options)  # type: ignore[arg-type]

    retriever = HybridRetriever(catalog=library.catalog, store=Switching(), passages=library.passages)  # type: ignore[arg-type]
    assert (await retriever.candidates("صيام المسافر"))[0].document.id == "fast"


async def test_vectors_of_another_embedder_are_refused(library: Library) -> None:
    manifest = library.catalog.open("book").manifest
    await library.store.delete(manifest.collection)
    await library.store.create(manifest.collection, fingerprint="other", dimensions=32)
    with pytest.raises(IndexMismatchError):
        await library.retriever.candidates("الصلاة")


async def test_corpora_without_headings_compete_with_those_that_have_them(library: Library) -> None:
    await library.add("rules", rules())
    best, *_ = await library.retriever.candidates("annual leave days")
    assert best.document.corpus == "rules"


def test_what_a_corpus_cannot_have_does_not_count_against_it() -> None:
    full = Signals(bm25={"stems": 1.0, "grams": 1.0}, coverage={"text": 1.0, "any": 1.0}, cosine=1.0)
    assert WEIGHTS.fused(full, fields=("stems", "grams")) == pytest.approx(1.0)
    assert WEIGHTS.fused(full, fields=FIELDS) < 1.0
    assert Weights(bm25={}, coverage={}, heading=0, cosine=0).fused(full) == 0


async def test_a_word_known_only_by_its_root_counts_for_less(library: Library) -> None:
    index = library.catalog.open("book").lexical
    stored = index.stored(index.addresses(["pray"])["pray"])
    exact = QuestionWeigher([Term("الصلاه")], index=index).coverage(stored)["text"]
    related = QuestionWeigher([Term("اقامه")], index=index).coverage(stored)["text"]
    assert exact == pytest.approx(1.0)
    assert 0 <= related < exact
    assert index.addresses([]) == {}
    assert index.addresses(["absent"]) == {}


class CountingRepository:
    def __init__(self, documents: list[Document]) -> None:
        self._documents = {each.id: each for each in documents}
        self.asked: list[list[str]] = []

    def fetch(self, name: str, ids: list[str]) -> list[Document]:
        self.asked.append(list(ids))
        return [self._documents[id_] for id_ in ids if id_ in self._documents]


async def test_passages_are_fetched_once_and_the_oldest_forgotten(library: Library) -> None:
    repository = CountingRepository(BOOK)
    passages = Passages(repository=repository, remembered=2)  # type: ignore[arg-type]
    manifest = library.catalog.open("book").manifest
    assert list(await passages.fetch(manifest, ["fast", "gone"])) == ["fast"]
    await passages.fetch(manifest, ["fast", "wine"])
    await passages.fetch(manifest, ["pray"])
    await passages.fetch(manifest, ["fast"])
    assert repository.asked == [["fast", "gone"], ["wine"], ["pray"], ["fast"]]


async def test_a_corpus_kept_in_memory_is_not_fetched(library: Library) -> None:
    repository = CountingRepository(BOOK)
    passages = Passages(repository=repository)  # type: ignore[arg-type]
    manifest = library.catalog.open("book").manifest
    passages.keep("book", manifest.generation, BOOK)
    assert list(await passages.fetch(manifest, ["wine", "gone"])) == ["wine"]
    assert repository.asked == []
    passages.keep("book", manifest.generation + 1, BOOK)
    await passages.fetch(manifest, ["wine"])
    assert repository.asked == [["wine"]]
