"""Says in both languages what a pattern or a lettering shows, for those who cannot see it. Knows nothing of drawing."""

from __future__ import annotations

from collections.abc import Mapping

from fanar.bilingual import Bilingual
from fanar.image.lettering.scripts import Script
from fanar.image.patterns.design import Decision

_STYLES: Mapping[str, Bilingual] = {
    "girih": Bilingual("A girih pattern of interlaced straps", "نقش جيريه من أشرطة متشابكة"),
    "zellij": Bilingual("A zellij mosaic", "فسيفساء زليج"),
}
_FOLDS: Mapping[int, Bilingual] = {
    6: Bilingual("six-pointed stars", "نجوم سداسية الرؤوس"),
    8: Bilingual("eight-pointed stars", "نجوم ثمانية الرؤوس"),
    10: Bilingual("ten-pointed stars", "نجوم عشارية الرؤوس"),
    12: Bilingual("twelve-pointed stars", "نجوم لها اثنا عشر رأسًا"),
}
_COLOURS: Mapping[str, Bilingual] = {
    "lapis": Bilingual("lapis blue and gold", "الأزرق اللازوردي والذهبي"),
    "fez": Bilingual("green, blue and white, as in Fez", "الأخضر والأزرق والأبيض كما في فاس"),
    "alhambra": Bilingual("blue, green and ochre, as in the Alhambra", "الأزرق والأخضر والمغرة كما في قصر الحمراء"),
    "isfahan": Bilingual("turquoise, as in Isfahan", "الفيروزي كما في أصفهان"),
    "cairo": Bilingual("the browns of Mamluk wood", "ألوان الخشب المملوكي البنية"),
    "doha": Bilingual("maroon and pearl, as in Doha", "العنابي واللؤلؤي كما في الدوحة"),
    "desert": Bilingual("sand and clay", "ألوان الرمل والطين"),
    "emerald": Bilingual("emerald green and gold", "الأخضر الزمردي والذهبي"),
    "ink": Bilingual("black and white", "الأسود والأبيض"),
    "pearl": Bilingual("pearl and grey", "اللؤلؤي والرمادي"),
}
_SCRIPTS: Mapping[Script, Bilingual] = {
    "kufic": Bilingual("in square kufic", "بالخط الكوفي المربع"),
    "naskh": Bilingual("in naskh", "بخط النسخ"),
}


def described(decision: Decision, *, text: str | None = None, script: Script = "naskh") -> Bilingual:
    """Return what the picture shows."""
    style, fold, colours = _STYLES[decision.style], _FOLDS[decision.fold], _COLOURS[decision.palette]
    pattern = Bilingual(f"{style.en} with {fold.en}, in {colours.en}", f"{style.ar} فيه {fold.ar}، بـ{colours.ar}")
    if text is None:
        return pattern
    written = _SCRIPTS[script]
    around = pattern.en[0].lower() + pattern.en[1:]
    return Bilingual(f"“{text}” {written.en}, framed by {around}", f"«{text}» {written.ar}، وحولها {pattern.ar}")
