"""Embeds prompts with a sentence-embedding model of the hub, by transformers (the extra `local`). Knows nothing of routes.

Only what names this module needs torch; the platform imports it where the operator set FANAR_ROUTING__ENCODER, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

_TOKENS = 192
_BATCH = 64
_UNREADABLE = Bilingual(
    "The encoder that FANAR_ROUTING__ENCODER names cannot be loaded: `fanar route fit` fetches it from the hub, or name a folder with "
    "config.json, tokenizer and model.safetensors.",
    "تعذّر تحميل المُرمِّز المسمّى في FANAR_ROUTING__ENCODER: يجلبه `fanar route fit` من المستودع، أو سمِّ مجلدًا فيه config.json "
    "والمُقطِّع وملف model.safetensors.",
)


class SentenceEncoder:
    """The mean of the last layer over the words of a text, at unit length. It computes where it is called, one call at a time."""

    def __init__(self, source: str, *, fetch: bool) -> None:
        """Load the model in the folder, or of the hub name, `source`; only with `fetch` is the hub asked for what is not here.

        Raises ConfigurationError where there is no model that can be read. No code that comes with a model is run.
        """
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=not fetch)
            self._model = AutoModel.from_pretrained(source, local_files_only=not fetch, use_safetensors=True, dtype=torch.float32)
        except (OSError, ValueError, ImportError, RuntimeError, KeyError) as cause:
            raise ConfigurationError(_UNREADABLE) from cause
        self._model.eval()

    @property
    def dimensions(self) -> int:
        """Length of a row."""
        return int(self._model.config.hidden_size)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each text."""
        # Texts of one length together, so that little is computed on padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        rows = [self._batch([texts[at] for at in order[start : start + _BATCH]]) for start in range(0, len(order), _BATCH)]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        if rows:
            vectors[order] = np.concatenate(rows)
        return vectors

    def _batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # A tokenizer knows no lone surrogates, which clients can send.
        clean = [text.encode("utf-8", "replace").decode() or " " for text in texts]
        inputs = self._tokenizer(clean, padding=True, truncation=True, max_length=_TOKENS, return_tensors="pt")
        with torch.inference_mode():
            layer = self._model(**inputs).last_hidden_state
            read = inputs["attention_mask"].unsqueeze(-1).to(layer.dtype)
            mean = (layer * read).sum(1) / read.sum(1).clamp(min=1)
            unit = torch.nn.functional.normalize(mean, dim=1)
        return np.asarray(unit.numpy(), dtype=np.float32)
