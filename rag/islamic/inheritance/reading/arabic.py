"""Finds mentions of heirs in Arabic, fusha and dialects: numbers, chains («ابن عم شقيق»), strengths («لأب»), what stands in brackets.

Knows nothing of who died or of what is said about those who are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from rag.islamic.inheritance.kin import Kin, is_kin
from rag.islamic.inheritance.reading.lexicon import IN_LAW, MANY, SIBLING, Noun, nouns
from rag.islamic.inheritance.reading.mention import SPOUSE, Mention
from rag.islamic.inheritance.reading.modifiers import (
    BOYS,
    MALE_PLURAL,
    OPENERS,
    SEXES,
    SIBLING_LIKE,
    closed,
    count_after,
    names_no_heir,
    sex_after,
    strength_after,
)
from rag.islamic.inheritance.reading.numerals import number_at, value_of
from rag.islamic.inheritance.reading.siblings import of_told_sex, own_full
from rag.islamic.inheritance.reading.tokens import Token

# Each further «brother of» triples what may be meant.
_LONGEST_CHAIN = 5
_TWO = 2
_FULL_PLURAL = frozenset(("اشقا", "اشقاء", "شقيقات"))
_SPOUSES = frozenset(("R", "H", "W", "E", *IN_LAW))
_CHILDREN, _PARENTS = frozenset("SDC"), frozenset("SDBZU")
_PATHS: dict[str, tuple[Kin, ...]] = {
    "S": ("S",),
    "D": ("D",),
    "C": ("S", "D"),
    "F": ("F",),
    "M": ("M",),
    "G": ("FF",),
    "GM": ("FM", "MM"),
    "B": ("Bf", "Bp", "Bm"),
    "Z": ("Zf", "Zp", "Zm"),
    SIBLING: ("Bf", "Zf", "Bp", "Zp", "Bm", "Zm"),
    "U": ("FBf", "FBp"),
    "A": ("FZf", "FZp", "FZm"),
    "K": ("MBf", "MBp", "MBm"),
    "L": ("MZf", "MZp", "MZm"),
    "V": ("SS", "SD", "DS", "DD"),
}
_BEFORE_NOUN = frozenset(("د", "ديال", "من", "x", "*", "×", "لـ"))


def mentions_in(found: Sequence[Token]) -> Iterator[Mention]:
    """Yield the heirs that are named, in order."""
    at = 0
    while at < len(found):
        mention = mention_at(found, at)
        if mention and mention.options:
            yield mention
        at = max(mention.end, at + 1) if mention else at + 1


def mention_at(found: Sequence[Token], at: int) -> Mention | None:
    """Return the mention that begins at the token `at`, or None."""
    if not _may_begin(found[at]):
        return None
    if names_no_heir(found, at):
        return None
    bracketed = _bracketed(found, at)
    if bracketed:
        return bracketed
    number = _two(found, at) or number_at(found, at) if value_of(found[at]) is not None or found[at].form[:1] in ("و", "ل", "ز") else None
    start = at
    count: int | None = None
    if number and (not nouns(found[at]) or _two(found, at)):
        count, at = number
        while at < len(found) and found[at].form in _BEFORE_NOUN:
            at += 1
        if at >= len(found):
            return None
    own = own_full(found[at]) if not (at and found[at - 1].form == "غير") else None
    chain, end = ([own], at + 1) if own else _chain(found, at)
    if not chain or (count is not None and chain[0].joined) or any(noun.code == "P" for noun in chain):
        return None
    return _mention(found, start, end, chain, count, full=own is not None)


def _may_begin(token: Token) -> bool:
    """Whether a mention may begin with a word at all: most begin none."""
    form = token.form
    return form[:1] in ("و", "ل", "ز", "(") or bool(nouns(token)) or value_of(token) is not None or own_full(token) is not None


def parents_at(token: Token, at: int) -> list[Mention]:
    """Return the father and the mother where «الأبوين» names both."""
    readings = nouns(token)
    if not readings or readings[0].code != "P" or (readings[0].suffix == "ي" and readings[0].form.endswith("ابوي")):
        return []
    return [Mention((kin,), 1, at, at + 1, head=kin) for kin in "FM"]


def _bracketed(found: Sequence[Token], at: int) -> Mention | None:
    """Read «(3) ابن»: the number stands in brackets before its noun."""
    if found[at].form != "(" or at + 3 >= len(found) or found[at + 1].number is None or found[at + 2].form != ")":
        return None
    inner = mention_at(found, at + 3) if nouns(found[at + 3]) and not nouns(found[at + 3])[0].joined else None
    return replace(inner, count=found[at + 1].number or 1, start=at) if inner and inner.options else None


def _two(found: Sequence[Token], at: int) -> tuple[int, int] | None:
    """«زوج بنات» in the Maghreb are two daughters."""
    form = found[at].form
    following = nouns(found[at + 1]) if at + 1 < len(found) else ()
    if (
        form in ("زوج", "وزوج", "زوز", "وزوز")
        and following
        and following[0].number == MANY
        and not (following[0].definite or following[0].joined)
    ):
        return 2, at + 1
    return None


def _chain(found: Sequence[Token], at: int) -> tuple[list[Noun], int]:
    """Read nouns that stand in construct: «ابن ابن عم»."""
    chain: list[Noun] = []
    while at < len(found) and len(chain) < _LONGEST_CHAIN:
        readings = nouns(found[at])
        sibling = own_full(found[at]) if chain and chain[-1].code in ("S", "D", "C") and not chain[-1].definite else None
        if sibling and not sibling.joined and not readings:
            return [*chain, Noun(sibling.code, sibling.number, "", "ه", sibling.form)], at + 1
        sex = SEXES.get(found[at].form) if chain and chain[-1].code == "C" else None
        if sex and at + 1 < len(found) and _through(chain[-1], found, at + 1):
            # «أولاد ذكور من إخوتها»
            chain[-1] = Noun(sex, chain[-1].number, chain[-1].prefix, "", chain[-1].form)
            at += 2
            readings = nouns(found[at])
        elif chain and not readings and _through(chain[-1], found, at):
            at += 1
            readings = nouns(found[at])
        elif not readings or (chain and not (_again(chain, readings[0]) or _continues(chain[-1], readings[0], found, at))):
            break
        following = nouns(found[at + 1]) if at + 1 < len(found) else ()
        chain.append(_chosen(readings, following, first=not chain))
        at += 1
    return chain, at


def _again(chain: Sequence[Noun], noun: Noun) -> bool:
    """«الابن الابن» is a son's son, «أب الأب الأب» a grandfather's father: the article is said of each word."""
    before = chain[-1]
    if noun.prefix != "ال" or before.prefix != "ال" or before.suffix or noun.suffix:
        return False
    return before.form == noun.form == "الابن" or (len(chain) > 1 and {before.code, noun.code} <= set("FM"))


def _through(before: Noun, found: Sequence[Token], at: int) -> bool:
    """«بنات من أخيه» are his brother's daughters."""
    following = nouns(found[at + 1]) if found[at].form == "من" and at + 1 < len(found) else ()
    return bool(following) and following[0].code in "BZ" and bool(following[0].suffix) and before.code in _CHILDREN and not before.suffix


