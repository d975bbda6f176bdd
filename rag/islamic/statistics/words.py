"""The words of the Quran as they are counted: every form, where it stands, and what it is with particles before it.

Forms are those of Tanzil's text in everyday spelling, without marks; letters and the words of a surah are counted in the Uthmani text.
Knows nothing of lemmas: which forms were counted is told, so that whoever reads it can judge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fanar.arabic.letters import MARKS
from fanar.arabic.normalization import normalize
from fanar.documents import Document

_MARKS = re.compile(f"[{MARKS}\u0640\u200c-\u200f]")
_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]+")
_LETTER = re.compile(r"[\u0621-\u063a\u0641-\u064a\u0671]")
_WASLA = str.maketrans({"\u0671": "ا"})
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ك", "ل")
_OATHS = frozenset(("الله", "رب", "الرحمن"))  # «ت» of an oath stands before no other word
_OF_VERBS = frozenset("أنيت")  # what follows «س» of the future, and «أ» of a question where no other particle is between
_OF_QUESTIONS = _OF_VERBS | {"إ"}
_ARTICLE = "ال"
_TANWIN = frozenset("\u064b\u064c\u064d")


def forms_of(text: str) -> list[str]:
    """Return the words of `text` as written, without marks."""
    return _WORD.findall(_MARKS.sub("", text).translate(_WASLA))


def letters_of(text: str) -> int:
    """Return how many letters are written in `text`: neither vowels and other marks nor the small alef, waw and ya count."""
    return len(_LETTER.findall(text))


def written_words(text: str) -> int:
    """Return how many words, parted by spaces, are written in `text`; signs that stand alone are none."""
    return sum(_LETTER.search(word) is not None for word in text.split())


def with_particles(form: str) -> frozenset[str]:
    """Return `form` with conjunctions, «أ», one-letter prepositions and particles and the article before it, without `form` itself."""
    bases = {form} if form.startswith(_ARTICLE) else {form, _ARTICLE + form}
    found = {f"{preposition}{base}" for base in bases for preposition in _PREPOSITIONS}
    # Between «ل» and the article its alef is not written, and never three lams: للرحمن، لله، لليل.
    found |= {base[1:] if base.startswith("الل") else f"ل{base[1:]}" for base in bases if base.startswith(_ARTICLE)}
    found |= {f"ت{base}" for base in bases & _OATHS} | ({f"س{form}"} if form[:1] in _OF_VERBS else set())
    joined = {f"{conjunction}{word}" for word in found for conjunction in _CONJUNCTIONS}
    asked = {f"أ{word}" for word in joined - bases if word[0] in "وفبكل"}
    asked |= {f"آ{base[1:]}" for base in bases if base.startswith(_ARTICLE)} | ({f"أ{form}"} if form[:1] in _OF_QUESTIONS else set())
    return frozenset((joined | asked) - {form})


@dataclass(frozen=True, slots=True)
class Spot:
    """A word: the position of its verse in the Quran, and its own in the verse."""

    verse: int
    word: int


class QuranWords:
    """All words, by form."""

    def __init__(self, verses: Sequence[Document]) -> None:
        self.verses = verses
        one: dict[str, str] = {}  # of 78,000 words 17,000 differ: each form is kept once
        self.forms: tuple[tuple[str, ...], ...] = tuple(
            tuple(one.setdefault(form, form) for form in forms_of(verse.spelling)) for verse in verses
        )
        spots: defaultdict[str, list[Spot]] = defaultdict(list)
        for at, forms in enumerate(self.forms):
            for place, form in enumerate(forms):
                spots[form].append(Spot(at, place))
        self._spots: Mapping[str, list[Spot]] = dict(spots)
        alike: defaultdict[str, set[str]] = defaultdict(set)
        for form in self._spots:
            alike[normalize(form)].add(form)
        self._alike: Mapping[str, set[str]] = dict(alike)

    @property
    def spots(self) -> Mapping[str, Sequence[Spot]]:
        """Where each form stands, in order."""
        return self._spots

    def spelt(self, word: str) -> frozenset[str]:
        """Return the forms that `word` stands for: itself where it occurs so, else those that differ in hamza, ta marbuta or ya alone."""
        return frozenset((word,)) if word in self._spots else frozenset(self._alike.get(normalize(word), ()))

    def indefinite(self, forms: Iterable[str]) -> frozenset[str]:
        """Return those of `forms` that carry tanwin wherever they stand, and are nouns so: «زنجبيلا», not the dual «قالا»."""
        return frozenset(form for form in forms if all(self._has_tanwin(form, spot) for spot in self._spots[form]))

    def prefixed(self, words: Iterable[str]) -> frozenset[str]:
        """Return the forms that occur and are one of `words` with particles before it; also where the word alone does not occur."""
        words = list(words)
        return frozenset(form for word in words for form in with_particles(word) if form in self._spots) - frozenset(words)

    def lenient_prefixed(self, word: str) -> frozenset[str]:
        """Return the same for a word that does not occur as it is spelt, by forms that differ in hamza, ta marbuta or ya alone."""
        return frozenset(each for form in with_particles(word) for each in self._alike.get(normalize(form), ()))

    def _has_tanwin(self, form: str, spot: Spot) -> bool:
        marked = (word for word in self.verses[spot.verse].text.split() if not _TANWIN.isdisjoint(word))
        # The Uthmani spelling leaves out what stands within a word («أثثا»), hardly ever how it begins and ends.
        return any(written[0][0] == form[0] and written[0][-2:] == form[-2:] for word in marked if (written := forms_of(word)))
