"""The requests and answers of the file and collection endpoints, and how ours become theirs."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Language
from fanar.documents import ScoredDocument
from fanar.files import FILE, FileCollection, StoredFile
from orchestrator.api.pages import OwnId, PageRequest
from orchestrator.api.schemas.base import Answer, Strict

FileIds = Annotated[list[OwnId], Field(min_length=1, max_length=100)]
CollectionTitle = Annotated[str, Field(min_length=1, max_length=200)]
_LONGEST_NAME = 200
_UNSHOWN = re.compile(r"[\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_UNNAMED = "file"


class FileUpload(Strict):
    """What is said of a file that is handed in."""

    purpose: Literal["user_data", "assistants"] = "user_data"


class FilesRequest(PageRequest):
    """Which files."""

    purpose: Literal["user_data", "assistants"] | None = None


class CollectionRequest(Strict):
    """A new collection."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "عقود"}]})

    name: CollectionTitle
    file_ids: Annotated[list[OwnId], Field(max_length=100)] = Field(default=[])


class CollectionChange(Strict):
    """Another name for a collection."""

    name: CollectionTitle


class CollectionFiles(Strict):
    """Files to be put into a collection."""

    file_ids: FileIds


class CollectionSearch(Strict):
    """What to look for in a collection."""

    query: Annotated[str, Field(min_length=1, max_length=4000)]
    top_k: Annotated[int, Field(ge=1, le=50)] = 10


class FileItem(Answer):
    """A file: uploaded and being read, processed, or not readable, and then why."""

    id: str
    object: Literal["file"]
    bytes: int
    created_at: int
    filename: str
    purpose: str
    status: Literal["uploaded", "processed", "error"]
    status_details: str | None
    kind: str
    pages: int | None
    passages: int


class FileList(Answer):
    """A page of files."""

    object: Literal["list"]
    data: list[FileItem]
    first_id: str | None
    last_id: str | None
    has_more: bool


class FileCounts(Answer):
    """How many files of a collection are being read, were read, could not be, and are in it."""

    in_progress: int
    completed: int
    failed: int
    total: int


class CollectionItem(Answer):
    """A collection of files."""

    id: str
    object: Literal["collection"]
    name: str
    created_at: int
    updated_at: int
    status: Literal["in_progress", "completed"]
    file_counts: FileCounts
    passages: int
    bytes: int


class CollectionList(Answer):
    """A page of collections."""

    object: Literal["list"]
    data: list[CollectionItem]
    first_id: str | None
    last_id: str | None
    has_more: bool


class PassageItem(Answer):
    """A passage found, and where it stands."""

    id: str
    file_id: str
    filename: str
    page: int | None
    reference: str
    text: str
    score: float
    confident: bool


class PassageList(Answer):
    """The passages found, best first."""

    object: Literal["list"]
    data: list[PassageItem]


def plain_name(given: str) -> str:
    """Return the name of a file without folders and without characters that nobody sees."""
    last = re.split(r"[/\\]", given[-4096:])[-1]
    shown = _UNSHOWN.sub(" ", unicodedata.normalize("NFC", last)).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{dot}{suffix[:20]}" if stem else (shown[:_LONGEST_NAME] or _UNNAMED)


def file_json(file: StoredFile, language: Language) -> dict[str, Any]:
    """Return a file as clients read it."""
    return {
        "id": file.id,
        "object": "file",
        "bytes": file.bytes,
        "created_at": int(file.created.timestamp()),
        "filename": file.name,
        "purpose": file.purpose,
        "status": file.state,
        "status_details": file.reason.in_language(language) if file.reason else None,
        "kind": file.kind,
        "pages": file.pages,
        "passages": file.passages,
    }


def collection_json(collection: FileCollection) -> dict[str, Any]:
    """Return a collection as clients read it."""
    waiting, read, failed = (collection.files.get(state, 0) for state in ("uploaded", "processed", "error"))
    return {
        "id": collection.id,
        "object": "collection",
        "name": collection.name,
        "created_at": int(collection.created.timestamp()),
        "updated_at": int(collection.changed.timestamp()),
        "status": "in_progress" if waiting else "completed",
        "file_counts": {"in_progress": waiting, "completed": read, "failed": failed, "total": waiting + read + failed},
        "passages": collection.passages,
        "bytes": collection.bytes,
    }


def passage_json(scored: ScoredDocument) -> dict[str, Any]:
    """Return a passage as clients read it."""
    document = scored.document
    return {
        "id": document.id,
        "file_id": document.metadata[FILE],
        "filename": document.metadata["filename"],
        "page": document.metadata.get("page"),
        "reference": document.reference,
        "text": document.text,
        "score": scored.score,
        "confident": scored.confident,
    }
