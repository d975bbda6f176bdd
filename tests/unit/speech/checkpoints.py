"""Whispers of a toy's size with random weights, in openai-whisper's own form: real code, nonsense words, the same ones each time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

_EAGERNESS = 3.5  # how much it wants to come to an end: without that it speaks until it has no room


def random_checkpoint(path: Path, *, seed: int = 0, mels: int = 80, width: int = 32) -> Path:
    """Write a checkpoint and return where it is."""
    vocabulary, languages = (51865, 99) if mels == 80 else (51866, 100)
    dimensions = ModelDimensions(mels, 1500, width, 2, 1, vocabulary, 448, width, 2, 1)
    generator = torch.Generator().manual_seed(seed)
    model = Whisper(dimensions)
    with torch.no_grad():
        for weights in model.parameters():
            weights.copy_(torch.randn(weights.shape, generator=generator) * 0.3)
        words = model.decoder.token_embedding.weight
        end = get_tokenizer(multilingual=True, num_languages=languages).eot
        model.decoder.ln.bias.copy_(words[end] / words[end].norm() ** 2 * _EAGERNESS)
    torch.save({"dims": asdict(dimensions), "model_state_dict": model.state_dict()}, path)
    return path
