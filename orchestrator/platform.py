"""What a running platform offers to the interfaces in front of it: API, command line, MCP. Knows nothing of how it was built."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from fanar.bilingual import Bilingual
from fanar.claims import ClaimFinding, TextInquiry
from fanar.errors import NotConfiguredError
from fanar.events import Event, ImageEvent, RoutingDecision, TranscriptEvent
from fanar.feedback import Feedback, Opinion
from fanar.jobs import Asked, Inquiry, Job
from fanar.keys import ApiKey
from fanar.llm.embeddings import Embedded, EmbeddingInput
from fanar.llm.tokenize import TokenCount
from fanar.media import TranscriptionOptions
from fanar.media_protocols import LiveListening
from fanar.messages import ChatMessage, ChatRequest
from fanar.moderation.verdict import Verdict
from fanar.protocols import AttributionVerifier, Retriever, Router
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.aloud import ReadingAloud, Silent
from orchestrator.attributions import Checked
from orchestrator.backends.backend import BackendStatus
from orchestrator.conversations import ConversationKeeping
from orchestrator.drawing import Commission, Undrawn
from orchestrator.library.keeping import LibraryKeeping
from orchestrator.limits import Admission
from orchestrator.news import NewsShowing, NoNews
from orchestrator.pushes import NoPushes, PushTaking
from orchestrator.relay import Plan
from orchestrator.voices import VoiceKeeping
from rag.islamic.prayer.places import Places

_NO_PLACES = Bilingual(
    "No gazetteer is connected: send coordinates and a time zone.", "لا معجم أماكن متصل: أرسل الإحداثيات والمنطقة الزمنية."
)


Q = TypeVar("Q", bound=Asked, contravariant=True)


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing the platform can do, or cannot yet. `remedy` is the one command or setting that adds it."""

    name: str
    available: bool
    detail: Bilingual
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model id that clients may ask for and that something answers to. `served_by` names what really does."""

    id: str
    created: int
    owned_by: str
    served_by: str
    description: Bilingual


@dataclass(frozen=True, slots=True)
class SeatStatus:
    """How the language model on these seats is doing."""

    seats: tuple[str, ...]
    status: BackendStatus


class Answering(Protocol):
    """Answers conversations."""

    def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the events of the answer. Raises a FanarError before or between events; closing the iterator stops the work."""
        ...


class Relaying(Protocol):
    """Plans for what may be handed on to a model's server as it is."""

    async def plan(self, model: str, messages: Callable[[], Sequence[ChatMessage]]) -> Plan | None:
        """Return whom to ask for a conversation that names `model`; None when it must be answered in another way."""
        ...


class TokenCounting(Protocol):
    """Counts the tokens of a text as a model does."""

    async def count(self, text: str, *, model: str) -> TokenCount:
        """Return the count. Raises NotFoundError, UnprocessableError, NotConfiguredError."""
        ...


class Attributing(Protocol):
    """Checks what texts quote and claim."""

    def check(self, inquiry: TextInquiry) -> AsyncIterator[ClaimFinding | Checked]:
        """Yield each claim as it is judged, and the whole last. Raises TooLargeError, NotFoundError, and what fetching a source raises."""
        ...


class Moderating(Protocol):
    """Judges how safe texts are, for clients."""

    @property
    def supported(self) -> Sequence[str]:
        """The categories that are told apart."""
        ...

    async def judge(self, exchanges: Iterable[tuple[str, str]], *, model: str) -> list[Verdict]:
        """Return a verdict on each pair of prompt and response. Raises NotFoundError, UnprocessableError, ModelUnavailableError."""
        ...


class KeyCheck(Protocol):
    """Tells whose an API key is."""

    async def verify(self, secret: str) -> ApiKey:
        """Return the key. Raises AuthenticationError."""
        ...


class Admitting(Protocol):
    """Counts requests, and says which may pass."""

    def admit_at_once(self, key: ApiKey | None, model: str) -> Admission | None:
        """Count a request where that needs no waiting, and return what it met; None when `admit` must be awaited instead."""
        ...

    async def admit(self, key: ApiKey | None, model: str) -> Admission:
        """Count a request for `model` and return what it met."""
        ...


class Embedding(Protocol):
    """Turns texts into vectors for clients."""

    async def embed(self, inputs: Sequence[EmbeddingInput], *, model: str, dimensions: int | None = None) -> Embedded:
        """Return the vectors of the inputs. Raises NotFoundError, UnprocessableError, NotConfiguredError, and what a server raises."""
        ...


