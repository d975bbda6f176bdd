"""Builds a platform of the language models alone: no retrieval, no scripture, no database until a key is shown. Small and quickly up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from fanar.bilingual import Bilingual
from fanar.events import Route
from fanar.keys import ApiKey
from fanar.llm.catalog import Service
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
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.bootstrap.moderation import Moderation, open_moderation
from orchestrator.bootstrap.speech import Speech, open_speech
from orchestrator.bootstrap.telemetry import open_telemetry
from orchestrator.bootstrap.vision import open_vision
from orchestrator.dispatch import Dispatcher
from orchestrator.embeddings import Embeddings
from orchestrator.handlers.direct import DirectHandler
from orchestrator.models import ADD_A_MODEL, SEATS, Seat
from orchestrator.observed import ObservedAnswers
from orchestrator.platform import Capability, KeyCheck, Platform, ServedModel
from orchestrator.relay import Relay
from orchestrator.routing.attachments import VISION
from orchestrator.routing.fresh import FreshRouter
from orchestrator.routing.policy import TierPolicy, load_rules
from orchestrator.routing.tiers import TierRouter
from orchestrator.screening import ScreenedAnswers
from orchestrator.tokens import TokenCounter

_NAMES: dict[Seat, Bilingual] = {"star": Bilingual("Star", "ستار"), "prime": Bilingual("Prime", "برايم")}


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
    contexts = {"star": settings.star.context_tokens, "prime": settings.prime.context_tokens}
    policy = TierPolicy(rules=load_rules(settings.policy), contexts=contexts, available=lambda: frozenset(models.seats))
    return TierRouter(policy=policy, services={name: entry.service for entry in models.catalog for name in (entry.id, *entry.aliases)})


def _served(models: Models, speech: Speech, moderation: Moderation) -> list[ServedModel]:
    found = []
    for entry in models.catalog:
        seat = entry.service.value
        if entry.service is Service.ROUTER and models.seats:
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, seat, entry.description))
        elif entry.service is Service.VISION and models.vision is not None:
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, models.vision.name or VISION, entry.description))
        elif entry.service is Service.STT and speech.transcriptions.name is not None:
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, speech.transcriptions.name, entry.description))
        elif entry.service is Service.MODERATION:
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, moderation.name, entry.description))
        elif models.embeddings is not None and entry.id == models.embeddings.name:
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, entry.id, entry.description))
        elif seat in SEATS and seat in models.seats and (models.found is None or entry.id in models.found.models):
            found.append(ServedModel(entry.id, entry.created, entry.owned_by, models.seats[seat].name or seat, entry.description))
    return found


def _capabilities(models: Models, speech: Speech, moderation: Moderation) -> list[Capability]:
    return [*(_seat(models, seat) for seat in SEATS), speech.capability(), moderation.capability()]


def _seat(models: Models, seat: Seat) -> Capability:
    name = _NAMES[seat]
    if seat not in models.seats:
        detail = Bilingual(f"{name.en}: no language model is connected.", f"{name.ar}: لا نموذج لغوي متصل.")
        return Capability(seat, available=False, detail=detail, remedy=ADD_A_MODEL.replace("STAR", seat.upper()))
    known = models.seats[seat].name or seat
    return Capability(seat, available=True, detail=Bilingual(f"{name.en}: {known}", f"{name.ar}: {known}"))


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
