"""What an Arabic story says of those it names: not there, dead before, divorced, adopted. Knows nothing of kin.

A story is cut into pieces at stops and at words that open a new remark; what is said in a piece is said of those named in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import links
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import Token

_DIED = re.compile(
    r"(?:ف|قد|و|وقد|ا|وا)?(?:مات|ماتت|ماتا|ماتو|ماتوا|توفي|توفت|توفيت|توفيا|توفوا|اتوفي|اتوفت|توفى|ميت|ميتة|ميتين|متوفي|متوفية|متوفاة|متوفاه|متوفون|متوفيين|متوفين|متوفيان|متوفيه|ميتون)"
)
_SEVERAL = re.compile(r".*(?:ماتا|توفيا|ماتوا|توفوا|متوفيين|متوفين|متوفيان|ميتين|ميتون)")
_OPENS = frozenset(["وقد", "علما", "اما", "لكن", "وله", "ولها", "وعنده", "وعندها", "وليس", "حيث", "علم", "وكان", "وكانت", "واما"])
# «ولا أما» is no mother, and not «as for».
_NEITHER = frozenset(("ولا", "لا", "او"))
_BEFORE = re.compile(
    r"\b(?:قبله|قبلها|قبلو|قبلهم|قبل (?:ابيه|ابيها|والده|والدها|امه|امها|وفاته|وفاتها|موته|موتها|المتوفي|الاب)|في حيات\w+|من زمان)\b"
)
_ADJECTIVE = re.compile(r"متوف|ميت")
_DEAD = re.compile(r"\b(?:متوفي\w*|متوفا[ةه]|متوفون|ميت(?:ة|ه|ين|ون)?|متوفيه)\b")
_BACK = 10
# Up to so many words between «ليس» and what is not there, none of which begins anew.
_NEAR = r"(?: (?!و(?!لا))\S+)"
_NOT_THERE = re.compile(
    rf"(?:\bو?(?:ليس|مالوش|مالهاش|ملوش|ملهاش|مفيش|مافيش|عندوش|عندهاش|ماعند\S*|معند\S*|مال[هو]|مالها|"
    rf"بدون|بلا|دون|لم يكن|لم تكن|لم يترك|لم تترك){_NEAR}{{0,6}}"
    rf"|\bو?ما (?:عند|ل|ا?لو?|في|كان|تزوج|معه|معها|خلف|انجب)\S*{_NEAR}{{0,2}}"
    r"|\b(?:ولا|لا)(?: يوجد| توجد)?"
    rf"|\bو?(?:ليس|لا يوجد|لا توجد|لم يكن|لم يترك|لم تترك)(?: \S+){{0,7}} او{_NEAR}{{0,2}}) $"
)
_EXCEPT = re.compile(r"\b(?:الا|غير|سوي|سوا|بس|انما)\b")
_NOT_KIN = re.compile(r"\b(?:بالتبني|متبني|متبناة|بالتبنى|الرضاعة|الرضاع|رضاعة|تبناه)\b")
_DIVORCED = re.compile(r"\b(?:مطلق\w*|طلق\w*|طليق\w*|سابق|السابق)\b")
_FINAL = re.compile(r"\b(?:باين\w*|بائن\w*|عدت\w*|سنين|سنوات|سنة|سابق|السابق|الدخول|خلع\w*)\b")
_LEFT = re.compile(
    r"\b(?:ترك|تركت|خلف|خلفت|ساب|سابت|خلا|خلي|خلت|خلات|له|لها|لهم|عن)\b|\b(?:وترك|وتركت|وخلف|وخلفت|وساب|وسابت|وخلا|وخلي|وخلت|وله|ولها|وعن)\b"
)
_ONE_OF = re.compile(r"\b(?:احد|احدي|واحد من|واحدة من) ال\w+")

Pieces = list[tuple[int, int]]


def with_circumstances(found: Sequence[Token], mentions: Sequence[Mention]) -> tuple[list[Mention], bool]:
    """Return those who count as heirs, and whether something is said of them that must be asked about."""
    pieces = _pieces(found, mentions)
    kept: list[Mention] = []
    unclear = False
    for number, (start, end) in enumerate(pieces):
        here = [mention for mention in mentions if start <= mention.start < end]
        text = _text(found, start, end)
        above = None
        if number and _dead(text) and _one_of(f"{_text(found, *pieces[number - 1])} {text}"):
            return kept, True
        if number and _is_death(found[start]) and _dead(text):
            left = start if _ADJECTIVE.match(text) and kept else _left_at(found, start, end)
            above, kept = _dead_before(kept, [mention for mention in here if mention.start < left], found, pieces[number - 1], text)
            here = [mention for mention in here if mention.start >= left]
            if here and len(here[0].options[0:1] and here[0].options[0]) > 1:
                above = None
        elif number and _dead(text) and here:
            # «وقد توفي جدي قبلها»: who is named there is dead.
            continue
        for mention in here:
            counted, doubt = _judged(mention, found, start, end)
            unclear |= doubt
            if counted is None:
                continue
            kept.append(_descended(counted, above))
    return kept, unclear


def _left_at(found: Sequence[Token], start: int, end: int) -> int:
    """Return where in a piece about a death it is said what the dead one left."""
    return next((at for at in range(start, end) if _LEFT.fullmatch(found[at].form)), end)


def _descended(mention: Mention, above: Mention | None) -> Mention:
    if above and above.options and set("".join(mention.options)) <= {"S", "D"}:
        return replace(mention, options=tuple(one + option for one in above.options for option in mention.options))
    return mention


def _dead_before(
    kept: list[Mention], here: Sequence[Mention], found: Sequence[Token], before: tuple[int, int], text: str
) -> tuple[Mention | None, list[Mention]]:
    """Take out who died before: those named after the verb, or just before it."""
    if here and not (kept and _ADJECTIVE.match(text)):
        return here[0], kept
    if not kept or (_ADJECTIVE.match(text) and _owners_death(kept[-1])):
        return None, kept
    together = found[before[0]].form in ("اما", "علما", "واما", "وقد") or _SEVERAL.match(text)
    first = next((at for at, mention in enumerate(kept) if mention.start >= before[0]), len(kept) - 1)
    number = min(2, len(kept)) if _SEVERAL.match(text) else 1
    cut = min(first, len(kept) - number) if together and found[before[0]].form in ("اما", "علما", "واما", "وقد") else len(kept) - number
    return kept[-1], kept[:cut]


def _owners_death(mention: Mention) -> bool:
    """«أولاد أخ متوفى»: the brother is dead, not his children."""
    return bool(mention.options) and links(mention.options[0]) > 1 and mention.head in ("S", "D", "C")


def _judged(mention: Mention, found: Sequence[Token], start: int, end: int) -> tuple[Mention | None, bool]:
    before = _text(found, max(start, mention.start - _BACK), mention.start)
    after = _text(found, mention.end, min(end, mention.end + 12))
    own = _upto_kin(_text(found, mention.start, mention.end), _text(found, mention.end, min(end, mention.end + 3)))
    absent = _NOT_THERE.search(f"{before} ")
    if absent and not _EXCEPT.search(before[absent.start() :]):
        return None, False
    if (not mention.options and not mention.mine) or _NOT_KIN.search(own):
        return None, False
    divorced = mention.note == "divorced" or (mention.options in (("W",), ("H",)) and _DIVORCED.search(_upto_kin("", after)))
    if divorced:
        return (None, False) if _FINAL.search(after) else (None, True)
    return mention, False


def _upto_kin(*texts: str) -> str:
    # What is said of the next one is not said of this one.
    return " ".join(re.split(r"(?:^| )و(?!عدت|طلق)", text, maxsplit=1)[0] if at else text for at, text in enumerate(texts))


def _pieces(found: Sequence[Token], mentions: Sequence[Mention]) -> Pieces:
    inside = {at for mention in mentions for at in range(mention.start + 1, mention.end)}
    cuts = [0]
    told = False
    for at, token in enumerate(found):
        died = _is_death(token)
        stop = token.form in (".", "؛", "،", ",", ";", "\n", "؟", "?", "!")
        opens = token.form in _OPENS and not (at and found[at - 1].form in _NEITHER)
        if at and at not in inside and (stop or opens or (died and told)):
            cuts.append(at)
        told |= died
    return [(start, end) for start, end in zip(cuts, [*cuts[1:], len(found)], strict=True) if start < end]


def _is_death(token: Token) -> bool:
    return _DIED.fullmatch(token.form) is not None


def _dead(text: str) -> bool:
    return bool(_BEFORE.search(text) and (any(_DIED.fullmatch(word) for word in text.split()))) or bool(_DEAD.search(text))


def _one_of(text: str) -> bool:
    return _ONE_OF.search(text) is not None


def _text(found: Sequence[Token], start: int, end: int) -> str:
    return " ".join(token.form for token in found[start:end])
