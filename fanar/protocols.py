"""The sockets of the platform. Whatever varies is one of these and comes in through a constructor.

Each Protocol has one suite in `tests/contract` that every implementation passes, the shipped doubles too.
A streaming method is a plain `def` that returns an `AsyncIterator`; its implementation is an `async def` with `yield`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from fanar.documents import CorpusInfo, Document, ScoredDocument
from fanar.events import Event, RoutingDecision
from fanar.feedback import Feedback, RecordedDecision
from fanar.findings import AttributionReport, Check, MarkedText
from fanar.jobs import Job, Outcome, QueueBounds, Stage
from fanar.keys import ApiKey
from fanar.limits.allowance import Allowance, Count
from fanar.messages import ChatMessage, ChatRequest

if TYPE_CHECKING:
    # Only embedders and stores need arrays; a gateway should not have to carry them.
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"
Filters = Mapping[str, str | int | float | bool | tuple[str, ...]]
"""What the facts of a document must be; of several texts, any."""


class ChatModel(Protocol):
    """A language model that answers a conversation."""

    @property
    def name(self) -> str:
        """The id under which its server knows it."""
        ...

    def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield `TextDelta` and `ToolCalled`, a `ChoiceFinished` for each choice, and one final `ResponseCompleted`.

        Closing the iterator stops the work upstream. Raises ModelUnavailableError, UpstreamTimeoutError, OverloadedError
        or UnprocessableError.
        """
        ...

    async def available(self) -> bool:
        """Whether its server answers now."""
        ...


