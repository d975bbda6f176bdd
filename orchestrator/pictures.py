"""Brings the pictures of a conversation in, so that a model's server need not fetch anything: each becomes a data: URL that was looked at.

Knows nothing of models. Servers that fetch by themselves would fetch from anywhere.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, UnprocessableError
from fanar.fetch.content import Fetching
from fanar.fetch.images import look_at
from fanar.messages import AudioPart, ChatMessage, ChatRequest, ContentPart, ImagePart, TextPart, VideoPart

MOST_PICTURES = 16
MOST_BYTES_EACH = 10_000_000
MOST_BYTES = 20_000_000
"""Of all pictures of a conversation together."""
_AT_ONCE = 8
"""Conversations whose pictures are being brought in."""

_TOO_MANY = Bilingual(f"The conversation holds more than {MOST_PICTURES} pictures.", f"في المحادثة أكثر من {MOST_PICTURES} صورة.")
_NO_PICTURE = Bilingual("The vision model is shown pictures, no video and no sound.", "يُعرض على نموذج الرؤية صور، لا فيديو ولا صوت.")


class Pictures:
    """Brings pictures in by `fetcher`."""

    def __init__(self, fetcher: Fetching) -> None:
        self._fetcher = fetcher
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def brought_in(self, request: ChatRequest) -> ChatRequest:
        """Return the request with every picture as a data: URL of what it really is.

        Raises UnprocessableError, TooLargeError or ForbiddenAddressError that name the field, UpstreamTimeoutError.
        """
        parts = [part for message in request.messages for part in _media(message)]
        if not parts:
            return request
        if any(isinstance(part, AudioPart | VideoPart) for part in parts):
            raise UnprocessableError(_NO_PICTURE, param="messages")
        if len(parts) > MOST_PICTURES:
            raise UnprocessableError(_TOO_MANY, param="messages")
        urls = [part.url for part in parts if isinstance(part, ImagePart)]
        async with self._places:
            brought = iter(await self._all(urls))
        return replace(request, messages=tuple(_filled(message, brought) for message in request.messages))

    async def _all(self, urls: Sequence[str]) -> list[str]:
        """Bring them in one after the other: together they may not be larger than is allowed."""
        left, brought = MOST_BYTES, []
        for url in urls:
            try:
                fetched = await self._fetcher.fetch(url, max_bytes=min(left, MOST_BYTES_EACH))
                left -= len(fetched.content)
                brought.append(await asyncio.to_thread(_inline, fetched.content))
            except FanarError as error:
                error.param = error.param or "messages"
                raise
        return brought


def _media(message: ChatMessage) -> list[ContentPart]:
    if isinstance(message.content, str):
        return []
    return [part for part in message.content if not isinstance(part, TextPart)]


def _filled(message: ChatMessage, urls: Iterator[str]) -> ChatMessage:
    if isinstance(message.content, str):
        return message
    return replace(
        message, content=tuple(replace(part, url=next(urls)) if isinstance(part, ImagePart) else part for part in message.content)
    )


def _inline(content: bytes) -> str:
    facts = look_at(content)
    return f"data:{facts.media_type};base64,{base64.b64encode(content).decode('ascii')}"
