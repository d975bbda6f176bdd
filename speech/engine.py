"""What a Whisper engine must be able to do with one window, so that one way of listening fits all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from fanar.media import Task
from speech.spectrum import Mel, Signal

# What the model said of a window before it becomes segments: seek, start, end, tokens, text, and words where they are timed.
Draft = dict[str, Any]
# What a window means to a model: each engine has a form of its own, and gets back only what it gave.
Encoded: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Decoded:
    """What an engine read in one window: tokens, timestamps among them, without the final one."""

    tokens: tuple[int, ...]
    avg_logprob: float
    no_speech_prob: float
    temperature: float


class Script(Protocol):
    """The model's tokens, for one language and task."""

    @property
    def eot(self) -> int:
        """The first token that is no text."""
        ...

    @property
    def timestamp_begin(self) -> int:
        """The token for the beginning of a window."""
        ...

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a text."""
        ...

    def decode(self, tokens: list[int]) -> str:
        """Return the text of tokens."""
        ...


class Engine(Protocol):
    """Whisper's weights in memory. Not for two threads at once."""

    @property
    def mels(self) -> int:
        """Rows of a window."""
        ...

    @property
    def languages(self) -> Sequence[str]:
        """The codes of the languages it was trained for."""
        ...

    @property
    def context(self) -> int:
        """How many tokens of text it can hold, prompt and answer."""
        ...

    def log_mel(self, samples: Signal) -> Mel:
        """Return a frame each 10 ms, over 25 ms each, unpadded."""
        ...

    def script(self, *, language: str, task: Task) -> Script:
        """Return the tokens for a language and a task."""
        ...

    def encode(self, window: Mel) -> Encoded:
        """Return what the window, which may be cut short, means to the model."""
        ...

    def detect(self, encoded: Encoded) -> Mapping[str, float]:
        """Return how likely each language is."""
        ...

    def decode(self, encoded: Encoded, script: Script, *, prompt: Sequence[int], temperature: float) -> Decoded:
        """Return what is said in a window that follows `prompt`; above zero `temperature` draws lots."""
        ...

    def time_words(self, drafts: list[Draft], encoded: Encoded, script: Script, *, frames: int, spoken: float) -> None:
        """Give each draft of a window its `words`, and mend its ends by them. `spoken` is when the last word before the window ended."""
        ...
