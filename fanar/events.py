"""What an answer is made of: one union of frozen events, read with `match` and closed with `assert_never`.

A streamed answer is these events in order; a non-streamed one is the same stream, collected. `RouteSelected` comes first, at most once;
`ResponseCompleted` comes last, exactly once, unless an error ends the stream. Offsets are end-exclusive code points of the answer's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from fanar.bilingual import Bilingual, Language
from fanar.documents import Citation, ScoredDocument
from fanar.errors import FilterKind
from fanar.media import Audio, Image, Segment

FinishReason = Literal["stop", "length", "tool_calls", "content_filter"]


class Route(StrEnum):
    """Where a prompt can go."""

    GREETING = "greeting"
    GENERAL = "general"
    ISLAMIC = "islamic"
    RECENCY = "recency"
    IMAGE = "image"
    SPEECH = "speech"
    TRANSLATION = "translation"
    POETRY = "poetry"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Where a prompt goes and why. `confidence` is a calibrated probability; `alternatives` are (route, probability), best first."""

    route: Route
    model: str
    confidence: float
    reasons: tuple[Bilingual, ...]
    alternatives: tuple[tuple[Route, float], ...] = ()
    intent: str | None = None

    def reasons_in(self, language: Language) -> list[str]:
        """Return the reasons as a reader of `language` is told them."""
        return [reason.in_language(language) for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the serving model counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total_tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class RouteSelected:
    """The orchestrator decided."""

    decision: RoutingDecision


@dataclass(frozen=True, slots=True)
class ProgressReported:
    """A step began that the reader may want to know of."""

    message: Bilingual


@dataclass(frozen=True, slots=True)
class DocumentsRetrieved:
    """The passages that the answer may rest on, best first."""

    documents: tuple[ScoredDocument, ...]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of text of choice `choice`; `logprobs` is the server's JSON, when it was asked for.

    `verbatim` text is no model's: it is a source's own words, or what the platform itself says.
    """

    text: str
    choice: int = 0
    logprobs: Mapping[str, Any] | None = None
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class CitationAdded:
    """The answer now rests on this document."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    """A claim or quotation within the answer was judged; `report` is its JSON form."""

    start: int
    end: int
    verdict: str
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TranscriptDelta:
    """A stretch of speech was understood."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class TranscriptProgressed:
    """So much of the sound has been listened to, in seconds, out of `duration`."""

    seconds: float
    duration: float


@dataclass(frozen=True, slots=True)
class TranscriptCompleted:
    """All of the sound was understood: in this language (ISO 639-1), `duration` seconds long, by this model."""

    language: str
    duration: float
    model: str


@dataclass(frozen=True, slots=True)
class ImageCreated:
    """A picture is ready."""

    image: Image


@dataclass(frozen=True, slots=True)
class ImageProgressed:
    """A picture is in the making: so many steps out of all are done; `preview` shows what there is so far."""

    step: int
    steps: int
    preview: Image | None = None


@dataclass(frozen=True, slots=True)
class AudioDelta:
    """The next piece of spoken sound."""

    audio: Audio


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """A tool call. `by` says whose: "client" ones are for the client to execute, "server" ones were made by the platform and are telemetry.

    For a client's tool, `index` is its position within the message and `arguments` the next piece of its JSON text; `id` and `name`
    stand in its first piece and are empty in the later ones.
    """

    id: str
    name: str
    arguments: str
    by: Literal["client", "server"]
    choice: int = 0
    index: int = 0
    result: str | None = None


@dataclass(frozen=True, slots=True)
class ContentBlocked:
    """The answer was cut short by a filter."""

    kind: FilterKind
    message: Bilingual


@dataclass(frozen=True, slots=True)
class ChoiceFinished:
    """Choice `choice` is complete."""

    reason: FinishReason
    choice: int = 0


@dataclass(frozen=True, slots=True)
class ResponseCompleted:
    """The answer is complete. `model` is what really answered; `metadata` is added to the response."""

    model: str
    usage: Usage = field(default_factory=Usage)
    finish_reason: FinishReason = "stop"
    metadata: Mapping[str, Any] = field(default_factory=dict)


Event = (
    RouteSelected
    | ProgressReported
    | DocumentsRetrieved
    | TextDelta
    | CitationAdded
    | ClaimVerified
    | TranscriptDelta
    | ImageCreated
    | AudioDelta
    | ToolCalled
    | ContentBlocked
    | ChoiceFinished
    | ResponseCompleted
)

TranscriptEvent = TranscriptProgressed | TranscriptDelta | TranscriptCompleted
ImageEvent = ImageProgressed | ImageCreated
