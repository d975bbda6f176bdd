"""Which model id draws what, what is not drawn, and in which words a prompt reaches a model. Knows nothing of HTTP or of how is drawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, NotConfiguredError, NotFoundError, UnprocessableError
from fanar.events import ImageCreated, ImageEvent
from fanar.image.maker import Care
from fanar.image.revising import Reviser, Revision
from fanar.image.safety import refuse_unsafe
from fanar.image.wishes import lettering_in, read_wish
from fanar.llm.catalog import ModelCatalog, Service
from fanar.media import ImageOptions
from fanar.media_protocols import ImageGenerator
from fanar.streams import closing

REMEDY = "fanar models pull oryx"
NO_PAINTER = Bilingual(
    "Drawing needs an image model, and none is set: `fanar models pull oryx` pulls Fanar's, and FANAR_IMAGE__MODEL=oryx names it "
    "(a GPU and the extra image; z-image-turbo for a smaller one). Patterns and lettering are drawn without one: ask for girih, "
    "zellij, naskh or kufic.",
    "يحتاج الرسم إلى نموذج صور، ولا نموذج مضبوط: ينزّل الأمر `fanar models pull oryx` نموذج فنار، ويسمّيه FANAR_IMAGE__MODEL=oryx "
    "(يلزم معالج رسوميات والإضافة image؛ وz-image-turbo لأصغر منه). "
    "أما النقوش والخطوط فتُرسم من دونه: اطلب جيريه أو زليجًا أو نسخًا أو كوفيًا.",
)
_NO_ARTIST = Bilingual(
    "No model of this id draws; Fanar-Oryx-IG-2 and fanar-patterns do.", "لا نموذج بهذا المعرّف يرسم؛ يرسم Fanar-Oryx-IG-2 وfanar-patterns."
)
_BLOCKED = Bilingual("The prompt holds what this platform does not discuss.", "في الطلب ما لا تتناوله هذه المنصة.")
_NO_SVG = Bilingual("Only fanar-patterns draws SVG.", "لا يرسم SVG إلا fanar-patterns.")
_NO_TOOLS = Bilingual(
    "This part of the platform draws nothing; `fanar serve` without FANAR_ONLY does.",
    "هذا الجزء من المنصة لا يرسم؛ يرسم `fanar serve` دون FANAR_ONLY.",
)
_EMPTY = Bilingual("The prompt is empty.", "الطلب فارغ.")


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be drawn for somebody: `model` is the id that was asked for."""

    prompt: str
    model: str
    options: ImageOptions = field(default_factory=ImageOptions)
    revise: bool = True


class Drawings:
    """Draws for clients: patterns and lettering with `maker`, all else with `painter`, where there is one.

    `care` looks after verses that are to be lettered; `clean` says of a text that it holds none of the operator's rules.
    """

    def __init__(
        self,
        *,
        catalog: ModelCatalog,
        maker: ImageGenerator,
        painter: ImageGenerator | None,
        reviser: Reviser,
        care: Care,
        clean: Callable[[str], bool],
    ) -> None:
        self._catalog = catalog
        self._maker = maker
        self._painter = painter
        self._reviser = reviser
        self._care = care
        self._clean = clean

    @property
    def painter(self) -> str | None:
        """The name of the model that draws, if one does."""
        return self._painter.name if self._painter is not None else None

    def require(self, model: str) -> None:
        """Raise NotFoundError for a model id that does not draw."""
        if self._catalog.find(model).service not in (Service.IMAGE, Service.PATTERNS):
            raise NotFoundError(_NO_ARTIST, param="model")

    def accept(self, commission: Commission) -> None:
        """Raise what forbids a drawing before it is begun: an unsafe prompt, a model that does not draw or is not here."""
        self.require(commission.model)
        self._refuse(commission.prompt)
        self._artist(commission)

    async def draw(self, commission: Commission) -> AsyncIterator[ImageEvent]:
        """Yield what there is on the way and the picture. Closing it stops the work.

        Raises ContentFilteredError with the reason, NotConfiguredError naming the remedy, UnprocessableError, and what a model raises.
        """
        self.accept(commission)
        artist = self._artist(commission)
        if artist is self._maker:
            async with closing(artist.generate(commission.prompt, commission.options)) as events:
                async for event in events:
                    yield event
            return
        if commission.options.format == "svg":
            raise UnprocessableError(_NO_SVG, param="output_format")
        text, scene = lettering_in(commission.prompt)
        options = replace(commission.options, lettering=self._care.prepared(text).text) if text else commission.options
        revision = await self._reviser.revise(scene) if commission.revise else Revision(scene, revised=False)
        # What a model was told to write is no more to be trusted than what a client writes.
        refuse_unsafe(revision.prompt)
        async with closing(artist.generate(revision.prompt, options)) as events:
            async for event in events:
                yield _told(event, commission, revision)

    def _artist(self, commission: Commission) -> ImageGenerator:
        if self._catalog.find(commission.model).service is Service.PATTERNS or read_wish(commission.prompt) is not None:
            return self._maker
        if self._painter is None:
            raise NotConfiguredError(NO_PAINTER)
        return self._painter

    def _refuse(self, prompt: str) -> None:
        if not prompt.strip():
            raise UnprocessableError(_EMPTY, param="prompt")
        if not self._clean(prompt):
            raise ContentFilteredError(_BLOCKED, kind="blocklist", param="prompt")
        wish = read_wish(prompt)
        refuse_unsafe(prompt, lettered=wish is not None and wish.text is not None)


def _told(event: ImageEvent, commission: Commission, revision: Revision) -> ImageEvent:
    """Say of a finished picture what it was drawn from."""
    if not isinstance(event, ImageCreated):
        return event
    alt = Bilingual(f"A generated picture: {revision.prompt}", f"صورة مولّدة: {commission.prompt}")
    return ImageCreated(replace(event.image, revised_prompt=revision.prompt, revised=revision.revised, alt=alt))


class Undrawn:
    """Draws nothing: the desk of a platform without drawing tools."""

    def require(self, model: str) -> None:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(_NO_TOOLS)

    async def draw(self, commission: Commission) -> AsyncIterator[ImageEvent]:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(_NO_TOOLS)
        yield  # an async generator, as the protocol wants it
