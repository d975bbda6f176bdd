"""Pictures in the words of the wire: Fanar's form, which is OpenAI's with more in it, and OpenAI's events. Knows nothing of connections."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.events import ImageCreated, ImageEvent, ImageProgressed
from fanar.media import Image
from orchestrator.api.errors import envelope
from orchestrator.api.schemas.images import ImageRequest

Json = dict[str, Any]


def answer(images: Sequence[Image], wanted: ImageRequest, *, id: str, created: int) -> bytes:  # noqa: A002
    """Return all pictures as the body of an answer."""
    return orjson.dumps({"id": id, "created": created, "data": [_item(image, wanted) for image in images], **_shape(wanted)})


class ImageWriter:
    """Writes the drawing of one picture as a stream of OpenAI's events."""

    def __init__(self, wanted: ImageRequest, *, id: str, created: int) -> None:  # noqa: A002
        self._wanted = wanted
        self._told: Json = {"id": id, "created_at": created, **_shape(wanted), "quality": "auto", "background": "opaque"}
        self._previews = 0

    def frames(self, event: ImageEvent, /) -> Iterator[bytes]:
        """Yield the frames for the next event."""
        match event:
            case ImageProgressed(preview=Image() as preview):
                index, self._previews = self._previews, self._previews + 1
                told = {"type": "image_generation.partial_image", "partial_image_index": index, "b64_json": _base64(preview)}
                yield _frame({**self._told, **told})
            case ImageCreated(image=image):
                yield _frame({**self._told, "type": "image_generation.completed", **_item(image, self._wanted), "usage": _NO_TOKENS})
            case _:
                return

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return _frame(envelope(error, language))


# Nothing here counts tokens of pictures; clients of OpenAI's want the field.
_NO_TOKENS: Json = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0, "input_tokens_details": {"image_tokens": 0, "text_tokens": 0}}


def _item(image: Image, wanted: ImageRequest) -> Json:
    alt = {"en": image.alt.en, "ar": image.alt.ar} if image.alt else None
    prompt = image.revised_prompt or wanted.prompt
    return {
        "b64_json": _base64(image),
        "model": image.model or wanted.model,
        "revised": image.revised,
        "revised_prompt": prompt,
        "alt": alt,
    }


def _shape(wanted: ImageRequest) -> Json:
    width, height = wanted.area()
    return {"output_format": wanted.output_format or "png", "size": f"{width}x{height}"}


def _base64(image: Image) -> str:
    return base64.b64encode(image.data).decode("ascii")


def _frame(body: Json) -> bytes:
    # OpenAI's clients tell the events apart by their type, some by the name of the event.
    name = body["type"].encode("ascii") if "type" in body else b"error"
    return b"event: " + name + b"\ndata: " + orjson.dumps(body) + b"\n\n"
