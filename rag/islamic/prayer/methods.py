"""The authorities' methods: by which angles and intervals they tell the times. Knows nothing of the sun.

Angles and intervals as published by the authorities, after the tables of PrayTimes.org ("Calculation methods"), of Adhan (METHODS.md) and
of AlAdhan ("Calculation methods"); where an authority adds minutes of precaution, `added` holds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fanar.bilingual import Bilingual

MethodName = Literal[
    "mwl",
    "isna",
    "egypt",
    "umm_al_qura",
    "karachi",
    "tehran",
    "jafari",
    "gulf",
    "dubai",
    "kuwait",
    "qatar",
    "singapore",
    "malaysia",
    "indonesia",
    "turkey",
    "france",
    "russia",
    "algeria",
    "tunisia",
    "morocco",
    "jordan",
    "portugal",
    "moonsighting",
]
Moment = Literal["fajr", "sunrise", "dhuhr", "asr", "sunset", "maghrib", "isha", "midnight", "last_third"]


@dataclass(frozen=True, slots=True)
class Method:
    """How one authority tells the times. Isha is by angle, or so many minutes after maghrib; `isha_ramadan` in Ramadan.

    `maghrib`: the sun's angle at maghrib where that is not sunset. `seasonal`: twilight by latitude and season.
    """

    name: Bilingual
    fajr: float
    isha: float | None = None
    isha_minutes: int | None = None
    isha_ramadan: int | None = None
    maghrib: float | None = None
    jafari_midnight: bool = False
    seasonal: bool = False
    added: Mapping[Moment, int] = field(default_factory=dict)


METHODS: Mapping[MethodName, Method] = {
    "mwl": Method(Bilingual("Muslim World League", "رابطة العالم الإسلامي"), 18, 17),
    "isna": Method(Bilingual("Islamic Society of North America", "الجمعية الإسلامية لأمريكا الشمالية"), 15, 15),
    "egypt": Method(Bilingual("Egyptian General Authority of Survey", "الهيئة المصرية العامة للمساحة"), 19.5, 17.5),
    "umm_al_qura": Method(
        Bilingual("Umm al-Qura University, Makkah", "جامعة أم القرى بمكة المكرمة"), 18.5, isha_minutes=90, isha_ramadan=120
    ),
    "karachi": Method(Bilingual("University of Islamic Sciences, Karachi", "جامعة العلوم الإسلامية بكراتشي"), 18, 18),
    "tehran": Method(
        Bilingual("Institute of Geophysics, University of Tehran", "معهد الجيوفيزياء بجامعة طهران"),
        17.7,
        14,
        maghrib=4.5,
        jafari_midnight=True,
    ),
    "jafari": Method(
        Bilingual("Shia Ithna Ashari, Leva Institute, Qum", "الشيعة الاثنا عشرية، معهد ليفا بقم"), 16, 14, maghrib=4, jafari_midnight=True
    ),
    "gulf": Method(Bilingual("Gulf region", "منطقة الخليج"), 19.5, isha_minutes=90),
    "dubai": Method(
        Bilingual("Awqaf, United Arab Emirates", "أوقاف الإمارات العربية المتحدة"),
        18.2,
        18.2,
        added={"sunrise": -3, "dhuhr": 3, "asr": 3, "maghrib": 3},
    ),
    "kuwait": Method(Bilingual("Kuwait", "الكويت"), 18, 17.5),
    "qatar": Method(Bilingual("Qatar", "قطر"), 18, isha_minutes=90),
    "singapore": Method(Bilingual("Islamic Religious Council of Singapore (MUIS)", "مجلس سنغافورة الإسلامي"), 20, 18, added={"dhuhr": 1}),
    "malaysia": Method(Bilingual("Department of Islamic Development Malaysia (JAKIM)", "إدارة التنمية الإسلامية الماليزية"), 20, 18),
    "indonesia": Method(Bilingual("Ministry of Religious Affairs, Indonesia", "وزارة الشؤون الدينية الإندونيسية"), 20, 18),
    "turkey": Method(
        Bilingual("Diyanet, Türkiye", "رئاسة الشؤون الدينية التركية"), 18, 17, added={"sunrise": -7, "dhuhr": 5, "asr": 4, "maghrib": 7}
    ),
    "france": Method(Bilingual("Musulmans de France (UOIF)", "مسلمو فرنسا (اتحاد المنظمات الإسلامية)"), 12, 12),
    "russia": Method(Bilingual("Spiritual Administration of Muslims of Russia", "الإدارة الدينية لمسلمي روسيا"), 16, 15),
    "algeria": Method(
        Bilingual("Ministry of Religious Affairs, Algeria", "وزارة الشؤون الدينية والأوقاف الجزائرية"), 18, 17, added={"maghrib": 3}
    ),
    "tunisia": Method(Bilingual("Ministry of Religious Affairs, Tunisia", "وزارة الشؤون الدينية التونسية"), 18, 18),
    "morocco": Method(
        Bilingual("Ministry of Habous, Morocco", "وزارة الأوقاف والشؤون الإسلامية المغربية"),
        19,
        17,
        added={"sunrise": -3, "dhuhr": 5, "maghrib": 5},
    ),
    "jordan": Method(Bilingual("Ministry of Awqaf, Jordan", "وزارة الأوقاف الأردنية"), 18, 18, added={"maghrib": 5}),
    "portugal": Method(Bilingual("Islamic Community of Lisbon", "الجالية الإسلامية في لشبونة"), 18, isha_minutes=77, added={"maghrib": 3}),
    "moonsighting": Method(
        Bilingual("Moonsighting Committee Worldwide", "لجنة رؤية الهلال العالمية"),
        18,
        18,
        seasonal=True,
        added={"dhuhr": 5, "maghrib": 3},
    ),
}

_USUAL: Mapping[MethodName, str] = {
    "qatar": "QA",
    "umm_al_qura": "SA YE",
    "egypt": "EG SD LY SY LB",
    "gulf": "BH OM",
    "dubai": "AE",
    "kuwait": "KW",
    "karachi": "PK IN BD AF",
    "isna": "US CA",
    "tehran": "IR",
    "singapore": "SG",
    "malaysia": "MY BN",
    "indonesia": "ID",
    "turkey": "TR",
    "france": "FR",
    "russia": "RU",
    "algeria": "DZ",
    "tunisia": "TN",
    "morocco": "MA EH",
    "jordan": "JO",
    "portugal": "PT",
}
_BY_COUNTRY = {country: method for method, countries in _USUAL.items() for country in countries.split()}


def usual_method(country: str | None) -> MethodName:
    """Return the method that is usual in a country (ISO 3166 code); the Muslim World League's where none is."""
    return _BY_COUNTRY.get(country or "", "mwl")
