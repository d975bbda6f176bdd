"""Search on the web by SearXNG, Brave or Tavily: each a WebSearch over HTTP. Knows nothing of pages: what comes is where to look.

What an engine sends is foreign text, bounded and cleaned like any other. Only addresses on the web come back, each once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fanar.bilingual import Bilingual
from fanar.errors import ForbiddenAddressError, InvalidRequestError, ModelUnavailableError
from fanar.fetch.client import Fetcher
from fanar.fetch.content import Reply
from rag.recency.articles import WebHit
from rag.recency.entries import LONGEST_LINE, absolute, moment_of
from rag.recency.markup import one_line

BRAVE = "https://api.search.brave.com/res/v1/web/search"
TAVILY = "https://api.tavily.com/search"

_LARGEST = 2_000_000
_LONGEST_QUERY = 400
_MOST = 20
_DAYS = (("day", 1), ("week", 7), ("month", 31), ("year", 366))
_BRAVE_SPANS = {"day": "pd", "week": "pw", "month": "pm", "year": "py"}
_UNAVAILABLE = Bilingual("The search engine did not answer.", "لم يُجب محرك البحث.")
_REFUSED = Bilingual(
    "The search engine refused: check FANAR_NEWS__SEARCH_URL and FANAR_NEWS__SEARCH_KEY.",
    "رفض محرك البحث الطلب: تحقّق من FANAR_NEWS__SEARCH_URL وFANAR_NEWS__SEARCH_KEY.",
)
_NONSENSE = Bilingual("The search engine answered nonsense.", "أجاب محرك البحث بما لا يُفهم.")


class SearxngSearch:
    """A WebSearch by a SearXNG server whose JSON format is switched on."""

    name = "searxng"

    def __init__(self, *, url: str, fetcher: Fetcher) -> None:
        self._url = url.rstrip("/")
        self._fetcher = fetcher

    async def search(self, query: str, *, top_k: int = 10, since: datetime | None = None, language: str | None = None) -> list[WebHit]:
        """Return hits, best first. Raises ModelUnavailableError, UpstreamTimeoutError."""
        asked = {"q": query[:_LONGEST_QUERY], "format": "json", "time_range": _span(since), "language": language or ""}
        found = await _answer(self._fetcher, f"{self._url}/search?{urlencode({k: v for k, v in asked.items() if v})}")
        return _hits(_results(found, "results"), snippet="content", published="publishedDate")[:top_k]


class BraveSearch:
    """A WebSearch by Brave's API."""

    name = "brave"

    def __init__(self, *, key: str, fetcher: Fetcher, url: str = BRAVE) -> None:
        self._url = url
        self._key = key
        self._fetcher = fetcher

    async def search(self, query: str, *, top_k: int = 10, since: datetime | None = None, language: str | None = None) -> list[WebHit]:
        """Return hits, best first. Raises ModelUnavailableError, UpstreamTimeoutError."""
        asked = {"q": query[:_LONGEST_QUERY], "count": str(min(top_k, _MOST)), "search_lang": language or ""}
        asked["freshness"] = _BRAVE_SPANS.get(_span(since), "")
        url = f"{self._url}?{urlencode({k: v for k, v in asked.items() if v})}"
        found = await _answer(self._fetcher, url, headers={"X-Subscription-Token": self._key, "Accept": "application/json"})
        return _hits(_results(found, "web", "results"), snippet="description", published="page_age")[:top_k]


class TavilySearch:
    """A WebSearch by Tavily's API."""

    name = "tavily"

    def __init__(self, *, key: str, fetcher: Fetcher, url: str = TAVILY) -> None:
        self._url = url
        self._key = key
        self._fetcher = fetcher

    async def search(self, query: str, *, top_k: int = 10, since: datetime | None = None, language: str | None = None) -> list[WebHit]:
        """Return hits, best first; its API knows no languages. Raises ModelUnavailableError, UpstreamTimeoutError."""
        asked: dict[str, Any] = {"query": query[:_LONGEST_QUERY], "max_results": min(top_k, _MOST)}
        if since is not None:
            asked |= {"topic": "news", "time_range": _span(since) or "year"}
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        found = await _answer(self._fetcher, self._url, headers=headers, body=json.dumps(asked).encode())
        return _hits(_results(found, "results"), snippet="content", published="published_date")[:top_k]


async def _answer(fetcher: Fetcher, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON
    try:
        reply: Reply = await fetcher.ask(url, headers=headers, body=body, max_bytes=_LARGEST)
    except ForbiddenAddressError:
        raise
    except InvalidRequestError as cause:
        raise ModelUnavailableError(_UNAVAILABLE) from cause
    if not 200 <= reply.status < 300:
        raise ModelUnavailableError(_REFUSED if 400 <= reply.status < 500 else _UNAVAILABLE)
    try:
        return json.loads(reply.content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        raise ModelUnavailableError(_NONSENSE) from cause


def _results(answer: Any, *path: str) -> list[Any]:  # noqa: ANN401 - JSON
    for name in path:
        answer = answer.get(name) if isinstance(answer, dict) else None
    if answer is None:
        return []
    if not isinstance(answer, list):
        raise ModelUnavailableError(_NONSENSE)
    return answer


def _hits(results: Iterable[Any], *, snippet: str, published: str) -> list[WebHit]:
    hits: dict[str, WebHit] = {}
    for each in results:
        url = absolute(str(each.get("url") or ""), "") if isinstance(each, dict) else ""
        if url and url not in hits:
            title, text = (one_line(str(each.get(name) or ""))[:LONGEST_LINE] for name in ("title", snippet))
            hits[url] = WebHit(url, title, text, moment_of(str(each.get(published) or "")))
    return list(hits.values())


def _span(since: datetime | None) -> str:
    if since is None:
        return ""
    days = (datetime.now(UTC) - since).total_seconds() / 86_400
    return next((name for name, most in _DAYS if days <= most), "")
