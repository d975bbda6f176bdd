"""What a report says itself, in both languages. Knows nothing of when it is said; scripture is never worded here."""

from __future__ import annotations

from fanar.bilingual import Bilingual

PLANNING = Bilingual("Planning the research", "وضع خطة البحث")
SECTION = Bilingual("{place} of {total}: {text}", "{place} من {total}: {text}")
CLOSING = Bilingual("Putting the report together", "جمع التقرير")

SUMMARY = Bilingual("Summary", "الخلاصة")
COUNTED = Bilingual("What was found in the installed sources: {counts}.", "ما وُجد في المصادر المثبَّتة: {counts}.")
NOTHING_AT_ALL = Bilingual(
    "I find nothing in the installed sources that answers this with confidence.", "لا أجد في المصادر المثبَّتة ما يجيب عن هذا بثقة."
)
SEE_ALSO = Bilingual("See also, cited above: {markers}", "وانظر كذلك ما سبق: {markers}")
NOT_A_RULING = Bilingual(
    "What follows is what the sources say, word for word; it is no fatwa. For a ruling in a case of your own, ask a qualified scholar.",
    "فيما يلي نصوص المصادر بألفاظها، وليست فتوى. وللفتوى في حالتك اسأل عالمًا مؤهلًا.",
)
WRITTEN_BY_A_MODEL = Bilingual(
    "The text between the headings was written by a language model from the passages below it; its quotations were checked.",
    "كتب نموذج لغوي النص الواقع تحت العناوين من المقاطع التي تليه، وقد دُقِّقت اقتباساته.",
)

DISAGREEMENT = Bilingual("Disagreement", "الخلاف")
SIDE_BY_SIDE = Bilingual(
    "The schools speak to this, each in its own source's words. They are set side by side and not weighed against each other.",
    "للمذاهب في هذا كلام، ننقل كل قول بلفظ مصدره، ونعرض الأقوال متجاورة دون ترجيح بينها.",
)
SAYS_THEY_DIFFER = Bilingual("A source says itself that there is disagreement:", "ويصرّح مصدر بوجود خلاف:")
NO_SCHOOL = Bilingual("School not stated", "مذهبه غير مذكور")

NOT_FOUND = Bilingual("What was not found", "ما لم يوجد")
NOTHING_FOR = Bilingual("{text}: nothing in {kinds} speaks to this with confidence.", "{text}: لا شيء في {kinds} يجيب عن هذا بثقة.")
LOOKED_FOR_IN_VAIN = Bilingual("Also looked for, without result: {texts}.", "وبُحث كذلك بلا نتيجة عن: {texts}.")

LIMITS = Bilingual("Limits of this report", "حدود هذا التقرير")
NOT_INSTALLED = Bilingual(
    "Not looked into, because none is installed: {kinds}. fanar corpora add NAME FILE --kind KIND adds one.",
    "لم يُنظر فيه لأنه غير مثبَّت: {kinds}. ويضيفه الأمر fanar corpora add NAME FILE --kind KIND.",
)
NO_WEB = Bilingual("The web was not searched: this platform has no web search.", "لم يُبحث في الويب: لا بحث في الويب لدى هذه المنصة.")
LEFT_OUT = Bilingual(
    "More was asked than one report looks into. Left out: {texts}.", "في السؤال أكثر مما يتسع له تقرير واحد، ولم يُنظر في: {texts}."
)
BY_SEARCH = Bilingual(
    "Verses were chosen by a calibrated confidence, other passages by the words they share with the question; both miss what is said in "
    "other words.",
    "اختيرت الآيات بثقة معايَرة، وسائر المقاطع بما تشارك فيه السؤال من ألفاظ؛ وقد يفوت كليهما ما قيل بألفاظ أخرى.",
)
MODEL_ABSENT = Bilingual(
    "The language model did not answer; where it did not, the passages stand for themselves.",
    "لم يُجب النموذج اللغوي؛ وحيث لم يُجب تُركت المقاطع لتتكلم بنفسها.",
)
GRAVE = Bilingual(
    "The matter is grave, so no language model wrote around the sources.", "المسألة خطيرة، فلم يكتب نموذج لغوي شيئًا حول النصوص."
)

REFERENCES = Bilingual("References", "المراجع")
QUOTE = Bilingual("“{}”", "«{}»")
CUT = Bilingual("[… shortened here; whole in the references of the report]", "[… اختُصر هنا، ونصه الكامل في مراجع التقرير]")
AND = Bilingual(", ", "، ")
EACH = Bilingual("{number} {name}", "{name}: {number}")
COUNTS = {
    "quran": Bilingual("passages of the Quran", "مواضع من القرآن"),
    "tafsir": Bilingual("of commentary", "من التفسير"),
    "hadith": Bilingual("hadith", "أحاديث"),
    "fiqh": Bilingual("of jurisprudence", "نصوص فقهية"),
    "fatwa": Bilingual("of fatwas", "فتاوى"),
    "supplication": Bilingual("supplications", "أدعية"),
}
"""What is counted, by kind."""
