"""A collection of hadith as one row of words, in files that are built once and mapped into memory. Knows nothing of quotation marks.

keys order starts    int32: each word's key, the order of the suffixes, where in it each key's begin
spans                int32, three for each word: document, first character, character after the last
firsts               int32: the place of each document's first word
records records.at   JSON, one document after another, and where each begins (int64)
grams                which runs of five words there may be
digests numbers      the digest of each word's form, ascending, and its key (uint64, int32)
forms.*              the same for texts that are read all at once (fanar/attribution/number_table.py)
"""

from __future__ import annotations

import hashlib
import json
import mmap
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import orjson
from numpy.typing import NDArray

from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.grams import gram_table, may_stand
from fanar.attribution.hadith_plain import form_table
from fanar.attribution.hadith_words import hadith_agreement, hadith_key, hadith_words, is_hadith_clipped
from fanar.attribution.likeness import is_similar
from fanar.attribution.nearness import nearest_stretch
from fanar.attribution.number_table import NumberTable, TableParts
from fanar.attribution.plain import PlainWords
from fanar.attribution.spelling import Agreement
from fanar.attribution.suffixes import Suffixes, key_starts, suffix_order
from fanar.attribution.written import bare
from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import IndexMismatchError

Alike = Callable[[str, str], bool]
"""Whether two words are nearly the same."""

VERSION = 2
_DEPTH = 64
_DIGEST = 8
_BORDER = ""
_MOST_LOOKED_AT = 20_000
_MOST_NEAR = 4
_MOST_LACKING = 0.5
_MOST_ALIKE = 6
_OPEN_RECORDS = 512
_OPEN_WORDS = 65_536
_MANIFEST = "manifest.json"


def build_hadith_index(folder: Path, documents: Iterable[Document]) -> int:
    """Write the index of `documents` into `folder`, which it creates, and return how many there are.

    The hadith of one collection follow one another.
    """
    folder.mkdir(parents=True)
    ids: dict[str, int] = {_BORDER: 0}
    keys, spans, firsts, at = array("i"), array("i"), array("i"), array("q", [0])
    collections: dict[str, tuple[int, int]] = {}
    with (folder / "records").open("wb") as records:
        for number, document in enumerate(documents):
            collection = str(document.metadata.get("collection") or document.corpus)
            collections[collection] = (collections.get(collection, (number, 0))[0], number + 1)
            firsts.append(len(keys))
            for word in hadith_words(document.text):
                keys.append(ids.setdefault(hadith_key(word.text), len(ids)))
                spans.extend((number, word.start, word.end))
            keys.append(0)
            spans.extend((number, 0, 0))
            written = records.write(_record(document))
            at.append(at[-1] + written)
    row = np.frombuffer(keys, dtype=np.int32) if keys else np.zeros(0, dtype=np.int32)
    order = suffix_order(row, depth=_DEPTH) if len(row) else row
    row.tofile(folder / "keys")
    order.tofile(folder / "order")
    gram_table(row).tofile(folder / "grams")
    key_starts(row, order).tofile(folder / "starts")
    for name, values in (("spans", spans), ("firsts", firsts), ("records.at", at)):
        (folder / name).write_bytes(values.tobytes())
    _write_words(folder, {word: number for word, number in ids.items() if word})
    manifest = {"version": VERSION, "documents": len(at) - 1, "places": len(row), "collections": collections}
    (folder / _MANIFEST).write_text(json.dumps(manifest), encoding="ascii")
    return len(at) - 1


