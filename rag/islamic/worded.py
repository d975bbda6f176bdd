"""Which verse a text is the wording of, in whatever installed translation's words. Knows nothing of files, or of what else was found.

All translations of a language are read as one text a verse, so that a translator who is not installed is understood by those who are:
BM25 over stems and pairs of neighbouring ones. How likely the best verse is meant is told by the share of the text's weight that its
wordings have, and by how far it stands above what is worded otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from fanar.documents import Document
from fanar.scripture.order import VERSES
from rag.analysis import search_words
from rag.islamic.postings import Floats
from rag.islamic.terms import wording
from rag.islamic.wordings import Wordings

_LONGEST = 100
_SATURATION, _BY_LENGTH = 4.0, 0.75
_ARABIC = "ar"
"""Who words the Quran in its own language explains it; that is no translation."""
_SHARE, _LEAD, _INTERCEPT = 9.4, 3.9, -4.6
"""Fitted on our own English questions with one translation, by `python -m tests.benchmarks.worded_fit`, rounded."""
_SAID_BY_WHO_ASKS = 0.5
_MARKS = " \t\n\"'’”»)]"


@dataclass(frozen=True, slots=True)
class Worded:
    """The verse whose wordings a text is nearest to: the share that they have of it, and its lead over verses that say something else."""

    verse: Document
    share: float
    lead: float

    @property
    def probability(self) -> float:
        """How likely it is that this verse is meant."""
        return 1 / (1 + exp(-(_SHARE * self.share + _LEAD * self.lead + _INTERCEPT)))


class InstalledWordings:
    """The wordings of all translations on a shelf; `verses` are all verses in order."""

    def __init__(self, *, shelf: Callable[[], Sequence[Wordings]], verses: Sequence[Document]) -> None:
        self._shelf = shelf
        self._verses = verses
        numbers: dict[str, int] = {}
        self._alike = np.array([numbers.setdefault(verse.spelling, row) for row, verse in enumerate(verses)], dtype=np.int32)

    def of(self, text: str) -> Worded | None:
        """Return the verse that `text` most likely words; None where no translation is installed, or it only asks."""
        terms = wording(search_words(text)[:_LONGEST])
        found = [self._nearest(terms, each) for each in _by_language(self._shelf()).values()] if terms else []
        best = max(found, key=lambda each: each.probability, default=None)
        return None if best is None or (_asks(text) and best.share <= _SAID_BY_WHO_ASKS) else best

    def _nearest(self, terms: Mapping[str, float], translations: Sequence[Wordings]) -> Worded:
        said = _frequencies(terms, translations)
        weights = np.array(list(terms.values()), dtype=np.float32) * _rarities(said)
        lengths = np.sum([each.lengths for each in translations], axis=0)
        damping = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * lengths / (lengths.mean() or 1.0))
        scores: Floats = weights @ (said / (said + damping))
        row = int(scores.argmax())
        elsewhere = float(scores[self._alike != self._alike[row]].max(initial=0.0))
        share = float(weights @ (said[:, row] > 0)) / float(weights.sum())
        return Worded(self._verses[row], share, 1 - elsewhere / float(scores[row]) if scores[row] else 0.0)


def _by_language(installed: Sequence[Wordings]) -> dict[str, list[Wordings]]:
    found: dict[str, list[Wordings]] = {}
    for each in installed:
        if each.language != _ARABIC:
            found.setdefault(each.language, []).append(each)
    return found


def _frequencies(terms: Mapping[str, float], translations: Sequence[Wordings]) -> Floats:
    """Return how often the verses, a column each, have the terms, a row each, in all translations together."""
    found = np.zeros((len(terms), VERSES), dtype=np.float32)
    for each in translations:
        for at, term in enumerate(terms):
            rows, weights = each.terms.weighted(term)
            found[at, rows] += weights
    return found


def _rarities(said: Floats) -> Floats:
    verses = np.count_nonzero(said, axis=1)
    return np.asarray(np.log(1 + (VERSES - verses + 0.5) / (verses + 0.5)), dtype=np.float32)


def _asks(text: str) -> bool:
    return text.rstrip(_MARKS).endswith(("?", "؟"))