def _continues(before: Noun, noun: Noun, found: Sequence[Token], at: int) -> bool:
    if before.code == "W" and noun.code == "E" and not noun.joined:
        return True
    if noun.prefix in ("ل", "لل") and before.code in _CHILDREN and noun.code in _PARENTS and not before.definite and not before.suffix:
        # «بنتان لأخ شقيق»
        return True
    if noun.joined or noun.prefix not in ("", "ال") or before.suffix or found[at].form in SEXES:
        return False
    if before.code == "B" and noun.form in BOYS:
        # «إخوة أولاد» are brothers.
        return False
    if before.code == "C" and noun.code in ("S", "D") and noun.number == 2:
        return False
    if (before.code == "U" and noun.code == "B") or (before.code in ("G", "GM") and noun.code in ("F", "M") and not noun.definite):
        # «عم أخ للأب», «جدة أم الأم»: the second says who the first is.
        return False
    if found[at].form in ("واحد", "واحدة"):
        return False
    return "ال" not in before.prefix


def _chosen(readings: Sequence[Noun], following: Sequence[Noun], *, first: bool) -> Noun:
    """«ابني عم» are two sons, «ابني» alone is mine; a construct follows without an «and»."""
    construct = bool(following) and not following[0].joined and following[0].prefix in ("", "ال")
    for noun in readings:
        dual = noun.number == 2 and noun.suffix == ""
        if construct and first and not noun.suffix and noun.number == 1 and noun.form.endswith("نا") | noun.form.endswith("بنتا"):
            return Noun(noun.code, 2, noun.prefix, "", noun.form)
        if noun.form.endswith("ي") and noun.suffix == "ي" and construct:
            # «ابني عم» are two sons; «أبي» and «أخي» in the middle of a chain are genitives.
            return Noun(noun.code, 1 if noun.code in "FB" else 2, noun.prefix, "", noun.form)
        if dual and noun.form.endswith("ي") and not construct:
            continue
        return noun
    return readings[0]


