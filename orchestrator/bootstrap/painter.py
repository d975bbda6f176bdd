"""The image model, where one is set. Its libraries are loaded in its own process alone."""

from __future__ import annotations

from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.media_protocols import ImageGenerator
from fanar.settings import Settings
from orchestrator.drawing import NO_PAINTER, REMEDY
from orchestrator.platform import Capability


class Tools(Protocol):
    """The drawing tools, which finish what a model drew."""

    async def ready(self) -> None:
        """Return once they answer."""
        ...


class Painter:
    """What draws everything that is no pattern."""

    def __init__(self, settings: Settings, *, tools: Tools) -> None:
        self._settings = settings
        self._tools = tools
        self.generator: ImageGenerator | None = None

    def capability(self) -> Capability:
        """Return what is there, or what would add it."""
        if self.generator is None:
            return Capability("image", available=False, detail=NO_PAINTER, remedy=REMEDY)
        return Capability("image", available=True, detail=Bilingual("Pictures", "صور"))

    async def stop(self) -> None:
        """End the model's process."""