class HadithCanon:
    """A CanonicalText over the files of one collection, opened in milliseconds; `name` is the corpus it belongs to."""

    def __init__(self, folder: Path, *, name: str) -> None:
        """Open the files. Raises IndexMismatchError where they are missing or of another version."""
        self.name = name
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="ascii"))
            self.documents = int(manifest["documents"])
            if manifest["version"] != VERSION:
                raise _mismatch()
            self._spans = _mapped(folder / "spans")
            self._firsts = _mapped(folder / "firsts")
            self._collections = {name: (int(first), int(end)) for name, (first, end) in manifest["collections"].items()}
            self._grams = np.frombuffer(_mapped(folder / "grams", "B"), dtype=np.uint8)
            self._numbers = np.frombuffer(self._spans, dtype=np.int32)[::3]
            self._at = _mapped(folder / "records.at", "q")
            self._records = _mapped(folder / "records", "B")
            keys, order, starts = (_mapped(folder / each) for each in ("keys", "order", "starts"))
            self._digests, self._keys = _mapped(folder / "digests", "Q"), _mapped(folder / "numbers")
            self._forms = _forms(folder)
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise _mismatch() from cause
        self._suffixes = Suffixes(keys, order, starts, depth=_DEPTH)
        self.document = lru_cache(maxsize=_OPEN_RECORDS)(self._document)
        self._word = lru_cache(maxsize=_OPEN_WORDS)(self._read_word)

    @property
    def keys(self) -> Sequence[int]:
        """The key of the word at each place."""
        return self._suffixes.keys

    @property
    def texts(self) -> HadithCanon:
        """The words, by place."""
        return self

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._suffixes.keys)

    def __getitem__(self, place: int) -> str:
        """Return the word at `place` as the collection writes it."""
        return self._word(place)

    def key(self, word: str) -> int:
        """Return the key of a written word."""
        wanted = _digest(hadith_key(word))
        at = bisect_left(self._digests, wanted)
        return self._keys[at] if at < len(self._digests) and self._digests[at] == wanted else UNKNOWN

    def spellings(self, place: int) -> tuple[str, ...]:
        """Return the letters of the word at `place`."""
        return (bare(self[place]),)

    def agreement(self, written: str, place: int) -> Agreement:
        """Return how far a written word agrees with the word at `place`."""
        return hadith_agreement(written, self[place])

    def is_clipped(self, written: str, place: int) -> bool:
        """Whether a written word, the first of a quotation, is the word at `place` without the conjunction before or within it (أَوَلَا)."""
        return is_hadith_clipped(written, self[place])

    def longest(self, keys: Sequence[int], at: int, end: int) -> tuple[int, int, int]:
        """Return (length, low, high) of the longest run of `keys[at:end]`; `places(low, high)` are where it begins."""
        return self._suffixes.longest(keys, at, end)

    def places(self, low: int, high: int) -> list[int]:
        """Return the places of an interval, in their order."""
        return self._suffixes.places(low, high)

    def keys_of(self, words: PlainWords) -> NDArray[np.int32]:
        """Return the keys of words that were read all at once."""
        return self._forms.values_of(words.forms)

    def may_stand(self, keys: NDArray[np.int32]) -> list[int]:
        """Return the positions at which five of `keys` in a row may stand in the collection; at no other position they do."""
        return may_stand(self._grams, keys)

    def begins_verse(self, place: int) -> bool:
        """Whether the word at `place` is the first of its hadith."""
        return place == 0 or self.keys[place - 1] == 0

    def number_of(self, place: int) -> int:
        """Return which document the word at `place` belongs to, counted from 0."""
        return int(self._spans[3 * place])

    def verbatim(self, first: int, end: int) -> str:
        """Return the collection's text of the words from place `first` to before `end`, all of the first one's hadith."""
        number, start, _ = self._spans[3 * first : 3 * first + 3]
        last = end - 1
        while last > first and (self._spans[3 * last] != number or not self._spans[3 * last + 2]):
            last -= 1
        return str(self.document(number)["text"][start : self._spans[3 * last + 2]])

    def has(self, collection: str) -> int:
        """Return how many hadith of a collection there are."""
        first, end = self._collections.get(collection, (0, 0))
        return end - first

    def nearness(self, words: Sequence[str], collection: str, *, alike: Alike = is_similar) -> float:
        """Return which share of these words the nearest hadith of a collection holds; a word `alike` to one of its own counts half."""
        first, end = self._collections.get(collection, (0, 0))
        keys = [self.key(word) for word in words]
        wanted = Counter(key for key in keys if key != UNKNOWN)
        if not wanted or first == end:
            return 0.0
        begin, stop = self._firsts[first], self._firsts[end] if end < self.documents else len(self)
        votes: Counter[int] = Counter()
        looked_at = 0
        for key in sorted(wanted, key=self._suffixes.frequency):
            looked_at += self._suffixes.frequency(key)
            if votes and looked_at > _MOST_LOOKED_AT:
                break
            places = np.asarray(self._suffixes.places_of(key))
            votes.update(np.unique(self._numbers[places[(places >= begin) & (places < stop)]]).tolist())
        held = (self._held(words, keys, number, alike=alike) for number, _ in votes.most_common(_MOST_NEAR))
        return max(held, default=0.0) / len(words)

    def _held(self, words: Sequence[str], keys: Sequence[int], number: int, *, alike: Alike) -> float:
        begin = self._firsts[number]
        end = self._firsts[number + 1] if number + 1 < self.documents else len(self)
        first, stop = nearest_stretch(keys, self.keys[begin:end])
        begin, end = begin + first, begin + stop
        there = Counter(self.keys[begin:end])
        held = (there & Counter(keys)).total()
        lacking = [word for word, key in zip(words, keys, strict=True) if key not in there]
        if not lacking or len(lacking) > len(words) * _MOST_LACKING:
            return held
        texts = {self[place] for place in range(begin, end)}
        return held + sum(any(alike(word, text) for text in texts) for word in lacking[:_MOST_ALIKE]) / 2

    def _read_word(self, place: int) -> str:
        start, end = self._spans[3 * place + 1], self._spans[3 * place + 2]
        # «يا رسول» is one word here, and written as two.
        return "".join(str(self.document(self._spans[3 * place])["text"][start:end]).split())

    def _document(self, number: int) -> dict[str, Any]:
        """Return a document's facts: id, reference, text, url and metadata."""
        record: dict[str, Any] = orjson.loads(self._records[self._at[number] : self._at[number + 1]])
        return record


