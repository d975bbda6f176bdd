"""Reads an Arabic story: who died, who is left, seen from where. Knows nothing of English and divides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import HUSBAND, MOTHER, WIFE, Kin, is_male
from rag.islamic.inheritance.reading.apposition import is_explained, is_same, is_told_nearer, kind_alone
from rag.islamic.inheritance.reading.arabic import mention_at, parents_at
from rag.islamic.inheritance.reading.barred import without_barred
from rag.islamic.inheritance.reading.breakdown import broken_down
from rag.islamic.inheritance.reading.circumstances import with_circumstances
from rag.islamic.inheritance.reading.departed import without_departed
from rag.islamic.inheritance.reading.doubtful import is_doubtful, of_another
from rag.islamic.inheritance.reading.dying import without_deaths
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING
from rag.islamic.inheritance.reading.men import with_children
from rag.islamic.inheritance.reading.mention import NARRATOR, UNPLACED, Mention
from rag.islamic.inheritance.reading.modifiers import strength_at
from rag.islamic.inheritance.reading.remarks import without_remarks
from rag.islamic.inheritance.reading.sharing import shared
from rag.islamic.inheritance.reading.tokens import Token, tokens
from rag.islamic.inheritance.reading.told import Told
from rag.islamic.inheritance.reading.unborn import without_unborn
from rag.islamic.inheritance.reading.viewpoint import is_parted, narrator, of_side, to_deceased

_SHE = re.compile(r"\b(?:و?توفيت|و?ماتت|هلكت|هالكة|توفت|اتوفت|توفات|المتوفاة|متوفاة|متوفية|الهالكة|سابت|خلفت|وخلات|تركت|وتركت|وخلت)\b")
_HE = re.compile(r"\b(?:توفي|مات|هلك|هالك|اتوفي|توفى|المتوفي|الهالك|الميت|الفقيد|ساب|وساب|ترك|وترك|وخلا|وخلي|خلف|وخلف)\b")
_DEATH = re.compile(r"(?:و|ف|ل)?(?:توفي|مات|هلك|توفيت|ماتت|هلكت|توفت|اتوفي|اتوفت|توفات|توفى|هالك|هالكة|ميت|ميتة|متوفي|متوفية|متوفاة)")
_LEFT = re.compile(r"و?(?:ترك|تركت|خلف|خلفت|ساب|سابت|خلي|خلت|خلا|خلات|له|لها|عنده|عندها|ليها|ليه|ورثته|ورثتها|مخلي|سايب)|عن")
_WE = re.compile(r"\bو?(?:انا|نحن|احنا|حنا|نحنا)\b")
_US = frozenset(("نحن", "احنا", "حنا", "نحنا"))
_OWN_WORDS = frozenset(("بابا", "ماما", "والد", "والدة", "واليد", "واليدة", "تيتا", "ستي", "ابوي", "امي"))
_OWN_FIRST_LETTER = ("ولد", "والد", "واليد", "وليد", "وريث")
_HALVES = frozenset(("متفرقات", "متفرقون", "متفرقين", "المتفرقات", "المتفرقين", "متفرقان"))
_TWO = 2
_ONE_OF_TWO, _THE_OTHER = frozenset(("احداهما", "احدهما")), frozenset(("والاخري", "والاخر", "والثانية", "والثاني"))
_THEIR_MOTHER = frozenset(("وامهم", "وامهن", "وامهما", "ووالدتهم", "ووالدتهن"))
_CHILDREN = frozenset("SDC")
_BARE = frozenset(("بابا", "ماما", "الوالد", "الوالدة", "تيتا", "الواليد", "الواليدة", "الوالده", "الجدة", "ابوي", "امي"))
_ORDER = frozenset(("الثانية", "الثانيه", "التانية", "ثانية", "تانية", "الثالثة", "الرابعة", "الاولي"))
_ANOTHER = frozenset(("اخري", "غيري"))
_WISHES = frozenset(("اعرف", "احسب", "اقسم", "اسال", "تقسيم", "نعرف", "نقسم"))


def read_arabic(text: str) -> Told:
    """Return what an Arabic text tells of an estate."""
    barred = without_barred(without_remarks(with_children(tokens(text))))
    unborn = without_unborn(barred.words)
    departed = without_departed(unborn.words)
    dying = without_deaths(departed.words, story=True)
    found = dying.words
    named = [replace(mention, count=mention.count - 1) if mention.start in dying.fewer else mention for mention in _mentions(found)]
    mentions, deceased = _without_deceased(found, named)
    mentions, unclear = with_circumstances(found, mentions)
    gone = dying.gone | departed.gone
    unclear = unclear or any(mention.definite and mention.options in gone for mention in mentions)
    plain = " ".join(token.form for token in found)
    if deceased:
        own = [_mine(mention, found, deceased, plain) for mention in mentions]
        deceased = of_side(deceased, own)
        beside, doubt = _narrator(found, own, deceased)
        mentions = [*(to_deceased(mention, deceased) for mention in own), *beside]
        unclear = unclear or doubt or is_parted(deceased, plain)
    male = _sex(plain, deceased)
    unplaced = _unplaced(found, mentions, told=male)
    mentions = broken_down(mentions, found)
    # The places of the children of the dead are those of words that were taken out.
    unclear = unclear or is_doubtful(found, [mention for mention in mentions if mention.options])
    mentions = [mention for mention in (*mentions, *departed.children) if mention.options]
    return Told(male, tuple(mentions), unclear, plain, unborn.births, unborn.born, gone, barred.barred, unplaced)


def _unplaced(found: Sequence[Token], mentions: Sequence[Mention], *, told: bool | None) -> tuple[str, ...]:
    """Return, as they are told, those of whom it is not known what they are to the deceased, or whose kin they are."""
    spouses = {mention.options[0] == WIFE for mention in mentions if mention.options in ((WIFE,), (HUSBAND,))}
    male = next(iter(spouses)) if len(spouses) == 1 else told
    others = [] if male is None else [mention for mention in of_another(found, mentions, male=male) if mention.options]
    unknown = [mention for mention in mentions if mention.head == UNPLACED]
    return tuple(" ".join(token.text for token in found[each.start : each.end]).removeprefix("و") for each in (*unknown, *others))


def _mentions(found: Sequence[Token]) -> list[Mention]:
    mentions: list[Mention] = []
    at = 0
    while at < len(found):
        if found[at].form == "ابي" and at + 1 < len(found) and found[at + 1].form in _WISHES:
            # Gulf Arabic «أبي أعرف»: I want to know.
            at += 1
            continue
        theirs = _their_mother(found[at], mentions)
        if theirs is not None:
            mentions += [replace(mention, start=at, end=at + 1) for mention in theirs]
            at += 1
            continue
        parents = parents_at(found[at], at)
        mention = None if parents else kind_alone(found, at, mentions) or mention_at(found, at)
        if parents:
            mentions += parents
            at += 1
        elif mention:
            if mentions and is_explained(mention, mentions[-1], found):
                mentions[-1] = replace(mention, start=mentions[-1].start) if mentions[-1].mine else replace(mentions[-1], end=mention.end)
            elif mentions and is_told_nearer(mention, mentions[-1], found):
                mentions[-1] = replace(mention, start=mentions[-1].start)
            elif not is_same(mention, mentions, found):
                mentions += _apart(mention, found) or _scattered(mention, found)
                mentions = shared(mentions, found)
            at = max(mention.end, at + 1, mentions[-1].end if mentions else 0)
        else:
            at += 1
    return mentions


def _their_mother(token: Token, before: Sequence[Mention]) -> list[Mention] | None:
    """«ابن وبنت وأمهم»: a wife, or his mother; the mother of grandchildren is no heir. None for other words."""
    if token.form not in _THEIR_MOTHER or not before or before[-1].head not in _CHILDREN or not before[-1].options:
        return None
    return [Mention((WIFE, MOTHER), 1, 0, 0, head="M")] if len(before[-1].options[0]) == 1 else []


def _apart(mention: Mention, found: Sequence[Token]) -> list[Mention]:
    """«أختان إحداهما لأب والأخرى لأم»: one of each kind."""
    at = mention.end
    if mention.count != _TWO or len(mention.options) <= 1 or at >= len(found) or found[at].form not in _ONE_OF_TWO:
        return []
    first, at = strength_at(found, at + 1)
    second, end = strength_at(found, at + 1) if first and at < len(found) and found[at].form in _THE_OTHER else ("", at)
    kinds = [tuple(option for option in mention.options if option[-1] in strength) for strength in (first, second) if strength]
    return [replace(mention, options=options, count=1, end=end) for options in kinds] if len(kinds) == _TWO else []


def _scattered(mention: Mention, found: Sequence[Token]) -> list[Mention]:
    """«ثلاث أخوات متفرقات»: one of each kind."""
    if mention.end < len(found) and found[mention.end].form in _HALVES and len(mention.options) == 3:
        each = mention.count // 3 if mention.count != MANY else 1
        return [replace(mention, options=(option,), count=each) for option in mention.options]
    return [mention]


def _without_deceased(found: Sequence[Token], mentions: list[Mention]) -> tuple[list[Mention], Kin | None]:
    """Take out who died: named before or right behind the verb, and before what was left."""
    left = next((at for at, token in enumerate(found) if _LEFT.fullmatch(token.form)), None)
    death = next((at for at, token in enumerate(found) if _DEATH.fullmatch(token.form)), None)
    if death is None and left is None:
        return mentions, None
    own = next((mention for mention in mentions if death is not None and _is_told_dead(mention, death)), None)
    if own and own is not mentions[0]:
        return [mention for mention in mentions if mention is not own], _deceased_kin(own, found)
    first = mentions[0] if mentions else None
    if first and first.options in (("F",), ("M",)) and len(mentions) > 1 and _tells_who_died(found, first):
        return mentions[1:], first.options[0]
    limit = left if left is not None else (death or 0) + 2
    if first is None or first.start >= limit or (death is not None and first.start > death + 1):
        return mentions, None
    if first.count != 1 or (death is None and not first.mine) or (death is not None and first.start < death and death - first.end > 1):
        return mentions, None
    rest = [mention for mention in mentions[1:] if mention.start >= limit or (death is not None and mention.start > death)]
    return rest, _deceased_kin(first, found)


def _is_told_dead(mention: Mention, death: int) -> bool:
    """«أنا وضرتي ترملنا، زوجي مات»: it is said of who stands beside the verb, not of who is named first."""
    beside = death - mention.end in (0, 1) or mention.start == death + 1
    return beside and mention.mine and mention.count == 1 and bool(mention.options)


def _tells_who_died(found: Sequence[Token], mention: Mention) -> bool:
    """«توفي عن أب: بنتان», «توفي عن أب وله بنتان»: the father himself died."""
    after = found[mention.end].form if mention.end < len(found) else ""
    bare = mention.end - mention.start == 1 and not mention.definite
    return bare and mention.start > 0 and (after == ":" or after.removeprefix("و") in ("ترك", "تركت", "له", "لها", "لديه", "لديها"))


def _deceased_kin(mention: Mention, found: Sequence[Token]) -> Kin | None:
    bare = found[mention.start].form
    if not mention.options or not (mention.mine or bare in _BARE):
        return "?"
    if mention.head in ("G", "GM") and not mention.strength and len(mention.options[0]) == _TWO:
        return "FF?" if mention.head == "G" else "FM?"
    sibling = mention.head in ("B", "Z") and len(mention.options[0]) == _TWO and not mention.strength
    return mention.head if sibling else mention.options[0]


def _sex(plain: str, deceased: Kin | None) -> bool | None:
    if deceased and "?" not in deceased:
        return is_male(deceased)
    she, he = _SHE.search(plain), _HE.search(plain)
    if she and (not he or she.start() <= he.start()):
        return False
    return True if he else None


def _mine(mention: Mention, found: Sequence[Token], deceased: Kin, plain: str) -> Mention:
    """Say that kin are the narrator's where the word says so without a suffix: «ماما», «الوالد»; or «أنا وأختين»."""
    bare = found[mention.start].form.removeprefix("و").removeprefix("ال") in _OWN_WORDS and mention.end == mention.start + 1
    uncles = deceased.removesuffix("?") in ("FF", "FM", "MF", "MM") and mention.head in ("U", "A", "K", "L")
    siblings = deceased in ("F", "M") and mention.head in ("B", "Z", SIBLING) and not mention.strength and _WE.search(plain)
    return replace(mention, mine=True) if bare or uncles or siblings else mention


