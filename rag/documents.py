"""Where the documents behind an index lie. Knows nothing of how they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from fanar.documents import Document


class DocumentSource(Protocol):
    """Hands out the documents of a corpus, or of somebody's library: every repository of either does."""

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield them in the order in which they came, from number `first` on. May raise NotFoundError."""
        ...

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return those of these ids, in this order; unknown ids are left out."""
        ...
