"""How well texts are prepared for the voice, how soon it is heard, and what it costs.

The readings of tests/benchmarks/data/readings.txt were written by hand beside their sentences; what is compared is words, letter by
letter but for vowel marks, as they are handed to the voice.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median

from speech.espeak import load_espeak
from speech.reading.reader import Reader
from speech.vocaliser import load_vocaliser
from speech.voice_desk import VoiceDesk
from tests.benchmarks.report import Result

READINGS = Path(__file__).parent / "data" / "readings.txt"
DATA = (READINGS,)
_PLACE = re.compile(r"\[((?:\[[^\]]*\]\([^)]*\)|[^\[\]|])+)\|([^\[\]]+)\]")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ROUNDS = 3


@dataclass(frozen=True)
class Sentence:
    """What is written, and how it may be read."""

    text: str
    readings: tuple[str, ...]


def sentences(path: Path = READINGS) -> list[Sentence]:
    """Return the sentences of the list."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def is_right(sentence: Sentence, reader: Reader) -> bool:
    """Whether a sentence is read as it should be."""
    said = _words(spoken(sentence.text, reader))
    return any(said == _words(reading) for reading in sentence.readings)


def spoken(text: str, reader: Reader) -> str:
    """Return what is handed to the voice."""
    return " ".join(passage.text for passage in reader.read(text))


def main() -> Iterator[Result]:
    """Run the benchmark."""
    listed, reader = sentences(), Reader()
    wrong = [each for each in listed if not is_right(each, reader)]
    for each in wrong:
        print(f"{each.text} → {spoken(each.text, reader)}", file=sys.stderr)
    arabic = [each for each in listed if re.search("[\u0621-\u064a]", each.text)]
    right = 1 - len(wrong) / len(listed)
    yield Result("sentences read as they should be", right, "", "≥ 0.95", data=f"{len(listed)} sentences, {len(arabic)} Arabic")
    yield from _speed([each.text for each in listed])


def _speed(texts: list[str]) -> Iterator[Result]:
    vocalise = load_vocaliser()
    desk = VoiceDesk(load_espeak(), Reader(vocalise=vocalise), most=4)
    first, spent, heard = [], 0.0, 0.0
    desk.end(_begun(desk, texts[0])[0])
    for text in texts * _ROUNDS:
        begun = time.process_time()
        name, sound = _begun(desk, text)
        first.append(time.process_time() - begun)
        while sound:
            heard += len(sound) / 2 / desk.rate()
            sound = desk.advance(name)
        spent += time.process_time() - begun
        desk.end(name)
    data = f"{len(texts)} sentences, {_ROUNDS} rounds, Arabic vowelled first, CPU"
    yield Result("espeak: first sound, p50", 1000 * median(first), "ms", "≤ 80", data=data)
    yield Result("espeak: first sound, p95", 1000 * sorted(first)[round(0.95 * len(first))], "ms", data=data)
    yield Result("espeak: real-time factor", spent / heard, "", "≤ 0.03", data=data)


def _begun(desk: VoiceDesk, text: str) -> tuple[str, bytes]:
    name = desk.begin(text, {"voice": "Noor"})
    return name, desk.advance(name)


def _sentence(line: str) -> Sentence:
    places = list(_PLACE.finditer(line))
    readings = []
    for chosen in product(*(place[2].split("|") for place in places)):
        said, end = "", 0
        for place, words in zip(places, chosen, strict=True):
            said += line[end : place.start()] + words
            end = place.end()
        readings.append(said + line[end:])
    return Sentence(_PLACE.sub(lambda place: place[1], line), tuple(readings))


def _words(text: str) -> list[str]:
    # At the end of a sentence the feminine ending is a breath, and is spelled so for the voice.
    return [word.replace("ة", "ه") for word in re.findall(r"\w+", _MARKS.sub("", text).lower())]


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:40} {result.value:.4f} {result.unit} {result.target} [{result.data}]", flush=True)
