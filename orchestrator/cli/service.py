"""What the commands ask of a platform, in the words of the wire contract. Knows nothing of where the platform runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotFoundError
from fanar.llm.sse import EventParser
from orchestrator.cli.exits import AnsweredError
from orchestrator.cli.terminal import Json
from orchestrator.cli.transports import STREAM, Reply, Transport, Upload

_FILES = "/v1/files"
_TRANSCRIPTIONS = "/v1/audio/transcriptions"
_NO_FILE = Bilingual("There is no such file, or it may not be read.", "لا يوجد ملف كهذا، أو لا تمكن قراءته.")
_DONE = b"[DONE]"
_RESEARCH = "/v1/sadiq/deep-research"
_FOREIGN = Bilingual(
    "The server's answer is not one of this API: FANAR_BASE_URL must name a Fanar server.",
    "جواب الخادم ليس من هذه الواجهة: يجب أن يشير FANAR_BASE_URL إلى خادم فنار.",
)
_CUT = Bilingual("The answer broke off: the server went away.", "انقطع الجواب: غاب الخادم.")


class Service:
    """A platform that answers over `transport`. Its refusals are raised as AnsweredError."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def chat(self, body: Json) -> Json:
        """Return the answer to a conversation."""
        return await self._ask("POST", "/v1/chat/completions", {**body, "stream": False})

    def stream(self, body: Json) -> AsyncIterator[Json]:
        """Yield the chunks of the answer to a conversation as they come."""
        return self._stream("/v1/chat/completions", body)

    async def research(self, body: Json) -> Json:
        """Return a research job: finished, or with `background` as it begins."""
        return await self._ask("POST", _RESEARCH, {**body, "stream": False})

    def stream_research(self, body: Json) -> AsyncIterator[Json]:
        """Yield the chunks of a report as they come."""
        return self._stream(_RESEARCH, body)

    async def research_job(self, job_id: str) -> Json:
        """Return how a research job is doing, and its report."""
        return await self._ask("GET", f"{_RESEARCH}/{quote(job_id, safe='')}")

    async def transcribe(self, sound: Path, *, model: str, language: str | None = None) -> Json:
        """Return what is said in a sound file of this machine: its text, and who says what when."""
        content = await asyncio.to_thread(_content, sound)
        fields = {"model": model, "response_format": "diarized_json", "stream": "true"} | ({"language": language} if language else {})
        told: Json = {"text": "", "segments": []}
        # Streamed, so that a long recording is no long silence.
        async for event in self._frames(_TRANSCRIPTIONS, Upload(sound.name, content, fields)):
            if event.get("type") == "transcript.text.segment":
                told["segments"].append({name: event[name] for name in ("start", "end", "speaker", "text")})
            elif event.get("type") == "transcript.text.done":
                told["text"] = event["text"]
        return told

    async def speak(self, body: Json) -> bytes:
        """Return the sound of a text."""
        async with self._transport.send("POST", "/v1/audio/speech", body) as reply:
            if not reply.media_type.startswith("audio/"):
                await _whole(reply)
                raise ModelUnavailableError(_FOREIGN)
            return b"".join([piece async for piece in reply.pieces])

    def _stream(self, path: str, body: Json) -> AsyncIterator[Json]:
        return self._frames(path, {**body, "stream": True})

    async def _frames(self, path: str, body: Json | Upload) -> AsyncIterator[Json]:
        async with self._transport.send("POST", path, body) as reply:
            if reply.media_type != STREAM:
                await _whole(reply)
                raise ModelUnavailableError(_FOREIGN)
            parser = EventParser()
            async for piece in reply.pieces:
                for event in parser.feed(piece):
                    if event == _DONE:
                        return
                    yield _checked(event)
        raise ModelUnavailableError(_CUT)

    async def route(self, prompt: str, *, model: str) -> Json:
        """Return where a prompt would go."""
        return await self.decide([{"role": "user", "content": prompt}], model=model)

    async def decide(self, messages: list[Json], *, model: str = "Fanar") -> Json:
        """Return where a conversation would go."""
        return await self._ask("POST", "/v1/route", {"messages": messages, "model": model})

    async def images(self, body: Json) -> Json:
        """Return pictures drawn."""
        return await self._ask("POST", "/v1/images/generations", body)

    async def models(self) -> Json:
        """Return the models that are there."""
        return await self._ask("GET", "/v1/models")

    async def search(self, query: str, *, corpora: list[str], top_k: int) -> Json:
        """Return the passages of these corpora that fit a query best; no corpus named means all."""
        return await self._ask("POST", "/v1/search", {"query": query, "corpora": corpora, "top_k": top_k})

    async def attributions(self, body: Json) -> Json:
        """Return what a text quotes and claims, and whether its sources say so."""
        return await self._ask("POST", "/v1/attributions", body)

    async def moderate(self, prompt: str, response: str, *, model: str) -> Json:
        """Return how safe a prompt and its response are."""
        return await self._ask("POST", "/v1/moderations", {"model": model, "prompt": prompt, "response": response})

    async def hand_in(self, file: Path) -> Json:
        """Hand a file of this machine in and return it as it is kept."""
        content = await asyncio.to_thread(_content, file)
        async with self._transport.send("POST", _FILES, Upload(file.name, content, {})) as reply:
            return await _whole(reply)

    async def files(self, *, after: str | None, limit: int) -> Json:
        """Return a page of the files that are kept."""
        return await self._ask("GET", f"{_FILES}?limit={limit}{f'&after={after}' if after else ''}")

    async def file(self, file_id: str) -> Json:
        """Return how a file is doing."""
        return await self._ask("GET", f"{_FILES}/{quote(file_id, safe='')}")

    async def remove_file(self, file_id: str) -> Json:
        """Forget a file."""
        return await self._ask("DELETE", f"{_FILES}/{quote(file_id, safe='')}")

    async def ready(self) -> Json:
        """Return what is there and what is missing."""
        return await self._ask("GET", "/readyz")

    async def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        async with self._transport.send(method, path, body) as reply:
            return await _whole(reply)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise NotFoundError(_NO_FILE) from cause


async def _whole(reply: Reply) -> Json:
    return _checked(b"".join([piece async for piece in reply.pieces]))


def _checked(body: bytes) -> Json:
    try:
        answer = json.loads(body)
    except ValueError as cause:
        raise ModelUnavailableError(_FOREIGN) from cause
    if not isinstance(answer, dict):
        raise ModelUnavailableError(_FOREIGN)
    error = answer.get("error")
    if isinstance(error, dict):
        raise AnsweredError(str(error.get("message", "")), answered=str(error.get("code", "")), param=error.get("param"))
    return answer
