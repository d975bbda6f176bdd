"""What half an hour in which nobody speaks is written down as, and how much memory a long recording takes, measured from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import faster_whisper
import numpy as np

from speech.scoring import Score, word_errors
from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.speech_service import RATE, Service, serving, written
from tests.fixtures.micro_whisper.train import CHECKPOINT

SPOKEN = evaluation_data() / "speech" / "en" / "jfk.flac"
DATA = (SPOKEN, CHECKPOINT)
_SEED = 5
_HOURS = 6


def main() -> Iterator[Result]:
    """Run the benchmark."""
    with tempfile.TemporaryDirectory() as name, serving(CHECKPOINT, Path(name) / "data") as service:
        yield from _silence(service, Path(name))
        yield from _hours(service, Path(name))


def _silence(service: Service, folder: Path) -> Iterator[Result]:
    sounds = (part for number in range(10) for part in (np.zeros(60 * RATE), _noise(60.0, number), _tone(60.0, 100.0 * 1.4**number)))
    told = service.transcribe(written(folder / "silence.wav", sounds), language="ar")
    heard = word_errors("", str(told["text"])) if str(told["text"]).strip() else Score()
    yield Result("words in 30 minutes of silence, noise and tones", heard.errors, "", "≤ 0", data="a minute of each in turns", seed=_SEED)


def _hours(service: Service, folder: Path) -> Iterator[Result]:
    """Compare the worst memory that ten minutes and hours bring the same processes to."""
    speech = faster_whisper.decode_audio(str(SPOKEN), sampling_rate=RATE)
    minute = np.concatenate([speech, _noise(60 - len(speech) / RATE, 1)])
    service.transcribe(written(folder / "ten.wav", (minute for _ in range(10))), language="en")
    short = service.memory(peak=True)
    service.transcribe(written(folder / "hours.wav", (minute for _ in range(60 * _HOURS))), language="en")
    data = f"{_HOURS} h, 11 s of speech and 49 s of noise each minute, 8 kHz, micro weights"
    yield Result("peak memory, a long file above ten minutes", service.memory(peak=True) - short, "MB", "≤ 64", "ten minutes", short, data)


def _noise(seconds: float, seed: int) -> np.ndarray:
    return np.random.default_rng(_SEED + seed).standard_normal(round(seconds * RATE)) * 0.05


def _tone(seconds: float, hertz: float) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


if __name__ == "__main__":
    for result in main():
        print(result, flush=True)
