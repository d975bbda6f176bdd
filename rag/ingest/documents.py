"""A person's own files as a corpus: every file is read or listed with the reason why not. Knows nothing of indexes or databases."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import NotFoundError, UnprocessableError
from rag.chunking import split_passages
from rag.ingest.readers import BY_SUFFIX, Reader
from rag.ingest.sections import Section, jsonl_sections

KIND = "general"
READERS: Mapping[str, Reader] = {**BY_SUFFIX, ".jsonl": jsonl_sections}
"""How each kind of file is read, by the end of its name."""

_UNKNOWN_KIND = Bilingual(f"Only {', '.join(sorted(READERS))} are read.", f"لا يُقرأ سوى {'، '.join(sorted(READERS))}.")
_TOO_LARGE = Bilingual("It is larger than the stated bound.", "أكبر من الحد المسموح.")
_OUTSIDE = Bilingual("It is a link that leads out of the folder.", "رابط يؤدي إلى خارج المجلد.")
_EMPTY = Bilingual("It holds no text.", "لا نص فيه.")
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
class Reject:
    """A file that was not taken in, relative to the folder, and why."""

    file: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read: `files` counts those that were found, rejected ones too."""

    documents: tuple[Document, ...]
    rejects: tuple[Reject, ...]
    files: int
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
    files = _files(path, bounds)
    digest = hashlib.sha256()
    documents: list[Document] = []
    rejects: list[Reject] = []
    for file in files:
        name = file.relative_to(root).as_posix()
        try:
            content = _content(file, root, bounds)
            documents += _documents(content, name, corpus)
        except UnprocessableError as refused:
            rejects.append(Reject(name, refused.message))
            continue
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode(errors="surrogateescape"))
        if len(documents) > bounds.passages:
            raise UnprocessableError(
                Bilingual("These are more passages than one corpus takes.", "المقاطع أكثر مما تتسع له مدونة."), param="path"
            )
    if not documents:
        raise _nothing(rejects)
    return Collection(tuple(documents), tuple(rejects), len(files), digest.hexdigest())


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
    if file.suffix.lower() not in READERS:
        raise UnprocessableError(_UNKNOWN_KIND)
    if not file.resolve().is_relative_to(root.resolve()):
        raise UnprocessableError(_OUTSIDE)
    try:
        if file.stat().st_size > bounds.file_bytes:
            raise UnprocessableError(_TOO_LARGE)
        return file.read_bytes()
    except OSError as cause:
        raise UnprocessableError(_LOCKED) from cause


def file_key(name: str) -> str:
    """Return what the ids of a file's passages begin with: its own, whatever was read before it."""
    return hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:16]


def _documents(content: bytes, name: str, corpus: str) -> list[Document]:
    shown = name.encode(errors="replace").decode()
    key = file_key(name)
    found: list[Document] = []
    for section in READERS[Path(name).suffix.lower()](content):
        for chunk in split_passages(section.text):
            found.append(_document(section, chunk.text, shown, corpus, f"{key}-{len(found) + 1}"))
    if not found:
        raise UnprocessableError(_EMPTY)
    return found


def _document(section: Section, text: str, file: str, corpus: str, id_: str) -> Document:
    return Document(
        id=id_,
        corpus=corpus,
        reference=f"{file}, {section.place}" if section.place else file,
        text=text,
        translation=section.translation,
        url=section.url,
        metadata={"file": file},
    )


def _nothing(rejects: list[Reject]) -> UnprocessableError:
    first = rejects[0].reason if rejects else _EMPTY
    return UnprocessableError(
        Bilingual(f"Nothing here can be read. The first file: {first.en}", f"لا شيء هنا تمكن قراءته. أول ملف: {first.ar}"), param="path"
    )
