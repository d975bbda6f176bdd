"""WebSocket /v1/realtime: speech written down while it is spoken, in OpenAI's realtime transcription events."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Any, cast

import orjson
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from fanar.bilingual import Bilingual, Language
from fanar.errors import FanarError, InvalidRequestError, OverloadedError, RequestTimeoutError, TooLargeError, UnprocessableError
from fanar.media import Sound
from fanar.media_protocols import LiveListening
from orchestrator.api.dependencies import State, shown_key
from orchestrator.api.errors import language_of
from orchestrator.api.limits import admit
from orchestrator.api.live import RATE, Item, Json, Wanted, failed, samples_of, told, unknown
from orchestrator.platform import Platform

PATH = "/v1/realtime"
SUBPROTOCOL = "realtime"
router = APIRouter(tags=["Audio"])

_MODEL = "Fanar-Aura-STT-LF-1"
_KEY_PROTOCOL = "openai-insecure-api-key."
_STEP = RATE  # bytes: half a second, after which what was said is listened to again
_MOST_WAITING = 2 * RATE * 30  # bytes of sound that may wait; a client that sends more at once waits itself
_IDLE_SECONDS = 120.0
_POLICY, _FAULT, _BUSY = 1008, 1011, 1013
_NOT_JSON = Bilingual("An event must be a JSON object with a type.", "يجب أن يكون الحدث كائن JSON له نوع.")
_IDLE = Bilingual("Nothing was said for too long.", "لم يُقل شيء منذ وقت طويل.")
_TOO_LONG = Bilingual("The session lasted longer than recordings may.", "دامت الجلسة أطول مما يُسمح للتسجيلات.")
_BEGUN = Bilingual("The model cannot change once something was said.", "لا يتغير النموذج بعد أن قيل شيء.")


@router.websocket(PATH)
async def transcribe_live(socket: WebSocket) -> None:
    """Listen to one speaker. The key is checked before the connection stands; a platform without a model refuses as elsewhere."""
    state = cast("State", socket.app.state.fanar)
    platform, language = state.platform, language_of(socket.headers)
    assert platform is not None, "connections are taken between start and stop only"  # noqa: S101
    wanted = Wanted(socket.query_params.get("model") or _MODEL)
    offered = [name.strip() for name in socket.headers.get("sec-websocket-protocol", "").split(",")]
    held = ExitStack()
    try:
        key = await shown_key(platform, _secret(socket.headers, offered))
        platform.transcription.require(wanted.model)
        await admit(platform.limits, key, wanted.model, {})
        held.enter_context(state.slots)
    except FanarError as error:
        # Refused after the handshake, so that the client can read why.
        await socket.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        await _say(socket, failed(error, language))
        await socket.close(_BUSY if isinstance(error, OverloadedError) else _POLICY)
        return
    with held:
        await socket.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        await _Session(socket, platform, wanted, language).run()


class _Session:
    """One connection: what comes in is collected while what came before is listened to."""

    def __init__(self, socket: WebSocket, platform: Platform, wanted: Wanted, language: Language) -> None:
        self._socket = socket
        self._platform = platform
        self._wanted = wanted
        self._language = language
        self._waiting = bytearray()
        self._orders: list[str] = []  # commit and clear, in the order in which they came
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._listening: LiveListening | None = None
        self._item = Item(None)
        self._heard = 0  # bytes of this turn
        self._total = 0

    async def run(self) -> None:
        """Talk until the client leaves, or does what ends a session."""
        await self._say(told("session.created", session=self._wanted.described()))
        tasks = {asyncio.create_task(self._read()), asyncio.create_task(self._listen())}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await self._part(next(iter(done)).exception())
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            if self._listening is not None:
                await asyncio.shield(asyncio.ensure_future(self._listening.close()))

    async def _part(self, fault: BaseException | None) -> None:
        if fault is None or isinstance(fault, WebSocketDisconnect):
            return
        error = fault if isinstance(fault, FanarError) else None
        with suppress(WebSocketDisconnect, RuntimeError):
            if error is not None:
                await self._say(failed(error, self._language))
            await self._socket.close(_BUSY if isinstance(error, OverloadedError) else _POLICY if error is not None else _FAULT)
        if error is None:
            raise fault

    async def _read(self) -> None:
        while True:
            try:
                async with asyncio.timeout(_IDLE_SECONDS):
                    text = await self._socket.receive_text()
            except TimeoutError:
                raise RequestTimeoutError(_IDLE) from None
            except KeyError:
                raise InvalidRequestError(_NOT_JSON) from None
            event: Json = {}
            try:
                event = _event_of(text)
                await self._take(event)
            except TooLargeError:
                raise
            except FanarError as error:
                await self._say(failed(error, self._language, about=event.get("event_id")))

    async def _take(self, event: Json) -> None:
        match event["type"]:
            case "session.update" | "transcription_session.update":
                await self._update(event)
            case "input_audio_buffer.append":
                await self._append(samples_of(event))
            case "input_audio_buffer.commit" | "input_audio_buffer.clear":
                self._orders.append(event["type"].rpartition(".")[2])
                self._changed.set()
            case _:
                raise unknown()

    async def _update(self, event: Json) -> None:
        wanted = self._wanted.updated(event)
        self._platform.transcription.require(wanted.model)
        if self._listening is not None and wanted.options != self._wanted.options:
            raise UnprocessableError(_BEGUN, param="session")
        self._wanted = wanted
        kind = "session.updated" if event["type"] == "session.update" else "transcription_session.updated"
        await self._say(told(kind, session=wanted.described()))

    async def _append(self, samples: bytes) -> None:
        self._total += len(samples)
        if self._total > 2 * RATE * self._platform.settings.speech.seconds:
            raise TooLargeError(_TOO_LONG)
        await self._room.wait()
        self._waiting += samples
        if len(self._waiting) >= _MOST_WAITING:
            self._room.clear()
        if len(self._waiting) >= _STEP:
            self._changed.set()

    async def _listen(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            order = self._orders.pop(0) if self._orders else ""
            samples = bytes(self._waiting)
            self._waiting.clear()
            self._room.set()
            if order == "clear":
                await self._say(told("input_audio_buffer.cleared"))
            elif samples or order or self._heard:
                await self._hear(samples, final=order == "commit")
            if self._orders or len(self._waiting) >= _STEP:
                self._changed.set()

    async def _hear(self, samples: bytes, *, final: bool) -> None:
        if self._listening is None:
            self._listening = await self._platform.transcription.listen(self._wanted.options, model=self._wanted.model)
        self._heard += len(samples)
        text, silence = await self._listening.hear(Sound(samples, RATE), final=final)
        if text.strip():
            await self._say(self._item.delta(text))
        quiet = self._wanted.silence is not None and silence >= self._wanted.silence and bool(self._item.text)
        if quiet and not final:
            # What is not believed by now is not going to be said more clearly.
            text, _ = await self._listening.hear(Sound(b"", RATE), final=True)
            if text.strip():
                await self._say(self._item.delta(text))
        if final or quiet:
            await self._end_turn()

    async def _end_turn(self) -> None:
        item, seconds = self._item, self._heard / (2 * RATE)
        self._item, self._heard = Item(item.id), 0
        await self._say(item.committed())
        await self._say(item.completed(seconds))

    async def _say(self, event: Json) -> None:
        await _say(self._socket, event)


async def _say(socket: WebSocket, event: Mapping[str, Any]) -> None:
    if socket.client_state is WebSocketState.CONNECTED:
        await socket.send_text(orjson.dumps(event).decode())


def _event_of(text: str) -> Json:
    try:
        event = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise InvalidRequestError(_NOT_JSON) from None
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise InvalidRequestError(_NOT_JSON)
    return event


def _secret(headers: Mapping[str, str], offered: list[str]) -> str:
    """Return the key that is shown: browsers, which can set no header, show it as a subprotocol."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    return next((name.removeprefix(_KEY_PROTOCOL) for name in offered if name.startswith(_KEY_PROTOCOL)), "")
