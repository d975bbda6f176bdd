"""Turns a conversation into the numbered, weighted features that the classifier reads. Knows nothing of routes or weights.

A feature is a bucket of a table of 2^18: character 2–5-grams within words, words and pairs of words, concepts and their pairs, and a
few hints on form. The previous user turn has a namespace of its own. The cost is bounded: of a long text head and tail are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fanar.arabic.normalization import normalize
from fanar.linear.hashing import Hashes, buckets_of, character_hashes, named_hashes, word_hashes
from orchestrator.routing.concepts import ConceptTable

Block = tuple[Sequence[Hashes], float]
"""Hashes in pieces, and what they weigh together."""

BITS = 18
BUCKETS = 1 << BITS
VERSION = 5
HEAD, TAIL = 300, 200

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_REPEATED = re.compile(r"(.)\1{2,}")
_LONGEST_GRAM = 5
_PREVIOUS = 0x5BD1E995
_SIGNS = '?؟:«"()=+%!…﴿/'
_SACRED = frozenset(
    (
        "quran",
        "tafsir",
        "hadith",
        "ruling",
        "worship",
        "dua",
        "zakat",
        "inherit",
        "hijri",
        "prayer_time",
        "creed",
        "saheeh",
        "tenets",
        "holy_places",
        "repentance",
        "modern_fiqh",
        "burial",
        "scholars",
        "quranic",
        "adhkar",
        "seasons_holy",
        "muslim_life",
        "prayer_acts",
        "purity_objects",
        "fasting_law",
        "pilgrimage_law",
        "zakat_goods",
        "marriage_law",
        "money_law",
        "food_drink_law",
        "dress_body_law",
        "vows_sins_law",
        "quran_science",
        "hadith_science",
        "creed_terms",
        "sira_names",
        "supplication_situations",
        "heart_and_rank",
        "estate_words",
        "calendar_holy",
        "prayer_clock_holy",
        "may_i_religious",
        "usul_sects",
        "worship_situations",
        "moral_doubts",
    )
)
_WEIGHTS = {"characters": 1.15, "words": 0.7, "concepts": 0.4, "form": 0.2, "previous": 0.3, "topic": 0.2, "topic_of_short": 0.5}
_SHORT = 5
_MOST_CONCEPTS = 12
_PAIRS = tuple(np.triu_indices(count, k=1) for count in range(_MOST_CONCEPTS + 1))


@dataclass(frozen=True, slots=True)
class Features:
    """Buckets and their values, the same length; a bucket may occur more than once."""

    buckets: NDArray[np.int64]
    values: NDArray[np.float32]


class FeatureExtractor:
    """Reads features off conversations."""

    def __init__(self, *, concepts: ConceptTable) -> None:
        self._concepts = concepts
        self._sacred = frozenset(at for at, name in enumerate(concepts.names) if name in _SACRED)
        self._hints, self._earlier = _Hints(len(concepts.names)), _Hints(len(concepts.names), salt=_PREVIOUS)

    def extract(self, text: str, previous: str = "") -> Features:
        """Return the features of `text`, the turn to route, in the light of the `previous` user turn."""
        clipped = clip(text)
        normal = normalize(clipped)
        words = split(normal)
        concepts = self._concepts.find(words)
        blocks: list[Block] = [
            (character_hashes(words, longest=_LONGEST_GRAM), _WEIGHTS["characters"]),
            (word_hashes(words), _WEIGHTS["words"]),
            (self._hints.of(concepts), _WEIGHTS["concepts"]),
            ([named_hashes([*_form(normal, words, text), *self._weight_of_concepts(concepts), f"follows{bool(previous)}"])], 0.0),
        ]
        if previous:
            blocks += self._topic(split(normalize(clip(previous))), short=len(words) <= _SHORT)
        return _joined(blocks)

    def _weight_of_concepts(self, concepts: Sequence[int]) -> list[str]:
        """How much of the prompt hints at anything, and at religion: prompts without any such word are hardly ever Islamic."""
        sacred = [concept for concept in concepts if concept in self._sacred]
        return [f"concepts{min(len(set(concepts)), 4)}", f"sacred{min(len(sacred), 3)}", f"sacredkinds{min(len(set(sacred)), 3)}"]

    def _topic(self, words: Sequence[str], *, short: bool) -> list[Block]:
        """What the turn before was about: read as if it were asked again, only fainter, and once more under names of its own."""
        weight = _WEIGHTS["topic_of_short"] if short else _WEIGHTS["topic"]
        earlier = [*self._earlier.of(self._concepts.find(words)), named_hashes([f"w{word}" for word in words], salt=_PREVIOUS)]
        return [
            (character_hashes(words, longest=_LONGEST_GRAM), weight),
            (word_hashes(words), weight),
            (earlier, _WEIGHTS["previous"]),
        ]


class _Hints:
    """The hashes of concepts, of each two of them, and of the first: looked up, for computing them takes longer than all n-grams."""

    def __init__(self, count: int, *, salt: int = 1) -> None:
        every = range(count)
        self._alone = named_hashes([f"c{at}" for at in every], salt=salt)
        self._first = named_hashes([f"first{at}" for at in every], salt=salt)
        pairs = [f"c{min(a, b)}+{max(a, b)}" for a in every for b in every]
        self._pairs = named_hashes(pairs, salt=salt).reshape(count, count)
        self._none = [named_hashes(["none"], salt=salt)]

    def of(self, concepts: Sequence[int]) -> list[Hashes]:
        """Return the hashes of what is distinct in `concepts`, up to a bound."""
        distinct = list(dict.fromkeys(concepts))[:_MOST_CONCEPTS]
        if not distinct:
            return self._none
        found = np.array(distinct)
        one, other = _PAIRS[len(distinct)]
        return [self._alone[found], self._pairs[found[one], found[other]], self._first[found[:1]]]


def clip(text: str) -> str:
    """Return `text`, or the head and tail of a long one."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def split(normal: str) -> list[str]:
    """Return the words of a normalised text; numbers keep only their length, drawn-out letters are shortened."""
    return [_shape(word) for word in _WORD.findall(_REPEATED.sub(r"\1", normal))]


def _shape(word: str) -> str:
    return "0" * min(len(word), 4) if word.isdigit() else word


def _form(normal: str, words: Sequence[str], text: str) -> list[str]:
    size = min(len(words), 3) if len(words) < 4 else min(4 + len(words) // 6, 10)
    latin = sum(map(str.isascii, words))
    script = "latin" if latin == len(words) else "arabic" if not latin else "both"
    names = [f"size{size}", script, *(f"sign{sign}" for sign in _SIGNS if sign in normal)]
    if words:
        names += [f"opens {words[0]}", f"opens {' '.join(words[:2])}", f"closes {words[-1]}"]
    if _DIGITS.search(normal):
        names.append("digits")
    if len(text) > HEAD + TAIL:
        names.append("long")
    return names


def _joined(blocks: Sequence[Block]) -> Features:
    sizes = [sum(map(len, pieces)) for pieces, _ in blocks]
    values = [weight / max(size, 1) ** 0.5 if weight else _WEIGHTS["form"] for size, (_, weight) in zip(sizes, blocks, strict=True)]
    hashes = np.concatenate([piece for pieces, _ in blocks for piece in pieces])
    return Features(buckets_of(hashes, bits=BITS), np.array(values, dtype=np.float32).repeat(sizes))
