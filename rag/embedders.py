"""An embedder that needs no download: `rag.training` fits it to the corpus when that is indexed. Knows nothing of stores.

Latent semantic analysis over hashed stems and roots: terms that occur together come to lie together, so that a heading
or a translation draws a question towards the verse it stands beside. It knows no more of the language than the corpus shows it.
"""

from __future__ import annotations

import hashlib
import os
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import IndexMismatchError
from fanar.protocols import Vectors
from rag.analysis import VERSION, content_words, roots, stem
from rag.ingest.expansion import Expansion

_KINDS = {"stem": 1.0, "root": 0.7}
_TINY = 1e-12
_IDF = "idf.npy"
_PROJECTION = "projection.npy"
_PIECE = 1 << 20  # bytes that are hashed at a time


@dataclass(frozen=True, slots=True)
class EmbedderShape:
    """How large an embedder is. `training_texts` bounds what it should learn from: its callers sample more than that evenly."""

    dimensions: int = 256
    buckets: int = 1 << 15
    training_texts: int = 20_000
    seed: int = 7


SHAPE = EmbedderShape()
"""The shape that fits one machine and a corpus of some ten thousand passages."""

LARGE = EmbedderShape(dimensions=64)
"""The shape for a corpus of hadith and all that is larger: beside the words, its vectors find no less and take a third of the memory."""

_MANY_PASSAGES = 30_000  # of 15,000, a commentary's, fewer dimensions find less


def shape_for(passages: int) -> EmbedderShape:
    """Return the shape for a corpus of so many passages: a store searches vectors that lie in memory."""
    return SHAPE if passages <= _MANY_PASSAGES else LARGE


def embedding_text(document: Document) -> str:
    """Return what stands for a document before an embedder: its text, translation and headings."""
    expansion = Expansion.decoded(document.expansion)
    return "\n".join([expansion.spelling or document.text, document.translation or "", *(heading.text for heading in expansion.headings)])


class _FileRows:
    """The rows of an array in a file, read when they are asked for.

    A question needs some dozens of the thousands, which takes 60 microseconds. Mapped, each would leave 64 kB of the file in memory.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Raises OSError, or ValueError where it is no array or is cut short."""
        array = np.load(path, mmap_mode="r", allow_pickle=False)
        self.shape: tuple[int, ...] = array.shape
        self._dtype = array.dtype
        self._first = array.offset
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """Return these rows, as an array in memory does."""
        size = self.shape[1] * self._dtype.itemsize
        read = b"".join([os.pread(self._file, size, self._first + row * size) for row in rows.tolist()])
        return np.frombuffer(read, dtype=self._dtype).reshape(-1, self.shape[1])

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of all rows."""
        at = self._first
        while piece := os.pread(self._file, _PIECE, at):
            yield piece
            at += len(piece)


class CorpusEmbedder:
    """An Embedder with weights of its own. `idf` weighs the buckets, `projection` (buckets, dimensions) maps them to vectors."""

    def __init__(self, *, idf: NDArray[np.float32], projection: NDArray[np.float16] | _FileRows) -> None:
        self._idf = idf
        self._projection = projection
        digest = hashlib.sha256(f"{VERSION} {sorted(_KINDS.items())} {projection.shape}".encode())
        digest.update(np.ascontiguousarray(idf).data)
        for piece in projection.pieces() if isinstance(projection, _FileRows) else [np.ascontiguousarray(projection).data]:
            digest.update(piece)
        self._fingerprint = digest.hexdigest()[:32]

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        return int(self._projection.shape[1])

    @property
    def fingerprint(self) -> str:
        """Names the weights: vectors of different fingerprints do not compare."""
        return self._fingerprint

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""
        summed = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            summed[row] = self._summed(text)
        return _unit(summed)

    def embed_query(self, text: str) -> Vectors:
        """Embed one query; shape (1, dimensions)."""
        return _unit(self._summed(text)[np.newaxis, :])

    def _summed(self, text: str) -> NDArray[np.float32]:
        counts = bucket_counts(text, len(self._idf))
        buckets = np.fromiter(counts, dtype=np.int64, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts)) * self._idf[buckets]
        return np.asarray(values @ self._projection[buckets].astype(np.float32), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the weights into `folder`, which is made."""
        folder.mkdir()
        np.save(folder / _IDF, self._idf)
        # Row by row, as it is hashed: the file of another order would be that of other weights.
        np.save(folder / _PROJECTION, np.ascontiguousarray(self._projection[np.arange(len(self._idf))]))

    @classmethod
    def load(cls, folder: Path, *, fingerprint: str | None = None, whole: bool = False) -> CorpusEmbedder:
        """Read weights: for many texts `whole`, for a question now and then only the rows that it asks for.

        Raises IndexMismatchError when they are not those of `fingerprint`, where one is given, or cannot be read.
        """
        try:
            idf = np.load(folder / _IDF, allow_pickle=False)
            path = folder / _PROJECTION
            embedder = cls(idf=idf, projection=np.load(path, allow_pickle=False) if whole else _FileRows(path))
        except (OSError, ValueError, EOFError) as cause:
            raise _mismatch() from cause
        if fingerprint not in (None, embedder.fingerprint):
            raise _mismatch()
        return embedder


def bucket_counts(text: str, buckets: int) -> dict[int, float]:
    """Return how much of each bucket a text holds."""
    found: dict[int, float] = {}
    for feature, (count, weight) in _features(text).items():
        bucket = crc32(feature.encode()) % buckets
        found[bucket] = found.get(bucket, 0.0) + weight * (1 + log(count))
    return found


def _features(text: str) -> dict[str, tuple[int, float]]:
    words = content_words(text)
    kinds: tuple[tuple[str, Iterable[str]], ...] = (("stem", map(stem, words)), ("root", roots(words)))
    return {f"{kind} {each}": (count, _KINDS[kind]) for kind, found in kinds for each, count in Counter(found).items()}


def _unit(vectors: NDArray[np.float32]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    # A text of which nothing is known gets an arbitrary direction: a store takes no vector without length.
    vectors = np.where(norms > _TINY, vectors, 1.0).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _mismatch() -> IndexMismatchError:
    return IndexMismatchError(
        Bilingual(
            "The index was built by another embedder: run fanar corpora reindex.", "بُني الفهرس بنموذج تضمين آخر: نفّذ fanar corpora reindex."
        )
    )