def _record(document: Document) -> bytes:
    facts = {"id": document.id, "reference": document.reference, "text": document.text, "url": document.url, **document.metadata}
    return orjson.dumps(facts)


def _write_words(folder: Path, keys: Mapping[str, int]) -> None:
    ordered = sorted((_digest(word), key) for word, key in keys.items())
    np.array([digest for digest, _ in ordered], dtype=np.uint64).tofile(folder / "digests")
    np.array([key for _, key in ordered], dtype=np.int32).tofile(folder / "numbers")
    for name, part in form_table(keys).parts._asdict().items():
        part.tofile(folder / f"forms.{name}")


def _forms(folder: Path) -> NumberTable:
    numbers, values, starts = (folder / f"forms.{name}" for name in TableParts._fields)
    parts = TableParts(np.fromfile(numbers, np.uint64), np.fromfile(values, np.int32), np.fromfile(starts, np.int32))
    return NumberTable.of(parts, missing=UNKNOWN)


def _digest(word: str) -> int:
    """Return what stands for a word in the files: of a hundred thousand, two share one with a chance of one in three billion."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest(), "little")


def _mapped(path: Path, kind: Literal["i", "q", "Q", "B"] = "i") -> memoryview[int]:
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
    return memoryview(content).cast(kind)


def _mismatch() -> IndexMismatchError:
    return IndexMismatchError(
        Bilingual(
            "The index of a collection of hadith is missing or of another version: run fanar corpora reindex.",
            "فهرس إحدى مجموعات الحديث ناقص أو بإصدار آخر: نفّذ fanar corpora reindex.",
        )
    )
