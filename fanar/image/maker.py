"""The pattern maker `fanar-patterns`: patterns and lettering by rule, as an ImageGenerator whose tools lie with an owner process.

It is no model and turns no text into pictures: a prompt that asks for anything but a pattern or lettering is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any, Protocol

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, UnprocessableError
from fanar.events import ImageCreated, ImageEvent
from fanar.image.describing import described
from fanar.image.scripture import LetteredText
from fanar.image.wishes import Wish, read_wish
from fanar.media import Image, ImageOptions
from fanar.workers.caller import Caller

NAME = "fanar-patterns"
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
NO_WISH = Bilingual(
    "fanar-patterns draws patterns and lettering, nothing else: ask for girih or zellij (6, 8, 10 or 12 points, colours), or for a text "
    "in naskh or kufic, all in plain words.",
    "يرسم fanar-patterns نقوشًا وخطوطًا لا غير: اطلب جيريه أو زليجًا (6 أو 8 أو 10 أو 12 رأسًا، وألوانًا)، "
    "أو نصًا بالنسخ أو الكوفي، بكلمات بسيطة.",
)


class Care(Protocol):
    """Puts verses within texts in their own words."""

    def prepared(self, text: str) -> LetteredText:
        """Return what is drawn for a text. Raises UnprocessableError for a verse quoted wrongly."""
        ...


class PatternMaker:
    """Draws what is asked for, and only that. `care` looks after verses."""

    def __init__(self, *, owner: Caller, care: Care) -> None:
        self._owner = owner
        self._care = care

    @property
    def name(self) -> str:
        """Its name."""
        return NAME

    async def generate(self, prompt: str, options: ImageOptions) -> AsyncIterator[ImageEvent]:
        """Yield the picture. Raises UnprocessableError for what is neither a pattern nor lettering, and for verses quoted wrongly."""
        wish = read_wish(prompt, bare=True)
        if wish is None:
            raise UnprocessableError(NO_WISH, param="prompt")
        yield ImageCreated(await self._drawn(wish, options))

    async def available(self) -> bool:
        """Whether a picture would be begun now."""
        try:
            await self._owner.call("loaded")
        except FanarError:
            return False
        return True

    async def _drawn(self, wish: Wish, options: ImageOptions) -> Image:
        seed = secrets.randbits(32) if options.seed is None else options.seed
        decision = wish.pattern.decided(seed)
        lettered = self._care.prepared(wish.text) if wish.text is not None else None
        order: dict[str, Any] = {
            **asdict(decision),
            **{name: getattr(options, name) for name in ("width", "height", "format", "quality")},
            "text": lettered.text if lettered else None,
            "script": wish.script,
        }
        content = await self._owner.call("draw", order)
        alt = described(decision, text=_shown(lettered), script=wish.script)
        return Image(content, MEDIA_TYPES[options.format], revised_prompt=f"{alt.en} (seed {seed})", alt=alt, model=NAME, revised=True)


def _shown(lettered: LetteredText | None) -> str | None:
    if lettered is None:
        return None
    return f"{lettered.text} ({', '.join(lettered.references)})" if lettered.references else lettered.text
