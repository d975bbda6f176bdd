"""The words by which a question names collections, schools and numbers, and those that only ask. Knows nothing of what is found."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fanar.arabic.normalization import normalize
from fanar.arabic.ordinals import number_said
from fanar.arabic.words import normal_forms
from fanar.hadith.collections import COLLECTIONS
from fanar.messages import Madhab

ASKING = normal_forms(
    "حديث حديثا حديثًا الحديث أحاديث احاديثا الأحاديث لحديث بحديث هالحديث شريف الشريف نبوي النبوي نبوية النبوية قدسي السنة رواية متن صح",
    "صحته درجة درجته صحيح الصحيح سنن جامع مسند موطأ الموطأ رواه روى أخرجه الإمام رقم برقم نص أكمل كمل اذكر اذكرلي رسول الرسول النبي الله",
    "صلى عليه وسلم ﷺ بيقول يقول قال قول فيه شنو أعطيني عطيني عطني اعطني أعطني هات هاتلي عايز أبي فيني نقدر أقدر بقدر يقدر ينفع أستعمل",
    "الدليل دليل دليله دليلها أدلة الأدلة ذلك راويه سنده إسناده إسنادها رواها صحتها درجتها",
    "استعمل تجب يجب واجبة شيء لعبة مسألة مسألتي استفسار سؤال قولكم رأيكم قولوا ورد وارد واردة الواردة جا جاء تعريف لو سمحت سمحتم",
    "hadith hadiths ahadith hadeeth prophet messenger said say says narrated narration narrations sahih sunan jami imam number",
    "proof evidence chain narrator",
    "authentic graded grade sunnah quote text full there allowed permissible permitted ruling islamic islamically please tell",
)
"""Words that ask for a hadith or a ruling and say nothing of what it is about."""

KEPT = normal_forms("القرآن قرآن المصحف سورة السورة آيات الإسلام إسلام الأم quran koran surah verse islam")
"""What frames a question to the Quran and is a subject like any other in other books."""

_AMBIGUOUS = ("muslim", "malik", "ahmad")
_CUE = r"(?:صحيح|رواه|اخرجه|خرجه|عند|الامام|امام|مسند|موطا|البخاري|sahih|imam|muwatta|musnad|narrated by|reported by|bukhari(?: and)?) "
_NAMES = {
    name: collection.id
    for collection in COLLECTIONS
    for name in (*collection.cited, normalize(collection.name.ar), normalize(collection.name.en).lower())
}
_COLLECTION = re.compile(
    rf"(?<!\w)(?P<cue>{_CUE})?(?:و|ل|في|ب)?(?P<name>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?!\w)"
)
_NUMBER = re.compile(r"(?<!\w)(?:رقم|برقم|رقمه|ب?رقم الحديث|ح|number|no\.?|nr\.?|#)\s*:?\s*(?P<number>\d{1,5}(?:/\d{1,4})?)(?!\d)")
# «الحديث 52 من …»; not «حديث 3 خصال».
_THE_NTH = re.compile(
    r"(?<!\w)(?:(?:ال)?حديث|hadith)\s+(?P<number>\d{1,5}(?:/\d{1,4})?)(?=\W*(?:$|(?:في|من|عند|صحيح|سنن|جامع|مسند|البخاري|of|in|from)(?!\w)))"
)
_THE_HADITH = re.compile(r"(?<!\w)الحديث\s+(?=ال)")
_ALONE = re.compile(r"\W*\d{1,5}\W*")
_EVERYDAY = frozenset(("riyadh", "bulugh"))
"""A city, and coming of age, unless the title goes on or a number follows."""
_TITLED = re.compile(r"[- ]?(?:al|ul|us)\b|[- ]as[- ]sa|\W{0,3}\d")
# Some editions count anew in each book: 2/17.
_BESIDE = re.compile(r"^\W{0,3}(?P<number>\d{1,5}(?:/\d{1,4})?)(?!\w)")

_SCHOOLS: Mapping[Madhab, str] = {
    "hanafi": r"(?:و|ب|ل|ال|وال|بال|لل|عند ال)?(?:حنفيه?|حنفيين|احناف|حنفي)|ابي حنيفه|ابو حنيفه|hanafi(?:s|te|tes|yya)?",
    "maliki": r"(?:و|ب|ل|ال|وال|بال|لل)?(?:مالكيه?|مالكيين)|(?:الامام|مذهب|عند) مالك|maliki(?:s|te|tes|yya)?",
    "shafii": r"(?:و|ب|ل|ال|وال|بال|لل)?(?:شافعيه?|شافعيين|شوافع)|shafi'?i?(?:s|te|tes|ite|ites)?",
    "hanbali": r"(?:و|ب|ل|ال|وال|بال|لل)?(?:حنبليه?|حنبليين|حنابله)|(?:مذهب|عند) احمد|hanbali(?:s|te|tes)?",
}
_SCHOOL = re.compile("|".join(rf"(?P<{school}>(?<!\w)(?:{forms})(?!\w))" for school, forms in _SCHOOLS.items()))
_ALL_SCHOOLS = re.compile(
    r"(?<!\w)(?:(?:و|ف)?(?:في|عند|علي|بين|ل|ب) ?)?(?:(?:كل|جميع|ساير|بقيه|باقي) )?(?:ب|ل|و|ال|بال|لل|وال)*مذاهب"
    r"(?: (?:الاربعه|الفقهيه|السنيه|المختلفه|الاخري|كلها))*(?!\w)"
    r"|(?<!\w)(?:(?:in|by|according to|of|between|among) )?(?:all|every|other|(?:the )?four|all the|all four)(?: of the)? "
    r"(?:sunni )?(?:schools?(?: of (?:law|thought|fiqh|jurisprudence))?|madh?habs?|madhahib)(?!\w)"
)
_SPEAKERS_OWN = re.compile(
    r"(?<!\w)(?:انا|اني|احنا|نحن|مذهبي|اتبع|نتبع|i am|i'm|im|i follow|we are|we follow|my (?:school|madh?hab) is)\W+(?:\w+\W+){0,3}$"
)
_OF_SCHOOLS = re.compile(r"(?<!\w)(?:(?:في|علي) )?(?:ال)?(?:مذهب|مذاهب|ساده|فقهاء?)(?!\w)|(?<!\w)(?:madh?hab|school|schools)(?!\w)")

_BEFORE = 40


def collections_in(text: str) -> tuple[str, ...]:
    """Return the collections that a text names; a name that is a word as well («مسلم») only where it is used as a collection's."""
    found = (match for match in _COLLECTION.finditer(normalize(text).lower()))
    return tuple(dict.fromkeys(_NAMES[each["name"]] for each in found if _is_collection(each)))


