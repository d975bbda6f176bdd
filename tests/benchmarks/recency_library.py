"""RealTimeQA as questions about the news, its dated articles in a store of news, BM25 and vectors over the same articles. Reports nothing.

A question is put at the end of its day, and only articles published by then may answer. It is answered by an article that holds the text of
the right choice; which choices there are, nobody who searches is told.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fanar.arabic.words import normal_words
from fanar.news import Article, Kept, Source
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from rag.recency.lexical import LexicalReader, LexicalWriter
from rag.recency.store import NewsStore
from rag.training import train_embedder
from tests.benchmarks.report import evaluation_data

REALTIME_QA = evaluation_data() / "recency" / "realtimeqa"
YEAR = "2026"
"""Of the other years' questions the articles were not collected."""
ZONE = ZoneInfo("America/New_York")
_SOURCE = "https://realtimeqa.example/feed"
_BATCH = 500
_EMBEDDED = 6_000
_K1, _B = 1.2, 0.75
_HALF_LIFE, _FLOOR = timedelta(days=7), 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the weekly quiz. `answer` is the text of the right choice in its search form."""

    text: str
    asked: datetime
    answer: str

    @property
    def week(self) -> str:
        """The quiz that it belongs to."""
        return f"{self.asked:%G-%V}"

    def answered_by(self, texts: Iterable[str]) -> bool:
        """Whether any of these texts, in their search form, holds the answer."""
        return any(self.answer in text for text in texts)


def articles() -> list[Article]:
    """Return the dated articles; a date without a time is noon."""
    found = []
    for number, row in enumerate(_rows("docs_2026.jsonl.gz")):
        day = _day(row["publish_date"]).replace(hour=12)
        title = row["title"].rpartition(" - ")[0] or row["title"]
        outlet = urlsplit(row["url"]).hostname or ""
        found.append(Article(str(number), row["url"], outlet, title, row["text"], "", "en", day, day, day, 1, str(number), 0.5))
    return found


def questions() -> list[Question]:
    """Return the questions of the year whose right choice is known."""
    found = []
    for row in _rows("questions.jsonl.gz"):
        answer = row.get("answer") or [""]
        if row["question_date"].startswith(YEAR) and answer[0].isdigit():
            asked = _day(row["question_date"]).replace(hour=23, minute=59, tzinfo=ZONE)
            found.append(Question(row["question_sentence"], asked, searchable(row["choices"][int(answer[0])])))
    return found


def searchable(text: str) -> str:
    """Return a text so that one stands in another only by whole words."""
    return f" {' '.join(normal_words(text))} "


@contextmanager
def news_store(published: Sequence[Article]) -> Iterator[NewsStore]:
    """Yield the product's store with these articles in it."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/fanar.db")
        upgrade(engine)
        repository, sources = SqlNewsRepository(engine=engine), SqlSourceRepository(engine=engine)
        sources.add(Source(_SOURCE, "feed", "realtimeqa"), now=datetime.now(UTC))
        for first in range(0, len(published), _BATCH):
            kept = [Kept(article, _SOURCE, article.id, "digest") for article in published[first : first + _BATCH]]
            repository.write(_SOURCE, articles=kept, now=datetime.now(UTC))
        writer = LexicalWriter(folder=Path(folder))
        writer.follow(repository.changes(after=0, limit=len(published)))
        writer.close()
        yield NewsStore(repository=repository, sources=sources, lexical=LexicalReader(folder=Path(folder)))
        engine.dispose()


class PlainRanking:
    """The peers: BM25 over whole articles, words as they are written, alone or times a decay by age."""

    def __init__(self, published: Sequence[Article]) -> None:
        self._published = published
        counts = [Counter(normal_words(f"{article.title} {article.text}")) for article in published]
        self._lengths = [count.total() for count in counts]
        self._mean = sum(self._lengths) / len(counts)
        self._held: dict[str, list[tuple[int, int]]] = {}
        for place, count in enumerate(counts):
            for word, times in count.items():
                self._held.setdefault(word, []).append((place, times))

    def ranked(self, question: Question, *, decay: bool, top_k: int = 5) -> list[Article]:
        """Return the best articles published by the time of the question."""
        scores: dict[int, float] = {}
        for word in set(normal_words(question.text)):
            holding = self._held.get(word, [])
            rarity = log(1 + (len(self._published) - len(holding) + 0.5) / (len(holding) + 0.5))
            for place, times in holding:
                norm = _K1 * (1 - _B + _B * self._lengths[place] / self._mean)
                scores[place] = scores.get(place, 0.0) + rarity * times * (_K1 + 1) / (times + norm)
        weighed = {place: score * (_decayed(self._published[place], question) if decay else 1.0) for place, score in scores.items()}
        known = [place for place in weighed if self._published[place].published <= question.asked]
        return [self._published[place] for place in sorted(known, key=lambda place: -weighed[place])[:top_k]]


class VectorRanking:
    """What vectors find: the product's own embedder, fitted to the articles, their likeness times a decay by age."""

    def __init__(self, published: Sequence[Article]) -> None:
        texts = [f"{article.title}\n{article.text[:_EMBEDDED]}" for article in published]
        self._published = published
        self._embedder = train_embedder(texts)
        self._vectors = self._embedder.embed_documents(texts)

    def ranked(self, asked: Sequence[Question], *, top_k: int) -> list[list[Article]]:
        """Return for each question the best articles published by its time."""
        return [self._nearest(question, top_k) for question in asked]

    def _nearest(self, question: Question, top_k: int) -> list[Article]:
        likeness = self._vectors @ self._embedder.embed_query(question.text)[0]
        scores = {
            place: max(0.0, float(likeness[place])) * _decayed(article, question)
            for place, article in enumerate(self._published)
            if article.published <= question.asked
        }
        return [self._published[place] for place in sorted(scores, key=lambda place: -scores[place])[:top_k]]


def _decayed(article: Article, question: Question) -> float:
    age = max(timedelta(), question.asked - article.published)
    return _FLOOR + (1 - _FLOOR) * float(0.5 ** (age / _HALF_LIFE))


def _rows(name: str) -> Iterator[Mapping[str, object]]:
    with gzip.open(REALTIME_QA / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _day(text: object) -> datetime:
    return datetime.fromisoformat(str(text).replace("/", "-")).replace(tzinfo=UTC)
