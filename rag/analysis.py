"""How text becomes search terms: words, stems, roots, character n-grams. Knows nothing of indexes.

Passages and questions are taken apart by the same rules, or nothing would be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from fanar.arabic.ngrams import character_ngrams
from fanar.arabic.stemming import light10, root, snowball
from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import normal_words
from fanar.documents import Document
from rag.ingest.expansion import Expansion
from rag.lookalikes import told_apart

VERSION = "6"
"""Changes whenever the same text gives other terms or an index lies otherwise on the disk: one of another version is not used."""

Field = Literal["words", "stems", "roots", "grams", "translation", "subjects", "subject_roots"]
FIELDS: tuple[Field, ...] = ("words", "stems", "roots", "grams", "translation", "subjects", "subject_roots")
BY_ROOT = 0.7
"""What a word is worth, beside the word itself, that shares only a guessed root with it."""
SHORTEST_ROOT = 3
"""Letters; shorter guesses are shared by words that have nothing in common."""

_SMALL_WORDS = STOPWORDS | frozenset(("many", "much", "often"))  # «how many» asks; it says nothing of what for
_LONGEST_WORD = 40
_SHORTEST_GRAM = 3
_LONGEST_GRAM = 4
_FORMS_WITH_GRAMS = 3  # more would drown the question in the spellings of its synonyms
_LONGEST_QUESTION = 64  # content words; what follows them costs time and finds nothing


@dataclass(frozen=True, slots=True)
class Term:
    """One content word of a question. `alternatives` are other single words for it; each is as good as the word itself."""

    word: str
    alternatives: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The word and its alternatives."""
        return (self.word, *self.alternatives)


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A passage's terms by field, and its headings, each as the stems of its content words."""

    fields: Mapping[Field, list[str]]
    headings: tuple[tuple[str, ...], ...]


def search_words(text: str) -> list[str]:
    """Return the words of `text` as they are indexed; longer ones than anybody writes are cut."""
    return [word[:_LONGEST_WORD] for word in normal_words(text)]


def content_words(text: str) -> list[str]:
    """Return the words that say what `text` is about; all of them when it has no others."""
    found = search_words(text)
    return [word for word in found if word not in _SMALL_WORDS] or found


def stem(word: str) -> str:
    """Return the stem under which `word` is indexed: Snowball's in Latin letters; light10's, save where that is another word's."""
    return snowball(word) if word.isascii() else told_apart(word, light10(word))


def roots(words: Iterable[str]) -> list[str]:
    """Return the guessed roots of the Arabic words."""
    return [root(word) for word in words if not word.isascii()]


def telling_roots(words: Iterable[str]) -> list[str]:
    """Return those guessed roots that are long enough to tell words apart."""
    return [each for each in roots(words) if len(each) >= SHORTEST_ROOT]


def grams(words: Iterable[str]) -> list[str]:
    """Return the character n-grams of the words."""
    return character_ngrams(words, shortest=_SHORTEST_GRAM, longest=_LONGEST_GRAM)


def analyse(document: Document) -> AnalysedDocument:
    """Return the terms of a passage: of its text (in its everyday spelling, where it has one), translation and headings."""
    expansion = Expansion.decoded(document.expansion)
    words = search_words(expansion.spelling or document.text)
    translated = content_words(document.translation or "")
    headings = [content_words(heading.text) for heading in expansion.headings]
    headed = [word for heading in headings for word in heading]
    fields: dict[Field, list[str]] = {
        "words": words,
        "stems": [stem(word) for word in words if word not in _SMALL_WORDS],
        "roots": roots(word for word in words if word not in _SMALL_WORDS),
        "grams": grams(words),
        "translation": [stem(word) for word in translated],
        "subjects": [stem(word) for word in headed],
        "subject_roots": roots(headed),
    }
    return AnalysedDocument(MappingProxyType(fields), tuple(tuple(stem(word) for word in heading) for heading in headings))


def read_question(text: str) -> list[Term]:
    """Return the content words of a question, each once, with no alternatives."""
    return [Term(word) for word in dict.fromkeys(content_words(text)[:_LONGEST_QUESTION])]


def query_fields(terms: Iterable[Term]) -> dict[Field, list[tuple[str, ...]]]:
    """Return what to look for in each field: groups of terms, any one of which will do for its group."""
    terms = list(terms)
    stems = [_distinct(stem(form) for form in term.forms) for term in terms]
    found = [group for group in (_distinct(roots(term.forms)) for term in terms) if group]
    return {
        "words": [_distinct(term.forms) for term in terms],
        "stems": stems,
        "roots": found,
        "grams": [(gram,) for gram in _distinct(gram for term in terms for gram in grams(term.forms[:_FORMS_WITH_GRAMS]))],
        "translation": [group for group in (tuple(s for s in forms if s.isascii()) for forms in stems) if group],
        "subjects": stems,
        "subject_roots": found,
    }


def _distinct(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
