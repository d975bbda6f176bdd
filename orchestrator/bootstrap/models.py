"""Connects the language models: those that are set, those that `fanar models` serves, else a server found on this machine."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.llm.catalog import ModelCatalog, ModelEntry, Service
from fanar.llm.connections import ModelConnections, model_connections
from fanar.llm.discovery import FoundServer, discover
from fanar.llm.embeddings import EmbeddingServer
from fanar.llm.faults import OF_CHAT, Misset
from fanar.llm.openai import OpenAIChatModel
from fanar.llm.scripted import ScriptedChatModel, read_script
from fanar.protocols import ChatModel
from fanar.settings import ModelSettings, Settings
from orchestrator.backends.failover import load_failover
from orchestrator.bootstrap.backends import guarded
from orchestrator.models import LanguageModels, Seat, add_a_model
from orchestrator.platform import Capability
from orchestrator.routing.policy import SHIPPED, TierPolicy, load_rules
from orchestrator.serving.limited import LimitedChatModel
from orchestrator.serving.seats import Seats
from orchestrator.serving.state import RunningModel, coming_seats, running_models

_SERVICES: Mapping[Seat, Service] = {"star": Service.STAR, "prime": Service.PRIME}
_NAMES: Mapping[Seat, Bilingual] = {"star": Bilingual("Star", "ستار"), "prime": Bilingual("Prime", "برايم")}
_OF_VISION = Misset.of(Bilingual("server that looks at pictures", "خادم النظر في الصور"), "VISION")
_OPERATOR = "operator"
_NO_TABLE = Bilingual("FANAR_CATALOG names no readable TOML table.", "لا يدل FANAR_CATALOG على جدول TOML مقروء.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Models:
    """The language models, the catalogue of ids, and where the models came from. `found` is somebody's own server, never Fanar's."""

    language: LanguageModels
    catalog: ModelCatalog
    seats: Mapping[Seat, ChatModel]
    found: FoundServer | None = None
    scripted: bool = False
    embeddings: EmbeddingServer | None = None
    vision: ChatModel | None = None

    def server_of(self, entry: ModelEntry) -> str | None:
        """Return what answers to an id of Star, Prime or the model of pictures, None where nothing does."""
        if entry.service is Service.VISION:
            return None if self.vision is None else self.vision.name or Service.VISION.value
        seat = next((seat for seat, service in _SERVICES.items() if service is entry.service), None)
        if seat is None or seat not in self.seats:
            return None
        # A server that was found is somebody's own: it is listed under its own name and never under Fanar's.
        if self.found is not None and entry.id not in self.found.models:
            return None
        return self.seats[seat].name or seat

    def capability(self, seat: Seat, *, answers: bool = True) -> Capability:
        """Return what sits on a seat, and what puts a model there; `answers` is whether its server does."""
        name = _NAMES[seat]
        if seat not in self.seats:
            detail = Bilingual(f"{name.en}: no language model is connected.", f"{name.ar}: لا نموذج لغوي متصل.")
            return Capability(seat, available=False, detail=detail, remedy=add_a_model(seat))
        known = self.seats[seat].name or seat
        if not answers:
            detail = Bilingual(f"{name.en}: the server of {known} does not answer.", f"{name.ar}: خادم {known} لا يجيب.")
            return Capability(seat, available=False, detail=detail, remedy="fanar doctor")
        if self.found is not None:
            kind = self.found.kind
            detail = Bilingual(
                f"{known}, found on this machine ({kind}); not a Fanar model", f"{known}، وُجد على هذا الجهاز ({kind})؛ ليس من نماذج فنار"
            )
            return Capability(seat, available=True, detail=detail)
        return Capability(seat, available=True, detail=Bilingual(f"{name.en}: {known}", f"{name.ar}: {known}"))


@asynccontextmanager
async def open_models(settings: Settings) -> AsyncIterator[Models]:
    """Connect the models and close their connections at the end. Raises ConfigurationError for a script that cannot be used."""
    async with model_connections() as connections:
        fixed = _configured(settings, connections)
        found = None
        if not fixed and settings.discover and not running_models(settings.data):
            found = await _discovered(settings, connections)
        spare = _seated(found, connections) if found else {}
        seats = Seats(data=settings.data, fixed=fixed, spare=spare, connect=lambda served: _served(served, connections))
        embeddings = _embeddings(settings, connections)
        vision = _connected(settings.vision, connections, misset=_OF_VISION) if settings.vision.url else None
        catalog = _extended(_catalog(settings.catalog), found, embeddings)
        language = LanguageModels(seats, addressed=_addressed(catalog), coming=partial(coming_seats, settings.data))
        yield Models(language, catalog, seats, found, settings.scripted_model is not None, embeddings, vision)


def read_policy(settings: Settings, models: Models) -> TierPolicy:
    """Read the policy table as it is now: return what chooses between the models, and tell these which may stand in for the other.

    Raises ConfigurationError, and changes nothing, for a table that cannot be used.
    """
    rules, failover = load_rules(settings.policy), load_failover(settings.policy or SHIPPED)
    models.language.failover = failover
    contexts = {"star": settings.star.context_tokens, "prime": settings.prime.context_tokens}
    return TierPolicy(rules=rules, contexts=contexts, available=lambda: frozenset(models.seats))


def _configured(settings: Settings, connections: ModelConnections) -> dict[Seat, ChatModel]:
    if settings.scripted_model is not None:
        _log.warning("the scripted model answers: it is a test double and no language model")
        scripted = guarded(ScriptedChatModel(read_script(settings.scripted_model)), ModelSettings())
        return {"star": scripted, "prime": scripted}
    wanted: dict[Seat, ModelSettings] = {"star": settings.star, "prime": settings.prime}
    return {seat: _connected(server, connections) for seat, server in wanted.items() if server.url}


def _connected(server: ModelSettings, connections: ModelConnections, *, misset: Misset = OF_CHAT) -> ChatModel:
    model = OpenAIChatModel(connections=connections, settings=server, misset=misset)
    return guarded(model, server, relay=model)


async def _discovered(settings: Settings, connections: ModelConnections) -> FoundServer | None:
    servers = await discover(connections.session, own_ports=(settings.port,))
    if not servers:
        return None
    found = servers[0]
    _log.info("no model is set; using a server on this machine", extra={"kind": found.kind, "url": found.url, "model": found.models[0]})
    return found


def _seated(found: FoundServer, connections: ModelConnections) -> dict[Seat, ChatModel]:
    model = _connected(ModelSettings(url=found.url, model=found.models[0]), connections)
    return {"star": model, "prime": model}


def _served(served: RunningModel, connections: ModelConnections) -> ChatModel:
    server = ModelSettings(url=served.url, model=served.model, context_tokens=served.context_tokens)
    return guarded(LimitedChatModel(OpenAIChatModel(connections=connections, settings=server), lacking=served.lacking), server)


def _embeddings(settings: Settings, connections: ModelConnections) -> EmbeddingServer | None:
    server = settings.embeddings
    return EmbeddingServer(session=connections.session, settings=server) if server.url or server.model else None


def _catalog(path: Path | None) -> ModelCatalog:
    if path is None:
        return ModelCatalog()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise ConfigurationError(_NO_TABLE) from cause
    return ModelCatalog().extended(table)


def _extended(catalog: ModelCatalog, found: FoundServer | None, embeddings: EmbeddingServer | None) -> ModelCatalog:
    # Under their own names and owners: they are never passed off as Fanar's.
    if found is not None and found.models[0] not in catalog:
        catalog = catalog.extended({found.models[0]: {"service": Service.STAR, "owned_by": found.kind}})
    if embeddings is not None:
        catalog = catalog.extended({embeddings.name: {"service": Service.EMBEDDING, "owned_by": _OPERATOR}})
    return catalog


def _addressed(catalog: ModelCatalog) -> dict[str, Seat]:
    return {entry.id: seat for seat, service in _SERVICES.items() for entry in catalog.of(service)}
