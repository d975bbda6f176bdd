"""Builds a platform of the language models alone: no retrieval, no scripture, no database until a key is shown. Small and quickly up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fanar.events import Route
from fanar.keys import ApiKey
from fanar.llm.catalog import ModelEntry, Service
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.blocklist.rules import read_rules
from orchestrator.bootstrap.absent import (
    AbsentAttributions,
    AbsentFeedback,
    AbsentJobs,
    AbsentRetriever,
    AbsentVerifier,
    UnrecordedDecisions,
)
from orchestrator.bootstrap.absent_keeping import AbsentConversations, AbsentLibrary, AbsentVoices
from orchestrator.bootstrap.backends import statuses
from orchestrator.bootstrap.limits import open_limits
from orchestrator.bootstrap.models import Models, open_models, read_policy
from orchestrator.bootstrap.moderation import Moderation, open_moderation
from orchestrator.bootstrap.speech import Speech, open_speech
from orchestrator.bootstrap.telemetry import open_telemetry
from orchestrator.bootstrap.vision import open_vision
from orchestrator.dispatch import Dispatcher
from orchestrator.embeddings import Embeddings
from orchestrator.handlers.direct import DirectHandler
from orchestrator.models import SEATS
from orchestrator.observed import ObservedAnswers
from orchestrator.platform import Capability, KeyCheck, Platform, ServedModel
from orchestrator.relay import Relay
from orchestrator.routing.attachments import VISION
from orchestrator.routing.fresh import FreshRouter
from orchestrator.routing.tiers import TierRouter
from orchestrator.screening import ScreenedAnswers
from orchestrator.tokens import TokenCounter


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[Platform]:
    """Open the gateway. Raises ConfigurationError for settings that cannot be used."""
    async with AsyncExitStack() as stack:
        tracing = stack.enter_context(open_telemetry(settings))
        models = await stack.enter_async_context(open_models(settings))
        speech = await stack.enter_async_context(open_speech(settings, models.catalog))
        moderation = await stack.enter_async_context(open_moderation(settings.moderation, models.catalog))
        router = _router(settings, models)
        metrics = Metrics()
        handlers = {Route.GENERAL: DirectHandler(models=models.language)}
        specialists = {VISION: await stack.enter_async_context(open_vision(settings, models.vision))}
        dispatcher = Dispatcher(router=router, catalog=models.catalog, handlers=handlers, specialists=specialists)
        blocked = read_rules(settings.blocklist) if settings.blocklist else None
        # What is relayed is not read, so where something must not be said every answer is read.
        traced = tracing if settings.otlp_endpoint else None
        read = blocked or moderation.reads_prompts or moderation.reads_answers
        relay = None if read else Relay(models=models.language, catalog=models.catalog, router=router, tracing=traced)
        yield Platform(
            settings=settings,
            dispatcher=ObservedAnswers(moderation.guarding(ScreenedAnswers(dispatcher, blocked=blocked)), metrics=metrics, tracing=tracing),
            router=router,
            retriever=AbsentRetriever(),
            verifier=AbsentVerifier(),
            attributions=AbsentAttributions(),
            keys=_KeysWhenShown(settings, stack),
            models=partial(_served, models, speech, moderation),
            capabilities=partial(_capabilities, models, speech, moderation),
            metrics=metrics,
            tokens=TokenCounter(models=models.language, catalog=models.catalog),
            embeddings=Embeddings(catalog=models.catalog, server=models.embeddings),
            feedback=AbsentFeedback(),
            research=AbsentJobs(),
            checks=AbsentJobs(),
            conversations=AbsentConversations(),
            library=AbsentLibrary(),
            voices=AbsentVoices(),
            limits=await stack.enter_async_context(open_limits(settings, models.catalog, metrics)),
            transcription=speech.transcriptions,
            moderation=moderation.desk,
            decisions=UnrecordedDecisions(),
            relay=relay,
            backends=partial(statuses, models.seats, models.vision),
        )


def _router(settings: Settings, models: Models) -> FreshRouter:
    return FreshRouter(build=partial(_tiers, settings, models), files=[settings.policy] if settings.policy else [])


def _tiers(settings: Settings, models: Models) -> TierRouter:
    policy = read_policy(settings, models)
    return TierRouter(policy=policy, services={name: entry.service for entry in models.catalog for name in (entry.id, *entry.aliases)})


def _served(models: Models, speech: Speech, moderation: Moderation) -> list[ServedModel]:
    served = ((entry, _server_of(entry, models, speech, moderation)) for entry in models.catalog)
    return [ServedModel(entry.id, entry.created, entry.owned_by, by, entry.description) for entry, by in served if by is not None]


def _server_of(entry: ModelEntry, models: Models, speech: Speech, moderation: Moderation) -> str | None:
    match entry.service:
        case Service.ROUTER:
            return entry.service.value if models.seats else None
        case Service.STT:
            return speech.transcriptions.name
        case Service.MODERATION:
            return moderation.name
        case Service.EMBEDDING:
            return entry.id if models.embeddings is not None and entry.id == models.embeddings.name else None
        case _:
            return models.server_of(entry)


def _capabilities(models: Models, speech: Speech, moderation: Moderation) -> list[Capability]:
    return [*map(models.capability, SEATS), speech.capability(), moderation.capability()]


class _KeysWhenShown:
    """The keys of the platform, whose database is opened for the first key that is shown."""

    def __init__(self, settings: Settings, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._stack = stack
        self._opening = asyncio.Lock()
        self._keys: KeyCheck | None = None

    async def verify(self, secret: str) -> ApiKey:
        """Return the key. Raises AuthenticationError, StorageError."""
        async with self._opening:
            if self._keys is None:
                self._keys = await self._open()
        return await self._keys.verify(secret)

    async def _open(self) -> KeyCheck:
        from orchestrator.bootstrap.storage import open_storage

        storage = await self._stack.enter_async_context(open_storage(self._settings))
        return storage.accounts
