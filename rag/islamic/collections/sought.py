"""What a question seeks in collections: what it is about, thing by thing, and what it names. Knows nothing of what is installed.

A follow-up keeps the subject and the school of what it follows: «وعند المالكية؟» asks the first question of another school, «وللمريض؟»
changes one thing about it, and a question whole in itself keeps the school alone. Who says «أنا حنفي» asks of that school from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.stopwords import STOPWORDS
from fanar.messages import ChatMessage, Madhab
from rag.analysis import Term, read_question, search_words
from rag.islamic.collections.glossary import GlossaryReader, ReadsConcepts, all_arabic, names_of, read_glossary
from rag.islamic.collections.words import (
    ASKING,
    KEPT,
    collections_in,
    names_all_schools,
    number_in,
    school_of_speaker,
    schools_in,
    without_names,
)
from rag.islamic.conversation import thread
from rag.islamic.cues import RULING
from rag.islamic.reading import Concept, QuestionReader

_LONGEST, _MOST_WORDS = 2_000, 64
_WHOLE = 2
"""So many things of its own make a turn a question of its own."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A question to collections. `text` is what is looked up, `words` those that may be a quotation, in order, `about` what they say.

    A passage must speak of each of `must`, and of all but one of `may`, or of the only one.
    """

    text: str
    words: tuple[str, ...]
    about: frozenset[str]
    must: tuple[Concept, ...]
    may: tuple[Concept, ...] = ()
    schools: tuple[Madhab, ...] = ()
    collections: tuple[str, ...] = ()
    number: str | None = None

    @property
    def lacking(self) -> int:
        """How many of `may` need not be spoken of."""
        return 1 if len(self.may) > 1 else 0


def read_sought(messages: Sequence[ChatMessage], reader: ReadsConcepts) -> Sought:
    """Read what the last turn of a conversation seeks."""
    turns = [turn[:_LONGEST] for turn in thread(messages)]
    last = turns[-1] if turns else ""
    words = asked_words(last)
    own = _things(words, reader)
    subject = _subject(turns[:-1], reader) if len(turns) > 1 and len(own) < _WHOLE else ""
    before = asked_words(subject)
    things = _things(before, reader)
    must, may = (own, things) if own else (things, ())
    return Sought(
        text=" ".join((*before, *words)),
        words=tuple(search_words(without_names(last if own else subject or last))[:_MOST_WORDS]) if turns else (),
        about=frozenset(word for word in (words if own else before) if word not in STOPWORDS),
        must=must,
        may=tuple(each for each in may if each.words not in {one.words for one in must}),
        schools=_schools(turns, messages),
        collections=collections_in(last),
        number=number_in(last),
    )


def in_books(messages: Sequence[ChatMessage], reader: ReadsConcepts) -> Sought | None:
    """Read the same by what books in Arabic call the things that are asked about; None where all is called so, or one has no name."""
    glossary = read_glossary()
    if not any(glossary.names_any(asked_words(turn[:_LONGEST])) for turn in thread(messages)):
        return None
    called = read_sought(messages, GlossaryReader(glossary, reader))
    about = (*called.must, *called.may)
    return replace(called, text=names_of(about), words=(), about=frozenset()) if all_arabic(about) else None


def _subject(turns: Sequence[str], reader: ReadsConcepts) -> str:
    """Return the last of these turns that is whole in itself, the first where none is."""
    return next((turn for turn in reversed(turns) if len(_things(asked_words(turn), reader)) >= _WHOLE), turns[0])


def _schools(turns: Sequence[str], messages: Sequence[ChatMessage]) -> tuple[Madhab, ...]:
    """Return the schools that the thread names last, or else the one that the user says to follow; none for all of them."""
    for turn in reversed(turns):
        if (named := schools_in(turn)) or names_all_schools(turn):
            return named
    said = (school_of_speaker(message.text[:_LONGEST]) for message in reversed(messages) if message.role == "user")
    return tuple(school for school in said if school)[:1]


def terms_of(reader: QuestionReader) -> Callable[[str], list[Term]]:
    """Return what takes a question apart for retrievers: its words as they stand, and what else a reader knows for them."""

    def _read(question: str) -> list[Term]:
        plain = {term.word: term for term in read_question(question)}
        return list((plain | {term.word: term for term in reader.terms(question)}).values())

    return _read


def asked_words(turn: str) -> list[str]:
    """Return the words of a turn without those that only ask, and without what it names."""
    words = [word for word in search_words(without_names(turn))[:_MOST_WORDS] if not _asks(word)]
    # «هل البخاخ يفطر الصائم»: what is asked of it is no part of the subject, but «ما الذي يفطر» has no other.
    about = [word for word in words if word not in RULING]
    return about if sum(word not in STOPWORDS for word in about) >= _WHOLE else words


def _asks(word: str) -> bool:
    return word in ASKING or (word[0] == "و" and word[1:] in ASKING)


def _things(words: Iterable[str], reader: ReadsConcepts) -> tuple[Concept, ...]:
    words = list(words)
    read = reader.concepts(" ".join(words))
    known = {word for concept in read for word in concept.words}
    concepts = (*read, *(Concept((word,)) for word in dict.fromkeys(words) if word in KEPT and word not in known))
    strong = tuple(concept for concept in concepts if not concept.weak)
    return strong or concepts