class FeedbackTaking(Protocol):
    """Takes in what people say of answers."""

    async def take(self, opinion: Opinion, *, owner: str) -> Feedback:
        """Keep what `owner` says of an answer; when this returns, it survives a crash. Raises NotFoundError, UnprocessableError."""
        ...


class JobTaking(Protocol[Q]):
    """Takes work of one kind in as jobs, and tells their owners how they do."""

    async def submit(self, inquiry: Q, *, id: str, owner: str) -> Job:  # noqa: A002
        """Take a job in; when this returns, it survives a crash.

        Raises UnprocessableError, ContentFilteredError, RateLimitedError, OverloadedError, StorageError.
        """
        ...

    async def find(self, job_id: str, *, owner: str) -> Job:
        """Return a job of `owner`. Raises NotFoundError, for another's too."""
        ...

    async def cancel(self, job_id: str, *, owner: str) -> Job:
        """Cancel a job and return it. Raises NotFoundError, ConflictError when it is over."""
        ...

    def attended(self, job: Job) -> AsyncIterator[Job]:
        """Yield a job whenever it has changed, until it is over; leaving before that cancels it."""
        ...


class Transcribing(Protocol):
    """Writes recordings down for clients."""

    @property
    def most_bytes(self) -> int:
        """Most bytes that a recording may have."""
        ...

    def require(self, model: str) -> None:
        """Raise NotFoundError for a model id that does not listen, NotConfiguredError when nothing does."""
        ...

    def received(self) -> AbstractContextManager[BinaryIO]:
        """Return an empty file for a recording, which is gone when it is left."""
        ...

    async def listen(self, options: TranscriptionOptions, *, model: str) -> LiveListening:
        """Begin to listen to somebody who is speaking. Raises a FanarError."""
        ...

    def transcribe(self, sound: Path, options: TranscriptionOptions, *, model: str) -> AsyncIterator[TranscriptEvent]:
        """Yield what is understood of a recording. Raises a FanarError; closing the iterator stops the work."""
        ...


class Drawing(Protocol):
    """Draws pictures for clients."""

    def require(self, model: str) -> None:
        """Raise NotFoundError for a model id that does not draw, NotConfiguredError when nothing does."""
        ...

    def draw(self, commission: Commission) -> AsyncIterator[ImageEvent]:
        """Yield what there is on the way and the picture. Raises a FanarError; closing the iterator stops the work."""
        ...


class DecisionNoting(Protocol):
    """Notes where conversations went, where the operator asks for it."""

    async def note(self, messages: Sequence[ChatMessage], decision: RoutingDecision, *, answer: str, owner: str, model: str) -> None:
        """Take in where a conversation that named `model` went."""
        ...

    def noted(
        self, events: AsyncIterator[Event], messages: Sequence[ChatMessage], *, answer: str, owner: str, model: str
    ) -> AsyncIterator[Event]:
        """Yield the events of an answer, unchanged, and note the decision among them."""
        ...


async def _well() -> None:
    """Find nothing wrong."""


async def no_places() -> Places:
    """Know no place. Raises NotConfiguredError."""
    raise NotConfiguredError(_NO_PLACES)


def local_now() -> datetime:
    """Return the time on this machine's clock, in its zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything an interface needs. `capabilities` and `models` look at what is there now; `check` raises when a part has failed."""

    settings: Settings
    dispatcher: Answering
    router: Router
    retriever: Retriever
    verifier: AttributionVerifier
    attributions: Attributing
    keys: KeyCheck
    models: Callable[[], Sequence[ServedModel]]
    capabilities: Callable[[], Sequence[Capability]]
    metrics: Metrics
    tokens: TokenCounting
    embeddings: Embedding
    feedback: FeedbackTaking
    research: JobTaking[Inquiry]
    checks: JobTaking[TextInquiry]
    conversations: ConversationKeeping
    library: LibraryKeeping
    voices: VoiceKeeping
    transcription: Transcribing
    moderation: Moderating
    decisions: DecisionNoting
    limits: Admitting
    check: Callable[[], Awaitable[None]] = field(default=_well)
    relay: Relaying | None = None
    voice: ReadingAloud = field(default_factory=Silent)
    drawing: Drawing = field(default_factory=Undrawn)
    backends: Callable[[], Sequence[SeatStatus]] = field(default=list)
    places: Callable[[], Awaitable[Places]] = field(default=no_places)
    news: NewsShowing = field(default_factory=NoNews)
    pushes: PushTaking = field(default_factory=NoPushes)
    clock: Callable[[], datetime] = field(default=local_now)
