"""OpenAI's own Whisper as an engine: what the others are measured against. Knows nothing of files or of long recordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch
import whisper
from whisper.audio import HOP_LENGTH, N_FFT, mel_filters
from whisper.decoding import DecodingOptions
from whisper.timing import add_word_timestamps
from whisper.tokenizer import LANGUAGES, Tokenizer, get_tokenizer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.media import Task
from speech.engine import Decoded, Draft, Script
from speech.spectrum import FRAMES, Mel, Signal

_UNREADABLE = Bilingual(
    "FANAR_SPEECH__MODEL is no checkpoint that openai-whisper reads: a .pt file of its own form is.",
    "ليس FANAR_SPEECH__MODEL نموذجًا يقرؤه openai-whisper: يقرأ ملف ‎.pt بصيغته.",
)


class _PlainTokenizer(Tokenizer):  # type: ignore[misc]  # whisper has no types
    """What a prompt says stays text, even where it looks like one of the model's own marks."""

    def encode(self, text: str) -> list[int]:
        tokens: list[int] = self.encoding.encode(text, disallowed_special=())
        return tokens


@dataclass(frozen=True, slots=True)
class _Encoded:
    mel: torch.Tensor
    features: torch.Tensor


class ReferenceEngine:
    """A checkpoint in openai-whisper's form. `beam` widens the search; one is greedy."""

    def __init__(self, checkpoint: Path, *, beam: int = 1, threads: int = 1, device: str = "cpu") -> None:
        """Raises ConfigurationError for what is no checkpoint."""
        torch.set_num_threads(threads)
        self._beam = beam if beam > 1 else None
        try:
            self._model = whisper.load_model(str(checkpoint), device=device)
        except (RuntimeError, KeyError, TypeError, ValueError, OSError, EOFError, UnpicklingError) as cause:
            raise ConfigurationError(_UNREADABLE) from cause
        self._filters = mel_filters(self._model.device, self._model.dims.n_mels)
        self._shape = torch.hann_window(N_FFT).to(self._model.device)

    @property
    def mels(self) -> int:
        """Rows of a window."""
        return int(self._model.dims.n_mels)

    @property
    def languages(self) -> Sequence[str]:
        """The codes of the languages it was trained for."""
        return list(LANGUAGES)[: self._model.num_languages] if self._model.is_multilingual else ["en"]

    @property
    def context(self) -> int:
        """How many tokens of text it can hold, prompt and answer."""
        return int(self._model.dims.n_text_ctx)

    def log_mel(self, samples: Signal) -> Mel:
        """Return a frame each 10 ms, over 25 ms each, unpadded."""
        signal = torch.from_numpy(np.ascontiguousarray(samples)).to(self._model.device)
        spectrum = torch.stft(signal, N_FFT, HOP_LENGTH, window=self._shape, center=False, return_complex=True)
        loudness = self._filters @ spectrum.abs() ** 2
        found: Mel = torch.clamp(loudness, min=1e-10).log10().cpu().numpy()
        return found

    def script(self, *, language: str, task: Task) -> Tokenizer:
        """Return the tokens for a language and a task."""
        known = get_tokenizer(self._model.is_multilingual, num_languages=self._model.num_languages, language=language, task=task)
        return _PlainTokenizer(known.encoding, known.num_languages, known.language, known.task)

    def encode(self, window: Mel) -> _Encoded:
        """Return what the window means to the model, which takes no shorter ones: they are filled with silence."""
        mel = torch.from_numpy(whisper.pad_or_trim(window, FRAMES)).to(self._model.device)
        with torch.no_grad():
            return _Encoded(mel, self._model.encoder(mel.unsqueeze(0))[0])

    def detect(self, encoded: _Encoded) -> Mapping[str, float]:
        """Return how likely each language is."""
        if not self._model.is_multilingual:
            return {"en": 1.0}
        _, probabilities = self._model.detect_language(encoded.features)
        return dict(probabilities)

    def decode(self, encoded: _Encoded, script: Script, *, prompt: Sequence[int], temperature: float) -> Decoded:
        """Return what is said in a window that follows `prompt`; above zero `temperature` draws lots."""
        assert isinstance(script, Tokenizer)  # noqa: S101 - ours
        options = DecodingOptions(
            task=script.task or "transcribe",
            language=script.language,
            temperature=temperature,
            beam_size=self._beam if temperature == 0 else None,
            prompt=list(prompt),
            fp16=False,
        )
        found: Any = self._model.decode(encoded.features, options)
        return Decoded(tuple(found.tokens), float(found.avg_logprob), float(found.no_speech_prob), temperature)

    def time_words(self, drafts: list[Draft], encoded: _Encoded, script: Script, *, frames: int, spoken: float) -> None:
        """Give each draft of a window its `words`, and mend its ends by them."""
        add_word_timestamps(
            segments=drafts, model=self._model, tokenizer=script, mel=encoded.mel, num_frames=frames, last_speech_timestamp=spoken
        )
