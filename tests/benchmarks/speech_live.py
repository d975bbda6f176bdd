"""How long after a word was spoken it is told, with several speakers at once, by the rules of the product's live sessions.

The clock is made here: sound comes as it is spoken, one owner listens to one speaker after the other, and each look at the sound takes
the processor seconds that it takes. So other programs on the machine do not count, nor does the network. Words that are told are
matched to those that were spoken, in order; of words that were misheard there is no lag, but they count among the errors.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import faster_whisper
import numpy as np
import torch

from fanar.events import TranscriptDelta
from fanar.media import Sound, TranscriptionOptions
from speech.audio import SoundLimits
from speech.conversion import convert
from speech.faster import FasterEngine
from speech.guards import Guard
from speech.live import LiveTranscript
from speech.scoring import Score, word_errors
from speech.session import Listening, listened
from speech.vad import SpeechNetwork
from tests.benchmarks.report import Result, evaluation_data
from tests.fixtures.micro_whisper.clips import RATE, clips, words
from tests.fixtures.micro_whisper.strings import Spoken, string, voices
from tests.fixtures.micro_whisper.train import CHECKPOINT

ASC = evaluation_data() / "speech" / "asc"
DATA = (ASC, CHECKPOINT)
_SESSIONS = 8
_SECONDS = 24.0
_STEP = 0.5  # seconds of new sound, after which the product listens again
_QUIET = 0.5  # seconds of silence that end a turn
_SEED = 17
_NETWORK = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")


@dataclass
class Speaker:
    """Somebody who speaks from a moment on, and what was told of it when."""

    live: LiveTranscript
    sound: np.ndarray
    spoken: list[Spoken]
    begins: float
    heard: int = 0
    ready: float = 0.0
    told: list[tuple[str, float]] = field(default_factory=list)
    open: bool = False

    def listen(self, now: float) -> float:
        """Listen to all that was said until `now`; return the processor seconds it took."""
        until = min(len(self.sound), round((now - self.begins) * RATE))
        piece, self.heard = self.sound[self.heard : until], until
        begun = time.process_time()
        heard = self.live.hear(Sound((np.clip(piece, -1, 1) * 32767).astype("<i2").tobytes(), RATE))
        texts = heard.text
        self.open |= bool(texts.strip())
        if self.open and heard.silence >= _QUIET:
            texts += self.live.hear(Sound(b"", RATE), final=True).text
            self.open = False
        cost = time.process_time() - begun
        self.told += [(word, now + cost - self.begins) for word in texts.split()]
        self.ready = self.begins + until / RATE + _STEP
        return cost

    @property
    def over(self) -> bool:
        """Whether everything was heard."""
        return self.heard >= len(self.sound)


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    texts = words(ASC)
    with tempfile.TemporaryDirectory() as name:
        convert(CHECKPOINT, Path(name) / "micro")
        shared = Listening(FasterEngine(Path(name) / "micro", precision="int8"), _NETWORK, SoundLimits(), "micro", guard=Guard())
        for count in (1, _SESSIONS):
            yield from _lags(count, shared, texts)


def _lags(count: int, shared: Listening, texts: dict[str, str]) -> Iterator[Result]:
    heard, rng = voices(clips(ASC, "val")), np.random.default_rng(_SEED)
    speakers = []
    for number in range(count):
        sound, spoken = string(rng, heard, seconds=_SECONDS, most=200, cut=False)
        begins = number * _STEP / count
        live = LiveTranscript(TranscriptionOptions(language="ar"), shared)
        silence = np.zeros(3 * RATE, np.float32)
        speakers.append(Speaker(live, np.concatenate([sound, silence]), spoken, begins, ready=begins + _STEP))
    busy, free = 0.0, 0.0
    while waiting := [each for each in speakers if not each.over]:
        speaker = min(waiting, key=lambda each: each.ready)
        free = max(free, speaker.ready)
        cost = speaker.listen(free)
        busy, free = busy + cost, free + cost
    lags = [lag for each in speakers for lag in _matched(each, texts)]
    spoken = sum(len(each.spoken) for each in speakers)
    data = f"{count} at once, {spoken} words in {_SECONDS:g} s each, {len(lags)} of them told right, micro weights, simulated clock"
    for share, target in ((50, "≤ 1.0"), (95, "≤ 2.0")):
        lag = float(np.percentile(lags, share))
        yield Result(f"live: lag of a word, p{share}", lag, "s", target, "WhisperStreaming, as reported", 3.3, data, _SEED)
    errors = sum((word_errors(_said(each, texts), " ".join(word for word, _ in each.told)) for each in speakers), Score())
    alone = sum((word_errors(_said(each, texts), _at_once(each, shared)) for each in speakers), Score())
    yield Result("live: WER", errors.rate or 0.0, "", "", "the same, heard whole afterwards", alone.rate, data, _SEED)
    yield Result("live: share of one core that is busy", busy / free, "", data=data, seed=_SEED)


def _said(speaker: Speaker, texts: dict[str, str]) -> str:
    return " ".join(texts[word.label] for word in speaker.spoken)


def _at_once(speaker: Speaker, shared: Listening) -> str:
    events = listened(lambda: iter((speaker.sound,)), TranscriptionOptions(language="ar"), shared)
    return "".join(event.segment.text for event in events if isinstance(event, TranscriptDelta))


def _matched(speaker: Speaker, texts: dict[str, str]) -> Iterator[float]:
    told = [word for word, _ in speaker.told]
    spoken = [texts[word.label] for word in speaker.spoken]
    for block in SequenceMatcher(None, told, spoken, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield speaker.told[block.a + step][1] - speaker.spoken[block.b + step].end


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:40} {result.value:.3f} {result.unit} {result.target} [{result.data}]", flush=True)
