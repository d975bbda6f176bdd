"""Keeps a model's failures out of transcripts: loops, words in silence, guesses. Knows nothing of sound.

Whisper fails in known ways: it repeats itself, it writes something where nobody speaks, it goes on with what it made up. Each window is
judged by the numbers that its authors chose; what fails is read again with more chance in it, and what still loops is cut to one turn.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speech.engine import Decoded

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_LONGEST_TURN = 40  # tokens
_TURNS = 4  # so many in a row are a loop: nobody says a thing so often, except "no, no, no"
_SHORT_TURNS = 8  # of one or two tokens
MOST_REPEATS = 4  # of a segment, after it was said once


@dataclass(frozen=True, slots=True)
class GuardBounds:
    """When a window has failed."""

    compression: float = 2.4
    logprob: float = -1.0
    no_speech: float = 0.6


def compression_of(text: str) -> float:
    """Return how many times shorter the text becomes when it is compressed: loops compress well."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))


class Guard:
    """Judges what was read in windows."""

    def __init__(self, bounds: GuardBounds | None = None) -> None:
        self._bounds = bounds or GuardBounds()

    def read(self, decode: Callable[[float], Decoded], text_of: Callable[[Decoded], str], temperatures: Sequence[float]) -> Decoded:
        """Return the first reading that is good enough, else the likeliest of those that do not loop, else the likeliest."""
        readings: list[tuple[bool, Decoded]] = []
        for temperature in temperatures:
            found = decode(temperature)
            text = text_of(found)
            if self.is_silence(found) or not self.is_failure(found, text):
                return found
            readings.append((self._loops(text), found))
        return max(readings, key=lambda reading: (not reading[0], reading[1].avg_logprob))[1]

    def is_failure(self, found: Decoded, text: str) -> bool:
        """Whether the text repeats itself, or the model is not sure of it."""
        return self._loops(text) or found.avg_logprob < self._bounds.logprob

    def is_silence(self, found: Decoded) -> bool:
        """Whether the model itself believes that nobody speaks, and is not sure of what it wrote."""
        return found.no_speech_prob > self._bounds.no_speech and found.avg_logprob <= self._bounds.logprob

    def _loops(self, text: str) -> bool:
        return compression_of(text) > self._bounds.compression


def without_loops(tokens: Sequence[int]) -> list[int]:
    """Return the tokens with every loop cut to one turn."""
    kept: list[int] = []
    place = 0
    while place < len(tokens):
        length, turns = _loop_at(tokens, place)
        kept += tokens[place : place + length]
        place += length * turns
    return kept


def _loop_at(tokens: Sequence[int], place: int) -> tuple[int, int]:
    """Return the length of the turn that begins here and how often it comes: one token, once, where there is no loop."""
    for length in range(1, min(_LONGEST_TURN, (len(tokens) - place) // _TURNS) + 1):
        turn = tokens[place : place + length]
        turns = 1
        while tokens[place + turns * length : place + (turns + 1) * length] == turn:
            turns += 1
        if turns >= (_SHORT_TURNS if length <= 2 else _TURNS):
            return length, turns
    return 1, 1
