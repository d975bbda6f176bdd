"""What a word may be a form of, in Arabic, its dialects and English: endings off, another person of the verb. Knows no vocabulary.

A guess, never an analysis: most of what it returns is no word, and whoever asks looks the rest up in a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

_WRITTEN = "هما كما تها تهم تنا تكم تك تي ته ها هم هن كم كن نا ني وا ون ين ان ات تين ي ه ك و"
_ENDINGS = tuple(_WRITTEN.split())
_PERSONS = "يتنا"
# What stands before the verb in «بيصلي», «كيصلي», «هيصلي», «حيصلي» and «غيصلي».
_TENSES, _FUTURES = "بكهحغ", "هحغ"
_SHORTEST, _SHORTEST_VERB, _SHORTEST_TENSED, _SHORTEST_ENGLISH = 3, 4, 5, 5
_ENGLISH = ("'s", "ies", "ied", "ing", "es", "ed", "ly", "er", "s", "d")


def forms_of(word: str) -> list[str]:
    """Return what a normalised `word` may be a form of, the likelier first; `word` itself is not among it."""
    if word.isascii():
        return list(_english(word))
    short = list(_arabic(word))
    return [*short, *(form for each in (word, *short) for form in _other_persons(each))]


def _arabic(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            bare = word[: -len(ending)]
            if ending[0] == "ت" or ending == "ات":
                # «صلاتي» is of «صلاه», «ركعات» of «ركعه».
                yield f"{bare}ه"
            yield bare
    if word[0] in _FUTURES and len(word) >= _SHORTEST_TENSED and word[1] in _PERSONS:
        yield word[1:]


def _other_persons(word: str) -> Iterator[str]:
    if word[0] in _TENSES and len(word) >= _SHORTEST_TENSED and word[1] in _PERSONS[:3]:
        word = word[1:]
    if len(word) < _SHORTEST_VERB:
        return
    if word[0] in _PERSONS:
        yield from (person + word[1:] for person in _PERSONS if person != word[0])
    elif word[-1] == "ت":
        yield f"ا{word[:-1]}"


def _english(word: str) -> Iterator[str]:
    for ending in _ENGLISH if len(word) >= _SHORTEST_ENGLISH else ():
        bare = word.removesuffix(ending)
        if len(bare) == len(word) or len(bare) < _SHORTEST:
            continue
        yield bare
        if ending in ("ies", "ied"):
            yield f"{bare}y"
        elif ending in ("ing", "ed", "er"):
            yield f"{bare}e"
            if len(bare) > _SHORTEST and bare[-1] == bare[-2]:
                yield bare[:-1]
