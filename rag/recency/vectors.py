"""Articles by their meaning: vectors of the operator's embedding server, kept in the vector store. Knows nothing of words or of feeds.

They are for an encoder of several languages, which finds in one what is said in another. The embedder that ships adds nothing to words.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from fanar.errors import NotFoundError
from fanar.llm.embeddings import EmbeddingServer
from fanar.news import Article, Change
from fanar.protocols import DocumentStore, Vectors
from rag.recency.bookmark import Bookmark

_OPENING = 2000  # characters of an article that are embedded: what servers' models read of a text, or somewhat more
_TOGETHER = 32


class ArticleVectors:
    """The vectors of articles, in a collection for each model that made some."""

    def __init__(self, *, store: DocumentStore, server: EmbeddingServer) -> None:
        self._store = store
        self._server = server
        self.collection = f"news-{sha256(server.name.encode()).hexdigest()[:16]}"

    async def nearest(self, query: str, *, depth: int) -> dict[str, float]:
        """Return the cosines of the nearest articles, by id; none before any was embedded.

        Raises what the server and the store raise when they are away.
        """
        vectors = await self._embedded([query])
        try:
            found = await self._store.search(self.collection, vectors, fingerprint=self._server.name, top_k=depth)
        except NotFoundError:
            return {}
        return dict(found)

    async def put(self, articles: Sequence[Article]) -> None:
        """Add articles, or replace them, durably."""
        for first in range(0, len(articles), _TOGETHER):
            batch = articles[first : first + _TOGETHER]
            vectors = await self._embedded([f"{each.title}\n{each.text}"[:_OPENING] for each in batch])
            if not await self.exist():
                await self._store.create(self.collection, fingerprint=self._server.name, dimensions=vectors.shape[1])
            await self._store.add(self.collection, [each.id for each in batch], vectors, [{"language": each.language} for each in batch])

    async def forget(self, ids: Sequence[str]) -> None:
        """Delete articles; what is not there is no error."""
        if ids and await self.exist():
            await self._store.delete(self.collection, ids)

    async def exist(self) -> bool:
        """Whether any article was embedded."""
        try:
            await self._store.count(self.collection)
        except NotFoundError:
            return False
        return True

    async def _embedded(self, texts: Sequence[str]) -> Vectors:
        rows = np.asarray((await self._server.embed(texts)).vectors, dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = (rows / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
        return unit


class VectorFollower:
    """Has the vectors follow what changes; how far they did is noted in `folder`."""

    def __init__(self, *, vectors: ArticleVectors, folder: Path) -> None:
        self._vectors = vectors
        self._bookmark = Bookmark(folder / "vectors.followed", mark=vectors.collection)
        self.followed = self._bookmark.read()

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in changes, durably. Raises what the server and the store raise when they are away."""
        if self.followed and not await self._vectors.exist():
            # The store was emptied: all begins again with the first change.
            self._note(0)
            return
        last = {change.id: change.article for change in changes}
        await self._vectors.forget([id_ for id_, article in last.items() if article is None])
        await self._vectors.put([article for article in last.values() if article is not None])
        self._note(changes[-1].position)

    def _note(self, position: int) -> None:
        self._bookmark.write(position)
        self.followed = position
