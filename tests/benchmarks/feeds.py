"""How fast news is read, kept and found, how well reports of one thing are put together, and whether all feeds can be read.

The replay publishes SaudiNewsNet as feeds on loopback, in the order in which its articles were found, and has a newsroom read them through
its whole way: HTTP, feedparser, text, stories, database, index. Speeds are per second of processor time, as this machine is shared; the
time from a hub's ping to where a search finds the article is by the clock on the wall. The pairs of articles are labelled by us.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from fanar.errors import FanarError
from fanar.fetch.content import Reply
from fanar.news import Change
from rag.recency.fresh import FreshArticles
from rag.recency.lexical import LexicalWriter
from rag.recency.reading import read_source
from rag.recency.stories import Stories
from rag.recency.terms import Bounds, query_stems
from rag.recency.websub import Verification
from tests.benchmarks.report import ROOT, Result, evaluation_data
from tests.fakes.articles import an_article
from tests.unit.rag.recency.newsdesk import Clock, Desk, Site, Story, open_desk, signed

NEWS = evaluation_data() / "recency" / "saudinewsnet"
_FEEDS = evaluation_data() / "recency" / "feeds"
_PAIRS = ROOT / "tests" / "benchmarks" / "data" / "news_pairs.tsv"
DATA = (_PAIRS, NEWS, _FEEDS)

_REPLAYED = 2_000
_OF_ONE_FEED = 50
_PINGS = 60
_MILLISECONDS = 1_000


def main() -> Iterable[Result]:
    """Run the benchmark."""
    rows = rows_of_news()
    yield from asyncio.run(_replayed(rows[:_REPLAYED]))
    yield from asyncio.run(_pinged(rows[:_PINGS]))
    yield from _lexical(rows[:_REPLAYED])
    yield from _duplicates(rows)
    yield from _fixtures()


def rows_of_news() -> list[dict[str, Any]]:
    """Return SaudiNewsNet, in the order in which its articles were found."""
    with gzip.open(next(NEWS.glob("*.jsonl.gz")), "rt", encoding="utf-8") as file:
        return sorted(map(json.loads, file), key=lambda row: row["date_extracted"])


def _moment(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["date_extracted"]).replace(tzinfo=UTC)


def stories_of_rows(rows: Sequence[dict[str, Any]], first: int) -> list[Story]:
    """Return articles as a site publishes them, numbered from `first`."""
    return [Story(f"s{first + place}", row["title"], row["content"], _moment(row)) for place, row in enumerate(rows)]


async def _replayed(rows: Sequence[dict[str, Any]]) -> list[Result]:
    site = Site()
    with tempfile.TemporaryDirectory() as folder:
        async with site.server, open_desk(Path(folder), clock=Clock(_moment(rows[-1]))) as desk:
            await desk.add(site)
            began = time.process_time()
            for first in range(0, len(rows), _OF_ONE_FEED):
                site.body = site.feed(stories_of_rows(rows[first : first + _OF_ONE_FEED], first))
                await desk.room.poll()
                await desk.settle()
            spent = time.process_time() - began
            kept = desk.repository.totals().articles
    data = f"{len(rows)} articles, {_OF_ONE_FEED} a feed"
    return [
        Result("articles read from feeds, kept and indexed", len(rows) / spent, "per second of processor time", "≥ 100", data=data),
        Result("articles lost or doubled", abs(kept - len(rows)), "", "≤ 0", data=data),
    ]


async def _pinged(rows: Sequence[dict[str, Any]]) -> list[Result]:
    site = Site(hub=True)
    with tempfile.TemporaryDirectory() as folder:
        async with site.server, open_desk(Path(folder), clock=Clock(_moment(rows[-1])), callback="http://127.0.0.1/hub") as desk:
            await desk.add(site)
            await desk.room.poll()
            form = site.subscriptions[-1]
            token = form["hub.callback"].rpartition("/")[2]
            await desk.room.confirm(token, Verification("subscribe", form["hub.topic"], "word", 864000.0))
            times = [await _ping(desk, site, token, form["hub.secret"], story) for story in stories_of_rows(rows, 0)]
    ranked = quantiles(times, n=100, method="inclusive")
    data = f"{len(rows)} pings"
    return [
        Result("from a ping to where a search finds the article, median", ranked[49], "ms", "≤ 1000", data=data),
        Result("from a ping to where a search finds the article, 99th percentile", ranked[98], "ms", "≤ 5000", data=data),
    ]


async def _ping(desk: Desk, site: Site, token: str, secret: str, story: Story) -> float:
    body = site.feed([story])
    headers = signed(body, secret)
    began = time.perf_counter()
    assert await desk.room.pushed(token, body, signature=headers["X-Hub-Signature"], media_type=headers["Content-Type"])
    found = await desk.store.search(story.title, top_k=20)
    spent = (time.perf_counter() - began) * _MILLISECONDS
    assert site.url(f"/{story.key}") in [each.article.url for each in found], story.title
    return spent


def _lexical(rows: Sequence[dict[str, Any]]) -> Iterator[Result]:
    changes = [
        Change(place, str(place), an_article(str(place), title=row["title"], text=row["content"], published=_moment(row)))
        for place, row in enumerate(rows, 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        writer = LexicalWriter(folder=Path(folder))
        began = time.process_time()
        for first in range(0, len(changes), 500):
            writer.follow(changes[first : first + 500])
        spent = time.process_time() - began
        writer.close()
    yield Result(
        "articles put into the lexical index", len(rows) / spent, "per second of processor time", "≥ 800", data=f"{len(rows)} articles"
    )
    times = []
    for change in changes[:200]:
        fresh = FreshArticles(repository=_OneChange(change))  # type: ignore[arg-type]
        began = time.perf_counter()
        fresh.follow(after=0)
        found = fresh.search(dict.fromkeys(query_stems(change.article.title if change.article else ""), 1.0), bounds=Bounds())
        times.append((time.perf_counter() - began) * _MILLISECONDS)
        assert found
    yield Result(
        "from a parsed article to where a search finds it, 95th percentile", quantiles(times, n=20)[18], "ms", "≤ 50", data="200 articles"
    )


class _OneChange:
    """A repository in which one thing has changed."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def changes(self, *, after: int, limit: int) -> list[Change]:
        return [self._change] if after < self._change.position else []


