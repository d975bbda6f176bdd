"""A person's own files as a corpus: every file is read or listed with the reason why not. Knows nothing of indexes or databases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import NotFoundError, UnprocessableError
from rag.chunking import split_passages
from rag.ingest.entries import TEXTS, entries
from rag.ingest.intake import GENERAL as KIND
from rag.ingest.intake import ROWS, RejectedLine, combined, file_key, plain_suffix, row_file
from rag.ingest.readers import BY_SUFFIX
from rag.ingest.sections import Section

_READ = sorted((*BY_SUFFIX, *ROWS))
_UNKNOWN_KIND = Bilingual(f"Only {', '.join(_READ)} are read.", f"لا يُقرأ سوى {'، '.join(_READ)}.")
_TOO_LARGE = Bilingual("It is larger than the stated bound.", "أكبر من الحد المسموح.")
_OUTSIDE = Bilingual("It is a link that leads out of the folder.", "رابط يؤدي إلى خارج المجلد.")
_EMPTY = Bilingual("It holds no text.", "لا نص فيه.")
_NO_RECORD = Bilingual(
    f"None of its records has a text ({', '.join(TEXTS)}).",
    f"ليس في أي من سجلاته نص ({'، '.join(TEXTS)}).",
)
_LOCKED = Bilingual("It may not be read.", "لا تُسمح قراءته.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken in: bytes of a file, files, and passages of all files together."""

    file_bytes: int = 50_000_000
    files: int = 20_000
    passages: int = 300_000


BOUNDS = Bounds()
"""What one machine indexes in minutes."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read: `records` counts what was found, rejected or not: each record of a file of records, else each file."""

    documents: tuple[Document, ...]
    rejects: tuple[RejectedLine, ...]
    records: int
    checksum: str

    def info(self, name: str, *, title: str = "", licence: str = "", language: str = "") -> CorpusInfo:
        """Describe the corpus. The licence is what its owner says it is."""
        return CorpusInfo(
            name=name,
            title=title or name,
            version=self.checksum[:12],
            licence=licence or "not stated",
            source="files",
            checksum=self.checksum,
            documents=len(self.documents),
            generation=0,
            language=language or "mul",
            kind=KIND,
        )


def read_files(path: Path, *, corpus: str, bounds: Bounds = BOUNDS) -> Collection:
    """Read a file, or a folder and all below it, into passages.

    Raises NotFoundError when there is nothing at `path`, UnprocessableError when nothing in it can be read or it is more than `bounds`.
    """
    if not path.exists():
        raise NotFoundError(Bilingual("There is no such file or folder.", "لا يوجد ملف أو مجلد كهذا."), param="path")
    root = path if path.is_dir() else path.parent
    checksums: dict[str, str] = {}
    documents: list[Document] = []
    rejects: list[RejectedLine] = []
    records = 0
    for file in _files(path, bounds):
        name = file.relative_to(root).as_posix()
        try:
            content = _content(file, root, bounds)
            read = _read(content, name, corpus)
        except UnprocessableError as refused:
            rejects.append(RejectedLine(name, 0, refused.message))
            records += 1
            continue
        checksums[name] = hashlib.sha256(content).hexdigest()
        documents += read.documents
        rejects += read.rejects
        records += read.records
        if len(documents) > bounds.passages:
            raise UnprocessableError(
                Bilingual("These are more passages than one corpus takes.", "المقاطع أكثر مما تتسع له مدونة."), param="path"
            )
    if not documents:
        raise nothing_read(rejects)
    return Collection(tuple(documents), tuple(rejects), records, combined(checksums))


def _files(path: Path, bounds: Bounds) -> list[Path]:
    if path.is_file():
        return [path]
    found = []
    for file in path.rglob("*"):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
            found.append(file)
        if len(found) > bounds.files:
            raise UnprocessableError(
                Bilingual("These are more files than one corpus takes.", "الملفات أكثر مما تتسع له مدونة."), param="path"
            )
    return sorted(found)


def _content(file: Path, root: Path, bounds: Bounds) -> bytes:
    if plain_suffix(file.name) not in _READ:
        raise UnprocessableError(_UNKNOWN_KIND)
    if not file.resolve().is_relative_to(root.resolve()):
        raise UnprocessableError(_OUTSIDE)
    try:
        if file.stat().st_size > bounds.file_bytes:
            raise UnprocessableError(_TOO_LARGE)
        return file.read_bytes()
    except OSError as cause:
        raise UnprocessableError(_LOCKED) from cause


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file holds."""

    documents: Sequence[Document]
    rejects: Sequence[RejectedLine] = ()
    records: int = 1


def _read(content: bytes, name: str, corpus: str) -> _Read:
    shown = name.encode(errors="replace").decode()
    read = _records(content, shown, corpus) if plain_suffix(name) in ROWS else _Read(_passages(content, name, shown, corpus))
    if not read.documents:
        raise UnprocessableError(read.rejects[0].reason if len(read.rejects) == 1 else _NO_RECORD if read.rejects else _EMPTY)
    return read


def _records(content: bytes, name: str, corpus: str) -> _Read:
    file = row_file(name, content)
    found = list(entries(file, corpus=corpus, kind=KIND))
    documents = [replace(each, metadata={**each.metadata, "file": name}) for each in found if isinstance(each, Document)]
    return _Read(documents, [each for each in found if isinstance(each, RejectedLine)], len(file.rows))


def _passages(content: bytes, name: str, shown: str, corpus: str) -> list[Document]:
    key = file_key(name)
    found: list[Document] = []
    for section in BY_SUFFIX[Path(name).suffix.lower()](content):
        for chunk in split_passages(section.text):
            found.append(_document(section, chunk.text, shown, corpus, f"{key}-{len(found) + 1}"))
    return found


def _document(section: Section, text: str, file: str, corpus: str, id_: str) -> Document:
    return Document(
        id=id_,
        corpus=corpus,
        reference=f"{file}, {section.place}" if section.place else file,
        text=text,
        metadata={"file": file},
    )


def nothing_read(rejects: Sequence[RejectedLine]) -> UnprocessableError:
    """Nothing came in, and this is why not: the first reason."""
    first = rejects[0] if rejects else RejectedLine("", 0, _EMPTY)
    place = f" ({first.file}:{first.line})" if first.line else ""
    return UnprocessableError(
        Bilingual(
            f"Nothing here can be read. The first reason{place}: {first.reason.en}",
            f"لا شيء هنا تمكن قراءته. أول سبب{place}: {first.reason.ar}",
        ),
        param="path",
    )
