"""Reads an English story: who died, who is left, seen from where. Knows nothing of Arabic and divides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import Kin, is_male
from rag.islamic.inheritance.reading.english import mention_at
from rag.islamic.inheritance.reading.mention import NARRATOR, UNPLACED, Mention
from rag.islamic.inheritance.reading.tokens import Token, tokens
from rag.islamic.inheritance.reading.told import Told
from rag.islamic.inheritance.reading.viewpoint import is_parted, narrator, of_side, to_deceased

_DEATH = frozenset(("died", "dies", "passed", "deceased", "dead"))
_SHE = re.compile(r"\b(?:she|woman|lady|widow|wife|female|her)\b")
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
_ARTICLES = frozenset(("a", "an", "the", "one", "his", "her", "our"))
_I = frozenset(("i", "i'm"))
_LINKS = frozenset(("(", ",", "am", "was", "as", "is", "-", "only", "being", "the", "a"))
_ANOTHER = frozenset(("another", "other", "second", "third", "co", "-"))
_TELLING = frozenset(("and", "left", "leaves", "leaving", "survived", "or"))
_DIVORCE = re.compile(r"\b(?:divorc\w+|annul\w+|khula|separated)\b")
_ONE_OF = re.compile(r"\bone of (?:them|whom|his|her|the)\b|\bthe other one\b")
_NEAR, _FAR = 3, 8
_SIBLINGS = r"(?:half[- ]?|step[- ]?)?(?P<who>(?:brother|sister|sibling)s?)"
_THROUGH = r"\s*\(?(?:,? ?who (?:share|shares|have|has) )?(?:of|from|by|with|through|on|sharing|via)?\s*(?:the|his|her|our|my|their)?\s*"
_BY_PARENT = tuple(
    (re.compile(rf"\b{_SIBLINGS}{_THROUGH}{parent}\)?", re.IGNORECASE), adjective)
    for adjective, parent in (
        ("full", r"(?:same|both) (?:parents|father and (?:the )?(?:same )?mother|mother and (?:the )?(?:same )?father)\b"),
        ("maternal", r"same mother\b(?! and)"),
        ("paternal", r"same father\b(?! and)"),
        ("maternal", r"(?<=by the )mother\b"),
        ("paternal", r"(?<=by the )father\b"),
        ("maternal", r"(?<=through )(?:our|my|his|her|their) mother\b|mother's side\b"),
        ("paternal", r"(?<=through )(?:our|my|his|her|their) father\b|father's side\b"),
    )
)
_STOPS = frozenset((".", ";", "\n", "?", "!"))


def read_english(text: str) -> Told:
    """Return what an English text tells of an estate."""
    found = tokens(_of_parents(_NO_WILL.sub(" ", text)))
    plain = " ".join(token.form for token in found)
    mentions, deceased = _without_deceased(found, _mentions(found))
    kept: list[Mention] = []
    unclear = False
    for mention in mentions:
        if mention.mine and not mention.options and mention.head != UNPLACED:
            # Kin by marriage of the narrator's may be kin of who died.
            kept.append(mention)
            continue
        counted, doubt = _judged(mention, found)
        unclear |= doubt
        if counted is not None:
            kept += _parents(counted)
    if deceased:
        own = [_mine(mention, deceased) for mention in kept]
        deceased = of_side(deceased, own)
        beside, doubt = _narrator(found, own, deceased)
        kept = [*(to_deceased(mention, deceased) for mention in own), *beside]
        unclear = unclear or doubt or is_parted(deceased, plain)
    unclear = unclear or _tells_more(found, kept, plain)
    male = _sex(plain, deceased)
    kept = [replace(mention, head=UNPLACED) if _of_another(mention, kept, found, told=male) else mention for mention in kept]
    unplaced = tuple(_text(found, mention.start, mention.end).replace(" - ", "-") for mention in kept if mention.head == UNPLACED)
    kept = [mention for mention in _broken_down(kept, found) if mention.options]
    return Told(male, tuple(kept), unclear, unplaced=unplaced)


def _of_another(mention: Mention, heirs: Sequence[Mention], found: Sequence[Token], *, told: bool | None) -> bool:
    """Whether an heir is kin of somebody else than the deceased: of a man's wife «her daughter»."""
    male = next((heir.options == ("W",) for heir in heirs if heir.options in (("W",), ("H",))), told)
    others = None if male is None else "her" if male else "his"
    return bool(mention.end) and mention.head not in ("H", "W") and found[mention.start].form == others


def _of_parents(text: str) -> str:
    """Return a text in which siblings «of the same mother», «on my father's side» bear the adjective that says so."""
    for pattern, adjective in _BY_PARENT:
        text = pattern.sub(rf"{adjective} \g<who>", text)
    return text


