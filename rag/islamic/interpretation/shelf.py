"""Takes what the installed commentaries say of verses off the shelf: by place, never by search. Knows nothing of questions.

A commentary treats several verses together: what it says of one verse may stand under an earlier one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fanar.bilingual import Language
from fanar.documents import CorpusInfo, Document
from fanar.protocols import CorpusRepository
from fanar.scripture.references import VerseReference

_BACK = 40
"""How many verses before a verse its commentary may begin."""
_MOST_PARTS = 12
_MOST_VERSES = 5


@dataclass(frozen=True, slots=True)
class Comment:
    """What one commentary says of some verses, in its own order. `title` and `language` are the commentary's."""

    title: str
    language: str
    parts: tuple[Document, ...]


class Commentaries(Protocol):
    """What is installed of commentaries."""

    async def on(self, verses: VerseReference, *, language: Language) -> list[Comment]:
        """Return what each commentary says of the first few of `verses`, those in the wanted language alone where there are any."""
        ...


class InstalledCommentaries:
    """The commentaries of a repository; `names` are those that are installed when it is asked."""

    def __init__(self, *, repository: CorpusRepository, names: Callable[[], Sequence[str]]) -> None:
        self._repository = repository
        self._names = names

    async def on(self, verses: VerseReference, *, language: Language) -> list[Comment]:
        """Return what each says of the first few of `verses`; in the wanted language where there is any, else in others."""
        names = self._names()
        return await asyncio.to_thread(self._found, names, verses, language) if names else []

    def _found(self, names: Sequence[str], verses: VerseReference, language: Language) -> list[Comment]:
        infos = [info for info in self._repository.corpora() if info.name in names]
        spoken = [info for info in infos if info.language == language]
        return [comment for info in spoken or infos if (comment := self._of(info, verses)) is not None]

    def _of(self, info: CorpusInfo, verses: VerseReference) -> Comment | None:
        last = min(verses.last, verses.first + _MOST_VERSES - 1)
        starts = range(max(1, verses.first - _BACK), last + 1)
        heads = self._repository.fetch(info.name, [id_ for at in starts for id_ in (f"{verses.surah}:{at}", f"{verses.surah}:{at}-1")])
        wanted = dict.fromkeys(head.id for ayah in range(verses.first, last + 1) if (head := _covering(heads, ayah)) is not None)
        parts = [part for id_ in wanted for part in self._parts(info.name, id_)]
        return Comment(info.title, info.language, tuple(parts)) if parts else None

    def _parts(self, corpus: str, head: str) -> list[Document]:
        place, _, first = head.partition("-")
        ids = [f"{place}-{number}" for number in range(1, _MOST_PARTS + 1)] if first else [place]
        return self._repository.fetch(corpus, ids)


def _covering(heads: Iterable[Document], ayah: int) -> Document | None:
    """Return the entry that begins nearest before a verse and reaches to it."""
    reaching = [head for head in heads if int(head.metadata["ayah"]) <= ayah <= int(head.metadata.get("last", head.metadata["ayah"]))]
    return max(reaching, key=lambda head: int(head.metadata["ayah"]), default=None)
