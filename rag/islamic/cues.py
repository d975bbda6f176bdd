"""The words by which a prompt says what it wants, in `search` form. Knows nothing of what is done about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fanar.arabic.words import normal_forms

RULING = normal_forms(
    "حكم أحكام يجوز تجوز يجوزلي جائز حلال حرام حرمت محرم مباح مكروه واجب فرض فتوى أفتوني ينفع بينفع يصح يبطل يفطر بيصير",
    "ruling haram halal permissible permitted allowed forbidden prohibited obligatory sinful fatwa sin lawful",
    "allow allows let lets permit permits forbid forbids ban bans banned prohibit prohibits legal okay",
)
"""What asks whether something is lawful."""

GRAVE = normal_forms(
    "مرتد ردة ارتد يرتد تكفير كافر كفار أكفر زنديق ملحد شيعي شيعة سني رافضي وهابي داعش جهاد أقتل نقتل قتل انتحار أنتحر إجهاض أجهض",
    "إعدام رجم شذوذ مثلي مثليين دواء أدوية علاج جرعة عملية سرطان حزب انتخابات رئيس حكومة إسرائيل فلسطين ضرب أضرب اغتصاب انقلاب",
    "apostasy apostat infidel kafir takfir shia shiite sunni isis jihad kill killing suicide abort execut stoning stone gay lesbian",
    "homosexu transgend medicine medic dose insulin surgery surgeri cancer elect president govern israel palestin beat rape",
)
"""What is a matter of life, of faith, of parties or of a doctor: the verses stand for themselves. English words also by their stems."""

_BEFORE = "(?:^|(?<=[^\\w]))"
_AFTER = "(?![\\w])"


def _any(phrases: Iterable[str]) -> str:
    return _BEFORE + "(?:" + "|".join(phrases) + ")" + _AFTER


_OWN_DEATH = (
    "[وفلبهحسكن]{0,2}(?:انتحر|نتحر)",
    "(?:ا|ن|ب|ها|حا|بد?)?قتل (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?موت (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?ذبح (?:نفسي|روحي)",
    "[هحسب]?[ان]?(?:نهي|خلص من|خلص) (?:حياتي|عمري)",
    "[هحسب]?[ان]?(?:اوذي|وذي|اذي|جرح) (?:نفسي|حالي|روحي)",
    "و?(?:ابي|نبي|ابغي|ودي|بدي|عايزه?|عاوزه?|نفسي|اريد|بغيت|اتمني|حابب|حابه) (?:ان )?(?:[ان]موت|انتحر|ننتحر|الموت)",
    "(?:ب|كن)?(?:افكر|فكر|فكرت|تفكير|ناوي|ناويه) (?:في |ب|ف)?(?:ال)?انتحار?",
    "(?:ما|مش|مو|موش) ?(?:ابي|نبي|ابغي|بدي|عايزه?|عاوزه?|بغيتش?|حابب) (?:اعيش|نعيش)",
    "(?:ان|لو|اذا|لما) (?:انهيت|قتلت|موتت|ذبحت|اذيت) (?:حياتي|نفسي|حالي|روحي|عمري)",
    "(?:لم اعد|لا اعد|ما عدت|ما عاد|مو قادره?|مش قادره?|مبقتش قادره?|ما قدرت|ما بقيت) (?:\\w+ ){0,2}(?:ا|ن)?(?:حتمل|تحمل|ستحمل)"
    " (?:الحياه|حياتي|العيشه|عيشتي)",
    "kill(?:ing)? myself",
    "end(?:ing)? my (?:own )?life",
    "take my (?:own )?life",
    "(?:want|wanna|wish) to die",
    "wish i (?:was|were) dead",
    "suicidal",
    "(?:hurt|harm|cut)(?:ting|ing)? myself",
    "better off dead",
    "don'?t want to (?:live|be alive)",
)
SELF_HARM = re.compile(_any(_OWN_DEATH))
"""Somebody may be thinking of their own death."""

_HADITH = _any(
    (
        "(?:و|ف|ب|ل|ال|وال|بال|لل|هال)?(?:حديثا?|حديثين|احاديثا?)",
        "hadiths?|ahadith|bukhari|sahih muslim",
        "البخاري|صحيح مسلم|الترمذي|النسايي|ابو داود",
    )
)
_STATISTICS = "|".join(
    (
        _any(("(?:كم|كام|شحال|قديش|عدد) (?:من )?(?:مره|مرات|المرات).{0,60}(?:ذكر|ورد|تكرر|انذكر|مذكور|جات|تذكر|وردت|ذكرت|تكررت)",)),
        _any(("عدد (?:مرات|كلمات|حروف|ايات|سور)", "how many (?:times|verses|words|letters|surahs|chapters)")),
    )
)
_ZAKAT = "|".join(
    (
        _any(("(?:احسب|حساب|تحسب|احسبلي|حسب|calculate|compute).{0,60}(?:زكاه|زكاتي|zakat)",)),
        _any((r"(?:زكاه|زكاتي|zakat).{0,60}\d{3,}", r"\d{3,}.{0,60}(?:زكاه|زكاتي|zakat)")),
    )
)
_INHERITANCE = _any(
    (
        "(?:مات|توفي|ماتت|توفيت|هلك).{0,40}(?:وترك|وتركت|وخلف|وساب|وخلا)",
        "(?:احسب|قسم|اقسم).{0,30}(?:ميراث|الميراث|تركه|التركه|ورث|الورث)",
        "died (?:and left|leaving)",
        "(?:calculate|divide).{0,40}(?:inheritance|estate)",
    )
)
_PRAYER = _any(
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
