"""Takes a question apart: the story, what is asked of it, and of whom. Knows nothing of options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from rag.islamic.inheritance.choice.figures import number_in
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.supposed import without_supposition
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.arabic import mention_at, mentions_in, parents_at
from rag.islamic.inheritance.reading.barred import without_barred
from rag.islamic.inheritance.reading.dying import without_deaths
from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.remarks import without_remarks
from rag.islamic.inheritance.reading.sharing import shared
from rag.islamic.inheritance.reading.tokens import Token, tokens

# In the order in which they are looked for.
Kind = Literal["excluder", "reason", "ratio", "everyone", "rule", "inherits", "base", "manner", "lots", "who", "share"]

_LEGAL = matching("legal")
_BEGINS = matching("begins", folded_too=False)
_KINDS = tuple((kind, matching(kind)) for kind in get_args(Kind))
_CHILDREN = (("S",), ("D",))
_EACH = re.compile(r"\b(?:لكل|كل|احدي?|الاول|الاولي|الثاني|الثانية|الاكبر|الاصغر|الكبري|الصغري|الواحد|الواحدة|واحد منهم|واحدة منهن)\b")
_TOGETHER = re.compile(
    r"\b(?:معا|مجتمعين|مجتمعات|مجتمعتين|مجتمعتان|جميعا|جميعهم|جميعهن|"
    r"كلهم|كلهن|المشترك|سويا)\b|(?:كم|ما|هو) (?:مجموع|اجمالي)|مجموع (?:نصيب|انصبة)"
    r"|(?<!من )مجموع (?:اسهم|سهام) (?!التركة|المسالة|الورثة)"
)
_WHOLE = re.compile(r"علي كم|الي كم")
_AFTER = frozenset(("بعد", "وبعد", "مع", "بوجود", "وجود"))
_BESIDE = frozenset(("من", "في", "بعد", "مع", "عن", "قبل", "اذا", "لو", "علي", "حسب", "عند", "وجود", "لان", "الذي", "التي", "بوجود"))
_THROUGH = frozenset("SDBZ")
_FAR = 8
_BEHIND = 2
_OUT_OF = frozenset(("من", "اصل", "مجموع", "الي", "علي", "الكلي", "الاجمالي"))
_ESTATES = frozenset(("تركة", "تركه"))
_SEXES = {"ذكر": "S", "ذكور": "S", "رجال": "S", "انثي": "D", "اناث": "D"}
_BASE = re.compile(r"(?:أصل|تقسم|قسمت|تصح|وتقسم|وقسمت) [^.،؛\n]{0,50}?(?:من|على|إلى) [^.،؛\n]{1,40}?(?:سهم|أسهم)\w*")
_LOTS_OF = re.compile(r"سهم|سهما|اسهم|سهام")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `about` whom, whether of `each` of them or of all `together`, and out of how many lots where that is told.

    `supposed` is what the question adds to the story, `dead` that who is asked about died before or is barred;
    `absent` are those of the story who are no heirs; `explained` who stands in brackets behind those who are asked about.
    """

    story: str
    text: str
    kind: Kind | None
    about: tuple[Mention, ...]
    each: bool
    together: bool
    out_of: int | None
    supposed: str = ""
    dead: bool = False
    absent: frozenset[tuple[Kin, ...]] = frozenset()
    explained: tuple[Mention, ...] = ()


def read_asked(question: str) -> Asked:
    """Return what `question` asks."""
    story, text = _parted(question)
    last = text.rstrip(" ؟?.\n").rpartition("؟")[2]
    if any(pattern.search(" ".join(token.form for token in tokens(last))) for _, pattern in _KINDS):
        text = last
    whole = tokens(text)
    parted = without_supposition(" ".join(token.form for token in whole if token.form not in ("؟", "?", ".")))
    barred = without_barred(without_remarks(tokens(parted.text)))
    dying = without_deaths(barred.whole)
    plain, found = " ".join(token.form for token in dying.words), list(dying.words)
    kind = None if _LEGAL.search(plain) else next((kind for kind, pattern in _KINDS if pattern.search(plain)), None)
    supposed = tokens(parted.clause) if "حمل" not in parted.clause else []
    mentions, explained = _apart(found, _mentions(found))
    named = _subjects(found, mentions)
    about = tuple(named or _subjects(supposed, _mentions(supposed)))
    excluded = bool(about) and about[0].options in {mention.options for mention in barred.barred}
    if kind == "base" and named and not _WHOLE.search(plain):
        kind = "lots"
    excluded = excluded or (not named and not supposed and _is_in_law(found))
    return Asked(
        story,
        plain,
        kind,
        about,
        bool(_EACH.search(plain)),
        bool(_TOGETHER.search(plain)),
        _out_of(whole) or _told_out_of(story),
        parted.clause,
        dying.before or excluded,
        explained=tuple(explained) if named else (),
    )


def _parted(question: str) -> tuple[str, str]:
    """Cut at the last place where a question begins, behind the first heirs."""
    places = [match.end() for match in _BEGINS.finditer(question)]
    for place in places:
        if _mentions(tokens(question[:place])):
            return question[:place], question[place:]
    return question, question


