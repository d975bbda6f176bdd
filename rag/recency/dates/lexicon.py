"""The words of time in Arabic, its dialects and English, as tables. Knows nothing of how they combine.

`|` stands between phrases of one meaning. Everything is kept as it is tokenised: in `search` form, apostrophes and hyphens gone.
"""

from __future__ import annotations

from typing import Literal

from fanar.arabic.words import normal_forms
from rag.islamic.calendar.names import GREGORIAN_MONTHS, HIJRI_MONTHS
from rag.islamic.calendar.occasions import OccasionName
from rag.recency.dates.periods import Calendar, Unit
from rag.recency.dates.tokens import phrases

Direction = Literal[-2, -1, 0, 1, 2]
PartOfDay = tuple[int, int]

DAYS = phrases(
    {
        0: "اليوم|النهارده|انهارده|النهاردة|ليوم|اليومه|هاليوم|today|todays",
        -1: "أمس|بالأمس|البارح|البارحة|امبارح|مبارح|إمبارح|ولبارح|لبارح|يوم أمس|yesterday|البارحه",
        1: "غدا|غد|بكرة|بكرا|بكره|باكر|باچر|باجر|غدوة|غدوا|غده|يوم غد|tomorrow",
        -2: "أول أمس|أول من أمس|أمس الأول|قبل أمس|أول امبارح|أول مبارح|أول البارح|أول البارحة|ولبارح لول|أول إمبارح|قبل البارح|"
        "قبل البارحة|the day before yesterday|day before yesterday|اول البارحه|ول البارح",
        2: "بعد غد|بعد بكرة|بعد بكرا|بعد بكره|بعد باكر|بعد باچر|بعد غدوة|بعد غدا|the day after tomorrow|day after tomorrow",
    }
)
UNITS: dict[tuple[str, ...], Unit] = phrases(
    {
        "minute": "minute|minutes|min|mins|دقيقة|دقائق|دقايق",
        "hour": "hour|hours|hrs|ساعة|ساعات",
        "day": "day|days|يوم|أيام|نهار",
        "week": "week|weeks|أسبوع|أسابيع|اسبوع|سيمانة|سيمانا|سمانة|سيمانات",
        "month": "month|months|شهر|أشهر|شهور|شهورة",
        "quarter": "quarter|quarters",
        "year": "year|years|سنة|سنين|سنوات|عام|أعوام",
    }
)
PRESENT: dict[str, Unit] = {
    "year": "year",
    "العام": "year",
    "السنه": "year",
    "month": "month",
    "الشهر": "month",
    "week": "week",
    "الاسبوع": "week",
}
PLURALS = normal_forms("days weeks months years hours minutes أيام أسابيع أشهر شهور سنين سنوات أعوام ساعات دقائق دقايق سيمانات")
DUALS: dict[tuple[str, ...], Unit] = phrases(
    {
        "minute": "دقيقتين|دقيقتان",
        "hour": "ساعتين|ساعتان",
        "day": "يومين|يومان",
        "week": "أسبوعين|أسبوعان",
        "month": "شهرين|شهران",
        "year": "سنتين|سنتان|عامين|عامان",
    }
)
VAGUE: dict[Unit, int] = {"minute": 30, "hour": 6, "day": 7, "week": 4, "month": 6, "quarter": 4, "year": 5}
"""What "the past few" of them are taken to be."""

THIS = normal_forms("هذا هذه هاد هادا هادي هذي هاي هاذ هاذا هده هدا هاته ذا ده دي دا هل this current present")
LAST, NEXT = normal_forms("last previous prior"), normal_forms("next coming upcoming following")
LEADS = {**dict.fromkeys(LAST | {"past"}, -1), **dict.fromkeys(NEXT, 1), "this": 0}
"""What stands before an English name of a day, month or season, and which of its kind it points to; Arabic has `TURNS` behind it."""
PAST_FEW = normal_forms("past last recent previous")

