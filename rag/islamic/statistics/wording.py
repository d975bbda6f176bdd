"""The sentences in which counts and their conventions are told. Knows nothing of counting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fanar.arabic.agreement import form_after
from fanar.bilingual import Bilingual, Language
from fanar.scripture.order import place_at
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from rag.islamic.divisions.table import Part
from rag.islamic.divisions.telling import called
from rag.islamic.passages import verses_called
from rag.islamic.phrases import listed
from rag.islamic.statistics.queries import Unit

BY_FORM = Bilingual(
    "How it was counted: in Tanzil's text (Hafs, Kufan count) in everyday spelling, by written form and not by root or meaning; "
    "vowels are not compared, pronouns written onto a word make another form. "
    "The basmala counts only where it is a verse (1:1) or in one (27:30).",
    "طريقة العدّ: في نص تنزيل (رواية حفص، العدّ الكوفي) بالرسم الإملائي، بصورة الكلمة لا بجذرها ولا بمعناها؛ "
    "لا يُنظر إلى الحركات، وما اتصل به ضمير صورة أخرى. ولا تُحسب البسملة إلا آيةً في الفاتحة وفي النمل 27:30.",
)
BY_WORDS = Bilingual(
    "How it was counted: words are what spaces part in Tanzil's Uthmani text, letters what is written there without vowels and "
    "small letters; the 112 basmalas that stand before surahs as no verse are not counted.",
    "طريقة العدّ: الكلمة ما فصلته المسافات في رسم تنزيل العثماني، والحرف ما رُسم فيه دون الحركات والحروف الصغيرة؛ "
    "ولا تُحسب البسملات الـ112 التي تسبق السور وليست آيات.",
)
BY_LETTER = Bilingual(
    "How it was counted: letters are what is written in Tanzil's Uthmani text without vowels and small letters; "
    "ا, و and ي count with the hamza they carry, ي with ى, ه without ة; "
    "the 112 basmalas that stand before surahs as no verse are not counted.",
    "طريقة العدّ: الحرف ما رُسم في رسم تنزيل العثماني دون الحركات والحروف الصغيرة؛ "
    "وتُحسب الألف والواو والياء مع ما حملته من الهمز، والألف المقصورة مع الياء، ولا تُحسب التاء المربوطة مع الهاء؛ "
    "ولا تُحسب البسملات الـ112 التي تسبق السور وليست آيات.",
)
BY_VERSES = Bilingual("By the Kufan count (Hafs, Madina mushaf).", "بالعدّ الكوفي (رواية حفص، مصحف المدينة).")
BY_DIVISIONS = Bilingual(
    "By the divisions of the Madina mushaf of 604 pages; another printing has other pages.",
    "بتقسيم مصحف المدينة ذي الـ604 صفحات؛ وللطبعات الأخرى ترقيم آخر.",
)
BASMALA = {
    "count": Bilingual(
        "The basmala stands 114 times in the Quran: as verse 1:1, before 112 surahs, where it is no verse, and within 27:30.",
        "وردت البسملة في القرآن الكريم 114 مرة: آيةً في الفاتحة 1:1، وقبل 112 سورة وليست آية منها، وفي أثناء النمل 27:30.",
    ),
    "without": Bilingual("The one surah without a basmala before it: {surah}.", "السورة الوحيدة التي لا تسبقها بسملة: {surah}."),
    "twice": Bilingual(
        "The surah with two basmalas: {surah}, before it and within verse 27:30.",
        "السورة التي فيها بسملتان: {surah}؛ إحداهما قبلها والأخرى في الآية 27:30.",
    ),
}
BY_BASMALA = Bilingual(
    "In Tanzil's text (Hafs, Kufan count); other counts of verses take the basmala otherwise.",
    "في نص تنزيل (رواية حفص، العدّ الكوفي)؛ وللبسملة في غيره من مذاهب العدّ حكم آخر.",
)
BY_PLACE = Bilingual(
    "As two published tables have it alike (quran-json, quran-meta); scholars differ on some surahs.",
    "كما يتفق عليه جدولان منشوران (quran-json وquran-meta)؛ وفي بعض السور خلاف بين العلماء.",
)
BY_SIGN = Bilingual(
    "By the sign ۩ in Tanzil's text; the schools differ on some of them.", "بعلامة ۩ في نص تنزيل؛ وفي بعضها خلاف بين المذاهب."
)
ASK_ARABIC = Bilingual(
    "I count Arabic words, and do not guess which one “{word}” stands for: give me the Arabic word, for example: how many times does رحمة "
    "occur in the Quran?",
    "أعدّ الكلمات العربية ولا أخمّن مقابل «{word}»: اذكر الكلمة بالعربية، مثل: كم مرة وردت كلمة رحمة في القرآن؟",
)
NO_TABLE = {
    "order": Bilingual(
        "No verified table of the order of revelation is here, and scholars differ on it: I name none.",
        "لا جدول محققًا لديّ لترتيب النزول، وفيه خلاف بين العلماء، فلا أذكر ترتيبًا.",
    ),
    "ruku": Bilingual(
        "No verified table of ruku and manzil is here: I give no number. Juz, hizb, quarters and pages I can count.",
        "لا جدول محققًا لديّ للركوعات والمنازل، فلا أذكر عددًا؛ وأستطيع عدّ الأجزاء والأحزاب والأرباع والصفحات.",
    ),
}
NOWHERE = Bilingual(
    "“{phrase}” does not occur {where} in this form. Spelt otherwise, or with another ending, it may.",
    "لم ترد «{phrase}» {where} بهذه الصورة، وقد ترد بصورة أخرى.",
)
MANY_PLACES = Bilingual("Places ({count}): {places}.", "المواضع ({count}): {places}.")
SHOWN = Bilingual("The first of these verses:", "أول هذه الآيات:")


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun as numbers want it: in English one and many; in Arabic one, two, two behind «في», three to ten, eleven to 99."""

    one: str
    many: str
    single: str
    two: str
    of_two: str
    few: str
    eleven: str


