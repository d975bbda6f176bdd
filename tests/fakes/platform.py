"""A platform of small fakes, for tests of what stands in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from fanar.attribution.claims.checker import ClaimChecker
from fanar.bilingual import Bilingual
from fanar.documents import Document, ScoredDocument
from fanar.errors import AuthenticationError, NotFoundError
from fanar.events import Event, ResponseCompleted, Route, RouteSelected, RoutingDecision, TextDelta, Usage
from fanar.findings import AttributionReport, Check, MarkedText, QuoteFinding
from fanar.keys import ApiKey
from fanar.limits.memory import MemoryRequestCounter
from fanar.llm.catalog import BUILT_IN, ModelCatalog
from fanar.llm.tokenize import TokenCount
from fanar.messages import ChatMessage, ChatRequest
from fanar.moderation.verdict import Verdict
from fanar.protocols import AttributionVerifier, Filters, Vectors
from fanar.settings import Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.attributions import AttributionDesk
from orchestrator.bootstrap.absent import AbsentJobs
from orchestrator.bootstrap.absent_keeping import AbsentConversations, AbsentLibrary, AbsentVoices
from orchestrator.bootstrap.limits import build_limits
from orchestrator.decisions import DecisionLog
from orchestrator.embeddings import Embeddings
from orchestrator.evidence import InstalledEvidence
from orchestrator.feedback import FeedbackDesk
from orchestrator.moderation import ModerationDesk
from orchestrator.platform import Capability, Platform, ServedModel
from orchestrator.transcription import Transcriptions
from tests.fakes.articles import MemoryArticleStore
from tests.fakes.jobs import idle_desk
from tests.fakes.records import InMemoryDecisions, InMemoryFeedback

Answer = Callable[[ChatRequest], AsyncIterator[Event]]
DECISION = RoutingDecision(Route.GREETING, "greeting", 0.99, (Bilingual("rule: a greeting", "قاعدة: تحية"),), ((Route.GENERAL, 0.01),))
SECRET = "fanar-" + "s" * 43
VERSE = Document("2:153", "quran", "2:153", "إِنَّ ٱللَّهَ مَعَ ٱلصَّٰبِرِينَ", url="https://quran.com/2/153")


async def echo(request: ChatRequest) -> AsyncIterator[Event]:
    """Repeat the prompt, word by word."""
    yield RouteSelected(DECISION)
    for word in request.prompt.split(" "):
        yield TextDelta(word)
    yield ResponseCompleted("fake", Usage(1, 2), metadata={"routing": {"route": "greeting"}})


class FakeDispatcher:
    """Answers by a function; remembers the requests, and whether the last stream was closed before its end."""

    def __init__(self, answer: Answer = echo) -> None:
        self._answer = answer
        self.requests: list[ChatRequest] = []
        self.closed = asyncio.Event()

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.requests.append(request)
        events = self._answer(request)
        try:
            async for event in events:
                yield event
        finally:
            await events.aclose()  # type: ignore[attr-defined]
            self.closed.set()


class FakeRouter:
    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        return DECISION


class FakeRetriever:
    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        if any(name != "quran" for name in corpora):
            raise NotFoundError(Bilingual("No such corpus.", "لا توجد هذه المدونة."), param="corpora")
        return [ScoredDocument(VERSE, 0.9, confident=True)][:top_k]


class FakeVerifier:
    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        return AttributionReport((QuoteFinding(0, len(text), "quran", "exact", 1.0, "2:153"),), 1.0, versions={"quran": "fake"})

    def mark(self, text: str) -> MarkedText:
        return MarkedText(f"<quran_start>{text}<quran_end> [2:153](https://quran.com/2/153)", self.verify(text))


def a_verse_as_evidence() -> InstalledEvidence:
    """Return the evidence of a platform that has one verse, and no news."""
    return InstalledEvidence(retriever=FakeRetriever(), general=lambda: (), news=MemoryArticleStore(), zone=ZoneInfo("UTC"))


def fake_attributions(verifier: AttributionVerifier) -> AttributionDesk:
    """Return the real desk, whose claims are held against texts that were sent and the one verse that there is."""
    return AttributionDesk(verifier=verifier, claims=ClaimChecker(), evidence=a_verse_as_evidence(), pages=FakePages(), version="fake")


class FakePages:
    async def read(self, url: str) -> str:
        return f"The page {url} says that the bridge opened in 2015."


class FakeTokens:
    async def count(self, text: str, *, model: str) -> TokenCount:
        return TokenCount(len(text.split()), 4096)


class FakeEmbedder:
    """Counts letters, words and lines."""

    dimensions = 3
    fingerprint = "counts"

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([(len(text), len(text.split()), text.count("\n")) for text in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def embed_query(self, text: str) -> Vectors:
        return self.embed_documents([text])


class FakeKeys:
    async def verify(self, secret: str) -> ApiKey:
        if secret != SECRET:
            raise AuthenticationError(Bilingual("The API key is not valid.", "المفتاح غير صالح."))
        return ApiKey("key-1", "test", "0" * 64, "ssss", datetime(2026, 1, 1, tzinfo=UTC))


class WordModerator:
    """Flags whoever says "awful"."""

    name = "words"
    supported = ("harassment",)

    async def judge(self, prompt: str, response: str = "") -> Verdict:
        found = "awful" in f"{prompt} {response}"
        scale = 0.5 if found else 5.0
        return Verdict({"harassment": 0.9 if found else 0.0}, frozenset(("harassment",) if found else ()), scale, scale, self.name)


def no_transcription(settings: Settings) -> Transcriptions:
    return Transcriptions(
        catalog=ModelCatalog(), transcriber=None, folder=settings.data / "uploads", most_bytes=1_000_000, short_seconds=30.0
    )


def fake_platform(settings: Settings, answer: Answer = echo, *, transcription: Transcriptions | None = None) -> Platform:
    """Return a platform whose dispatcher answers by `answer`."""
    decisions = InMemoryDecisions()
    return Platform(
        settings=settings,
        dispatcher=FakeDispatcher(answer),
        router=FakeRouter(),
        retriever=FakeRetriever(),
        verifier=FakeVerifier(),
        attributions=fake_attributions(FakeVerifier()),
        keys=FakeKeys(),
        models=lambda: [ServedModel("Fanar", 1, "fanar", "router", Bilingual("Routes.", "يوجّه."))],
        capabilities=lambda: [Capability("star", available=False, detail=Bilingual("None.", "لا شيء."), remedy="FANAR_STAR__URL")],
        metrics=Metrics(),
        tokens=FakeTokens(),
        embeddings=Embeddings(catalog=ModelCatalog(), own=FakeEmbedder),
        feedback=FeedbackDesk(feedback=InMemoryFeedback(), decisions=decisions),
        research=idle_desk(),
        checks=AbsentJobs(),
        conversations=AbsentConversations(),
        library=AbsentLibrary(),
        voices=AbsentVoices(),
        transcription=transcription or no_transcription(settings),
        moderation=ModerationDesk(WordModerator(), catalog=ModelCatalog()),
        limits=build_limits(settings, BUILT_IN, counter=MemoryRequestCounter()),
        decisions=DecisionLog(repository=decisions, on=settings.record_decisions, days=settings.decisions_days),
    )


def opener(platform: Platform) -> Callable[[], object]:
    """Return what `create_app` enters to get `platform`."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Platform]:
        yield platform

    return opened
