"""The moderator's linear models, one for each category: hashed features in, calibrated probabilities out. Knows nothing of the fit."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.moderation.features import BUCKETS, VERSION, FeatureExtractor, Features, windows
from fanar.moderation.lexicon import load_lexicon

SHIPPED = Path(__file__).with_name("weights.npz")
CHANCE = 1.0
"""By how much the odds of a text's worst part shrink with the number of its parts: at 1, in proportion."""


@dataclass(frozen=True, slots=True)
class LinearModels:
    """A table with a row for each bucket and a column for each label; `thresholds` are the probabilities from which a label is flagged."""

    labels: tuple[str, ...]
    table: NDArray[np.float16] | NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    extractor: FeatureExtractor

    def probabilities(self, text: str) -> NDArray[np.float32]:
        """Return the probability of each label for the worst part of `text`; all 0 for a text without words."""
        worst, parts = np.full(len(self.labels), -np.inf, dtype=np.float32), 0
        for window in windows(text):
            np.maximum(worst, self.scores(self.extractor.extract(window)), out=worst)
            parts += 1
        # Of many harmless parts one looks bad by chance, so that of a long text has to look worse.
        worst -= np.float32(CHANCE * log(max(parts, 1)))
        return np.asarray(1.0 / (1.0 + np.exp(-worst.clip(-80, 80))), dtype=np.float32) * np.isfinite(worst)

    def scores(self, features: Features) -> NDArray[np.float32]:
        """Return the logarithm of the odds of each label."""
        rows = self.table.take(features.buckets, axis=0).astype(np.float32, copy=False)
        # Not `@`: for long texts BLAS would wake its threads, which takes longer than the sum.
        return np.asarray(np.einsum("i,ij->j", features.values, rows) + self.bias, dtype=np.float32)


def load_models(path: Path = SHIPPED) -> LinearModels:
    """Load fitted weights. Raises ConfigurationError when they are missing, damaged, or made for other features."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            if int(stored["version"]) != VERSION:
                raise _unusable()
            labels = tuple(str(label) for label in stored["labels"])
            table = np.zeros((BUCKETS, len(labels)), dtype=np.float16)
            table[np.cumsum(stored["steps"].astype(np.int64))] = stored["rows"] * stored["units"].astype(np.float16)
            bias, thresholds = stored["bias"].astype(np.float32), stored["thresholds"].astype(np.float32)
            return LinearModels(labels, table, bias, thresholds, FeatureExtractor(lexicon=load_lexicon()))
    except (OSError, EOFError, KeyError, ValueError, IndexError, BadZipFile) as cause:
        raise _unusable() from cause


def save_models(path: Path, models: LinearModels) -> None:
    """Write `models` as one file: rows of zeros left out, weights in 255 steps."""
    used = np.flatnonzero(models.table.any(axis=1))
    rows = models.table[used].astype(np.float32)
    units = np.maximum(np.abs(rows).max(axis=0), 1e-9) / 127
    np.savez_compressed(
        path,
        version=np.array(VERSION),
        labels=np.array(models.labels),
        steps=np.diff(used, prepend=0).astype(np.int32),
        rows=np.rint(rows / units).astype(np.int8),
        units=units.astype(np.float32),
        bias=models.bias,
        thresholds=models.thresholds,
    )


def _unusable() -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            "The moderator's weights are missing or of another version: run `python -m fanar.moderation.fit`.",
            "أوزان المشرف على المحتوى مفقودة أو من إصدار آخر: شغّل ‎python -m fanar.moderation.fit.",
        )
    )
