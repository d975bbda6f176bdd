"""Takes out of a story who died after the deceased and before the division, and whom they left. Knows no shares.

Those whom a later one left are told as his own kin; whether one of them is among the first one's heirs is not asked: he then has both
parts. What it does not follow it leaves where it stands, for `doubts` to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.islamic.inheritance.kin import Kin, is_male
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.spans import Words
from rag.islamic.inheritance.reading.story import Story, read_story

_DIED = r"(?:(?:قد |و|ف)?(?:ات|ا)?توف(?:ي|ى|يت|ت|وا)|(?:و|ف)?مات(?:ت)?|(?:و|ف)?هلك(?:ت)?|died|dies|passed away)"
_OPENS = (
    r"(?:ثم|وبعدين|بعدين|وبعدها|وبعده|بعدها|وبعد (?:\S+ ){1,2}?(?=و?(?:مات|توف|هلك|ماتت))|"
    r"وقبل (?:ال)?(?:قسم\S*|تقسيم)(?: ال\S+)?|then|later|afterwards|after that)"
)
_LATER = re.compile(rf"(?<!\S)(?:{_OPENS}(?: \S+){{0,5}}? )(?P<died>{_DIED})(?!\S)|(?<!\S){_OPENS}(?P<died2>{_DIED})(?!\S)")
_AFTER = re.compile(rf"(?<!\S)(?:و?اذا |ولو |what if )?(?P<died>{_DIED})(?!\S)(?=(?: \S+){{0,4}}? (?:بعده\S*|بعد \S+|after\S*)(?!\S))")
_LEFT = re.compile(r" (?P<left>عن|و?ترك\S*|و?خلف\S*|و?ساب\S*|و?خل[اي]ت?|وله|ولها|ورثت\S+|leaving|left|and left|survived by|has)(?= )")
_ANOTHER = re.compile(rf"(?<!\S){_DIED}(?: \S+){{0,3}}?{_LEFT.pattern}")
_BEFORE = re.compile(r"(?<!\S)(?:قبل\S*|في حيا\S+|before|earlier|already)(?!\S)")
_FIRST = re.compile(rf"(?<!\S){_DIED}(?!\S)")
_WHEN_DEAD = re.compile(r"(?<!\S)بعد (?:وفاة|موت|ان (?:توفي\S*|ماتت?))(?!\S)")
_NEAR = 2
_OF_HIM = ("his", "her")
# Who died after the first one (a child of his, a spouse, a parent) → an heir of the first one → what that one may be to him.
_MAY_BE: dict[str, dict[Kin, tuple[Kin, ...]]] = {
    "C": {"S": ("Bf", "Bp"), "D": ("Zf", "Zp"), "W": ("M",), "H": ("F",), "F": ("FF",), "M": ("FM", "MM"), "Bf": ("FBf",), "Bp": ("FBp",)},
    "R": {"S": ("S",), "D": ("D",), "SS": ("SS",), "SD": ("SD",)},
    "M": {"S": ("SS",), "D": ("SD",), "Bf": ("S",), "Bm": ("S",), "Zf": ("D",), "Zm": ("D",), "F": ("H",), "MM": ("M",)},
    "F": {"S": ("SS",), "D": ("SD",), "Bf": ("S",), "Bp": ("S",), "Zf": ("D",), "Zp": ("D",), "M": ("W",), "FF": ("F",), "FM": ("M",)},
}
_SIBLINGS = (("Bf", "Bp", "Bm"), ("Zf", "Zp", "Zm"))
KNOWN = frozenset("SDWHMF")
"""Of whom, where they die later, it is known what the first one's heirs may be to them."""


@dataclass(frozen=True, slots=True)
class Death:
    """Who of the heirs died, and the story of whom he left."""

    who: Mention
    story: Story


@dataclass(frozen=True, slots=True)
class Later:
    """The words before, and the deaths after; `plain` is false where one of them was not followed."""

    words: Words
    deaths: tuple[Death, ...] = ()
    plain: bool = True


def without_dead(words: Words) -> Words:
    """Take out who had died when the deceased did: «توفي جدي بعد وفاة أبي»."""
    for match in reversed(list(_WHEN_DEAD.finditer(words.plain))):
        start, end = words.within(match)
        at, mention = next(words.mentions(end, len(words.found)), (end, None))
        if mention is not None and at == end and _FIRST.search(words.plain, 0, match.start()):
            words = words.without(start, mention.end)
    return words


