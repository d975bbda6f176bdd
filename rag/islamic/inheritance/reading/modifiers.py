"""Reads what stands around kin in Arabic: strength («شقيق», «لأب»), sex, number behind the noun. Knows nothing of chains."""

from __future__ import annotations

from collections.abc import Sequence

from rag.islamic.inheritance.reading.lexicon import Noun, nouns
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.tokens import Token

_FULL = (
    "شقيق",
    "شقيقة",
    "شقيقه",
    "شقيقان",
    "شقيقين",
    "شقيقتان",
    "شقيقتين",
    "شقيقات",
    "اشقا",
    "اشقاء",
    "شقايق",
    "شقاق",
    "شقيقي",
    "شقيقتي",
    "اشقاي",
    "شقيقا",
    "شقايقا",
)
_BY_FATHER = frozenset(["لاب", "للاب", "لابيه", "لابيها", "لابوه", "لابي", "لوالده"])
_BY_MOTHER = frozenset(["لام", "للام", "لامي", "لامه", "لامها", "لوالدته"])
_FATHER = frozenset(["اب", "الاب", "ابيه", "ابيها", "ابوه", "ابوها", "باباه", "باه", "بوه", "ابوهم", "الوالد", "ابي"])
_MOTHER = frozenset(["ام", "الام", "امه", "امها", "امو", "ماماه", "ماه", "الوالدة", "والدته", "والدتها", "امهم", "امي"])
_AND_MOTHER = frozenset(["وام", "ولام", "وامه", "وامها"])
_AND_THE_MOTHER = frozenset(["والام", "وللام"])
_BOTH = frozenset(["لابوين", "للابوين", "الابوين", "ابوين"])
SEXES = {
    "ذكور": "S",
    "ذكر": "S",
    "صبيان": "S",
    "اناث": "D",
    "بنات": "D",
    "انثي": "D",
    "ذكرين": "S",
    "ذكران": "S",
    "انثيين": "D",
    "انثيان": "D",
    "ذكورا": "S",
    "اناثا": "D",
}
BOYS = frozenset(("اولاد", "صبيان"))
OPENERS = frozenset(("(", "[", "-", "ـ", "–", "—"))
_CLOSERS = frozenset((")", "]", "-", "–", "—"))
_SKIPPED = frozenset(("اخري", "اخر", "اخرى", "اخرين", "اخريات", "رجال", "رجالا", "التوام", "توام", "الوحيد", "الوحيدة"))
_SKIPPED |= frozenset(("الاكبر", "الاصغر", "الكبري", "الصغري", "الكبير", "الصغير"))
_NO_HEIRS = frozenset(("النساء", "الرجال", "الذكور", "الاناث", "رجال", "رجالا", "نسا"))
_NUMBER_WORDS = frozenset(("العدد", "عدد", "عددهم", "عددهن", "وعددهم", "وعددهن", "x", "×", "*", "وهم", "وهن", "وهما"))


SIBLING_LIKE = frozenset("BZYUAKL")
MALE_PLURAL = frozenset(("اشقا", "اشقاء", "شقايق", "شقاق"))
AGES = frozenset(["سنة", "سنوات", "سنين", "سنتين", "عام", "عاما", "اعوام", "عامين", "شهر", "شهرا", "شهور", "اشهر"])
"""Before them a number is somebody's age: «ابنه 20 سنة»."""


def closed(found: Sequence[Token], at: int) -> int:
    """Return the position after closing brackets."""
    while at < len(found) and found[at].form in _CLOSERS:
        at += 1
    return at


def strength_after(found: Sequence[Token], end: int, chain: list[Noun]) -> tuple[str, int]:
    """Read «شقيق», «لأب», «من الأم» after kin of a parent."""
    if not any(noun.code in SIBLING_LIKE or noun.code in ("G", "GM") for noun in chain):
        return "", end
    at = end
    while at < len(found) and (found[at].form in OPENERS or found[at].form in _SKIPPED):
        at += 1
    strength, after = strength_at(found, at)
    return (strength, after) if strength else ("", end)


