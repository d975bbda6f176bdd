"""Builds the indexes of a corpus from the repository: terms, embedder, vectors. Knows nothing of where documents came from.

An index is built beside the one that counts and takes its place in one step; only then the old one is removed.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from fanar.attribution.hadith_canon import build_hadith_index
from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import IndexMismatchError
from fanar.protocols import DocumentStore
from rag import indexes
from rag.analysis import FIELDS, VERSION, Field
from rag.documents import DocumentSource
from rag.embedders import CorpusEmbedder, EmbedderShape, embedding_text, shape_for
from rag.indexes import Manifest
from rag.ingest import quran
from rag.ingest.intake import HADITH, TRANSLATION
from rag.ingest.trainers import Trainer, train_apart
from rag.islamic.wordings import build_wordings
from rag.stores.lexical import build_lexical_index, extend_lexical_index

_BATCH = 1_000
_TERMS = Bilingual("Indexing words", "فهرسة الكلمات")
_TRAINING = Bilingual("Training the embedder", "تدريب نموذج التضمين")
_QUOTATIONS = Bilingual("Indexing what may be quoted", "فهرسة ما قد يُقتبس")
_WORDINGS = Bilingual("Indexing how verses are worded", "فهرسة صياغة الآيات")
_VECTORS = Bilingual("Storing vectors", "حفظ المتجهات")


@dataclass(frozen=True, slots=True)
class IndexingProgress:
    """How far a build has come: `done` of `total` passages of this step."""

    step: Bilingual
    done: int
    total: int


Progress = Callable[[IndexingProgress], None]


def silent(_progress: IndexingProgress) -> None:
    """Report to nobody."""


class Indexer:
    """Builds and removes indexes below `folder` and in the vector store."""

    def __init__(
        self,
        *,
        repository: DocumentSource,
        store: DocumentStore,
        folder: Path,
        shape: Callable[[int], EmbedderShape] = shape_for,
        train: Trainer = train_apart,
    ) -> None:
        self._repository = repository
        self._store = store
        self._folder = folder
        self._shape = shape
        self._train = train
        self._adding = asyncio.Lock()
        self._last: CorpusEmbedder | None = None

    def is_current(self, info: CorpusInfo) -> bool:
        """Whether the index that counts is of this generation, has all its documents and can be used."""
        build = indexes.read_pointer(self._folder, info.name)
        if build is None:
            return False
        try:
            manifest = indexes.read_manifest(self._folder / info.name / build)
        except IndexMismatchError:
            return False
        return (manifest.generation, manifest.analyser, manifest.documents) == (info.generation, VERSION, info.documents)

    async def build(self, info: CorpusInfo, *, progress: Progress = silent) -> Manifest:
        """Index the generation `info` and make it count. Raises NotFoundError when the corpus is not in the repository."""
        build = indexes.new_build(self._folder, info.name, info.generation)
        target = self._folder / info.name / build
        progress(IndexingProgress(_TERMS, 0, info.documents))
        written, fields = await asyncio.to_thread(self._index_terms, info.name, indexes.lexical_folder(target))
        progress(IndexingProgress(_TRAINING, 0, written))
        weights = indexes.embedder_folder(target)
        shape = self._shape(written)
        await self._train(await asyncio.to_thread(self._training_texts, info.name, written, shape.training_texts), shape, weights)
        embedder = await asyncio.to_thread(partial(CorpusEmbedder.load, weights, whole=True))
        collection = f"{info.name}-{build}"
        await self._store_vectors(info.name, collection, embedder, written, progress)
        if info.kind == HADITH:
            progress(IndexingProgress(_QUOTATIONS, 0, written))
            await asyncio.to_thread(self._index_quotations, info.name, indexes.hadith_folder(target))
        if info.kind == TRANSLATION or (info.kind == quran.KIND and "translation" in fields):
            progress(IndexingProgress(_WORDINGS, 0, written))
            await asyncio.to_thread(self._index_wordings, info, indexes.wordings_folder(target))
        manifest = Manifest(info.name, build, info.generation, written, VERSION, embedder.fingerprint, collection, fields, info.kind)
        indexes.write_manifest(target, manifest)
        indexes.write_pointer(self._folder, info.name, build)
        await self._sweep(info.name, keep=build)
        return manifest

    async def catch_up(self, info: CorpusInfo) -> Manifest:
        """Index what was added to the generation `info` since, with the embedder that is there.

        Raises NotFoundError, IndexMismatchError where another generation is indexed, ConflictError while another process does the same.
        """
        async with self._adding:
            build = indexes.read_pointer(self._folder, info.name)
            if build is None:
                raise indexes.not_indexed()
            target = self._folder / info.name / build
            manifest = indexes.read_manifest(target)
            if (manifest.generation, manifest.analyser) != (info.generation, VERSION):
                raise indexes.mismatch()
            embedder = await asyncio.to_thread(self._embedder, target, manifest.fingerprint)
            added = self._repository.documents(info.name, first=manifest.documents)
            done = manifest.documents
            while batch := await asyncio.to_thread(_batch, added):
                # Vectors first: what a search finds by its words is then whole.
                await self._add_vectors(manifest.collection, embedder, batch)
                written, fields = await asyncio.to_thread(extend_lexical_index, indexes.lexical_folder(target), batch)
                done += written
                used = tuple(field for field in FIELDS if field in {*manifest.fields, *fields})
                manifest = replace(manifest, documents=done, fields=used)
                indexes.write_manifest(target, manifest)
        return manifest

    def _embedder(self, build: Path, fingerprint: str) -> CorpusEmbedder:
        """Return a build's embedder; the last one is kept, since reading it takes longer than embedding a few passages."""
        if self._last is None or self._last.fingerprint != fingerprint:
            self._last = CorpusEmbedder.load(indexes.embedder_folder(build), fingerprint=fingerprint)
        return self._last

    async def remove(self, name: str) -> None:
        """Remove the index of a corpus; a corpus without one is no error."""
        if not indexes.is_corpus_name(name):
            return
        (self._folder / name / indexes.POINTER).unlink(missing_ok=True)
        await self._sweep(name, keep=None)
        await asyncio.to_thread(shutil.rmtree, self._folder / name, ignore_errors=True)

    def _index_terms(self, name: str, folder: Path) -> tuple[int, tuple[Field, ...]]:
        return build_lexical_index(folder, self._repository.documents(name))

    def _index_quotations(self, name: str, folder: Path) -> None:
        build_hadith_index(folder, self._repository.documents(name))

    def _index_wordings(self, info: CorpusInfo, folder: Path) -> None:
        language = quran.TRANSLATED_INTO if info.kind == quran.KIND else info.language
        build_wordings(folder, self._repository.documents(info.name), language=language)

    def _training_texts(self, name: str, total: int, wanted: int) -> list[str]:
        step = max(1, -(-total // wanted))
        return [embedding_text(document) for document in islice(self._repository.documents(name), 0, None, step)]

    async def _store_vectors(self, name: str, collection: str, embedder: CorpusEmbedder, total: int, progress: Progress) -> None:
        await self._store.delete(collection)
        await self._store.create(collection, fingerprint=embedder.fingerprint, dimensions=embedder.dimensions)
        documents = self._repository.documents(name)
        done = 0
        while batch := await asyncio.to_thread(_batch, documents):
            await self._add_vectors(collection, embedder, batch)
            done += len(batch)
            progress(IndexingProgress(_VECTORS, done, total))

    async def _add_vectors(self, collection: str, embedder: CorpusEmbedder, batch: Sequence[Document]) -> None:
        vectors = await asyncio.to_thread(embedder.embed_documents, [embedding_text(document) for document in batch])
        await self._store.add(collection, [document.id for document in batch], vectors, [document.metadata for document in batch])

    async def _sweep(self, name: str, *, keep: str | None) -> None:
        """Remove the builds that do not count, finished or not."""
        for folder in sorted(path for path in (self._folder / name).glob("*") if path.is_dir() and path.name != keep):
            await self._store.delete(f"{name}-{folder.name}")
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _batch(documents: Iterator[Document]) -> list[Document]:
    return list(islice(documents, _BATCH))
