"""Calls the target of an owner process from an event loop. Knows nothing of what the target is, nor of how its owner is kept alive."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, UpstreamTimeoutError
from fanar.workers.wire import CALL, CANCEL, RESULT, encode, receive, unpack_error

_KNOCK_AGAIN = 0.05


class WorkerClient:
    """One connection that many calls share; it is made when needed, and again after the owner was restarted.

    `timeout` bounds a call whole: connecting, waiting in the queue, running. `patience` is how many seconds an owner may take to come back.
    """

    def __init__(self, socket: Path, *, timeout: float = 30.0, patience: float = 10.0) -> None:
        self._socket = socket
        self._timeout = timeout
        self._patience = patience
        self._connecting = asyncio.Lock()
        self._connection: _Connection | None = None

    async def call(self, method: str, *arguments: object, within: float | None = None, **options: object) -> Any:  # noqa: ANN401 - the caller knows
        """Call a method of the target and return what it returned.

        Raises what the target raised of our errors, OverloadedError when its queue is full, UpstreamTimeoutError after `within` seconds,
        ModelUnavailableError when the owner is gone or failed. A call is never repeated: the owner may have done it before it died.
        """
        try:
            async with asyncio.timeout(self._timeout if within is None else within):
                connection = await self._connected()
                return await connection.ask(method, arguments, options)
        except TimeoutError as cause:
            raise UpstreamTimeoutError(Bilingual("The worker did not answer in time.", "لم يُجب العامل في الوقت المحدد.")) from cause

    async def close(self) -> None:
        """Leave; calls in progress fail."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _connected(self) -> _Connection:
        async with self._connecting:
            if self._connection is None or self._connection.lost:
                await self.close()
                self._connection = _Connection(*await self._knock())
            return self._connection

    async def _knock(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(self._socket)
                await _greeted(reader, writer)
            except (ConnectionError, EOFError, FileNotFoundError) as cause:
                if loop.time() >= until:
                    raise _gone() from cause
            else:
                return reader, writer
            await asyncio.sleep(_KNOCK_AGAIN)


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._numbers = count()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._listening = asyncio.create_task(self._listen(reader))

    @property
    def lost(self) -> bool:
        return self._listening.done() or self._writer.is_closing()

    async def ask(self, method: str, arguments: tuple[object, ...], options: Mapping[str, object]) -> object:
        number = next(self._numbers)
        frame = encode([CALL, number, method, arguments, options])
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            await self._write(frame)
            return await answer
        finally:
            del self._answers[number]
            self._give_up(number, answer)

    def _give_up(self, number: int, answer: asyncio.Future[Any]) -> None:
        if answer.cancelled() or answer.cancel():
            if not self.lost:
                self._writer.write(encode([CANCEL, number]))
        else:
            answer.exception()  # it may have failed while the call was still being written: then nobody has looked yet

    async def close(self) -> None:
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()

    async def _write(self, frame: bytes) -> None:
        try:
            self._writer.write(frame)
            await self._writer.drain()
        except ConnectionError as cause:
            raise _gone() from cause

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                kind, number, value = await receive(reader)
                answer = self._answers.get(number)
                if answer is not None and not answer.done():
                    _settle(answer, kind, value)
        except (EOFError, ConnectionError):
            self._writer.close()
        finally:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(_gone())


async def _greeted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    greeted = False
    try:
        greeted = bool(await receive(reader))
    finally:
        if not greeted:
            writer.close()


def _settle(answer: asyncio.Future[Any], kind: int, value: Any) -> None:  # noqa: ANN401 - the caller knows
    if kind == RESULT:
        answer.set_result(value)
    else:
        answer.set_exception(unpack_error(value))


def _gone() -> ModelUnavailableError:
    return ModelUnavailableError(
        Bilingual("The worker process is not there; it is being restarted.", "العملية العاملة غير موجودة؛ تجري إعادة تشغيلها.")
    )
