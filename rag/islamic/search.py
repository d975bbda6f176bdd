"""Finds verses for a question and says of each how sure it is. Knows nothing of stores, of models, or of how an answer is worded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.documents import ScoredDocument
from fanar.errors import NotFoundError
from fanar.protocols import Filters
from rag.ingest.quran import NAME
from rag.islamic.confidence import Calibration
from rag.islamic.evidence import Evidence, QuestionEvidence
from rag.islamic.reading import QuestionReader
from rag.islamic.vocabulary import Vocabulary
from rag.retrievers.signals import Candidate

_DEPTH = 40
_NEIGHBOURHOOD = 6  # verses before and after that tell of the same


class CandidateSource(Protocol):
    """Finds passages that may answer, with the signals that speak for them."""

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        """Return candidates, best first. Raises NotFoundError for a corpus that is not installed."""
        ...


class VerseRetriever:
    """A Retriever of verses whose scores are calibrated probabilities and whose `confident` is meant for readers."""

    def __init__(self, *, source: CandidateSource, reader: QuestionReader, vocabulary: Vocabulary, calibration: Calibration) -> None:
        self._source = source
        self._reader = reader
        self._vocabulary = vocabulary
        self._calibration = calibration

    @property
    def threshold(self) -> float:
        """The probability from which a verse may be shown as an answer."""
        return self._calibration.threshold

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return verses, the likeliest first. Raises NotFoundError for a corpus that is no scripture."""
        if set(corpora) - {NAME}:
            raise _not_scripture()
        judged = await self.judged(query, filters=filters)
        probabilities = [self._calibration.probability(evidence) for _, evidence in judged]
        flags = self._calibration.confident(probabilities)
        scored = [
            ScoredDocument(candidate.document, probability, confident)
            for (candidate, _), probability, confident in zip(judged, probabilities, flags, strict=True)
        ]
        return sorted(scored, key=lambda each: -each.score)[:top_k]

    async def judged(self, query: str, *, filters: Filters | None = None) -> list[tuple[Candidate, Evidence]]:
        """Return the candidates for `query`, each with what speaks for it, in the order in which they were found."""
        candidates = await self._source.candidates(query, top_k=_DEPTH, corpora=(NAME,), filters=filters)
        return await asyncio.to_thread(self._judge, query, candidates)

    def _judge(self, query: str, candidates: Sequence[Candidate]) -> list[tuple[Candidate, Evidence]]:
        question = QuestionEvidence(self._reader.concepts(query), vocabulary=self._vocabulary)
        found = [question.of(candidate.document) for candidate in candidates]
        places = [(candidate.document.metadata["surah"], candidate.document.metadata["ayah"]) for candidate in candidates]
        weights = [evidence.weight for evidence in found]
        best = max(weights, default=0.0) or 1.0
        return [
            (
                candidate,
                replace(
                    evidence,
                    standing=evidence.weight / best,
                    lead=_lead(at, places, weights),
                    cosine=max(0.0, candidate.signals.cosine),
                    grams=candidate.signals.bm25.get("grams", 0.0),
                ),
            )
            for at, (candidate, evidence) in enumerate(zip(candidates, found, strict=True))
        ]


def _lead(at: int, places: Sequence[tuple[int, int]], weights: Sequence[float]) -> float:
    """Return how far one verse's weight stands above that of any verse elsewhere, as a share of its own."""
    if not weights[at]:
        return 0.0
    surah, ayah = places[at]
    elsewhere = (weight for (s, a), weight in zip(places, weights, strict=True) if s != surah or abs(a - ayah) > _NEIGHBOURHOOD)
    return max(0.0, 1 - max(elsewhere, default=0.0) / weights[at])


def _not_scripture() -> NotFoundError:
    return NotFoundError(
        Bilingual("This search knows only the corpus quran.", "لا يشمل هذا البحث سوى مدونة القرآن (quran)."),
        param="corpora",
    )
