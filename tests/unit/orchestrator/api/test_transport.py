"""What is written in one turn of the loop leaves together, in order, and in bounds."""

from __future__ import annotations

import asyncio
from typing import cast

from orchestrator.api.server import MERGED_BYTES, PartingTransport


class Wire:
    """A transport that keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.said.append(data)

    def close(self) -> None:
        self.said.append("close")

    def abort(self) -> None:
        self.said.append("abort")

    def is_closing(self) -> bool:
        return bool({"close", "abort"} & set(self.said))


def transport(wire: Wire) -> PartingTransport:
    return PartingTransport(cast("asyncio.Transport", wire), asyncio.get_running_loop())


async def test_writes_of_one_turn_leave_together() -> None:
    parting = transport(wire := Wire())
    for piece in (b"head", b"body"):
        parting.write(piece)
    assert wire.said == []
    await asyncio.sleep(0)
    parting.write(b"more")
    await asyncio.sleep(0)
    assert wire.said == [b"headbody", b"more"]


async def test_what_waits_is_bounded() -> None:
    parting = transport(wire := Wire())
    for _ in range(5):
        parting.write(b"x" * (MERGED_BYTES // 2))
    assert sum(map(len, wire.said)) >= MERGED_BYTES
    await asyncio.sleep(0)
    assert sum(map(len, wire.said)) == 5 * (MERGED_BYTES // 2)


async def test_what_was_written_leaves_before_the_connection_is_closed_and_not_after_it_was_broken() -> None:
    for end, said in ((PartingTransport.close, [b"last", "close"]), (PartingTransport.abort, ["abort"])):
        parting = transport(wire := Wire())
        parting.write(b"last")
        end(parting)
        await asyncio.sleep(0)
        assert wire.said == said


async def test_nothing_is_sent_to_a_client_who_left_since_it_was_written() -> None:
    parting = transport(wire := Wire())
    parting.write(b"late")
    wire.abort()
    await asyncio.sleep(0)
    assert wire.said == ["abort"]
    parting = transport(wire := Wire())
    parting.write(b"lost")
    parting.forget()
    await asyncio.sleep(0)
    assert wire.said == []
