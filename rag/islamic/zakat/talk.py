"""Reckons the zakat that somebody asks for in a conversation, by the schools that are wanted, and asks for what decides and was not told.

Knows nothing of how sentences are read or of what is due. Prices are asked for, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fanar.arabic.normalization import normalize
from fanar.bilingual import LANGUAGES, Bilingual, Language
from fanar.errors import UnprocessableError
from fanar.messages import ChatRequest
from rag.islamic.exact import ExactReply, user_turns
from rag.islamic.zakat import wording
from rag.islamic.zakat.amounts import with_digits
from rag.islamic.zakat.calculator import Reckoning, calculate
from rag.islamic.zakat.case import Case
from rag.islamic.zakat.currencies import CURRENCY
from rag.islamic.zakat.line import exact
from rag.islamic.zakat.money import UNHOPED
from rag.islamic.zakat.reading import Read, read_case
from rag.islamic.zakat.rules import SCHOOLS, SchoolName
from rag.islamic.zakat.telling import conclusion, told
from rag.islamic.zakat.thresholds import nisab_grams

_ZAKAT = re.compile(r"(?<!\w)[وبلف]?(?:ال)?زكا(?:ه|تي|تها|ته|تهم|تنا|تو)(?!\w)|(?<!\w)(?:ازكي|نزكي|يزكي|تزكي)\w*|zaka[ht]h?")
_ASKS = re.compile(
    r"(?<!\w)(?:كم|كام|شحال|قديش|قداش|شكد|احسب\w*|حساب|حسب\w*|مقدار|نصاب|"
    r"اخرج|ادفع|ندفع|how much|calculate|compute|work out|what(?:'s| is) (?:the|my)|"
    r"owe|due|pay|(?:وش|ايش|شو|ما|ما هي|ما هو|قد ايه) (?:ال)?زكا\w+)(?!\w)|"
    r"^(?:زكاه|zaka[ht]h? (?:on|of|for)) \d"
)
_TELLS = re.compile(r"\d|فطر|fitr|كيلو|اونص")
_OWNS = re.compile(r"(?<!\w)[وف]?(?:عندي|معي|معاي|معايا|املك|لدي|حصدت|زرعت)(?!\w)|\b(?:i have|i own|i harvested)\b")
# What can answer: a number by itself, or beside money, a weight, a herd, a crop or people; or a word that decides.
_DECIDES = re.compile(
    rf"^\W*(?:\w+\W+){{0,2}}\d[\d,.]*\W*$|{CURRENCY}(?!\w)|عيار|قيراط|karat|carat|سعر|price|جرام|غرام|كرام|gram|كيلو|kilo|\bkg\b|"
    r"ذهب|دهب|فضه|gold|silver|سايم|ترعي|مرعي|معلوف|علف|graz|\bfed\b|مطر|بعل|عيون|مكاين|ابار|كلفه|rain|irrigat|pump|well|"
    r"حلي|لبس|wear|worn|jewel|شخص|اشخاص|افراد|people|person|دين|ديون|debt|owe|الف|الاف|مليون|thousand|million|تجار|استثمار|مضارب|trad|invest|"
    r"مدخر|وفر|saved|نصفين|half"
)
_QUESTION = re.compile(
    r"[؟?]|^\W*(?:كم|ما|ماذا|متي|اين|هل|من|لماذا|كيف|وش|ايش|شو|اشرح|لخص|ترجم|اكتب|what|when|where|who|why|how|is|does|write|translate)(?!\w)"
)
_SUPPOSES = re.compile(r"(?<!\w)(?:و?(?:اذا|لو|ان كان)|if|what about|and with)(?!\w)")
_LONGEST_ANSWER = 120


class ZakatTalk:
    """Answers by the schools that the request names, or by all four."""

    name = "zakat"

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the reckoning, or what it still needs; None where the last turn asks for none."""
        turns = _about(user_turns(request))
        read = read_case(turns) if turns else None
        if read is None:
            return None
        named: tuple[SchoolName, ...] = tuple(school for school in SCHOOLS if school in request.sources.madhabs)
        return _answer(read, named or tuple(SCHOOLS))


def asks_for_zakat(text: str) -> bool:
    """Whether a prompt asks to reckon zakat on something that it tells."""
    return _asks(normalize(text)) and (_TELLS.search(with_digits(text)) is not None) and read_case([text]) is not None


def _asks(normal: str) -> bool:
    # Every prompt is looked at: hardly any has these letters, which are found at once.
    return ("زك" in normal or "zak" in normal) and _ZAKAT.search(normal) is not None and _ASKS.search(normal) is not None


def _about(turns: Sequence[str]) -> Sequence[str]:
    """Return the turns that belong together: the last that asks, what was told right before it, and what was added since."""
    start = next((at for at in range(len(turns) - 1, -1, -1) if _asks(normalize(turns[at]))), None)
    if start is None or any(not adds_to_zakat(turn) for turn in turns[start + 1 :]):
        return ()
    while not asks_for_zakat(turns[start]) and start and _tells(turns[start - 1]):
        start -= 1
    return turns[start:]


def _tells(turn: str) -> bool:
    """Whether a turn only tells what somebody owns."""
    return adds_to_zakat(turn) and _OWNS.search(normalize(turn)) is not None


