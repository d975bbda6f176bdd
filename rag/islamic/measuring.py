"""Questions with the verses that answer them, and what would be shown of them: how much is right, and how much is missed. Fits nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from fanar.scripture.order import Place
from rag.islamic.confidence import confident
from rag.islamic.neighbours import passages
from rag.islamic.workbench import Workbench

Floats = NDArray[np.float64]
CLOSENESS = 0.9
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question written by hand with the ids of the verses that answer it; none, when nothing in the Quran does."""

    variety: str
    text: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and its candidates: ids, and the evidence, a row of evidence.NAMES a candidate."""

    question: Question
    ids: tuple[str, ...]
    rows: Floats

    @property
    def labels(self) -> Floats:
        """1 for each candidate that answers."""
        return np.array([float(id_ in self.question.accepted) for id_ in self.ids])

    @property
    def places(self) -> list[Place]:
        """Where the candidates stand."""
        return [(int(surah), int(ayah)) for surah, ayah in (id_.split(":") for id_ in self.ids)]

    def scored(self, probabilities: Sequence[float] | Floats) -> Scored:
        """Return the passages that the candidates form when they are so likely."""
        likely = np.asarray(probabilities, dtype=np.float32)
        found = passages(self.places, likely)
        ids = tuple(tuple(self.ids[at] for at in members) for members in found)
        return Scored(self.question, ids, tuple(float(likely[members[0]]) for members in found))


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, the passages that its candidates form, the likeliest first, and how likely each answers."""

    question: Question
    passages: tuple[tuple[str, ...], ...]
    probabilities: tuple[float, ...]

    def shown(self, threshold: float, *, closeness: float = CLOSENESS) -> list[tuple[str, ...]]:
        """Return what is shown: the confident passages, of at most MOST_SHOWN verses together."""
        flags = confident(self.probabilities, threshold=threshold, closeness=closeness)
        left = MOST_SHOWN
        found: list[tuple[str, ...]] = []
        for ids in compress(self.passages, flags):
            if left:
                found.append(ids[:left])
                left -= len(found[-1])
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What is shown at a threshold.

    `precision` is the share of shown passages that hold a verse which answers, `verses` the share of their verses that answer; `coverage`
    the share of the answerable questions with a shown passage, `hits` that with a right one, `false_alarms` the share of the unanswerable
    ones with any.
    """

    threshold: float
    precision: float
    verses: float
    coverage: float
    hits: float
    false_alarms: float


def read_questions(text: str) -> list[Question]:
    """Read lines `variety<TAB>question<TAB>references`, the last `-` where nothing answers. Raises ValueError for another line."""
    found: list[Question] = []
    for line in text.splitlines():
        variety, question, references = line.split("\t")[:3]
        found.append(Question(variety, question, frozenset(_ids(references))))
    return found


async def judge(workbench: Workbench, questions: Sequence[Question]) -> list[Judged]:
    """Return the candidates and evidence of each question."""
    found: list[Judged] = []
    for question in questions:
        judged = await workbench.retriever.judged(question.text)
        found.append(Judged(question, tuple(each.document.id for each in judged.candidates), judged.evidence.astype(np.float64)))
    return found


def measure(scored: Sequence[Scored], threshold: float) -> Measured:
    """Return what is shown, and how much of it is right, at `threshold`."""
    shown = [(each.question.accepted, each.shown(threshold)) for each in scored]
    passages = [(accepted, ids) for accepted, found in shown for ids in found]
    verses = [id_ in accepted for accepted, ids in passages for id_ in ids]
    answerable = [(accepted, found) for accepted, found in shown if accepted]
    hits = sum(any(not accepted.isdisjoint(ids) for ids in found) for accepted, found in answerable)
    return Measured(
        threshold=threshold,
        precision=sum(not accepted.isdisjoint(ids) for accepted, ids in passages) / max(1, len(passages)),
        verses=sum(verses) / max(1, len(verses)),
        coverage=sum(bool(found) for _, found in answerable) / max(1, len(answerable)),
        hits=hits / max(1, len(answerable)),
        false_alarms=sum(bool(found) for accepted, found in shown if not accepted) / max(1, len(shown) - len(answerable)),
    )


def choose(scored: Sequence[Scored], suffices: Callable[[Measured], bool]) -> Measured:
    """Return what is measured at the lowest threshold that suffices; at the highest, where none does."""
    measured = [measure(scored, round(threshold, 3)) for threshold in np.arange(0.98, 0.2, -0.01)]
    return min(filter(suffices, measured), key=lambda each: each.threshold, default=measured[0])


def _ids(references: str) -> list[str]:
    found: list[str] = []
    for reference in references.split(",") if references.strip() != "-" else ():
        surah, _, verses = reference.strip().partition(":")
        first, _, last = verses.partition("-")
        found += [f"{surah}:{ayah}" for ayah in range(int(first), int(last or first) + 1)]
    return found
