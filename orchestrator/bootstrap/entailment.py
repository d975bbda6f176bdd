"""Starts the owner of the entailment model, where one is set. The model's libraries are loaded there alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fanar.attribution.claims.owned import OwnedEntailment
from fanar.attribution_protocols import EntailmentModel
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, NotConfiguredError
from fanar.settings import Settings
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from orchestrator.platform import Capability

# By name, as the owner process imports it: onnxruntime must not be loaded here.
_FACTORY = "fanar.attribution.claims.entailment:open_entailment"
_SECONDS = 60.0
_PLAIN = Bilingual("Claims are checked against sources by plain rules", "تُقابل الادعاءات بالمصادر بقواعد صريحة")
REMEDY = "FANAR_ATTRIBUTION__ENTAILMENT=MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7"


class Entailment:
    """The model's owner, and how it is doing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._owner: Supervisor | None = None
        self._client: WorkerClient | None = None
        self._starting: asyncio.Task[None] | None = None
        self.model: EntailmentModel | None = None
        chosen = settings.attribution.entailment
        if chosen is not None:
            self._client = WorkerClient(socket_path(settings.data, "entailment"), timeout=_SECONDS)
            self.model = OwnedEntailment(owner=self._client, name=Path(chosen).name, ready=self.ready)

    async def ready(self) -> None:
        """Return once the owner answers. Raises NotConfiguredError that says why there is none."""
        assert self._starting is not None, "a model is asked only where one is set"  # noqa: S101
        try:
            await asyncio.shield(self._starting)
        except ConfigurationError as cause:
            raise NotConfiguredError(cause.message) from cause

    def capability(self) -> Capability:
        """Return what claims are checked by, and what would add to it."""
        if self.model is None:
            return Capability("attribution", available=True, detail=_PLAIN, remedy=None)
        failure = self._starting.exception() if self._starting is not None and self._starting.done() else None
        if failure is not None:
            detail = failure.message if isinstance(failure, FanarError) else _PLAIN
            return Capability("attribution", available=False, detail=detail, remedy=REMEDY)
        detail = Bilingual(f"{_PLAIN.en}, and by {self.model.name}", f"{_PLAIN.ar}، وبالنموذج {self.model.name}")
        return Capability("attribution", available=True, detail=detail)

    def start(self) -> None:
        """Begin to start the owner, where a model is set."""
        if self._client is not None:
            self._starting = asyncio.create_task(self._start())

    async def stop(self) -> None:
        """End the owner."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait([self._starting])
        if self._client is not None:
            await self._client.close()
        if self._owner is not None:
            await self._owner.stop()

    async def _start(self) -> None:
        chosen = self._settings.attribution
        options = {"model": chosen.entailment, "threads": chosen.threads}
        socket = socket_path(self._settings.data, "entailment")
        self._owner = Supervisor(OwnerSpec(factory=_FACTORY, socket=socket, methods=("judge",), options=options, queue=chosen.queue))
        await self._owner.start()


@asynccontextmanager
async def open_entailment(settings: Settings) -> AsyncIterator[Entailment]:
    """Begin to start the model's owner, and stop it at the end. Nothing waits for it: large weights take their time."""
    entailment = Entailment(settings)
    entailment.start()
    try:
        yield entailment
    finally:
        await entailment.stop()
