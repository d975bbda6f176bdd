"""Puts the limits together: the operator's words, and a counter in memory or in Redis."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.limits.allowance import Allowance, Rate, read_allowance
from fanar.limits.fallback import FallbackRequestCounter
from fanar.limits.memory import MemoryRequestCounter
from fanar.llm.catalog import ModelEntry
from fanar.protocols import RequestCounter
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.api.dependencies import keys_required
from orchestrator.limits import FEEDBACK, FILES, KEEPING, VOICES, RequestLimits

WITH_KEYS = 50
"""Requests in a window where keys are needed and the operator says nothing: the hosted API's own limit."""
_NEEDS_EXTRA = Bilingual(
    "FANAR_REDIS_URL needs the extra cluster: `make run EXTRAS=cluster` installs it.",
    "يحتاج FANAR_REDIS_URL إلى الإضافة cluster: يثبّتها الأمر `make run EXTRAS=cluster`.",
)
_UNKNOWN_MODEL = Bilingual(
    "FANAR_LIMITS__MODELS names a model that is not in the catalogue; GET /v1/models lists those there are.",
    "يسمّي FANAR_LIMITS__MODELS نموذجًا ليس في الفهرس؛ القائمة في ‎GET /v1/models.",
)
_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_limits(settings: Settings, models: Iterable[ModelEntry], metrics: Metrics) -> AsyncIterator[RequestLimits]:
    """Yield the limits. Raises ConfigurationError for a model that is not there or a Redis that cannot be."""
    async with AsyncExitStack() as stack:
        yield build_limits(settings, models, counter=await _counter(settings, metrics, stack))


def build_limits(settings: Settings, models: Iterable[ModelEntry], *, counter: RequestCounter) -> RequestLimits:
    """Return the limits that the settings say. Raises ConfigurationError for a model that is not there."""
    names = {name: entry.id for entry in models for name in (entry.id, *entry.aliases)}
    said = settings.limits
    if not said.models.keys() <= names.keys():
        raise ConfigurationError(_UNKNOWN_MODEL)
    requests = (WITH_KEYS if keys_required(settings) else 0) if said.requests is None else said.requests
    limits = RequestLimits(
        counter=counter,
        default=Allowance(Rate(requests, said.window_seconds), said.daily, said.monthly),
        models={model: read_allowance(text) for model, text in said.models.items()},
        known={**names, **{each: each for each in (FEEDBACK, KEEPING, FILES, VOICES)}}.get,
    )
    if settings.workers > 1 and settings.redis_url is None and not limits.nothing:
        _log.warning("each worker counts requests by itself; FANAR_REDIS_URL makes them count together")
    return limits


async def _counter(settings: Settings, metrics: Metrics, stack: AsyncExitStack) -> RequestCounter:
    own = MemoryRequestCounter()
    if settings.redis_url is None:
        return own
    try:
        from fanar.limits.redis import RedisRequestCounter
    except ModuleNotFoundError as cause:
        raise ConfigurationError(_NEEDS_EXTRA) from cause
    shared = RedisRequestCounter(url=settings.redis_url.get_secret_value())
    stack.push_async_callback(shared.close)
    return FallbackRequestCounter(shared=shared, own=own, missed=metrics.counted_alone)
