"""What the Islamic pipeline says itself, in both languages. Knows nothing of when it is said; scripture is never worded here."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.bilingual import Bilingual, Language
from rag.islamic.zakat.wording import OWNED

SEARCHING = Bilingual("Searching the Quran", "البحث في القرآن")
WRITING = Bilingual("Writing an answer from the verses", "كتابة جواب من الآيات")
DIVIDING = Bilingual("Dividing the estate", "قسمة التركة")
READING = Bilingual("Looking the verse up", "استحضار الآية")

VERSES = Bilingual("Verses that speak to your question:", "آيات تتصل بسؤالك:")
VERSE = Bilingual("A verse that speaks to your question:", "آية تتصل بسؤالك:")
NO_SUPPLICATION = Bilingual(
    "From the Quran; I found no supplication for this in any installed collection:",
    "من القرآن الكريم؛ ولم أجد لهذا دعاءً فيما هو مثبَّت من مجموعات الأدعية:",
)
NO_RULING = Bilingual(
    "Related verses, not a ruling. For a ruling in your case, ask a qualified scholar or a fatwa council.",
    "آيات ذات صلة، وليست حكمًا شرعيًّا. وللفتوى في حالتك اسأل عالمًا مؤهلًا أو جهة إفتاء.",
)
NO_ANSWER = Bilingual("I find nothing in what I have that answers this with confidence.", "لا أجد فيما لدي ما يجيب عن هذا بثقة.")
ASK_SCHOLAR = Bilingual(
    "No book of jurisprudence is installed here, so I give no ruling; ask a qualified scholar or a fatwa council.",
    "لا كتاب فقه مثبَّتًا لدي، فلا أعطي حكمًا؛ اسأل عالمًا مؤهلًا أو جهة إفتاء.",
)
ASK_DOCTOR = Bilingual(
    "About a medicine or a treatment ask your doctor: do not change it or stop it on your own.",
    "اسأل طبيبك عن الدواء والعلاج، ولا تغيّره ولا توقفه من نفسك.",
)
FOUND_BY_SEARCH = Bilingual("Found by search, not an answer:", "نتائج بحث، وليست جوابًا:")
RESTS_ON = Bilingual("The verses that were found for this question:", "الآيات التي وُجدت لهذا السؤال:")
NO_COMMENTARY = Bilingual(
    "No commentary (tafsir) is installed here, so I give the text and no explanation; "
    "`fanar corpora add NAME FILE --kind tafsir` adds one.",
    "لا تفسير مثبَّتًا لدي، فأورد النص دون شرح؛ ويضيف تفسيرًا الأمر ‎`fanar corpora add NAME FILE --kind tafsir`‎.",
)
NO_SUCH_VERSE = Bilingual("There is no such verse in the Quran: {reference}.", "لا توجد في القرآن آية بهذا الرقم: {reference}.")
CONTINUED = Bilingual(
    "These are the first {shown} of {total} verses; the rest is at {url}", "هذه أول {shown} من أصل {total} آية، والبقية في {url}"
)
MADHAB_WITHOUT_EFFECT = Bilingual(
    "No book of jurisprudence is installed, so the chosen school has no effect on this answer.",
    "لا كتاب فقه مثبَّتًا، فلا أثر للمذهب المختار في هذا الجواب.",
)
AND_MORE = Bilingual(" and {count} more", " و{count} غيرها")
FALLBACK = Bilingual(
    "The preferred sources are not installed; the answer rests on the Quran.", "المصادر المفضَّلة غير مثبَّتة؛ يستند الجواب إلى القرآن."
)
FALLBACK_TO_OTHERS = Bilingual(
    "The preferred sources are not installed; the answer rests on those that are.", "المصادر المفضَّلة غير مثبَّتة؛ يستند الجواب إلى المثبَّت."
)
MODEL_ABSENT = Bilingual("The language model did not answer; these are the verses themselves.", "لم يُجب النموذج اللغوي؛ وهذه الآيات نفسها.")

MISSING = {
    "hadith": Bilingual(
        "No hadith collection is installed here, so I neither quote nor grade hadith; "
        "`fanar corpora add NAME FILE --kind hadith` adds one.",
        "لا مدونة حديث مثبَّتة لدي، فلا أنقل حديثًا ولا أحكم على درجته؛ ويضيفها الأمر ‎`fanar corpora add NAME FILE --kind hadith`‎.",
    ),
    "statistics": Bilingual(
        "I count words, phrases, verses, letters and surahs of the Quran; ask for one of them, for example: how many times does رحمة "
        "occur in Surah Al-Baqarah?",
        "أعدّ كلمات القرآن وعباراته وآياته وحروفه وسوره؛ فاسأل عن واحد منها، مثل: كم مرة وردت كلمة رحمة في سورة البقرة؟",
    ),
    "zakat": OWNED,
    "inheritance": Bilingual(
        "To divide an estate tell me who died, a man or a woman, and which relatives are left, how many of each.",
        "لأقسم التركة اذكر المتوفى، أرجل هو أم امرأة، ومن ترك من الورثة، وعدد كل صنف.",
    ),
    "prayer": Bilingual(
        "For prayer times and the qibla I need the city, for example: when is Maghrib in Doha?",
        "لمعرفة مواقيت الصلاة والقبلة اذكر المدينة، مثل: متى أذان المغرب في الدوحة؟",
    ),
    "calendar": Bilingual(
        "For a date of the Hijri calendar name the occasion or the day, for example: how many days until Ramadan?",
        "لمعرفة تاريخ هجري اذكر المناسبة أو اليوم، مثل: كم باقي على رمضان؟",
    ),
    "supplication": Bilingual(
        "No collection of supplications is installed here beside those in the Quran; "
        "`fanar corpora add NAME FILE --kind supplication` adds one.",
        "لا مجموعة أدعية مثبَّتة لدي سوى ما في القرآن؛ ويضيفها الأمر ‎`fanar corpora add NAME FILE --kind supplication`‎.",
    ),
    "tafsir": NO_COMMENTARY,
}
"""What is said where the source or tool for an intent is not there."""


def listed(names: Sequence[str], language: Language, *, most: int) -> str:
    """Return names one after the other, at most so many, and how many more there are."""
    more = AND_MORE.in_language(language).format(count=len(names) - most) if len(names) > most else ""
    return ("، " if language == "ar" else ", ").join(names[:most]) + more
