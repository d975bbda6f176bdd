"""What words people use for what scripture calls otherwise: dialect and modern words, and words that say little. Knows nothing of verses.

The table is `lexicon.tsv`: forms, a tab, equivalents. `-` in place of equivalents marks words that only frame a question («ما حكم», «وين
مذكور»), `~` words that say a little («قصة», «فضل»), `!` what scripture says nothing of («صلاة الكسوف», "vaccination"). A form may have
several words; an equivalent of several words holds only as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fanar.arabic.stemming import root
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from rag.analysis import search_words, stem
from rag.islamic.wordforms import bare_forms

_SEPARATORS = re.compile("[؛;]")
_SHORTEST_ROOT = 3
_FRAME = "-"
_WEAK = "~"
_ABSENT = "!"

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the table says of a form. A frame word says nothing about a subject, a weak one little; of an absent one scripture is silent."""

    equivalents: tuple[Phrase, ...] = ()
    frame: bool = False
    weak: bool = False
    absent: bool = False

    def with_all_of(self, other: Entry) -> Entry:
        """Return what both say."""
        equivalents = tuple(dict.fromkeys((*self.equivalents, *other.equivalents)))
        return Entry(equivalents, self.frame or other.frame, self.weak or other.weak, self.absent or other.absent)


class Lexicon:
    """The table, looked up by the words of a question."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._entries: dict[Phrase, Entry] = {}
        self._by_root: dict[str, Entry] = {}
        self._longest = 1
        for number, line in enumerate(lines, 1):
            forms, tab, equivalents = line.partition("\t")
            if not tab or not equivalents.strip():
                raise _unreadable(number)
            entry = _entry(equivalents.strip())
            for form in _phrases(forms):
                self._add(form, entry)
        self._stemmed = {stem(form[0]): entry for form, entry in self._entries.items() if len(form) == 1 and form[0].isascii()}

    def __len__(self) -> int:
        """Return the number of forms."""
        return len(self._entries)

    def frames(self, word: str) -> bool:
        """Whether `word`, as it stands or without what is written onto it, only frames a question."""
        entry = self.entry(word)
        return entry is not None and entry.frame

    def entry(self, word: str) -> Entry | None:
        """Return what is known of one word: as it stands, then without article, prepositions and pronouns, then by its English stem."""
        if word.isascii():
            return self._entries.get((word,)) or self._stemmed.get(stem(word))
        return next((self._entries[(form,)] for form in (word, *bare_forms(word)) if (form,) in self._entries), None)

    def related(self, word: str) -> Entry | None:
        """Return what is known of a form that shares its guessed root with `word`; a guess, for words nothing else is known of."""
        found = self._by_root.get(root(word)) if len(root(word)) >= _SHORTEST_ROOT and not word.isascii() else None
        return None if found is None or found.frame else found

    def phrase(self, words: Sequence[str], at: int) -> tuple[int, Entry] | None:
        """Return the longest form of several words that begins at `at`, as (its length, what is known of it)."""
        for length in range(min(self._longest, len(words) - at), 1, -1):
            found = self._entries.get(tuple(words[at : at + length]))
            if found is not None:
                return length, found
        return None

    def _add(self, form: Phrase, entry: Entry) -> None:
        known = self._entries.get(form)
        if known is not None:
            entry = known.with_all_of(entry)
        self._entries[form] = entry
        self._longest = max(self._longest, len(form))
        if len(form) == 1 and not form[0].isascii() and entry.equivalents:
            self._by_root.setdefault(root(form[0]), entry)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read the table that ships with the platform. Raises ConfigurationError for a line that cannot be read."""
    return Lexicon(_source().decode("utf-8").splitlines())


def lexicon_checksum() -> str:
    """Return the SHA-256 of the table."""
    return hashlib.sha256(_source()).hexdigest()


def _source() -> bytes:
    return (files("rag.islamic") / "lexicon.tsv").read_bytes()


def _entry(equivalents: str) -> Entry:
    if equivalents in (_FRAME, _WEAK, _ABSENT):
        return Entry(frame=equivalents == _FRAME, weak=equivalents == _WEAK, absent=equivalents == _ABSENT)
    return Entry(tuple(_phrases(equivalents)))


def _phrases(column: str) -> Iterator[Phrase]:
    for part in _SEPARATORS.split(column):
        words = tuple(search_words(part))
        if words:
            yield words


def _unreadable(number: int) -> ConfigurationError:
    return ConfigurationError(Bilingual(f"Line {number} of the lexicon cannot be read.", f"تعذّرت قراءة السطر {number} من المعجم."))
