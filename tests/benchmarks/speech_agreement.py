"""Whether our engines write down what openai-whisper does, clip by clip: text, tokens, ids and times, with trained and with random weights.

All clips of the list: that takes some seven minutes of one core.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import torch
import whisper

from fanar.media import Segment
from speech.audio import SoundLimits
from speech.session import Listening
from tests.benchmarks.report import Result
from tests.benchmarks.speech import EXACT, MANIFEST, NETWORK, PLAIN, Models, models, rows, segments, sound_of
from tests.fixtures.micro_whisper.train import CHECKPOINT
from tests.unit.speech.checkpoints import random_checkpoint

DATA = (MANIFEST, CHECKPOINT)


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chance = random_checkpoint(folder / "random.pt")
        yield from _agreement({"micro": models(CHECKPOINT, folder / "micro"), "random": models(chance, folder / "random")})


def _agreement(asked: dict[str, Models]) -> Iterator[Result]:
    """Compare text, tokens and times with openai-whisper's, and the faster engine's text with the reference engine's."""
    for name, each in asked.items():
        reference, faster, openai = each.reference(), each.faster(), each.openai()
        clips = rows()
        equal, same, apart = 0, 0, 0.0
        for row in clips:
            path = MANIFEST.parent / row["path"]
            ours = segments(path, PLAIN, Listening(reference, NETWORK, SoundLimits(), name))
            quick = segments(path, PLAIN, Listening(faster, NETWORK, SoundLimits(), name))
            theirs = whisper.transcribe(openai, sound_of(path), fp16=False, **EXACT)["segments"]
            read = [(segment.id, segment.text, list(segment.tokens)) for segment in ours] == [
                (s["id"], s["text"], s["tokens"]) for s in theirs
            ]
            equal += read
            if read:
                times = zip(chain(*((s.start, s.end) for s in ours)), chain(*((s["start"], s["end"]) for s in theirs)), strict=True)
                apart = max([apart, *(abs(mine - other) for mine, other in times)])
            alike = _text(quick) == _text(ours)
            same += alike
            if not (read and alike):
                print(f"{name}: {row['path']} reads otherwise", file=sys.stderr)
        data = f"all {len(clips)} clips, {name} weights"
        yield Result("text, tokens and ids equal openai-whisper's", equal / len(clips), "", "≥ 1", data=data)
        yield Result("largest distance of a time from openai-whisper's", apart, "s", "≤ 0.02", data=data)
        yield Result("text of faster-whisper's engine equals the reference engine's", same / len(clips), "", "≥ 0.99", data=data)


def _text(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:62} {result.value:.4f} {result.unit} {result.target} [{result.data}]", flush=True)
