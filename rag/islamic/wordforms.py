"""An Arabic word without what is written onto it, in standard and in spoken Arabic. Candidates, not analyses: knows no dictionary.

All words are in their `search` form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_SHORTEST = 3
_WITH_ARTICLE = ("وال", "فال", "بال", "كال", "عال", "هال", "دال", "ولل", "لل", "ال")
_PROCLITICS = (*_WITH_ARTICLE, "و", "ف", "ب", "ك", "ل", "ع", "ه", "د", "ح", "س", "")
_PERSONS = {"ي": 1, "ت": 1, "ن": 1, "ا": 2}
_PRONOUNS = ("", "هم", "ها", "هن", "نا", "كم", "ه", "ي", "ك", "و")
_ENDINGS = (*("وها", "وهم", "ها", "هم", "هن", "نا", "كم", "وه", "وا", "ين", "ون", "ات", "ان", "يه"), *"توهيكشان")


@lru_cache(maxsize=8_192)
def bare_forms(word: str) -> tuple[str, ...]:
    """Return `word` itself, then without article, prepositions, conjunctions and possessive pronouns, the least cut first."""
    found: dict[str, int] = {}
    for proclitic in _PROCLITICS:
        rest = word.removeprefix(proclitic)
        if len(rest) + len(proclitic) != len(word) or len(rest) < _SHORTEST:
            continue
        # What has the article has no pronoun: the end of الغيبة is its own, or backbiting would be the unseen.
        for pronoun in ("",) if proclitic in _WITH_ARTICLE or rest.startswith("ال") else _PRONOUNS:
            if rest.endswith(pronoun) and len(rest) - len(pronoun) >= _SHORTEST:
                noun = rest[: len(rest) - len(pronoun)]
                found.setdefault(noun, len(proclitic) + len(pronoun))
                # Before a pronoun ta marbuta is an open ta: صلاته is صلاة.
                if pronoun and noun.endswith("ت"):
                    found.setdefault(noun[:-1] + "ه", len(proclitic) + len(pronoun))
    return tuple(sorted(found, key=found.__getitem__))


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


def _beginnings(word: str) -> Iterator[tuple[str, int]]:
    for proclitic in _PROCLITICS:
        if not word.startswith(proclitic) or len(word) - len(proclitic) < _SHORTEST:
            continue
        rest = word[len(proclitic) :]
        yield rest, len(proclitic)
        cost = _PERSONS.get(rest[0])
        if cost and len(rest) > _SHORTEST:
            yield rest[1:], len(proclitic) + cost
