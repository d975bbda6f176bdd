"""What retrieval moves: documents, scored documents, citations. Knows nothing of stores or of the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One citable passage, verbatim from its source.

    `id` is unique within `corpus`. `reference` is how people cite it ("2:255", "report.pdf, p. 3"). `metadata` holds scalars only.
    `expansion` is text that helps to find the passage and is never shown: another spelling in its first line, headings in those below.
    """

    id: str
    corpus: str
    reference: str
    text: str
    translation: str | None = None
    url: str | None = None
    expansion: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spelling(self) -> str:
        """The text as it is spelt for search, or as it is shown where there is no other spelling."""
        return self.expansion.partition("\n")[0] or self.text


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A document found for a query. `score` is comparable within one result list; `confident` says it is above the calibrated threshold."""

    document: Document
    score: float
    confident: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from an answer to the document it rests on. `index` is the code point of the answer where the marker stands."""

    number: int
    document: Document
    index: int


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """What is known of an installed corpus. `checksum` is the SHA-256 of its source, hexadecimal; `generation` counts its rebuilds."""

    name: str
    title: str
    version: str
    licence: str
    source: str
    checksum: str
    documents: int
    generation: int
    language: str
    kind: str
