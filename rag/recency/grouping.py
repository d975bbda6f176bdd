"""Articles as stories: what several outlets tell together. Knows nothing of questions or of wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanar.news import Article


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that tell one story, the one that leads it first."""

    id: str
    articles: tuple[Article, ...]

    @property
    def lead(self) -> Article:
        """The article that speaks for the story."""
        return self.articles[0]

    @property
    def newest(self) -> datetime:
        """When it was last told."""
        return max(article.published for article in self.articles)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who tells it, in the order of its articles."""
        return tuple(dict.fromkeys(article.outlet for article in self.articles))


def stories_of(articles: Iterable[Article]) -> list[Story]:
    """Return the stories of articles that stand in an order, in the order of their first articles."""
    told: dict[str, list[Article]] = {}
    for article in articles:
        told.setdefault(article.story, []).append(article)
    return [Story(story, tuple(each)) for story, each in told.items()]


def newest_first(stories: Sequence[Story]) -> list[Story]:
    """Return stories in the order in which they were last told."""
    return sorted(stories, key=lambda story: (story.newest, story.id), reverse=True)


def weightiest_first(stories: Sequence[Story]) -> list[Story]:
    """Return stories by how many outlets tell them and how far these are trusted, newer ones first among equals."""
    return sorted(
        stories, key=lambda story: (len(story.outlets) + max(each.authority for each in story.articles), story.newest), reverse=True
    )
