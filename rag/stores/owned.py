"""The vector store as everybody but its owner sees it. Knows nothing of Chroma or of sockets.

An owner that dies is started again. What may be done twice is then asked once more, so that a question in progress does not fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fanar.errors import ModelUnavailableError
from fanar.protocols import Filters, Vectors
from fanar.workers.caller import Caller

_BATCH = 200  # an owner answers nobody else while it takes a batch in


class OwnedStore:
    """A DocumentStore whose vectors lie with an owner process."""

    def __init__(self, *, owner: Caller) -> None:
        self._owner = owner

    async def create(self, collection: str, *, fingerprint: str, dimensions: int) -> None:
        """Create an empty collection. Raises ConflictError if it exists."""
        # Not repeated: the owner may have created it before it died.
        await self._owner.call("create", collection, fingerprint=fingerprint, dimensions=dimensions)

    async def add(self, collection: str, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Filters]) -> None:
        """Add or replace documents; when it returns they survive a crash. Raises NotFoundError for an unknown collection."""
        for at in range(0, max(len(ids), 1), _BATCH):
            part = slice(at, at + _BATCH)
            await self._call("add", collection, list(ids[part]), vectors[part], [dict(each) for each in metadata[part]])

    async def search(
        self, collection: str, vector: Vectors, *, fingerprint: str, top_k: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Return (id, cosine similarity), best first. Raises NotFoundError, or IndexMismatchError for another fingerprint."""
        found = await self._call(
            "search", collection, vector, fingerprint=fingerprint, top_k=top_k, filters=dict(filters) if filters else None
        )
        return [(str(id_), float(score)) for id_, score in found]

    async def delete(self, collection: str, ids: Sequence[str] | None = None) -> None:
        """Delete documents, or the collection when `ids` is None; what is not there is no error."""
        await self._call("delete", collection, None if ids is None else list(ids))

    async def count(self, collection: str) -> int:
        """Return the number of documents. Raises NotFoundError."""
        return int(await self._call("count", collection))

    async def _call(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as `Caller.call`
        try:
            return await self._owner.call(method, *arguments, **options)
        except ModelUnavailableError:
            return await self._owner.call(method, *arguments, **options)
