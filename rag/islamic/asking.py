"""What kind of thing a question asks for, by the words that ask: how many, who, a prayer. Knows nothing of what it asks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from fanar.arabic.words import normal_forms

_ASKING: Mapping[str, frozenset[str]] = {
    "asks_count": normal_forms("كم كام شحال قديش عدد اديش جم", "many much number count"),
    "asks_when": normal_forms("متى امتى ايمتى وقتاش فوقاش", "when"),
    "asks_where": normal_forms("أين فين وين", "where"),
    "asks_who": normal_forms("من مين منو شكون", "who whom whose"),
    "asks_why": normal_forms("لماذا ليش ليه علاش لم", "why"),
    "asks_name": normal_forms("اسم أسماء اسمه اسمها", "name names named"),
    "asks_ruling": normal_forms("حكم يجوز حلال حرام", "ruling allowed can haram halal permissible"),
    "asks_how": normal_forms("كيف ازاي كيفاش شلون", "how"),
    "asks_whether": normal_forms("هل واش"),
    "asks_kinds": normal_forms("الفرق فرق شروط أنواع مراتب أركان", "difference kinds types conditions"),
    "asks_plea": normal_forms("دعاء الدعاء بدعاء أدعية الأدعية", "dua duas du'a supplication supplications invocation"),
}
KINDS: tuple[str, ...] = tuple(_ASKING)
"""The names of the kinds."""
_AUXILIARIES = normal_forms("is are do does did")
"""They ask whether something is so where they stand first: "what does it say" does not."""

_PARTICULARS = normal_forms(
    "لون لونه لونها لونو الوان اسم اسمه اسمها اسمو اسماء سميته سميتها سمية سميت نوع نوعه نوعها أنواع صنف فصيلة سلالة جنس",
    "طول طوله طولها طولو عرض عرضه عرضها ارتفاع ارتفاعه ارتفاعها حجم حجمه حجمها مساحة وزن وزنه وزنها عمق عمقه أبعاد مقاس",
    "عمر عمره عمرها عمرو سن سنه سنها بلد بلده مدينة دولة عاصمة موقع موقعه خريطة تاريخ تاريخه لغة لغته مهنة مهنته جنسية بالضبط",
    "colour color name names named called kind type species breed sort tall height length wide width deep depth size weight heavy",
    "ركعة ركعات ركعه تكبيرة تكبيرات rakah rakahs rakat rakats",
    "old age aged city town country location located map modern date language job nationality exact exactly precisely actual actually",
)
_NUMBERS = normal_forms(
    "واحد واحدة اثنان اثنين اثنتا اثنتي اثنا عشر عشرة عشرين ثلاثة ثلاث ثلاثين ثلاثون أربعة أربع أربعين خمسة خمسين ستة ست ستين سبعة سبع",
    "سبعين سبعون ثمانية ثماني ثمانين تسعة تسع تسعون مائة مائتين ألف ألفا ألفين آلاف نصف النصف ثلث الثلث ثلثا ثلثان الثلثان ربع الربع ثمن",
    "الثمن سدس السدس خمسه مرتين مثنى رباع شهرين حولين",
)

_PLEADS = normal_forms("ربنا اللهم سبحانك سبحان أعوذ")
_LORD = "رب"
_LORD_OF = ("ال", "كل", "هذ", "موس", "هار", "اباي", "سماوات", "شعري")
"""What begins the word behind «رب» where that is no call to Him: «رب العالمين», «رب كل شيء»."""


def kinds_of(words: Sequence[str]) -> dict[str, float]:
    """Return for each kind 1 where `words`, in their search form, ask for it, else 0."""
    said = frozenset(words)
    found = {kind: float(not asking.isdisjoint(said)) for kind, asking in _ASKING.items()}
    return found | {"asks_whether": max(found["asks_whether"], float(not _AUXILIARIES.isdisjoint(words[:1])))}


def asks_a_particular(word: str) -> bool:
    """Whether a word of a question, in its search form, asks for one particular of a thing: its colour, name, kind, size, age or town."""
    return word in _PARTICULARS


def says_a_number(words: Sequence[str]) -> bool:
    """Whether `words`, in their search form, name a number or a share."""
    return not _NUMBERS.isdisjoint(words)


def says_a_plea(words: Sequence[str]) -> bool:
    """Whether `words`, the spelling of a verse in its search form, call upon God or praise Him as who prays does."""
    calls = any(first == _LORD and not following.startswith(_LORD_OF) for first, following in pairwise(words))
    return calls or not _PLEADS.isdisjoint(words)
