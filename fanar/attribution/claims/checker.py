"""Holds the claims of a text against sources: the best passage for each, its verdict, its method, its score. Knows nothing of HTTP.

Plain checks judge every pair; an entailment model and a span model, where there are such, are asked about the best passages. Without a
model nothing is called contradicted unless one of the checks says what contradicts it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from fanar.attribution.claims.dividing import divided
from fanar.attribution.claims.evidence import Passage, SourceIndex
from fanar.attribution.claims.features import Signals, signals
from fanar.attribution.claims.judgement import Weights, as_entailment, contradiction_method, fused, load_weights, support_method
from fanar.attribution.claims.markers import Markers
from fanar.attribution.claims.reading import Reading, read
from fanar.attribution.claims.splitting import Claim, split_claims
from fanar.attribution_protocols import EntailmentModel, SpanModel
from fanar.bilingual import Bilingual
from fanar.claims import ClaimCitation, ClaimFinding, ClaimOptions, Entailment, Marker, Marking, Method, SourceText, Stretch
from fanar.errors import ModelUnavailableError, NotConfiguredError, OverloadedError, TooLargeError, UpstreamTimeoutError
from fanar.protocols import ChatModel

MOST_CLAIMS = 2_000
MOST_SOURCES = 500
MOST_CHARACTERS = 1_000_000

_log = logging.getLogger(__name__)
_MISSING = (ModelUnavailableError, NotConfiguredError, OverloadedError, UpstreamTimeoutError)
_AT_ONCE = 16
_FOR_MODEL = 3  # passages a claim that a model is asked about
_CERTAIN = 0.75  # a contradiction's least probability; to call a true sentence false is the worse mistake
_MANY_CLAIMS = Bilingual(
    f"A text of more than {MOST_CLAIMS} claims is not checked at once; with background it is checked as a job.",
    f"لا يُتحقق من نص فيه أكثر من {MOST_CLAIMS} ادعاء دفعة واحدة؛ ومع background يُتحقق منه في مهمة.",
)
_MANY_SOURCES = Bilingual(
    f"At most {MOST_SOURCES} sources of {MOST_CHARACTERS} characters in all are read at once.",
    f"يُقرأ دفعة واحدة {MOST_SOURCES} مصدر على الأكثر، مجموعها {MOST_CHARACTERS} محرف.",
)


@dataclass(frozen=True, slots=True)
class _Judged:
    passage: Passage
    found: Signals
    opinion: Entailment
    modelled: bool = False
    marking: Marking | None = None

    @property
    def method(self) -> Method:
        """What speaks most for the claim."""
        if self.found.values["copied"] == 1 or not (self.modelled or self.marking):
            return support_method(self.found)
        return "entailment" if self.modelled else "spans"


class ClaimChecker:
    """A ClaimVerifier by plain checks, and by `entailment` and `spans` where they are given.

    Sentences are split into claims by plain rules, and further by `splitter` as far as it answers within `splitting_seconds`.
    """

    def __init__(
        self,
        *,
        entailment: EntailmentModel | None = None,
        spans: SpanModel | None = None,
        weights: Weights | None = None,
        splitter: ChatModel | None = None,
        splitting_seconds: float = 10.0,
    ) -> None:
        self._entailment = entailment
        self._spans = spans
        self._weights = weights or load_weights()
        self._splitter = splitter
        self._splitting_seconds = splitting_seconds

    @property
    def version(self) -> str:
        """What judges: the weights of the plain checks, and the models."""
        return "+".join([self._weights.version, *(model.name for model in (self._entailment, self._spans) if model is not None)])

    @property
    def splitting(self) -> str:
        """What splits sentences into claims: plain rules, and the model that may cut further."""
        return "rules" if self._splitter is None else f"rules+{self._splitter.name}"

    async def check(
        self,
        text: str,
        sources: Sequence[SourceText],
        *,
        options: ClaimOptions = ClaimOptions(),  # noqa: B008 - frozen
    ) -> AsyncIterator[ClaimFinding]:
        """Yield a finding for each claim of `text`, in order. Raises TooLargeError beyond the bounds."""
        if len(sources) > MOST_SOURCES or sum(len(source.text) for source in sources) > MOST_CHARACTERS:
            raise TooLargeError(_MANY_SOURCES, param="sources")
        claims, index = await asyncio.to_thread(_prepared, text, sources)
        if self._splitter is not None:
            claims = await divided(claims, model=self._splitter, seconds=self._splitting_seconds)
        desk = _Desk(text, index, Markers(sources), self._weights, options)
        for first in range(0, len(claims), _AT_ONCE):
            batch = await asyncio.to_thread(desk.compared, claims[first : first + _AT_ONCE])
            if self._entailment is not None:
                batch = await _with_model(batch, self._entailment)
            if self._spans is not None:
                batch = await _with_spans(batch, self._spans)
            for claim, judged in batch:
                yield desk.verdict(claim, judged)


def _prepared(text: str, sources: Sequence[SourceText]) -> tuple[list[Claim], SourceIndex]:
    claims: list[Claim] = []
    for claim in split_claims(text):
        claims.append(claim)
        if len(claims) > MOST_CLAIMS:
            raise TooLargeError(_MANY_CLAIMS, param="text")
    return claims, SourceIndex(sources)


_Batch = list[tuple[Claim, list[_Judged]]]


async def _with_model(batch: _Batch, model: EntailmentModel) -> _Batch:
    asked = [(claim, judged[:_FOR_MODEL]) for claim, judged in batch]
    pairs = [(each.passage.text, claim.text) for claim, judged in asked for each in judged]
    try:
        answers = iter(await model.judge(pairs) if pairs else [])
    except _MISSING as error:
        # The plain checks stand by themselves, and a finding says by which of them it was made.
        _log.warning("the entailment model was not asked: %s", error)
        return batch
    return [
        (claim, [replace(each, opinion=fused(each.opinion, next(answers)), modelled=True) for each in judged]) for claim, judged in asked
    ]


async def _with_spans(batch: _Batch, model: SpanModel) -> _Batch:
    asked = [(claim, judged[:_FOR_MODEL]) for claim, judged in batch]
    pairs = [(each.passage.text, claim.text) for claim, judged in asked for each in judged]
    try:
        markings = iter(await model.mark(pairs) if pairs else [])
    except _MISSING as error:
        _log.warning("the span model was not asked: %s", error)
        return batch
    return [(claim, [_marked(each, next(markings)) for each in judged]) for claim, judged in asked]


def _marked(judged: _Judged, marking: Marking) -> _Judged:
    return replace(judged, opinion=fused(judged.opinion, as_entailment(judged.opinion, marking)), marking=marking)


class _Desk:
    """Judges the claims of one text."""

    def __init__(self, text: str, index: SourceIndex, markers: Markers, weights: Weights, options: ClaimOptions) -> None:
        self._text = text
        self._index = index
        self._markers = markers
        self._weights = weights
        self._options = options

    def compared(self, claims: Sequence[Claim]) -> _Batch:
        """Compare claims with the passages that speak of them, the best first."""
        return [(claim, self._passages(claim)) for claim in claims]

    def verdict(self, claim: Claim, judged: Sequence[_Judged]) -> ClaimFinding:
        """Return the finding for a claim."""
        finding = ClaimFinding(claim.start, claim.end, claim.text, "not_checkworthy", self._weights.unworthy, "form")
        if not self._worthy(claim):
            return finding
        best = max(judged, key=lambda each: each.opinion.supported, default=None)
        against = max((each for each in judged if self._contradicts(each)), key=lambda each: each.opinion.contradicted, default=None)
        if best is not None and best.marking is not None:
            finding = replace(finding, unsupported=_moved(best.marking, claim.start))
        said = best.opinion.supported if best else 0.0
        denied = against.opinion.contradicted if against else 0.0
        markers = self._markers.find(self._text, claim.start, claim.until)
        if best is not None and said >= self._options.threshold and said >= denied:
            cited = _citation(best.passage)
            markers = tuple(replace(each, supported=self._says(claim, each)) for each in markers)
            return replace(finding, verdict="supported", score=said, method=best.method, citations=(cited,), markers=markers)
        markers = tuple(replace(each, supported=False if each.source_id else None) for each in markers)
        if against is not None:
            method = contradiction_method(against.found) or "entailment"
            cited = _citation(against.passage)
            return replace(finding, verdict="contradicted", score=denied, method=method, citations=(cited,), markers=markers)
        doubt = max([0.0, *(max(each.opinion.supported, each.opinion.contradicted) for each in judged)])
        return replace(finding, verdict="not_found", score=1 - doubt, method="words" if judged else "none", markers=markers)

    def _worthy(self, claim: Claim) -> bool:
        if not claim.checkworthy or not self._options.numbers_only:
            return claim.checkworthy
        reading = read(claim.text)
        return bool(reading.quantities or reading.moments)

    def _passages(self, claim: Claim, *, within: frozenset[str] | None = None) -> list[_Judged]:
        if not self._worthy(claim):
            return []
        reading = read(self._markers.without(self._text, claim.start, claim.end))
        judged = [self._judged(reading, passage) for passage in self._index.find(reading, within=within)]
        return sorted(judged, key=lambda each: -max(each.opinion.supported, each.opinion.contradicted))

    def _judged(self, claim: Reading, passage: Passage) -> _Judged:
        found = signals(claim, passage.reading, rarity=self._index.rarity(claim))
        return _Judged(passage, found, self._weights.judge(found.values))

    def _contradicts(self, judged: _Judged) -> bool:
        least = max(self._options.threshold, _CERTAIN)
        return judged.opinion.contradicted >= least and (judged.modelled or contradiction_method(judged.found) is not None)

    def _says(self, claim: Claim, marker: Marker) -> bool | None:
        """Whether the source that a marker names says the claim; None where it names none."""
        if marker.source_id is None:
            return None
        judged = self._passages(claim, within=frozenset((marker.source_id,)))
        return any(each.opinion.supported >= self._options.threshold for each in judged)


def _moved(marking: Marking, by: int) -> tuple[Stretch, ...]:
    return tuple(replace(each, start=each.start + by, end=each.end + by) for each in marking.stretches)


def _citation(passage: Passage) -> ClaimCitation:
    source = passage.source
    return ClaimCitation(source.id, passage.start, passage.end, passage.text, title=source.title, url=source.url)
