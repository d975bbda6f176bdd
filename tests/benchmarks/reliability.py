"""What clients notice when a model server is killed, comes back, or is left; and what the gateway costs of a real vLLM's goodput.

Servers, gateway and load are processes of their own. vLLM runs on CPU with tiny random checkpoints and has one core; everything else has
the other. Goodput is measured through the gateway and at vLLM itself, in turns.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import monotonic

import aiohttp
from aiohttp import web

from tests.benchmarks.goodput import Limits, Side, crowded, in_turns
from tests.benchmarks.report import Result
from tests.clients.serving import Served, served
from tests.environments.build import environment
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.reliability.standing import PRIME, STAR, Standing, model_process, standing
from tests.load import Outcome, ask
from tests.outage import Outage, Victim, outage
from tests.vllm.servers import CONTEXT, checkpoints, vllm

SERVERS_CORE, OTHERS_CORE = 0, 1
SEED = 7
RATE = 6.0
TOKENS, LONG = 64, 400
AT_ONCE = 8
# What a reader bears: a first word after half a second, then words faster than they are read.
LIMITS = Limits(first=0.5, further=0.05)
LEAVERS = 100
KILLS = 4
PATIENCE = 240.0
IDS = {"star": STAR, "prime": PRIME}
OWN, VLLM = "own model servers", "vLLM on CPU, random Gemma-2 of two layers"
# Noise never says that it is done, so every answer is as long as it was asked to be.
_ENDLESS = {"ignore_eos": True, "temperature": 0.0, "max_tokens": TOKENS}


def main() -> Iterable[Result]:
    """Measure leaving, then death and return of light servers, then goodput, death and return of vLLM."""
    os.sched_setaffinity(0, {OTHERS_CORE})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from asyncio.run(_leaving(folder))
        with standing(folder, {seat: model_process(folder, seat) for seat in IDS}) as light:
            yield from _noticed([asyncio.run(_killed(light, seat)) for _ in range(KILLS) for seat in IDS], OWN)
        with _vllm(folder) as heavy:
            yield from asyncio.run(_goodput(heavy))
            long = {"streamed": {"max_tokens": LONG}, **_ENDLESS}
            yield from _noticed([asyncio.run(_killed(heavy, seat, **long)) for seat in IDS], VLLM)


@contextmanager
def _vllm(folder: Path) -> Iterator[Standing]:
    program = environment("vllm")
    servers = {seat: vllm(program, path, name=seat) for seat, path in checkpoints(program, folder).items()}
    for server in servers.values():
        server.command[:0] = ["taskset", "-c", str(SERVERS_CORE)]
    with standing(folder, servers, context_tokens=CONTEXT) as found:
        yield found


async def _killed(both: Standing, seat: str, **fields: object) -> Outage:
    other = next(name for name in IDS if name != seat)
    victim = Victim(both.servers[seat], seat, IDS[seat], other)
    return await outage(both.gateway.url, victim, models=list(IDS.values()), whole=8, streams=8, patience=PATIENCE, **fields)


def _noticed(outages: Sequence[Outage], servers: str) -> Iterator[Result]:
    data = f"{servers}, kill -9 under load {len(outages)} times: "
    whole = sum(len(found.whole) + len(found.knocks) for found in outages)
    failed = sum(len(found.failed) for found in outages)
    yield Result("whole answers that failed while one of two was dead", failed, "", "≤ 0", data=f"{data}{whole:,} asked for")
    broken, silent = (sum(map(len, each)) for each in zip(*((found.broken, found.silent) for found in outages), strict=True))
    yield Result("streams cut off without the error event", silent, "", "≤ 0", data=f"{data}{broken} cut off")
    took = [found.recovery for found in outages]
    yield Result("from a server's return to its first answer, middle", median(took), "s", "≤ 2", data=data.rstrip(": "))
    yield Result("from a server's return to its first answer, worst", max(took), "s", "≤ 2", data=data.rstrip(": "))


async def _goodput(both: Standing) -> list[Result]:
    def sides() -> tuple[Side, Side]:
        return Side(both.gateway.url, STAR), Side(both.servers["star"].url, "star")

    await crowded(sides(), rounds=1, seconds=3.0, at_once=AT_ONCE, **_ENDLESS)  # warms up
    through, direct = sides()
    await in_turns((through, direct), rounds=4, seconds=8.0, rate=RATE, seed=SEED, **_ENDLESS)
    kept, kept_directly = through.kept(LIMITS), direct.kept(LIMITS)
    paced = f"{VLLM}, {RATE:g} questions a second at random times, {TOKENS} tokens each; limits {LIMITS.first} s, {LIMITS.further} s"
    busy, busy_direct = sides()
    await crowded((busy, busy_direct), rounds=4, seconds=5.0, at_once=AT_ONCE, **_ENDLESS)
    pressed = f"{VLLM}, {AT_ONCE} at once without a pause, {TOKENS} tokens each"
    (first, further), (first_directly, further_directly) = through.middle(), direct.middle()

    def row(measure: str, value: float, peer: float, unit: str = "", target: str = "", data: str = paced) -> Result:
        return Result(measure, value, unit, target, "vLLM itself", peer, data, SEED if data == paced else None)

    return [
        row("goodput, part of vLLM's own", kept / kept_directly, 1.0, target="≥ 0.98"),
        row("answers within the limits", kept, kept_directly),
        row("time to the first token, p50", first * 1000, first_directly * 1000, "ms"),
        row("time for each further token, p50", further * 1000, further_directly * 1000, "ms"),
        row("answers under pressure, part of vLLM's own", busy.rate / busy_direct.rate, 1.0, target="≥ 0.98", data=pressed),
        row("answers under pressure", busy.rate, busy_direct.rate, "/s", data=pressed),
    ]


class _Noting(Upstream):
    """A model server that notes when it saw that its asker had left."""

    def __init__(self, behaviour: Behaviour | None = None, *, model: str = "tiny") -> None:
        super().__init__(behaviour, model=model)
        self.seen: asyncio.Queue[float] = asyncio.Queue()

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        try:
            return await super()._chat(request)
        except (ConnectionResetError, asyncio.CancelledError):
            self.seen.put_nowait(monotonic())
            raise


async def _leaving(folder: Path) -> list[Result]:
    behaviour = Behaviour(reply="word " * 4000, between=0.005)
    async with upstream(behaviour, model="star", kind=_Noting) as server, aiohttp.ClientSession() as session:
        assert isinstance(server, _Noting)
        with served(folder / "leaving", only="gateway", log_level="warning", star__url=server.url, star__model="star") as gateway:
            took = [await _left(session, gateway, server) * 1000 for _ in range(LEAVERS)]
    data = f"{LEAVERS} streams of 200 tokens a second, left after the first"
    return [
        Result("from a reader's leaving to the model server's knowing, p50", median(took), "ms", "≤ 300", data=data),
        Result("from a reader's leaving to the model server's knowing, worst", max(took), "ms", "≤ 300", data=data),
    ]


async def _left(session: aiohttp.ClientSession, gateway: Served, server: _Noting) -> float:
    gone: list[float] = []

    def leave(_outcome: Outcome) -> None:
        gone.append(monotonic())
        reading.cancel()

    reading = asyncio.create_task(ask(session, gateway.url, STAR, stream=True, hear=leave))
    await asyncio.wait([reading])
    async with asyncio.timeout(PATIENCE):
        return await server.seen.get() - gone[0]