# What stands behind an Arabic noun, or an English "before last".
TURNS = phrases(
    {
        -2: "قبل الماضي|قبل الماضية|ما قبل الماضي|ما قبل الماضية|قبل اللي فات|قبل اللي فاتت|اللي قبل اللي فات|before last",
        -1: "الماضي|الماضية|ماضي|ماضية|الماضيين|المنصرم|المنصرمة|المنقضي|المنقضية|"
        "الفائت|الفائتة|الفايت|الفايتة|السابق|السابقة|الفات|الفاتت|"
        "اللي فات|اللي فاتت|اللي فاتو|اللي فاتوا|اللي راح|اللي راحت|اللي راحوا|اللي طاف|اللي طافت|اللي عدى|اللي عدت|اللي مضى|اللي مضت|"
        "إلي فات|إلي فاتت|الي راح|الي راحت|لي فات|لي فاتت|لي داز|لي دازت|اللي داز|اللي دازت|الراحل|اللي قبله|اللي قبلها",
        0: "الحالي|الحالية|الجاري|الجارية|هذا|هذه|ده|دي|هاد|هادا|هاي|هيدا|هيدي|ذا",
        1: "القادم|القادمة|المقبل|المقبلة|الجاي|الجاية|الجايه|الجي|جاي|جاية|الآتي|الآتية|التالي|التالية|اللي جاي|اللي جاية|اللي جايه|"
        "اللي جي|"
        "لي جاي|لي جاية|اللي بيجي|القادمين|المقبلين|الجايين|after next|القابل|القابلة|الماجي",
        2: "بعد القادم|بعد المقبل|بعد القادمة|بعد المقبلة|اللي بعد الجاي",
    }
)
RECENT = normal_forms("الأخيرة الأخيرين الأخير")
FEW = normal_forms("few several القليلة قليلة كم كام بضعة بضع عدة")
AROUND = normal_forms("حوالي نحو تقريبا قرابة زهاء شي about around roughly some")
LAST_AR = normal_forms("آخر اخر")
AGO_AR, IN_AR = normal_forms("قبل من"), normal_forms("بعد")

WEEKDAYS: dict[tuple[str, ...], int] = phrases(
    {
        0: "الاثنين|الإثنين|الاتنين|لتنين|الثنين|التنين|اثنين|monday|mondays",
        1: "الثلاثاء|الثلاثا|التلات|التلاتا|الثلوث|الثلاث|التلاتاء|لتلات|tuesday|tuesdays",
        2: "الأربعاء|الاربعا|الأربع|لاربع|لربع|الربوع|wednesday|wednesdays",
        3: "الخميس|لخميس|thursday|thursdays",
        4: "الجمعة|الجمعه|جمعة|لجمعة|friday|fridays",
        5: "السبت|سبت|لسبت|saturday|saturdays",
        6: "الأحد|الحد|لحد|الاحد|sunday|sundays",
    }
)
NOT_A_WEEKDAY_AFTER = normal_forms("black good cyber bloody super holy easter ash سورة صلاة خطبة")
NOT_A_WEEKDAY_BEFORE = normal_forms("السوداء البيضاء العظيمة الأسود times telegraph mirror express mail herald league")

