"""Embeddings from any OpenAI-compatible server: vLLM, text-embeddings-inference, llama.cpp, Ollama. Knows nothing of our own embedder."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import aiohttp
import orjson

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, UnprocessableError
from fanar.llm.bodies import bounded
from fanar.llm.faults import Misset, mapped_errors, status_fault, too_large, unreadable
from fanar.llm.wire import encode
from fanar.settings import EmbeddingSettings

MAX_ANSWER_BYTES = 64_000_000
EmbeddingInput = str | tuple[int, ...]
"""A text, or the ids of its tokens."""
_OK = 200
_INCOMPLETE = Bilingual(
    "An embeddings server needs its URL and its model: set FANAR_EMBEDDINGS__URL and FANAR_EMBEDDINGS__MODEL.",
    "يحتاج خادم التضمين إلى عنوان ونموذج: اضبط FANAR_EMBEDDINGS__URL وFANAR_EMBEDDINGS__MODEL.",
)
_SETTINGS = Misset.of(Bilingual("embeddings server", "خادم التضمين"), "EMBEDDINGS")
_OTHER_DIMENSIONS = Bilingual(
    "This model does not give vectors of so many dimensions.", "لا يعطي هذا النموذج متجهات بهذا العدد من الأبعاد."
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of some inputs, in their order; `tokens` as the model counted them, `version` names the weights where that is known."""

    vectors: Sequence[Sequence[float]]
    tokens: int
    model: str
    version: str | None = None


class EmbeddingServer:
    """A server of embeddings. The session is shared and belongs to the caller."""

    def __init__(self, *, session: aiohttp.ClientSession, settings: EmbeddingSettings) -> None:
        """Raises ConfigurationError when the settings name no server or no model."""
        if not settings.url or not settings.model:
            raise ConfigurationError(_INCOMPLETE)
        self._session = session
        self._settings = settings
        self._url = f"{settings.url.rstrip('/')}/embeddings"
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout)
        self.name = settings.model

    async def embed(self, inputs: Sequence[EmbeddingInput], *, dimensions: int | None = None) -> Embedded:
        """Return the vectors of the inputs.

        Raises UnprocessableError for what the server refuses or dimensions that it does not give, ModelUnavailableError,
        OverloadedError, UpstreamTimeoutError.
        """
        body: dict[str, Any] = {"model": self.name, "input": [each if isinstance(each, str) else list(each) for each in inputs]}
        body["encoding_format"] = "float"
        if dimensions is not None:
            body["dimensions"] = dimensions
        status, told = await self._ask(encode(body))
        if status != _OK:
            fault = status_fault(status, told, sent=body, settings=_SETTINGS)
            raise UnprocessableError(fault.message, param=fault.param or "input") if isinstance(fault, UnprocessableError) else fault
        # Some thousand vectors are some megabytes of numbers.
        vectors, tokens = await asyncio.to_thread(_read, told, len(inputs))
        if dimensions is not None and len(vectors[0]) != dimensions:
            raise other_dimensions()
        return Embedded(vectors, tokens, self.name)

    async def _ask(self, body: bytes) -> tuple[int, bytes]:
        with mapped_errors(_SETTINGS):
            async with (
                asyncio.timeout(self._settings.answer_timeout),
                self._session.post(self._url, data=body, headers=self._headers, timeout=self._timeout, allow_redirects=False) as response,
            ):
                told = await bounded(response, MAX_ANSWER_BYTES)
        if len(told) >= MAX_ANSWER_BYTES:
            raise too_large()
        return response.status, told


def other_dimensions() -> UnprocessableError:
    """Return the error for vectors of a length that a model does not give."""
    return UnprocessableError(_OTHER_DIMENSIONS, param="dimensions")


def _read(body: bytes, wanted: int) -> tuple[list[list[float]], int]:
    """Return the vectors in the order of the inputs, and the tokens. Raises ModelUnavailableError for anything else."""
    try:
        answer = orjson.loads(body)
        rows = sorted(answer["data"], key=lambda row: row["index"])
        vectors = [row["embedding"] for row in rows]
        tokens = (answer.get("usage") or {}).get("prompt_tokens", 0)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as cause:
        raise unreadable() from cause
    if [row["index"] for row in rows] != list(range(wanted)) or type(tokens) is not int or not all(map(_is_vector, vectors)):
        raise unreadable()
    if len({len(vector) for vector in vectors}) != 1:
        raise unreadable()
    return vectors, tokens


def _is_vector(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(number) in (float, int) and isfinite(number) for number in value)
