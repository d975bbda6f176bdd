"""The sentences of passages that say most about a question, verbatim. Knows nothing of what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from fanar.arabic.sentences import sentences
from fanar.documents import Document
from rag.analysis import BY_ROOT, Term, content_words, roots, stem, telling_roots

_NEARLY_AS_GOOD = 0.75  # of the best sentence's share
_LONGEST = 600  # characters of a sentence; a table or a list without stops is no sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of passage `number` (from 1) and the share of the question's words that it holds, rare words counting more."""

    number: int
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    stems: frozenset[str]
    roots: frozenset[str]
    weight: float


def best_sentences(terms: Sequence[Term], passages: Sequence[Document], *, limit: int = 3) -> list[Evidence]:
    """Return the best sentences, the best first, none twice; those that say much less than the best are left out."""
    pieces = [(number, sentence) for number, passage in enumerate(passages, 1) for sentence in _sentences(passage.text)]
    spoken = [content_words(sentence) for _, sentence in pieces]
    weighed = [_weighed(term, spoken) for term in terms]
    total = sum(term.weight for term in weighed) or 1.0
    found: dict[str, Evidence] = {}
    for (number, sentence), words in zip(pieces, spoken, strict=True):
        share = _held(weighed, words) / total
        if share > 0 and sentence not in found:
            found[sentence] = Evidence(number, sentence, share)
    ranked = sorted(found.values(), key=lambda each: (-each.share, each.number, len(each.text)))
    return [each for each in ranked[:limit] if each.share >= ranked[0].share * _NEARLY_AS_GOOD]


def _sentences(text: str) -> list[str]:
    return [each.text[:_LONGEST] for each in sentences(text)]


def _weighed(term: Term, spoken: Sequence[Sequence[str]]) -> _Weighed:
    stems = frozenset(stem(form) for form in term.forms)
    holding = sum(any(stem(word) in stems for word in words) for words in spoken)
    found = frozenset(telling_roots(term.forms))
    return _Weighed(stems, found, log(1 + (len(spoken) + 1) / (holding + 0.5)))


def _held(terms: Sequence[_Weighed], words: Sequence[str]) -> float:
    stems = {stem(word) for word in words}
    rooted = set(roots(words))
    return sum(term.weight if term.stems & stems else BY_ROOT * term.weight if term.roots & rooted else 0.0 for term in terms)
