"""A commentary's words as they are shown: verbatim, cut at a sentence's end where they are long, under its name. Knows no verse's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fanar.bilingual import Bilingual, Language
from fanar.documents import Document
from rag.islamic.interpretation.shelf import Comment
from rag.sizes import OVERLAP

_LONGEST = 1_400
_LEAST_SHARED = 8
"""Fewer characters in common are chance."""
_SENTENCE_ENDS = re.compile(r"[.!?؟。]['\"»”)]*(?=\s)|\n")
CUT = Bilingual("[cut here; it goes on in the source]", "[اختُصر هنا، وبقيته في المصدر]")
"""What stands behind words that were cut."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What one entry of a commentary says. `cut` says that it says more."""

    title: str
    entry: Document
    text: str
    cut: bool

    @property
    def document(self) -> Document:
        """The entry as it is cited: the shown words alone."""
        return replace(self.entry, text=self.text)

    def shown(self, language: Language) -> str:
        """Return the words under the commentary's name, with the verses they speak of."""
        rest = f" {CUT.in_language(language)}" if self.cut else ""
        return f"«{self.title}» {self.entry.reference}:\n{self.text}{rest}"


def excerpts(comment: Comment, *, most: int) -> list[Excerpt]:
    """Return the comment's entries as excerpts, no more than `most`."""
    entries: dict[str, list[Document]] = {}
    for part in comment.parts:
        entries.setdefault(part.reference, []).append(part)
    return [_excerpt(comment.title, parts) for parts in list(entries.values())[:most]]


def _excerpt(title: str, parts: Sequence[Document]) -> Excerpt:
    text = joined([part.text for part in parts])
    shown = beginning(text)
    return Excerpt(title, parts[0], shown, cut=len(shown) < len(text))


def joined(parts: Sequence[str]) -> str:
    """Return parts of one text as that text: what the end of one and the beginning of the next have in common is said once."""
    text = parts[0]
    for part in parts[1:]:
        longest = min(OVERLAP, len(text), len(part))
        shared = next((length for length in range(longest, _LEAST_SHARED - 1, -1) if text.endswith(part[:length])), 0)
        text += part[shared:] if shared else f"\n{part}"
    return text


def beginning(text: str) -> str:
    """Return the first words of a text up to the end of a sentence, all of it where it is not long."""
    if len(text) <= _LONGEST:
        return text
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, 0, _LONGEST)]
    end = ends[-1] if ends else text.rfind(" ", 0, _LONGEST)
    # Text without a space is cut all the same: what is shown stays bounded.
    return text[: end if end > 0 else _LONGEST].rstrip()
