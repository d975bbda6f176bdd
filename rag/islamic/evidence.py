"""What speaks for a verse as the answer to a question, as numbers that a person can follow. Knows nothing of how they are weighed.

Of the concepts: `coverage` is the share of the question that the verse and its best subject line explain, `text` and `line` what each
explains alone; `match` is how well question and best heading cover each other, `whole` how much of that heading the question says;
`missing` is the weightiest concept left unexplained, `untold` the particular asked for that is left so (its colour, its name), `unknown`
the share that no verse at all explains, `absent` the share that scripture is known to say nothing of; `breadth` grows with the verses of
the line, `size` with what the question asks about; `standing` is this verse's evidence as a share of the best one's, `lead` how far it
stands above the best one elsewhere. `text_standing` and `text_lead` say the same of its own text, the latter beside the verses of its
lines. `number` is whether a verse names a number where one is asked for, `plea` whether it is a supplication where one is asked for. Of the
wording see rag/islamic/phrasing.py, of what kind of thing is asked for rag/islamic/asking.py. Of the retriever: `cosine`, nearness of the
vectors, and `grams`, of the spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from rag.islamic.asking import KINDS, asks_a_particular, kinds_of
from rag.islamic.explained import Explained, explain
from rag.islamic.framing import topic_of
from rag.islamic.phrasing import NEIGHBOURHOOD, phrasing_of
from rag.islamic.postings import Floats, Rows
from rag.islamic.reading import Concept
from rag.islamic.vocabulary import Vocabulary

_MANY_VERSES = 30
_MANY_WORDS = 3

_LEFT_OPEN = ("missing", "untold", "unknown", "absent")
OF_CONCEPTS = ("coverage", "text", "line", "match", "whole", *_LEFT_OPEN, "breadth", "size", "standing", "lead")
OF_TEXT = ("text_standing", "text_lead", "number", "plea")
OF_WORDING = ("said", "said_standing", "votes", "said_lead", "narrow", "said_best")
OF_RETRIEVER = ("cosine", "grams")
NAMES = (*OF_CONCEPTS, *OF_TEXT, *OF_WORDING, *OF_RETRIEVER, *KINDS)
"""All numbers, in the order in which they are given."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart: what it asks about, and all its words in their search form."""

    concepts: Sequence[Concept]
    words: Sequence[str]


def evidence_for(question: Question, verses: Rows, *, vocabulary: Vocabulary, cosine: Floats, grams: Floats) -> Floats:
    """Return a row of NAMES for each of `verses`; `cosine` and `grams` are the retriever's, one a verse."""
    if not len(verses):
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    explained = explain(question.concepts, vocabulary)
    particulars = np.array([asks_a_particular(concept.words[0]) for concept in question.concepts], dtype=np.bool_)
    table = _of_concepts(explained, particulars, verses, vocabulary)
    phrasing = phrasing_of(topic_of(question.words), verses, vocabulary)
    table |= {name: np.broadcast_to(getattr(phrasing, name), len(verses)) for name in OF_WORDING}
    kinds = kinds_of(question.words)
    table |= {kind: np.full(len(verses), asked, dtype=np.float32) for kind, asked in kinds.items()}
    table["number"] = (kinds["asks_count"] * np.where(vocabulary.numbers[verses], 1, -1)).astype(np.float32)
    table["plea"] = (kinds["asks_plea"] * np.where(vocabulary.pleas[verses], 1, -1)).astype(np.float32)
    absent = np.array([concept.absent for concept in question.concepts], dtype=np.bool_)
    table["absent"] = np.full(len(verses), explained.rarities[absent].sum() / explained.total, dtype=np.float32)
    table |= {"cosine": cosine, "grams": grams}
    return np.column_stack([table[name] for name in NAMES]).astype(np.float32)


