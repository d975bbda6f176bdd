"""Looks at pictures that a model drew, with an image classifier, and says which must not be shown. Knows nothing of prompts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoImageProcessor, AutoModelForImageClassification

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ContentFilteredError
from fanar.image.diffusion.drawing import Pixels

# The classes that classifiers of this kind have for what may be shown; whatever else they name may not.
_HARMLESS = frozenset(("normal", "safe", "sfw", "neutral", "drawing", "drawings"))
_NO_CLASSIFIER = Bilingual(
    "FANAR_IMAGE__CLASSIFIER is no image classifier with a class for what may be shown (normal, safe, sfw, neutral): "
    "`fanar models pull nsfw-classifier` brings one.",
    "ليس FANAR_IMAGE__CLASSIFIER مصنّف صور فيه صنف لما يجوز عرضه (normal أو safe أو sfw أو neutral): "
    "ينزّل الأمر `fanar models pull nsfw-classifier` واحدًا.",
)


class Looker:
    """An image classifier of transformers, from a folder: safetensors only, no code but transformers' own, nothing from the network."""

    def __init__(self, folder: Path, *, device: str = "cpu") -> None:
        """Raises ConfigurationError for what is none."""
        try:
            self._processor = AutoImageProcessor.from_pretrained(folder, local_files_only=True)  # type: ignore[no-untyped-call]
            self._model = AutoModelForImageClassification.from_pretrained(folder, local_files_only=True, use_safetensors=True)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as cause:
            raise ConfigurationError(_NO_CLASSIFIER) from cause
        self._model.to(device).eval()
        self._labels = [str(self._model.config.id2label[place]) for place in range(self._model.config.num_labels)]
        if not _HARMLESS & {label.casefold() for label in self._labels}:
            raise ConfigurationError(_NO_CLASSIFIER)

    def faults(self, pictures: Sequence[Pixels]) -> list[ContentFilteredError | None]:
        """Return for each picture why it must not be shown, None where it may: where a harmless class is the likeliest."""
        with torch.inference_mode():
            inputs = self._processor(images=list(pictures), return_tensors="pt").to(self._model.device)
            likeliest = self._model(**inputs).logits.argmax(dim=-1).tolist()
        return [_fault(self._labels[place]) for place in likeliest]


def _fault(label: str) -> ContentFilteredError | None:
    if label.casefold() in _HARMLESS:
        return None
    message = Bilingual(
        f"The picture is withheld: the classifier that looks at what was drawn calls it “{label}”. Another prompt or seed may do.",
        f"حُجبت الصورة: يصنّفها المصنّف الذي ينظر فيما رُسم بأنها «{label}». جرّب وصفًا أو seed آخر.",
    )
    return ContentFilteredError(message, kind="safety", param="prompt")
