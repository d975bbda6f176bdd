"""How well and at what cost speech is written down, beside openai-whisper and faster-whisper on the same weights.

Accuracy is the micro model's (tests/fixtures/micro_whisper), on speakers that it did not learn from; what the engines cost is measured
on a Whisper of `tiny`'s dimensions. Whether they agree is measured by `speech_agreement`.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import faster_whisper
import numpy as np
import torch
import whisper
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

from fanar.events import TranscriptDelta
from fanar.media import Segment, TranscriptionOptions
from speech.audio import SoundLimits, read_blocks
from speech.conversion import convert
from speech.engine import Engine
from speech.faster import FasterEngine
from speech.guards import Guard
from speech.reference import ReferenceEngine
from speech.scoring import Score, word_errors
from speech.session import Listening, transcribe
from speech.vad import SpeechNetwork
from tests.benchmarks.report import Result, evaluation_data
from tests.fixtures.micro_whisper.clips import DIGITS, clips, words
from tests.fixtures.micro_whisper.measure import Spoken, connected, silences, single
from tests.fixtures.micro_whisper.strings import voices
from tests.fixtures.micro_whisper.train import CHECKPOINT
from tests.unit.speech.sounds import wav

ASC = evaluation_data() / "speech" / "asc"
MANIFEST = evaluation_data() / "speech" / "manifest.jsonl"
DATA = (ASC, MANIFEST, CHECKPOINT)

_SEED = 11
_ROUNDS = 7
PLAIN = TranscriptionOptions(speech_only=False, guards=False)
EXACT = {"temperature": 0.0, "compression_ratio_threshold": None, "logprob_threshold": None, "no_speech_threshold": None}
DIRECT = {"temperature": 0.0, "compression_ratio_threshold": None, "log_prob_threshold": None, "no_speech_threshold": None}
_TINY = ModelDimensions(80, 1500, 384, 6, 4, 51865, 448, 384, 6, 4)
_SENTENCE = " And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country."
_SURE = 20.0
NETWORK = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")


@dataclass(frozen=True)
class Models:
    """One checkpoint in the hands of four: ours on both engines, and the libraries themselves."""

    checkpoint: Path
    folder: Path

    def reference(self) -> ReferenceEngine:
        return ReferenceEngine(self.checkpoint)

    def faster(self, precision: str = "float32") -> FasterEngine:
        return FasterEngine(self.folder, precision=precision)

    def openai(self) -> Whisper:
        return whisper.load_model(str(self.checkpoint))


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _accuracy(models(CHECKPOINT, folder / "micro"), folder)
        yield from _cost(models(tiny_checkpoint(folder / "tiny.pt"), folder / "tiny"))


def _accuracy(micro: Models, folder: Path) -> Iterator[Result]:
    heard, texts = voices(clips(ASC, "val")), words(ASC)
    ours, theirs = _by_us(micro.faster("int8"), folder), _by_openai(micro.openai())
    spoken = {
        "WER of connected digits": (connected(heard, texts, DIGITS, count=10, seed=_SEED), "≤ 0.08"),
        "WER of connected words, all forty": (connected(heard, texts, list(texts), count=10, seed=_SEED + 1), "≤ 0.12"),
        "WER of single words, all forty": (single(heard, texts, count=40, seed=_SEED + 2), "≤ 0.12"),
    }
    for name, (said, target) in spoken.items():
        yield _rate(name, list(said), ours, theirs, target, "six speakers of the validation split")
    yield _rate("WER of single words, other speakers", list(_others()), ours, theirs, "", "six speakers of the test split")
    silent = list(silences(20, _SEED + 3))
    wrong = sum((word_errors("", ours(each.sound)) for each in silent), Score()).errors
    yield Result("words heard in silence, noise and tones", wrong, "", "≤ 0", data="20 sounds of 10 seconds", seed=_SEED + 3)


def _rate(name: str, said: Sequence[Spoken], ours: Callable, theirs: Callable, target: str, data: str) -> Result:
    totals = [sum((word_errors(each.text, hear(each.sound)) for each in said), Score()) for hear in (ours, theirs)]
    data = f"{len(said)} sounds, {totals[0].units} words, {data}"
    return Result(name, totals[0].rate or 0.0, "", target, "openai-whisper, greedy", totals[1].rate, data, _SEED)


def _by_us(engine: Engine, folder: Path) -> Callable[[np.ndarray], str]:
    """Return the product's own way, with its defaults: only speech is listened to, failures are guarded against."""
    shared = Listening(engine, NETWORK, SoundLimits(), "micro", guard=Guard())

    def hear(sound: np.ndarray) -> str:
        (folder / "sound.wav").write_bytes(wav(sound))
        return "".join(segment.text for segment in segments(folder / "sound.wav", TranscriptionOptions(language="ar"), shared))

    return hear


