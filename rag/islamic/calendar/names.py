"""Names of months and weekdays, Gregorian in three Arabic styles and in English, and Hijri. Knows nothing of arithmetic on dates."""

from __future__ import annotations

from fanar.arabic.normalization import normalize

GREGORIAN_AR = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
GREGORIAN_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
HIJRI_AR = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
)
HIJRI_EN = (
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Thani",
    "Jumada al-Ula",
    "Jumada al-Akhirah",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
)
WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# One line a month, `_` joins the words of one name.
_GREGORIAN = """
كانون_الثاني جانفي يناير كانون_ثاني january jan
شباط فيفري فبراير february feb
آذار مارس اذار march mar
نيسان أفريل أبريل ابريل إبريل april apr
أيار ماي مايو ايار may
حزيران جوان يونيو يونيه june jun
تموز جويلية يوليو يوليوز يوليه july jul
آب أوت أغسطس غشت اغسطس august aug
أيلول سبتمبر شتنبر سبتامبر september sept sep
تشرين_الأول أكتوبر اكتوبر أكتوبر october oct
تشرين_الثاني نوفمبر نونبر نوفامبر november nov
كانون_الأول ديسمبر دجنبر ديسامبر december dec
"""
_HIJRI = """
محرم المحرم muharram
صفر safar
ربيع_الأول rabi_al-awwal rabi_al_awwal rabi_i rabi_1 rabi'_al-awwal
ربيع_الثاني ربيع_الآخر rabi_al-thani rabi_al_thani rabi_ii rabi_al-akhir
جمادى_الأولى جمادى_الاول jumada_al-ula jumada_al_ula jumada_al-awwal jumada_i
جمادى_الثانية جمادى_الآخرة جمادى_الثاني جمادى_الاخر jumada_al-thani jumada_al-akhirah jumada_ii
رجب rajab
شعبان shaban sha'ban shaaban
رمضان ramadan ramadhan
شوال shawwal
ذو_القعدة ذي_القعدة ذوالقعدة dhu_al-qadah dhul_qadah dhul-qadah dhul_qidah dhul-qidah dhu_al-qi'dah
ذو_الحجة ذي_الحجة ذوالحجة dhu_al-hijjah dhul_hijjah dhul-hijjah dhu_al_hijjah
"""


def _read(table: str) -> dict[str, int]:
    rows = table.strip().splitlines()
    return {normalize(name.replace("_", " ")): month for month, row in enumerate(rows, start=1) for name in row.split()}


GREGORIAN_MONTHS = _read(_GREGORIAN)
"""Normalised name → number of the month."""
HIJRI_MONTHS = _read(_HIJRI)
"""Normalised name → number of the month."""
