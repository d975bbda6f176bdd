"""Figures written out in both languages; vowel marks are taken off before Arabic is compared."""

from __future__ import annotations

import re

import pytest

from speech.reading import arabic_figures, english_figures
from speech.reading.figures import write_figures


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وصل 25 طالبا", "وصل خمسة وعشرون طالبا"),
        ("في ٣ كتب و٣ سنوات", "في ثلاثة كتب وثلاث سنوات"),
        ("11 سنة", "إحدى عشرة سنة"),
        ("12 رجلا", "اثنا عشر رجلا"),
        ("في 12 رجلا", "في اثني عشر رجلا"),
        ("100", "مئة"),
        ("21 طالبة", "إحدى وعشرون طالبة"),
        ("1447", "ألف وأربعمئة وسبعة وأربعون"),
        ("1,234,567", "مليون ومئتان وأربعة وثلاثون ألف وخمسمئة وسبعة وستون"),
        ("200000 ريال", "مئتا ألف ريال"),
        ("3000000", "ثلاثة ملايين"),
        ("0", "صفر"),
        ("عام 2026", "عام ألفين وستة وعشرين"),
        ("سنة 1447هـ", "سنة ألف وأربعمئة وسبعة وأربعين هجرية"),
        ("عام 1990م", "عام ألف وتسعمئة وتسعين ميلادية"),
        ("22/11/2026", "الثاني والعشرين من نوفمبر عام ألفين وستة وعشرين"),
        ("2026-01-01", "الأول من يناير عام ألفين وستة وعشرين"),
        ("2 مايو", "الثاني من مايو"),
        ("3 شباط", "الثالث من فبراير"),
        ("5 كانون الثاني 2026", "الخامس من يناير عام ألفين وستة وعشرين"),
        ("12 تشرين الأول", "الثاني عشر من أكتوبر"),
        ("3:30 مساء", "الثالثة والنصف مساء"),
        ("الساعة 15:05", "الساعة الثالثة وخمس دقائق مساء"),
        ("9:15 ص", "التاسعة والربع صباحا"),
        ("سعره 1,250.50 ر.ق", "سعره ألف ومئتان وخمسون فاصلة خمسون ريال قطري"),
        ("دفع 3 ريالات", "دفع ثلاثة ريالات"),
        ("$5", "خمسة دولارات"),
        ("2 €", "يورو"),
        ("100 USD", "مئة دولار أمريكي"),
        ("بنسبة 12.5%", "بنسبة اثني عشر فاصلة خمسة في المئة"),
        ("0.05", "صفر فاصلة صفر خمسة"),
        ("طوله 5 كم", "طوله خمسة كيلومترات"),
        ("35°", "خمس وثلاثون درجة"),
        ("من 10-15 سنة", "من عشرة إلى خمس عشرة سنة"),
        ("+974 4455", "تسعة سبعة أربعة أربعة أربعة خمسة خمسة"),
        ("1234567890123456", "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة صفر واحد اثنان ثلاثة أربعة خمسة ستة"),
        ("بـ50 ريالا", "بخمسين ريالا"),
        ("200 بيت", "مئتا بيت"),
        ("عام 2000 بدأ", "عام ألفين بدأ"),
        ("300 م", "ثلاثمئة متر"),
        ("سنة 622 م", "سنة ستمئة واثنين وعشرين ميلادية"),
        ("القرن 19", "القرن التاسع عشر"),
        ("$4.2 مليون", "أربعة فاصلة اثنان مليون دولار"),
        ("90 كم/س", "تسعون كيلومتر في الساعة"),
        ("-5°", "ناقص خمس درجات"),
    ],
)
def test_figures_in_arabic(text: str, said: str) -> None:
    assert re.sub("[\u064b-\u0652]", "", write_figures(text, arabic_figures)).replace("ًا", "ا") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On May 2, 2026", "On the second of May twenty twenty-six"),
        ("11/22/2026", "the twenty-second of November twenty twenty-six"),
        ("2 May", "the second of May"),
        ("99/99/2026", "nine nine nine nine two zero two six"),
        ("at 3:05 pm", "at three oh five P M"),
        ("15:00", "fifteen hundred hours"),
        ("9:00", "nine o'clock"),
        ("12:00 am", "twelve A M"),
        ("$5.50", "five dollars and fifty cents"),
        ("£1.01", "one pound and one penny"),
        ("3 QAR", "three Qatari riyals"),
        ("5 km", "five kilometres"),
        ("1 kg", "one kilogram"),
        ("20°C", "twenty degrees Celsius"),
        ("in 1999", "in nineteen ninety-nine"),
        ("in 1905", "in nineteen oh five"),
        ("2000.", "two thousand."),
        ("2026 people", "two thousand and twenty-six people"),
        ("the 21st and 2nd", "the twenty-first and second"),
        ("12.5%", "twelve point five percent"),
        ("10-15", "ten to fifteen"),
        ("1,000,001", "one million and one"),
        ("622 CE", "six hundred and twenty-two C E"),
        ("$2.5 billion", "two point five billion dollars"),
        ("AED 40", "forty dirhams"),
        ("the 1990s and 80s", "the nineteen nineties and eighties"),
        ("120 km/h", "one hundred and twenty kilometres per hour"),
        ("16 m²", "sixteen square metres"),
        ("-5°C", "minus five degrees Celsius"),
    ],
)
def test_figures_in_english(text: str, said: str) -> None:
    assert write_figures(text, english_figures) == said
