"""What is said and asked in a talk about zakat, in both languages. Knows nothing of when, or of what is due."""

from __future__ import annotations

from collections.abc import Iterator

from fanar.bilingual import Bilingual, Language
from rag.islamic.zakat.case import Case
from rag.islamic.zakat.fitr import FOODS
from rag.islamic.zakat.harvest import NAMES
from rag.islamic.zakat.line import readable
from rag.islamic.zakat.reading import Read

OWNED = Bilingual(
    "To reckon zakat I need what you own and how much of it, for example: how much zakat on 200 grams of 21 karat gold?",
    "لأحسب الزكاة أخبرني بما تملك ومقداره، مثل: كم زكاة ٢٠٠ جرام ذهب عيار ٢١؟",
)
"""What is asked where nothing is told of what is owned."""
MARK = Bilingual("To reckon your zakat I still need:", "لأحسب زكاتك أحتاج أيضًا إلى:")
_NEEDS = {
    "nisab": Bilingual(
        "the price of a gram of pure gold, or of silver where you reckon the nisab by silver (prices are never guessed)",
        "سعر جرام الذهب الخالص عيار ٢٤، أو سعر جرام الفضة إن كنت تقدّر النصاب بها (فالأسعار لا تُخمَّن)",
    ),
    "people": Bilingual("how many people zakat al-fitr is for", "عدد من تُخرَج عنهم زكاة الفطر"),
    "grazing": Bilingual("whether the animals graze freely most of the year or are fed", "هل الأنعام سائمة ترعى أكثر الحول أم معلوفة؟"),
    "water": Bilingual(
        "whether rain or springs water each crop, or you do at a cost, or both by halves",
        "هل يُسقى كل زرع بالمطر والعيون أم بكلفة أم بهما نصفين؟",
    ),
    "worth": Bilingual("what the animals for sale are worth today, as trade goods", "قيمة الأنعام المعدّة للبيع اليوم، فهي من عروض التجارة"),
    "kept": Bilingual(
        "how much of what you earn or let is still kept when a lunar year has passed: that is what zakat is due of, and not what comes in",
        "كم بقي مدخرًا من الراتب أو الأجرة بعد حول قمري؛ فالزكاة فيما بقي لا في كل ما يدخل",
    ),
    "weight": Bilingual("the weight in grams of the gold or silver, and its karat", "وزن الذهب أو الفضة بالجرام، وعياره"),
    "shares": Bilingual(
        "whether the shares are held to be sold (trade), or for their income", "هل الأسهم للمتاجرة (البيع والشراء) أم للاستثمار في أرباحها؟"
    ),
    "basis": Bilingual("by which metal you reckon the nisab of money: gold or silver", "بأي المعدنين تقدّر نصاب النقود: بالذهب أم بالفضة؟"),
    "owner": Bilingual(
        "one owner at a time: what each person owns has its own nisab and zakat", "مالكًا واحدًا في كل مرة؛ فلكل شخص نصابه وزكاته"
    ),
    "years": Bilingual(
        "one year at a time, with what was owned at its end: what each year left unpaid is reckoned by itself",
        "سنة واحدة في كل مرة بما كان فيها عند تمام الحول؛ فزكاة كل سنة مضت تُحسب وحدها",
    ),
    "hope": Bilingual("which of the loans you do not hope to get back, with its sum", "أيّ الديون التي لك ميؤوس منه، ومقداره"),
    "apart": Bilingual(
        "one reckoning at a time: zakat al-fitr in a message of its own, and zakat on what you own in another",
        "حسابًا واحدًا في كل مرة: زكاة الفطر في رسالة وحدها، وزكاة المال في أخرى",
    ),
}
_SUM = Bilingual(
    "what this is, a sum that you own, owe or are owed, or a price: {numbers}",
    "ما المقصود بهذا: أهو مالٌ لك أم دين عليك أم لك أم سعر؟ ({numbers})",
)
_RATE = Bilingual(
    "one currency for all, or the rate, like “1 dollar = 3.75 riyals”: I do not add {names}",
    "عملة واحدة للكل، أو سعر الصرف مثل: «الدولار = ٣٫٧٥ ريال»؛ فلا تُجمع هذه العملات: {names}",
)
KARAT = Bilingual(
    "I took the gold as pure (24 karat); tell me its karat if it is less.", "حسبتُ الذهب خالصًا (عيار ٢٤)؛ فاذكر عياره إن كان أقل."
)
NO_PRICE = Bilingual(
    "For the amount in money tell me the price of a gram of pure metal.", "ولمعرفة المقدار نقدًا اذكر سعر الجرام الخالص اليوم."
)
JEWELLERY = Bilingual(
    "On permitted jewellery that is worn, zakat is due with Hanafis only; say so if it is worn.",
    "الحلي المباح المستعمل لا زكاة فيه عند الجمهور، وفيه الزكاة عند الحنفية؛ فاذكر إن كان ملبوسًا.",
)
YEAR = Bilingual("Provided that a lunar year has passed over the nisab.", "بشرط أن يحول الحول القمري على النصاب.")
BY = Bilingual("{schools}: {result}", "{schools}: {result}")
ALL = Bilingual("All four schools", "المذاهب الأربعة")
ONE = Bilingual("{name} school", "المذهب {name}")
SEVERAL = Bilingual("{name}", "المذاهب: {name}")
OWN_USE = Bilingual(
    "I counted nothing for what is owned to be used (a home, a car); say so if it is for sale.",
    "لم أحسب ما اتُّخذ للاستعمال (كالمسكن والسيارة)؛ فاذكر إن كان معروضًا للبيع.",
)
HOPED = Bilingual(
    "I took what is owed to you as sure to be paid; say so if it is doubtful.", "عددتُ ما لك عند الناس مرجوَّ السداد؛ فاذكر إن كان ميؤوسًا منه."
)
FROM_KARAT = Bilingual("I reckoned the price of pure gold from the one told for its karat.", "حسبتُ سعر الذهب الخالص من سعر العيار المذكور.")
PURE_PRICE = Bilingual("I took the price as that of pure gold (24 karat).", "عددتُ السعر المذكور سعر الذهب الخالص (عيار ٢٤).")
NISAB = Bilingual("Nisab: {grams} g of {metal}.", "النصاب: {grams} جم من {metal}.")
METALS = {"gold": Bilingual("pure gold", "الذهب الخالص"), "silver": Bilingual("pure silver", "الفضة الخالصة")}
_UNDERSTOOD = Bilingual("I understood: {parts}.", "فهمت: {parts}.")
NOT_FATWA = Bilingual(
    "A calculation, not a fatwa; the detailed lines with their rules are in the data of this answer.",
    "هذا حساب لا فتوى؛ وتفصيل كل سطر وقاعدته في بيانات هذا الجواب.",
)


