"""Finds verses for a question and says of each how sure it is. Knows nothing of stores, of models, or of how an answer is worded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fanar.bilingual import Bilingual
from fanar.documents import Document, ScoredDocument
from fanar.errors import NotFoundError
from fanar.protocols import Filters
from fanar.scripture.order import Place
from rag.analysis import search_words
from rag.documents import meets
from rag.ingest.quran import NAME
from rag.islamic.confidence import Calibration
from rag.islamic.evidence import Question, evidence_for
from rag.islamic.postings import Floats
from rag.islamic.reading import QuestionReader
from rag.islamic.vocabulary import Vocabulary
from rag.islamic.worded import Worded
from rag.retrievers.signals import Candidate, CandidateSource

_DEPTH = 40
_SURELY_WORDED = 0.85
"""How likely, beside the verse that a text words, another may be for that one to be meant."""


def nothing_worded(_: str) -> None:
    """Say that a text words no verse."""


@dataclass(frozen=True, slots=True)
class JudgedVerses:
    """The candidates for a question in the order in which they were found, and what speaks for each, a row of NAMES a candidate."""

    candidates: tuple[Candidate, ...]
    evidence: Floats


class VerseRetriever:
    """A Retriever of verses whose scores are calibrated probabilities and whose `confident` is meant for readers.

    `worded` says which verse a text is a translation of, where it is one.
    """

    def __init__(
        self,
        *,
        source: CandidateSource,
        reader: QuestionReader,
        vocabulary: Vocabulary,
        calibration: Calibration,
        worded: Callable[[str], Worded | None] = nothing_worded,
    ) -> None:
        self._source = source
        self._reader = reader
        self._vocabulary = vocabulary
        self._calibration = calibration
        self._worded = worded

    @property
    def threshold(self) -> float:
        """The probability from which a passage may be shown as an answer."""
        return self._calibration.threshold

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return verses, the likeliest passage first, each with the score of its passage.

        Raises NotFoundError for a corpus that is no scripture.
        """
        if set(corpora) - {NAME}:
            raise _not_scripture()
        judged, worded = await asyncio.gather(self.judged(query, filters=filters), asyncio.to_thread(self._worded, query))
        documents = [candidate.document for candidate in judged.candidates]
        likely = self._calibration.probabilities(judged.evidence)
        if worded is not None and meets(worded.verse.metadata, filters):
            documents, likely = _led_by(worded, documents, likely)
        passages = self._calibration.judge([_place(document) for document in documents], likely)
        scored = [ScoredDocument(documents[at], passage.probability, passage.confident) for passage in passages for at in passage.members]
        return scored[:top_k]

    async def judged(self, query: str, *, filters: Filters | None = None) -> JudgedVerses:
        """Return the candidates for `query` and what speaks for them."""
        candidates = await self._source.candidates(query, top_k=_DEPTH, corpora=(NAME,), filters=filters)
        return await asyncio.to_thread(self._judge, query, candidates)

    def _judge(self, query: str, candidates: Sequence[Candidate]) -> JudgedVerses:
        places = [_place(candidate.document) for candidate in candidates]
        evidence = evidence_for(
            Question(self._reader.concepts(query), search_words(query)),
            np.array([self._vocabulary.rows[place] for place in places], dtype=np.int32),
            vocabulary=self._vocabulary,
            cosine=np.array([max(0.0, candidate.signals.cosine) for candidate in candidates], dtype=np.float32),
            grams=np.array([candidate.signals.bm25.get("grams", 0.0) for candidate in candidates], dtype=np.float32),
        )
        return JudgedVerses(tuple(candidates), evidence)


def _led_by(worded: Worded, documents: list[Document], likely: Floats) -> tuple[list[Document], Floats]:
    """Return the candidates with the verse that a text words among them, as likely as that makes it, unless another is nearly as likely."""
    ids = [document.id for document in documents]
    others = [probability for id_, probability in zip(ids, likely, strict=True) if id_ != worded.verse.id]
    if max(others, default=0.0) >= _SURELY_WORDED * worded.probability:
        return documents, likely
    if worded.verse.id not in ids:
        documents, likely = [*documents, worded.verse], np.append(likely, np.float32(0.0))
    at = [document.id for document in documents].index(worded.verse.id)
    likely[at] = max(likely[at], worded.probability)
    return documents, likely


def _place(verse: Document) -> Place:
    return verse.metadata["surah"], verse.metadata["ayah"]


def _not_scripture() -> NotFoundError:
    return NotFoundError(
        Bilingual("This search knows only the corpus quran.", "لا يشمل هذا البحث سوى مدونة القرآن (quran)."),
        param="corpora",
    )
