"""How well questions about the news find their articles, and how well expressions of time are understood.

RealTimeQA's questions of 2026 over its dated articles, in the product's store and ranking, with BM25 and BM25 times a decay as peers. What
the numbers of the decay would be worth if they were chosen on these questions is told by choosing them on all other weeks; what ships is
chosen by hand. Expressions of time: those that the reader was developed with, and those written after it stood (LOG.md has the first run).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from statistics import mean

from fanar.news import Article
from rag.recency.articles import ScoredArticle
from rag.recency.freshness import Decay, timeliness
from rag.recency.gathering import Gatherer
from rag.recency.inquiry import Inquiry, read_inquiry
from rag.recency.ranking import WEIGHTS, RankedArticle, rank
from tests.benchmarks.recency_library import REALTIME_QA, ZONE, PlainRanking, Question, articles, news_store, questions, searchable
from tests.benchmarks.report import Result
from tests.benchmarks.time_phrases import PHRASES, cases, judged

DATA = (REALTIME_QA, PHRASES)
_FLAT = Decay(floor=1.0, outside=1.0)
_GRID = [Decay(half_life=timedelta(days=days), floor=floor) for days in (3, 7, 14, 30) for floor in (0.2, 0.35, 0.5, 0.65, 0.8)]
_SPLITS = {
    "dev": "developed with",
    "held-out": "written after; faults of the first run mended since, which LOG.md has",
    "fresh": "written after that; faults of the first run mended since, which LOG.md has",
    "clock": "times of the clock, written after; faults of the first run mended since, which LOG.md has",
}
_VARIETIES = {"en": "English", "msa": "standard Arabic", "hijri": "Hijri", "": "dialects"}

Ranking = Sequence[Sequence[Article]]


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
    plain = PlainRanking(published)
    bm25 = [plain.ranked(question, decay=False) for question in asked]
    decayed = [plain.ranked(question, decay=True) for question in asked]
    with news_store(published) as store:
        gatherer = Gatherer(store=store)
        found = [await _gathered(question, gatherer) for question in asked]
    begun = time.process_time()
    ours = [_articles(rank(scored, inquiry)) for inquiry, scored in found]
    spent = (time.process_time() - begun) / len(asked) * 1000
    results = _beside(asked, ours, bm25, "BM25") + _beside(asked, ours, decayed, "BM25 times decay")
    flat = [(inquiry, rank(scored, inquiry, decay=_FLAT)) for inquiry, scored in found]
    data = f"RealTimeQA {len(asked)} questions, {len(published)} articles"
    results += _hits(asked, [_articles(ranked) for _, ranked in flat], "without decay", data)
    for part in ("passage", "title", "store"):
        without = [_articles(rank(scored, inquiry, weights=replace(WEIGHTS, **{part: 0.0}))) for inquiry, scored in found]
        results += _hits(asked, without, f"without the {part}", data)
    results += _hits(asked, _cross_validated(asked, flat), "decay chosen on the other weeks", data)
    held = mean(_answers(question, [article for article in published if article.published <= question.asked]) for question in asked)
    results.append(Result("questions that any article answers", held, data=data))
    results.append(Result("CPU of ranking what was found for a question", spent, "ms", data=data))
    return results


async def _gathered(question: Question, gatherer: Gatherer) -> tuple[Inquiry, list[ScoredArticle]]:
    inquiry = replace(read_inquiry([question.text], now=question.asked, zone=ZONE), as_of=question.asked)
    return inquiry, await gatherer.known(inquiry)


def _beside(asked: Sequence[Question], ours: Ranking, theirs: Ranking, peer: str) -> list[Result]:
    data = f"RealTimeQA {len(asked)} questions"
    found = []
    for top_k, target in ((1, "≥ 0.42"), (5, "≥ 0.60")):
        values = [_share(asked, ranking, top_k) for ranking in (ours, theirs)]
        found.append(Result(f"answer in the first {top_k}", values[0], target=target, peer=peer, peer_value=values[1], data=data))
    return found


def _hits(asked: Sequence[Question], ranking: Ranking, name: str, data: str) -> list[Result]:
    return [Result(f"{name}, answer in the first {top_k}", _share(asked, ranking, top_k), data=data) for top_k in (1, 5)]


def _share(asked: Sequence[Question], ranking: Ranking, top_k: int) -> float:
    return mean(_answers(question, best[:top_k]) for question, best in zip(asked, ranking, strict=True))


def _answers(question: Question, best: Sequence[Article]) -> bool:
    return question.answered_by(map(_text, best))


@cache
def _text(article: Article) -> str:
    return searchable(f"{article.title} {article.text}")


def _articles(ranked: Sequence[RankedArticle]) -> list[Article]:
    return [each.article for each in ranked[:5]]


def _cross_validated(asked: Sequence[Question], flat: Sequence[tuple[Inquiry, list[RankedArticle]]]) -> Ranking:
    """Return for each question the order by the decay that serves the questions of all other weeks best."""
    orders = [[_redecayed(inquiry, ranked, decay) for inquiry, ranked in flat] for decay in _GRID]
    good: list[list[float]] = [
        [_answers(question, best[:1]) + _answers(question, best) for question, best in zip(asked, order, strict=True)] for order in orders
    ]
    chosen = []
    for place, question in enumerate(asked):
        others = [other for other, each in enumerate(asked) if each.week != question.week]
        best = max(range(len(_GRID)), key=_served(good, others))
        chosen.append(orders[best][place])
    return chosen


def _served(good: Sequence[Sequence[float]], others: Sequence[int]) -> Callable[[int], float]:
    return lambda decay: sum(good[decay][other] for other in others)


def _redecayed(inquiry: Inquiry, ranked: Sequence[RankedArticle], decay: Decay) -> list[Article]:
    weights: Mapping[str, float] = {
        each.article.id: each.score * timeliness(each.article.published, moment=inquiry.known_by, intervals=inquiry.intervals, decay=decay)
        for each in ranked
    }
    best = sorted(ranked, key=lambda each: -weights[each.article.id])
    return _articles(best)


if __name__ == "__main__":
    for result in main():
        peer = "" if result.peer_value is None else f"   ({result.peer}: {result.peer_value:.3f})"
        print(f"{result.measure:58} {result.value:.3f} {result.unit}{peer}   [{result.data}]")
