"""Whether POST /v1/audio/transcriptions takes more memory the more it is asked: the server and the owner of the model, from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faster_whisper
import numpy as np

from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.speech_service import RATE, Service, serving, written
from tests.fixtures.micro_whisper.train import CHECKPOINT

SPOKEN = evaluation_data() / "speech" / "en" / "jfk.flac"
DATA = (SPOKEN, CHECKPOINT)
_ONE_BY_ONE, _TOGETHER, _ROUNDS = 1_000, 200, 8


def main() -> Iterator[Result]:
    """Run the benchmark."""
    with tempfile.TemporaryDirectory() as name, serving(CHECKPOINT, Path(name) / "data", FANAR_SPEECH__QUEUE=str(_TOGETHER)) as service:
        yield from _requests(service, Path(name))


def _requests(service: Service, folder: Path) -> Iterator[Result]:
    """Look at memory while requests follow each other, and while they come together."""
    speech = faster_whisper.decode_audio(str(SPOKEN), sampling_rate=RATE)
    sound = written(folder / "short.wav", iter([speech[: 2 * RATE]]))
    memory = []
    for number in range(_ONE_BY_ONE):
        service.transcribe(sound, language="ar")
        if number % 10 == 9:
            memory.append(service.memory())
    data = "2 s of speech, micro weights; regression over the second half"
    one, together = f"{_ONE_BY_ONE} requests, {data}", f"{_ROUNDS} times {_TOGETHER} requests, {data}"
    yield Result("memory, requests one after the other", _slope(memory, 10), "MB per 100", "≤ 1", data=one)
    memory = []
    with ThreadPoolExecutor(_TOGETHER) as pool:
        for _ in range(_ROUNDS):
            list(pool.map(lambda _: service.transcribe(sound, language="ar"), range(_TOGETHER)))
            memory.append(service.memory())
    yield Result(f"memory, requests {_TOGETHER} at once", _slope(memory, _TOGETHER), "MB per 100", "≤ 1", data=together)


def _slope(memory: list[float], step: int) -> float:
    half = memory[len(memory) // 2 :]
    return float(np.polyfit(np.arange(len(half)) * step, half, 1)[0] * 100)


if __name__ == "__main__":
    for result in main():
        print(result, flush=True)
