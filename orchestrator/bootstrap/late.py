"""An owner process that is started when it is first needed, or when it is told to begin. Knows nothing of what it owns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, NotConfiguredError

if TYPE_CHECKING:
    from fanar.workers.supervisor import OwnerSpec, Supervisor


class LateOwner:
    """A Caller whose owner process is started by the first call, or before. One that was started once is kept alive.

    `spec` is asked in a thread for what to start, when it is started: it may look for weights, prepare them, and raise what is missing.
    A call may take `call_seconds` once the owner is there, and the owner `start_seconds` to come.
    """

    def __init__(self, spec: Callable[[], OwnerSpec], socket: Path, *, call_seconds: float, start_seconds: float = 120.0) -> None:
        # What speaks to owners carries arrays too; a platform that has no such owner need not load what they are.
        from fanar.workers.client import WorkerClient

        self._spec = spec
        self._start_seconds = start_seconds
        self._client = WorkerClient(socket, timeout=call_seconds)
        self._supervisor: Supervisor | None = None
        self._starting: asyncio.Task[None] | None = None

    def begin(self) -> asyncio.Task[None]:
        """Begin to start the owner where none is; what failed is tried again."""
        if self._starting is None or (self._starting.done() and (self._starting.cancelled() or self._starting.exception())):
            self._starting = asyncio.create_task(self._start())
        return self._starting

    async def call(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - what a method takes is the target's matter
        """Call a method of the target once it is there. Raises what it raises, NotConfiguredError that says why there is none."""
        try:
            await asyncio.shield(self.begin())
        except ConfigurationError as cause:
            raise NotConfiguredError(cause.message) from cause
        return await self._client.call(method, *arguments, **options)

    @property
    def failure(self) -> Bilingual | None:
        """Why the owner did not start, where it did not."""
        if self._starting is None or not self._starting.done() or (error := self._starting.exception()) is None:
            return None
        return error.message if isinstance(error, FanarError) else Bilingual("It did not start.", "لم يبدأ.")

    async def stop(self) -> None:
        """End the owner."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait([self._starting])
        await self._client.close()
        if self._supervisor is not None:
            await self._supervisor.stop()

    async def _start(self) -> None:
        from fanar.workers.supervisor import Supervisor

        self._supervisor = Supervisor(await asyncio.to_thread(self._spec), start_timeout=self._start_seconds)
        await self._supervisor.start()
