"""The files of a model: which of them are wanted, where they come from, whether they are what they should be. Knows nothing of hubs.

Only formats that are data are taken: safetensors, JSON, tokenizer tables. A pickle or a Python file could run code when it is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, UnprocessableError

WANTED = (
    "*.safetensors",
    "model.bin",
    "*.json",
    "vocabulary.txt",
    "*.jinja",
    "*.model",
    "merges.txt",
    "vocab.txt",
    "LICENSE*",
    "LICENCE*",
    "NOTICE*",
    "README.md",
)
_WEIGHTS = ("*.safetensors", "model.bin")  # the second is CTranslate2's: plain numbers too, whatever the name says elsewhere
_INDEX = "model_index.json"  # names the parts of a pipeline, each of which has a folder
_PIECE = 1 << 20

Report = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """One file as its source lists it. `sha256` or `blob` (git's id of the content) say what it must hash to, where the source knows."""

    path: str
    size: int
    sha256: str | None = None
    blob: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source offers. `revision` is the exact one that was resolved."""

    revision: str
    files: tuple[WeightsFile, ...]


class WeightsSource(Protocol):
    """Where weights come from. Methods block."""

    @property
    def name(self) -> str:
        """Where that is, for the record."""
        ...

    def listing(self) -> Listing:
        """Return what is there. Raises NotFoundError, NotConfiguredError or ModelUnavailableError."""
        ...

    def fetch(self, listing: Listing, file: WeightsFile, into: Path, report: Report) -> None:
        """Write a file, going on from what `into` holds already, and report each stretch of bytes. Raises ModelUnavailableError."""
        ...


def chosen(files: Iterable[WeightsFile], *, pipeline: bool = False) -> list[WeightsFile]:
    """Return the files a model needs, small ones first; of a diffusers `pipeline` those of its parts, and no second copy beside them.

    Raises UnprocessableError when no weights are among them, or a path is not one.
    """
    wanted = [file for file in files if any(fnmatch(PurePosixPath(file.path).name, pattern) for pattern in WANTED)]
    if pipeline and any(file.path == _INDEX for file in wanted):
        wanted = [file for file in wanted if "/" in file.path or not file.path.endswith(".safetensors")]
    if not any(fnmatch(file.path, pattern) for file in wanted for pattern in _WEIGHTS):
        raise UnprocessableError(
            Bilingual(
                "There are no safetensors weights here, and other formats could run code when they are loaded: choose another model.",
                "لا أوزان هنا بصيغة safetensors، وغيرها من الصيغ قد يشغّل شفرة عند تحميله: اختر نموذجًا آخر.",
            )
        )
    for file in wanted:
        _check_path(file.path)
    return sorted(wanted, key=lambda file: (file.size, file.path))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check(path: Path, file: WeightsFile) -> str:
    """Return the SHA-256 of what was fetched. Raises ModelUnavailableError when it is not what the source promised."""
    found = sha256_of(path)
    promised = (path.stat().st_size == file.size, file.sha256 in (None, found), file.blob is None or file.blob == _git_blob(path))
    if not all(promised):
        raise ModelUnavailableError(
            Bilingual(
                "A file of the weights does not have the checksum that its source names; it was thrown away. Pull again.",
                "بصمة أحد ملفات الأوزان لا تطابق ما أعلنه مصدره، فحُذف. أعد التنزيل.",
            )
        )
    return found


def _git_blob(path: Path) -> str:
    """Return git's id of a file's content."""
    digest = hashlib.sha1(usedforsecurity=False)
    digest.update(f"blob {path.stat().st_size}\0".encode())
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _check_path(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path or not path.isprintable():
        raise UnprocessableError(
            Bilingual("The source names a file outside its own folder.", "يذكر المصدر ملفًا خارج مجلده."),
        )
