"""Reads an English story: who died, who is left, seen from where. Knows nothing of Arabic and divides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.english import mention_at
from rag.islamic.inheritance.reading.mention import NARRATOR, UNPLACED, Mention
from rag.islamic.inheritance.reading.tokens import Token, tokens
from rag.islamic.inheritance.reading.told import Told
from rag.islamic.inheritance.reading.viewpoint import is_parted, narrator, surviving, to_deceased

_DEATH = frozenset(("died", "dies", "passed", "deceased", "dead"))
_SHE = re.compile(r"\b(?:she|woman|lady|widow|female|her)\b")
_HE = re.compile(r"\b(?:he|man|guy|widower|male|his)\b")
_NOT_THERE = re.compile(r"\b(?:no|without|not|never)(?: \S+){0,2} $")
_EXCEPT = re.compile(r"\b(?:except|but|other)\b")
_DEAD = re.compile(r"\b(?:died before|had died|predeceased|already dead|died earlier|passed away before|is dead|are dead|were dead)\b")
_FINAL = re.compile(r"\b(?:years?|ago|final|irrevocably|long)\b")
_GRANDCHILDREN_OF_THOSE = re.compile(r"\bfrom (?:those|these|the same|his|her)\b")
_OF_THOSE = re.compile(r"\bfrom(?: \w+)? $")
_NO_WILL = re.compile(
    r"\bwithout (?:leaving |making |having )?(?:a|any) (?:valid )?(?:will|testament)\b|"
    r"\b(?<=left )no (?:will|testament)\b(?: (?:and|but))?|\bintestate\b",
    re.IGNORECASE,
)
_ME = frozenset(("me", "myself"))
_STOPS = frozenset((".", ";", "\n", "?", "!"))


def read_english(text: str) -> Told:
    """Return what an English text tells of an estate."""
    found = tokens(_NO_WILL.sub(" ", text))
    mentions, deceased = _without_deceased(found, _mentions(found))
    kept: list[Mention] = []
    unclear = False
    for mention in mentions:
        counted, doubt = _judged(mention, found)
        unclear |= doubt
        if counted is not None:
            kept += _parents(counted)
    unplaced = tuple(_text(found, mention.start, mention.end).replace(" - ", "-") for mention in kept if mention.head == UNPLACED)
    if deceased:
        kept = [to_deceased(mention, deceased) for mention in kept]
        mine = next(mention.mine for mention in _mentions(found))
        told = deceased not in ("H", "W") and any(_is_me(found, at) for at in range(len(found)))
        options = narrator(deceased, male=None) if told else surviving(deceased, kept) if mine else ()
        kept += [Mention(options, 1, 0, 0, head=NARRATOR)] if options else []
        unclear = unclear or is_parted(deceased, " ".join(token.form for token in found))
    kept = [mention for mention in _broken_down(kept, found) if mention.options]
    return Told(_sex(" ".join(token.form for token in found), deceased), tuple(kept), unclear, unplaced=unplaced)


def _is_me(found: Sequence[Token], at: int) -> bool:
    """Whether a word names the narrator among the heirs: "me", or "my sister and I", behind which nothing is said that he does."""
    form, before, behind = (found[place].form if 0 <= place < len(found) else "." for place in (at, at - 1, at + 1))
    return form in _ME or (form == "i" and before == "and" and (behind in _STOPS or behind in (",", "and", "are")))


def _mentions(found: Sequence[Token]) -> list[Mention]:
    mentions, at = [], 0
    while at < len(found):
        mention = mention_at(found, at)
        if mention:
            mentions.append(mention)
        at = max(mention.end, at + 1) if mention else at + 1
    return mentions


def _without_deceased(found: Sequence[Token], mentions: list[Mention]) -> tuple[list[Mention], Kin | None]:
    death = next((at for at, token in enumerate(found) if token.form in _DEATH), None)
    first = mentions[0] if mentions else None
    if death is None or first is None or first.start >= death or first.count != 1 or death - first.end > 1:
        return mentions, None
    if first.head in ("B", "Z"):
        return mentions[1:], first.head
    return mentions[1:], (first.options[0] if first.options and first.mine else "W" if first.options == ("W",) else "?")


def _judged(mention: Mention, found: Sequence[Token]) -> tuple[Mention | None, bool]:
    before = _text(found, max(0, mention.start - 4), mention.start).rpartition(".")[2]
    after = _text(found, mention.end, _stop(found, mention.end))
    absent = _NOT_THERE.search(f"{before} ")
    nobody = not mention.options and mention.head != UNPLACED
    if (absent and not _EXCEPT.search(before)) or nobody or mention.note == "dead":
        return None, False
    if mention.note == "divorced":
        return (None, False) if _FINAL.search(_text(found, mention.end, min(len(found), mention.end + 12))) else (None, True)
    if _OF_THOSE.search(f"{before} "):
        return None, False
    if _DEAD.match(after.strip()) or (mention.head in ("V", "GS", "GD") and _GRANDCHILDREN_OF_THOSE.match(after.strip())):
        return None, False
    return mention, False


def _parents(mention: Mention) -> list[Mention]:
    return [replace(mention, options=(kin,), count=1, head=kin) for kin in "FM"] if mention.head == "P" else [mention]


def _broken_down(mentions: Sequence[Mention], found: Sequence[Token]) -> list[Mention]:
    """«2 kids (boy and girl)»: the second part says who the first are."""
    kept: list[Mention] = []
    whole: Mention | None = None
    for mention in mentions:
        if whole and mention.options in (("S",), ("D",)) and {token.form for token in found[whole.end : mention.start]} & {"(", ":"}:
            if whole in kept:
                kept.remove(whole)
            kept.append(mention)
            continue
        whole = mention if mention.head == "C" else None
        kept.append(mention)
    return kept


def _sex(plain: str, deceased: Kin | None) -> bool | None:
    if deceased in ("M", "FM", "MM", "Z", "D", "W"):
        return False
    she, he = _SHE.search(plain), _HE.search(plain)
    if she and (not he or she.start() < he.start()):
        return False
    return True if he else None


def _stop(found: Sequence[Token], at: int) -> int:
    while at < len(found) and found[at].form not in _STOPS and found[at].form not in (",", "and"):
        at += 1
    return at


def _text(found: Sequence[Token], start: int, end: int) -> str:
    return " ".join(token.form for token in found[start:end])
