"""The composition root: builds everything from the settings, in order, and takes it down again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.bootstrap.backends import statuses
from orchestrator.bootstrap.capabilities import Inventory
from orchestrator.bootstrap.handlers import build_handlers, general_corpora
from orchestrator.bootstrap.limits import open_limits
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.bootstrap.moderation import Moderation, open_moderation
from orchestrator.bootstrap.news import open_news
from orchestrator.bootstrap.places import LatePlaces
from orchestrator.bootstrap.recency import Recency
from orchestrator.bootstrap.research import open_research
from orchestrator.bootstrap.retrieval import Retrieval, open_retrieval
from orchestrator.bootstrap.routing import build_decision_log, build_router, build_tools
from orchestrator.bootstrap.screening import screened
from orchestrator.bootstrap.scripture import Scripture, load_scripture
from orchestrator.bootstrap.speech import Speech, open_hearing, open_speech
from orchestrator.bootstrap.storage import Storage, open_storage
from orchestrator.bootstrap.telemetry import open_telemetry
from orchestrator.bootstrap.vision import open_vision
from orchestrator.bootstrap.voice import VoiceModule, open_voice
from orchestrator.conversations import ConversationDesk
from orchestrator.dispatch import Dispatcher
from orchestrator.embeddings import Embeddings
from orchestrator.feedback import FeedbackDesk
from orchestrator.models import SeatedModel
from orchestrator.observed import ObservedAnswers
from orchestrator.platform import Platform
from orchestrator.search import CombinedSearch
from orchestrator.tokens import TokenCounter
from rag.ingest.indexer import Progress, silent
from rag.ingest.quran import NAME as QURAN
from rag.retrievers.hybrid import HybridRetriever

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
        voice = await stack.enter_async_context(open_voice(settings, models.catalog, scripture))
        model = SeatedModel(models.language, preferred="star") if models.language else None
        news = await stack.enter_async_context(open_news(settings, storage))
        recency = Recency(settings, store=news.store, model=model, guard=scripture.guard)
        moderation = await stack.enter_async_context(open_moderation(settings.moderation, models.catalog))
        inventory = _inventory(scripture, models, retrieval, speech, voice, recency, moderation)
        await inventory.refresh()
        await retrieval.ready()
        vision = await stack.enter_async_context(open_vision(settings, models.vision, scripture.guard))
        places = LatePlaces()
        handlers = build_handlers(
            places=places,
            models=models,
            retrieval=retrieval,
            scripture=scripture,
            router=router,
            tools=tools,
            vision=vision,
            hearing=await stack.enter_async_context(open_hearing(settings, speech, voice)),
            recency=recency.handler,
            abilities=inventory.abilities,
        )
        decisions = build_decision_log(settings, storage, models)
        await stack.enter_async_context(decisions.writing())
        metrics = Metrics()
        dispatcher = Dispatcher(router=router, catalog=models.catalog, handlers=handlers.by_route, specialists=handlers.specialists)
        everything = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages)
        yield Platform(
            settings=settings,
            dispatcher=ObservedAnswers(moderation.guarding(screened(dispatcher, settings.blocklist)), metrics=metrics, tracing=tracing),
            router=router,
            retriever=CombinedSearch(verses=scripture.verses, everything=everything, scripture=QURAN),
            verifier=scripture.verifier,
            keys=storage.accounts,
            models=inventory.served_models,
            capabilities=inventory.capabilities,
            metrics=metrics,
            tokens=TokenCounter(models=models.language, catalog=models.catalog),
            embeddings=Embeddings(catalog=models.catalog, server=models.embeddings, own=lambda: retrieval.catalog.open(QURAN).embedder),
            feedback=FeedbackDesk(feedback=storage.feedback, decisions=storage.decisions),
            research=await stack.enter_async_context(open_research(settings, storage, retrieval, scripture, models)),
            conversations=ConversationDesk(conversations=storage.conversations),
            limits=await stack.enter_async_context(open_limits(settings, models.catalog, metrics)),
            transcription=speech.transcriptions,
            moderation=moderation.desk,
            voice=voice.readings,
            decisions=decisions,
            places=places,
            news=recency.desk,
            check=_Check(storage, retrieval, inventory).run,
            backends=partial(statuses, models.seats, models.vision),
        )


def _inventory(
    scripture: Scripture,
    models: Models,
    retrieval: Retrieval,
    speech: Speech,
    voice: VoiceModule,
    recency: Recency,
    moderation: Moderation,
) -> Inventory:
    general, shelved = general_corpora(retrieval), retrieval.catalog.names_of
    return Inventory(
        scripture=scripture,
        models=models,
        general_corpora=general,
        shelved=shelved,
        speech=speech,
        voice=voice,
        recency=recency,
        moderation=moderation,
    )


async def _scripture(storage: Storage, retrieval: Retrieval, progress: Progress, data: Path) -> Scripture:
    if not any(corpus.info.name == QURAN and corpus.indexed for corpus in await retrieval.corpora.installed()):
        await retrieval.ready()
    info = await retrieval.corpora.ensure_quran(progress=progress)
    return await load_scripture(info, storage.corpora, retrieval, data)


class _Check:
    """Looks whether the parts that can fail by themselves are well."""

    def __init__(self, storage: Storage, retrieval: Retrieval, inventory: Inventory) -> None:
        self._storage = storage
        self._retrieval = retrieval
        self._inventory = inventory

    async def run(self) -> None:
        """Raise StorageError or ModelUnavailableError when a part is not well."""
        await self._retrieval.corpora.installed()
        if self._retrieval.owner.state not in ("ready", "standby"):
            raise ModelUnavailableError(_OWNER_GONE)
        await self._inventory.refresh()