def _of_concepts(explained: Explained, particulars: Flags, verses: Rows, vocabulary: Vocabulary) -> dict[str, Floats]:
    """Return what the concepts say of each verse, by the subject line that speaks for it most."""
    own = explained.verses[:, verses]
    pairs, lines = _pairs(verses, explained, vocabulary)
    together = np.maximum(own[:, pairs], _by_line(explained, lines))
    share: Floats = explained.rarities @ together / np.float32(explained.total)
    weight: Floats = (share + _of(explained.match, lines)) / np.float32(2)
    best = _best_of_each(pairs, weight, len(verses))
    lines, together, weight = lines[best], together[:, best], weight[best]
    text: Floats = explained.rarities @ own / np.float32(explained.total)
    gaps = explained.rarities[:, None] * (1 - together)
    return {
        "coverage": share[best],
        "text": text,
        "line": explained.rarities @ _by_line(explained, lines) / explained.total,
        "match": _of(explained.match, lines),
        "whole": _of(explained.whole, lines),
        "missing": gaps.max(axis=0, initial=0.0) / vocabulary.ceiling,
        "untold": (1 - together[particulars]).max(axis=0, initial=0.0),
        "unknown": np.full(len(verses), explained.unknown, dtype=np.float32),
        "breadth": _breadth(lines, vocabulary),
        "size": np.full(len(verses), min(1.0, explained.total / (_MANY_WORDS * vocabulary.ceiling)), dtype=np.float32),
        "standing": weight / (weight.max() or 1.0),
        "lead": _lead(verses, weight, vocabulary),
        "text_standing": text / (text.max() or 1.0),
        "text_lead": text - _best_of_company(verses, text, vocabulary),
    }


def _pairs(verses: Rows, explained: Explained, vocabulary: Vocabulary) -> tuple[Rows, Rows]:
    """Return (place of the verse, line) for each line of each verse that explains anything; line -1 is none, and every verse has it."""
    told = explained.lines.max(axis=0, initial=0.0) > 0
    pairs: list[int] = []
    lines: list[int] = []
    for at, verse in enumerate(verses):
        own = [line for line in vocabulary.verse_lines.of(verse).tolist() if told[line]]
        pairs += [at] * (len(own) + 1)
        lines += [-1, *own]
    return np.array(pairs, dtype=np.int32), np.array(lines, dtype=np.int32)


def _by_line(explained: Explained, lines: Rows) -> Floats:
    return np.where(lines >= 0, explained.lines[:, lines], np.float32(0.0))


def _of(values: Floats, lines: Rows) -> Floats:
    return np.where(lines >= 0, values[lines], np.float32(0.0))


def _best_of_each(pairs: Rows, weight: Floats, verses: int) -> Rows:
    """Return of each verse the place of its weightiest pair, the first of equals."""
    order = np.lexsort((np.arange(len(pairs)), -weight, pairs))
    return np.asarray(order[np.searchsorted(pairs[order], np.arange(verses))], dtype=np.int32)


def _breadth(lines: Rows, vocabulary: Vocabulary) -> Floats:
    sizes = np.diff(vocabulary.line_verses.starts)[lines] * (lines >= 0)
    return np.asarray(np.minimum(1.0, np.log1p(sizes) / log1p(_MANY_VERSES)), dtype=np.float32)


def _lead(verses: Rows, weight: Floats, vocabulary: Vocabulary) -> Floats:
    """Return how far each verse's weight stands above that of any verse elsewhere, as a share of its own."""
    surahs = vocabulary.surahs[verses]
    apart = (surahs[:, None] != surahs[None, :]) | (np.abs(verses[:, None] - verses[None, :]) > NEIGHBOURHOOD)
    elsewhere = np.where(apart, weight[None, :], 0.0).max(axis=1)
    return np.where(weight > 0, np.maximum(0.0, 1 - elsewhere / np.where(weight > 0, weight, 1.0)), 0.0).astype(np.float32)


def _best_of_company(verses: Rows, text: Floats, vocabulary: Vocabulary) -> Floats:
    """Return the best of what the other verses of a verse's lines explain by their own text."""
    lines = [vocabulary.verse_lines.of(verse) for verse in verses]
    known, columns = np.unique(np.concatenate(lines), return_inverse=True)
    named = np.zeros((len(verses), len(known)), dtype=np.float32)
    named[np.repeat(np.arange(len(verses)), [len(own) for own in lines]), columns] = 1
    company = (named @ named.T > 0) & ~np.eye(len(verses), dtype=np.bool_)
    return np.asarray(np.where(company, text[None, :], 0.0).max(axis=1), dtype=np.float32)
