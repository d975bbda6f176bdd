"""Puts the router together: rules with their exact tools, the shipped classifier, the policy table."""

from __future__ import annotations

from datetime import datetime

from fanar.llm.catalog import ModelCatalog
from fanar.settings import Settings
from orchestrator.bootstrap.models import Models
from orchestrator.routing.cascade import CascadeRouter
from orchestrator.routing.classifier import load_classifier
from orchestrator.routing.policy import TierPolicy, load_rules
from orchestrator.routing.rules import SureRules
from orchestrator.tools.toolbox import Toolbox


def local_now() -> datetime:
    """Return the time on this machine's clock, in its zone."""
    return datetime.now().astimezone()


def build_tools() -> Toolbox:
    """Return the exact tools."""
    return Toolbox(clock=local_now)


def build_router(settings: Settings, models: Models, tools: Toolbox) -> CascadeRouter:
    """Return the router. Raises ConfigurationError for a policy table that cannot be used."""
    contexts = {"star": settings.star.context_tokens, "prime": settings.prime.context_tokens}
    policy = TierPolicy(rules=load_rules(settings.policy), contexts=contexts, available=lambda: frozenset(models.seats))
    return CascadeRouter(
        rules=SureRules(tools=tools.parse), classifier=load_classifier(), policy=policy, services=services_of(models.catalog)
    )


def services_of(catalog: ModelCatalog) -> dict[str, str]:
    """Return what serves each id that a client may name, aliases included."""
    return {name: entry.service.value for entry in catalog for name in (entry.id, *entry.aliases)}
