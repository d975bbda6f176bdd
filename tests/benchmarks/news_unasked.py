"""What the news answers that nobody asked it: questions about reports that do not sound like it, and general ones that it must leave.

A question that goes to `general` is answered from the news before a language model is asked where an article surely holds the answer.
RealTimeQA's questions tell how many are saved so; the general prompts written to measure the router must all be left, whatever news there
is: that of RealTimeQA in English and SaudiNewsNet in Arabic.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from fanar.events import Route, RoutingDecision
from fanar.messages import ChatMessage, ChatRequest
from fanar.news import Article
from orchestrator.routing.prompts import read_prompts
from rag.recency.articles import ArticleStore
from rag.recency.finding import Finder
from rag.recency.gathering import Gatherer
from rag.recency.pipeline import RecencyPipeline
from rag.recency.writing import Writer
from tests.benchmarks.feeds import NEWS, rows_of_news, stories_of_rows
from tests.benchmarks.recency_library import REALTIME_QA, ZONE, articles, news_store, questions
from tests.benchmarks.report import Result
from tests.benchmarks.routing import BLIND, HELD_OUT, build_router
from tests.fakes.articles import an_article
from tests.fakes.models import SayingModel

DATA = (REALTIME_QA, NEWS, HELD_OUT, BLIND)
_GENERAL = RoutingDecision(Route.GENERAL, "star", 1.0, ())


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return asyncio.run(_measured())


async def _measured() -> list[Result]:
    router, asked = build_router(), questions()
    lost = [each for each in asked if router.decide([ChatMessage("user", each.text)]).route is Route.GENERAL]
    general = [each.text for folder in (HELD_OUT, BLIND) for each in read_prompts(folder) if each.route is Route.GENERAL]
    results = []
    with news_store(articles()) as store:
        saved = [await _taken(store, each.text, each.asked) for each in lost]
        data = f"RealTimeQA, {len(lost)} of {len(asked)} sent to general"
        results.append(Result("questions about reports that are sent elsewhere, answered from them", sum(saved) / len(saved), data=data))
        results.append(await _wrong(store, general, max(each.asked for each in asked), "RealTimeQA"))
    with news_store(arabic := _arabic()) as store:
        results.append(await _wrong(store, general, max(each.published for each in arabic), "SaudiNewsNet"))
    return results


async def _wrong(store: ArticleStore, general: Sequence[str], now: datetime, name: str) -> Result:
    taken = [await _taken(store, text, now) for text in general]
    data = f"{len(general)} prompts beside {name}"
    return Result("general prompts answered from the news", sum(taken) / len(taken), target="≤ 0.01", data=data)


async def _taken(store: ArticleStore, text: str, now: datetime) -> bool:
    writer = Writer(model=SayingModel(""), rewrite=lambda events: events)
    pipeline = RecencyPipeline(store=store, finder=Finder(gatherer=Gatherer(store=store)), writer=writer, zone=ZONE, clock=lambda: now)
    return await pipeline.try_answer(ChatRequest((ChatMessage("user", text),)), _GENERAL) is not None


def _arabic() -> list[Article]:
    stories = stories_of_rows(rows_of_news(), 0)
    return [an_article(each.key, title=each.title, text=each.text, published=each.published) for each in stories]


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:70} {result.value:.3f}   [{result.data}]")
