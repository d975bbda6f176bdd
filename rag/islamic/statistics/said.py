"""A prompt taken apart for the grammar: its words, what it quotes, and where it wants things counted. Knows no question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.arabic.ordinals import number_said
from fanar.arabic.words import words
from fanar.scripture.references import VerseReference, find_references
from fanar.scripture.surahs import Place
from rag.islamic.divisions.reading import named_parts
from rag.islamic.statistics import cues
from rag.islamic.statistics.queries import Scope

_QUOTED = re.compile(r"[«\"“”﴿'‘(]\s*([^«»\"“”﴿﴾'‘’()]{1,80}?)\s*[»\"“”﴾'’)]")

_MAKKI, _MADANI = "مكيه", "مدنيه"
CITIES = {
    **dict.fromkeys(("مكه", "بمكه", "mecca", "makkah", "makka"), _MAKKI),
    **dict.fromkeys(("المدينه", "بالمدينه", "medina", "madinah"), _MADANI),
}
"""Where surahs were revealed, where that is asked for."""
_MOST_RANKED = 20
_WHAT = frozenset(("ايه", "إيه", "أيه"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, and in its `search` form."""

    raw: str
    norm: str


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a prompt without its scope and its quotation."""

    tokens: tuple[Token, ...]
    quoted: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    norms: tuple[str, ...] = field(init=False)
    """The words in their `search` form."""

    def __post_init__(self) -> None:
        """Keep the forms: every rule looks at them."""
        object.__setattr__(self, "norms", tuple(token.norm for token in self.tokens))

    def any(self, among: frozenset[str]) -> bool:
        """Whether one of the words is among these."""
        return not among.isdisjoint(self.norms)

    def rest(self, *taken: frozenset[str]) -> list[Token]:
        """Return the words that neither frame a question nor are in `taken`."""
        left = [token for token in self.tokens if token.norm not in cues.FRAME]
        for known in taken:
            left = [token for token in left if token.norm not in known]
        return left

    @property
    def of_the_quran(self) -> bool:
        """Whether it says that the Quran, or something in it, is meant."""
        return self.any(cues.QURAN) or self.scope != Scope()


# A question is asked of first, then answered.
@lru_cache(maxsize=8)
def take_apart(text: str) -> Said:
    """Return `text` taken apart."""
    text = cues.DIVINE_NAME.sub("لفظ الله", cues.BLESSINGS.sub(" ", text))
    quote = _QUOTED.search(text)
    quoted: tuple[str, ...] = ()
    # A reference in brackets is no quotation.
    if quote and not find_references(quote[1]) and not any(letter.isdigit() for letter in quote[1]):
        quoted = tuple(word.text for word in words(quote[1]))
        text = f"{text[: quote.start()]} {text[quote.end() :]}"
    verses, text = _references(text)
    tokens = _asking([Token(word.text.replace("ـ", ""), normalize(word.text).lower()) for word in words(text)])
    parts = named_parts([token.norm for token in tokens])
    part = parts[0] if parts else None
    if part is not None:
        tokens = tokens[: part.start] + tokens[part.end :]
    place = _place(tokens)
    return Said(tuple(token for token in tokens if token.norm), quoted, Scope(verses, part, place))


def count_among(tokens: list[Token]) -> tuple[int, list[Token]]:
    """Return the number that is among the words, one if there is none and never more than can be listed, and the other words."""
    norms = [token.norm for token in tokens]
    for at in range(len(norms)):
        number, used = number_said(norms, at)
        if used:
            return min(max(1, number), _MOST_RANKED), tokens[:at] + tokens[at + used :]
    return 1, tokens


def _references(text: str) -> tuple[tuple[VerseReference, ...], str]:
    mentions = [mention for mention in find_references(text) if mention.certain and mention.reference is not None]
    for mention in reversed(mentions):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return tuple(dict.fromkeys(mention.reference for mention in mentions if mention.reference is not None)), text


def _asking(tokens: Sequence[Token]) -> list[Token]:
    """Egyptian «ايه» asks; only where nothing else is named that can be counted is it a misspelt «آية»."""
    others = any(token.norm in cues.UNITS and token.raw not in _WHAT for token in tokens)
    return [Token(token.raw, "ما") if token.raw in _WHAT and (others or not at) else token for at, token in enumerate(tokens)]


def _place(tokens: Sequence[Token]) -> Place | None:
    norms = {token.norm for token in tokens}
    if not norms.isdisjoint(cues.REVEALED):
        norms = {CITIES.get(norm, norm) for norm in norms}
    if not norms.isdisjoint(cues.MECCAN):
        return "makki" if norms.isdisjoint(cues.MEDINAN) else None
    return "madani" if not norms.isdisjoint(cues.MEDINAN) else None
