"""One tantivy index of one corpus generation: terms in, scored passages out. Knows nothing of how text becomes terms, or of weights.

Readers live in every process that searches; the files are mapped, so many readers cost little. A score is BM25 as a share of what a
passage could reach at most for these terms: it is comparable between questions, and a term that nothing contains pulls it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import log
from pathlib import Path

import tantivy

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import ConflictError, IndexMismatchError
from fanar.protocols import Filters
from rag.analysis import FIELDS, AnalysedDocument, Field, analyse

_TOKENIZER = "terms"
_STORED: frozenset[Field] = frozenset(("stems", "roots", "translation", "subject_roots"))
_HEADING_END = "|"
_HEAP_BYTES = 60_000_000
_SMALL_HEAP_BYTES = 15_000_000  # the least that tantivy takes
_REMEMBERED_TERMS = 50_000
_FEW_PASSAGES = 20_000
_READ = 300_000  # occurrences of a question's n-grams in a large index: the commoner ones cost more than they tell
_AT_LEAST = 3
_BM25_CEILING = 2.2  # k1 + 1 of tantivy's BM25: the most one term can weigh, times its rarity

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StoredTerms:
    """A passage as it lies in the index: its id, and its terms by field, in lines in which each term stands between spaces.

    A question looks for a dozen terms among hundreds: lines are searched as they are, and no set is made of them.
    """

    id: str
    lines: Mapping[Field, str]

    def has(self, field: Field, terms: Iterable[str]) -> bool:
        """Whether any of `terms` is in the field."""
        line = self.lines[field]
        return any(f" {term} " in line for term in terms)

    def headings_with(self, stems: Iterable[str]) -> Iterator[frozenset[str]]:
        """Yield the stems of each heading that has any of `stems`.

        Only these are taken apart: a passage of the Quran has three dozen headings, and a question meets a few of them.
        """
        found: set[str] = set()
        headings = self.lines["subjects"]
        for stem in stems:
            at = headings.find(f" {stem} ")
            while at >= 0:
                end = headings.index(_HEADING_END, at)
                found.add(headings[headings.rindex(_HEADING_END, 0, at + 1) + 1 : end])
                at = headings.find(f" {stem} ", end)
        return (frozenset(heading.split()) for heading in found)


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage that matched. `scores` has the fields it was among the best in, each in [0, 1]."""

    address: Address
    scores: Mapping[Field, float]


