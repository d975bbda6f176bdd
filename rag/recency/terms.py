"""How articles and questions about them become terms, and which articles are searched. Knows nothing of indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fanar.news import Article
from rag.analysis import content_words, stem

_LONGEST_QUERY = 64
_MOST_WORDS = 5_000

WEIGHTS = {"title": 2.0, "body": 1.0}
"""What a word counts by where it stands."""

HIGHEST = 2.2 * max(WEIGHTS.values())
"""The most that one word can weigh, times its rarity: k1 + 1 of BM25, in the field that counts most."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which articles are searched: published from `since` to before `until`, in `language`."""

    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None

    def hold(self, article: Article) -> bool:
        """Whether an article lies within."""
        return (
            (self.since is None or article.published >= self.since)
            and (self.until is None or article.published < self.until)
            and (self.language is None or article.language == self.language)
        )


def query_stems(query: str) -> list[str]:
    """Return the stems of a question's content words, each once."""
    return list(dict.fromkeys(map(stem, content_words(query)[:_LONGEST_QUERY])))


def stems_of(article: Article) -> dict[str, list[str]]:
    """Return the stems of an article by field."""
    return {"title": _stems(article.title), "body": _stems(f"{article.summary}\n{article.text}")}


def _stems(text: str) -> list[str]:
    return list(map(stem, content_words(text)[:_MOST_WORDS]))
