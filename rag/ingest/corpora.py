"""What is installed: adds, lists, checks and removes corpora, in the repository and in the indexes. Knows nothing of how files are read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import ConflictError, IndexMismatchError, ModelUnavailableError, NotFoundError, UnprocessableError
from fanar.protocols import CorpusRepository, DocumentStore
from fanar.workers.turns import in_turn
from rag.indexes import IndexCatalog, is_corpus_name, not_indexed
from rag.ingest import quran
from rag.ingest.indexer import Indexer, IndexingProgress, Progress, silent
from rag.ingest.intake import HADITH, TRANSLATION
from rag.ingest.quran import Translation, quran_documents, quran_info
from rag.ingest.quran_json import QURAN_JSON, UNREAD, fetch_quran_json, read_quran_json
from rag.ingest.subjects import load_subjects, subjects_checksum
from rag.ingest.tanzil import load_tanzil

_INCOMPLETE = Bilingual("Documents are missing from the database.", "وثائق ناقصة في قاعدة البيانات.")
_NOT_VERBATIM = Bilingual("Its text is not the one that was installed from Tanzil.", "نصها ليس النص المثبَّت من تنزيل.")
_NOT_INDEXED = Bilingual(
    "It is not indexed, or by another version: run fanar corpora reindex.", "غير مفهرسة أو بإصدار آخر: نفّذ fanar corpora reindex."
)
_WORDS_MISSING = Bilingual("Its word index is not complete: run fanar corpora reindex.", "فهرس كلماتها ناقص: نفّذ fanar corpora reindex.")
_VECTORS_MISSING = Bilingual("Its vectors are not complete: run fanar corpora reindex.", "متجهاتها ناقصة: نفّذ fanar corpora reindex.")

_WAITING = Bilingual("Waiting for another command that is indexing", "انتظار أمر آخر يفهرس الآن")

_WHOLE = (quran.KIND, HADITH, TRANSLATION)
"""Kinds that have more than words and vectors made of them when they are indexed."""


@dataclass(frozen=True, slots=True)
class InstalledCorpus:
    """A corpus and whether it can be searched now."""

    info: CorpusInfo
    indexed: bool


class Corpora:
    """The installed corpora. Translations that were fetched lie in `downloads`.

    One process at a time changes a corpus: others on this machine wait at `locks`, a file for each name.
    """

    def __init__(
        self, *, repository: CorpusRepository, store: DocumentStore, catalog: IndexCatalog, indexer: Indexer, downloads: Path, locks: Path
    ) -> None:
        self._repository = repository
        self._store = store
        self._catalog = catalog
        self._indexer = indexer
        self._downloads = downloads
        self._archive = downloads / QURAN_JSON.file
        self._locks = locks

    async def installed(self) -> list[InstalledCorpus]:
        """Return what is installed, by name."""
        return [InstalledCorpus(info, self._indexer.is_current(info)) for info in await asyncio.to_thread(self._repository.corpora)]

    async def install(self, info: CorpusInfo, documents: Iterable[Document], *, progress: Progress = silent) -> CorpusInfo:
        """Install or replace a corpus and index it; readers see the old one until the new one is complete.

        Raises UnprocessableError for a name that cannot be one, ConflictError for the name of a scripture.
        """
        if not is_corpus_name(info.name):
            raise _bad_name()
        if info.name == quran.NAME and info.kind != quran.KIND:
            raise ConflictError(Bilingual("This name belongs to the Quran.", "هذا الاسم للقرآن الكريم."), param="name")
        async with self._turn(info.name, progress):
            return await self._install(info, documents, progress)

    async def extend(self, name: str, documents: Iterable[Document], *, progress: Progress = silent) -> CorpusInfo:
        """Add documents to a corpus; they are found from the next question on. The embedder stays the one that its documents trained.

        Raises what `extensible` does, and ConflictError for an id that is there already.
        """
        async with self._turn(name, progress):
            await self.extensible(name)
            extended = await asyncio.to_thread(self._repository.extend, name, documents)
            await self._indexer.catch_up(extended)
        return extended

    async def extensible(self, name: str) -> CorpusInfo:
        """Return a corpus that takes further documents. Raises NotFoundError, UnprocessableError where it is whole or not at all."""
        info = await self._info(name)
        if info.kind in _WHOLE:
            raise UnprocessableError(
                Bilingual(
                    "This corpus is installed whole: fanar corpora add replaces it.",
                    "تُثبَّت هذه المدوّنة كاملة: يبدّلها الأمر fanar corpora add.",
                ),
                param="name",
            )
        return info

    async def rollback(self, name: str, *, progress: Progress = silent) -> CorpusInfo:
        """Go back to what was installed before. Raises NotFoundError where there is nothing to go back to."""
        async with self._turn(name, progress):
            info = await asyncio.to_thread(self._repository.rollback, name)
            await self._indexer.build(info, progress=progress)
        return info

    async def install_quran(self, *, translation: Translation | None = None, progress: Progress = silent) -> CorpusInfo:
        """Install the Quran, with a translation when there is one."""
        async with self._turn(quran.NAME, progress):
            return await self._install_quran(translation, progress)

    async def ensure_quran(self, *, progress: Progress = silent) -> CorpusInfo:
        """Install the Quran unless what is installed and indexed is what would be; a translation is used when it was fetched before."""
        found = await self._quran()
        if found is not None and found.indexed:
            return found.info
        async with self._turn(quran.NAME, progress):
            # Whoever was waited for may have done all of it.
            found = await self._quran()
            if found is None:
                return await self._install_quran(await asyncio.to_thread(self.fetched_translation), progress)
            if not found.indexed:
                await self._indexer.build(found.info, progress=progress)
            return found.info

    def fetch_translation(self) -> Translation:
        """Fetch the English translation with npm and read it; blocks. Raises NotConfiguredError without npm, ModelUnavailableError."""
        return read_quran_json(fetch_quran_json(self._downloads))

    def fetched_translation(self) -> Translation | None:
        """Return the translation that was fetched before, None when there is none that can be used; blocks."""
        try:
            return read_quran_json(self._archive) if self._archive.is_file() else None
        except ModelUnavailableError:
            return None

    async def reindex(self, name: str, *, progress: Progress = silent) -> CorpusInfo:
        """Build the indexes of a corpus again from the repository. Raises NotFoundError."""
        async with self._turn(name, progress):
            info = await self._info(name)
            await self._indexer.build(info, progress=progress)
        return info

    async def remove(self, name: str, *, progress: Progress = silent) -> None:
        """Remove a corpus and its indexes. Raises NotFoundError."""
        async with self._turn(name, progress):
            await asyncio.to_thread(self._repository.remove, name)
            await self._indexer.remove(name)

    async def verify(self, name: str) -> list[Bilingual]:
        """Return what is wrong with a corpus, nothing when all is well. Raises NotFoundError."""
        info = await self._info(name)
        problems = await asyncio.to_thread(self._stored_problems, info)
        return problems + await self._index_problems(info)

    async def _info(self, name: str) -> CorpusInfo:
        for info in await asyncio.to_thread(self._repository.corpora):
            if info.name == name:
                return info
        raise not_indexed()

    def _turn(self, name: str, progress: Progress) -> AbstractAsyncContextManager[None]:
        if not is_corpus_name(name):
            raise not_indexed()
        return in_turn(self._locks / f"{name}.lock", waiting=lambda: progress(IndexingProgress(_WAITING, 0, 0)))

    async def _install(self, info: CorpusInfo, documents: Iterable[Document], progress: Progress) -> CorpusInfo:
        installed = await self._unfinished(info)
        if installed is None:
            installed = await asyncio.to_thread(self._repository.install, info, documents)
        await self._indexer.build(installed, progress=progress)
        return installed

    async def _install_quran(self, translation: Translation | None, progress: Progress) -> CorpusInfo:
        text, subjects = await asyncio.to_thread(load_tanzil), await asyncio.to_thread(load_subjects)
        documents = quran_documents(text, subjects, translation=translation)
        return await self._install(quran_info(text, subjects.checksum, translation=translation), documents, progress)

    async def _quran(self) -> InstalledCorpus | None:
        """Return the Quran when it is installed as it would be now."""
        text, subjects = await asyncio.to_thread(load_tanzil), await asyncio.to_thread(subjects_checksum)
        installed = {replace(corpus.info, generation=0): corpus for corpus in await self.installed()}
        # A translation that is installed stays, on a machine that never fetched it too: it may share its database with one that did.
        found = installed.get(quran_info(text, subjects, translation=UNREAD))
        if found is None and await asyncio.to_thread(self.fetched_translation) is None:
            found = installed.get(quran_info(text, subjects))
        return found

    async def _unfinished(self, info: CorpusInfo) -> CorpusInfo | None:
        """Return the corpus when these very documents are installed and only their index is missing: an interrupted installation."""
        for known in await asyncio.to_thread(self._repository.corpora):
            if replace(known, generation=0) == info and not self._indexer.is_current(known):
                return known
        return None

    def _stored_problems(self, info: CorpusInfo) -> list[Bilingual]:
        texts = [(document.id, document.text) for document in self._repository.documents(info.name)]
        problems = [] if len(texts) == info.documents else [_INCOMPLETE]
        if info.kind == quran.KIND:
            text = load_tanzil()
            verbatim = [(f"{verse.surah}:{verse.ayah}", verse.text) for verse in text.verses]
            if texts != verbatim or info.checksum != text.checksum:
                problems.append(_NOT_VERBATIM)
        return problems

    async def _index_problems(self, info: CorpusInfo) -> list[Bilingual]:
        if not self._indexer.is_current(info):
            return [_NOT_INDEXED]
        try:
            index = self._catalog.open(info.name)
            vectors = await self._store.count(index.manifest.collection)
        except (IndexMismatchError, NotFoundError) as broken:
            return [broken.message]
        problems = [] if index.lexical.documents == info.documents else [_WORDS_MISSING]
        return problems if vectors == info.documents else [*problems, _VECTORS_MISSING]


def _bad_name() -> UnprocessableError:
    return UnprocessableError(
        Bilingual(
            "A corpus is named by small Latin letters, digits and hyphens, at most 63.",
            "يُسمّى كل متن بحروف لاتينية صغيرة وأرقام وشرطات، لا تزيد على 63.",
        ),
        param="name",
    )
