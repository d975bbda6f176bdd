"""The composition root: builds everything from the settings, in order, and takes it down again."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.protocols import Router
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.bootstrap.attribution import Attribution, open_attribution
from orchestrator.bootstrap.backends import statuses
from orchestrator.bootstrap.capabilities import Inventory
from orchestrator.bootstrap.handlers import Handlers, build_handlers
from orchestrator.bootstrap.image import ImageModule, open_image
from orchestrator.bootstrap.jobs import open_jobs
from orchestrator.bootstrap.library import Library, open_library
from orchestrator.bootstrap.limits import open_limits
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.bootstrap.moderation import Moderation, open_moderation
from orchestrator.bootstrap.news import open_news, open_web
from orchestrator.bootstrap.places import LatePlaces
from orchestrator.bootstrap.recency import Recency
from orchestrator.bootstrap.retrieval import Retrieval, open_retrieval
from orchestrator.bootstrap.routing import build_router, build_tools, open_decision_log
from orchestrator.bootstrap.screening import screened
from orchestrator.bootstrap.scripture import Scripture, load_scripture
from orchestrator.bootstrap.search import build_search, general_corpora
from orchestrator.bootstrap.speech import Speech, open_hearing, open_speech
from orchestrator.bootstrap.storage import Storage, open_storage
from orchestrator.bootstrap.telemetry import open_telemetry
from orchestrator.bootstrap.vision import open_vision
from orchestrator.bootstrap.voice import VoiceModule, open_voice
from orchestrator.conversations import ConversationDesk
from orchestrator.dispatch import DOCUMENTS, Dispatcher
from orchestrator.embeddings import Embeddings
from orchestrator.feedback import FeedbackDesk
from orchestrator.models import SeatedModel
from orchestrator.observed import ObservedAnswers
from orchestrator.platform import Platform
from orchestrator.pushes import PushDesk
from orchestrator.tokens import TokenCounter
from orchestrator.tools.toolbox import Toolbox
from rag.ingest.indexer import Progress, silent
from rag.ingest.quran import NAME as QURAN
from rag.recency.vectors import ArticleVectors

_log = logging.getLogger(__name__)

_OWNER_GONE = Bilingual("The vector store's process is not there; it is being started again.", "عملية مخزن المتجهات متوقفة ويجري تشغيلها.")


@asynccontextmanager
async def open_platform(settings: Settings, *, progress: Progress = silent) -> AsyncIterator[Platform]:
    """Open the platform. The first time, the Quran is installed and indexed, which `progress` hears of.

    Raises ConfigurationError for settings that cannot be used, and what a part says when it cannot start.
    """
    async with AsyncExitStack() as stack:
        tracing = stack.enter_context(open_telemetry(settings))
        storage = await stack.enter_async_context(open_storage(settings))
        retrieval = await stack.enter_async_context(open_retrieval(settings, storage.corpora, wait=False))
        models = await stack.enter_async_context(open_models(settings))
        scripture = await _scripture(storage, retrieval, progress, settings.data)
        tools = build_tools()
        router = build_router(settings, models, tools)
        speech = await stack.enter_async_context(open_speech(settings, models.catalog))
        voice = await stack.enter_async_context(open_voice(settings, models.catalog, scripture, storage.voices))
        model = SeatedModel(models.language, preferred="star")
        news = await stack.enter_async_context(open_news(settings, storage, meaning=_meaning(retrieval, models)))
        web = await stack.enter_async_context(open_web(settings))
        recency = Recency(settings, store=news.store, model=model, guard=scripture.guard, web=web)
        image = await stack.enter_async_context(open_image(settings, models.catalog, scripture, model))
        moderation = await stack.enter_async_context(open_moderation(settings.moderation, models.catalog))
        attribution = await stack.enter_async_context(open_attribution(settings, scripture, retrieval, news.store, model))
        parts = _Parts(settings, models, retrieval, scripture, router, tools, speech, voice, recency, image, moderation, attribution)
        inventory = await _inventory(parts)
        await retrieval.ready()
        metrics = Metrics()
        library = await stack.enter_async_context(open_library(settings, storage, retrieval, scripture, models))
        jobs = await stack.enter_async_context(open_jobs(settings, storage, retrieval, scripture, models, attribution))
        dispatcher = _dispatcher(parts, await _handlers(parts, inventory, stack), library)
        yield Platform(
            settings=settings,
            dispatcher=ObservedAnswers(moderation.guarding(screened(dispatcher, settings.blocklist)), metrics=metrics, tracing=tracing),
            router=router,
            retriever=build_search(scripture, retrieval),
            verifier=scripture.verifier,
            attributions=attribution.desk,
            keys=storage.accounts,
            models=inventory.served_models,
            capabilities=inventory.capabilities,
            metrics=metrics,
            tokens=TokenCounter(models=models.language, catalog=models.catalog),
            embeddings=Embeddings(catalog=models.catalog, server=models.embeddings, own=lambda: retrieval.catalog.open(QURAN).embedder),
            feedback=FeedbackDesk(feedback=storage.feedback, decisions=storage.decisions),
            research=jobs.research,
            checks=jobs.checks,
            conversations=ConversationDesk(conversations=storage.conversations),
            library=library.desk,
            voices=storage.voices,
            limits=await stack.enter_async_context(open_limits(settings, models.catalog, metrics)),
            transcription=speech.transcriptions,
            moderation=moderation.desk,
            voice=voice.readings,
            drawing=image.drawings,
            decisions=await stack.enter_async_context(open_decision_log(settings, storage, models)),
            places=parts.places,
            news=recency.desk,
            pushes=PushDesk(sources=news.sources, newsroom=news.newsroom),
            check=_Check(retrieval, inventory).run,
            backends=partial(statuses, models.seats, models.vision),
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the platform is made of, as far as handlers are made of it or it is told to users."""

    settings: Settings
    models: Models
    retrieval: Retrieval
    scripture: Scripture
    router: Router
    tools: Toolbox
    speech: Speech
    voice: VoiceModule
    recency: Recency
    image: ImageModule
    moderation: Moderation
    attribution: Attribution
    places: LatePlaces = field(default_factory=LatePlaces)


