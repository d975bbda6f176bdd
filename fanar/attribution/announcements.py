"""What the words around quotation marks say of who speaks between them. Knows nothing of the marks, or of the words they hold."""

from __future__ import annotations

import re

from fanar.arabic.normalization import normalize
from fanar.hadith.marks import ANNOUNCES as HADITH_ANNOUNCES

BEFORE = 100
"""A decision looks at most so many characters back."""

_ANNOUNCES = re.compile(
    r"تعالي|سبحانه|عز وجل|جل جلاله|جل وعلا|جل شانه|تبارك اسمه|(?:قال|يقول|قول|وقول) (?:الله|ربنا|ربك|رب العزه)|الله يقول"
    r"|كتابه الكريم|كتاب الله|(?:ال)?قران|التنزيل|\b[وفبلك]*(?:ال|لل)?اي(?:ه|ات|تين|تان)\b|\b[وفبلك]*(?:ال)?سوره\b"
    r"|allah (?:almighty )?(?:says|said|states|tells|commands|the almighty)|god says|qur'?an|\bverses?\b|\bayahs?\b|\bayat\b|\bsurah?\b"
)
_SOMEBODY_ELSE = re.compile(
    r"رسول الله|الرسول|النبي|نبينا|\b[وفبلك]*(?:ال)?حديث|الاحاديث|رواه|روي|صلي الله عليه|عليه الصلاه|عليه السلام|قدسي|السنه النبويه"
    r"|الشاعر|الدعاء|تفسير|فسر|(?:قال|يقول|ذكر) (?:ابن|ابو|الامام|الشيخ|الحافظ|العلامه|العلماء|المفسرون|الدكتور|عمر|عائشه)"
    r"|hadith|prophet|narrated|messenger"
)
_NARRATED = "رواه|روي|اخرجه|متفق عليه"
# What begins the next line is a heading of its own («* حديث شريف: …»), unless it stands in brackets or begins with the verb.
_CREDITED_TO_ANOTHER = re.compile(
    rf"^\W*(?:{_NARRATED})|^(?:[^\w\n]*|\W*[(\[]\W*)(?:{_NARRATED}|حديث|صحيح|سنن|مسند|البخاري|مسلم|الترمذي|ابو داود|ابن ماجه|احمد)"
)
_SENTENCE_ENDS = re.compile(r'[؟!»”﴾}"》›]|(?<!\d)\.\s|(?<![:*])\n\n')
_DIRECTLY = re.compile(r"(?::|تعالي|وجل|سبحانه|يقول|قال|قوله|[اي]يه|ايه الكريمه|ايات|says|said|verse)\W*$")
_THE_HADITH = re.compile(r"\b[وفبلك]*(?:ال)?حديث(?: (?:الشريف|النبوي|المشهور))*\W*$")
# «البخاري، كتاب الإيمان، باب …: "…"»; «قال البخاري: "…"» is his own word.
_COLLECTION = re.compile(
    r"^\W*(?:\w+\s+){0,2}?(?:(?:(?:رواه|روي|[وف]?في|من|حديث|صحيح|سنن|جامع|مسند|موطا)\s+)+(?:الامام\s+)?(?:مسلم|احمد|مالك)|(?:رواه\s+)?"
    r"(?:ال)?(?:بخاري|صحيحين|ترمذي|نسايي|ابو داود|ابي داود|ابن ماجه|دارمي))\b:?[^:]{0,60}:\W*$"
)
_HIS_OWN = re.compile(r"\b[وف]?(?:قال|يقول|ذكر|شرح|علق|سال|اجاب)\b")
_WHETHER = re.compile(r"(?<!\w)هل (?!تعلم|تعرف|سمعت|قرات|تذكر|تحفظ)|\bis (?:this|that|it)\b|\bare (?:these|those)\b")
# «أية» is "any", and in dialect "what", and only without its dots the same as «آية», a verse.
_NOT_A_VERSE = re.compile(r"\bأي[ةه]\b|\bايه\b")


def sentence_before(text: str, start: int) -> str:
    """Return what is said before `start` in the same sentence, as it is written."""
    before = text[max(0, start - BEFORE) : start]
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(before) if before[match.end() :].strip()]
    return before[ends[-1] :] if ends else before


def announcing(sentence: str) -> str:
    """Return the form of a sentence in which the other functions read it."""
    return normalize(_NOT_A_VERSE.sub(" ", sentence)).lower()


def announces_directly(before: str) -> bool:
    """Whether what is said ends as one does before another's words."""
    return _DIRECTLY.search(before) is not None


def announces_quran(before: str) -> bool:
    """Whether the Quran is what was spoken of last."""
    last = max((match.end() for match in _ANNOUNCES.finditer(before)), default=-1)
    other = max((match.end() for match in _SOMEBODY_ELSE.finditer(before)), default=-1)
    return last > other and "قدسي" not in before


def asks_whether(before: str) -> bool:
    """Whether it is asked if what follows is what it is said to be."""
    return _WHETHER.search(before) is not None


def announces_hadith(before: str) -> bool:
    """Whether the Prophet or a collection of hadith is what was spoken of last."""
    last = max((match.end() for match in HADITH_ANNOUNCES.finditer(before)), default=-1)
    verse = max((match.end() for match in _ANNOUNCES.finditer(before)), default=-1)
    return last > verse or "قدسي" in before or names_collection(before)


def names_hadith(before: str) -> bool:
    """Whether the last word is «حديث»."""
    return _THE_HADITH.search(before) is not None


def names_collection(before: str) -> bool:
    """Whether the line before is the name of a collection, and perhaps of a chapter, and a colon."""
    line = before.rpartition("\n")[2]
    return _COLLECTION.search(line) is not None and _HIS_OWN.search(line) is None


def speaks_for_another(said: str) -> bool:
    """Whether anybody is spoken of whose words might be quoted."""
    return _SOMEBODY_ELSE.search(said) is not None


def credits_another(behind: str) -> bool:
    """Whether what is said behind a quotation credits it to a collection of hadith."""
    return _CREDITED_TO_ANOTHER.match(normalize(behind)) is not None
