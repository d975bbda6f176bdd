"""The request and answer of POST /v1/attributions, alone and in batches."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, model_validator

from fanar.bilingual import Bilingual, Language
from fanar.claims import SourcePage, SourceText, TextInquiry
from fanar.errors import UnprocessableError
from fanar.findings import Check
from orchestrator.api.schemas.base import Answer, Strict
from orchestrator.api.schemas.jobs import JobAnswer
from orchestrator.api.schemas.services import CorpusName, Quote

MOST_PAGES = 10
MOST_ITEMS = 32

_ONE = Bilingual("A source has either text or url.", "للمصدر نص أو رابط، أحدهما لا كلاهما.")
_TWICE = Bilingual("Two sources have the same id.", "لمصدرين المعرّف نفسه.")
_PAGES = Bilingual(f"At most {MOST_PAGES} sources are fetched.", f"يُجلب {MOST_PAGES} مصادر على الأكثر.")
_EXAMPLE: dict[str, JsonValue] = {
    "text": "The Al Noor bridge opened in 2015 [1]. It cost more than 300 million dollars. يبلغ طول الجسر 1400 متر.",
    "sources": [
        {"id": "news", "text": "The Al Noor bridge opened in 2015. It is 1.4 km long and cost 230 million dollars."},
        {"id": "خبر", "title": "جسر النور", "text": "افتتح جسر النور عام ٢٠١٥، ويبلغ طول الجسر 1.4 كيلومتر."},
    ],
    "checks": ["quran", "hadith", "references", "claims"],
    "citation_threshold": 0.6,
}
_QUOTATION: dict[str, JsonValue] = {"text": "قال تعالى: ﴿إن الله مع الصابرين﴾ [البقرة: 153]"}


class AttributionSource(Strict):
    """A source of the client's own: its text, or where it can be fetched from."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    text: Annotated[str, Field(min_length=1)] | None = None
    url: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    title: Annotated[str, Field(max_length=300)] = ""


class AttributionItem(Strict):
    """A text, and what its claims are to be held against.

    Where neither sources nor corpora are named, only quotations are checked, unless `checks` asks for claims: those are then looked up in
    the installed general corpora.
    """

    text: Annotated[str, Field(min_length=1)]
    sources: Annotated[list[AttributionSource], Field(max_length=100)] = Field(default=[])
    corpora: Annotated[list[CorpusName], Field(max_length=50)] = Field(default=[])
    checks: Annotated[list[Check], Field(min_length=1, max_length=8)] | None = None
    citation_threshold: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    language: Language | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole_numbers(cls, given: Any) -> Any:  # noqa: ANN401  (JSON)
        # 1 is a probability as well as 1.0, and JSON knows no difference.
        if isinstance(given, dict) and type(given.get("citation_threshold")) is int and given["citation_threshold"] in (0, 1):
            return {**given, "citation_threshold": float(given["citation_threshold"])}
        return given

    @property
    def inquiry(self) -> TextInquiry:
        """What is asked. Raises UnprocessableError for sources that are not ones."""
        if len({source.id for source in self.sources}) < len(self.sources):
            raise UnprocessableError(_TWICE, param="sources")
        if sum(source.url is not None and source.text is None for source in self.sources) > MOST_PAGES:
            raise UnprocessableError(_PAGES, param="sources")
        return TextInquiry(
            text=self.text,
            sources=tuple(_source(source, at) for at, source in enumerate(self.sources)),
            corpora=tuple(self.corpora),
            checks=None if self.checks is None else frozenset(self.checks),
            threshold=self.citation_threshold,
            language=self.language,
        )


class AttributionRequest(AttributionItem):
    """A text whose quotations and claims are to be checked.

    With `stream`, each claim comes as an event when it is judged; with `background` the answer is a job, also for texts of more than
    2,000 claims, up to 20,000.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE, _QUOTATION]})

    stream: bool = False
    background: bool = False


class AttributionBatch(Strict):
    """Several texts, each with its own sources."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_EXAMPLE, _QUOTATION]}]})

    items: Annotated[list[AttributionItem], Field(min_length=1, max_length=MOST_ITEMS)]


class ClaimCitation(Answer):
    """The passage of a source that a verdict rests on, verbatim; offsets are those of the source's text."""

    source_id: str
    start: int
    end: int
    quote: str
    title: str
    url: str | None


class CitationMarker(Answer):
    """A citation marker of the text: the source it names, if any, and whether that source says the claim."""

    text: str
    start: int
    end: int
    source_id: str | None
    supported: bool | None


class UnsupportedStretch(Answer):
    """Words of a claim that its best passage does not say, as far as a span model sees, and how probably it does not."""

    start: int
    end: int
    score: float


class CheckedClaim(Answer):
    """A claim and its verdict. `score` is the probability that the verdict is right, `method` the check that it rests on."""

    start: int
    end: int
    text: str
    verdict: Literal["supported", "contradicted", "not_found", "not_checkworthy"]
    score: float
    method: str
    citations: list[ClaimCitation]
    markers: list[CitationMarker]
    unsupported: list[UnsupportedStretch]


class AttributionAnswer(Answer):
    """What a text quotes and claims, and what its sources say of that.

    `support_score` is the share of faithful quotations and supported claims among all that were judged, null where there were none.
    """

    id: str
    support_score: float | None
    quotes: list[Quote]
    claims: list[CheckedClaim]
    warnings: list[str]
    timings_ms: dict[str, float]
    versions: dict[str, str]


class AttributionJob(JobAnswer):
    """A check in the background. `report` is there when it is completed."""

    object: Literal["attribution.job"]
    report: AttributionAnswer | None = None


class AttributionEvent(Answer):
    """An event of a streamed check: a claim, or at the end the whole report."""

    id: str
    object: Literal["attribution.claim", "attribution"]
    claim: CheckedClaim | None = None
    report: AttributionAnswer | None = None


class BatchResult(Answer):
    """What became of one text of a batch: its report, or the error that it alone would have been answered with."""

    report: AttributionAnswer | None = None
    error: dict[str, Any] | None = None


class AttributionBatchAnswer(Answer):
    """The results of a batch, in the order of its items."""

    id: str
    results: list[BatchResult]


def _source(source: AttributionSource, at: int) -> SourceText | SourcePage:
    if (source.text is None) == (source.url is None):
        raise UnprocessableError(_ONE, param=f"sources[{at}]")
    if source.text is not None:
        return SourceText(source.id, source.text, title=source.title)
    return SourcePage(source.id, source.url or "", title=source.title)