def _meaning(retrieval: Retrieval, models: Models) -> ArticleVectors | None:
    return ArticleVectors(store=retrieval.store, server=models.embeddings) if models.embeddings is not None else None


def _dispatcher(parts: _Parts, handlers: Handlers, library: Library) -> Dispatcher:
    specialists = {**handlers.specialists, DOCUMENTS: parts.attribution.checked(library.handler)}
    return Dispatcher(router=parts.router, catalog=parts.models.catalog, handlers=handlers.by_route, specialists=specialists)


async def _handlers(parts: _Parts, inventory: Inventory, stack: AsyncExitStack) -> Handlers:
    settings = parts.settings
    return build_handlers(
        places=parts.places,
        models=parts.models,
        retrieval=parts.retrieval,
        scripture=parts.scripture,
        router=parts.router,
        tools=parts.tools,
        vision=await stack.enter_async_context(open_vision(settings, parts.models.vision, parts.scripture.guard)),
        hearing=await stack.enter_async_context(open_hearing(settings, parts.speech, parts.voice)),
        recency=parts.recency.handler,
        drawing=parts.image.drawings,
        attribution=parts.attribution,
        abilities=inventory.abilities,
    )


async def _inventory(parts: _Parts) -> Inventory:
    inventory = Inventory(
        scripture=parts.scripture,
        models=parts.models,
        general_corpora=general_corpora(parts.retrieval),
        shelved=parts.retrieval.catalog.names_of,
        speech=parts.speech,
        voice=parts.voice,
        recency=parts.recency,
        image=parts.image,
        moderation=parts.moderation,
        attribution=parts.attribution,
    )
    await inventory.refresh()
    return inventory


async def _scripture(storage: Storage, retrieval: Retrieval, progress: Progress, data: Path) -> Scripture:
    if not any(corpus.info.name == QURAN and corpus.indexed for corpus in await retrieval.corpora.installed()):
        await retrieval.ready()
    info = await retrieval.corpora.ensure_quran(progress=progress)
    if stale := [corpus.info.name for corpus in await retrieval.corpora.installed() if not corpus.indexed]:
        # Hadith and commentaries take minutes: when they may is for a person to say.
        _log.warning("Not searched until they are indexed again: %s. Run fanar corpora reindex --missing.", ", ".join(stale))
    return await load_scripture(info, storage.corpora, retrieval, data)


class _Check:
    """Looks whether the parts that can fail by themselves are well."""

    def __init__(self, retrieval: Retrieval, inventory: Inventory) -> None:
        self._retrieval = retrieval
        self._inventory = inventory

    async def run(self) -> None:
        """Raise StorageError or ModelUnavailableError when a part is not well."""
        await self._retrieval.corpora.installed()
        if self._retrieval.owner.state not in ("ready", "standby"):
            raise ModelUnavailableError(_OWNER_GONE)
        await self._inventory.refresh()