PARTS: dict[tuple[str, ...], PartOfDay] = phrases(
    {
        (3, 6): "dawn|فجر|الفجر|فجرا",
        (5, 12): "morning|صباح|الصباح|صباحا|الصبح|صبح|ع بكير",
        (12, 18): "afternoon|ظهر|الظهر|ظهرا|بعد الظهر|عصر|العصر|عصرا|الضهر|العصرية",
        (18, 24): "evening|مساء|المساء|المسا|مسا|العشية|عشية|المغرب",
        (18, 30): "night|nights|ليل|ليلة|الليل|الليلة|ليلا|بالليل|بليل|فالليل|في الليل|باليل|باللّيل",
    }
)
NIGHT: PartOfDay = (18, 30)
SINGLE_PARTS = phrases(
    {
        (0, NIGHT): "tonight|الليلة|الليله|هالليلة|هاد الليلة",
        (-1, NIGHT): "last night|الليلة الماضية|الليلة الفائتة|ليلة البارحة|ليلة أمس|الليلة اللي فاتت|ليلة امبارح|overnight",
        (-2, NIGHT): "الليلة قبل الماضية|the night before last|night before last|ليلة أول أمس",
        (0, (5, 12)): "this morning|هذا الصباح|هالصبح|الصبح ده|هاد الصباح",
        (0, (12, 18)): "this afternoon|بعد ظهر اليوم",
        (0, (18, 24)): "this evening|هذا المساء|هالمسا|هاد العشية",
    }
)
WEEKENDS = phrases({0: "weekend|عطلة نهاية الأسبوع|نهاية الأسبوع|الويكند|ويكند|عطلة الأسبوع|الويك اند"})

MONTHS: dict[tuple[str, ...], tuple[Calendar, int]] = {
    **phrases(
        {("gregorian", number): "|".join(name for name in GREGORIAN_MONTHS if GREGORIAN_MONTHS[name] == number) for number in range(1, 13)}
    ),
    **phrases({("hijri", number): "|".join(name for name in HIJRI_MONTHS if HIJRI_MONTHS[name] == number) for number in range(1, 13)}),
    **phrases({("hijri", 11): "dhul qaada|dhul qada|dhu al qidah", ("hijri", 12): "dhul hijja|zul hijja|zul hijjah|dhu al hijja"}),
}
WEAK_MONTHS = normal_forms("may march mar jan feb apr jun jul aug sep sept oct nov dec august مارس ماي آب أيار جوان مايو آذار تموز نيسان")
"""Names that are other words or people's names too: they need a day, a year, or a word before them that shows what they are."""

OCCASIONS: dict[tuple[str, ...], OccasionName] = phrases(
    {
        "eid_al_fitr": "عيد الفطر|العيد الصغير|eid al fitr|eid ul fitr|eid fitr",
        "eid_al_adha": "عيد الأضحى|العيد الكبير|عيد الاضحي|eid al adha|eid ul adha|eid adha",
        "arafa": "يوم عرفة|عرفة|يوم عرفات|وقفة عرفات|the day of arafah|the day of arafat|arafah day|day of arafah",
        "ashura": "عاشوراء|يوم عاشوراء|ashura|day of ashura",
        "mawlid": "المولد النبوي|المولد النبوي الشريف|mawlid|mawlid al nabi",
        "new_year": "رأس السنة الهجرية|رأس السنه الهجريه|islamic new year|hijri new year",
        "last_ten_nights": "العشر الأواخر|العشر الأواخر من رمضان|العشر الاواخر من رمضان|last ten nights of ramadan|"
        "the last ten nights of ramadan|the last ten days of ramadan",
        "isra_miraj": "الإسراء والمعراج|isra and miraj",
        "mid_shaban": "النصف من شعبان|ليلة النصف من شعبان|mid shaban",
        "tashriq": "أيام التشريق|days of tashriq",
    }
)
OCCASION_DAYS: dict[OccasionName, int] = {"last_ten_nights": 0, "tashriq": 3}
"""How long they last where it is not a day; 0 is to the end of the month."""