class Embedder(Protocol):
    """Turns text into vectors of unit length, shape (texts, dimensions), float32."""

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Names the weights: vectors of different fingerprints do not compare."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Embed passages."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Embed one query; shape (1, dimensions)."""
        ...


class DocumentStore(Protocol):
    """Vectors and their documents' ids, by collection. A collection belongs to one embedder fingerprint."""

    async def create(self, collection: str, *, fingerprint: str, dimensions: int) -> None:
        """Create an empty collection. Raises ConflictError if it exists."""
        ...

    async def add(self, collection: str, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Filters]) -> None:
        """Add or replace documents; when it returns they survive a crash. Raises NotFoundError for an unknown collection."""
        ...

    async def search(
        self, collection: str, vector: Vectors, *, fingerprint: str, top_k: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Return (id, cosine similarity), best first. Raises NotFoundError, or IndexMismatchError for another fingerprint."""
        ...

    async def delete(self, collection: str, ids: Sequence[str] | None = None) -> None:
        """Delete documents, or the collection when `ids` is None; what is not there is no error."""
        ...

    async def count(self, collection: str) -> int:
        """Return the number of documents. Raises NotFoundError."""
        ...


class CorpusRepository(Protocol):
    """Installed corpora and their documents: the truth that indexes are rebuilt from. Methods block; call them off the event loop."""

    def install(self, info: CorpusInfo, documents: Iterable[Document]) -> CorpusInfo:
        """Replace a corpus by a new generation in one transaction and return it with its generation and count."""
        ...

    def extend(self, name: str, documents: Iterable[Document]) -> CorpusInfo:
        """Add documents behind those that a corpus has, in one transaction. Raises NotFoundError, ConflictError for an id that is there."""
        ...

    def rollback(self, name: str) -> CorpusInfo:
        """Make the generation before the current one count again, and the current one the one before. Raises NotFoundError for none."""
        ...

    def remove(self, name: str) -> None:
        """Remove a corpus. Raises NotFoundError."""
        ...

    def corpora(self) -> list[CorpusInfo]:
        """Return what is installed, by name."""
        ...

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield a corpus' documents in the order in which they were installed, from number `first` on. Raises NotFoundError."""
        ...

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return the documents of these ids, in this order; unknown ids are left out."""
        ...


class KeyRepository(Protocol):
    """API keys by their digests. Methods block; call them off the event loop. All raise StorageError when the database does not answer."""

    def add(self, key: ApiKey) -> None:
        """Keep a new key. Raises ConflictError when its id or digest is taken."""
        ...

    def find(self, digest: str) -> ApiKey:
        """Return the key with this digest, usable or not. Raises NotFoundError."""
        ...

    def keys(self) -> list[ApiKey]:
        """Return all keys, oldest first."""
        ...

    def revoke(self, key_id: str, *, at: datetime) -> ApiKey:
        """Close the door to a key and return it; a key revoked before keeps its first time. Raises NotFoundError."""
        ...


class RequestCounter(Protocol):
    """Counts requests in sliding windows and against quotas, each subject by itself."""

    async def count(self, subject: str, allowance: Allowance) -> Count:
        """Count one request of `subject` if `allowance` lets it in; all in one step, so that no two callers get the same last place.

        Raises StorageError when what keeps the counts does not answer.
        """
        ...


class FeedbackRepository(Protocol):
    """What people said of answers. Methods block; call them off the event loop. All raise StorageError."""

    def add(self, feedback: Feedback) -> None:
        """Keep it; when it returns it survives a crash. It replaces what its owner said of the same answer before.

        Of each owner the newest are kept, as many as the repository was told.
        """
        ...

    def feedback(self) -> list[Feedback]:
        """Return all that is kept, oldest first."""
        ...


class DecisionRepository(Protocol):
    """Decisions of the router. Methods block; call them off the event loop. All raise StorageError."""

    def record(self, decisions: Sequence[RecordedDecision], *, since: datetime) -> None:
        """Keep decisions, and forget those made before `since` and those beyond the number that the repository was told."""
        ...

    def find(self, answer: str) -> RecordedDecision:
        """Return the decision behind an answer. Raises NotFoundError."""
        ...

    def decisions(self) -> Iterator[RecordedDecision]:
        """Yield all that are kept, oldest first, of one state of the database."""
        ...


class JobRepository(Protocol):
    """Jobs. Each belongs to the key that made it and, while it runs, to one runner. Methods block; all raise StorageError."""

    def add(self, job: Job, *, bounds: QueueBounds) -> None:
        """Keep a new job; when it returns it survives a crash.

        Raises RateLimitedError when its owner has too many unfinished jobs, OverloadedError when there are too many in all.
        """
        ...

    def find(self, job_id: str, *, owner: str) -> Job:
        """Return a job of `owner`. Raises NotFoundError, for another's job too."""
        ...

    def claim(self, runner: str, *, now: datetime, lapsed: datetime, running: int, attempts: int) -> Job | None:
        """Give `runner` the oldest job that nobody runs; None when there is none, or when `running` jobs run.

        A runner that was not heard of since `lapsed` has lost its job. A job that was taken up `attempts` times has failed.
        """
        ...

    def hear(self, job_id: str, *, runner: str, now: datetime, stage: Stage | None = None) -> bool:
        """Note that `runner` is at work, and how far it is; return whether it is to go on. Raises ConflictError when it lost the job."""
        ...

    def finish(self, job_id: str, outcome: Outcome, *, runner: str, now: datetime, stage: Stage | None = None) -> None:
        """End a job that `runner` holds. Raises ConflictError when it lost it."""
        ...

    def release(self, job_id: str, *, runner: str, now: datetime) -> None:
        """Put back a job that `runner` cannot finish now, as if it had not been taken up; one that it does not hold is left alone."""
        ...

    def cancel(self, job_id: str, *, owner: str, now: datetime) -> Job:
        """End a job that waits, mark one that runs, and return it; one that was cancelled stays so.

        Raises NotFoundError, and ConflictError for one that is completed or has failed.
        """
        ...

    def forget(self, *, before: datetime) -> int:
        """Forget the jobs that ended before this, and return how many."""
        ...


class ScriptureIndex(Protocol):
    """The verses of the Quran in memory, verbatim, keyed by surah and ayah."""

    @property
    def version(self) -> str:
        """Edition, version and checksum of the text."""
        ...

    @property
    def basmala(self) -> str:
        """The basmala as it stands before the surahs that open with it."""
        ...

    def verse(self, surah: int, ayah: int) -> Document:
        """Return one verse. Raises NotFoundError."""
        ...

    def verses(self) -> Sequence[Document]:
        """Return all verses in order."""
        ...


class Retriever(Protocol):
    """Finds documents for a query."""

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        ...


class AttributionVerifier(Protocol):
    """Says what a text quotes and whether it quotes it rightly."""

    def verify(self, text: str, *, checks: frozenset[Check] = frozenset(("quran", "hadith", "references"))) -> AttributionReport:
        """Judge `text`; linear in its length."""
        ...

    def mark(self, text: str) -> MarkedText:
        """Return `text` with every verified quotation between tags, and the report on it."""
        ...


class Router(Protocol):
    """Decides where a conversation goes."""

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        """Return the decision for the last user message in the light of those before it."""
        ...


class Handler(Protocol):
    """Answers what was routed to it."""

    def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of the answer, closed by one `ResponseCompleted`. Raises a FanarError before or between events."""
        ...