def understood(case: Case, language: Language) -> Iterator[str]:
    """Yield the line that says a case back, where there is anything to say."""
    parts = list(_parts(case, language))
    if parts:
        yield _UNDERSTOOD.in_language(language).format(parts=("، " if language == "ar" else ", ").join(parts))


def _parts(case: Case, language: Language) -> Iterator[str]:
    arabic = language == "ar"
    for metal, pieces in (("gold", case.gold), ("silver", case.silver)):
        for piece in pieces:
            name = ("ذهب" if metal == "gold" else "فضة") if arabic else metal
            yield f"{name} {readable(piece.grams)} {'جم' if arabic else 'g'}" + (
                f" ({readable(piece.purity * 24)}/24)" if piece.purity != 1 else ""
            )
    prices = (("الذهب" if arabic else "gold", case.gold_price), ("الفضة" if arabic else "silver", case.silver_price))
    yield from (f"{'سعر جرام' if arabic else 'a gram of'} {name} {readable(price)}" for name, price in prices if price is not None)
    for name, amount in (("نقود" if arabic else "money", case.cash), ("ديون عليك" if arabic else "owed by you", case.debts)):
        if amount:
            yield f"{name} {readable(amount)} {case.currency}".rstrip()
    yield from (f"{'عروض تجارة' if arabic else 'trade goods'} {readable(goods.value)} {case.currency}".rstrip() for goods in case.goods)
    yield from (f"{'أسهم' if arabic else 'shares'} {readable(share.value)} {case.currency}".rstrip() for share in case.shares)
    for owed in case.receivables:
        doubtful = (" (ميؤوس منه)" if arabic else " (doubtful)") if owed.doubtful else ""
        yield f"{'دين لك' if arabic else 'owed to you'} {readable(owed.amount)} {case.currency}".rstrip() + doubtful
    if case.treasure:
        yield f"{'ركاز' if arabic else 'buried treasure'} {readable(case.treasure.value)} {case.currency}".rstrip()
    for herd in case.herds:
        yield f"{ {'camels': 'إبل', 'cattle': 'بقر', 'sheep': 'غنم'}[herd.kind] if arabic else herd.kind } {herd.count}"
    yield from (f"{NAMES[crop.kind].in_language(language)} {readable(crop.kg)} {'كجم' if arabic else 'kg'}" for crop in case.crops)
    if case.fitr:
        yield f"{'زكاة فطر عن' if arabic else 'zakat al-fitr for'} {case.fitr.people}"
        yield FOODS[case.fitr.staple].in_language(language)


def needed(read: Read, need: str, language: Language) -> str:
    """Say what is asked for by one of the names of `Read.needs`."""
    comma = "، " if language == "ar" else ", "
    if need == "sum":
        return _SUM.in_language(language).format(numbers=comma.join(read.unplaced))
    if need == "rate":
        return _RATE.in_language(language).format(names=comma.join(read.currencies))
    return _NEEDS[need].in_language(language)