def strength_at(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Read the strength that stands right there, «شقيقة أو لأب» and «غير شقيق» too."""
    if at >= len(found):
        return "", at
    if found[at].form == "غير" and at + 1 < len(found) and found[at + 1].form.removeprefix("ال") in _FULL:
        more = at + 2
        while more < len(found) and found[more].form in OPENERS:
            more += 1
        strength, after = _strength_word(found, more) if more < len(found) else ("", more)
        after = closed(found, after) if strength else after
        return (strength, after) if strength else ("pm", at + 2)
    strength, after = _strength_word(found, at)
    if strength == "f" and after < len(found):
        if found[after].form == "وغير" and after + 1 < len(found) and found[after + 1].form.removeprefix("ال") in _FULL:
            return "fpm", closed(found, after + 2)
        again, further = _strength_word(found, after)
        after = further if again == "f" else after
        if after < len(found) and found[after].form == "او":
            other, further = _strength_word(found, after + 1) if after + 1 < len(found) else ("", after)
            strength, after = (strength + other, further) if other else (strength, after)
    if (
        strength
        and after < len(found)
        and found[after].form in ("للاب", "الاب", "للميت", "للمتوفي", "ابوه", "ابيه", "ابوها")
        and strength == "f"
    ):
        after += 1
    return (strength, closed(found, after)) if strength else ("", at)


def _strength_word(found: Sequence[Token], at: int) -> tuple[str, int]:
    form = found[at].form
    following = found[at + 1].form if at + 1 < len(found) else ""
    third = found[at + 2].form if at + 2 < len(found) else ""
    if form.removeprefix("ال") in _FULL or form in _BOTH:
        return "f", at + 1
    if form in ("من", "ل") and following in ("قبل", "جهة", "ناحية", "نفس"):
        return _strength_word([*found[: at + 1], *found[at + 2 :]], at)[0], at + 3
    if form in ("من", "ل") and following in _BOTH:
        return "f", at + 2
    if form in _BY_FATHER or (form in ("من", "ل") and following in _FATHER):
        size = 1 if form in _BY_FATHER else 2
        then = following if size == 1 else third
        definite = form == "للاب" or (size == 2 and following.startswith("ال"))
        return ("f", at + size + 1) if then in (_AND_THE_MOTHER if definite else _AND_MOTHER) else ("p", at + size)
    if form in _BY_MOTHER or (form in ("من", "ل") and following in _MOTHER):
        return "m", at + (1 if form in _BY_MOTHER else 2)
    return "", at


def sex_after(found: Sequence[Token], end: int) -> tuple[str, int]:
    """Read «ذكور» or «إناث» behind children."""
    form = found[end].form.removeprefix("ال") if end < len(found) else ""
    return (SEXES[form], end + 1) if form in SEXES else ("", end)


def count_after(found: Sequence[Token], end: int) -> tuple[int | None, int]:
    """Read a number behind its noun: «ابن (2)», «بنت العدد 3», «بنتًا واحدة», «الأشقاء الثلاثة»."""
    at, bracketed = end, False
    while at < len(found) and (found[at].form in OPENERS or found[at].form in (":", ")") or found[at].form in _NUMBER_WORDS):
        bracketed = True
        at += 1
    number = number_at(found, at) if (at < len(found) and not found[at].form.startswith("و")) or is_one(found, at) else None
    if number is None:
        return None, end
    value, after = number
    following = found[after] if after < len(found) else None
    if following is not None and following.form in AGES:
        return None, end
    free = following is None or following.stop or following.form.startswith(("و", "من", "لا", "في", "لل")) or not nouns(following)
    worded = found[at].number is None
    if bracketed and found[at - 1].form in (":", "(") and not free:
        return None, end
    if not bracketed and not (free or (worded and found[at].form.startswith("ال")) or is_one(found, at)):
        return None, end
    return value, closed(found, after)


def is_one(found: Sequence[Token], at: int) -> bool:
    """Whether «واحد» stands there."""
    return at < len(found) and found[at].form in ("واحد", "واحدة", "وحدة", "وحيد", "وحيدة", "الوحيد", "الوحيدة", "واحدا", "وحيدا")


def names_no_heir(found: Sequence[Token], at: int) -> bool:
    """Whether a word that could name kin tells who died, how old somebody is, or men and women, and no heir."""
    bare = found[at].form.removeprefix("و").removeprefix("ل")
    return bare in _NO_HEIRS or _is_sex(found, at) or _are_women(found, at) or _is_aged(found, at)


def _is_aged(found: Sequence[Token], at: int) -> bool:
    """Whether only the age of an heir is told, who was named before: «وعمر ابنه 20 سنة»."""
    told = at > 0 and found[at - 1].form.removeprefix("و") in ("عمر", "سن")
    return told and any(token.form in AGES for token in found[at + 1 : at + 5])


def _is_sex(found: Sequence[Token], at: int) -> bool:
    """«توفي عن ذكر:» tells the sex of the deceased."""
    return found[at].form in ("ذكر", "انثي") and (at + 1 == len(found) or found[at + 1].form in (":", "،", ",", "."))


def _are_women(found: Sequence[Token], at: int) -> bool:
    """«رجال ونساء» are men and women, not wives."""
    beside = [found[place].form.removeprefix("و") for place in (at - 1, at + 1) if 0 <= place < len(found)]
    return found[at].form.removeprefix("و") in ("نساء", "نسا") and any(form in ("رجال", "رجالا") for form in beside)
