"""faster-whisper as an engine: Whisper's weights on CTranslate2, several times cheaper. Knows nothing of files or of long recordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.lib.stride_tricks import sliding_window_view
from scipy.fft import rfft
from scipy.sparse import csr_array

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.media import Task
from speech.engine import Decoded, Draft, Encoded, Script
from speech.spectrum import HOP, WINDOW, Mel, Signal

Precision = Literal["default", "float32", "int8", "int8_float32", "float16", "int8_float16", "bfloat16"]

_PREPENDED = "\"'“¿([{-"
_APPENDED = "\"'.。,，!！?？:：”)]}、"
_LATEST_BEGINNING = 50  # timestamps: speech begins within the first second, or the window would have begun later
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_UNREADABLE = Bilingual(
    "FANAR_SPEECH__MODEL is no folder that faster-whisper reads: it needs model.bin, config.json and tokenizer.json. "
    "`fanar models pull` makes one.",
    "ليس FANAR_SPEECH__MODEL مجلدًا يقرؤه faster-whisper: يلزمه model.bin وconfig.json وtokenizer.json. ينشئه الأمر `fanar models pull`.",
)


class FasterEngine:
    """A folder in CTranslate2's form. `beam` widens the search; one is greedy."""

    def __init__(self, folder: Path, *, beam: int = 1, threads: int = 1, device: str = "cpu", precision: Precision = "default") -> None:
        """Raises ConfigurationError for what is no such folder."""
        # Without its tokenizer the library would go and fetch one.
        if not all((folder / name).is_file() for name in _NEEDED):
            raise ConfigurationError(_UNREADABLE)
        self._beam = beam
        try:
            self._whisper = WhisperModel(str(folder), device=device, compute_type=precision, cpu_threads=threads, local_files_only=True)
        except (RuntimeError, ValueError, OSError) as cause:
            raise ConfigurationError(_UNREADABLE) from cause
        self._model = self._whisper.model
        # What a prompt says stays text, even where it looks like one of the model's own marks.
        self._whisper.hf_tokenizer.encode_special_tokens = True
        # Nearly all of it is zero, and a product with all of it would wake as many threads as there are cores.
        self._filters = csr_array(FeatureExtractor(feature_size=self.mels).mel_filters.astype(np.float32))
        self._shape = np.hanning(WINDOW + 1)[:-1].astype(np.float32)

    @property
    def mels(self) -> int:
        """Rows of a window."""
        return int(self._model.n_mels)

    @cached_property
    def languages(self) -> Sequence[str]:
        """The codes of the languages it was trained for."""
        return tuple(self._whisper.supported_languages)

    @property
    def context(self) -> int:
        """How many tokens of text it can hold, prompt and answer."""
        return int(self._whisper.max_length)

    def log_mel(self, samples: Signal) -> Mel:
        """Return a frame each 10 ms, over 25 ms each, unpadded."""
        frames = sliding_window_view(samples, WINDOW)[::HOP] * self._shape
        spectrum = rfft(frames, axis=1)
        loudness = self._filters @ (spectrum.real**2 + spectrum.imag**2).T
        found: Mel = np.log10(np.maximum(loudness, np.float32(1e-10)))
        return found

    def script(self, *, language: str, task: Task) -> Tokenizer:
        """Return the tokens for a language and a task."""
        return Tokenizer(self._whisper.hf_tokenizer, self._model.is_multilingual, task=task, language=language)

    def encode(self, window: Mel) -> Encoded:
        """Return what the window means to the model."""
        return self._whisper.encode(window)

    def detect(self, encoded: Encoded) -> Mapping[str, float]:
        """Return how likely each language is."""
        if not self._model.is_multilingual:
            return {"en": 1.0}
        return {token[2:-2]: probability for token, probability in self._model.detect_language(encoded)[0]}

    def decode(self, encoded: Encoded, script: Script, *, prompt: Sequence[int], temperature: float) -> Decoded:
        """Return what is said in a window that follows `prompt`; above zero `temperature` draws lots."""
        assert isinstance(script, Tokenizer)  # noqa: S101 - ours
        before = self._whisper.get_prompt(script, list(prompt))
        found = self._model.generate(
            encoded,
            [before],
            max_length=min(self.context, len(before) + self.context // 2),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=get_suppressed_tokens(script, [-1]),
            max_initial_timestamp_index=_LATEST_BEGINNING,
            **self._search(temperature),
        )[0]
        tokens = tuple(found.sequences_ids[0])
        # CTranslate2 divides by the length, Whisper counts the final token too.
        return Decoded(tokens, found.scores[0] * len(tokens) / (len(tokens) + 1), found.no_speech_prob, temperature)

    def time_words(self, drafts: list[Draft], encoded: Encoded, script: Script, *, frames: int, spoken: float) -> None:
        """Give each draft of a window its `words`, and mend its ends by them."""
        self._whisper.add_word_timestamps([drafts], script, encoded, frames, _PREPENDED, _APPENDED, spoken)

    def _search(self, temperature: float) -> Mapping[str, Any]:
        if temperature == 0:
            return {"beam_size": self._beam}
        return {"beam_size": 1, "sampling_topk": 0, "sampling_temperature": temperature}
