"""An answer in its sources' own words, where the model that was to write one does not begin. Knows nothing of sources or of models."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from fanar.errors import ModelUnavailableError, NotConfiguredError, OverloadedError, UpstreamTimeoutError
from fanar.events import Event, ProgressReported
from fanar.streams import closing

NO_MODEL = (ModelUnavailableError, UpstreamTimeoutError, OverloadedError, NotConfiguredError)
"""How a model fails that is not there: it went, does not answer, or has no room."""


async def or_else(written: AsyncIterator[Event], instead: AsyncIterator[Event]) -> AsyncGenerator[Event, None]:
    """Yield `written`, or `instead` where no model says a word of it. Raises what either raises otherwise."""
    begun = False
    try:
        async with closing(written) as events:
            async for event in events:
                begun = begun or not isinstance(event, ProgressReported)
                yield event
    except NO_MODEL:
        if begun:
            raise
        async with closing(instead) as events:
            async for event in events:
                yield event
