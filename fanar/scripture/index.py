"""The verses in memory, by surah and ayah. Knows nothing of where they came from or how they are searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import NotFoundError


class InMemoryScripture:
    """A ScriptureIndex over documents whose metadata names `surah` and `ayah`; they are kept in the order of the Quran."""

    def __init__(self, documents: Iterable[Document], *, version: str, basmala: str) -> None:
        self._verses = tuple(sorted(documents, key=_place))
        self._by_place = {_place(document): document for document in self._verses}
        self._version = version
        self._basmala = basmala

    @property
    def version(self) -> str:
        """Edition, version and checksum of the text."""
        return self._version

    @property
    def basmala(self) -> str:
        """The basmala as it stands before the surahs that open with it."""
        return self._basmala

    def verse(self, surah: int, ayah: int) -> Document:
        """Return one verse. Raises NotFoundError."""
        try:
            return self._by_place[surah, ayah]
        except KeyError:
            raise NotFoundError(Bilingual("There is no such verse in the Quran.", "لا توجد آية بهذا الرقم في هذه السورة.")) from None

    def verses(self) -> Sequence[Document]:
        """Return all verses in order."""
        return self._verses


def _place(document: Document) -> tuple[int, int]:
    return document.metadata["surah"], document.metadata["ayah"]