HOLIDAYS: dict[tuple[str, ...], tuple[int, int]] = phrases(
    {
        (1, 1): "new year's day|رأس السنة الميلادية|رأس السنة",
        (12, 24): "christmas eve|ليلة عيد الميلاد",
        (12, 25): "christmas|christmas day|عيد الميلاد|عيد الميلاد المجيد|الكريسماس",
        (12, 31): "new year's eve|ليلة رأس السنة",
        (5, 1): "labour day|may day|عيد العمال|عيد العمال العالمي",
    }
)
SEASONS: dict[tuple[str, ...], int] = phrases(
    {
        3: "spring|الربيع|ربيع",
        6: "summer|الصيف|صيف",
        9: "autumn|fall|الخريف|خريف",
        12: "winter|الشتاء|شتاء|الشتا|شتا",
    }
)
QUARTERS = phrases(
    {
        1: "الربع الأول|first quarter|q 1",
        2: "الربع الثاني|second quarter|q 2",
        3: "الربع الثالث|third quarter|q 3",
        4: "الربع الرابع|الربع الأخير|fourth quarter|last quarter of|q 4",
    }
)
HALVES = phrases({1: "النصف الأول|first half", 2: "النصف الثاني|second half"})
THIRDS = phrases(
    {
        0: "early|the beginning of|beginning of|the start of|start of|الثلث الأول|أوائل|مطلع|بداية|مستهل|بدايات|أول|اول",
        1: "mid|the middle of|middle of|الثلث الثاني|منتصف|أواسط|نص|وسط",
        2: "late|the end of|end of|الثلث الأخير|الثلث الثالث|أواخر|نهاية|ختام|آخر|اخر",
    }
)

BEGINNINGS = {phrase: 0 for phrase, which in THIRDS.items() if which == 0}
BEFORE, AFTER = phrases({0: "before|prior to|ahead of|قبل|قبيل"}), phrases({0: "after|following|بعد|عقب"})
SINCE = phrases({0: "since|from|starting|من|منذ|مذ|ابتداء من|اعتبارا من|من وقت|من بعد"})
UNTIL = phrases({0: "until|till|up to|by|through|حتى|إلى غاية|لغاية|إلى حد|لحد|لحتى|لين|حتى نهاية يوم"})
AS_OF = phrases({0: "as of|as at|as things stood on|كما في|بحسب وضع|وفق وضع"})
DURING = phrases(
    {0: "in|on|during|of|over|within|throughout|في|خلال|أثناء|بتاريخ|يوم|نهار|ف|ب|في تاريخ|في يوم|في شهر|شهر|في خلال|خلال شهر"}
)
BETWEEN, FROM = phrases({0: "between|بين|ما بين"}), phrases({0: "from|من|منذ"})
AND, TO = normal_forms("and و"), phrases({0: "to|until|till|through|إلى|حتى|لغاية|ل|إلى غاية|إلى يوم|و|and"})

LATEST = phrases(
    {
        0: "latest|newest|now|right now|currently|at the moment|at present|breaking|most recent|recently|lately|nowadays|"
        "الآن|حاليا|الحين|هالحين|"
        "دلوقتي|دلوقت|هلق|هلأ|هلا|هسه|هسع|دابا|توا|توه|مؤخرا|أحدث|هالأيام|الأيام دي|هاي الأيام|هاد ليامات|"
        "just now|moments ago|a moment ago|قبل قليل|منذ قليل|قبل شوي|قبل شوية|من شوية|من شوي|للتو|"
        "هاليومين|هذه الأيام|اليومين دول|ذا الحين|ذحين|دحين|لحد الآن|"
        "حتى الآن|لحد هلق|لحد دلوقتي|المستجدات|آخر المستجدات|up to now|until now|as of now|as of today"
    }
)
NEWS = normal_forms(
    "أخبار الأخبار خبر تطورات التطورات مستجدات المستجدات تحديث تحديثات التحديثات أنباء الأنباء نتائج النتائج تصريحات تصريح الأسعار أسعار "
    "سعر أرقام إحصاءات حصيلة ما الحصيلة بيان بيانات"
)
NOT_TODAY_AFTER = normal_forms("صحيفة جريدة موقع قناة ذات usa russia psychology المصري روسيا العربي سوريا اليمن")
NOT_TODAY_BEFORE = normal_forms("السابع العالمي الوطني الدولي الأول الموعود الآخر")
OF_DAYS = normal_forms("أمس غد اليوم عرفة عاشوراء العيد القيامة")
