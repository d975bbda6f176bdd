"""The rules that lines rest on, in both languages, each with its sources. Knows no numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fanar.bilingual import Bilingual

SchoolName = Literal["hanafi", "maliki", "shafii", "hanbali"]
SCHOOLS: Mapping[SchoolName, Bilingual] = {
    "hanafi": Bilingual("Hanafi", "الحنفي"),
    "maliki": Bilingual("Maliki", "المالكي"),
    "shafii": Bilingual("Shafii", "الشافعي"),
    "hanbali": Bilingual("Hanbali", "الحنبلي"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it says, and where it stands."""

    text: Bilingual
    source: Bilingual


def _rule(en: str, ar: str, source_en: str, source_ar: str) -> Rule:
    return Rule(Bilingual(en, ar), Bilingual(source_en, source_ar))


_MONEY = ("Abu Dawud 1573; al-Mughni, zakat of gold and silver", "أبو داود ١٥٧٣؛ المغني، باب زكاة الذهب والفضة")
_LETTER = ("Abu Bakr's letter, al-Bukhari 1454", "كتاب أبي بكر، البخاري ١٤٥٤")
_ACADEMY_SHARES = ("International Islamic Fiqh Academy, resolution 28 (3/4)", "مجمع الفقه الإسلامي الدولي، قرار ٢٨ (٣/٤)")
_JEWELLERY = (
    "al-Hidaya; Mukhtasar Khalil; Minhaj al-Talibin; al-Mughni, zakat of jewellery",
    "الهداية؛ مختصر خليل؛ منهاج الطالبين؛ المغني، زكاة الحلي",
)
_DEBT = ("al-Mughni; Minhaj al-Talibin; Mukhtasar Khalil, zakat of debts", "المغني؛ منهاج الطالبين؛ مختصر خليل، زكاة الدين")
_CROPS = ("Quran 6:141; al-Bukhari 1483, 1484", "الأنعام ١٤١؛ البخاري ١٤٨٣ و١٤٨٤")
_TREASURE = ("al-Bukhari 1499; Minhaj al-Talibin", "البخاري ١٤٩٩؛ منهاج الطالبين")
_FITR = ("al-Bukhari 1503, 1506; al-Hidaya, sadaqat al-fitr", "البخاري ١٥٠٣ و١٥٠٦؛ الهداية، صدقة الفطر")
_CATTLE = ("Muadh's hadith, Abu Dawud 1576, al-Tirmidhi 623", "حديث معاذ، أبو داود ١٥٧٦ والترمذي ٦٢٣")

