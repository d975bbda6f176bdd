"""The request and the answer of POST /v1/images/generations, in OpenAI's form and in Fanar's."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.media import ImageOptions
from orchestrator.api.schemas.base import Answer, ModelId, Strict
from orchestrator.drawing import Commission

MOST_PICTURES = 10
SEEDS = 2**32
_LEAST, _MOST = 64, 2048
_SIZE = re.compile(r"(\d{2,4})x(\d{2,4})", re.ASCII)
_NO_SIZE = Bilingual(
    f"size is WIDTHxHEIGHT, each from {_LEAST} to {_MOST}, or auto.",
    f"‏size عرض وارتفاع WIDTHxHEIGHT، كل منهما بين {_LEAST} و{_MOST}، أو auto.",
)
_STREAMS_ONE = Bilingual("stream gives one picture: leave n out.", "يعطي stream صورة واحدة: احذف n.")
_NO_PREVIEWS = Bilingual("partial_images needs stream: true.", "يحتاج partial_images إلى stream: true.")
_LOSSLESS = Bilingual("output_compression needs output_format jpeg or webp.", "يحتاج output_compression إلى output_format من jpeg أو webp.")


class ImageRequest(Strict):
    """A picture, or several, to be drawn."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"model": "fanar-patterns", "prompt": "نقش جيريه عشاري بالأزرق والذهبي", "size": "1024x1024"}]}
    )

    model: ModelId
    prompt: Annotated[str, Field(min_length=1, max_length=4000)]
    revise: bool = True
    n: Annotated[int, Field(ge=1, le=MOST_PICTURES)] | None = None
    size: Annotated[str, Field(max_length=16)] | None = None
    seed: Annotated[int, Field(ge=0, lt=SEEDS)] | None = None
    output_format: Literal["png", "jpeg", "webp", "svg"] | None = None
    output_compression: Annotated[int, Field(ge=0, le=100)] | None = None
    response_format: Literal["b64_json"] | None = None
    stream: bool | None = None
    partial_images: Annotated[int, Field(ge=0, le=3)] | None = None
    quality: Literal["auto", "standard"] | None = None
    background: Literal["auto", "opaque"] | None = None
    moderation: Literal["auto"] | None = None
    user: Annotated[str, Field(max_length=256)] | None = None

    def check(self) -> None:
        """Raise UnprocessableError for fields that do not go together."""
        if self.stream and (self.n or 1) > 1:
            raise UnprocessableError(_STREAMS_ONE, param="n")
        if self.partial_images and not self.stream:
            raise UnprocessableError(_NO_PREVIEWS, param="partial_images")
        if self.output_compression is not None and self.output_format not in ("jpeg", "webp"):
            raise UnprocessableError(_LOSSLESS, param="output_compression")
        self.area()

    def area(self) -> tuple[int, int]:
        """Return width and height. Raises UnprocessableError."""
        if self.size in (None, "auto"):
            return 1024, 1024
        match = _SIZE.fullmatch(self.size or "")
        if match is None or not all(_LEAST <= int(side) <= _MOST for side in match.groups()):
            raise UnprocessableError(_NO_SIZE, param="size")
        return int(match[1]), int(match[2])

    def commissions(self) -> list[Commission]:
        """Return what is to be drawn, one by one; with a seed, each picture has the next one."""
        width, height = self.area()
        options = [
            ImageOptions(
                width=width,
                height=height,
                seed=None if self.seed is None else (self.seed + number) % SEEDS,
                format=self.output_format or "png",
                quality=92 if self.output_compression is None else self.output_compression,
                previews=self.partial_images or 0,
            )
            for number in range(self.n or 1)
        ]
        return [Commission(self.prompt, self.model, each, revise=self.revise) for each in options]


class ImageItem(Answer):
    """One picture. `model` is what drew it, `alt` what it shows in both languages, `revised_prompt` what it was drawn from."""

    b64_json: str
    model: str
    revised: bool
    revised_prompt: str
    alt: dict[str, str] | None = None


class ImageList(Answer):
    """The pictures."""

    id: str
    created: int
    data: list[ImageItem]
    output_format: str | None = None
    size: str | None = None


class ImageStreamEvent(Answer):
    """A piece of a streamed answer."""

    type: Literal["image_generation.partial_image", "image_generation.completed"]
    b64_json: str
