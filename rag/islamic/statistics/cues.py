"""The words in which statistics are asked for, in `search` form. Knows no order of words."""

from __future__ import annotations

import re

from fanar.arabic.words import normal_forms
from fanar.scripture.tokens import BOOK_WORDS

HOW_MANY = normal_forms(
    "كم وكم كام وكام kam شحال اشحال قديش قداش اديش قدايش كمن شكد چم جم عدد العدد احسب احسبلي عد عدلي مجموع إحصاء "
    "how many much number count total"
)
TIMES = normal_forms("مرة مره مرات المرات المرة تكرار تكرارات ورود times time often occurrences occurrence frequency")
REPEATED = normal_forms("تكرار تكرارات ورود occurrences occurrence frequency often")
MENTION = re.compile(
    r"(?:و|ف)?(?:ا?ت|ي|ت|بي|بت|كي|كت|ات|ان|اتن|ي?ن)?(?:ذكر|تكرر|كرر|ورد|جا|وجد|تواجد)(?:ات|ت|ها|ه|وا|و)?(?:ش)?|تعاود(?:ت|ات)?|طلع(?:ت)?|مذكور[هات]*|وارد[هات]*|مكرر[هات]*|متكرر[هات]*|موجود[هات]*"
    r"|تستخدم|استخدمت|استعملت|mention(?:s|ed|ing)?|occur(?:s|red|ring)?|appear(?:s|ed|ing)?|repeated|used|named|exists?|found|comes?|said"
)
WORD = normal_forms("كلمة وكلمة الكلمة كلمه لفظ لفظة اللفظ مفردة اسم إسم الاسم لكلمة للفظ بكلمة لاسم word words name term")
PHRASE = normal_forms("عبارة جملة العبارة الجملة قوله تركيب phrase expression words")
LETTER = normal_forms("حرف الحرف letter")
QURAN = BOOK_WORDS | normal_forms("للقرآن والقرآن فالقرآن فالقران فالمصحف المصحف مصحف بالمصحف scripture mushaf")
SURAH = normal_forms(
    "سورة السورة سور السور والسور بالسور السوَر surah surahs sura suras chapter chapters surat soorah sourat soura sorat sora"
)
SURAHS = normal_forms("سور السور والسور surahs suras chapters")
VERSE = normal_forms("آية الآية آيات الآيات ايات آيه آياتها آياته اياتو verse verses ayah ayahs ayat aya ayas")
UNITS = {
    **dict.fromkeys(SURAH, "surah"),
    **dict.fromkeys(normal_forms("جزء أجزاء جزءا الأجزاء جزؤ juz juzs ajza juz' parts part"), "juz"),
    **dict.fromkeys(normal_forms("حزب أحزاب حزبا الأحزاب hizb hizbs ahzab"), "hizb"),
    **dict.fromkeys(normal_forms("ربع أرباع ربعا الأرباع quarters"), "quarter"),
    **dict.fromkeys(normal_forms("صفحة صفحات الصفحات page pages"), "page"),
    **dict.fromkeys(VERSE, "verse"),
    **dict.fromkeys(normal_forms("كلمة كلمات الكلمات كلماتها كلماته كلمه word words"), "word"),
    **dict.fromkeys(normal_forms("حرف حروف الحروف أحرف حروفها حروفه حرفا letter letters"), "letter"),
    **dict.fromkeys(normal_forms("سجدة سجدات السجدات سجود السجدة prostration prostrations sajdah sajda sajdas sajdahs"), "prostration"),
}
FREQUENT = normal_forms("كلمات الكلمات frequent common frequently ورودا تكرارا استخداما شيوعا")
LONGEST = normal_forms("أطول اطول الأطول أكبر اكبر الأكبر longest largest biggest")
SHORTEST = normal_forms("أقصر اقصر الأقصر أصغر اصغر الأصغر shortest smallest")
MOST = normal_forms("أكثر اكثر الأكثر أكتر اكتر most highest")
LEAST = normal_forms("أقل اقل الأقل fewest least lowest")
BEGIN = normal_forms(
    "تبدأ بلشت تبلش بتبلش بلش يبدأ بدأت تبتدئ تبتدي بتبدا بتبدأ كتبدا كتبدأ مبدوءة المبدوءة تفتتح افتتحت مفتتحة المفتتحة يفتتح "
    "أولها بدايتها "
    "begin begins beginning start starts starting open opens opening"
)
END = normal_forms("تنتهي ينتهي انتهت تختم ختمت تختتم المختومة مختومة آخرها نهايتها end ends ending")
CONTAIN = normal_forms(
    "فيها فيهم بها تحتوي يحتوي تحوي تضم تتضمن تجمع جمعت يجمع تشمل تذكر ذكرت تحتوى contain contains containing include includes"
    " including with "
    "mention mentions mentioning mentioned have has where that"
)
BOTH = normal_forms("معا بين كلا كلتا كل مع سويا جميعا both together")
AND = normal_forms("و and & مع plus")
MECCAN = normal_forms("مكية المكية مكيه مكي المكي مكيات meccan makki makkan makkiyah")
MEDINAN = normal_forms("مدنية المدنية مدني المدني مدنيات medinan madani madinan madaniyah")
REVEALED = normal_forms("نزلوا نزلت نزل أنزلت انزلت نزول نزلو revealed revelation")
WHICH = normal_forms("أي اي ما وش شو ايش شنو اذكر عدد هات اعرض اسرد انهي أنهي list which what show name give tell")
ORDER = normal_forms("ترتيب ترتيبها الترتيب order chronological chronology sequence")
REVELATION = REVEALED | normal_forms("النزول نزولها chronological chronology")
NUMBER = normal_forms("رقم رقمها number")
RUKU = normal_forms("ركوع ركوعات ركوعا منزل منازل ruku rukus rukoo manzil manzils")
BASMALA = normal_forms("البسملة بسملة بالبسملة للبسملة بسملتان بسملتين بسملات basmala basmalah bismillah")
WITHOUT = normal_forms("ليس ليست ليسش لا لم بدون بلا دون خالية مفيهاش مافيهاش مافيها مو مش without no not lacks lack doesn't")
TWICE = normal_forms("مرتين مرتان بسملتان بسملتين twice two")
DIVINE_NAME = re.compile(r"(?<!\w)لفظ[ةه]? الجلال[ةه](?!\w)")
"""«لفظ الجلالة» is «الله»."""
HONOURS = normal_forms("سيدنا سيدي النبي نبينا نبي السيدة السيد سيدتنا ستنا الرسول prophet the lady saint")
BLESSINGS = re.compile(
    r"صلى الله عليه (?:و ?آله )?وسلم|عليه(?:ا|م|ما)? (?:الصلاة و)?السلام|رضي الله عن(?:ه|ها|هم|هما)|عز وجل|جل جلاله|سبحانه وتعالى|ﷺ"
    r"|peace be upon (?:him|her|them)|\(?\b(?:pbuh|as|saw)\b\)?",
    re.IGNORECASE,
)

