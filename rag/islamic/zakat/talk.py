"""Reckons the zakat that somebody asks for in a conversation, by the schools that are wanted, and asks for what decides and was not told.

Knows nothing of how sentences are read or of what is due. Prices are asked for, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fanar.arabic.normalization import normalize
from fanar.bilingual import LANGUAGES, Bilingual, Language
from fanar.errors import UnprocessableError
from fanar.messages import ChatRequest
from rag.islamic.exact import ExactReply, user_turns
from rag.islamic.zakat.calculator import Reckoning, calculate
from rag.islamic.zakat.case import Case
from rag.islamic.zakat.line import exact
from rag.islamic.zakat.reading import Read, read_case, with_digits
from rag.islamic.zakat.rules import SCHOOLS, SchoolName
from rag.islamic.zakat.telling import conclusion, told
from rag.islamic.zakat.thresholds import nisab_grams

_ZAKAT = re.compile(r"(?<!\w)[وبلف]?(?:ال)?زكا(?:ه|تي|تها|ته|تهم|تنا|تو)(?!\w)|(?<!\w)(?:ازكي|نزكي|يزكي|تزكي)\w*|zaka[ht]h?")
_ASKS = re.compile(
    r"(?<!\w)(?:كم|كام|شحال|قديش|قداش|شكد|احسب\w*|حساب|حسب\w*|مقدار|نصاب|"
    r"اخرج|ادفع|ندفع|how much|calculate|compute|work out|what(?:'s| is) (?:the|my)|"
    r"owe|due|pay)(?!\w)"
)
_DIGITS = re.compile(r"\d")
_LONGEST_ANSWER = 120
_MARK = Bilingual("To reckon your zakat I still need:", "لأحسب زكاتك أحتاج أيضًا إلى:")
_NEEDS = {
    "nisab": Bilingual(
        "the price of a gram of pure gold, or of silver where you reckon the nisab by silver (prices are never guessed)",
        "سعر جرام الذهب الخالص عيار ٢٤، أو سعر جرام الفضة إن كنت تقدّر النصاب بها (فالأسعار لا تُخمَّن)",
    ),
    "people": Bilingual("how many people zakat al-fitr is for", "عدد من تُخرَج عنهم زكاة الفطر"),
    "grazing": Bilingual("whether the animals graze freely most of the year or are fed", "هل الأنعام سائمة ترعى أكثر الحول أم معلوفة؟"),
    "water": Bilingual("whether rain or springs water the crop, or you do at a cost", "هل يُسقى الزرع بالمطر والعيون أم بكلفة؟"),
}
_KARAT = Bilingual(
    "I took the gold as pure (24 karat); tell me its karat if it is less.", "حسبتُ الذهب خالصًا (عيار ٢٤)؛ فاذكر عياره إن كان أقل."
)
_NO_PRICE = Bilingual(
    "For the amount in money tell me the price of a gram of pure metal.", "ولمعرفة المقدار نقدًا اذكر سعر الجرام الخالص اليوم."
)
_JEWELLERY = Bilingual(
    "On permitted jewellery that is worn, zakat is due with Hanafis only; say so if it is worn.",
    "الحلي المباح المستعمل لا زكاة فيه عند الجمهور، وفيه الزكاة عند الحنفية؛ فاذكر إن كان ملبوسًا.",
)
_YEAR = Bilingual("Provided that a lunar year has passed over the nisab.", "بشرط أن يحول الحول القمري على النصاب.")
_BY = Bilingual("{schools}: {result}", "{schools}: {result}")
_ALL = Bilingual("All four schools", "المذاهب الأربعة")
_ONE = Bilingual("{name} school", "المذهب {name}")
_SEVERAL = Bilingual("{name}", "المذاهب: {name}")
_PURE_PRICE = Bilingual("I took the price as that of pure gold (24 karat).", "عددتُ السعر المذكور سعر الذهب الخالص (عيار ٢٤).")
_NISAB = Bilingual("Nisab: {grams} g of {metal}.", "النصاب: {grams} جم من {metal}.")
_METALS = {"gold": Bilingual("pure gold", "الذهب الخالص"), "silver": Bilingual("pure silver", "الفضة الخالصة")}
_UNDERSTOOD = Bilingual("I understood: {parts}.", "فهمت: {parts}.")
_NOT_FATWA = Bilingual(
    "A calculation, not a fatwa; the detailed lines with their rules are in the data of this answer.",
    "هذا حساب لا فتوى؛ وتفصيل كل سطر وقاعدته في بيانات هذا الجواب.",
)


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
    normal = normalize(text)
    # Every prompt is looked at: hardly any has these letters, which are found at once.
    if not ("زك" in normal or "zak" in normal) or not (_ZAKAT.search(normal) and _ASKS.search(normal)):
        return False
    numbered = _DIGITS.search(with_digits(text)) or "فطر" in normal or "fitr" in normal
    return bool(numbered) and read_case([text]) is not None


def _about(turns: Sequence[str]) -> Sequence[str]:
    """Return the turns from the one that asked on, if all that follow it tell more."""
    start = next((at for at in range(len(turns) - 1, -1, -1) if asks_for_zakat(turns[at])), None)
    if start is None or any(not adds_to_zakat(turn) for turn in turns[start + 1 :]):
        return ()
    return turns[start:]


def adds_to_zakat(text: str) -> bool:
    """Whether a turn can be an answer to what was asked back: short, with a number or a word that decides."""
    normal = normalize(text)
    decides = re.search(r"\d|سايم|ترعي|معلوف|علف|مطر|ري|graz|fed|rain|irrigat|حلي|لبس|wear|worn|jewel|فضه|ذهب|gold|silver", normal)
    return len(normal) <= _LONGEST_ANSWER and decides is not None


def asked_back(text: str) -> bool:
    """Whether an answer of the platform asked for more about zakat."""
    return _MARK.en in text or _MARK.ar in text or _NO_PRICE.en in text or _NO_PRICE.ar in text


def _answer(read: Read, schools: Sequence[SchoolName]) -> ExactReply:
    needs = [name for name, said in (("people", read.people_said), ("grazing", read.grazing_said), ("water", read.water_said)) if not said]
    found: dict[SchoolName, Reckoning] = {}
    refusals: list[Bilingual] = []
    for school in schools:
        try:
            found[school] = calculate(replace(read.case, school=school))
        except UnprocessableError as refused:
            if refused.param in ("nisab", "prices.gold", "prices.silver"):
                needs.append("nisab")
            elif refused.param:
                refusals.append(Bilingual(f"{SCHOOLS[school].en}: {refused.message.en}", f"{SCHOOLS[school].ar}: {refused.message.ar}"))
    if needs:
        return ExactReply(_asked(read, list(dict.fromkeys(needs))), answered=False, data={"missing_facts": list(dict.fromkeys(needs))})
    said = Bilingual(*("\n".join(_lines(read, found, refusals, language)) for language in LANGUAGES))
    return ExactReply(said, answered=bool(found), data={"zakat": [told(reckoning) for reckoning in found.values()]})


def _asked(read: Read, needs: Sequence[str]) -> Bilingual:
    def lines(language: Language) -> str:
        """Write what was understood and what is needed."""
        listed = "\n".join(f"- {_NEEDS[need].in_language(language)}" for need in needs)
        return "\n".join([*_understood(read.case, language), _MARK.in_language(language), listed])

    return Bilingual(lines("en"), lines("ar"))


def _lines(read: Read, found: dict[SchoolName, Reckoning], refusals: Sequence[Bilingual], language: Language) -> Iterator[str]:
    yield from _understood(read.case, language)
    yield from _nisab(read.case, language)
    yield ""
    groups: dict[str, list[SchoolName]] = {}
    for school, reckoning in found.items():
        groups.setdefault(conclusion(reckoning, language), []).append(school)
    for result, schools in groups.items():
        named = _ALL.in_language(language) if len(schools) == len(SCHOOLS) else _listed(schools, language)
        yield "- " + _BY.in_language(language).format(schools=named, result=result)
    yield from (f"- {refusal.in_language(language)}" for refusal in refusals)
    yield ""
    yield from (f"- {note.in_language(language)}" for note in _notes(read))


def _notes(read: Read) -> Iterator[Bilingual]:
    case = read.case
    if not read.karat_said:
        yield _KARAT
    if case.gold and case.gold[0].use == "saved":
        yield _JEWELLERY
    if case.gold_price is not None and any(piece.purity != 1 for piece in case.gold):
        yield _PURE_PRICE
    if (case.gold and case.gold_price is None) or (case.silver and case.silver_price is None):
        yield _NO_PRICE
    if case.gold or case.silver or case.cash or case.goods or case.herds:
        yield _YEAR
    yield _NOT_FATWA


def _nisab(case: Case, language: Language) -> Iterator[str]:
    metals = {metal for metal, owned in (("gold", case.gold), ("silver", case.silver)) if owned} | ({case.nisab} if case.nisab else set())
    for metal in sorted(metals):
        grams = exact(nisab_grams(case, "gold" if metal == "gold" else "silver"))
        yield _NISAB.in_language(language).format(grams=grams, metal=_METALS[metal].in_language(language))


def _listed(schools: Sequence[SchoolName], language: Language) -> str:
    names = [SCHOOLS[school].in_language(language) for school in schools]
    listed = " و".join(names) if language == "ar" else ", ".join(names)
    return (_ONE if len(names) == 1 else _SEVERAL).in_language(language).format(name=listed)


def _understood(case: Case, language: Language) -> Iterator[str]:
    parts = list(_parts(case, language))
    if parts:
        yield _UNDERSTOOD.in_language(language).format(parts=("، " if language == "ar" else ", ").join(parts))


def _parts(case: Case, language: Language) -> Iterator[str]:
    arabic = language == "ar"
    for metal, pieces in (("gold", case.gold), ("silver", case.silver)):
        for piece in pieces:
            name = ("ذهب" if metal == "gold" else "فضة") if arabic else metal
            yield f"{name} {exact(piece.grams)} {'جم' if arabic else 'g'}" + (
                f" ({exact(piece.purity * 24)}/24)" if piece.purity != 1 else ""
            )
    prices = (("الذهب" if arabic else "gold", case.gold_price), ("الفضة" if arabic else "silver", case.silver_price))
    yield from (f"{'سعر جرام' if arabic else 'a gram of'} {name} {exact(price)}" for name, price in prices if price is not None)
    for name, amount in (("نقود" if arabic else "money", case.cash), ("ديون عليك" if arabic else "owed by you", case.debts)):
        if amount:
            yield f"{name} {exact(amount)} {case.currency}".rstrip()
    yield from (f"{'عروض تجارة' if arabic else 'trade goods'} {exact(goods.value)} {case.currency}".rstrip() for goods in case.goods)
    for herd in case.herds:
        yield f"{ {'camels': 'إبل', 'cattle': 'بقر', 'sheep': 'غنم'}[herd.kind] if arabic else herd.kind } {herd.count}"
    yield from (f"{exact(crop.kg)} {'كجم' if arabic else 'kg'}" for crop in case.crops)
    if case.fitr:
        yield f"{'زكاة فطر عن' if arabic else 'zakat al-fitr for'} {case.fitr.people}"
