"""What the installed commentaries say of verses: by place, not by search. Knows nothing of questions."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.documents import Document
from fanar.protocols import CorpusRepository

_BACK = 12
"""How many verses before a verse its commentary may begin: commentaries treat verses together."""


def commentary_on(verses: Document, *, corpora: Sequence[str], repository: CorpusRepository) -> list[Document]:
    """Return the commentary on the first verse of a passage, the first of each corpus. Blocks."""
    surah, ayah = int(verses.metadata["surah"]), int(verses.metadata["ayah"])
    starts = range(ayah, max(0, ayah - _BACK), -1)
    ids = [id_ for start in starts for id_ in (f"{surah}:{start}", f"{surah}:{start}-1")]
    found: list[Document] = []
    for name in corpora:
        passages = repository.fetch(name, ids)
        found += [each for each in passages if int(each.metadata.get("last", each.metadata.get("ayah", 0))) >= ayah][:1]
    return found
