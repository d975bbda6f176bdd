"""Puts together what draws: the drawing tools, in a process that is started for the first picture, and the image model where one is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fanar.bilingual import Bilingual
from fanar.image.maker import PatternMaker
from fanar.image.revising import Reviser
from fanar.image.scripture import ScriptureCare
from fanar.llm.catalog import ModelCatalog
from fanar.protocols import ChatModel
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from orchestrator.bootstrap.late import LateOwner
from orchestrator.bootstrap.painter import Painter
from orchestrator.bootstrap.screening import clean_of_rules
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.drawing import Drawings
from orchestrator.platform import Capability

if TYPE_CHECKING:
    from fanar.workers.supervisor import OwnerSpec

_SECONDS = 60.0  # that one drawing may take, with all that waits before it
_TOOLS = "fanar.image.studio:Studio"
_METHODS = ("loaded", "draw", "finish", "preview")
PATTERNS = Bilingual("Patterns and lettering: girih, zellij, naskh, square kufic", "نقوش وخطوط: جيريه وزليج ونسخ وكوفي مربع")


class ImageModule:
    """What draws, and how it is doing."""

    def __init__(self, settings: Settings, catalog: ModelCatalog, scripture: Scripture, model: ChatModel | None) -> None:
        self._tools = drawing_tools(settings)
        self._painter = Painter(settings, tools=self._tools)
        care = ScriptureCare(scripture=scripture.index, verifier=scripture.verifier)
        self.drawings = Drawings(
            catalog=catalog,
            maker=PatternMaker(owner=self._tools, care=care),
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

    def begin(self) -> None:
        """Begin to bring the image model into memory. Nothing waits for it: large weights take their time."""
        self._painter.begin()

    async def stop(self) -> None:
        """End the owners."""
        await self._painter.stop()
        await self._tools.stop()


def drawing_tools(settings: Settings) -> LateOwner:
    """Return the drawing tools, in a process that the first picture starts."""
    socket = socket_path(settings.data, "studio")
    return LateOwner(partial(_spec, settings, socket), socket, call_seconds=_SECONDS)


def _spec(settings: Settings, socket: Path) -> OwnerSpec:
    from fanar.workers.supervisor import OwnerSpec

    options = {"folder": str(settings.data / "provenance")}
    return OwnerSpec(_TOOLS, socket, _METHODS, options, queue=settings.image.queue, threads=2, grace=1.0)


@asynccontextmanager
async def open_image(
    settings: Settings, catalog: ModelCatalog, scripture: Scripture, model: ChatModel | None
) -> AsyncIterator[ImageModule]:
    """Yield what draws, and end it at the end. `model` rewrites prompts for the image model, where there is one."""
    module = ImageModule(settings, catalog, scripture, model)
    module.begin()
    try:
        yield module
    finally:
        await module.stop()