def _narrator(found: Sequence[Token], mentions: Sequence[Mention], deceased: Kin) -> tuple[list[Mention], bool]:
    """Return the narrator, unless a word beside «أنا» says who he is and so is there already, and whether he must be asked."""
    places = [at for at, token in enumerate(found) if token.form in ("انا", "وانا", "اني", "واني")]
    starts = {mention.start: mention for mention in mentions}
    beside = [starts[at + 1] for at in places if at + 1 in starts and not _joins(found[at + 1])]
    wives = [mention for mention in mentions if mention.start and found[mention.start - 1].form in ("كنت", "وكنت")]
    if deceased == "H" and any(_has_order(found, mention) for mention in (*beside, *wives)):
        # «أنا زوجته الثانية»: nothing is said of the first.
        return [], True
    we = deceased in ("F", "M") and not places and any(token.form.removeprefix("و") in _US for token in found)
    if we or (beside and deceased not in ("H", "W")):
        # «واحنا خمسة إخوان»: he is one of them.
        return [], False
    others = [mention for mention in mentions if not _is_another(found, mention)]
    options, asked = narrator(deceased, others, told=bool(places))
    return [Mention(options, 1, 0, 0, head=NARRATOR)] if options else [], asked


def _has_order(found: Sequence[Token], mention: Mention) -> bool:
    return mention.head == "W" and mention.end < len(found) and found[mention.end].form in _ORDER


def _is_another(found: Sequence[Token], mention: Mention) -> bool:
    """«زوجة أخرى», «أنا وزوجته»: not the widow who tells it."""
    behind = found[mention.end].form if mention.end < len(found) else ""
    with_me = mention.start > 0 and found[mention.start - 1].form in ("انا", "وانا") and found[mention.start].form.startswith("و")
    return mention.head == "W" and (behind in _ORDER or behind in _ANOTHER or with_me)


def _joins(token: Token) -> bool:
    """Whether a word names somebody else beside the one before it: «أنا وأختي», and not «أنا ولده»."""
    return token.form.startswith("و") and not token.form.startswith(_OWN_FIRST_LETTER)
