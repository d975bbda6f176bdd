"""What an Arabic story says that its reader did not follow, where following it would change who inherits. Knows no shares.

It says only that something must be asked; a story that tells it is divided for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.islamic.inheritance.reading.dying import is_link
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING, nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import Token

_DIED = re.compile(r"(?:ف|قد|و|وقد)?(?:(?:ات|ا)?توف\w{1,3}|مات\w{0,2}|هلك\w{0,2}|(?:ال)?متوف\w{1,4}|ميت\w{0,2})")
_AFTERWARDS = re.compile(r"بعد\w*")
_ONE_OF = re.compile(r"[وف]?(?:ل|ب)?(?:احدهما|احداهما|احدهم|احداهن|اولاهما|اولهما|ثانيهما)")
_BETWEEN = frozenset(("الذي", "التي", "اللذان", "اللذين", "الذين", "قد", "وقد", "،", ","))
_OF_HIM, _OF_HER = frozenset(("ه", "و", "وه")), frozenset(("ها",))


def is_doubtful(found: Sequence[Token], heirs: Sequence[Mention]) -> bool:
    """Whether words are left over that say something of one of several, or of an heir that he died."""
    read = {at for heir in heirs for at in range(heir.start, heir.end)}
    if any(_ONE_OF.fullmatch(token.form) and at not in read for at, token in enumerate(found)):
        return True
    if any(_leaves_parts(first, second, found) for first, second in pairwise(heirs)):
        return True
    deaths = [at for at, token in enumerate(found) if _DIED.fullmatch(token.form)]
    return any(_of_heir(found, at, heirs) for at in deaths[1:])


def _leaves_parts(first: Mention, second: Mention, found: Sequence[Token]) -> bool:
    """«اخواته ولدين وبنت»: children right behind siblings who are not counted are these, and no children of the deceased."""
    siblings = first.head in ("B", "Z", SIBLING) and first.count == MANY and len(first.options) > 1
    joined = any(noun.joined for noun in nouns(found[second.start])[:1])
    return siblings and second.start == first.end and second.head in ("S", "D", "C") and not joined


def _of_heir(found: Sequence[Token], at: int, heirs: Sequence[Mention]) -> bool:
    """Whether it is said of somebody who counts as an heir that he died, and not that it was afterwards."""
    behind = found[at + 1].form if at + 1 < len(found) else ""
    end = at - (found[at - 1].form in _BETWEEN)
    before = found[at].form[0] not in "وف" and any(heir.end == end and not is_link(heir) for heir in heirs)
    return (before or any(heir.start == at + 1 for heir in heirs)) and _AFTERWARDS.fullmatch(behind) is None


def of_another(found: Sequence[Token], heirs: Sequence[Mention], *, male: bool) -> Iterator[Mention]:
    """Yield who is kin of somebody else than the deceased: «توفي عن زوجته وأمها», «توفيت عن زوج وابنه»."""
    others = _OF_HER if male else _OF_HIM
    for heir in heirs:
        last = next((noun for token in reversed(found[heir.start : heir.end]) for noun in nouns(token)[:1]), None)
        if last is not None and last.suffix in others and heir.head not in ("H", "W", "R"):
            yield heir
