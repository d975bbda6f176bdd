"""Takes a question apart into what it asks about, each thing with its other names. Knows nothing of passages or scores.

Words that only frame a question are left out; a word that the scripture and its subject index never use is looked up in the lexicon, or
read as an inflection of one they use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fanar.arabic.stopwords import STOPWORDS
from rag.analysis import Term, search_words, stem
from rag.islamic.lexicon import Entry, Lexicon, Phrase
from rag.islamic.wordforms import possessed

_LONGEST_QUESTION = 64
_SHORTEST_STEM = 3
BY_SYNONYM = 0.9
"""What an equivalent is worth beside the word itself."""
BY_INFLECTION = 0.8
"""What a word's guessed form is worth."""
BY_ROOT = 0.7
"""What an equivalent of another word of the same root is worth."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question asks about: its word or words as asked, and (other phrase, its worth).

    A weak one says little; an absent one is something that scripture says nothing of.
    """

    words: Phrase
    others: tuple[tuple[Phrase, float], ...] = ()
    weak: bool = False
    absent: bool = False

    @property
    def phrases(self) -> tuple[tuple[Phrase, float], ...]:
        """All its names with what each is worth, the asked one first."""
        return ((self.words, 1.0), *self.others)


class QuestionReader:
    """Reads questions with a lexicon and the vocabulary of what is searched: `knows` says whether a word is used there."""

    def __init__(self, *, lexicon: Lexicon, knows: Callable[[str], bool], forms: Callable[[str], Sequence[str]]) -> None:
        self._lexicon = lexicon
        self._knows = knows
        self._forms = forms

    def concepts(self, question: str) -> tuple[Concept, ...]:
        """Return what `question` asks about, each thing once, in order."""
        found: dict[Phrase, Concept] = {}
        for concept in self._read(search_words(question)):
            found.setdefault(concept.words, concept)
            if len(found) >= _LONGEST_QUESTION:
                break
        return tuple(found.values())

    def terms(self, question: str) -> list[Term]:
        """Return the question as retrievers look for it; an equivalent of several words is left to those who can tell that it is whole."""
        return [term for concept in self.concepts(question) for term in _terms(concept)]

    def _read(self, words: Sequence[str]) -> Iterator[Concept]:
        at = 0
        while at < len(words):
            phrase = self._lexicon.phrase(words, at)
            if phrase is not None:
                length, entry = phrase
                if not entry.frame:
                    yield _concept(tuple(words[at : at + length]), entry)
                at += length
                continue
            concept = self._word(words[at])
            if concept is not None:
                yield concept
            at += 1

    def _word(self, word: str) -> Concept | None:
        if len(word) == 1 or _is_function_word(word):
            return None
        entry = self._lexicon.entry(word)
        if entry is not None:
            return None if entry.frame else _concept((word,), entry)
        return Concept((word,), self._without_pronoun(word) or self._without_person(word)) if self._knows(word) else self._inflected(word)

    def _without_pronoun(self, word: str) -> tuple[tuple[Phrase, float], ...]:
        """Return the noun in a word that is known together with its pronoun: who asks about آلهتهم asks about آلهة."""
        nouns = [form for form in possessed(word) if stem(form) != stem(word) and self._knows(form)]
        return tuple(((noun,), BY_INFLECTION) for noun in nouns[:1])

    def _without_person(self, word: str) -> tuple[tuple[Phrase, float], ...]:
        """Return what remains of a known word as a verb, where that is known too: who asks who نقضت asks about نقض."""
        found = (form for form in self._forms(word) if len(form) >= _SHORTEST_STEM and form not in STOPWORDS)
        verbs = [form for form in found if stem(form) != stem(word) and self._knows(form)]
        return tuple(((verb,), BY_INFLECTION) for verb in verbs[:1])

    def _inflected(self, word: str) -> Concept | None:
        for form in self._forms(word):
            if form in STOPWORDS:
                return None
            if len(stem(form)) < _SHORTEST_STEM:
                continue
            entry = self._lexicon.entry(form)
            if entry is not None:
                return None if entry.frame else _concept((word,), entry, worth=BY_INFLECTION, form=form)
            if self._knows(form):
                return Concept((word,), (((form,), BY_INFLECTION),))
        related = self._lexicon.related(word)
        return Concept((word,), _others(related, worth=BY_ROOT), related.weak) if related else Concept((word,))


def _concept(words: Phrase, entry: Entry, *, worth: float = BY_SYNONYM, form: str | None = None) -> Concept:
    """Return what is asked about by `words`, whose entry stands under the guessed `form` where one is given."""
    guessed = () if form is None else (((form,), worth),)
    return Concept(words, (*guessed, *_others(entry, worth=worth)), entry.weak, entry.absent)


def _is_function_word(word: str) -> bool:
    return word in STOPWORDS or (word[0] == "و" and word[1:] in STOPWORDS)


def _others(entry: Entry, *, worth: float = BY_SYNONYM) -> tuple[tuple[Phrase, float], ...]:
    return tuple((phrase, worth) for phrase in entry.equivalents)


def _terms(concept: Concept) -> Iterator[Term]:
    single = tuple(phrase[0] for phrase, _ in concept.others if len(phrase) == 1)
    if len(concept.words) == 1:
        yield Term(concept.words[0], single)
        return
    yield from (Term(word) for word in concept.words if word not in STOPWORDS and not single)
    if single:
        yield Term(single[0], single[1:])
