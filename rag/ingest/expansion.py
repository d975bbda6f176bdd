"""What helps to find a passage and is never shown: another spelling, and subject headings. Knows nothing of who wrote them.

It travels in `Document.expansion` as lines: the spelling first, then one heading a line behind its language and a tab.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fanar.bilingual import Language

_LANGUAGES: dict[str, Language] = {"ar": "ar", "en": "en"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of a subject index: what people would look a passage up under."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """All that is known of a passage besides its words. An empty `spelling` says that the text itself is fit for searching."""

    spelling: str = ""
    headings: tuple[Heading, ...] = ()

    def encoded(self) -> str:
        """Return the form that `Document.expansion` holds."""
        return "\n".join([_line(self.spelling), *(f"{heading.language}\t{_line(heading.text)}" for heading in self.headings)])

    @classmethod
    def decoded(cls, text: str) -> Expansion:
        """Read that form; a text of another origin is taken for a spelling."""
        spelling, _, rest = text.partition("\n")
        return cls(spelling, tuple(_headings(rest.split("\n"))))


def _headings(lines: Iterable[str]) -> Iterable[Heading]:
    for line in lines:
        language, _, text = line.partition("\t")
        if text and language in _LANGUAGES:
            yield Heading(_LANGUAGES[language], text)


def _line(text: str) -> str:
    return " ".join(text.split())
