"""What pictures cost that are asked of a diffusion model's worker process, beside bare diffusers. Knows nothing of what becomes of them.

Both sides are processor time: bare diffusers' in this process, and of the worker's pictures this process's and the worker's together. Marks
and files, which bare diffusers does not make, are on neither side. The measures take turns, so that what else the machine does meets all.
The worker is started as the platform starts it, its environment for malloc included; bare diffusers runs as in any other program.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import torch

from fanar.image.diffusion.desk import METHODS
from fanar.image.diffusion.drawing import Shape
from fanar.image.diffusion.pipelines import Loaded
from fanar.image.painting import OwnedPainter
from fanar.media import ImageOptions
from fanar.workers.client import WorkerClient
from fanar.workers.memory import KEEPING
from fanar.workers.supervisor import OwnerSpec, Supervisor
from tests.benchmarks.report import Result

_ROUNDS = 80
_TOGETHER = 16
_EVERY = 4  # rounds for one of many at once, which cost as much as those do; it is held against the median of bare diffusers in these


def beside_bare(kind: str, folder: Path, loaded: Loaded, shape: Shape) -> Iterator[Result]:
    """Measure the pipeline in `folder`, which `loaded` is in this process."""
    alone, many = asyncio.run(_measured(folder, loaded, shape))
    yield Result(f"{kind}: CPU time of a request through the worker over bare diffusers'", median(alone), "×", target="≤ 1.05")
    yield Result(
        f"{kind}: {_TOGETHER} requests at once through the worker, pictures per CPU second over bare diffusers one at a time",
        median(many),
        "×",
        target="≥ 2.5",
    )


class _NoFiles:
    async def call(self, *_: object) -> bytes:
        return b""


async def _measured(folder: Path, loaded: Loaded, shape: Shape) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as home:
        owner = "fanar.image.diffusion.desk:open_desk"
        options, threads = _options(folder, shape), 2 * _TOGETHER
        spec = OwnerSpec(owner, Path(home) / "painter", METHODS, options, threads=threads, environment=KEEPING)
        async with Supervisor(spec) as supervisor:
            client = WorkerClient(spec.socket)
            painter = OwnedPainter(owner=client, tools=_NoFiles(), name="tiny")
            try:
                return await _in_turns(painter, lambda seed: _bare(loaded, seed, shape), shape, _clock_of(supervisor.pid or 0))
            finally:
                await client.close()


async def _in_turns(painter: OwnedPainter, bare: Callable[[int], None], shape: Shape, worker: int) -> tuple[list[float], list[float]]:
    async def spent(work: Awaitable[object]) -> float:
        began = time.process_time() + time.clock_gettime(worker)
        await work
        return time.process_time() + time.clock_gettime(worker) - began

    async def ours(seeds: range) -> None:
        await asyncio.gather(*(_asked(painter, seed, shape) for seed in seeds))

    async def theirs(seed: int) -> None:
        bare(seed)

    for _ in range(2):  # what is first done is dearer on both sides
        await theirs(0)
        await ours(range(_TOGETHER))
    alone, many, plains = [], [], []
    for seed in range(_ROUNDS):
        if seed % 2:
            one = await spent(ours(range(seed, seed + 1)))
            plain = await spent(theirs(seed))
        else:
            plain = await spent(theirs(seed))
            one = await spent(ours(range(seed, seed + 1)))
        alone.append(one / plain)
        plains.append(plain)
        if seed % _EVERY == _EVERY - 1:
            many.append(_TOGETHER * median(plains[-_EVERY:]) / await spent(ours(range(_TOGETHER))))
    return alone, many


async def _asked(painter: OwnedPainter, seed: int, shape: Shape) -> None:
    options = ImageOptions(width=shape.width, height=shape.height, seed=seed)
    assert [event async for event in painter.generate(f"prompt {seed}", options)]


def _bare(loaded: Loaded, seed: int, shape: Shape) -> None:
    with torch.inference_mode():
        loaded.pipeline(
            prompt=[f"prompt {seed}"], width=shape.width, height=shape.height, num_inference_steps=shape.steps,
            guidance_scale=loaded.kind.guidance, generator=[torch.Generator("cpu").manual_seed(seed)],
            output_type="np", **loaded.kind.options,
        )  # fmt: skip


def _options(folder: Path, shape: Shape) -> dict[str, Any]:
    plain = {"lora": None, "classifier": None, "device": "cpu", "precision": "float32", "offload": False}
    return {"folder": str(folder), **plain, "most": 2 * _TOGETHER, "batch": 4, "steps": shape.steps, "threads": torch.get_num_threads()}


def _clock_of(process: int) -> int:
    """Return the clock of a process's processor time, as clock_getcpuclockid(3) makes it: finer than the hundredths of seconds of /proc."""
    return (~process << 3) | 2
