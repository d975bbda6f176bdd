"""Puts the router together: rules with their exact tools, the classifier with shipped or fitted weights, the policy table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fanar.llm.catalog import ModelCatalog
from fanar.protocols import Router
from fanar.settings import Settings
from orchestrator.bootstrap.encoder import build_opinion, encoder_head
from orchestrator.bootstrap.models import Models, read_policy
from orchestrator.bootstrap.storage import Storage
from orchestrator.decisions import DecisionLog
from orchestrator.platform import local_now
from orchestrator.routing.cascade import ROUTER, CascadeRouter
from orchestrator.routing.classifier import load_classifier
from orchestrator.routing.fresh import FreshRouter
from orchestrator.routing.own import chosen_weights, own_card
from orchestrator.routing.rules import SureRules
from orchestrator.tools.toolbox import Toolbox


def build_tools() -> Toolbox:
    """Return the exact tools."""
    return Toolbox(clock=local_now)


def build_router(settings: Settings, models: Models, tools: Toolbox) -> Router:
    """Return the router, which follows its policy table and its weights. Raises ConfigurationError for files that cannot be used."""
    followed = [own_card(settings.data), *([settings.policy] if settings.policy else [])]
    followed += [encoder_head(settings.data)] if settings.routing.encoder else []
    return FreshRouter(build=partial(_build, settings, models, tools), files=followed)


def _build(settings: Settings, models: Models, tools: Toolbox) -> Router:
    policy = read_policy(settings, models)
    classifier = load_classifier(chosen_weights(settings.data))
    rules, services = SureRules(tools=tools.parse), services_of(models.catalog)
    return CascadeRouter(rules=rules, classifier=classifier, policy=policy, services=services, second=build_opinion(settings))


@asynccontextmanager
async def open_decision_log(settings: Settings, storage: Storage, models: Models) -> AsyncIterator[DecisionLog]:
    """Yield what records the decisions that the router makes, where the operator asks for it; all is written at the end."""
    services = services_of(models.catalog)
    log = DecisionLog(
        repository=storage.decisions,
        on=settings.record_decisions,
        days=settings.decisions_days,
        routes=lambda model: services.get(model) == ROUTER,
    )
    async with log.writing():
        yield log


def services_of(catalog: ModelCatalog) -> dict[str, str]:
    """Return what serves each id that a client may name, aliases included."""
    return {name: entry.service.value for entry in catalog for name in (entry.id, *entry.aliases)}
