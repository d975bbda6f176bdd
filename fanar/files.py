"""Files that people hand in, what was read from them, and collections of them. Knows nothing of databases, indexes or HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from fanar.bilingual import Bilingual

FileKind = Literal["pdf", "docx", "html", "markdown", "text"]
FileState = Literal["uploaded", "processed", "error"]
FILE = "file_id"
"""The fact of a passage that names its file, and by which a search keeps to some files."""
NO_SUCH_FILE = Bilingual("There is no file of this id.", "لا يوجد ملف بهذا المعرّف.")
"""Said of a file that is somebody else's, too."""
NO_SUCH_COLLECTION = Bilingual("There is no collection of this id.", "لا توجد مجموعة بهذا المعرّف.")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of `owner`: `uploaded` until it was read, then `processed`, or `error` for the `reason`. `attempts` counts readings."""

    id: str
    owner: str
    name: str
    purpose: str
    kind: FileKind
    bytes: int
    checksum: str
    created: datetime
    state: FileState = "uploaded"
    reason: Bilingual | None = None
    pages: int | None = None
    passages: int = 0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class FilePassage:
    """A stretch of a file; `place` is how people find it there, `page` its page where the file has pages."""

    text: str
    place: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FileCollection:
    """Some files of `owner` under a name. `files` counts them by state."""

    id: str
    owner: str
    name: str
    created: datetime
    changed: datetime
    files: Mapping[FileState, int] = field(default_factory=dict)
    passages: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Library:
    """All passages of one owner's files. `generation` grows when any go, `passages` is how many there are."""

    name: str
    generation: int
    passages: int


@dataclass(frozen=True, slots=True)
class Attached:
    """The files and collections of `owner` that an answer is to rest on, by their ids."""

    owner: str
    files: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileBounds:
    """How much of one owner is kept: files, their bytes together, passages together, collections and files of one collection."""

    files: int = 200
    bytes: int = 500_000_000
    passages: int = 100_000
    collections: int = 100
    collected: int = 100


def library_name(owner: str) -> str:
    """Return the name of an owner's library, which tells nobody whose it is."""
    return f"own-{sha256(owner.encode()).hexdigest()[:40]}"
