"""Which headings are said as a question is said, and which verses they point to. Knows nothing of what words mean.

Nearness is the cosine of the two wordings. Who asks as somebody else asked before most likely means the same verses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.islamic.postings import Floats, Rows
from rag.islamic.terms import wording
from rag.islamic.vocabulary import Vocabulary, wording_rarity

_NEAREST = 30
_SHARPNESS = 15.0
"""How fast a heading's say falls with its distance from the nearest one."""
NEIGHBOURHOOD = 6
"""Verses before and after that tell of the same."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What the nearest headings say of some verses, a number a verse.

    `said` is the nearness of a verse's nearest heading, `said_standing` that as a share of the nearest of all, `votes` the share of the
    nearest headings that point to it, `said_lead` how much nearer it is than what points elsewhere, `narrow` one through the number of
    verses that the nearest heading points to. `said_best` is the nearness of the nearest of all.
    """

    said: Floats
    said_standing: Floats
    votes: Floats
    said_lead: Floats
    narrow: Floats
    said_best: float


def phrasing_of(words: Sequence[str], verses: Rows, vocabulary: Vocabulary) -> Phrasing:
    """Compare the wording of a question with all headings, and say what that means for `verses`."""
    nearness = _nearness(words, vocabulary)
    lines = np.zeros(len(vocabulary.line_verses.starts) - 1, dtype=np.float32)
    np.maximum.at(lines, vocabulary.line_of, nearness)
    best = float(lines.max(initial=0.0))
    nearest = np.argpartition(-nearness, min(_NEAREST, len(nearness) - 1))[:_NEAREST]
    say = np.exp((nearness[nearest] - best) * _SHARPNESS)
    votes = np.zeros(len(vocabulary.surahs), dtype=np.float32)
    for line, share in zip(vocabulary.line_of[nearest], say / say.sum(), strict=True):
        votes[vocabulary.line_verses.of(line)] += share
    said, narrow = _nearest_lines(verses, lines, vocabulary)
    elsewhere = _elsewhere(verses, sorted(set(vocabulary.line_of[nearest].tolist()), key=lambda line: -lines[line]), lines, vocabulary)
    return Phrasing(
        said=said,
        said_standing=said / (best or 1.0),
        votes=votes[verses],
        said_lead=said - elsewhere,
        narrow=narrow,
        said_best=best,
    )


def _nearness(words: Sequence[str], vocabulary: Vocabulary) -> Floats:
    headings = len(vocabulary.sizes)
    found = np.zeros(headings, dtype=np.float32)
    length = 0.0
    for term, count in wording(words).items():
        rows, weights = vocabulary.wordings.weighted(term)
        weight = count * wording_rarity(len(rows), headings)
        length += weight * weight
        found[rows] += weight * weights
    return np.minimum(found / (length**0.5 or 1.0), 1.0)


def _nearest_lines(verses: Rows, lines: Floats, vocabulary: Vocabulary) -> tuple[Floats, Floats]:
    """Return of each verse the nearness of its nearest line, and one through the number of verses of that line."""
    said, narrow = np.zeros(len(verses), dtype=np.float32), np.zeros(len(verses), dtype=np.float32)
    for at, verse in enumerate(verses):
        own = vocabulary.verse_lines.of(verse)
        if len(own):
            line = own[int(np.argmax(lines[own]))]
            said[at] = lines[line]
            narrow[at] = 1 / max(1, len(vocabulary.line_verses.of(line)))
    return said, narrow


def _elsewhere(verses: Rows, nearest: Sequence[int], lines: Floats, vocabulary: Vocabulary) -> Floats:
    """Return of each verse the nearness of the nearest line that points to nothing near it."""
    found = np.zeros(len(verses), dtype=np.float32)
    open_ = np.ones(len(verses), dtype=np.bool_)
    for line in nearest:
        apart = open_ & ~_near(verses, vocabulary.line_verses.of(line), vocabulary)
        found[apart] = lines[line]
        open_ &= ~apart
        if not open_.any():
            break
    return found


def _near(verses: Rows, others: Rows, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    same = vocabulary.surahs[verses][:, None] == vocabulary.surahs[others][None, :]
    close = np.abs(verses[:, None] - others[None, :]) <= NEIGHBOURHOOD
    return np.asarray((same & close).any(axis=1))
