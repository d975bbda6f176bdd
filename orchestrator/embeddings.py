"""Embeddings for clients: from the operator's server, or from the embedder that was trained here. Knows nothing of HTTP.

Our own is what the search over the Quran uses: latent semantic analysis. It reads words, not tokens, and its first dimensions matter most.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from math import hypot

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError, UnprocessableError
from fanar.llm.catalog import OWN_EMBEDDER, ModelCatalog, Service
from fanar.llm.embeddings import Embedded, EmbeddingInput, EmbeddingServer, other_dimensions
from fanar.protocols import Embedder

_NOT_FOR_EMBEDDING = Bilingual("This model gives no embeddings.", "هذا النموذج لا يعطي تضمينات.")
_NOT_CONNECTED = Bilingual(
    "No embeddings server is connected for this model: set FANAR_EMBEDDINGS__URL and FANAR_EMBEDDINGS__MODEL. "
    "GET /v1/models lists what is here.",
    "لا خادم تضمين متصلًا لهذا النموذج: اضبط FANAR_EMBEDDINGS__URL وFANAR_EMBEDDINGS__MODEL. القائمة في ‎GET /v1/models.",
)
_NO_TOKENS = Bilingual(
    "fanar-embedder reads text; ids of tokens mean nothing to it.", "يقرأ fanar-embedder النص، ولا معنى لأرقام الرموز عنده."
)


class Embeddings:
    """Embeds with `server`, where there is one, and with `own`, where that is here; `own` returns the embedder that counts now."""

    def __init__(self, *, catalog: ModelCatalog, server: EmbeddingServer | None = None, own: Callable[[], Embedder] | None = None) -> None:
        self._catalog = catalog
        self._server = server
        self._own = own

    async def embed(self, inputs: Sequence[EmbeddingInput], *, model: str, dimensions: int | None = None) -> Embedded:
        """Return the vectors of the inputs.

        Raises NotFoundError or NotConfiguredError for a model that is not here, UnprocessableError, and what the server raises.
        """
        if model not in self._catalog and self._server is None:
            raise NotConfiguredError(_NOT_CONNECTED, param="model")
        entry = self._catalog.find(model)
        if entry.service is not Service.EMBEDDING:
            raise UnprocessableError(_NOT_FOR_EMBEDDING, param="model")
        if entry.id != OWN_EMBEDDER and self._server is not None:
            return await self._server.embed(inputs, dimensions=dimensions)
        if self._own is None:
            raise NotConfiguredError(_NOT_CONNECTED, param="model")
        return await asyncio.to_thread(_embedded, self._own(), inputs, dimensions)


def _embedded(embedder: Embedder, inputs: Sequence[EmbeddingInput], dimensions: int | None) -> Embedded:
    texts = [text for text in inputs if isinstance(text, str)]
    if len(texts) < len(inputs):
        raise UnprocessableError(_NO_TOKENS, param="input")
    if dimensions is not None and dimensions > embedder.dimensions:
        raise other_dimensions()
    vectors: list[list[float]] = embedder.embed_documents(texts)[:, :dimensions].tolist()
    if dimensions is not None:
        vectors = [_unit(vector) for vector in vectors]
    return Embedded(vectors, sum(len(text.split()) for text in texts), OWN_EMBEDDER, embedder.fingerprint)


def _unit(vector: list[float]) -> list[float]:
    """Return the vector at length 1; one that has nothing in these dimensions stays nothing."""
    length = hypot(*vector)
    return [number / length for number in vector] if length else vector