def _noun(line: str) -> _Noun:
    return _Noun(*line.split("|"))


_NOUNS: Mapping[Unit, _Noun] = {
    "surah": _noun("surah|surahs|سورة|سورتان|سورتين|سور|سورة"),
    "juz": _noun("juz|juz|جزء|جزآن|جزأين|أجزاء|جزءًا"),
    "hizb": _noun("hizb|hizbs|حزب|حزبان|حزبين|أحزاب|حزبًا"),
    "quarter": _noun("quarter of a hizb|quarters of hizbs|ربع|ربعان|ربعين|أرباع|ربعًا"),
    "page": _noun("page|pages|صفحة|صفحتان|صفحتين|صفحات|صفحة"),
    "verse": _noun("verse|verses|آية|آيتان|آيتين|آيات|آية"),
    "word": _noun("word|words|كلمة|كلمتان|كلمتين|كلمات|كلمة"),
    "letter": _noun("letter|letters|حرف|حرفان|حرفين|أحرف|حرفًا"),
    "prostration": _noun("verse of prostration|verses of prostration|سجدة|سجدتان|سجدتين|سجدات|سجدة"),
}


def counted(number: int, unit: Unit, language: Language, *, inside: bool = False) -> str:
    """Return "3 verses", «3 آيات», «11 آية», «آيتان»; with `inside`, as it stands behind «في»."""
    noun = _NOUNS[unit]
    if language == "en":
        return f"{number:,} {noun.one if number == 1 else noun.many}"
    if number in (1, 2):
        return f"{noun.single} {'واحدة' if noun.single.endswith('ة') else 'واحد'}" if number == 1 else noun.of_two if inside else noun.two
    return f"{number:,} {form_after(number, single=noun.single, few=noun.few, many=noun.eleven)}"


def times(number: int, language: Language) -> str:
    """Return "3 times", «3 مرات»."""
    if language == "en":
        return "once" if number == 1 else f"{number:,} times"
    after = form_after(number, single="مرة", few="مرات", many="مرة")
    return "مرة واحدة" if number == 1 else "مرتين" if number == 2 else f"{number:,} {after}"


def surah_called(number: int, language: Language) -> str:
    """Return "Al-Baqarah (2)"."""
    surah = SURAHS[number - 1]
    return f"{surah.name if language == 'ar' else surah.transliteration} ({number})"


def where(references: tuple[VerseReference, ...], part: Part | None, place: str | None, language: Language) -> str:
    """Return where was counted: "in the Quran", «في سورة البقرة»."""
    inside = "في" if language == "ar" else "in"
    names = [verses_called(reference, language) for reference in references]
    names += [called(part, language)] if part is not None else []
    if place is not None:
        makki, madani = ("السور المكية", "السور المدنية") if language == "ar" else ("the Meccan surahs", "the Medinan surahs")
        names.append(makki if place == "makki" else madani)
    if not names:
        names = ["القرآن الكريم" if language == "ar" else "the Quran"]
    return f"{inside} {(' و' if language == 'ar' else ' and ').join(names)}"


def places(verses: Iterable[int], language: Language, *, most: int) -> str:
    """Return references of verses by their positions, at most so many, and how many more there are."""
    return listed([f"{surah}:{ayah}" for surah, ayah in map(place_at, verses)], language, most=most)
