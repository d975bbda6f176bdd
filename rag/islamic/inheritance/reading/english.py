"""Finds mentions of heirs in English: numbers, adjectives, «son's son», «son of a full brother». Knows nothing of what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rag.islamic.inheritance.kin import Kin, is_kin
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING
from rag.islamic.inheritance.reading.mention import UNPLACED, Mention
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.tokens import Token

_WORDS = {
    "S": "son boy",
    "D": "daughter girl",
    "C": "child kid children",
    "F": "father dad daddy",
    "M": "mother mom mum",
    "P": "parents",
    "B": "brother",
    "Z": "sister",
    SIBLING: "sibling",
    "BS": "nephew",
    "BD": "niece",
    "U": "uncle",
    "A": "aunt",
    "G": "grandfather grandpa granddad",
    "GM": "grandmother grandma granny",
    "H": "husband widower",
    "W": "wife widow",
    "GS": "grandson",
    "GD": "granddaughter",
    "V": "grandchild grandchildren",
    "N": "stepson stepdaughter stepfather stepmother stepbrother stepsister stepchild",
    UNPLACED: "cousin grandnephew grandniece granduncle grandaunt",
}
_WORD = re.compile("[a-z]+")
_PLURALS = {"wives": "W", "widows": "W"}
_NOUNS = {word: code for code, words in _WORDS.items() for word in words.split()}
_MANY = frozenset(("children", "kids", "grandchildren"))
# «Great» puts one step more between, by one of several ways.
_GREAT = frozenset(("BS", "BD", "U", "A", "G", "GM", "GS", "GD", "V"))
_ADJECTIVES = {
    "full": "f",
    "german": "f",
    "paternal": "p",
    "consanguine": "p",
    "agnate": "p",
    "maternal": "m",
    "uterine": "m",
    "half": "h",
    "late": "dead",
    "deceased": "dead",
    "predeceased": "dead",
    "step": "no",
    "adopted": "no",
    "adoptive": "no",
    "foster": "no",
    "ex": "ex",
    "former": "ex",
    "divorced": "ex",
    "great": "great",
    "grand": "grand",
    "only": "",
    "surviving": "",
    "remaining": "",
    "young": "",
    "pregnant": "pregnant",
    "living": "",
}
_MINE = frozenset(("my", "our"))
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", *_MINE))
_LONGEST_CHAIN = 6
# Who they are, or whose children.
_SIBLINGS = {"B": ("B", ""), "Z": ("Z", ""), SIBLING: ("BZ", ""), "BS": ("BZ", "S"), "BD": ("BZ", "D")}


@dataclass(frozen=True, slots=True)
class _Link:
    """One noun with its adjectives."""

    code: str
    number: int
    marks: frozenset[str]
    possessive: bool


def names_kin(small: str) -> bool:
    """Whether one of the words of a text in small letters can name kin."""
    return any(_code(word) or _code(f"grand{word}") for word in _WORD.findall(small))


def mention_at(found: Sequence[Token], at: int) -> Mention | None:
    """Return the mention that begins at the token `at`, or None."""
    start, mine = at, False
    count: int | None = None
    while at < len(found) and found[at].form in _ARTICLES:
        mine |= found[at].form in _MINE
        at += 1
    number = number_at(found, at)
    if number and found[at].form not in ("only", "single", "sole"):
        count, at = number
        while at < len(found) and found[at].form in ("of", "his", "her", "the", "x"):
            at += 1
    links, end = _links(found, at)
    if not links:
        return None
    below = any("dead" in link.marks for link in links[:-1])
    if end < len(found) and found[end].form == "of" and not below:
        owner, after = _links(found, _past_articles(found, end + 1))
        if owner:
            links, end = [*owner, *links], after
    counted, end = _count_after(found, end) if count is None else (None, end)
    return _built(links, count or counted, start, end, mine=mine)


def _links(found: Sequence[Token], at: int) -> tuple[list[_Link], int]:
    """Read nouns joined by «'s»; a number may stand between."""
    links: list[_Link] = []
    while len(links) < _LONGEST_CHAIN:
        link, after, number = _link(found, at)
        if link is None:
            return (links, at) if links and not links[-1].possessive else ([], at)
        links.append(link if number is None else _Link(link.code, number, link.marks, link.possessive))
        at = after
        if not link.possessive:
            return links, at
    return [], at


