"""What is indexed, on disk: one folder a build, one pointer a corpus. Knows how to open an index, not how to build one.

quran/current            names the build that counts, "3-1": the first of generation 3; replaced in one step
quran/3-1/manifest.json  what it was built with
quran/3-1/lexical/       tantivy
quran/3-1/hadith/        what quotations are checked against, where the corpus is a collection of hadith
quran/3-1/wordings/      how the verses are worded, where the corpus translates them
quran/3-1/embedder/      the weights; the vectors lie in the vector store, in the collection that the manifest names
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import IndexMismatchError, NotFoundError
from rag.analysis import VERSION, Field
from rag.embedders import CorpusEmbedder
from rag.stores.lexical import LexicalIndex

_BUILD = re.compile(r"\d{1,18}-\d{1,18}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
POINTER = "current"
_MANIFEST = "manifest.json"
_LEXICAL = "lexical"
_EMBEDDER = "embedder"
_HADITH = "hadith"
_WORDINGS = "wordings"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built with. `fields` are those that hold any term."""

    corpus: str
    build: str
    generation: int
    documents: int
    analyser: str
    fingerprint: str
    collection: str
    fields: tuple[Field, ...]
    kind: str = "general"


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """An open index of one corpus. `written` is when its manifest was: one that was added to has another."""

    manifest: Manifest
    lexical: LexicalIndex
    embedder: CorpusEmbedder
    written: tuple[int, int]


class IndexCatalog:
    """Opens indexes and notices when another generation takes their place or documents were added, also by another process."""

    def __init__(self, *, folder: Path, most: int | None = None) -> None:
        """`most` indexes are kept open, those last asked for; all of them where nothing is said."""
        self._folder = folder
        self._most = most
        self._open: dict[str, CorpusIndex] = {}
        self._told: dict[str, Manifest] = {}

    def names(self) -> list[str]:
        """Return the corpora whose indexes can be used."""
        return sorted(path.parent.name for path in self._folder.glob(f"*/{POINTER}") if self._manifest(path.parent.name) is not None)

    def names_of(self, *kinds: str) -> list[str]:
        """Return the corpora of these kinds whose indexes can be used."""
        return [name for name in self.names() if self._told[name].kind in kinds]

    def _manifest(self, name: str) -> Manifest | None:
        """Return what is written of the index that counts, None where there is none of this version; of its documents it may be behind."""
        build = read_pointer(self._folder, name)
        if build is None:
            return None
        if name not in self._told or self._told[name].build != build:
            try:
                self._told[name] = read_manifest(self._folder / name / build)
            except IndexMismatchError:
                return None
        return self._told[name] if self._told[name].analyser == VERSION else None

    def hadith(self) -> dict[str, Path]:
        """Return where the quotation index of each collection of hadith lies that is indexed now."""
        return self._having(hadith_folder)

    def wordings(self) -> dict[str, Path]:
        """Return where the wordings of each translation of the Quran lie that is indexed now."""
        return self._having(wordings_folder)

    def _having(self, part: Callable[[Path], Path]) -> dict[str, Path]:
        builds = {path.parent.name: read_pointer(self._folder, path.parent.name) for path in self._folder.glob(f"*/{POINTER}")}
        folders = {name: part(self._folder / name / build) for name, build in sorted(builds.items()) if build}
        return {name: folder for name, folder in folders.items() if folder.is_dir()}

    def open(self, name: str) -> CorpusIndex:
        """Return the index that counts. Raises NotFoundError when there is none, IndexMismatchError when it cannot be used."""
        build = read_pointer(self._folder, name)
        if build is None:
            self._open.pop(name, None)
            raise not_indexed()
        known = self._open.get(name)
        folder = self._folder / name / build
        if known is None or known.manifest.build != build:
            known = self._open[name] = _opened(folder)
        elif known.written != _written(folder):
            known = self._open[name] = _opened(folder, embedder=known.embedder)
        if self._most is not None:
            self._open[name] = self._open.pop(name)
            while len(self._open) > self._most:
                self._open.pop(next(iter(self._open)))
        return known


def is_corpus_name(name: str) -> bool:
    """Whether `name` can name a corpus: it becomes a folder, a collection, and part of a URL."""
    return _NAME.fullmatch(name) is not None


def read_pointer(folder: Path, name: str) -> str | None:
    """Return the build that counts, None when the corpus is not indexed."""
    if not is_corpus_name(name):
        return None
    try:
        build = (folder / name / POINTER).read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return build if _BUILD.fullmatch(build) else None


def write_pointer(folder: Path, name: str, build: str) -> None:
    """Make `build` the one that counts, in one step."""
    waiting = folder / name / f"{POINTER}.{build}"
    waiting.write_text(build, encoding="ascii")
    waiting.replace(folder / name / POINTER)


def new_build(folder: Path, name: str, generation: int) -> str:
    """Make the folder of another build of `generation` and return the build's name."""
    for serial in count(1):
        build = f"{generation}-{serial}"
        try:
            (folder / name / build).mkdir(parents=True)
        except FileExistsError:
            continue
        return build
    raise AssertionError  # pragma: no cover - `count` has no end


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what an index was built with, in one step; who has opened the index opens it anew."""
    waiting = folder / f"{_MANIFEST}.new"
    waiting.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2), encoding="utf-8")
    waiting.replace(folder / _MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Read it. Raises IndexMismatchError when it is missing or not one of ours."""
    try:
        stored = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**stored | {"fields": tuple(stored["fields"])})
    except (OSError, ValueError, TypeError, KeyError) as cause:
        raise mismatch() from cause


def lexical_folder(folder: Path) -> Path:
    """Return where a build's tantivy index lies."""
    return folder / _LEXICAL


def hadith_folder(folder: Path) -> Path:
    """Return where the index that quotations of hadith are checked against lies, in a build of a collection of hadith."""
    return folder / _HADITH


def wordings_folder(folder: Path) -> Path:
    """Return where it is kept how the verses are worded, in a build of a translation, or of the Quran with one."""
    return folder / _WORDINGS


def embedder_folder(folder: Path) -> Path:
    """Return where a build's embedder lies."""
    return folder / _EMBEDDER


def not_indexed() -> NotFoundError:
    """The corpus is not installed, or not indexed."""
    return NotFoundError(
        Bilingual(
            "No such corpus is installed: fanar corpora list shows those that are.",
            "لا توجد مدونة مثبَّتة بهذا الاسم: يعرض fanar corpora list المثبَّت منها.",
        ),
        param="corpora",
    )


def _opened(folder: Path, *, embedder: CorpusEmbedder | None = None) -> CorpusIndex:
    written = _written(folder)
    manifest = read_manifest(folder)
    if manifest.analyser != VERSION:
        raise mismatch()
    embedder = embedder or CorpusEmbedder.load(embedder_folder(folder), fingerprint=manifest.fingerprint)
    return CorpusIndex(manifest, LexicalIndex(folder=lexical_folder(folder)), embedder, written)


def _written(folder: Path) -> tuple[int, int]:
    try:
        manifest = (folder / _MANIFEST).stat()
    except OSError as cause:
        raise mismatch() from cause
    return manifest.st_mtime_ns, manifest.st_ino


def mismatch() -> IndexMismatchError:
    """The index is not one that this version can use."""
    return IndexMismatchError(
        Bilingual(
            "The search index was built by another version of Fanar: run fanar corpora reindex.",
            "بُني فهرس البحث بإصدار آخر من فنار: نفّذ fanar corpora reindex.",
        )
    )
