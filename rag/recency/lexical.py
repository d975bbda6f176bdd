"""A lexical index of articles on disk that follows what changes: one process writes, any may search. Knows nothing of storage or ranking.

What is committed survives a crash; how far the changes were followed is noted afterwards, and following one twice changes nothing.
A commit waits for the disk a few times: what came since the last one is found by `rag.recency.fresh`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path

import tantivy

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, IndexMismatchError
from fanar.news import Article, Change
from rag.analysis import VERSION
from rag.recency.bookmark import Bookmark
from rag.recency.terms import WEIGHTS, Bounds, stems_of

_FORM = "1"
_FOLDER = f"lexical-{_FORM}"
_TOKENIZER = "terms"
_HEAP_BYTES = 15_000_000
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class LexicalWriter:
    """Writes the index in a folder. Raises ConflictError when another process does."""

    def __init__(self, *, folder: Path) -> None:
        place = folder / _FOLDER
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._bookmark = _bookmark(folder)
        index = tantivy.Index(_schema(), path=str(place), reuse=True)
        index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        try:
            self._writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as cause:
            raise ConflictError(Bilingual("Another process writes the index of news.", "تكتب عملية أخرى فهرس الأخبار.")) from cause
        self.followed = self._bookmark.read()
        if not self.followed:
            self._writer.delete_all_documents()

    def follow(self, changes: Sequence[Change]) -> None:
        """Put what changed into the index, durably, in their order; `followed` is then the last one's position."""
        if not changes:
            return
        for change in changes:
            self._writer.delete_documents_by_term("id", change.id)
            if change.article is not None:
                self._writer.add_document(_entry(change.article))
        self._writer.commit()
        self.followed = changes[-1].position
        self._bookmark.write(self.followed)

    def close(self) -> None:
        """Let merges end, and let others write."""
        self._writer.wait_merging_threads()


class LexicalReader:
    """Searches the index in a folder, as it is at each search; nothing is found where there is none."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder / _FOLDER
        self._bookmark = _bookmark(folder)
        self._index: tantivy.Index | None = None

    def followed(self) -> int:
        """Return the position of the last change that is in the index."""
        return self._bookmark.read()

    def rarities(self, stems: Sequence[str]) -> dict[str, float]:
        """Return the inverse document frequency of each stem. Raises IndexMismatchError."""
        searcher = self._searcher()
        documents = 0 if searcher is None else searcher.num_docs
        return {each: _rarity(documents, max(searcher.doc_freq(field, each) for field in WEIGHTS) if searcher else 0) for each in stems}

    def search(self, rarities: Mapping[str, float], *, depth: int, bounds: Bounds) -> list[tuple[str, float]]:
        """Return (id, BM25), best first, for stems with their rarities. Raises IndexMismatchError."""
        searcher = self._searcher() if rarities else None
        if searcher is None or not searcher.num_docs:
            return []
        any_word = tantivy.Query.boolean_query([(tantivy.Occur.Should, _anywhere(each)) for each in rarities])
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, any_word), *_within(bounds)])
        hits = searcher.search(wanted, depth, count=False).hits
        return [(str(searcher.doc(address).get_first("id")), score) for score, address in hits]

    def _searcher(self) -> tantivy.Searcher | None:
        if self._index is None:
            if not (self._folder / "meta.json").exists():
                return None
            try:
                self._index = tantivy.Index.open(str(self._folder))
            except ValueError as cause:
                raise _unreadable() from cause
        try:
            self._index.reload()
        except ValueError as cause:
            self._index = None
            raise _unreadable() from cause
        return self._index.searcher()


def _rarity(documents: int, found: int) -> float:
    return log(1 + (documents - found + 0.5) / (found + 0.5))


def _anywhere(word: str) -> tantivy.Query:
    fields = [
        tantivy.Query.boost_query(tantivy.Query.term_query(_SCHEMA, field, word, "freq"), weight) for field, weight in WEIGHTS.items()
    ]
    return tantivy.Query.disjunction_max_query(fields)


def _bookmark(folder: Path) -> Bookmark:
    return Bookmark(folder / f"{_FOLDER}.followed", mark=VERSION)


def _within(bounds: Bounds) -> Iterable[tuple[tantivy.Occur, tantivy.Query]]:
    if bounds.since is not None or bounds.until is not None:
        first, last = _seconds(bounds.since or _FIRST), _seconds(bounds.until or _LAST)
        span = tantivy.Query.range_query(_SCHEMA, "published", tantivy.FieldType.Integer, first, last, include_upper=False)
        yield tantivy.Occur.Must, tantivy.Query.const_score_query(span, 0.0)
    if bounds.language is not None:
        language = tantivy.Query.term_query(_SCHEMA, "language", bounds.language, "basic")
        yield tantivy.Occur.Must, tantivy.Query.const_score_query(language, 0.0)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


_SCHEMA = _schema()


def _entry(article: Article) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", article.id)
    entry.add_text("language", article.language)
    entry.add_integer("published", _seconds(article.published))
    for field, stems in stems_of(article).items():
        entry.add_text(field, " ".join(stems))
    return entry


def _unreadable() -> IndexMismatchError:
    return IndexMismatchError(
        Bilingual(
            "The index of news cannot be read: stop the platform and remove the folder `news` in its data folder; it is written anew.",
            "تعذّرت قراءة فهرس الأخبار: أوقف المنصة واحذف المجلد `news` من مجلد بياناتها؛ فيُكتب من جديد.",
        )
    )
