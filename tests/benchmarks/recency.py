"""How well questions about the news find their articles, and how well expressions of time are understood.

RealTimeQA's questions of 2026 over its dated articles, in the product's store and ranking, with BM25 and BM25 times a decay as peers. The
numbers that ship are those of a grid that answer the questions of January and February best; those of March, which had no say, tell what
that is worth. Vectors are the product's embedder, fitted to all articles: they do not pay, and the product has none for news. Expressions
of time: those that the reader was developed with, and those written after it stood (LOG.md has the first run).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import compress
from statistics import mean
from typing import Any

from fanar.news import Article
from rag.recency.articles import ScoredArticle
from rag.recency.freshness import DECAY, Decay
from rag.recency.gathering import Gatherer
from rag.recency.inquiry import Inquiry, read_inquiry
from rag.recency.passages import Speaks
from rag.recency.ranking import WEIGHTS, Weights, heard, in_order
from tests.benchmarks.recency_library import (
    REALTIME_QA,
    ZONE,
    PlainRanking,
    Question,
    VectorRanking,
    articles,
    news_store,
    questions,
    searchable,
)
from tests.benchmarks.report import Result
from tests.benchmarks.time_phrases import PHRASES, cases, judged

DATA = (REALTIME_QA, PHRASES)

Ranking = Sequence[Sequence[Article]]
Known = tuple[Inquiry, Sequence[tuple[ScoredArticle, Speaks]]]
Dials = tuple[Weights, Decay]

_SPLIT = datetime(2026, 3, 1, tzinfo=UTC)
SHIPPED = (WEIGHTS, DECAY)
_GRID: list[Dials] = [
    (replace(WEIGHTS, title=title, store=store), replace(DECAY, half_life=timedelta(days=days), floor=floor))
    for days in (3, 7, 14, 30)
    for floor in (0.2, 0.35, 0.5, 0.65, 0.8)
    for title in (0.0, 0.25, 0.5, 1.0)
    for store in (0.0, 0.25, 0.5, 1.0)
]
_WITHOUT: Mapping[str, Dials] = {
    "decay": (WEIGHTS, replace(DECAY, floor=1.0, outside=1.0)),
    **{part: (replace(WEIGHTS, **{part: 0.0}), DECAY) for part in ("passage", "title", "store")},
}
_RECIPROCAL = 60
_SPLITS = {
    "dev": "developed with",
    "held-out": "written after; faults of the first run mended since, which LOG.md has",
    "fresh": "written after that; faults of the first run mended since, which LOG.md has",
    "clock": "times of the clock, written after; faults of the first run mended since, which LOG.md has",
}
_VARIETIES = {"en": "English", "msa": "standard Arabic", "hijri": "Hijri", "": "dialects"}


def main() -> Iterable[Result]:
    """Run the benchmark."""
    yield from _times()
    if REALTIME_QA.exists():
        yield from asyncio.run(_found())


def _times() -> Iterable[Result]:
    every = list(cases())
    read = {case: judged(case) for case in every}
    for split in dict.fromkeys(case.split for case in every):
        these = [read[case] for case in every if case.split == split]
        data = f"{len(these)} sentences, {_SPLITS[split]}"
        yield Result("expressions of time understood", mean(right for right, _, _ in these), target="≥ 0.95", data=data)
        yield Result("expressions of time, right and where they stand", mean(right and placed for right, _, placed in these), data=data)
    right = mean(right for right, _, _ in read.values())
    yield Result("expressions of time understood", right, target="≥ 0.95", data=f"{len(every)} sentences, all")
    for variety, name in _VARIETIES.items():
        these = [judged for case, judged in read.items() if (case.variety if case.variety in _VARIETIES else "") == variety]
        yield Result("expressions of time understood", mean(right for right, _, _ in these), data=f"{len(these)} sentences, {name}")
    begun = time.process_time()
    for case in every:
        judged(case)
    yield Result("CPU of reading a sentence", (time.process_time() - begun) / len(every) * 1e6, "µs")


async def _found() -> list[Result]:
    published, asked = articles(), questions()
    with news_store(published) as store:
        gatherer = Gatherer(store=store)
        found = [await _gathered(question, gatherer) for question in asked]
    begun = time.process_time()
    known = [(inquiry, heard(scored, inquiry)) for inquiry, scored in found]
    ours = _ranked(known, SHIPPED)
    spent = (time.process_time() - begun) / len(asked) * 1000
    plain = PlainRanking(published)
    bm25, decayed = ([plain.ranked(question, decay=decay) for question in asked] for decay in (False, True))
    vectors = VectorRanking(published).ranked(asked, top_k=40)
    earlier = [question.asked < _SPLIT for question in asked]
    results = []
    for part, name in (
        (earlier, "on which the grid chose"),
        ([not each for each in earlier], "later than those"),
        ([True] * len(asked), "all"),
    ):
        chosen = [list(compress(each, part)) for each in (asked, ours, bm25, decayed)]
        results += _beside(chosen, f"RealTimeQA, {sum(part)} questions, {name}", targets=name == "all")
    data = f"RealTimeQA {len(asked)} questions, {len(published)} articles"
    for name, dials in _WITHOUT.items():
        results += _hits(asked, _ranked(known, dials), f"without the {name}", data)
    results += _hits(asked, vectors, "by vectors of our own embedder", data)
    results += _hits(
        asked, [_fused(*pair) for pair in zip(_ranked(known, SHIPPED, top_k=40), vectors, strict=True)], "vectors beside the words", data
    )
    best = _best(list(compress(known, earlier)), list(compress(asked, earlier)))
    results.append(
        Result("what ships is what the earlier questions choose", float(best == SHIPPED), target="≥ 1", data=f"{len(_GRID)} choices")
    )
    held = mean(_answers(question, [article for article in published if article.published <= question.asked]) for question in asked)
    results.append(Result("questions that any article answers", held, data=data))
    results.append(Result("CPU of ranking what was found for a question", spent, "ms", data=data))
    return results


async def _gathered(question: Question, gatherer: Gatherer) -> tuple[Inquiry, list[ScoredArticle]]:
    inquiry = replace(read_inquiry([question.text], now=question.asked, zone=ZONE), as_of=question.asked)
    return inquiry, await gatherer.known(inquiry)


def _beside(chosen: Sequence[Sequence[Any]], data: str, *, targets: bool) -> list[Result]:
    asked, ours, bm25, decayed = chosen
    results = []
    for top_k, target in ((1, "≥ 0.42"), (5, "≥ 0.60")):
        for peer, theirs in (("BM25", bm25), ("BM25 times decay", decayed)):
            values = [_share(asked, ranking, top_k) for ranking in (ours, theirs)]
            measure, goal = f"answer in the first {top_k}", target if targets else ""
            results.append(Result(measure, values[0], target=goal, peer=peer, peer_value=values[1], data=data))
    return results


def _hits(asked: Sequence[Question], ranking: Ranking, name: str, data: str) -> list[Result]:
    return [Result(f"{name}, answer in the first {top_k}", _share(asked, ranking, top_k), data=data) for top_k in (1, 5)]


def _share(asked: Sequence[Question], ranking: Ranking, top_k: int) -> float:
    return mean(_answers(question, best[:top_k]) for question, best in zip(asked, ranking, strict=True))


def _answers(question: Question, best: Sequence[Article]) -> bool:
    return question.answered_by(map(_text, best))


@cache
def _text(article: Article) -> str:
    return searchable(f"{article.title} {article.text}")


def _ranked(known: Sequence[Known], dials: Dials, *, top_k: int = 5) -> Ranking:
    weights, decay = dials
    return [[each.article for each in in_order(found, inquiry, weights=weights, decay=decay)[:top_k]] for inquiry, found in known]


def _best(known: Sequence[Known], asked: Sequence[Question]) -> Dials:
    """Return the choice of the grid that answers most questions with one article and with five; the first among equals."""
    return max(_GRID, key=lambda dials: sum(_share(asked, _ranked(known, dials), top_k) for top_k in (1, 5)))


def _fused(words: Sequence[Article], vectors: Sequence[Article]) -> list[Article]:
    """Return two rankings as one, by their reciprocal ranks."""
    scores: dict[str, float] = {}
    for ranking in (words, vectors):
        for place, article in enumerate(ranking):
            scores[article.id] = scores.get(article.id, 0.0) + 1 / (_RECIPROCAL + place)
    both = {article.id: article for article in (*words, *vectors)}
    return [both[id_] for id_ in sorted(scores, key=lambda id_: -scores[id_])]


if __name__ == "__main__":
    for result in main():
        peer = "" if result.peer_value is None else f"   ({result.peer}: {result.peer_value:.3f})"
        print(f"{result.measure:58} {result.value:.3f} {result.unit}{peer}   [{result.data}]")
