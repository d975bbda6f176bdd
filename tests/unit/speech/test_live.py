"""What is believed of speech that is still being spoken, with readings that are known beforehand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.media import Segment, Sound, TranscriptionOptions, Word
from speech import live
from speech.live import KEPT, MOST, LiveTranscript
from speech.session import NO_LANGUAGE

RATE = 16_000
Reading = list[tuple[str, float, float]]


class Readings:
    """Reads what it was told, each time the next; remembers the sounds and the options."""

    def __init__(self, *readings: Reading) -> None:
        self._readings = list(readings)
        self.seconds: list[float] = []
        self.prompts: list[str | None] = []
        self.languages: list[str | None] = []

    def listened(self, blocks, options, shared, *, brief) -> Iterator[TranscriptEvent]:  # type: ignore[no-untyped-def]
        self.seconds.append(sum(len(block) for block in blocks()) / RATE)
        self.prompts.append(options.prompt)
        self.languages.append(options.language)
        assert options.words
        assert brief
        reading = self._readings.pop(0) if len(self._readings) > 1 else self._readings[0]
        words = tuple(Word(f" {text}", start, end, 1.0) for text, start, end in reading)
        if words:
            yield TranscriptDelta(Segment(0, words[0].start, words[-1].end, "".join(word.text for word in words), words))
        yield TranscriptCompleted("ar" if words else NO_LANGUAGE, self.seconds[-1], "known")


@pytest.fixture
def transcript(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def made(*readings: Reading) -> tuple[LiveTranscript, Readings]:
        known = Readings(*readings)
        monkeypatch.setattr(live, "listened", known.listened)
        return LiveTranscript(TranscriptionOptions(prompt="names"), None), known  # type: ignore[arg-type]

    return made


def second(count: float = 1.0) -> Sound:
    return Sound(np.zeros(round(count * RATE), "<i2").tobytes(), RATE)


def test_words_are_believed_when_two_readings_agree(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript(
        [("one", 0.1, 0.4), ("tow", 0.5, 0.9)],
        [("one", 0.1, 0.4), ("two", 0.5, 0.9)],
        [("two", 0.5, 0.9), ("three", 1.2, 1.6)],
        [("three", 1.2, 1.6)],
    )
    assert [hearing.hear(second()).text for _ in range(4)] == ["", " one", " two", " three"]
    assert known.prompts == ["names", "names", "names one", "names one two"]


def test_what_is_left_is_believed_at_the_end_of_a_turn_and_forgotten(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript([("one", 0.1, 0.4), ("two", 0.5, 0.9)], [("One,", 0.1, 0.4), ("too", 0.5, 0.9)], [])
    hearing.hear(second())
    assert hearing.hear(second(), final=True).text == " One, too"
    assert hearing.hear(second(0.5)) == live.Heard("", 0.5)
    assert known.seconds == [1.0, 2.0, 0.5]


def test_the_language_of_the_first_words_is_kept(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript([], [("one", 1.1, 1.4)], [("one", 1.1, 1.4)], [], [])
    for _ in range(5):
        hearing.hear(second())
    assert known.languages == [None, None, None, "ar", "ar"]


def test_the_next_turn_may_be_in_another_language(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript([("one", 0.1, 0.4)], [("one", 0.1, 0.4), ("two", 0.6, 0.9)], [])
    hearing.hear(second())
    assert hearing.hear(second(), final=True).text == " one two"
    hearing.hear(second())
    assert known.languages == [None, None, None]


def test_words_behind_believed_ones_are_not_told_twice(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, _ = transcript([("one", 0.1, 0.4)], [("one", 0.1, 0.4)], [("one", 0.1, 0.45), ("one", 0.6, 0.9)], [("one", 0.6, 0.9)])
    assert [hearing.hear(second()).text for _ in range(4)] == ["", " one", "", " one"]


def test_silence_is_counted_from_the_last_word(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, _ = transcript([("one", 0.1, 0.4)], [("one", 0.1, 0.4)], [])
    assert hearing.hear(second()).silence == pytest.approx(0.6)
    assert hearing.hear(second()).silence == pytest.approx(1.6)


def test_hours_of_silence_and_of_speech_are_kept_for_seconds_only(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript([])
    for _ in range(60):
        hearing.hear(second())
    assert max(known.seconds) <= 4.0
    hearing, known = transcript(*[[(str(n), 0.2, 0.4), (str(n), 0.5, 0.7)] for n in range(200)])
    for _ in range(100):
        hearing.hear(second())
    assert max(known.seconds) <= MOST
    assert KEPT < MOST


def test_much_at_once_is_heard_to_its_end(transcript) -> None:  # type: ignore[no-untyped-def]
    hearing, known = transcript([("one", 0.1, 0.4)], [])
    assert hearing.hear(second(90.0), final=True).text == " one"
    assert sum(known.seconds) >= 80.0
    assert max(known.seconds) <= MOST