def _link(found: Sequence[Token], at: int) -> tuple[_Link | None, int, int | None]:
    marks: set[str] = set()
    number = number_at(found, at)
    value: int | None = None
    if number:
        value, at = number
    while at < len(found) and (found[at].form in _ADJECTIVES or found[at].form in ("-", "x")):
        marks.add(_ADJECTIVES.get(found[at].form, ""))
        at += 1
    if at >= len(found):
        return None, at, None
    form = found[at].form
    possessive = form.endswith("'s")
    word = form.removesuffix("'s")
    code = ("grand" in marks and _code(f"grand{word}")) or _code(word)
    if code is None:
        return None, at, None
    many = word in _PLURALS or word in _MANY or (word.endswith("s") and code != "P" and word not in _NOUNS)
    at += 1
    if [token.form for token in found[at : at + 4]] == ["-", "in", "-", "law"]:
        marks, at = {"law"}, at + 4
    elif [token.form for token in found[at : at + 2]] == ["in", "law"]:
        marks, at = {"law"}, at + 2
    placed = UNPLACED if "great" in marks and code in _GREAT else code
    return _Link(placed, MANY if many else 1, frozenset(marks), possessive), at, value


def _code(word: str) -> str | None:
    return _NOUNS.get(word) or _PLURALS.get(word) or (_NOUNS.get(word[:-1]) if word.endswith("s") else None)


def _past_articles(found: Sequence[Token], at: int) -> int:
    while at < len(found) and found[at].form in _ARTICLES:
        at += 1
    return at


def _count_after(found: Sequence[Token], end: int) -> tuple[int | None, int]:
    """Read «wife x2» and «sons: 3»."""
    at = end
    while at < len(found) and found[at].form in ("x", "×", "(", ":", "*"):
        at += 1
    if at < len(found) and found[at].form[0] == "x" and found[at].form[1:].isdecimal():
        return int(found[at].form[1:]), at + 1
    if at == end and not _is_listed(found, at):
        return None, end
    number = number_at(found, at)
    return (number[0], number[1]) if number else (None, end)


def _is_listed(found: Sequence[Token], at: int) -> bool:
    """«sons 2, daughters 3»: a number in digits, behind which nothing is counted."""
    behind = found[at + 1] if at + 1 < len(found) else None
    return at < len(found) and found[at].number is not None and (behind is None or behind.stop or behind.form == "and")


def _built(links: list[_Link], count: int | None, start: int, end: int, *, mine: bool) -> Mention | None:
    head = links[-1]
    marks = frozenset(mark for link in links for mark in link.marks)
    total = count or head.number
    spouse = any(link.code in ("H", "W") for link in links)
    if "law" in marks:
        return Mention((), total, start, end, mine, head=f"I{head.code}" if len(links) == 1 and head.code in ("F", "M") else "N")
    if "no" in marks or any(link.code == "N" for link in links) or (spouse and len(links) > 1):
        return Mention((), total, start, end, mine, head="N")
    if any(link.code == UNPLACED for link in links):
        return Mention((), total, start, end, mine, "dead" if "dead" in head.marks else "", head=UNPLACED)
    note = "pregnant" if "pregnant" in marks else "divorced" if "ex" in marks else "dead" if "dead" in head.marks else ""
    if spouse:
        return Mention((head.code,), total, start, end, mine, note, head=head.code)
    if head.code == "P":
        return Mention(("P",), total, start, end, mine, head="P")
    options = tuple(filter(is_kin, ("".join(combination) for combination in product(*(_paths(link) for link in links)))))
    return Mention(options, total, start, end, mine, note, head=head.code) if options else None


def _paths(link: _Link) -> tuple[Kin, ...]:
    marks = link.marks
    sides = [side for side in "pm" if side in marks]
    if link.code in _SIBLINGS:
        strengths = "f" if "f" in marks else sides[0] if sides else "pm" if "h" in marks else "fpm"
        heads, below = _SIBLINGS[link.code]
        return tuple(f"{head}{strength}{below}" for strength in strengths for head in heads)
    if link.code in ("U", "A"):
        up = "M" if "m" in marks and "p" not in marks else "F"
        letter = "B" if link.code == "U" else "Z"
        strengths = "f" if "f" in marks else "fp" if letter + up == "BF" else "fpm"
        return tuple(f"{up}{letter}{strength}" for strength in strengths)
    if link.code in ("G", "GM"):
        ups = [{"p": "F", "m": "M"}[side] for side in sides] or ["F", "M"]
        return tuple(up + ("F" if link.code == "G" else "M") for up in ups)
    table: dict[str, tuple[Kin, ...]] = {"C": ("S", "D"), "GS": ("SS", "DS"), "GD": ("SD", "DD"), "V": ("SS", "SD", "DS", "DD")}
    return table.get(link.code, (link.code,))
