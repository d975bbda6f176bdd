"""Puts the turns of a talk together: the story, and what later turns add to it. Divides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rag.islamic.inheritance.choice.worth import debts_in, estate_in, funeral_in, unpriced_in
from rag.islamic.inheritance.estate import Bequest
from rag.islamic.inheritance.kin import SPOUSES, WIFE, Kin
from rag.islamic.inheritance.reading.absent import Absent
from rag.islamic.inheritance.reading.aside import Doubt, read_aside
from rag.islamic.inheritance.reading.bequests import without_bequests
from rag.islamic.inheritance.reading.later import Death, later_alone, only_later
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import NARRATOR, Mention
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.spans import words_of
from rag.islamic.inheritance.reading.story import Story, may_name_heirs, read_story
from rag.islamic.inheritance.reading.tokens import folded, tokens
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.talk.additions import strength_in, with_addition
from rag.islamic.inheritance.talk.reasons import Asked, asks_of, asks_why
from rag.islamic.inheritance.talk.strangers import strangers_in

_DIED = r"(?:^|[^\w])(?:(?:ات|ت)وف(?:[يىّ]+ت?|ت|و)|مات|ماتت|هلك|هلكت|توفت|توفات|died|dies|passed away|deceased|death)(?![^\W\d_])"
_LEFT = (
    r"(?:^|[^\w])(?:عن|[وف]?(?:[يت]?ترك|تركت|[يت]خلف|خل[اىف]|خل[ّ]?[اىت]ت?|خلات|خلفت|ساب(?:ت|ني|تني|نا|تنا|لي|تلي)?|(?:ترك|خلف|خلّف|خلى|خلا|خلّى)(?:ت)?(?:ني|نا|لي|لنا)|له|لها|عنده|عندها|عندو|ليه|ليها|لهما|إلها|إلو|ورث\w+)"
    r"|leav\w+|left|surviv\w+|has|had|have|heirs?)(?![^\W\d_])"
)
# Who died and who is left, in this order, or a word that is said of estates only. In small letters: every prompt is asked this.
_DEATH, _LEAVING = re.compile(_DIED), re.compile(_LEFT)
_OF_ESTATES = re.compile(
    r"(?:^|[^\w])(?:و?(?:ال)?(?:ميراث|تركة|ورث|ورثة|ورثته|ورثتها|هالك|هالكة|متوفى)|الميت)(?![^\W\d_])"
    r"|\b(?:inherit\w*|estate|heirs?|survived by|survivors)\b"
)
_ME = re.compile(r"(?<!\w)و?[أا]نا(?!\w)|\b(?:me|i)\b")
_GENERAL = re.compile(r"^\s*[وف]?(?:هل|متى|لماذا|لم|ليش|ليه|علاش|does|do|is|are|can|why|when)\s")
_SCHOOLS: tuple[tuple[SchoolName, re.Pattern[str]], ...] = (
    ("hanafi", re.compile(r"حنفي|الحنفي|الأحناف|أبي حنيفة|hanafi", re.IGNORECASE)),
    ("maliki", re.compile(r"مالكي|المالكية|مالك\b|maliki", re.IGNORECASE)),
    ("shafii", re.compile(r"شافعي|الشافعية|shafi", re.IGNORECASE)),
    ("hanbali", re.compile(r"حنبلي|الحنابلة|أحمد بن حنبل|hanbali", re.IGNORECASE)),
)
_DIVORCE = re.compile(r"طلق|طلاق|divorc", re.IGNORECASE)
_FINAL = re.compile(r"با[ئي]ن|خلع|(?:انته|خلص|انقض|طلع)\w* (?:من )?(?:ال)?عد|irrevocab|final|expired|was over", re.IGNORECASE)
_REVOCABLE = re.compile(r"رجعي|(?:ب|في |فى )(?:ال)?عد[ةهت]|revocab|waiting period", re.IGNORECASE)
# What is asked for, and no answer: a poem about mothers, a translation.
_REQUEST = re.compile(
    r"(?<!\w)(?:اكتب|اكتبي|اكتبلي|قصيدة|قصة|رسالة|ترجم|لخص|اشرح|اقترح|صف|ارسم|انصح|ما معنى|ما هو|ما هي|ما حكم|متى|أين|اين)(?!\w)"
    r"|\b(?:write|poem|story about|translate|summari[sz]e|explain|suggest|draw|recommend|books?|where is|when did)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?<!\w)[وف]?(?:كم|شحال|قديش|قداش|ايش|إيش|شو|وش|ما|هل) (?:\w+ )?(?:نصيب|حص[ةه]|حق|ميراث|يأخذ|تأخذ|ياخذ|تاخذ|يرث|ترث|يطلع|تطلع|لل|ل)"
    r"|\b(?:how much|what) (?:\w+ ){0,2}(?:share|get|gets|does|is|will)\b",
    re.IGNORECASE,
)
_BORN = re.compile(r"(?<!\w)(?:و?ولدت|و?وضعت|و?أنجبت|و?انجبت|و?جابت|و?خلفت|و?ولد الحمل)(?!\w)|gave birth|was born", re.IGNORECASE)
_COUNTING = frozenset(
    folded(
        "هم هن هما عددهم عددهن عددهما كلهم كلهن فقط بس حوالي حدود تقريبا و ذكور اناث إناث ذكر انثى أنثى رجال نساء منهم منهن أشقاء شقيقات "
        "there are is of them only just about all boys girls boy girl males females male female they and its it"
    ).split()
)
# «عن زوجها فقط», «ولم يترك إلا ابنة»; «توفي رجل وترك ابنا» and nothing else.
_ALONE = re.compile(
    r"(?<!\w)(?:فقط|لا غير|(?:ال)?وارث\w* (?:ال)?وحيد\w*|(?:لم|ما) (?:ي|ت)?(?:ترك|خلف)\w* (?:الا|إلا|غير|سوى|سوي)"
    r"|(?:ليس|مالو?ش|ما) (?:ل|عند)\w* (?:وارث|الا|إلا|غير|سوى))(?!\w)"
    r"|\b(?:(?:leaving|left|leaves|survived by|has|had) only|nobody else|no one else|no other (?:heirs?|relatives?)"
    r"|(?:sole|only) (?:heir|survivor))\b"
)
_BARE = re.compile(
    r"^\W*(?:(?:توفي|مات|هلك) (?:رجل|شخص|هالك)|(?:توفيت|ماتت|هلكت) (?:امر[أا]ة|هالكة)|a (?:man|woman|person) (?:died|passed away|dies))"
    r"(?: \w+)? (?:عن|و?ترك\w*|و?خلف\w*|leaving|and left|leaves|survived by)(?: [^\W\d]+){1,3}\W*$"
)
_MOST_OTHERS = 4
_LONGEST_ADDITION, _LONGEST_WORD = 25, 20
_FEWEST = 2
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Talk:
    """What the turns tell together. `text` is the turn that tells the story, `school` the one that is named.

    `estate`, `debts` and `funeral` are the last ones that were told; `deaths`, `bequests` and `absent` stand beside the first division,
    and `doubts` name what of that was not followed. `again`: kin named twice, and not plainly to correct it. `unpriced` are
    things beside the told sum whose worth is not told, `strangers` words among the heirs that are not known. `asked` are those of whom the
    last turn asks for a share. `why` says of whom the last turn asks why they have a share or none; None where it asks nothing of the kind.
    """

    story: Story
    text: str
    school: SchoolName | None
    estate: Fraction | None = None
    debts: Fraction = Fraction(0)
    funeral: Fraction = Fraction(0)
    deaths: tuple[Death, ...] = ()
    bequests: tuple[tuple[Bequest, tuple[Kin, ...]], ...] = ()
    absent: Absent | None = None
    doubts: tuple[Doubt, ...] = ()
    unpriced: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    again: tuple[Mention, ...] = ()
    asked: tuple[Mention, ...] = ()
    why: Asked | None = None


def tells_an_estate(text: str) -> bool:
    """Whether a text surely tells who died and who is left, so that no other service can mean it."""
    head = text[:_LONGEST]
    small = head.lower()
    death = _DEATH.search(small)
    told = death is not None and _LEAVING.search(small, death.end()) is not None
    if not (told or _OF_ESTATES.search(small)) or _GENERAL.search(small) or not may_name_heirs(head):
        return False
    story = read_story(head)
    heirs = [mention for mention in story.mentions if mention.head != NARRATOR or mention.options[0] in SPOUSES or _ME.search(small)]
    named = len(heirs) + len(story.unplaced) + len(story.barred)
    return named >= _FEWEST or (named == 1 and told and (story.unclear or _of_one(small)))


def _of_one(small: str) -> bool:
    """Whether a text that names one kind of heirs is of an estate: nobody else is there, a share is asked for, a sum or nothing is told."""
    return any(pattern.search(small) for pattern in (_ALONE, _ASKS, _BARE)) or estate_in(small) is not None


def adds_to_an_estate(text: str) -> bool:
    """Whether a text can be an answer to what was asked back, or tells more: short, and of hardly anything but kin, numbers and money."""
    words = text.split(maxsplit=_LONGEST_ADDITION)
    if not words or len(words) > _LONGEST_ADDITION or len(text) > _LONGEST_ADDITION * _LONGEST_WORD:
        return False
    if (
        asks_why(text)
        or estate_in(text)
        or debts_in(text)
        or funeral_in(text)
        or only_later(words_of(text))
        or without_bequests(words_of(text)).bequests
    ):
        return True
    if _REQUEST.search(text):
        return False
    if named_school(text) or _FINAL.search(text) or _REVOCABLE.search(text):
        return True
    return _counts(text) or (_others(text) <= _MOST_OTHERS and bool(strength_in(text) or read_story(text).mentions))


def _others(text: str) -> int:
    """Return how many words are neither kin, nor numbers, nor what is said of kin."""
    found = words_of(text)
    named = {at for start, mention in found.mentions(0, len(found.found)) for at in range(start, mention.end)}
    return sum(at not in named and not token.stop and not number_at(found.found, at) for at, token in enumerate(found.found))


def _counts(text: str) -> bool:
    """Whether a text is a number and hardly anything else: «3», «هم ثلاثة», "there are 2 of them"."""
    found = [token for token in tokens(text) if not token.stop]
    numbers = {at for at in range(len(found)) if number_at(found, at)}
    return bool(numbers) and all(at in numbers or token.form in _COUNTING for at, token in enumerate(found))


def read_talk(turns: Sequence[str]) -> Talk | None:
    """Return what the user's turns tell, the last one that tells a story and those after it; None where none does."""
    tells = [tells_an_estate(turn) for turn in turns]
    start = next(
        (at for at in range(len(turns) - 1, -1, -1) if tells[at] and not (any(tells[:at]) and only_later(words_of(turns[at])))), None
    )
    if start is None:
        return None
    aside = read_aside(turns[start])
    so_far = Talk(
        aside.story,
        turns[start],
        None,
        deaths=aside.deaths,
        bequests=aside.bequests,
        absent=aside.absent,
        doubts=aside.doubts,
    )
    divorced = aside.story.unclear and _DIVORCE.search(turns[start]) is not None
    for turn in turns[start + 1 :]:
        so_far = _told_more(so_far, turn, divorced=divorced)
    back = [*turns[:start:-1], aside.text]
    return replace(
        so_far,
        school=next((named for turn in back if (named := named_school(turn))), None),
        estate=next((told for turn in back if (told := estate_in(without_bequests(words_of(turn)).words.text()))), None),
        debts=next((told for turn in back if (told := debts_in(turn))), Fraction(0)),
        funeral=next((told for turn in back if (told := funeral_in(turn))), Fraction(0)),
        strangers=tuple(strangers_in(aside.text)),
        unpriced=tuple(unpriced_in(without_bequests(words_of(aside.text)).words.text())),
        why=asks_of(back[0]) if len(back) > 1 and asks_why(back[0]) else None,
    )


