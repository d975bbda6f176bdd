"""Where the documents behind an index lie. Knows nothing of how they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from fanar.documents import Document
from fanar.protocols import Filters


class DocumentSource(Protocol):
    """Hands out the documents of a corpus, or of somebody's library: every repository of either does."""

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield them in the order in which they came, from number `first` on. May raise NotFoundError."""
        ...

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return those of these ids, in this order; unknown ids are left out."""
        ...


def meets(metadata: Mapping[str, Any], filters: Filters | None) -> bool:
    """Whether a document's metadata is what `filters` ask for; of several values any one will do."""
    wanted = (filters or {}).items()
    return all(metadata.get(key) in value if isinstance(value, tuple) else metadata.get(key) == value for key, value in wanted)
