"""A mention of heirs in a story: who it may be, and how many. Knows nothing of languages."""

from __future__ import annotations

from dataclasses import dataclass

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import MANY

SPOUSE = "R"
"""A spouse whose sex the word does not tell."""
NARRATOR = "I"
"""Who tells the story, as kin of the deceased."""
UNPLACED = "?"
"""Kin of whom the word does not say how: a cousin, a great-nephew."""
_LABELS: dict[tuple[Kin, ...], str] = {
    ("Bf", "Bp", "Bm"): "brother?",
    ("Zf", "Zp", "Zm"): "sister?",
    ("Bf", "Zf", "Bp", "Zp", "Bm", "Zm"): "sibling?",
    ("Bf", "Zf"): "full_sibling?",
    ("S", "D"): "child?",
    ("FM", "MM"): "grandmother?",
    ("FF", "MF"): "grandfather?",
    ("FBf", "FBp"): "uncle?",
    ("FZf", "FZp", "FZm"): "paternal_aunt?",
    ("MBf", "MBp", "MBm"): "maternal_uncle?",
    ("MZf", "MZp", "MZm"): "maternal_aunt?",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Heirs named once. `options` are the kin that it may be, none for someone who is no heir; `count` MANY where no number is told.

    `start` and `end` are tokens. `mine` says that they are the narrator's. `note` is what is said of them: "pregnant", "divorced", "dead".
    """

    options: tuple[Kin, ...]
    count: int
    start: int
    end: int
    mine: bool = False
    note: str = ""
    head: str = ""
    strength: str = ""
    definite: bool = False

    @property
    def clear(self) -> bool:
        """Whether both who and how many are told."""
        return len(self.options) == 1 and self.count != MANY


def label_of(options: tuple[Kin, ...]) -> str | None:
    """Return how kin of whom not everything is told are called; None for other sets."""
    if options in _LABELS:
        return _LABELS[options]
    tails = {option[-1] for option in options} if all(len(option) > 1 for option in options) else set()
    if len(tails) == 1 and tails <= {"S", "D"} and (above := label_of(tuple(option[:-1] for option in options))):
        return f"{'son' if tails == {'S'} else 'daughter'}_of_{above}"
    return None
