"""The words by which a prompt says what it wants, in `search` form. Knows nothing of what is done about it."""

from __future__ import annotations

import re

from fanar.arabic.words import normal_forms
from rag.islamic.danger import any_phrase

RULING = normal_forms(
    "حكم أحكام يجوز تجوز يجوزلي جائز حلال حرام حرمت محرم مباح مكروه واجب فرض فتوى أفتوني ينفع بينفع يصح يبطل يفطر بيصير",
    "ruling haram halal permissible permitted allowed forbidden prohibited obligatory sinful fatwa sin lawful",
    "allow allows let lets permit permits forbid forbids ban bans banned prohibit prohibits legal okay",
)
"""What asks whether something is lawful."""
OUGHT = normal_forms("should")
"""What asks so where a question begins with it: "Should a thief be forgiven?"."""

MEDICAL = normal_forms(
    "دواء دوائي أدوية أدويتي جرعة جرعات أنسولين انسولين سرطان كيماوي سكري السكري تخدير",
    "medicine medic medication dose insulin surgery surgeri cancer chemotherapy chemotherapi antidepress diabet",
)
"""What is a matter of a doctor."""
GRAVE = (
    normal_forms(
        "مرتد ردة ارتد يرتد تكفير كافر كفار أكفر زنديق ملحد شيعي شيعة سني رافضي وهابي داعش جهاد أقتل نقتل قتل انتحار أنتحر إجهاض أجهض",
        "إعدام رجم شذوذ مثلي مثليين علاج عملية حزب انتخابات انتخاب أنتخب ننتخب أصوت تصويت رئيس حكومة إسرائيل فلسطين ضرب أضرب اغتصاب انقلاب",
        "apostasy apostat infidel kafir takfir shia shiite sunni isis jihad kill killing suicide abort execut stoning stone gay lesbian",
        "homosexu transgend elect vote president govern israel palestin beat rape penalti punish behead flog lash عقوبة عقوبته عقوبتها",
    )
    | MEDICAL
)
"""What is a matter of life, of faith, of parties or of a doctor: the verses stand for themselves. English words also by their stems."""

WHO = normal_forms("من مين منو منهو شكون", "who")
DEEDS = normal_forms("قتل", "killed")
"""What was done to somebody, where it is asked who did it."""

_HADITH = any_phrase(
    (
        "(?:و|ف|ب|ل|ال|وال|بال|لل|هال)?(?:حديثا?|حديثين|احاديثا?)",
        "hadiths?|ahadith|bukhari|sahih muslim",
        "البخاري|صحيح مسلم|الترمذي|النسايي|ابو داود",
        "(?:ال)?(?:دليل|ادله)(?:ه|ها|هم)? (?:علي ذلك )?من (?:ال)?سنه",
        "(?:في|من) السنه النبويه|(?:proof|evidence) (?:from|in) the sunnah?",
    )
)
_STATISTICS = "|".join(
    (
        any_phrase(("(?:كم|كام|شحال|قديش|عدد) (?:من )?(?:مره|مرات|المرات).{0,60}(?:ذكر|ورد|تكرر|انذكر|مذكور|جات|تذكر|وردت|ذكرت|تكررت)",)),
        any_phrase(("عدد (?:مرات|كلمات|حروف|ايات|سور)", "how many (?:times|verses|words|letters|surahs|chapters)")),
    )
)
_ZAKAT = "|".join(
    (
        any_phrase(("(?:احسب|حساب|تحسب|احسبلي|حسب|calculate|compute).{0,60}(?:زكاه|زكاتي|zakat)",)),
        any_phrase((r"(?:زكاه|زكاتي|zakat).{0,60}\d{3,}", r"\d{3,}.{0,60}(?:زكاه|زكاتي|zakat)")),
    )
)
_INHERITANCE = any_phrase(
    (
        "(?:مات|توفي|ماتت|توفيت|هلك).{0,40}(?:وترك|وتركت|وخلف|وساب|وخلا)",
        "(?:احسب|قسم|اقسم).{0,30}(?:ميراث|الميراث|تركه|التركه|ورث|الورث)",
        "died (?:and left|leaving)",
        "(?:calculate|divide).{0,40}(?:inheritance|estate)",
    )
)
_PRAYER = any_phrase(
    (
        "(?:متي|امتي|ايمتي|وقتاش|فوقاش|مواقيت|موعد|كم باقي).{0,25}(?:اذان|ياذن|يوذن|كياذن|الفجر|الظهر|العصر|المغرب|العشا|صلاه|الصلاه)",
        "وقت (?:اذان|صلاه|الصلاه|الفجر|الظهر|العصر|المغرب|العشا)",
        "(?:اتجاه|وين|فين|جهه) القبله",
        "(?:prayer|salah|maghrib|fajr|isha|asr|dhuhr|zuhr) times?",
        "what time is",
        "qibla (?:direction|from)",
    )
)
NAMED_TOOLS = {
    "hadith": re.compile(_HADITH),
    "statistics": re.compile(_STATISTICS),
    "zakat": re.compile(_ZAKAT),
    "inheritance": re.compile(_INHERITANCE),
    "prayer": re.compile(_PRAYER),
}
"""What asks for a source or a tool by name, by intent."""
