"""Which kinds of collections answers may rest on, and the command that installs each. Knows nothing of what is installed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanar.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of collection, what it is called, and the command that adds one."""

    kind: str
    title: Bilingual
    command: str

    def holds(self, names: Sequence[str]) -> Bilingual:
        """Say which collections of this kind are installed."""
        listed = ", ".join(names)
        return Bilingual(f"{self.title.en}: {listed}", f"{self.title.ar}: {listed}")

    @property
    def empty(self) -> Bilingual:
        """Say that none is installed."""
        return Bilingual(f"{self.title.en}: none is installed.", f"{self.title.ar}: لا شيء مثبَّت.")


def _shelf(kind: str, en: str, ar: str, example: str) -> Shelf:
    return Shelf(kind, Bilingual(en, ar), f"fanar corpora add {example} --kind {kind}")


SHELVES = (
    _shelf("hadith", "Hadith", "الحديث", "sunnah FILE"),
    _shelf("tafsir", "Commentaries on the Quran", "التفاسير", "NAME FILE"),
    _shelf("fiqh", "Books of law", "كتب الفقه", "NAME FILE"),
    _shelf("fatwa", "Fatwas", "الفتاوى", "NAME FILE"),
    _shelf("supplication", "Supplications", "الأدعية", "NAME FILE"),
)
"""All kinds but the Quran, which is always there, and its translations, which are shown with it."""

NO_DOCUMENTS = Bilingual("No documents of your own are installed.", "لم تُضف وثائق خاصة بك.")
ADD_DOCUMENTS = "fanar corpora add FILE"