def named_in(text: str) -> tuple[Mention, ...]:
    """Return the heirs that a text names, each as what stands beside him tells."""
    return tuple(_mentions(tokens(text)))


def _mentions(found: list[Token]) -> list[Mention]:
    mentions: list[Mention] = []
    parents = [mention for at, token in enumerate(found) for mention in parents_at(token, at)]
    named = list(mentions_in(found))
    # «إخوة لأبوين» names no parents.
    parents = [parent for parent in parents if not any(mention.start < parent.start < mention.end for mention in named)]
    for mention in sorted([*named, *parents], key=lambda each: each.start):
        mentions = shared([*mentions, mention], found)
    return mentions


def _apart(found: Sequence[Token], mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Part those who are named from those in a bracket right behind the first, which says who that is: «الأخت الكبرى (البنت)»."""
    start = next((at for at, token in enumerate(found) if token.form == "("), len(found))
    end = next((at for at in range(start, len(found)) if found[at].form == ")"), len(found))
    before = [mention for mention in mentions if mention.start < start]
    if len(before) != 1 or not 0 <= start - before[0].end <= _BEHIND:
        return list(mentions), []
    return [each for each in mentions if not start < each.start < end], [each for each in mentions if start < each.start < end]


def _subjects(found: list[Token], mentions: list[Mention]) -> list[Mention]:
    """Leave out who is only named beside the one who is meant: «نصيب الأم من تركة ابنها», «بعد نصيب الزوجة»."""
    kept: list[Mention] = []
    for mention in mentions:
        between = [token.form for token in found[kept[-1].end if kept else max(0, mention.start - 3) : mention.start]]
        if _is_owner(mention, found) or (kept and between == ["("] and _stands_for(kept[-1], mention, found)):
            continue
        mention = _of_sex(mention, found)
        if between == ["من"] and kept and found[kept[-1].start].form.removeprefix("ال") in _SEXES and mention.head == "B":
            # «كل ذكر من الإخوة للأب»: a brother.
            sex = "B" if kept[-1].options == ("S",) else "Z"
            kept[-1] = replace(kept[-1], options=tuple(sex + option[1:] for option in mention.options), head=sex)
            continue
        if between == ["من"] and kept and kept[-1].options in _CHILDREN and mention.head in ("S", "D") and len(mention.options[0]) > 1:
            # «كل ابن من أبناء الأخ»: one of those.
            kept[-1] = replace(mention, count=1)
            continue
        if any(form in (_BESIDE if kept else _AFTER) for form in between):
            if kept:
                break
            continue
        kept.append(mention)
    return kept


def _is_in_law(found: Sequence[Token]) -> bool:
    """Whether the first who is named is kin by marriage only: «زوجة الابن», «زوج البنت»; the wife of a father may be the deceased's own."""
    for at, token in enumerate(found):
        readings = nouns(token)
        if readings:
            mention = mention_at(found, at)
            through = nouns(found[at + 1]) if at + 1 < len(found) else ()
            return bool(mention and mention.head == "N" and through and through[0].code in _THROUGH and not through[0].mine)
    return False


def _is_owner(mention: Mention, found: list[Token]) -> bool:
    """«تركة الأم» is what she left, not what she takes."""
    return mention.start > 0 and found[mention.start - 1].form in _ESTATES and mention.count == 1


def _stands_for(first: Mention, second: Mention, found: list[Token]) -> bool:
    """«الزوجة (الأم)» are one person."""
    closed = second.end < len(found) and found[second.end].form == ")"
    return closed and first.count == second.count == 1 and not set(first.options) & set(second.options) and first.head != "C"


def _of_sex(mention: Mention, found: list[Token]) -> Mention:
    """«الذكور من أولاد الإخوة» are their sons."""
    before = [token.form for token in found[max(0, mention.start - 2) : mention.start]]
    if mention.head != "C" or before[1:] != ["من"] or before[0].removeprefix("ال") not in _SEXES:
        return mention
    letter = _SEXES[before[0].removeprefix("ال")]
    return replace(mention, options=tuple(option for option in mention.options if option.endswith(letter)), head=letter)


def _told_out_of(story: str) -> int | None:
    """Return the number of lots that a story itself names: «أصل التركة من ستة وثلاثين سهما»."""
    match = _BASE.search(story)
    return _out_of(tokens(match.group())) if match else None


def _out_of(found: list[Token]) -> int | None:
    """Return the number of lots that the question itself names: «من أصل 24 سهما»."""
    for at in reversed(range(1, len(found))):
        if not _LOTS_OF.fullmatch(found[at].form):
            continue
        start = max((place for place in range(max(0, at - _FAR), at) if found[place].form in _OUT_OF), default=None)
        if start is not None and start + 1 < at:
            number = number_in(found[start + 1 : at])
            if number and number > 1 and number.denominator == 1:
                return int(number)
    digits = [
        token.number
        for at, token in enumerate(found)
        if token.number and at and found[at - 1].form in ("اصل", "مجموع", "من", "التركة", "المسالة")
    ]
    return digits[-1] if digits and "سه" in " ".join(token.form for token in found) else None
