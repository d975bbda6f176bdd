"""Vectors in this process' memory: for tests, trials and small corpora. Exact, and gone with the process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fanar.protocols import Filters, Vectors
from rag.documents import meets
from rag.stores.errors import existing_collection, foreign_vectors, uneven_batch, unknown_collection


@dataclass(slots=True)
class _Collection:
    fingerprint: str
    dimensions: int
    vectors: dict[str, Vectors] = field(default_factory=dict)
    metadata: dict[str, Filters] = field(default_factory=dict)
    stacked: Vectors | None = None

    def matrix(self) -> Vectors:
        """All vectors, one a row, in the order of their ids; kept until another one comes or goes."""
        if self.stacked is None:
            self.stacked = np.stack(list(self.vectors.values()))
        return self.stacked


class MemoryStore:
    """A DocumentStore that compares a query with every vector."""

    def __init__(self) -> None:
        self._collections: dict[str, _Collection] = {}

    async def create(self, collection: str, *, fingerprint: str, dimensions: int) -> None:
        """Create an empty collection. Raises ConflictError if it exists."""
        if collection in self._collections:
            raise existing_collection()
        self._collections[collection] = _Collection(fingerprint, dimensions)

    async def add(self, collection: str, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Filters]) -> None:
        """Add or replace documents. Raises NotFoundError for an unknown collection."""
        target = self._find(collection)
        if not len(ids) == len(vectors) == len(metadata) == len(set(ids)):
            raise uneven_batch()
        if len(vectors) and vectors.shape[1] != target.dimensions:
            raise foreign_vectors()
        target.vectors.update(zip(ids, np.array(vectors, dtype=np.float32), strict=True))
        target.metadata.update(zip(ids, (dict(each) for each in metadata), strict=True))
        target.stacked = None

    async def search(
        self, collection: str, vector: Vectors, *, fingerprint: str, top_k: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Return (id, cosine similarity), best first. Raises NotFoundError, or IndexMismatchError for another fingerprint."""
        target = self._find(collection)
        if fingerprint != target.fingerprint or vector.shape[-1] != target.dimensions:
            raise foreign_vectors()
        rows = [row for row, id_ in enumerate(target.vectors) if meets(target.metadata[id_], filters)]
        if not rows:
            return []
        ids = list(target.vectors)
        matrix = target.matrix()[rows] if filters else target.matrix()
        norms = np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector)
        scores = (matrix @ vector.reshape(-1)) / np.maximum(norms, np.finfo(np.float32).tiny)
        best = np.argsort(-scores, kind="stable")[:top_k]
        return [(ids[rows[at]], float(scores[at])) for at in best]

    async def delete(self, collection: str, ids: Sequence[str] | None = None) -> None:
        """Delete documents, or the collection when `ids` is None; what is not there is no error."""
        if ids is None:
            self._collections.pop(collection, None)
        elif collection in self._collections:
            for id_ in ids:
                self._collections[collection].vectors.pop(id_, None)
                self._collections[collection].metadata.pop(id_, None)
            self._collections[collection].stacked = None

    async def count(self, collection: str) -> int:
        """Return the number of documents. Raises NotFoundError."""
        return len(self._find(collection).vectors)

    def _find(self, collection: str) -> _Collection:
        if collection not in self._collections:
            raise unknown_collection()
        return self._collections[collection]