def _duplicates(rows: Sequence[dict[str, Any]]) -> Iterator[Result]:
    stories = Stories()
    became: dict[str, str] = {}
    place: dict[str, str] = {}
    began = time.process_time()
    for row in rows:
        placed = stories.place(row["url"], row["title"], row["content"], published=_moment(row))
        place[row["url"]] = placed.story
        became |= dict.fromkeys(placed.joined, placed.story)
    spent = time.process_time() - began
    labelled = [line.split("\t") for line in _PAIRS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    told = [(_last(became, place[first]) == _last(became, place[second]), same == "1") for first, second, same in labelled]
    right = sum(said and same for said, same in told)
    f1 = 2 * right / (sum(said for said, _ in told) + sum(same for _, same in told))
    runs = {row["url"]: set(_runs(row)) for row in rows}
    plain = [(len(runs[a] & runs[b]) / (len(runs[a] | runs[b]) or 1), same == "1") for a, b, same in labelled]
    peer = max(_f1(plain, step / 100) for step in range(5, 95))
    data = f"{len(labelled)} pairs, {sum(same for _, same in told)} of them one report"
    yield Result(
        "reports of one thing put into one story, F1", f1, "", "≥ 0.97", "Jaccard of runs of three words, its best threshold", peer, data
    )
    yield Result("articles placed in stories", len(rows) / spent, "per second of processor time", data=f"{len(rows)} articles")


def _f1(pairs: Sequence[tuple[float, bool]], threshold: float) -> float:
    right = sum(same for likeness, same in pairs if likeness >= threshold)
    return 2 * right / (sum(likeness >= threshold for likeness, _ in pairs) + sum(same for _, same in pairs))


def _runs(row: dict[str, Any]) -> Iterator[str]:
    words = f"{row['title']} {row['content']}".split()
    return (" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def _last(became: dict[str, str], story: str) -> str:
    while story in became:
        story = became[story]
    return story


def _fixtures() -> Iterator[Result]:
    read = refused = broken = 0
    files = sorted(path for path in _FEEDS.rglob("*") if path.is_file())
    for path in files:
        try:
            read_source(
                "feed", Reply("http://news.example/feed", 200, {}, "application/xml", path.read_bytes()), url="http://news.example/feed"
            )
            read += 1
        except FanarError:
            refused += 1
        except Exception:  # noqa: BLE001 - what is counted is exactly what nobody expected
            broken += 1
    data = f"{len(files)} fixtures of feedparser and NetNewsWire"
    yield Result("feeds read", read, "", data=data)
    yield Result("feeds refused with a reason", refused, "", data=data)
    yield Result("feeds that break what reads them", broken, "", "≤ 0", data=data)