def only_later(words: Words) -> bool:
    """Whether all that is told is a death after another one, told before."""
    match = _LATER.search(words.plain) or _AFTER.search(words.plain)
    first = _LEFT.search(words.plain)
    return match is not None and (first is None or first.start() > match.start())


def without_later(words: Words) -> Later:
    """Take out the later deaths of a story that tells the first."""
    first = _LEFT.search(words.plain)
    begun = first.end() if first else len(words.plain)
    found = list(_LATER.finditer(words.plain, begun)) or list(_AFTER.finditer(words.plain, begun))
    if not found:
        return Later(words, plain=not (_another(words, begun) or _told_too_soon(words, begun)))
    deaths = _deaths(words, found)
    return Later(Words(words.found[: words.within(found[0])[0]]), deaths, len(deaths) == len(found))


def _told_too_soon(words: Words, begun: int) -> bool:
    """Whether a later death is told before it is said what the first one left: «توفي وابنته التي توفيت بعده كانت متزوجة»."""
    first = _FIRST.search(words.plain)
    found = (match for pattern in (_LATER, _AFTER) for match in pattern.finditer(words.plain, first.end(), begun)) if first else ()
    return any(True for _ in found)


def _another(words: Words, begun: int) -> bool:
    """Whether it is told besides that one of kin died and left somebody: before or after the first, nobody says.

    Or that he died before, where one like him is told as an heir: nobody says that it is not he.
    """
    for match in _ANOTHER.finditer(words.plain, begun):
        at, end = words.within(match)
        near = [mention for _, mention in words.mentions(max(0, at - _NEAR), end - 1) if mention.options]
        if _BEFORE.search(match.group()) is None:
            if near:
                return True
            continue
        # In English his heirs would be read as the first one's: «his son died before him leaving a son».
        if any(words.found[mention.start].form in _OF_HIM for mention in near):
            return True
        dead = {kin for mention in near if mention.start >= at for kin in mention.options}
        if any(dead.intersection(heir.options) for _, heir in words.mentions(words.after(begun), at)):
            return True
    return False


def later_alone(words: Words) -> Later:
    """Read a turn that tells of later deaths only."""
    found = list(_LATER.finditer(words.plain)) or [match for match in (_AFTER.search(words.plain),) if match]
    deaths = _deaths(words, found)
    return Later(words, deaths, bool(found) and len(deaths) == len(found))


def of_first(who: Mention, heirs: Sequence[Mention]) -> Kin | None:
    """Return whom of the first one's heirs a later death names; None where that is not plain."""
    kin = [heir.options[0] for heir in heirs if len(heir.options) == 1 and heir.count != MANY and heir.options[0] in who.options]
    return kin[0] if len(kin) == 1 else None


def kin_of(who: Kin, other: Kin) -> tuple[Kin, ...]:
    """Return what an heir of the first one may be to another who died after him; nothing where he is surely no kin of his."""
    return _MAY_BE.get("C" if who in "SD" else "R" if who in "WH" else who, {}).get(other, ())


def _deaths(words: Words, found: Sequence[re.Match[str]]) -> tuple[Death, ...]:
    ends = [*(words.within(match)[0] for match in found[1:]), len(words.found)]
    read = (_death(words, match, end) for match, end in zip(found, ends, strict=True))
    return tuple(death for death in read if death is not None)


def _death(words: Words, match: re.Match[str], end: int) -> Death | None:
    """Read «ثم ماتت الزوجة عن أب وابن»; None where it does not say who died, or whom he left as kin of his own."""
    group = "died" if match.groupdict().get("died") else "died2"
    left = _LEFT.search(words.plain, match.end())
    stop = words.within(left, "left")[0] if left else end
    if left is None or stop >= end:
        return None
    verb = words.within(match, group)[1]
    named = [mention for at, mention in words.mentions(words.within(match)[0], stop) if at <= verb + _NEAR and mention.options]
    sexes = {is_male(option) for mention in named[:1] for option in mention.options}
    if len(sexes) != 1:
        return None
    english = match[group].isascii()
    opening = ("a man died" if True in sexes else "a woman died") if english else ("توفي رجل" if True in sexes else "توفيت امرأة")
    story = read_story(f"{opening} {words.text(stop, end)}")
    told = bool(story.mentions) and all(mention.clear or is_open_sibling(mention) for mention in story.mentions)
    plain = told and not (story.unclear or story.unplaced or story.births or story.barred or story.gone)
    return Death(named[0], story) if plain else None


def is_open_sibling(mention: Mention) -> bool:
    """Whether it names so many brothers or sisters, and not of which kind: «أخويه»."""
    return mention.count != MANY and mention.options in _SIBLINGS
