"""Answers one request by what a model's server says, handed on as it comes. Knows nothing of how the request was read or let in.

One coroutine from the client to the server: what stands between the two is paid for with every token.
"""

from __future__ import annotations

import sys
from asyncio import CancelledError
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from time import perf_counter, time

from starlette.types import Send

from fanar.bilingual import Language
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError
from fanar.events import ResponseCompleted
from fanar.llm.thinking import Reasoning
from fanar.telemetry.metrics import Metrics
from orchestrator.api.asked import Asked
from orchestrator.api.chunks import ChunkWriter
from orchestrator.api.errors import INTERNAL
from orchestrator.api.outlet import Outlet
from orchestrator.api.relay import RelayWriter, whole_answer
from orchestrator.api.server import Peer
from orchestrator.backends.backend import Backend
from orchestrator.observed import FAULT, LEFT
from orchestrator.relay import Plan

_ELSEWHERE = (ModelUnavailableError, UpstreamTimeoutError, OverloadedError)
"""What another server may do better, as long as the client was told nothing: a role or a thought, which is not passed on, binds nobody."""
_UNTRACED = nullcontext()


@dataclass(slots=True)
class Client:
    """Who asked, and how it is answered: `headers` go with the answer, `language` is that of errors and of the reasons for the route."""

    send: Send
    peer: Peer
    id: str
    headers: Mapping[str, str]
    language: Language


class Forwarding:
    """One answer. `begun` says that the client was sent some of it, `status` what became of it, in the word that is counted."""

    def __init__(self, client: Client, asked: Asked, plan: Plan, metrics: Metrics) -> None:
        self._client = client
        self._asked = asked
        self._plan = plan
        self._metrics = metrics
        self._created = int(time())
        self._began = perf_counter()
        self._span = plan.span() if plan.span else None
        self._said = False
        self.begun = False
        self.status = FAULT

    async def run(self) -> None:
        """Answer. Raises the FanarError that came before the first byte of the answer."""
        metrics, decision = self._metrics, self._plan.decision
        metrics.stream_began()
        try:
            with self._span or _UNTRACED:
                await (self._stream() if self._asked.streamed else self._whole())
        except FanarError as error:
            self.status = error.code
            raise
        except CancelledError:
            self.status = LEFT
            raise
        finally:
            metrics.stream_ended()
            seconds = perf_counter() - self._began
            metrics.request_ended(route=decision.route.value, model=decision.model, status=self.status, seconds=seconds)

    async def _whole(self) -> None:
        for backend in self._plan.backends:
            try:
                body, completed = await self._answer_of(backend)
            except _ELSEWHERE:
                if backend is self._plan.backends[-1]:
                    raise
            else:
                break
        client = self._client
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in client.headers.items()]
        self.begun = True
        headers += ((b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)))
        await client.send({"type": "http.response.start", "status": 200, "headers": headers})
        await client.send({"type": "http.response.body", "body": body, "more_body": False})
        self._completed(completed)

    async def _answer_of(self, backend: Backend) -> tuple[bytes, ResponseCompleted]:
        asked = self._asked
        async with backend.visit():
            answer = await backend.ask(asked.body, streamed=False)
            try:
                body = await answer.whole()
            finally:
                answer.close()
            answered = whole_answer(
                body,
                self._plan.decision,
                self._client.language,
                id=self._client.id,
                created=self._created,
                choices=asked.choices,
                reasoning=backend.reasoning,
                asked=asked.thinking,
            )
            self._begin()
            return answered

    async def _stream(self) -> None:
        client = self._client
        outlet = Outlet(client.send, client.peer, client.headers)
        finished = False
        try:
            await self._first_stream(outlet)
            finished = True
        except FanarError as error:
            if not outlet.begun:
                raise
            await outlet.write(self._writer().failure(error, client.language), last=True)
            self.status, finished = error.code, True
        finally:
            # A fault of ours ends the stream visibly and then goes its way to the log; after a cancellation nobody listens.
            if not finished and outlet.begun and isinstance(sys.exception(), Exception):
                await outlet.write(self._writer().failure(FanarError(INTERNAL), "en"), last=True)
            self.begun = outlet.begun
            outlet.close()

    async def _first_stream(self, outlet: Outlet) -> None:
        for backend in self._plan.backends:
            try:
                await self._stream_of(backend, outlet)
            except _ELSEWHERE:
                if self._said or backend is self._plan.backends[-1]:
                    raise
            else:
                return

    async def _stream_of(self, backend: Backend, outlet: Outlet) -> None:
        # Each server has a writer of its own: one that broke off in the middle of an event leaves nothing to the next.
        writer = self._writer(backend.reasoning)
        async with backend.visit() as visit:
            answer = await backend.ask(self._asked.body, streamed=True)
            try:
                while not writer.done and (piece := await answer.next()):
                    visit.begun()
                    written: list[bytes] = []
                    try:
                        writer.frames(piece, written)
                    finally:
                        # What stood before a fault was said, and is not lost.
                        if written:
                            self._begin()
                            await outlet.write(b"".join(written))
                last, completed = writer.last()
                self._begin()
                await outlet.write(last, last=True)
                # From here on it may leave.
                self._client.peer.leaving = None
                self._completed(completed)
                await answer.finish()
            finally:
                answer.close()

    def _writer(self, reasoning: Reasoning | None = None) -> RelayWriter:
        client, asked = self._client, self._asked
        chunks = ChunkWriter(id=client.id, created=self._created, model=asked.model, include_usage=asked.include_usage)
        decision = self._plan.decision
        return RelayWriter(decision, client.language, chunks, choices=asked.choices, reasoning=reasoning, asked=asked.thinking)

    def _begin(self) -> None:
        if self._said:
            return
        self._said = True
        self._metrics.text_began(route=self._plan.decision.route.value, seconds=perf_counter() - self._began)

    def _completed(self, completed: ResponseCompleted) -> None:
        self.status = "ok"
        self._metrics.tokens_used(model=completed.model, usage=completed.usage)
        if self._span is not None:
            self._span.completed(completed)
