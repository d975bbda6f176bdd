"""What POST /v1/audio/transcriptions costs beside the libraries called directly.

Everything is measured from outside: processor time of the server and of the owner of the model together. Each keeps its own guards
against failed readings; the weights are sure of what they say, so that none has worse luck than another and reads it again.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import faster_whisper
import torch
import whisper
from threadpoolctl import threadpool_limits

from speech.conversion import convert
from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.speech import tiny_checkpoint
from tests.benchmarks.speech_service import Service, serving

SPOKEN = evaluation_data() / "speech" / "en" / "jfk.flac"
DATA = (SPOKEN,)
_ROUNDS = 6
_PLAIN = {"FANAR_SPEECH__SPEECH_ONLY": "false"}


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    with threadpool_limits(1), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkpoint = tiny_checkpoint(folder / "tiny.pt")
        convert(checkpoint, folder / "tiny")
        with serving(folder / "tiny", folder / "costs", **_PLAIN) as service:
            yield from _cost(service, checkpoint, folder / "tiny")


def _cost(service: Service, checkpoint: Path, converted: Path) -> Iterator[Result]:
    """Take turns with the libraries, one thread each."""
    direct = faster_whisper.WhisperModel(str(converted), device="cpu", compute_type="int8", cpu_threads=1)
    openai = whisper.load_model(str(checkpoint))
    ways: dict[str, tuple[Callable[[], object], Callable[[], float]]] = {
        "endpoint": (lambda: service.transcribe(SPOKEN, language="en"), service.cpu),
        "faster-whisper": (
            lambda: list(direct.transcribe(str(SPOKEN), language="en", beam_size=1)[0]),
            time.process_time,
        ),
        "openai-whisper": (
            lambda: whisper.transcribe(openai, faster_whisper.decode_audio(str(SPOKEN)), language="en", fp16=False),
            time.process_time,
        ),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    # faster-whisper collects garbage after each file: it is not to pay for what else was loaded here.
    gc.freeze()
    for _ in range(_ROUNDS):
        for name, (way, clock) in ways.items():
            begun = clock()
            way()
            spent[name].append(clock() - begun)
    first = spent["endpoint"][0]
    middle = {name: median(times[1:]) for name, times in spent.items()}
    over = median(ours - theirs for ours, theirs in zip(spent["endpoint"][1:], spent["faster-whisper"][1:], strict=True))
    data = f"jfk.flac, 11 s, int8, dimensions of tiny, {_ROUNDS - 1} rounds in turns"
    for peer, target in (("faster-whisper", "≤ 1.10"), ("openai-whisper", "≤ 0.40")):
        ratio = middle["endpoint"] / middle[peer]
        yield Result(f"processor time, endpoint's to {peer}'s", ratio, "", target, f"{peer}, CPU seconds", middle[peer], data)
    yield Result("overhead of the endpoint, p50, CPU", 1000 * over, "ms", "≤ 15", "faster-whisper", 1000 * middle["faster-whisper"], data)
    yield Result("first request to the median, CPU", first / middle["endpoint"], "", "≤ 1.5", data=data)


if __name__ == "__main__":
    for result in main():
        print(result, flush=True)
