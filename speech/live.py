"""Speech that is still being spoken, written down as it comes. Knows nothing of connections, processes or models.

What was heard so far is listened to again with every new stretch. Words are believed once two readings in a row agree on them, and a
word that was believed never changes. What is behind believed words is forgotten, so that a session of hours costs as much as one of
minutes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from fanar.events import TranscriptCompleted, TranscriptDelta
from fanar.media import Sound, TranscriptionOptions, Word
from speech.audio import SAMPLE_RATE
from speech.session import Listening, listened

KEPT = 12.0  # seconds of sound; of what is older the believed words are forgotten
MOST = 28.0  # seconds: a model's window, with room for what comes meanwhile
_SILENT = 1.0  # seconds that stay of sound in which nobody speaks, for a word that is beginning
_NEAR = 0.1  # seconds by which two readings may disagree about where a word ends
_UNSURE = 3.0  # seconds at the end of a full window in which words are not believed by force
_CONTEXT = 200  # characters of what was said that the model is told
_PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What is new: words that are believed from now on, and the seconds of silence since the last word."""

    text: str
    silence: float


class LiveTranscript:
    """One speaker's words. Without a language in `options` that of the first words is kept until the turn ends."""

    def __init__(self, options: TranscriptionOptions, shared: Listening) -> None:
        # Each stretch is read many times over, so a doubtful reading is not repeated with more chance in it.
        self._options = replace(options, words=True, channels=False, longest=None, temperature=options.temperature or 0.0)
        self._shared = shared
        self._samples: NDArray[np.float32] = np.zeros(0, np.float32)
        self._begin = 0.0  # seconds from the start of all to the start of the samples
        self._until = 0.0  # where the last believed word ended
        self._guessed: list[Word] = []
        self._said = ""
        self._heard: str | None = None  # the language of the last look
        self._language: str | None = None  # that of the words told in this turn
        self._resampler: AudioResampler | None = None
        self._rate = 0

    def hear(self, sound: Sound, *, final: bool = False) -> Heard:
        """Take the next stretch in and return what is believed now; at the end of a turn, that is `final`, everything."""
        self._add(sound)
        believed: list[Word] = []
        while self._end - self._begin > MOST:
            believed += self._believe(self._words(MOST), by_force=True)
        words = self._words(MOST)
        believed += self._believe(words, final=final)
        told = self._tell(believed)
        self._forget(final=final)
        return Heard(told, max(0.0, self._end - (self._guessed[-1].end if self._guessed else self._until)))

    @property
    def _end(self) -> float:
        return self._begin + len(self._samples) / SAMPLE_RATE

    def _add(self, sound: Sound) -> None:
        if sound.rate != self._rate:
            self._rate, self._resampler = sound.rate, AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        samples = np.frombuffer(sound.samples, "<i2")
        if not len(samples):
            return
        assert self._resampler is not None  # noqa: S101 - made with the rate
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = sound.rate
        pieces = [out.to_ndarray().reshape(-1) for out in self._resampler.resample(frame)]
        self._samples = np.concatenate([self._samples, *(piece.astype(np.float32) / 32_768 for piece in pieces)])

    def _words(self, seconds: float) -> list[Word]:
        """Return the words of the first `seconds` that are kept, without those that are believed already."""
        samples = self._samples[: round(seconds * SAMPLE_RATE)]
        if not len(samples):
            return []
        prompt = " ".join(filter(None, (self._options.prompt, self._said[-_CONTEXT:].strip()))) or None
        words: list[Word] = []
        options = replace(self._options, prompt=prompt, language=self._options.language or self._language)
        for event in listened(lambda: iter((samples,)), options, self._shared, brief=True):
            match event:
                case TranscriptDelta(segment):
                    words += segment.words
                case TranscriptCompleted(language) if words:
                    self._heard = language
        placed = [replace(word, start=word.start + self._begin, end=word.end + self._begin) for word in words]
        return [word for word in placed if word.end > self._until + _NEAR and (word.start + word.end) / 2 > self._until]

    def _believe(self, words: Sequence[Word], *, final: bool = False, by_force: bool = False) -> list[Word]:
        agreed = 0
        while agreed < min(len(words), len(self._guessed)) and _same(words[agreed], self._guessed[agreed]):
            agreed += 1
        if final:
            agreed = len(words)
        elif by_force:
            # The window is full and no two readings agree: what is not at its end will not become clearer.
            sure = self._begin + MOST - _UNSURE
            agreed = max(agreed, sum(word.end < sure for word in words))
        believed, self._guessed = list(words[:agreed]), list(words[agreed:])
        if believed:
            self._until = max(self._until, believed[-1].end)
        if by_force:
            self._drop_until(max(self._until, self._begin + MOST - _UNSURE) if not self._guessed else max(self._until, self._begin + 1.0))
        return believed

    def _forget(self, *, final: bool) -> None:
        if final:
            self._until = self._end
            self._drop_until(self._end)
            self._guessed, self._language = [], None
        elif not self._guessed and self._end - self._until > 2 * _SILENT:
            self._drop_until(self._end - _SILENT)
        elif self._end - self._begin > KEPT:
            self._drop_until(self._until)

    def _drop_until(self, place: float) -> None:
        count = min(len(self._samples), max(0, round((place - self._begin) * SAMPLE_RATE)))
        self._samples = self._samples[count:]
        self._begin += count / SAMPLE_RATE

    def _tell(self, words: Sequence[Word]) -> str:
        told = "".join(word.text if word.text.startswith(" ") or not self._said else f" {word.text}" for word in words)
        self._said += told
        if words:
            self._language = self._heard
        return told


def _same(one: Word, other: Word) -> bool:
    return _PLAIN.sub("", one.text.lower()) == _PLAIN.sub("", other.text.lower())
