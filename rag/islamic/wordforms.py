"""An Arabic word without what is written onto it, in standard and in spoken Arabic. Candidates, not analyses: knows no dictionary.

All words are in their `search` form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.analysis import stem

_SHORTEST = 3
_WITH_ARTICLE = ("وال", "فال", "بال", "كال", "عال", "هال", "دال", "ولل", "لل", "ال")
_PROCLITICS = (*_WITH_ARTICLE, "و", "ف", "ب", "ك", "ل", "ع", "ه", "د", "ح", "س", "")
_RARE = ("ك", "ع", "ه", "د", "ح", "س")
"""Without an article these stand before verbs and long nouns; كتاب is no «ك» with something behind it."""
_SHORTEST_BEHIND_RARE = 4
_PERSONS = {"ي": 1, "ت": 1, "ن": 1, "ا": 2}
_PRONOUNS = ("", "هم", "ها", "هن", "نا", "كم", "ه", "ي", "ك", "و")
_SURE_PRONOUNS = ("هم", "هن", "كم")
_LEFT_ON = (*_SURE_PRONOUNS, "نا")
_ENDINGS = (*("وها", "وهم", "ها", "هم", "هن", "نا", "كم", "وه", "وا", "ين", "ون", "ات", "ان", "يه"), *"توهيكشان")


@lru_cache(maxsize=8_192)
def bare_forms(word: str) -> tuple[str, ...]:
    """Return `word` itself, then without article, prepositions, conjunctions and possessive pronouns, the least cut first."""
    found: dict[str, int] = {}
    for proclitic in _PROCLITICS:
        rest = word.removeprefix(proclitic)
        if len(rest) + len(proclitic) != len(word):
            continue
        shortest = _SHORTEST_BEHIND_RARE if proclitic in _RARE else _SHORTEST
        for pronoun in _pronouns(proclitic, rest):
            noun = rest[: len(rest) - len(pronoun)]
            if len(noun) < shortest or (pronoun == "ه" and stem(rest).endswith("ه")):
                continue
            found.setdefault(noun, len(proclitic) + len(pronoun))
            # Before a pronoun ta marbuta is an open ta: صلاته is صلاة.
            if pronoun and noun.endswith("ت"):
                found.setdefault(noun[:-1] + "ه", len(proclitic) + len(pronoun))
    return tuple(sorted(found, key=found.__getitem__))


def possessed(word: str) -> tuple[str, ...]:
    """Return the nouns that `word` may be with a pronoun that light stemming leaves on it: أموالهم is أموال."""
    pronoun = next((each for each in _LEFT_ON if word.endswith(each)), "")
    noun = word[: len(word) - len(pronoun)]
    if not pronoun or len(noun) < _SHORTEST:
        return ()
    return (f"{noun[:-1]}ه", noun) if noun.endswith("ت") else (noun,)


@lru_cache(maxsize=8_192)
def verb_forms(word: str) -> tuple[str, ...]:
    """Return what remains of `word` without a verb's persons and endings too (كيكتبو, هتدخل, بيحفظ), the least cut first."""
    found: dict[str, int] = {}
    for rest, cut in _beginnings(word):
        found.setdefault(rest, cut)
        for ending in _ENDINGS:
            if rest.endswith(ending) and len(rest) - len(ending) >= _SHORTEST:
                found.setdefault(rest[: -len(ending)], cut + len(ending))
    found.pop(word, None)
    return tuple(sorted(found, key=found.__getitem__))


def _pronouns(proclitic: str, rest: str) -> tuple[str, ...]:
    """Return what may be written behind `rest`: nothing where an article stands before it, for then the end of الغيبة is its own.

    What looks like an article is the word's own where only a pronoun can follow: آلهتهم.
    """
    if proclitic in _WITH_ARTICLE:
        return ("",)
    if rest.startswith("ال"):
        return tuple(pronoun for pronoun in ("", *_SURE_PRONOUNS) if rest.endswith(pronoun))
    return tuple(pronoun for pronoun in _PRONOUNS if rest.endswith(pronoun))


def _beginnings(word: str) -> Iterator[tuple[str, int]]:
    for proclitic in _PROCLITICS:
        if not word.startswith(proclitic) or len(word) - len(proclitic) < _SHORTEST:
            continue
        rest = word[len(proclitic) :]
        yield rest, len(proclitic)
        cost = _PERSONS.get(rest[0])
        if cost and len(rest) > _SHORTEST:
            yield rest[1:], len(proclitic) + cost