def _mention(found: Sequence[Token], start: int, end: int, chain: list[Noun], count: int | None, *, full: bool) -> Mention:
    chain, end = _specified(found, end, chain)
    full = full or (len(chain) > 1 and chain[-1].suffix == "ه" and own_full(found[end - 1]) is not None)
    strength, end = ("f", end) if full else strength_after(found, end, chain)
    sex, end = sex_after(found, end) if chain[0].code not in "FM" else ("", end)
    after, end = count_after(found, end) if count is None else (None, end)
    if not full and not strength:
        strength, end = strength_after(found, end, chain)
    head = chain[0]
    end += end < len(found) and head.code == "B" and found[end].form in BOYS
    total = count or after or head.number
    if head.code == "C" and not sex and any(token.form in ("د", "ديال") for token in found[start:end]):
        sex = "S"
    if len(chain) == 1:
        head = of_told_sex(head, sex, found[start:end])
        chain = [head]
    if sex and (head.code == "C" or (head.code == "S" and head.number == MANY and sex == "D")):
        chain = [Noun(sex, head.number, head.prefix, head.suffix, head.form), *chain[1:]]
    plural = any(token.form.removeprefix("ال") in MALE_PLURAL for token in found[start:end])
    if plural and total == 1 and count is None and after is None and len(chain) == 1:
        total = MANY
    mine = any(noun.mine for noun in chain)
    if any(noun.code in _SPOUSES for noun in chain):
        return _of_spouse(chain, total, start, end, mine=mine)
    options = _compose(chain, strength)
    if full and len(chain) == _TWO and head.code in "SD" and count not in (None, 1) and found[end - 1].form in _FULL_PLURAL:
        # «سبعة أبناء أشقاء» are his own, or his full brothers' sons.
        options = (head.code, *options)
    # A chain that names no kin («أخو أخي») is no heir, and is not read again from its middle.
    known = "ال" in chain[0].prefix or (chain[0].prefix in ("ل", "لل", "ول", "ولل") and chain[0].definite)
    return Mention(options, total, start, end, mine, head=head.code, strength=strength, definite=known)


def _of_spouse(chain: list[Noun], total: int, start: int, end: int, *, mine: bool) -> Mention:
    """Return a spouse; who is related through a spouse, or married to kin, is no heir."""
    code, suffix = chain[0].code, chain[0].suffix
    if code == "W" and [noun.code for noun in chain[1:]] == ["E"]:
        return Mention(("W",), total, start, end, mine, "divorced", head="W")
    if len(chain) > 1 or code in IN_LAW:
        # Of the narrator's «زوجة أبي» it is remembered whose wife she is.
        of = f"N{chain[-1].code}" if mine and len(chain) == _TWO and code not in IN_LAW else "N"
        return Mention((), total, start, end, mine, head=of if len(chain) > 1 else code)
    if code == "E":
        return Mention(("W",), total, start, end, mine, "divorced", head="W")
    if code == SPOUSE:
        own = {"ها": "H", "ه": "W", "و": "W", "هم": "W"}.get(suffix, "H")
        return Mention((own,), total, start, end, mine, head=SPOUSE, definite="ال" in chain[0].prefix)
    return Mention((code,), total, start, end, mine, head=code, definite="ال" in chain[0].prefix)


def _specified(found: Sequence[Token], end: int, chain: list[Noun]) -> tuple[list[Noun], int]:
    """Read what makes a grandparent or an uncle precise: «جدة (أم الأب)», «عم (أخ للأب من الأب)»."""
    at = end
    while at < len(found) and found[at].form in OPENERS:
        at += 1
    if at >= len(found) or not chain:
        return chain, end
    inner, after = _chain(found, at)
    codes = [noun.code for noun in inner]
    if chain[0].code in ("G", "GM") and len(chain) == 1 and len(inner) > 1 and set(codes) <= {"F", "M"} and not inner[0].joined:
        return [Noun(inner[0].code, chain[0].number, chain[0].prefix, chain[0].suffix, chain[0].form), *inner[1:]], closed(found, after)
    if chain[-1].code == "U" and codes[:1] == ["B"] and not inner[0].joined:
        after = after if len(codes) > 1 else after + (found[after].form in ("للاب", "لاب", "الاب") if after < len(found) else 0)
        return chain, after
    return chain, end


def _compose(chain: list[Noun], strength: str) -> tuple[Kin, ...]:
    """Return the kin that a chain may name: the last noun is nearest to the deceased."""
    marked = next((at for at in range(len(chain) - 1, -1, -1) if chain[at].code in SIBLING_LIKE), None)
    ways: list[tuple[Kin, ...]] = []
    for at, noun in enumerate(chain):
        paths = _PATHS.get(noun.code, ())
        if strength and at == marked:
            wider = {"U": ("FBf", "FBp", "FBm")}.get(noun.code, paths)
            paths = tuple(path for path in wider if path[-1] in strength)
        if noun.code in ("G", "GM") and strength in ("p", "m") and marked is None:
            tail = "F" if noun.code == "G" else "M"
            paths = (("F" if strength == "p" else "M") + tail,)
        ways.append(paths)
    return tuple(filter(is_kin, ("".join(reversed(combination)) for combination in product(*ways))))
