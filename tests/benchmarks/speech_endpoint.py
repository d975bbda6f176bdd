"""What POST /v1/audio/transcriptions costs beside the libraries called directly, and how much memory it takes over hours and requests.

Everything is measured from outside: processor time and memory of the server and of the owner of the model together.
"""

from __future__ import annotations

import tempfile
import time
import wave
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import faster_whisper
import numpy as np
import torch
import whisper

from speech.conversion import convert
from speech.scoring import Score, word_errors
from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.speech import DIRECT, EXACT, tiny_checkpoint
from tests.benchmarks.speech_service import Service, serving
from tests.fixtures.micro_whisper.train import CHECKPOINT

SPOKEN = evaluation_data() / "speech" / "en" / "jfk.flac"
DATA = (SPOKEN, CHECKPOINT)
_RATE = 8_000  # of the long files: half as many bytes, and nothing of what is measured
_ROUNDS = 11
_SEED = 5
_PLAIN = {"FANAR_SPEECH__SPEECH_ONLY": "false"}


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkpoint = tiny_checkpoint(folder / "tiny.pt")
        convert(checkpoint, folder / "tiny")
        with serving(folder / "tiny", folder / "costs", **_PLAIN) as service:
            yield from _cost(service, checkpoint, folder / "tiny")
        with serving(CHECKPOINT, folder / "lasts") as service:
            yield from _requests(service, folder)
        with serving(CHECKPOINT, folder / "long") as service:
            yield from _silence(service, folder)
            yield from _hours(service, folder)


def _cost(service: Service, checkpoint: Path, converted: Path) -> Iterator[Result]:
    """Take turns with the libraries, one thread each."""
    direct = faster_whisper.WhisperModel(str(converted), device="cpu", compute_type="int8", cpu_threads=1)
    openai = whisper.load_model(str(checkpoint))
    ways: dict[str, tuple[Callable[[], object], Callable[[], float]]] = {
        "endpoint": (lambda: service.transcribe(SPOKEN, language="en"), service.cpu),
        "faster-whisper": (
            lambda: list(direct.transcribe(str(SPOKEN), language="en", beam_size=1, **DIRECT)[0]),
            time.process_time,
        ),
        "openai-whisper": (
            lambda: whisper.transcribe(openai, faster_whisper.decode_audio(str(SPOKEN)), language="en", fp16=False, **EXACT),
            time.process_time,
        ),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
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


def _requests(service: Service, folder: Path) -> Iterator[Result]:
    """Look at memory while requests follow each other, and while they come together."""
    sound = _written(folder / "short.wav", (_noise(2.0, number) for number in range(1)))
    memory = []
    for number in range(1000):
        service.transcribe(sound, language="ar")
        if number % 10 == 9:
            memory.append(service.memory())
    data = "sounds of 2 s, micro weights; regression over the second half"
    yield Result("memory, 1,000 requests one after the other", _slope(memory, 10), "MB per 100", "≤ 1", data=data, seed=_SEED)
    memory = []
    with ThreadPoolExecutor(20) as pool:
        for _ in range(10):
            list(pool.map(lambda _: service.transcribe(sound, language="ar"), range(20)))
            memory.append(service.memory())
    yield Result("memory, 200 requests, 20 at a time", _slope(memory, 20), "MB per 100", "≤ 1", data=data, seed=_SEED)


def _silence(service: Service, folder: Path) -> Iterator[Result]:
    sounds = (part for number in range(10) for part in (np.zeros(60 * _RATE), _noise(60.0, number), _tone(60.0, 100.0 * 1.4**number)))
    told = service.transcribe(_written(folder / "silence.wav", sounds), language="ar")
    heard = word_errors("", str(told["text"])) if str(told["text"]).strip() else Score()
    yield Result("words in 30 minutes of silence, noise and tones", heard.errors, "", "≤ 0", data="a minute of each in turns", seed=_SEED)


def _hours(service: Service, folder: Path) -> Iterator[Result]:
    """Compare the worst memory that ten minutes and six hours bring the same processes to."""
    speech = faster_whisper.decode_audio(str(SPOKEN), sampling_rate=_RATE)
    minute = np.concatenate([speech, _noise(60 - len(speech) / _RATE, 1)])
    service.transcribe(_written(folder / "ten.wav", (minute for _ in range(10))), language="en")
    short = service.memory(peak=True)
    service.transcribe(_written(folder / "six.wav", (minute for _ in range(360))), language="en")
    data = "11 s of speech and 49 s of noise each minute, 8 kHz, micro weights"
    yield Result("peak memory, six hours above ten minutes", service.memory(peak=True) - short, "MB", "≤ 64", "ten minutes", short, data)


def _slope(memory: list[float], step: int) -> float:
    half = memory[len(memory) // 2 :]
    return float(np.polyfit(np.arange(len(half)) * step, half, 1)[0] * 100)


def _noise(seconds: float, seed: int) -> np.ndarray:
    return np.random.default_rng(_SEED + seed).standard_normal(round(seconds * _RATE)) * 0.05


def _tone(seconds: float, hertz: float) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * _RATE)) / _RATE)


def _written(path: Path, sounds: Iterator[np.ndarray]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, _RATE, 0, "NONE", ""))
        for sound in sounds:
            file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


if __name__ == "__main__":
    for result in main():
        print(result, flush=True)