def adds_to_zakat(text: str) -> bool:
    """Whether a turn can be an answer to what was asked back: short, with what decides in it, and no question of its own."""
    normal = normalize(text)
    supposes = _SUPPOSES.search(normal) is not None
    if len(normal) <= _LONGEST_ANSWER and not supposes and "؟" not in text and UNHOPED.search(normal):
        # «ما راح يرجعها» asks nothing.
        return True
    # «ولو كانت 80000؟» is another case, and no more of this one.
    if len(normal) > _LONGEST_ANSWER or (_QUESTION.search(normal) and not supposes) or (supposes and _TELLS.search(with_digits(text))):
        return False
    return _DECIDES.search(with_digits(text)) is not None


def asked_back(text: str) -> bool:
    """Whether an answer of the platform asked for more about zakat."""
    asked = (wording.MARK, wording.NO_PRICE, wording.OWNED)
    return any(each.en in text or each.ar in text for each in asked)


def _answer(read: Read, schools: Sequence[SchoolName]) -> ExactReply:
    needs = list(read.needs)
    found: dict[SchoolName, Reckoning] = {}
    refusals: dict[SchoolName, Bilingual] = {}
    for school in schools:
        try:
            found[school] = calculate(replace(read.case, school=school))
        except UnprocessableError as refused:
            if refused.param in ("nisab", "prices.gold", "prices.silver"):
                needs.append("basis" if read.case.gold_price and read.case.silver_price else "nisab")
            elif refused.param:
                refusals[school] = refused.message
    if needs:
        return ExactReply(_asked(read, list(dict.fromkeys(needs))), answered=False, data={"missing_facts": list(dict.fromkeys(needs))})
    said = Bilingual(*("\n".join(_lines(read, found, refusals, language)) for language in LANGUAGES))
    return ExactReply(said, answered=bool(found), data={"zakat": [told(reckoning) for reckoning in found.values()]})


def _asked(read: Read, needs: Sequence[str]) -> Bilingual:
    def lines(language: Language) -> str:
        """Write what was understood and what is needed; sums in several currencies are not said back as one."""
        listed = "\n".join(f"- {wording.needed(read, need, language)}" for need in needs)
        understood = () if "rate" in needs else wording.understood(read.case, language)
        return "\n".join([*understood, wording.MARK.in_language(language), listed])

    return Bilingual(lines("en"), lines("ar"))


def _lines(read: Read, found: dict[SchoolName, Reckoning], refusals: Mapping[SchoolName, Bilingual], language: Language) -> Iterator[str]:
    yield from wording.understood(read.case, language)
    yield from _nisab(read.case, language)
    yield ""
    groups: dict[str, list[SchoolName]] = {}
    for school, reckoning in found.items():
        groups.setdefault(conclusion(reckoning, language), []).append(school)
    for result, schools in groups.items():
        yield "- " + wording.BY.in_language(language).format(schools=_named(schools, language), result=result)
    yield from (f"- {line.in_language(language)}" for line in _refused(refusals))
    yield ""
    yield from (f"- {note.in_language(language)}" for note in _notes(read))


def _refused(refusals: Mapping[SchoolName, Bilingual]) -> Iterator[Bilingual]:
    """Yield why schools do not reckon, once for those that say the same."""
    for message in dict.fromkeys(refusals.values()):
        schools = [school for school, refused in refusals.items() if refused == message]
        yield Bilingual(*(f"{_named(schools, language)}: {message.in_language(language)}" for language in LANGUAGES))


def _notes(read: Read) -> Iterator[Bilingual]:
    case = read.case
    if not read.karat_said:
        yield wording.KARAT
    if case.gold and case.gold[0].use == "saved":
        yield wording.JEWELLERY
    if read.price_reckoned:
        yield wording.FROM_KARAT
    elif case.gold_price is not None and any(piece.purity != 1 for piece in case.gold):
        yield wording.PURE_PRICE
    if read.own_use:
        yield wording.OWN_USE
    if any(not owed.doubtful for owed in case.receivables):
        yield wording.HOPED
    if (case.gold and case.gold_price is None) or (case.silver and case.silver_price is None):
        yield wording.NO_PRICE
    of_a_year = (case.gold, case.silver, case.cash, case.goods, case.shares, case.receivables, case.herds)
    if any(of_a_year):
        yield wording.YEAR
    yield wording.NOT_FATWA


def _nisab(case: Case, language: Language) -> Iterator[str]:
    metals = {metal for metal, owned in (("gold", case.gold), ("silver", case.silver)) if owned} | ({case.nisab} if case.nisab else set())
    for metal in sorted(metals):
        grams = exact(nisab_grams(case, "gold" if metal == "gold" else "silver"))
        yield wording.NISAB.in_language(language).format(grams=grams, metal=wording.METALS[metal].in_language(language))


def _named(schools: Sequence[SchoolName], language: Language) -> str:
    if len(schools) == len(SCHOOLS):
        return wording.ALL.in_language(language)
    names = [SCHOOLS[school].in_language(language) for school in schools]
    listed = " و".join(names) if language == "ar" else ", ".join(names)
    return (wording.ONE if len(names) == 1 else wording.SEVERAL).in_language(language).format(name=listed)
