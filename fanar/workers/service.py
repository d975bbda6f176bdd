"""The owner's side of the wire: answers calls of one target from many connections. Knows nothing of processes or of what the target is."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from typing import Any

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotFoundError, OverloadedError
from fanar.workers.wire import CALL, ERROR, GREETING, RESULT, encode, pack_error, receive

_log = logging.getLogger(__name__)


class Service:
    """Calls the target in its own threads, in the order of arrival; beyond the queue it refuses at once.

    `methods` are all that can be called. A method may be a coroutine function; its thread runs it to the end.
    """

    def __init__(self, target: object, *, methods: Sequence[str], executor: ThreadPoolExecutor, capacity: int) -> None:
        self._methods = {name: getattr(target, name) for name in methods}
        self._executor = executor
        self._capacity = capacity
        self._calls: set[Future[bytes]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it ends; what it asked for and did not wait for is dropped."""
        answers: dict[int, asyncio.Task[None]] = {}
        try:
            writer.write(encode([GREETING]))
            while True:
                kind, number, *call = await receive(reader)
                if kind == CALL:
                    answers[number] = asyncio.create_task(self._answer(writer, number, *call))
                    answers[number].add_done_callback(partial(_forget, answers, number))
                elif number in answers:
                    answers[number].cancel()
        except (EOFError, ConnectionError):
            _log.debug("a caller left")
        finally:
            for answer in list(answers.values()):
                answer.cancel()
            writer.close()

    def stop(self) -> None:
        """Refuse what comes, drop what waits, and return once what runs has ended."""
        self._capacity = 0
        for call in self._calls.copy():
            call.cancel()
        wait(self._calls.copy())

    async def _answer(self, writer: asyncio.StreamWriter, number: int, method: str, arguments: list[Any], options: dict[str, Any]) -> None:
        try:
            call = self._submit(number, method, arguments, options)
        except FanarError as refusal:
            frame = encode([ERROR, number, pack_error(refusal)])
        else:
            frame = await _frame_of(call, number, method)
        with suppress(ConnectionError):
            writer.write(frame)
            await writer.drain()

    def _submit(self, number: int, method: str, arguments: list[Any], options: dict[str, Any]) -> Future[bytes]:
        if method not in self._methods:
            raise NotFoundError(Bilingual("The worker offers no such method.", "لا يقدّم العامل هذه الوظيفة."))
        if len(self._calls) >= self._capacity:
            raise OverloadedError(Bilingual("The worker's queue is full: try again.", "طابور العامل ممتلئ: أعد المحاولة."))
        call = self._executor.submit(self._call, number, method, arguments, options)
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)
        return call

    def _call(self, number: int, method: str, arguments: list[Any], options: Mapping[str, Any]) -> bytes:
        value = self._methods[method](*arguments, **options)
        if inspect.iscoroutine(value):
            value = asyncio.run(value)
        return encode([RESULT, number, value])


def _forget(answers: dict[int, asyncio.Task[None]], number: int, _answer: asyncio.Task[None]) -> None:
    del answers[number]


async def _frame_of(call: Future[bytes], number: int, method: str) -> bytes:
    waiting = asyncio.wrap_future(call)
    try:
        await asyncio.wait([waiting])
    finally:
        # A caller that left: what did not begin never will, from this moment on; through its waiter the call would hear of it a turn later.
        call.cancel()
        waiting.cancel()
    error = waiting.exception()
    if error is None:
        return waiting.result()
    if not isinstance(error, FanarError):
        _log.error("the method %s failed", method, exc_info=error)
        error = ModelUnavailableError(Bilingual("The worker failed at this request.", "أخفق العامل في هذا الطلب."))
    return encode([ERROR, number, pack_error(error)])