def _tells_more(found: Sequence[Token], heirs: Sequence[Mention], plain: str) -> bool:
    """Whether it tells a divorce beside a spouse, or of an heir that he died, and it was not followed."""
    spouse = any(mention.options in (("H",), ("W",)) and mention.note != "divorced" for mention in heirs)
    deaths = [at for at, token in enumerate(found) if token.form in _DEATH]
    dead = any(0 <= at - heir.end <= _NEAR for at in deaths for heir in heirs if heir.end)
    return dead or _ONE_OF.search(plain) is not None or (spouse and _DIVORCE.search(plain) is not None)


def _narrator(found: Sequence[Token], heirs: Sequence[Mention], deceased: Kin) -> tuple[list[Mention], bool]:
    """Return the narrator, unless it is said who he is and so he is there already, and whether he must be asked."""
    starts = {heir.start for heir in heirs}
    places = [at for at in range(len(found)) if _is_me(found, at)]
    named = any(_says_who(found, at, starts) for at, token in enumerate(found) if token.form in _ME or token.form in _I)
    if named and deceased not in ("H", "W"):
        return [], False
    others = [heir for heir in heirs if not (heir.start and heir.head == "W" and found[heir.start - 1].form in _ANOTHER)]
    options, asked = narrator(deceased, others, told=bool(places))
    return [Mention(options, 1, 0, 0, head=NARRATOR)] if options else [], asked


def _says_who(found: Sequence[Token], at: int, starts: set[int]) -> bool:
    """«me (her only son)», «I am his nephew»: the kin named right behind are the narrator."""
    behind = at + 1
    while behind < len(found) and found[behind].form in _LINKS:
        behind += 1
    return behind in starts and (behind > at + 1 or found[behind].form in ("his", "her"))


def _mine(mention: Mention, deceased: Kin) -> Mention:
    """A grandparent's uncles and aunts are the narrator's: «my grandfather left two aunts»."""
    return replace(mention, mine=True) if deceased.removesuffix("?") in ("FF", "FM", "MF", "MM") and mention.head in ("U", "A") else mention


def _is_me(found: Sequence[Token], at: int) -> bool:
    """Whether a word names the narrator among the heirs: "me", or "my sister and I", behind which nothing is said that he does."""
    form, before, behind = (found[place].form if 0 <= place < len(found) else "." for place in (at, at - 1, at + 1))
    return form in _ME or (form == "i" and before == "and" and (behind in _STOPS or behind in (",", "and", "are")))


def _mentions(found: Sequence[Token]) -> list[Mention]:
    mentions: list[Mention] = []
    at = 0
    while at < len(found):
        mention = mention_at(found, at)
        if mention and not (mentions and _is_same(mention, mentions[-1], found)):
            mentions.append(mention)
        at = max(mention.end, at + 1) if mention else at + 1
    return mentions


def _is_same(mention: Mention, before: Mention, found: Sequence[Token]) -> bool:
    """«His nephew, son of his full brother»: one person, told twice."""
    behind = before.end + 1 == mention.start and found[before.end].form == ","
    bare = mention.count == before.count == 1 and not mention.mine and found[mention.start].form not in _ARTICLES
    return behind and bare and bool(mention.options) and set(mention.options) <= set(before.options)


def _without_deceased(found: Sequence[Token], mentions: list[Mention]) -> tuple[list[Mention], Kin | None]:
    death = next((at for at, token in enumerate(found) if token.form in _DEATH), None)
    first = mentions[0] if mentions else None
    if first is None or first.count != 1:
        return mentions, None
    lost = first.mine and first.start > 0 and found[first.start - 1].form == "lost"
    if not lost and (death is None or first.start >= death or not _is_said_of(first, found, death)):
        return mentions, None
    return mentions[1:], _deceased_kin(first)


def _is_said_of(mention: Mention, found: Sequence[Token], death: int) -> bool:
    """«My father, who was eighty, died»: nothing stands between that tells of others."""
    between = [token.form for token in found[mention.end : death]]
    if len(between) <= 1:
        return True
    aside = between[0] == "," or between[-1] in ("he", "she", "who", "has", "had", "just", "recently", "suddenly")
    return mention.mine and aside and len(between) <= _FAR and not set(between) & _TELLING


def _deceased_kin(mention: Mention) -> Kin:
    if not mention.options or not mention.mine:
        return "?"
    if mention.head in ("G", "GM") and len(mention.options) > 1:
        return "FF?" if mention.head == "G" else "FM?"
    sibling = mention.head in ("B", "Z") and len(mention.options) > 1
    return mention.head if sibling else mention.options[0]


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
    if deceased and "?" not in deceased:
        return is_male(deceased)
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
