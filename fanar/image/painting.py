"""A diffusion model as everybody but its owner sees it: an ImageGenerator. Knows nothing of models or of sockets.

What the model drew is finished by the drawing tools: encoded, lettered where a text is asked for, marked and signed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.events import ImageCreated, ImageEvent, ImageProgressed
from fanar.image.maker import MEDIA_TYPES
from fanar.media import Image, ImageOptions
from fanar.workers.caller import Caller
from fanar.workers.owned import OwnedModel


class OwnedPainter(OwnedModel):
    """Draws with a model that lies with `owner`; `tools` finish."""

    def __init__(self, *, owner: Caller, tools: Caller, name: str) -> None:
        super().__init__(owner=owner, name=name)
        self._tools = tools

    async def generate(self, prompt: str, options: ImageOptions) -> AsyncIterator[ImageEvent]:
        """Yield the steps and the picture. Closing the iterator stops the work at the next step."""
        session = await self._owner.call("begin", prompt, options.width, options.height, options.seed, options.steps, options.previews)
        pixels: object = None
        try:
            while pixels is None:
                for kind, *told in await self._owner.call("advance", session):
                    if kind == "done":
                        pixels = told[0]
                        continue
                    step, steps, preview = told
                    yield ImageProgressed(step, steps, None if preview is None else await self._previewed(preview))
        finally:
            if pixels is None:
                await self._end(session)
        yield ImageCreated(await self._finished(pixels, prompt, options))

    async def available(self) -> bool:
        """Whether a picture would be begun now."""
        return await self._answers("loaded")

    async def _finished(self, pixels: object, prompt: str, options: ImageOptions) -> Image:
        follows = repr((self._name, prompt, options.seed, options.width, options.height, options.steps, options.lettering))
        asked = None if options.seed is None else follows
        content = await self._tools.call("finish", pixels, options.format, options.quality, self._name, options.lettering, asked)
        return Image(content, MEDIA_TYPES[options.format], model=self._name)

    async def _previewed(self, pixels: object) -> Image:
        return Image(await self._tools.call("preview", pixels, self._name), MEDIA_TYPES["webp"], model=self._name)
