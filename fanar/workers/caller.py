"""How an owner process is called, for who is given the way there. Knows nothing of sockets; `fanar.workers.client` is such a way."""

from __future__ import annotations

from typing import Any, Protocol


class Caller(Protocol):
    """Calls a method of the owner process, once it is there, and returns its result; raises the owner's error as itself."""

    async def call(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - what a method takes is the target's matter
        """Call `method`. Raises NotConfiguredError, ModelUnavailableError when it is gone, OverloadedError when its queue is full."""
        ...
