"""Puts together what draws: the drawing tools, in a process that is started for the first picture, and the image model where one is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, NotConfiguredError
from fanar.image.maker import PatternMaker
from fanar.image.revising import Reviser
from fanar.image.scripture import ScriptureCare
from fanar.llm.catalog import ModelCatalog
from fanar.protocols import ChatModel
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from orchestrator.bootstrap.painter import Painter
from orchestrator.bootstrap.screening import clean_of_rules
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.drawing import Drawings
from orchestrator.platform import Capability

if TYPE_CHECKING:
    from fanar.workers.client import WorkerClient
    from fanar.workers.supervisor import OwnerSpec, Supervisor

_SECONDS = 60.0  # that one drawing may take, with all that waits before it
_TOOLS = "fanar.image.studio:Studio"
_METHODS = ("draw", "finish", "preview")
PATTERNS = Bilingual("Patterns and lettering: girih, zellij, naskh, square kufic", "نقوش وخطوط: جيريه وزليج ونسخ وكوفي مربع")


class LateOwner:
    """An owner process that is started for the first call. One that was started once is kept alive."""

    def __init__(self, spec: OwnerSpec, client: WorkerClient) -> None:
        self._spec = spec
        self._client = client
        self._supervisor: Supervisor | None = None
        self._starting: asyncio.Task[None] | None = None

    async def ready(self) -> None:
        """Return once the owner answers. Raises NotConfiguredError that says why there is none."""
        if self._starting is None or (self._starting.done() and self._starting.exception() is not None):
            self._starting = asyncio.create_task(self._start())
        try:
            await asyncio.shield(self._starting)
        except ConfigurationError as cause:
            raise NotConfiguredError(cause.message) from cause

    async def call(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - what a method takes is the target's matter
        """Call a method of the target. Raises what it raises."""
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

        self._supervisor = Supervisor(self._spec)
        await self._supervisor.start()


class ImageModule:
    """What draws, and how it is doing."""

    def __init__(self, settings: Settings, catalog: ModelCatalog, scripture: Scripture, model: ChatModel | None) -> None:
        # What speaks to owners carries arrays too; a gateway without drawing need not.
        from fanar.workers.client import WorkerClient
        from fanar.workers.supervisor import OwnerSpec

        socket = socket_path(settings.data, "studio")
        options = {"folder": str(settings.data / "provenance")}
        spec = OwnerSpec(factory=_TOOLS, socket=socket, methods=_METHODS, options=options, queue=settings.image.queue, threads=2, grace=1.0)
        self._tools = LateOwner(spec, WorkerClient(socket, timeout=_SECONDS))
        self._painter = Painter(settings, tools=self._tools)
        care = ScriptureCare(scripture=scripture.index, verifier=scripture.verifier)
        self.drawings = Drawings(
            catalog=catalog,
            maker=PatternMaker(owner=self._tools, care=care, ready=self._tools.ready),
            painter=self._painter.generator,
            reviser=Reviser(model),
            care=care,
            clean=clean_of_rules(settings.blocklist),
        )

    def capabilities(self) -> list[Capability]:
        """Return what is there, and what would add the rest."""
        failed = self._tools.failure
        patterns = Capability("patterns", available=failed is None, detail=failed or PATTERNS)
        return [patterns, self._painter.capability()]

    async def stop(self) -> None:
        """End the owners."""
        await self._painter.stop()
        await self._tools.stop()


@asynccontextmanager
async def open_image(
    settings: Settings, catalog: ModelCatalog, scripture: Scripture, model: ChatModel | None
) -> AsyncIterator[ImageModule]:
    """Yield what draws, and end it at the end. `model` rewrites prompts for the image model, where there is one."""
    module = ImageModule(settings, catalog, scripture, model)
    try:
        yield module
    finally:
        await module.stop()