FRAME = (
    QURAN
    | HOW_MANY
    | normal_forms(
        "في من ب بال هل ما ماذا هو هي هم الذي التي اللي اللى على عن إلى ل لي ليا لنا كل جميع يوجد توجد هناك فيه فيها فيهن يكون"
        " تكون كان كانت كاين "
        "كاينة فين وين أين يا ترى لو سمحت من فضلك ممكن قل قولي قولولي خبرني اخبرني أخبرني علمني أعطني اعطيني عطيني احكيلي بالضبط تقريبا "
        "الكريم العظيم كريم كامل كاملا كاملة كله كلها كلو المجيد الحكيم و ذلك هذا هذه ده دي هاد هادي هاي بتاع ديال تاع تبع حقت"
        " أو أم ولا عندنا فيهم "
        "الموجودة الموجود إجمالي بها به أنها انو انه أنه أن ان قد تم ويش وشو وش شو ايش اش شنو شنهي هيه اي أي انهي كانت تكون"
        " بشكل عام عدد "
        "what's whats they them fi el b w رتب تنازليا تصاعديا منها مع وشنهي وش فقط واحد واحدة منهما كاملا "
        "the of in a an is are was were be been has have had do does did there it its this that these for from on at to by holy"
        " noble glorious please tell "
        "me give show list you can could i want know what which who whole entire exactly all any inside within throughout across"
        " s total and arabic "
        "whose with where many much how overall or",
    )
)
"""What says nothing of what is counted."""
