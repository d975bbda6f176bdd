"""The route image: «ارسم …», "draw …". Knows nothing of how is drawn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Protocol

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual
from fanar.events import Event, ImageCreated, ImageEvent, ImageProgressed, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.llm.catalog import DRAWING, PATTERN_MAKER
from fanar.media import ImageOptions
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.drawing import Commission
from orchestrator.options import refuse_generation_options

_DRAWING = Bilingual("Drawing", "يجري الرسم")
# Chat carries pictures within its text: a small file of the same size in pixels.
_OPTIONS = ImageOptions(format="webp", quality=90)


class Drawing(Protocol):
    """Draws for clients."""

    def accept(self, commission: Commission) -> None:
        """Raise a FanarError where a drawing is refused before it is begun."""
        ...

    def draw(self, commission: Commission) -> AsyncIterator[ImageEvent]:
        """Yield what there is on the way and the picture. Raises a FanarError; closing the iterator stops the work."""
        ...


class ImageHandler:
    """Answers with a picture and what it shows, in the user's language."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the picture. Raises NotConfiguredError naming the remedy where only an image model could draw it."""
        refuse_generation_options(request)
        model = PATTERN_MAKER if decision.model == "patterns" else DRAWING
        commission = Commission(request.prompt, model, _OPTIONS)
        # What is refused at once is refused before the answer has begun.
        self._drawing.accept(commission)
        yield ProgressReported(_DRAWING)
        drawn = ""
        async with closing(self._drawing.draw(commission)) as events:
            async for event in events:
                match event:
                    case ImageProgressed(step=step, steps=steps):
                        yield ProgressReported(Bilingual(f"Drawing: step {step} of {steps}", f"يجري الرسم: الخطوة {step} من {steps}"))
                    case ImageCreated(image=image):
                        alt = image.alt.in_language(language_hint(request.prompt)) if image.alt else ""
                        # Those who ask in one language are told in it what is seen.
                        yield ImageCreated(replace(image, alt=Bilingual(alt, alt)))
                        yield TextDelta(f"\n\n{alt}")
                        drawn = image.model or model
        yield ResponseCompleted(drawn)
