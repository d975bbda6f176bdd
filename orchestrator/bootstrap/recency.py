"""Puts together what answers questions about the news and shows its stories, over whatever store keeps the articles."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from fanar.bilingual import Bilingual
from fanar.errors import StorageError
from fanar.protocols import ChatModel
from fanar.settings import Settings
from orchestrator.bootstrap.news import news_folder
from orchestrator.bootstrap.storage import Storage
from orchestrator.guardrails import Guards, with_true_scripture
from orchestrator.handlers.recency import RecencyHandler
from orchestrator.platform import Capability, local_now
from rag.recency.articles import ArticleStore, StoreStatus
from rag.recency.desk import NewsDesk
from rag.recency.finding import Finder
from rag.recency.gathering import Gatherer, Web
from rag.recency.lexical import LexicalReader
from rag.recency.pipeline import RecencyPipeline
from rag.recency.store import NewsStore
from rag.recency.telling import state_text
from rag.recency.writing import Writer

REMEDY = "fanar feeds add URL"
_LOCAL_ZONE = Path("/etc/localtime")
_WEB = Bilingual("The web is searched for what happened since.", "يُبحث في الويب عما استجد.")
_UNREADABLE = Bilingual("The news cannot be read from the database now.", "تتعذر قراءة الأخبار من قاعدة البيانات الآن.")


class Recency:
    """The news of a platform: `handler` answers questions, `desk` shows stories. `refresh` looks at what is known now."""

    def __init__(self, settings: Settings, *, store: ArticleStore, model: ChatModel | None, guard: Guards, web: Web | None = None) -> None:
        zone = zone_of(settings)
        rewrite = partial(with_true_scripture, guards=guard, language="ar")
        writer = Writer(model=model, rewrite=rewrite) if model is not None else None
        finder = Finder(gatherer=Gatherer(store=store, web=web))
        pipeline = RecencyPipeline(store=store, finder=finder, writer=writer, zone=zone, clock=local_now)
        self.handler = RecencyHandler(pipeline=pipeline)
        self.desk = NewsDesk(store=store, zone=zone, clock=local_now)
        self._searches_web = web is not None
        self._known: StoreStatus | None = None

    async def refresh(self) -> None:
        """Look at what is known now."""
        try:
            self._known = await self.desk.status()
        except StorageError:
            self._known = None

    def capability(self) -> Capability:
        """Return whether questions about the news can be answered, and what adds that."""
        if self._known is None:
            return Capability("recency", available=False, detail=_UNREADABLE, remedy="fanar doctor")
        there = bool(self._known.sources or self._known.articles)
        if not there and self._searches_web:
            return Capability("recency", available=True, detail=_WEB)
        detail = state_text(self._known)
        return Capability("recency", available=there, detail=detail, remedy=None if there else REMEDY)


def kept_news(settings: Settings, storage: Storage) -> NewsStore:
    """Return the articles that the database has; nothing here writes or follows them."""
    return NewsStore(repository=storage.news, sources=storage.sources, lexical=LexicalReader(folder=news_folder(settings)))


def zone_of(settings: Settings) -> ZoneInfo:
    """Return the zone whose today people mean: the one that is set, else this machine's."""
    if settings.time_zone is not None:
        return ZoneInfo(settings.time_zone)
    if _LOCAL_ZONE.exists():
        with _LOCAL_ZONE.open("rb") as table:
            return ZoneInfo.from_file(table)
    return ZoneInfo("UTC")
