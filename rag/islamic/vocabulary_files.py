"""Keeps an analysed vocabulary in a folder, an array a file, so that a start maps it instead of analysing everything again.

The folder is named after all that the arrays depend on; another text, index or lexicon has another folder.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fanar.documents import CorpusInfo
from rag.analysis import VERSION
from rag.islamic.lexicon import lexicon_checksum
from rag.islamic.postings import Postings
from rag.islamic.vocabulary import Frequencies, Links, Vocabulary

_FORMAT = "3"
"""Changes with the arrays and with how terms are taken from text."""
_FOLDER = "vocabulary"
_PARTS: Mapping[str, type[Frequencies | Postings | Links]] = {
    **dict.fromkeys(("stems", "roots"), Frequencies),
    **dict.fromkeys(("verse_stems", "verse_roots", "line_stems", "line_roots", "heading_stems", "heading_roots", "wordings"), Postings),
    **dict.fromkeys(("verse_lines", "line_verses"), Links),
}
"""What is not an array itself, but made of some."""


def vocabulary_key(info: CorpusInfo) -> str:
    """Return the name of what is made of the corpus `info` today; its version names the subject index that it was installed with."""
    parts = (_FORMAT, VERSION, info.checksum, info.version, str(info.generation), lexicon_checksum())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_kept(data: Path, key: str) -> bool:
    """Whether the vocabulary `key` is kept below `data`."""
    return (data / _FOLDER / key).is_dir()


def open_vocabulary(data: Path, key: str, build: Callable[[], Vocabulary]) -> Vocabulary:
    """Return the vocabulary `key`, built and kept below `data` when it is not there yet; older ones are removed."""
    folder = data / _FOLDER / key
    if not is_kept(data, key):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _keep(build(), folder)
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    return _read(folder)


def _keep(vocabulary: Vocabulary, folder: Path) -> None:
    # Written beside and moved: whoever is killed meanwhile leaves no half of it under the name that counts.
    waiting = Path(tempfile.mkdtemp(prefix="new-", dir=folder.parent))
    for name, array in _arrays(vocabulary):
        np.save(waiting / f"{name}.npy", array)
    try:
        waiting.replace(folder)
    except OSError:
        # Another process was faster; what it kept is the same.
        shutil.rmtree(waiting)


def _arrays(vocabulary: Vocabulary) -> Iterator[tuple[str, NDArray[Any]]]:
    for each in _kept():
        value = getattr(vocabulary, each)
        parts = _PARTS.get(each)
        if parts is None:
            yield each, value
        else:
            yield from ((f"{each}.{part.name}", getattr(value, part.name)) for part in fields(parts))


def _read(folder: Path) -> Vocabulary:
    def _array(name: str) -> NDArray[Any]:
        return np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]

    found: dict[str, Any] = {}
    for each in _kept():
        parts = _PARTS.get(each)
        found[each] = _array(each) if parts is None else parts(**{part.name: _array(f"{each}.{part.name}") for part in fields(parts)})
    return Vocabulary(**found)


def _kept() -> list[str]:
    return [each.name for each in fields(Vocabulary) if each.init]
