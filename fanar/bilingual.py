"""Text the platform itself says, in both of its languages. Knows nothing of requests or of what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, Language] = ("en", "ar")
"""In the order of what a Bilingual takes."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One message of the platform in English and in Arabic."""

    en: str
    ar: str

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.ar if language == "ar" else self.en

    def __str__(self) -> str:
        """Return the English text, for logs."""
        return self.en
