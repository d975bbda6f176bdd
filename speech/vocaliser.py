"""Puts the vowels into Arabic with the model that comes with piper (GPL, so it is loaded into the voice's own process alone)."""

from __future__ import annotations

from collections.abc import Callable

from piper.tashkeel import TashkeelDiacritizer

_MOST = 12_000  # characters that the model takes at once


def load_vocaliser() -> Callable[[str], str]:
    """Return what vowels a text. Marks that are there stay as they are."""
    model = TashkeelDiacritizer()

    def vocalise(text: str) -> str:
        """Return the text with its vowels."""
        vowelled: str = model.diacritize(text) if len(text) < _MOST else text
        return vowelled

    return vocalise
