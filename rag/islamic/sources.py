"""Which of the sources that a request names are there. Knows nothing of where the names come from on the wire but their fields' names."""

from __future__ import annotations

from collections.abc import Iterable

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.messages import SourceFilter
from rag.islamic import phrases

_QURAN = frozenset(("quran", "koran", "the quran", "noble quran", "the noble quran", *map(normalize, ("القرآن", "القرآن الكريم", "قرآن"))))


def require_quran(sources: SourceFilter) -> list[Bilingual]:
    """Return what is to be noted about an answer from the Quran alone under this filter.

    Raises UnprocessableError, naming the field, for a filter that the Quran does not pass, since nothing else is installed.
    """
    for field, names in (("book_names", sources.book_names), ("filter_sources", sources.only)):
        if names and not _names_quran(names):
            raise _not_installed(field)
    if _names_quran(sources.excluded):
        raise _nothing_left()
    notes: list[Bilingual] = []
    if sources.preferred and not _names_quran(sources.preferred):
        notes.append(phrases.FALLBACK)
    if sources.madhabs:
        notes.append(phrases.MADHAB_WITHOUT_EFFECT)
    return notes


def _names_quran(names: Iterable[str]) -> bool:
    return any(" ".join(normalize(name).replace("-", " ").split()) in _QURAN for name in names)


def _not_installed(field: str) -> UnprocessableError:
    return UnprocessableError(
        Bilingual(
            "None of the named sources is installed; fanar corpora list shows what is. For Islamic questions that is the corpus quran.",
            "لا شيء من المصادر المسمّاة مثبَّت؛ يعرض fanar corpora list المثبَّت منها، وهو للأسئلة الإسلامية مدونة quran.",
        ),
        param=field,
    )


def _nothing_left() -> UnprocessableError:
    return UnprocessableError(
        Bilingual(
            "The only installed source for Islamic questions is excluded: remove quran from exclude_sources.",
            "استُبعد المصدر الوحيد المثبَّت للأسئلة الإسلامية: احذف quran من exclude_sources.",
        ),
        param="exclude_sources",
    )
