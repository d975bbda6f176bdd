"""An embedder that needs no download: it is trained on the corpus when that is indexed. Knows nothing of stores.

Latent semantic analysis over hashed stems and roots: terms that occur together come to lie together, so that a heading
or a translation draws a question towards the verse it stands beside. It knows no more of the language than the corpus shows it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import IndexMismatchError
from fanar.protocols import Vectors
from rag.analysis import VERSION, content_words, roots, stem
from rag.ingest.expansion import Expansion

_KINDS = {"stem": 1.0, "root": 0.7}
_BATCH = 2048
_OVERSAMPLING = 16
_POWER_ITERATIONS = 1
_TINY = 1e-12
_NEGLIGIBLE = 1e-9  # share of the strongest direction below which one is rounding


@dataclass(frozen=True, slots=True)
class EmbedderShape:
    """How large an embedder is. `training_texts` bounds what it should learn from: its callers sample more than that evenly."""

    dimensions: int = 256
    buckets: int = 1 << 15
    training_texts: int = 20_000
    seed: int = 7


SHAPE = EmbedderShape()
"""The shape that fits one machine and a corpus of some ten thousand passages."""


def embedding_text(document: Document) -> str:
    """Return what stands for a document before an embedder: its text, translation and headings."""
    expansion = Expansion.decoded(document.expansion)
    return "\n".join([expansion.spelling or document.text, document.translation or "", *(heading.text for heading in expansion.headings)])


class CorpusEmbedder:
    """An Embedder with weights of its own. `idf` weighs the buckets, `projection` (buckets, dimensions) maps them to vectors."""

    def __init__(self, *, idf: NDArray[np.float32], projection: NDArray[np.float16]) -> None:
        self._idf = idf
        self._projection = projection
        digest = hashlib.sha256(f"{VERSION} {sorted(_KINDS.items())} {projection.shape}".encode())
        digest.update(idf.tobytes())
        digest.update(projection.tobytes())
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
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        weights = self._projection.astype(np.float32)
        parts = [_counts(texts[at : at + _BATCH], len(self._idf)) for at in range(0, len(texts), _BATCH)]
        return np.vstack([_unit(_weighted(part, self._idf) @ weights) for part in parts])

    def embed_query(self, text: str) -> Vectors:
        """Embed one query; shape (1, dimensions)."""
        counts = _bucket_counts(text, len(self._idf))
        buckets = np.fromiter(counts, dtype=np.int64, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts)) * self._idf[buckets]
        return _unit((values @ self._projection[buckets].astype(np.float32))[np.newaxis, :])

    def save(self, path: Path) -> None:
        """Write the weights."""
        with path.open("wb") as file:
            np.savez_compressed(file, idf=self._idf, projection=self._projection)

    @classmethod
    def load(cls, path: Path, *, fingerprint: str) -> CorpusEmbedder:
        """Read weights. Raises IndexMismatchError when they are not those of `fingerprint`, or cannot be read."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                embedder = cls(idf=arrays["idf"], projection=arrays["projection"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as cause:
            raise _mismatch() from cause
        if embedder.fingerprint != fingerprint:
            raise _mismatch()
        return embedder


def train_embedder(texts: Sequence[str], *, shape: EmbedderShape = SHAPE) -> CorpusEmbedder:
    """Train on `texts`. The same texts give the same weights on the same machine; fewer texts than dimensions give as many as there are."""
    counts = _counts(texts, shape.buckets)
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.where(frequency > 0, np.log1p(counts.shape[0] / np.maximum(frequency, 1)), 0).astype(np.float32)
    projection = _right_vectors(_weighted(counts, idf), shape)
    return CorpusEmbedder(idf=idf, projection=projection.astype(np.float16))


def _right_vectors(matrix: csr_array, shape: EmbedderShape) -> NDArray[np.float32]:
    """Return the leading right singular vectors, by random projection and power iteration (Halko, Martinsson, Tropp 2011)."""
    rank = max(1, min(shape.dimensions, *matrix.shape))
    random = np.random.default_rng(shape.seed)
    basis = random.standard_normal((matrix.shape[1], min(rank + _OVERSAMPLING, *matrix.shape)), dtype=np.float32)
    sample = matrix @ basis
    for _ in range(_POWER_ITERATIONS):
        sample = matrix @ _orthonormal(matrix.T @ _orthonormal(sample))
    found = _orthonormal(matrix.T @ _orthonormal(sample))[:, :rank]
    return found if found.size else np.ones((matrix.shape[1], 1), dtype=np.float32)


def _orthonormal(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an orthonormal basis of the columns' span, strongest direction first.

    From the small matrix of their inner products: on two cores that takes a twentieth of what a QR of the long columns does.
    """
    wide = columns.astype(np.float64)
    values, vectors = np.linalg.eigh(wide.T @ wide)
    kept = np.flatnonzero(values > max(values[-1], _TINY) * _NEGLIGIBLE)[::-1]
    return np.asarray(wide @ (vectors[:, kept] / np.sqrt(values[kept])), dtype=np.float32)


def _counts(texts: Sequence[str], buckets: int) -> csr_array:
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        counts = _bucket_counts(text, buckets)
        indices += counts
        values += counts.values()
        ends.append(len(indices))
    return csr_array((np.array(values, np.float32), np.array(indices, np.int32), np.array(ends, np.int64)), shape=(len(texts), buckets))


def _bucket_counts(text: str, buckets: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for feature, (count, weight) in _features(text).items():
        bucket = crc32(feature.encode()) % buckets
        found[bucket] = found.get(bucket, 0.0) + weight * (1 + float(np.log(count)))
    return found


def _features(text: str) -> dict[str, tuple[int, float]]:
    words = content_words(text)
    kinds: tuple[tuple[str, Iterable[str]], ...] = (("stem", map(stem, words)), ("root", roots(words)))
    return {f"{kind} {each}": (count, _KINDS[kind]) for kind, found in kinds for each, count in Counter(found).items()}


def _weighted(counts: csr_array, idf: NDArray[np.float32]) -> csr_array:
    weighted = counts @ diags_array(idf)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return csr_array(diags_array((1 / np.maximum(norms, _TINY)).astype(np.float32)) @ weighted)


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