def _told_more(talk: Talk, turn: str, *, divorced: bool) -> Talk:
    """Add what a later turn tells: a death after the first, a bequest, heirs, or what was asked back."""
    talk = replace(talk, asked=(), again=())
    words = words_of(turn)
    if only_later(words):
        later = later_alone(words)
        return replace(talk, deaths=(*talk.deaths, *later.deaths), doubts=talk.doubts if later.plain else (*talk.doubts, "later"))
    if asks_why(turn):
        return talk
    willed = without_bequests(words)
    talk = replace(talk, bequests=(*talk.bequests, *willed.bequests))
    rest = willed.words.text() if willed.bequests else turn
    if _ASKS.search(rest):
        return replace(talk, asked=read_story(rest).mentions)
    told = replace(talk.story, births=()) if talk.story.births and _BORN.search(rest) else talk.story
    story, again = with_addition(_with_divorce(told, rest) if divorced else told, rest)
    return replace(talk, story=story, again=again)


def named_school(text: str) -> SchoolName | None:
    """Return the school that a text names, if it is one."""
    named = [school for school, pattern in _SCHOOLS if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def _with_divorce(story: Story, turn: str) -> Story:
    """A wife whose divorce was final is none; one who could be taken back is one."""
    final = _FINAL.search(turn)
    if not (final or _REVOCABLE.search(turn)):
        return story
    mentions = [mention for mention in story.mentions if not (final and mention.options == (WIFE,) and mention.count == 1)]
    fewer = [replace(each, count=each.count - 1) if final and each.options == (WIFE,) and each.count != MANY else each for each in mentions]
    return replace(story, unclear=False, mentions=tuple(fewer))
