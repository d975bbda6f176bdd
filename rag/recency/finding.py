"""Finds what answers an inquiry: ranked articles from the store, or pages of the web where the store has none. Knows nothing of wording."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from fanar.news import Article
from rag.recency.articles import ScoredArticle
from rag.recency.conflicts import Conflict, conflicts_in
from rag.recency.dates.periods import Interval
from rag.recency.gathering import Gatherer
from rag.recency.grouping import Story, newest_first, stories_of, weightiest_first
from rag.recency.inquiry import Inquiry
from rag.recency.ranking import RankedArticle, rank

_DAY = timedelta(days=1)
_DIGESTED = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when on an article is taken for an answer, and how much is shown; round numbers, not fitted ones.

    `covered` is the share of the question that one of its passages must hold, `near` that of the best article's score that it must reach.
    """

    covered: float = 0.55
    near: float = 0.4
    articles: int = 6
    stories: int = 4
    digest: int = 8
    tellers: int = 3


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is. `conflicts` has an entry for each story; `ranked` is all that was looked at, best first."""

    stories: tuple[Story, ...] = ()
    conflicts: tuple[tuple[Conflict, ...], ...] = ()
    ranked: tuple[RankedArticle, ...] = ()

    @property
    def articles(self) -> list[Article]:
        """The articles of the stories, in their order."""
        return [article for story in self.stories for article in story.articles]


class Finder:
    """Looks for stories."""

    def __init__(self, *, gatherer: Gatherer, bounds: Bounds = BOUNDS) -> None:
        self._gatherer = gatherer
        self._bounds = bounds

    @property
    def searches_web(self) -> bool:
        """Whether the web can be asked where the store has no answer."""
        return self._gatherer.searches_web

    async def known(self, inquiry: Inquiry, *, meant: bool = False) -> Findings:
        """Return what the store has; with `meant` what is near in meaning too, for those who can tell whether it answers.

        Raises StorageError.
        """
        if not inquiry.digest:
            return await self._answering(await self._gatherer.known(inquiry), inquiry, meant=meant)
        return await self._digest(inquiry)

    async def on_the_web(self, inquiry: Inquiry) -> Findings:
        """Return what pages of the web have. Raises what the search engine raises."""
        found = await self._gatherer.on_the_web(inquiry)
        return await self._answering(found, inquiry, read=frozenset(each.article.id for each in found))

    async def _answering(
        self, found: Sequence[ScoredArticle], inquiry: Inquiry, *, read: frozenset[str] = frozenset(), meant: bool = False
    ) -> Findings:
        ranked = await asyncio.to_thread(rank, found, inquiry)
        bounds = self._bounds
        sure = [each for each in ranked if each.covered >= bounds.covered or (meant and each.meant)]
        near = [each.article for each in sure if each.score >= bounds.near * sure[0].score][: bounds.articles]
        current = await self._gatherer.current(near, read=read)
        return await self._compared(newest_first(stories_of(current)[: bounds.stories]), inquiry, ranked)

    async def _digest(self, inquiry: Inquiry) -> Findings:
        bounds, time = self._bounds, _time_of(inquiry)
        if inquiry.terms:
            ranked = await asyncio.to_thread(rank, await self._gatherer.known(inquiry), inquiry)
            about = [each for each in ranked if each.covered >= bounds.covered]
            within = [each for each in about if time.holds(each.article.published)] if inquiry.intervals else about
            articles, looked_at = [each.article for each in within], ranked
        else:
            articles, looked_at = await self._gatherer.of_time(time.start, time.end, most=_DIGESTED), []
        current = await self._gatherer.current(articles, read=frozenset())
        stories = weightiest_first(stories_of(current))[: bounds.digest]
        return await self._compared([Story(each.id, _tellers(each, bounds.tellers)) for each in stories], inquiry, looked_at)

    async def _compared(self, stories: Sequence[Story], inquiry: Inquiry, ranked: Sequence[RankedArticle]) -> Findings:
        """Return stories with where all their outlets differ; an article that differs joins those that are shown."""
        whole = await asyncio.gather(*(self._gatherer.story(story, known_by=inquiry.known_by) for story in stories))
        conflicts = await asyncio.to_thread(lambda: [conflicts_in(each) for each in whole])
        joined = []
        for story, differing in zip(stories, conflicts, strict=True):
            differ = {count.article.id: count.article for conflict in differing for count in conflict.counts}
            shown = {each.id for each in story.articles}
            joined.append(Story(story.id, (*story.articles, *(each for id_, each in differ.items() if id_ not in shown))))
        return Findings(tuple(joined), tuple(map(tuple, conflicts)), tuple(ranked))


def _tellers(story: Story, most: int) -> tuple[Article, ...]:
    """Return the newest article of each outlet, the most trusted first."""
    newest = sorted(story.articles, key=lambda each: each.published, reverse=True)
    first = {article.outlet: article for article in reversed(newest)}
    return tuple(sorted(first.values(), key=lambda each: (-each.authority, -each.published.timestamp())))[:most]


def _time_of(inquiry: Inquiry) -> Interval:
    """Return the time whose stories are wanted; a day where none is named."""
    if not inquiry.intervals:
        return Interval(inquiry.known_by - _DAY, inquiry.as_of)
    starts = [each.start for each in inquiry.intervals]
    ends = [each.end for each in inquiry.intervals]
    start = None if None in starts else min(each for each in starts if each is not None)
    return Interval(start, None if None in ends else max(each for each in ends if each is not None))