def number_in(text: str) -> str | None:
    """Return the number by which a text asks for a hadith, beside that word or beside a collection's name; None where it names none."""
    normal = normalize(text).lower()
    said = _NUMBER.search(normal) or _THE_NTH.search(normal)
    if said:
        return said["number"]
    ordered = _THE_HADITH.search(normal)
    value = number_said(normal[ordered.end() :].split(), 0)[0] if ordered else 0
    if value and collections_in(text):
        return str(value)
    beside = (_BESIDE.match(normal[match.end() :]) for match in _COLLECTION.finditer(normal) if _is_collection(match))
    return next((found["number"] for found in beside if found), None)


def schools_in(text: str) -> tuple[Madhab, ...]:
    """Return the schools of law that a text names, each once, in the order in which it names them."""
    named = {match.lastgroup: None for match in _SCHOOL.finditer(normalize(text).lower())}
    return tuple(sorted((school for school in _SCHOOLS if school in named), key=list(named).index))


def names_all_schools(text: str) -> bool:
    """Whether a text speaks of the schools of law together: «في كل المذاهب»."""
    return _ALL_SCHOOLS.search(normalize(text).lower()) is not None


def school_of_speaker(text: str) -> Madhab | None:
    """Return the school that somebody says to follow: «أنا حنفي»."""
    normal = normalize(text).lower()
    own = (match for match in _SCHOOL.finditer(normal) if _SPEAKERS_OWN.search(normal[max(0, match.start() - _BEFORE) : match.start()]))
    return next((school for match in own for school in _SCHOOLS if school == match.lastgroup), None)


def without_names(text: str) -> str:
    """Return a text in its normal form without the collections, numbers and schools that it names."""
    normal = _ALL_SCHOOLS.sub(" ", normalize(text).lower())
    if _SCHOOL.search(normal):
        normal = _OF_SCHOOLS.sub(" ", _SCHOOL.sub(" ", normal))
    named = [match.span() for match in _COLLECTION.finditer(normal) if _is_collection(match)]
    for start, end in reversed(named):
        normal = f"{normal[:start]} {normal[end:]}"
    return " ".join(_NUMBER.sub(" ", _THE_NTH.sub(" ", normal)).split()) if named else " ".join(normal.split())


def _is_collection(match: re.Match[str]) -> bool:
    if match["name"] in _EVERYDAY:
        return _TITLED.match(match.string, match.end()) is not None
    if _NAMES[match["name"]] not in _AMBIGUOUS or match["cue"] or " " in match["name"]:
        return True
    # «مسلم 1599» and nothing else.
    beside = match.string[: match.start()] + match.string[match.end() :]
    return _NAMES[match["name"]] == "muslim" and _ALONE.fullmatch(beside) is not None