def _by_openai(model: Whisper) -> Callable[[np.ndarray], str]:
    return lambda sound: model.transcribe(sound, language="ar", temperature=0.0, condition_on_previous_text=False, fp16=False)["text"]


def _others() -> Iterator[Spoken]:
    for row in rows():
        if row["kind"] == "single-word":
            yield Spoken(sound_of(MANIFEST.parent / row["path"]), row["text"])


def _cost(tiny: Models) -> Iterator[Result]:
    """Compare processor time on one recording, taking turns, one thread each."""
    path = MANIFEST.parent / "en" / "jfk.flac"
    shared = Listening(tiny.faster("int8"), NETWORK, SoundLimits(), "tiny")
    options = TranscriptionOptions(language="en", speech_only=False, guards=False)
    direct = faster_whisper.WhisperModel(str(tiny.folder), device="cpu", compute_type="int8", cpu_threads=1)
    openai = tiny.openai()
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: segments(path, options, shared),
        "faster-whisper": lambda: list(direct.transcribe(str(path), language="en", beam_size=1, **DIRECT)[0]),
        "openai-whisper": lambda: whisper.transcribe(openai, sound_of(path), language="en", fp16=False, **EXACT),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(_ROUNDS + 1):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            if turn:
                spent[name].append(time.process_time() - begun)
    middle = {name: median(times) for name, times in spent.items()}
    data = f"jfk.flac, {sum(block.shape[1] for block in read_blocks(path, SoundLimits())) / 16000:.0f} s, int8, dimensions of tiny"
    for peer, target in (("faster-whisper", "≤ 1.10"), ("openai-whisper", "≤ 0.40")):
        ratio = middle["ours"] / middle[peer]
        yield Result(f"processor time, ours to {peer}'s", ratio, "", target, f"{peer}, CPU seconds", middle[peer], data)


def models(checkpoint: Path, folder: Path) -> Models:
    convert(checkpoint, folder)
    return Models(checkpoint, folder)


def tiny_checkpoint(path: Path) -> Path:
    """Write random weights of `tiny`'s dimensions that are sure of one sentence, whatever they hear, so that nobody reads it twice."""
    torch.manual_seed(_SEED)
    model, tokenizer = Whisper(_TINY), get_tokenizer(multilingual=True)
    begin, end = tokenizer.timestamp_begin, tokenizer.timestamp_begin + 500
    said = [begin, *tokenizer.encode(_SENTENCE), end, tokenizer.eot]
    said += [tokenizer.eot] * (_TINY.n_text_ctx - len(said) - len(tokenizer.sot_sequence) + 1)
    first = len(tokenizer.sot_sequence) - 1
    with torch.no_grad():
        model.decoder.positional_embedding[:first] = 0
        model.decoder.positional_embedding[first:] = _SURE * model.decoder.token_embedding.weight[said]
    torch.save({"dims": asdict(_TINY), "model_state_dict": model.state_dict()}, path)
    return path


def segments(path: Path, options: TranscriptionOptions, shared: Listening) -> list[Segment]:
    return [event.segment for event in transcribe(path, options, shared) if isinstance(event, TranscriptDelta)]


def _text(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def sound_of(path: Path) -> np.ndarray:
    return np.concatenate([block[0] for block in read_blocks(path, SoundLimits())]).astype(np.float32) / 32768


def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in MANIFEST.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    for result in main():
        peer = "" if result.peer_value is None else f"   ({result.peer}: {result.peer_value:.3f})"
        print(f"{result.measure:62} {result.value:.4f} {result.unit} {result.target}{peer}   [{result.data}]", flush=True)
