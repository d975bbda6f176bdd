"""Which model ids mean the platform's own Islamic service. Knows nothing of what is asked of it."""

from __future__ import annotations

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.llm.catalog import ModelCatalog, Service
from orchestrator.platform import Platform

_BUILT_IN = ModelCatalog()


def require_sadiq(platform: Platform, model: str, message: Bilingual) -> None:
    """Raise NotFoundError with `message` for a model id that is neither one of the service's nor one of its aliases."""
    served = any(each.id == model and each.served_by == Service.SADIQ.value for each in platform.models())
    if not served and (model not in _BUILT_IN or _BUILT_IN.find(model).service is not Service.SADIQ):
        raise NotFoundError(message, param="model")
