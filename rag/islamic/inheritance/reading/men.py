"""Men and women in brackets behind children are sons and daughters: «أولاد أخ (رجلان وبنت)». Knows nothing else of words."""

from __future__ import annotations

from collections.abc import Sequence

from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.tokens import Token

_CHILDREN = {
    "رجل": "ابن",
    "رجلان": "ابنان",
    "رجلين": "ابنين",
    "رجال": "ابناء",
    "امراة": "بنت",
    "امراتان": "بنتان",
    "امراتين": "بنتين",
    "نساء": "بنات",
}
_CODES = frozenset("SDC")
_FEW = 5


def with_children(found: Sequence[Token]) -> list[Token]:
    """Return the words with such men and women as children."""
    words: list[Token] = []
    inside = False
    for at, token in enumerate(found):
        inside = _opens(found, at) or (inside and token.form != ")")
        word = token.form.removeprefix("و")
        child = _CHILDREN.get(word) if inside else None
        form = token.form.removesuffix(word) + child if child else token.form
        words.append(token._replace(text=form, form=form) if child else token)
    return words


def _opens(found: Sequence[Token], at: int) -> bool:
    """Whether a bracket opens there behind somebody's children."""
    if found[at].form != "(":
        return False
    named = [nouns(token)[0] for token in found[max(0, at - _FEW) : at] if nouns(token)]
    return len(named) > 1 and named[-2].code in _CODES and not named[-1].joined