RULES: Mapping[str, Rule] = {
    "gold": _rule(
        "Gold is counted by its pure weight; its nisab is 20 mithqals, 85 g.",
        "يُحسب الذهب بوزنه الخالص، ونصابه عشرون مثقالًا، ٨٥ جرامًا.",
        *_MONEY,
    ),
    "silver": _rule(
        "Silver is counted by its pure weight; its nisab is 200 dirhams, 595 g.",
        "تُحسب الفضة بوزنها الخالص، ونصابها مئتا درهم، ٥٩٥ جرامًا.",
        *_MONEY,
    ),
    "cash": _rule("Money is counted whole, like gold and silver.", "تُحسب النقود كلها، ولها حكم الذهب والفضة.", *_ACADEMY_SHARES),
    "quarter_of_tenth": _rule(
        "A quarter of a tenth (2.5 %) is due of what reaches the nisab.", "فيما بلغ النصاب ربع العشر (٢٫٥٪).", *_MONEY
    ),
    "below_nisab": _rule("Below the nisab nothing is due.", "لا زكاة فيما دون النصاب.", *_MONEY),
    "pooled_by_value": _rule(
        "Gold, silver, money and goods are added up by value.", "يُضم الذهب والفضة والنقود والعروض بالقيمة.", "al-Hidaya", "الهداية"
    ),
    "pooled_by_parts": _rule(
        "Gold, silver and money are added up as parts of their nisabs.",
        "يُضم الذهب والفضة والنقود بالأجزاء.",
        "Mukhtasar Khalil; al-Insaf",
        "مختصر خليل؛ الإنصاف",
    ),
    "not_pooled": _rule(
        "Gold and silver are not added to one another; each has its own nisab.",
        "لا يُكمَّل نصاب أحد النقدين بالآخر.",
        "Minhaj al-Talibin",
        "منهاج الطالبين",
    ),
    "jewellery_due": _rule("Jewellery is counted, worn or not.", "في الحلي زكاة، ملبوسًا كان أو مدخرًا.", *_JEWELLERY),
    "jewellery_exempt": _rule(
        "On permitted jewellery that is worn or lent nothing is due.", "لا زكاة في الحلي المباح المعد للاستعمال أو الإعارة.", *_JEWELLERY
    ),
    "forbidden_use": _rule(
        "What is used as is forbidden is counted, by all.", "تجب الزكاة في المستعمل استعمالًا محرمًا باتفاق.", *_JEWELLERY
    ),
    "trade_goods": _rule(
        "Trade goods are counted at their market value on the day zakat falls due.",
        "تُقوَّم عروض التجارة بسعر السوق يوم الوجوب.",
        "Abu Dawud 1562",
        "أبو داود ١٥٦٢",
    ),
    "goods_waiting": _rule(
        "Goods held for a rise in prices are due once, for one year, when they are sold.",
        "المحتكر يزكي سلعته لعام واحد إذا باعها.",
        "Mukhtasar Khalil",
        "مختصر خليل",
    ),
    "shares_trade": _rule(
        "Shares held for trade are counted at their market value.", "أسهم المتاجرة تُزكى بقيمتها السوقية.", *_ACADEMY_SHARES
    ),
    "shares_income": _rule(
        "Shares held for income are counted by their part of the company's zakatable assets.",
        "أسهم الاستثمار تُزكى بحصتها من موجودات الشركة الزكوية.",
        *_ACADEMY_SHARES,
    ),
    "receivable_counted": _rule(
        "A good debt owed to you is counted; it may be paid when received.", "الدين المرجو يُزكى، وله تأخير الإخراج إلى القبض.", *_DEBT
    ),
    "receivable_later": _rule("Nothing is due of it until it is received.", "لا زكاة فيه حتى يُقبض.", *_DEBT),
    "receivable_one_year": _rule("It is due for one year when it is received.", "يُزكى لعام واحد إذا قُبض.", *_DEBT),
    "receivable_past_years": _rule("It is due for all past years when it is received.", "يُزكى لما مضى من السنين إذا قُبض.", *_DEBT),
    "debts_deducted": _rule("What you owe to people is deducted.", "يُحسم ما عليك من دين للناس.", *_DEBT),
    "debts_after_property": _rule(
        "What you owe is deducted as far as other property does not cover it.", "يُحسم من الدين ما لا يقابله عرض زائد عن الحاجة.", *_DEBT
    ),
    "debts_not_deducted": _rule("Debts do not reduce zakat.", "لا يمنع الدين وجوب الزكاة.", *_DEBT),
    "rikaz": _rule("A fifth is due of buried treasure, at once.", "في الركاز الخمس، فورًا.", *_TREASURE),
    "rikaz_only_metal": _rule(
        "Only of gold and silver that reach the nisab a fifth is due.", "لا يجب الخمس إلا في ذهب أو فضة بلغا النصاب.", *_TREASURE
    ),
    "camels": _rule("Camels by the table of the letter.", "زكاة الإبل على ما في الكتاب.", *_LETTER),
    "camels_restart": _rule("Beyond 120 camels the count begins anew.", "تُستأنف الفريضة بعد مئة وعشرين.", "al-Hidaya", "الهداية"),
    "camels_forties": _rule(
        "Beyond 120 camels: for every forty a bint labun, for every fifty a hiqqa.",
        "فيما زاد على ١٢٠: في كل أربعين بنت لبون، وفي كل خمسين حقة.",
        *_LETTER,
    ),
    "camels_choice": _rule(
        "From 121 to 129 the collector chooses between two hiqqas and three bint labun.",
        "من ١٢١ إلى ١٢٩ يخيَّر الساعي بين حقتين وثلاث بنات لبون.",
        "Mukhtasar Khalil",
        "مختصر خليل",
    ),
    "cattle": _rule(
        "Of every thirty cattle a tabi, of every forty a musinna.", "في كل ثلاثين من البقر تبيع، وفي كل أربعين مسنة.", *_CATTLE
    ),
    "sheep": _rule(
        "Sheep and goats: 40 one, 121 two, 201 three, then one of every hundred.",
        "في الغنم: في ٤٠ شاة، وفي ١٢١ شاتان، وفي ٢٠١ ثلاث، ثم في كل مئة شاة.",
        *_LETTER,
    ),
    "livestock_below": _rule("Below the least number nothing is due.", "لا زكاة فيما دون النصاب.", *_LETTER),
    "grazing": _rule(
        "Only livestock that grazes freely most of the year and does not work is due.",
        "لا زكاة إلا في السائمة أكثر الحول غير العاملة.",
        *_LETTER,
    ),
    "crops_tenth": _rule("What rain and springs water: a tenth.", "فيما سقت السماء والعيون العشر.", *_CROPS),
    "crops_half_tenth": _rule("What is watered at a cost: half a tenth.", "فيما سُقي بكلفة نصف العشر.", *_CROPS),
    "crops_mixed": _rule(
        "Watered by both alike: three quarters of a tenth.", "ما سُقي بهما نصفين ففيه ثلاثة أرباع العشر.", "al-Mughni", "المغني"
    ),
    "crops_prevailing": _rule(
        "The prevailing way of watering decides.", "العبرة بالغالب من السقي.", "al-Hidaya; al-Mughni", "الهداية؛ المغني"
    ),
    "crops_proportion": _rule(
        "Each way of watering counts by its part.",
        "يُقسَّط الواجب على السقيين.",
        "Minhaj al-Talibin; Mukhtasar Khalil",
        "منهاج الطالبين؛ مختصر خليل",
    ),
    "crops_below": _rule("Below five wasqs nothing is due.", "ليس فيما دون خمسة أوسق صدقة.", *_CROPS),
    "crops_kind": _rule("In this school nothing is due of this crop.", "لا زكاة في هذا الصنف في هذا المذهب.", *_CROPS),
    "fitr_sa": _rule("A sa of the staple food for each person.", "صاع من غالب القوت عن كل شخص.", *_FITR),
    "fitr_half_sa": _rule("Half a sa of wheat for each person.", "نصف صاع من بُرّ عن كل شخص.", *_FITR),
}
