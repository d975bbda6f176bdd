"""Finds words that stand where an heir is named and that name no kin: «زوجة وسلفته», «بنات أخ أخت». Knows nothing of who inherits.

A word there that is neither kin nor known to change no case may name an heir; he would be left out of the division in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fanar.arabic.script import shares
from rag.islamic.inheritance.choice.understood import is_known
from rag.islamic.inheritance.reading.arabic import mention_at, parents_at
from rag.islamic.inheritance.reading.lexicon import IN_LAW
from rag.islamic.inheritance.reading.numerals import value_of
from rag.islamic.inheritance.reading.siblings import own_full
from rag.islamic.inheritance.reading.spans import words_of
from rag.islamic.inheritance.reading.tokens import Token

_LEAST = 3
_NEAR = 3


def strangers_in(text: str) -> Iterator[str]:
    """Yield the unknown words that are joined to kin who are named before them or behind; only of Arabic."""
    share = shares(text)
    if share.latin > share.arabic:
        return
    found = words_of(text).found
    yield from _chains(found)
    kin = _kin(found)
    named = False
    for at, token in enumerate(found):
        if at in kin:
            named = False
            continue
        # Behind «ابنيه خالدا وعمر» stand names.
        named = named or (at - 1 in kin and not token.stop and not token.form.startswith("و"))
        if not named and _is_stranger(found, at, kin):
            yield token.text


def _chains(found: Sequence[Token]) -> Iterator[str]:
    """Yield nouns of kin that together name nobody, and do not only say in brackets who somebody is."""
    end = 0
    for at in range(len(found)):
        mention = mention_at(found, at) if at >= end else None
        if mention is None:
            continue
        end = mention.end
        in_law = mention.head in IN_LAW or mention.head.startswith("N")
        if not (mention.options or in_law or (at and found[at - 1].form == "(")):
            yield " ".join(token.text for token in found[at:end]).removeprefix("و")


def _kin(found: Sequence[Token]) -> set[int]:
    """Return the places of words that belong to kin."""
    places: set[int] = set()
    for at, token in enumerate(found):
        mention = mention_at(found, at)
        places.update(range(at, mention.end) if mention else (at,) if parents_at(token, at) or own_full(token) else ())
    return places


def _is_stranger(found: Sequence[Token], at: int, kin: set[int]) -> bool:
    """Whether a word is joined by «و», or counted, next to kin, and something joined or nothing stands behind it."""
    token = found[at]
    counted = at > 0 and value_of(found[at - 1]) is not None and at - 1 not in kin
    joined = token.form.startswith("و") and len(token.form) > _LEAST
    if token.stop or token.number is not None or not (joined or counted) or is_known(token):
        return False
    before = any(place in kin for place in range(max(0, at - _NEAR), at))
    behind = found[at + 1] if at + 1 < len(found) else None
    ends = behind is None or behind.stop or behind.form.startswith("و")
    return ends and (before or at + 1 in kin)
