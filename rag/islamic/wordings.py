"""How an installed translation words the verses, in files that are built with its index. Knows nothing of questions, or of scores.

A row is a verse, by its place in the Quran; a term is a stem, or two in their order, as `rag.islamic.terms` takes them from text.

manifest.json             the language, and what the files were built with
keys starts rows weights  which verses have a term, and how often (rag/islamic/postings.py)
lengths                   how much each verse says
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import IndexMismatchError
from fanar.scripture.order import VERSES, position
from rag import analysis
from rag.ingest.quran import NAME
from rag.islamic.postings import Floats, Postings
from rag.islamic.terms import wording

_VERSION = f"1-{analysis.VERSION}"
_MANIFEST = "manifest.json"
_PARTS = tuple(part.name for part in fields(Postings))
_LENGTHS = "lengths"


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """How one translation words each verse; `name` is the corpus that it belongs to."""

    name: str
    language: str
    terms: Postings
    lengths: Floats


def build_wordings(folder: Path, documents: Iterable[Document], *, language: str) -> None:
    """Write how `documents` word the verses into `folder`, which it creates: a translation's own, or the Quran's with theirs."""
    rows: list[dict[str, float]] = [{} for _ in range(VERSES)]
    for document in documents:
        text = document.translation or "" if document.corpus == NAME else document.text
        terms = wording(analysis.search_words(text))
        surah, first = int(document.metadata["surah"]), int(document.metadata["ayah"])
        for ayah in range(first, int(document.metadata.get("last", first)) + 1):
            row = rows[position((surah, ayah))]
            row.update({term: row.get(term, 0.0) + weight for term, weight in terms.items()})
    folder.mkdir(parents=True)
    built = Postings.build(rows)
    for part in _PARTS:
        np.save(folder / part, getattr(built, part))
    np.save(folder / _LENGTHS, np.array([sum(row.values()) for row in rows], dtype=np.float32))
    (folder / _MANIFEST).write_text(json.dumps({"version": _VERSION, "language": language}), encoding="utf-8")


def open_wordings(folder: Path, *, name: str) -> Wordings:
    """Map the files of one translation. Raises IndexMismatchError where they are missing or of another version."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] != _VERSION:
            raise _mismatch()
        # As plain arrays: those that know of their file take several times as long to be cut.
        found = {each: np.asarray(np.load(folder / f"{each}.npy", mmap_mode="r")) for each in (*_PARTS, _LENGTHS)}
        lengths = found.pop(_LENGTHS)
        return Wordings(name, str(manifest["language"]), Postings(**found), lengths)
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise _mismatch() from cause


def _mismatch() -> IndexMismatchError:
    return IndexMismatchError(
        Bilingual(
            "The words of this translation are indexed by another version: run fanar corpora reindex.",
            "كلمات هذه الترجمة مفهرسة بإصدار آخر: نفّذ fanar corpora reindex.",
        )
    )