class LexicalIndex:
    """Searches one index."""

    def __init__(self, *, folder: Path) -> None:
        try:
            index = tantivy.Index.open(str(folder))
        except ValueError as cause:
            raise _missing() from cause
        self._schema = index.schema
        self._searcher = index.searcher()
        self._documents = self._searcher.num_docs
        self._frequencies: dict[tuple[Field, str], int] = {}
        self._rarities: dict[tuple[tuple[Field, ...], tuple[str, ...]], float] = {}

    @property
    def documents(self) -> int:
        """Number of passages."""
        return self._documents

    def rarity(self, fields: tuple[Field, ...], terms: tuple[str, ...]) -> float:
        """Return the inverse document frequency of the commonest of `terms`; it is highest where none occurs."""
        place = (fields, terms)
        if place not in self._rarities:
            if len(self._rarities) >= _REMEMBERED_TERMS:
                self._rarities.clear()
            self._rarities[place] = self._rarity(max(map(self._frequency, product(fields, terms)), default=0))
        return self._rarities[place]

    def knows(self, fields: tuple[Field, ...], terms: tuple[str, ...]) -> bool:
        """Whether any passage contains any of `terms`."""
        return any(map(self._frequency, product(fields, terms)))

    def search(self, wanted: Mapping[Field, Sequence[tuple[str, ...]]], *, depth: int, filters: Filters | None = None) -> list[LexicalHit]:
        """Return the `depth` best passages of each field, in no order. Any term of a group will do for the group."""
        found: dict[Address, dict[Field, float]] = {}
        for field in FIELDS:
            groups = dict.fromkeys(wanted.get(field, ()))
            if not groups:
                continue
            ceiling = _BM25_CEILING * sum(self._ceiling(field, group) for group in groups)
            for score, address in self._best(field, self._affordable(field, groups), depth, filters or {}):
                found.setdefault((address.segment_ord, address.doc), {})[field] = min(1.0, score / ceiling)
        return [LexicalHit(address, scores) for address, scores in found.items()]

    def stored(self, address: Address) -> StoredTerms:
        """Return what the index holds of a hit."""
        return _stored(self._searcher.doc(tantivy.DocAddress(*address)))

    def addresses(self, ids: Sequence[str]) -> dict[str, Address]:
        """Return where these documents lie; unknown ids are left out."""
        if not ids:
            return {}
        hits = self._searcher.search(tantivy.Query.term_set_query(self._schema, "id", list(ids)), len(ids), count=False).hits
        found = [(address.segment_ord, address.doc) for _, address in hits]
        return {self.id_of(address): address for address in found}

    def id_of(self, address: Address) -> str:
        """Return the id of the passage at `address`."""
        return str(self._searcher.doc(tantivy.DocAddress(*address)).get_first("id"))

    def _affordable(self, field: Field, groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Return the rarest of `groups` that together occur no oftener than may be read for one question; a few in any case."""
        if field != "grams" or self.documents <= _FEW_PASSAGES:
            return list(groups)
        occurring = sorted((sum(map(self._frequency, product((field,), group))), group) for group in groups)
        reads = accumulate(frequency for frequency, _ in occurring)
        return [group for place, ((_, group), read) in enumerate(zip(occurring, reads, strict=True)) if place < _AT_LEAST or read <= _READ]

    def _best(
        self, field: Field, groups: Iterable[tuple[str, ...]], depth: int, filters: Filters
    ) -> list[tuple[float, tantivy.DocAddress]]:
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._any_of(field, group)) for group in groups])
        if filters:
            facts = [self._holding(key, value) for key, value in filters.items()]
            must = [(tantivy.Occur.Must, tantivy.Query.const_score_query(fact, 0.0)) for fact in facts]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *must])
        return list(self._searcher.search(query, depth, count=False).hits)

    def _holding(self, key: str, wanted: object) -> tantivy.Query:
        if isinstance(wanted, tuple):
            return tantivy.Query.term_set_query(self._schema, "facts", [_fact(key, value) for value in wanted])
        return tantivy.Query.term_query(self._schema, "facts", _fact(key, wanted), "basic")

    def _any_of(self, field: Field, group: tuple[str, ...]) -> tantivy.Query:
        queries = [tantivy.Query.term_query(self._schema, field, term, "freq") for term in group]
        return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)

    def _ceiling(self, field: Field, group: tuple[str, ...]) -> float:
        known = [frequency for frequency in map(self._frequency, product((field,), group)) if frequency]
        return self._rarity(min(known, default=0))

    def _frequency(self, place: tuple[Field, str]) -> int:
        if place not in self._frequencies:
            if len(self._frequencies) >= _REMEMBERED_TERMS:
                self._frequencies.clear()
            self._frequencies[place] = self._searcher.doc_freq(*place)
        return self._frequencies[place]

    def _rarity(self, frequency: int) -> float:
        return log(1 + (self.documents - frequency + 0.5) / (frequency + 0.5))


def build_lexical_index(folder: Path, documents: Iterable[Document]) -> tuple[int, tuple[Field, ...]]:
    """Write an index of `documents` into the new `folder`; return their number and the fields that hold any term."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder))
    return _write(index, documents, heap=_HEAP_BYTES, replace=False)


def extend_lexical_index(folder: Path, documents: Iterable[Document]) -> tuple[int, tuple[Field, ...]]:
    """Add `documents` to the index in `folder`, in place of those with their ids; return what `build_lexical_index` does.

    Who has opened the index before does not see them. Raises ConflictError while another process adds to it.
    """
    try:
        index = tantivy.Index.open(str(folder))
    except ValueError as cause:
        raise _missing() from cause
    return _write(index, documents, heap=_SMALL_HEAP_BYTES, replace=True)


def _write(index: tantivy.Index, documents: Iterable[Document], *, heap: int, replace: bool) -> tuple[int, tuple[Field, ...]]:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    try:
        writer = index.writer(heap_size=heap, num_threads=1)
    except ValueError as cause:
        raise _being_written() from cause
    written = 0
    used: set[Field] = set()
    for document in documents:
        analysed = analyse(document)
        if replace:
            writer.delete_documents_by_term("id", document.id)
        writer.add_document(_entry(document, analysed))
        used |= {field for field, terms in analysed.fields.items() if terms}
        written += 1
    writer.commit()
    writer.wait_merging_threads()
    return written, tuple(field for field in FIELDS if field in used)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facts", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("headings", stored=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=field in _STORED, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _entry(document: Document, analysed: AnalysedDocument) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", document.id)
    for key, value in document.metadata.items():
        entry.add_text("facts", _fact(key, value))
    entry.add_bytes("headings", _HEADING_END.join(" ".join(heading) for heading in analysed.headings).encode())
    for field, terms in analysed.fields.items():
        entry.add_text(field, " ".join(terms))
    return entry


def _stored(entry: tantivy.Document) -> StoredTerms:
    lines: dict[Field, str] = {field: f" {entry.get_first(field) or ''} " for field in _STORED}
    headings = bytes(entry.get_first("headings") or b"").decode()
    # A bar before and after each heading.
    lines["subjects"] = f"{_HEADING_END} {headings.replace(_HEADING_END, f' {_HEADING_END} ')} {_HEADING_END}"
    return StoredTerms(str(entry.get_first("id")), lines)


def _fact(key: str, value: object) -> str:
    return f"{key}\x1f{type(value).__name__}\x1f{value}"


def _being_written() -> ConflictError:
    return ConflictError(
        Bilingual("Another process is adding to this index: try again.", "تضيف عملية أخرى إلى هذا الفهرس الآن: أعد المحاولة.")
    )


def _missing() -> IndexMismatchError:
    return IndexMismatchError(
        Bilingual("The search index cannot be read: run fanar corpora reindex.", "تعذّرت قراءة فهرس البحث: نفّذ fanar corpora reindex.")
    )
