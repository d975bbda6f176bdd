"""Where an embedder is trained: in a process of its own, whose memory is given back. Knows nothing of how."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import StorageError
from rag.embedders import EmbedderShape

Trainer = Callable[[Sequence[str], EmbedderShape, Path], Awaitable[None]]
"""Trains on the texts and writes the weights to the file."""


async def train_apart(texts: Sequence[str], shape: EmbedderShape, output: Path) -> None:
    """Train in another process. Raises StorageError when it fails, which without a bug means: no memory or no room on disk."""
    # -P: what lies in the folder we happen to be started in must not be imported.
    command = [sys.executable, "-P", "-m", "rag.training", "--output", str(output)]
    command += ["--dimensions", str(shape.dimensions), "--buckets", str(shape.buckets)]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
    try:
        await process.communicate(b"\n".join(json.dumps(text).encode() for text in texts))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise StorageError(
            Bilingual(
                "The index could not be built: it takes 1 GB of memory and room on the disk.",
                "تعذّر بناء الفهرس: يلزمه 1 غيغابايت من الذاكرة ومساحة على القرص.",
            )
        )
