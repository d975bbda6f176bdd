"""Chroma on disk, as its owner process sees it: nothing else may open the same folder. Knows nothing of processes or embedders.

Two processes that write one Chroma folder lose acknowledged rows, so this class lives inside the one owner (`fanar.workers`) and blocks;
everybody else talks to it through `rag.stores.owned.OwnedStore`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromadb import Collection, PersistentClient, Where
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError, InvalidDimensionException, NotFoundError

from fanar.bilingual import Bilingual
from fanar.errors import StorageError
from fanar.protocols import Filters, Vectors
from rag.stores.errors import existing_collection, foreign_vectors, uneven_batch, unknown_collection

METHODS = ("create", "add", "search", "delete", "count")
"""What a caller in another process may call."""

LARGEST_BATCH = 5_461
"""More rows than SQLite binds variables for are refused by Chroma."""

_BREADTH = 200  # of the graph search: with fewer, a filter leaves too few neighbours to find the best
_SHORT = 64
_SPARSE: CreateHNSWConfiguration = {"max_neighbors": 8, "ef_construction": 64}
"""The graph of short vectors, which are those of large corpora: half the links, built in half the time, and 98 of 100 neighbours found."""


class ChromaStore:
    """Does what a DocumentStore does, blocking."""

    def __init__(self, *, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _our_errors():
            self._client = PersistentClient(folder, settings=Settings(anonymized_telemetry=False))

    def create(self, collection: str, *, fingerprint: str, dimensions: int) -> None:
        """Create an empty collection. Raises ConflictError if it exists."""
        with _our_errors():
            if any(each.name == collection for each in self._client.list_collections()):
                raise existing_collection()
            self._client.create_collection(
                collection,
                configuration={"hnsw": {"space": "cosine", "ef_search": _BREADTH, **(_SPARSE if dimensions <= _SHORT else {})}},
                metadata={"fingerprint": fingerprint, "dimensions": dimensions},
                embedding_function=None,
            )

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Filters]) -> None:
        """Add or replace documents; when it returns they are on disk. Raises NotFoundError for an unknown collection."""
        target = self._find(collection)
        if not len(ids) == len(vectors) == len(metadata) == len(set(ids)):
            raise uneven_batch()
        if len(vectors) and vectors.shape[1] != _facts(target)["dimensions"]:
            raise foreign_vectors()
        with _our_errors():
            for at in range(0, len(ids), LARGEST_BATCH):
                part = slice(at, at + LARGEST_BATCH)
                # Chroma takes None, but no empty mapping.
                target.upsert(ids=list(ids[part]), embeddings=vectors[part], metadatas=[dict(each) or None for each in metadata[part]])  # type: ignore[misc, arg-type]

    def search(
        self, collection: str, vector: Vectors, *, fingerprint: str, top_k: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Return (id, cosine similarity), best first. Raises NotFoundError, or IndexMismatchError for another fingerprint."""
        target = self._find(collection)
        if _facts(target) != {"fingerprint": fingerprint, "dimensions": vector.shape[-1]}:
            raise foreign_vectors()
        with _our_errors():
            answer = target.query(
                query_embeddings=vector.reshape(1, -1), n_results=top_k, where=_where(filters or {}), include=["distances"]
            )
        distances = answer["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(answer["ids"][0], distances[0], strict=True)]

    def delete(self, collection: str, ids: Sequence[str] | None = None) -> None:
        """Delete documents, or the collection when `ids` is None; what is not there is no error."""
        with _our_errors():
            try:
                if ids is None:
                    self._client.delete_collection(collection)
                elif ids:
                    self._client.get_collection(collection, embedding_function=None).delete(ids=list(ids))
            except NotFoundError:
                return

    def count(self, collection: str) -> int:
        """Return the number of documents. Raises NotFoundError."""
        target = self._find(collection)
        with _our_errors():
            return target.count()

    def _find(self, collection: str) -> Collection:
        with _our_errors():
            return self._client.get_collection(collection, embedding_function=None)


def open_chroma(*, folder: str) -> ChromaStore:
    """Open the store in `folder`; what the owner process is started with."""
    return ChromaStore(folder=Path(folder))


def _facts(collection: Collection) -> dict[str, str | int]:
    metadata = collection.metadata or {}
    return {"fingerprint": str(metadata.get("fingerprint")), "dimensions": int(str(metadata.get("dimensions", 0)))}


def _where(filters: Filters) -> Where | None:
    clauses: list[Where] = [_clause(key, value) for key, value in filters.items()]
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return {"$and": clauses}


def _clause(key: str, value: Any) -> Any:  # noqa: ANN401  (tuples come as lists from another process)
    return {key: {"$in": list(value)}} if isinstance(value, list | tuple) else {key: value}


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except NotFoundError as cause:
        raise unknown_collection() from cause
    except InvalidDimensionException as cause:
        raise foreign_vectors() from cause
    except (ChromaError, ValueError, TypeError, OSError) as cause:
        raise StorageError(Bilingual("The vector store refused the operation.", "رفض مخزن المتجهات العملية.")) from cause
