"""Takes out of a story who died before the deceased and what he left: his children stand in it as his. Knows no shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.islamic.inheritance.kin import Kin, is_kin
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.dying import is_link, until
from rag.islamic.inheritance.reading.lexicon import MANY, nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import OPENERS, closed
from rag.islamic.inheritance.reading.tokens import Token

_DIED = re.compile(r"(?:ف|و)?(?:(?:توفي|مات)(?:ت|ا|تا|وا|ن|و)?|توفوا|توفو|توفيا|توفيتا|توفين)")
_DEAD = re.compile(r"متوفي|متوفاة|متوفاه|متوفية|متوفون|متوفين|متوفيين|متوفيان|متوفيتين|متوفيتان|متوفاتان|متوفاتين|متوفيات|متوفى|ميت|ميتة")
_SEVERAL_DIED = re.compile(r"(?:ف|و)?(?:ماتا|توفيا|توفيتا|ماتتا|ماتوا|توفوا)")
_HIS = re.compile(r"و?(?:له|لها|لهم|لهما|لهن|ترك|تركت|تركا|تركتا|تركوا|خلف|خلفت|لديه|لديها|لديهم|لديهما|عنده|عندها)")
_LEFT = frozenset(("عن", "ترك", "وترك", "تركت", "وتركت", "خلف", "وخلف", "خلفت", "وخلفت", ":"))
_ORDINALS = frozenset(("ثالث", "رابع", "خامس", "سادس", "ثالثة", "رابعة", "خامسة", "سادسة"))
_OPENS = frozenset(("وقد", "فقد", "قد", "وكان", "وكانت", "كان", "كانت", "الذي", "التي", "حيث"))
_ANOTHER = frozenset(("اخر", "اخري"))
_HAD = _OPENS | {"له", "لها", "وله", "ولها"}
_STOPS = frozenset(("،", ","))
_ENDS = frozenset((".", "\n", "؛", ")", "(", ":", "؟"))
_CHILDREN = (("S",), ("D",), ("S", "D"))
_LONGEST = 6
# Behind «توفي رجل» it is his own.
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Departed:
    """Words without the dead, the dead, and their children as kin of the deceased."""

    words: tuple[Token, ...]
    gone: frozenset[tuple[Kin, ...]]
    children: tuple[Mention, ...]


def without_departed(found: Sequence[Token]) -> Departed:
    """Take out who is plainly told to have died before; what is not plain stays where it is."""
    kept: list[Token] = []
    gone: list[Mention] = []
    children: list[Mention] = []
    told = False
    at = 0
    while at < len(found):
        living = _of_living(found, at, kept) if told else None
        if living is not None:
            born, at = living
            children += born
            continue
        taken = _named_before(found, at, kept) or _named_after(found, at) if told else None
        if taken is None:
            told |= found[at].form in _LEFT or (found[at].form in _STOPS and any(_DIED.fullmatch(token.form) for token in kept))
            kept.append(found[at])
            at += 1
            continue
        dead, start, end = taken
        born, at = _children_of(dead, found, end)
        if start is not None:
            del kept[start:]
            while kept and kept[-1].form in _HAD:
                kept.pop()
        gone += dead
        children += born
    return Departed(tuple(kept), frozenset(mention.options for mention in gone), tuple(children))


def _named_before(found: Sequence[Token], at: int, kept: Sequence[Token]) -> tuple[list[Mention], int | None, int] | None:
    """Read «وبنت توفيت قبله», «ابن متوفى له بنت», «ووالداه قد توفيا» from its verb on."""
    place = at
    while place < len(found) and found[place].form in _OPENS | OPENERS:
        place += 1
    if place >= len(found):
        return None
    verb, adjective = _DIED.fullmatch(found[place].form), _DEAD.fullmatch(found[place].form)
    after = found[place + 1].form if place + 1 < len(found) else ""
    end, before = until(found, place + 1)
    already = place > at and found[place - 1].form == "قد" and after in ("،", ",", ".")
    his = _HIS.fullmatch(after) is not None and not after.startswith("و")
    if not ((verb and (before or already)) or (adjective and (before or his))):
        return None
    start, dead = _ending(kept)
    alone = len(dead) == 1 and dead[0].count == 1
    if start is None or (alone and _SEVERAL_DIED.fullmatch(found[place].form)):
        return None
    return dead, start, closed(found, end) if found[at].form in OPENERS else end


def _ending(kept: Sequence[Token], *, all_of_them: bool = False) -> tuple[int | None, list[Mention]]:
    """Return where the kin begin who are named last, and who they are; of «his brothers» some, unless it is said of all."""
    if kept and kept[-1].form in _ANOTHER:
        start, dead = _ending(kept[:-1])
        return (len(kept), []) if start == len(kept) - 1 and not dead else (None, [])
    if kept and kept[-1].form in ("واحد", "واحدة") and _ends_with_several(kept[:-1]):
        # «ثلاث أخوات من أب واحدة توفيت قبلها»: one of them, which is read elsewhere.
        return None, []
    readings = nouns(kept[-1]) if kept else ()
    if readings and readings[0].code == "P" and readings[0].suffix:
        return len(kept) - 1, [Mention((kin,), 1, 0, 0, head=kin) for kin in "FM"]
    for start in range(max(0, len(kept) - _LONGEST), len(kept)):
        mention = mention_at(kept, start)
        if mention and not mention.options and mention.end == len(kept):
            # «زوجة ابن» is no heir, and her husband is not meant.
            return None, []
        if mention and mention.options and mention.end == len(kept):
            if is_link(mention):
                # «بنت لأخ توفي قبله»: the brother is dead, not his daughter.
                return len(kept), []
            if kept[start - 1].form in _ORDINALS:
                return start - 1, [replace(mention, count=1)]
            some = mention.definite and mention.count == MANY and not all_of_them
            one_of = kept[start - 1].form.removeprefix("و") in ("احد", "احدي") or some
            one_of = one_of or (mention.count != 1 and kept[-1].form in ("واحد", "واحدة"))
            return (None, []) if one_of else (start, [mention])
    return None, []


def _ends_with_several(kept: Sequence[Token]) -> bool:
    """Whether words end with kin who are more than one."""
    mentions = (mention_at(kept, start) for start in range(max(0, len(kept) - _LONGEST), len(kept)))
    return any(mention and mention.options and mention.end == len(kept) and mention.count != 1 for mention in mentions)


def _named_after(found: Sequence[Token], at: int) -> tuple[list[Mention], int | None, int] | None:
    """Read «وقد توفي أبوه وأمه قبله», «ومات ابنه قبله» whole."""
    place = at
    while place < len(found) and found[place].form in _OPENS:
        place += 1
    if place >= len(found) or not _DIED.fullmatch(found[place].form):
        return None
    dead: list[Mention] = []
    place += 1
    while place < len(found) and (mention := mention_at(found, place)) and mention.options:
        dead.append(mention)
        place = mention.end
    end, before = until(found, place)
    return (dead, None, end) if dead and before else None


def _of_living(found: Sequence[Token], at: int, kept: Sequence[Token]) -> tuple[list[Mention], int] | None:
    """Read «أخت لها ولد وبنت», «أخته (ولها ولد)»: the children of one who lives."""
    opened = found[at].form == "("
    place = at + opened
    if place >= len(found) or not _HIS.fullmatch(found[place].form) or found[place].form.startswith("و") != opened:
        return None
    start, parents = _ending(kept, all_of_them=True)
    if start is None or len(parents) != 1 or parents[0].options[0] in ("F", "M", "H", "W") or start < _FIRST:
        return None
    born, end = _children_of(parents, found, place)
    if not born or (opened and (end >= len(found) or found[end].form != ")")):
        return None
    return born, end + opened


def _children_of(dead: Sequence[Mention], found: Sequence[Token], at: int) -> tuple[list[Mention], int]:
    """Read what the dead left behind a stop: «، ولها ولد وبنت»."""
    place = at + (at < len(found) and found[at].form in _STOPS)
    if place >= len(found) or not _HIS.fullmatch(found[place].form) or len(dead) != 1:
        return [], at
    place += 1
    born: list[Mention] = []
    while place < len(found) and (mention := mention_at(found, place)) and mention.options in _CHILDREN:
        options = tuple(filter(is_kin, (above + below for above in dead[0].options for below in mention.options)))
        born.append(replace(mention, options=options))
        place = mention.end
    return (born, place) if born else ([], at)
