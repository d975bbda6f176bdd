"""What draws in tests: the real tools, called through the real wire, and a painter that knows one colour."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np

from fanar.events import ImageCreated, ImageEvent, ImageProgressed
from fanar.image.scripture import LetteredText
from fanar.image.studio import Studio
from fanar.media import Image, ImageOptions


class AsItIs:
    """Takes every text for no scripture."""

    def prepared(self, text: str) -> LetteredText:
        return LetteredText(text)


class OneColour:
    """Paints the seed's colour in two steps, and remembers the prompts."""

    name = "one-colour"

    def __init__(self, studio: Studio | None = None) -> None:
        self._studio = studio
        self.prompts: list[str] = []
        self.letterings: list[str | None] = []
        self.left = 0

    async def generate(self, prompt: str, options: ImageOptions) -> AsyncIterator[ImageEvent]:
        self.prompts.append(prompt)
        self.letterings.append(options.lettering)
        pixels = np.full((options.height, options.width, 3), (options.seed or 0) * 37 % 200 + 20, np.uint8)
        try:
            for step in (1, 2):
                yield ImageProgressed(step, 2, Image(b"preview", "image/webp") if options.previews else None)
            data = (
                self._studio.finish(pixels, options.format, options.quality, self.name, options.lettering) if self._studio else b"picture"
            )
            yield ImageCreated(Image(data, f"image/{options.format}", model=self.name))
        finally:
            self.left += 1

    async def available(self) -> bool:
        return True
