"""Whether a story is understood: which of its words neither name heirs nor are known to change no case. Knows nothing of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from rag.islamic.inheritance.choice.figures import number_in
from rag.islamic.inheritance.reading.arabic import mentions_in
from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.numerals import value_of
from rag.islamic.inheritance.reading.tokens import Token, folded, tokens

_BEFORE, _BEHIND = "[وف]?(?:ال|بال|كال|لل|[بلك])?", "(?:ها|هما|هم|هن|ه|ا)?"


def has_unknown_words(text: str) -> bool:
    """Whether words are left over that may decide who inherits: «عبد», «اشترى», «غائب»."""
    found = tokens(text)
    heirs = {at for mention in mentions_in(found) for at in range(mention.start, mention.end)}
    return any(at not in heirs and not is_known(token) and not _is_name(found, at) for at, token in enumerate(found))


def _is_name(found: Sequence[Token], at: int) -> bool:
    """Whether a word is part of a name like «عبد الرحمن»; «عبد» by itself is a slave."""
    first = at if found[at].form == "عبد" else at - 1
    return first >= 0 and found[first].form == "عبد" and first + 1 < len(found) and found[first + 1].form.startswith("ال")


def is_known(token: Token) -> bool:
    """Whether a word names kin, counts, or is known to change no case."""
    if token.stop or len(token.form) == 1 or token.form[0].isdecimal() or value_of(token) is not None or number_in([token]) is not None:
        return True
    return bool(nouns(token)) or _plain().fullmatch(token.form) is not None


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    """Return the words that change no case, from the table beside this module."""
    text = files("rag.islamic.inheritance.choice").joinpath("plain_words.tsv").read_text(encoding="utf-8")
    words = {word for line in text.splitlines() if not line.startswith("#") for word in folded(line.partition("\t")[2]).split()}
    # «ثروة» is «ثروته» before a pronoun.
    words |= {f"{word.removesuffix('ة')}ت" for word in words if word.endswith("ة")}
    return re.compile(f"{_BEFORE}(?:{'|'.join(sorted(words, key=len, reverse=True))}){_BEHIND}")
