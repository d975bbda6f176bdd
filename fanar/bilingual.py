"""Text the platform itself says, in both of its languages. Knows nothing of requests or of what is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def format(self, *places: object, **named: object) -> Bilingual:
        """Return the message with its `{}` filled as `str.format` does; what is Bilingual itself is put in by its language."""
        return Bilingual(*(self._formatted(language, places, named) for language in LANGUAGES))

    def by_language(self) -> dict[str, str]:
        """Return both texts as JSON has them."""
        return {"en": self.en, "ar": self.ar}

    def _formatted(self, language: Language, places: Iterable[object], named: Mapping[str, object]) -> str:
        filled = {name: _in_language(value, language) for name, value in named.items()}
        return self.in_language(language).format(*(_in_language(value, language) for value in places), **filled)

    def __str__(self) -> str:
        """Return the English text, for logs."""
        return self.en


def _in_language(value: object, language: Language) -> object:
    return value.in_language(language) if isinstance(value, Bilingual) else value
