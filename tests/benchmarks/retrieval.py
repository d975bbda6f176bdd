"""How well and how fast passages are found: verses for our own questions and for Qur'an QA 2023, paragraphs for ARCD's.

Our retriever stands beside BM25 over words as written, and beside itself with one part switched off. What is shown as an answer, and
when, is measured by `tests.benchmarks.islamic`; the weights are fitted by `tests.benchmarks.retrieval_fit`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import mean, quantiles

from fanar.events import Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from rag.analysis import Field
from rag.ingest.tanzil import load_tanzil
from rag.pipeline import RagPipeline
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.weights import WEIGHTS, Weights
from tests.benchmarks.report import Result
from tests.benchmarks.retrieval_library import (
    ARCD,
    CALIBRATION,
    QURAN_QA,
    Library,
    Question,
    arcd,
    arcd_info,
    average_precision,
    calibration_questions,
    library,
    quran_qa_passages,
    quran_qa_questions,
    raw_bm25,
    raw_ranking,
    verses_of,
    without_subjects,
)

DATA = (CALIBRATION, QURAN_QA, ARCD)

Ranking = Callable[[str], Awaitable[list[str]]]
_DEPTH = 60  # verses that are looked at for ten passages
_DECISION = RoutingDecision(Route.GENERAL, "Fanar", 1.0, ())
_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "stems (light10, Snowball)": ("stems",),
    "n-grams (3 and 4 letters)": ("grams",),
    "translation": ("translation",),
    "headings (light10, Snowball)": ("subjects",),
    "headings (roots)": ("subject_roots",),
}


def _without(*fields: Field) -> Weights:
    return replace(WEIGHTS, bm25={field: weight for field, weight in WEIGHTS.bm25.items() if field not in fields})


_PARTS: Mapping[str, Weights] = {
    "the embedder": replace(WEIGHTS, cosine=0.0),
    "coverage": replace(WEIGHTS, coverage={}),
    "matching of headings": replace(WEIGHTS, heading=0.0),
    **{f"the field {name}": _without(*fields) for name, fields in _FIELDS.items()},
    "all but the embedder in Chroma": Weights(bm25={}, coverage={}, heading=0.0, cosine=1.0),
}


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return asyncio.run(_measured())


async def _measured() -> list[Result]:
    async with library() as shelf:
        await shelf.add_quran()
        found = await _ours(shelf) + await _parts(shelf)
        if QURAN_QA.exists():
            found += await _quran_qa(shelf)
        await shelf.add_quran(subjects=without_subjects())
        found += await _hits(_ranking(shelf.retriever()), "without the subject index")
        if ARCD.exists():
            found += await _documents(shelf)
    return found


async def _ours(shelf: Library) -> list[Result]:
    raw = raw_bm25({f"{verse.surah}:{verse.ayah}": verse.spelling for verse in load_tanzil().verses})

    async def peer(question: str) -> list[str]:
        return raw_ranking(raw, question, top_k=5)

    ours, theirs = await _hits(_ranking(shelf.retriever()), "hybrid"), await _hits(peer, "peer")
    paired = [replace(our, peer="BM25 on raw words", peer_value=their.value) for our, their in zip(ours, theirs, strict=True)]
    return paired + await _latency(shelf.retriever())


async def _parts(shelf: Library) -> list[Result]:
    return [result for part, weights in _PARTS.items() for result in await _hits(_ranking(shelf.retriever(weights)), f"without {part}")]


async def _hits(ranking: Ranking, name: str) -> list[Result]:
    questions = [question for question in calibration_questions() if question.accepted]
    ranked = [(question, await ranking(question.text)) for question in questions]
    first = mean(bool(question.accepted & set(ids[:1])) for question, ids in ranked)
    fifth = mean(bool(question.accepted & set(ids[:5])) for question, ids in ranked)
    data = f"{len(questions)} own questions"
    return [Result(f"{name}, right verse first", first, data=data), Result(f"{name}, right verse among 5", fifth, data=data)]


async def _latency(retriever: HybridRetriever) -> list[Result]:
    questions = calibration_questions()
    for question in questions[:50]:
        await retriever.retrieve(question.text)
    spent = []
    for question in questions:
        begun = time.perf_counter()
        await retriever.retrieve(question.text)
        spent.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(spent, n=100)
    data = f"{len(questions)} questions, Chroma in its owner"
    return [Result("verse retrieval p50", cuts[49], "ms", "≤ 10", data=data), Result("verse retrieval p99", cuts[98], "ms", data=data)]


async def _quran_qa(shelf: Library) -> list[Result]:
    passages = quran_qa_passages()
    place = {verse: passage for passage in passages for verse in verses_of(passage)}
    verses = _ranking(shelf.retriever(), top_k=_DEPTH)
    raw = raw_bm25(passages)

    async def ours(question: str) -> list[str]:
        return list(dict.fromkeys(place[verse] for verse in await verses(question)))[:10]

    async def peer(question: str) -> list[str]:
        return raw_ranking(raw, question, top_k=10)

    questions = [question for question in quran_qa_questions() if question.accepted]
    value, other = await _map(ours, questions), await _map(peer, questions)
    data = f"Qur'an QA 2023 train+dev, {len(questions)} with an answer"
    return [Result("hybrid, MAP@10 of passages", value, peer="BM25 on raw words", peer_value=other, data=data)]


async def _map(ranking: Ranking, questions: Sequence[Question]) -> float:
    return mean([average_precision(await ranking(question.text), question.accepted) for question in questions])


async def _documents(shelf: Library) -> list[Result]:
    """Half of the articles are installed: questions on the others have no answer here."""
    documents, questions = arcd()
    titles = sorted({document.reference for document in documents})
    installed = set(titles[::2])
    await shelf.add(arcd_info(), [document for document in documents if document.reference in installed])
    pipeline = RagPipeline(source=shelf.retriever(), corpora=lambda: ["arcd"])
    answers = [(question, await _answer(pipeline, question[0])) for question in questions]
    inside = [(question, answer) for question, answer in answers if question[1] in installed]
    outside = [answer for question, answer in answers if question[1] not in installed]
    given = [(question, answer) for question, answer in inside if answer]
    data = f"ARCD, {len(inside)} questions with an answer, {len(outside)} without"
    return [
        Result("documents, answered where they can be", len(given) / len(inside), data=data),
        Result("documents, the answer stands in what is quoted", mean(question[3] in answer for question, answer in given), data=data),
        Result("documents, answered where they cannot be", mean(bool(answer) for answer in outside), data=data),
    ]


async def _answer(pipeline: RagPipeline, question: str) -> str:
    events = await pipeline.try_answer(ChatRequest((ChatMessage("user", question),)), _DECISION)
    return "".join([event.text async for event in events if isinstance(event, TextDelta)]) if events is not None else ""


def _ranking(retriever: HybridRetriever, *, top_k: int = 5) -> Ranking:
    async def ranking(question: str) -> list[str]:
        return [found.document.id for found in await retriever.retrieve(question, top_k=top_k, corpora=["quran"])]

    return ranking


if __name__ == "__main__":
    for result in main():
        peer = "" if result.peer_value is None else f"   ({result.peer}: {result.peer_value:.3f})"
        print(f"{result.measure:58} {result.value:.3f} {result.unit}{peer}   [{result.data}]")
