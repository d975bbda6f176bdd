"""What an answer may rest on: the installed corpora, narrowed by the filter of a request. Knows nothing of questions.

A name in a filter is a corpus by its name or title, a kind of source («sunnah», «tafsir», «fiqh»), or what records state: a book, a
source, an author, a collection of hadith. Names narrow what is searched, so that nothing else can be answered from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.hadith.collections import collection_name
from fanar.messages import SourceFilter
from fanar.protocols import Filters
from rag.documents import meets
from rag.ingest.intake import HADITH, SUPPLICATION, TAFSIR
from rag.ingest.quran import NAME as QURAN
from rag.islamic import phrases
from rag.islamic.collections.library import FACTS, LAW, Volume
from rag.islamic.collections.refusals import nothing_left, nothing_of_school, nothing_passes
from rag.islamic.schools import school_named

_KINDS: Mapping[str, tuple[str, ...]] = {
    HADITH: ("hadith", "sunnah", "sunna", "الحديث", "السنة", "الأحاديث", "الحديث الشريف", "السنة النبوية"),
    TAFSIR: ("tafsir", "tafseer", "التفسير", "التفاسير"),
    "fiqh": ("fiqh", "الفقه"),
    "fatwa": ("fatwa", "fatwas", "fatawa", "الفتوى", "الفتاوى"),
    SUPPLICATION: ("supplication", "supplications", "dua", "adhkar", "الأدعية", "الأذكار"),
}
_QURAN = ("quran", "koran", "the quran", "noble quran", "the noble quran", "القرآن", "القرآن الكريم", "قرآن")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A corpus that may be searched, or that part of it whose records pass any one of `where`; the empty filter is all of it."""

    info: CorpusInfo
    where: tuple[Filters, ...] = ({},)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an answer may rest on. `quran` says whether verses may be shown, `notes` what is to be said of the filter.

    `first` are the shelves that are looked at before the others; `refused` the values, by fact, of records that may not be shown.
    """

    shelves: tuple[Shelf, ...]
    quran: bool = True
    notes: tuple[Bilingual, ...] = ()
    first: tuple[Shelf, ...] = ()
    refused: Mapping[str, frozenset[str]] | None = None

    def of(self, *kinds: str) -> tuple[Shelf, ...]:
        """Return the shelves of these kinds."""
        return tuple(shelf for shelf in self.shelves if shelf.info.kind in kinds)

    def admits(self, document: Document) -> bool:
        """Whether a document may be shown."""
        if document.corpus == QURAN:
            return self.quran
        facts = document.metadata
        if any(facts.get(name) in values for name, values in (self.refused or {}).items()):
            return False
        shelf = next((each for each in self.shelves if each.info.name == document.corpus), None)
        return shelf is not None and any(meets(facts, each) for each in shelf.where)


def is_free(sources: SourceFilter) -> bool:
    """Whether a request leaves it to us what to rest on."""
    return sources == SourceFilter()


def everything(corpora: Iterable[CorpusInfo]) -> Scope:
    """Return the scope of a request without a filter."""
    return Scope(tuple(Shelf(info) for info in corpora))


def scope_of(sources: SourceFilter, volumes: Sequence[Volume]) -> Scope:
    """Return what may be searched under `sources`. Raises UnprocessableError, naming the field, where nothing installed passes."""
    scope = Scope(tuple(Shelf(volume.info) for volume in volumes))
    known = {volume.info.name: volume for volume in volumes}
    for field, names in (("book_names", sources.book_names), ("filter_sources", sources.only)):
        if names:
            scope = _narrowed(scope, _forms(names), known)
            if not (scope.quran or scope.shelves):
                raise nothing_passes(field)
    if sources.excluded:
        scope = _without(scope, _forms(sources.excluded), known)
        if not (scope.quran or scope.shelves):
            raise nothing_left()
    if sources.preferred:
        scope = _preferring(scope, _forms(sources.preferred), known)
    if not sources.madhabs:
        return scope
    if not scope.of(*LAW):
        return replace(scope, notes=(*scope.notes, phrases.MADHAB_WITHOUT_EFFECT))
    scope = of_schools(scope, sources.madhabs, volumes)
    if not scope.of(*LAW):
        raise nothing_of_school()
    return scope


def of_schools(scope: Scope, schools: Collection[str], volumes: Sequence[Volume]) -> Scope:
    """Return the scope with its books of law narrowed to those of these schools; other kinds of sources have none."""
    known = {volume.info.name: volume for volume in volumes}
    shelves = tuple(_of_school(shelf, schools, known) if shelf.info.kind in LAW else shelf for shelf in scope.shelves)
    left = tuple(shelf for shelf in shelves if shelf.where)
    return replace(scope, shelves=left, first=tuple(shelf for shelf in left if shelf.info.name in {each.info.name for each in scope.first}))


def form(name: str) -> str:
    """Return a name as it is compared: hyphens, articles and spellings do not tell names apart."""
    words = normalize(name).lower().replace("-", " ").replace("_", " ").split()
    return " ".join(word.removeprefix("ال") for word in words)


def _forms(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(form, names))


_QURAN_FORMS = _forms(_QURAN)
_KIND_FORMS = {kind: _forms(names) for kind, names in _KINDS.items()}


def _narrowed(scope: Scope, names: frozenset[str], known: Mapping[str, Volume]) -> Scope:
    """Return that part of `scope` which the names name."""
    shelves = []
    for shelf in scope.shelves:
        volume = known[shelf.info.name]
        wanted: Sequence[Filters] = ({},) if _names_corpus(volume.info, names) else list(_stating(volume, names))
        where = tuple(met for own in shelf.where for each in wanted if (met := _both(own, each)) is not None)
        if where:
            shelves.append(replace(shelf, where=where))
    return replace(scope, shelves=tuple(shelves), quran=scope.quran and not names.isdisjoint(_QURAN_FORMS))


def _without(scope: Scope, names: frozenset[str], known: Mapping[str, Volume]) -> Scope:
    shelves = tuple(shelf for shelf in scope.shelves if not _names_corpus(shelf.info, names))
    refused: dict[str, set[str]] = {}
    for shelf in shelves:
        for each in _stating(known[shelf.info.name], names):
            for name, value in each.items():
                refused.setdefault(name, set()).add(str(value))
    return replace(
        scope,
        shelves=shelves,
        quran=scope.quran and names.isdisjoint(_QURAN_FORMS),
        refused={name: frozenset(values) for name, values in refused.items()},
    )


def _preferring(scope: Scope, names: frozenset[str], known: Mapping[str, Volume]) -> Scope:
    """Return the scope with what is preferred in front; where nothing of it is installed, that is noted."""
    first = _narrowed(scope, names, known)
    if first.shelves or first.quran:
        return replace(scope, first=first.shelves)
    return replace(scope, notes=(*scope.notes, phrases.FALLBACK if not scope.shelves else phrases.FALLBACK_TO_OTHERS))


def _of_school(shelf: Shelf, schools: Collection[str], known: Mapping[str, Volume]) -> Shelf:
    if school_named(f"{shelf.info.title} {shelf.info.name}") in schools:
        return shelf
    facts = known[shelf.info.name].facts
    stated = [{name: value} for name in ("madhab", "school") for value in facts.get(name, ()) if school_named(value) in schools]
    return replace(shelf, where=tuple(met for own in shelf.where for each in stated if (met := _both(own, each)) is not None))


def _names_corpus(info: CorpusInfo, names: frozenset[str]) -> bool:
    return not names.isdisjoint({form(info.name), form(info.title), *_KIND_FORMS.get(info.kind, ())})


def _stating(volume: Volume, names: frozenset[str]) -> Iterator[Filters]:
    """Yield a filter for each value that the records of a corpus state and that is named."""
    for fact in FACTS:
        for value in sorted(volume.facts.get(fact, ())):
            called = {form(value)}
            if fact == "collection":
                called |= _forms((collection_name(value).en, collection_name(value).ar))
            if not names.isdisjoint(called):
                yield {fact: value}


def _both(one: Filters, other: Filters) -> Filters | None:
    """Return the filter of what passes both, None when nothing can."""
    return None if any(name in one and one[name] != value for name, value in other.items()) else {**one, **other}
