"""Reads harvests with their water and herds with their fodder. Knows nothing of money, metals or of what is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from rag.islamic.zakat.amounts import ANOTHER, NUMBER, value
from rag.islamic.zakat.case import Animal, Crop, CropKind, Herd, Irrigation

_HERDS: tuple[tuple[Animal, str], ...] = (
    ("camels", r"ابل|جمال|جمل|جملا|ناقه|نوق|بعير\w?|بعران|بكره|camels?"),
    ("cattle", r"بقر\w*|جاموس\w*|ثور|ثيران|cows?|cattle|buffalo\w*|bulls?"),
    ("sheep", r"غنم\w*|شاه|شياه|نعجه|نعاج|خروف\w?|خرفان|خراف|كبش|كباش|ماعز|معز\w*|عنز\w*|ضان|حلال|sheep|goats?|ewes?|rams?"),
)
_HERD = tuple(
    (
        kind,
        re.compile(rf"{NUMBER} ?(?:راسا?|رووس|heads?)? ?(?:من |of )?(?:ال)?(?:{names})(?!\w)"),
        re.compile(rf"(?<!\w)[وف]?(?:ال)?(?:{names})(?!\w)"),
    )
    for kind, names in _HERDS
)
_FODDER = re.compile(
    r"(?<!\w)[وف]?(?:(?P<grazes>سايم\w*|ترعي|يرعي|يرعون|رعي|مرعي|(?:في|ب)?(?:ال)?مراعي|graz\w*|pastur\w*)|"
    r"(?P<fed>(?:ال)?معلوف\w*|نعلفها|اعلفها|يعلف\w*|علف|عامله|fodder|fed|feed\w*))"
)
_FOR_SALE = re.compile(r"(?<!\w)(?:لل?تجار\w*|للبيع|اتاجر\w*|for (?:sale|trade)|to sell|trad(?:e|ing) in)(?!\w)")
_CROPS: dict[str, CropKind] = {
    "قمح": "wheat", "حنطه": "wheat", "بر": "wheat", "wheat": "wheat", "شعير": "barley", "barley": "barley", "ارز": "rice", "رز": "rice",
    "rice": "rice", "ذره": "maize", "maize": "maize", "corn": "maize", "دخن": "millet", "millet": "millet", "تمر": "dates", "تمور": "dates",
    "dates": "dates", "زبيب": "raisins", "raisins": "raisins", "عدس": "lentils", "lentils": "lentils", "حمص": "chickpeas",
    "chickpeas": "chickpeas", "فول": "beans", "beans": "beans", "سمسم": "sesame", "sesame": "sesame", "زيتون": "olives", "olives": "olives",
    "لوز": "almonds", "almonds": "almonds", "فستق": "pistachios", "pistachios": "pistachios", "خضروات": "vegetables", "خضار": "vegetables",
    "vegetables": "vegetables", "فواكه": "fruits", "fruits": "fruits", "قطن": "cotton", "cotton": "cotton",
}  # fmt: skip
_KG = r"كيلوجرام\w*|كيلوغرام\w*|كيلو\w*|كجم|كغم?|طنا|طن|اطنان|kgs?|kilos?|kilograms?|tons?|tonnes?"
_CROP = re.compile(
    rf"{NUMBER} ?(?P<unit>{_KG}) ?(?:من |of )?(?:ال)?(?P<kind>{'|'.join(_CROPS)})(?!\w)|"
    rf"(?<!\w)(?:ال)?(?P<kind2>{'|'.join(_CROPS)})\w? ?(?:وزنه?ا? |حوالي |about )?"
    rf"{ANOTHER} ?(?P<unit2>{_KG})(?!\w)"
)
_TON = ("ط", "اط", "t")
_WATER = re.compile(
    r"(?<!\w)[وف]?(?:(?P<rain>ب?(?:ال)?(?:مطر|امطار)|بعلي?ه?|ب?(?:ال)?(?:عيون|انهار|نهر|سيل|سيول)|rain\w*|springs?|river)|"
    r"(?P<paid>ب?(?:ال)?(?:الات|اله|ماكين\w*|مكاين|مضخ\w*|مكينه|ابار|بير|كلفه|موتور\w*|تنقيط|رشاش\w*)|(?:ب?ال)?ري|نسقي\w*|اسقي\w*|مسقي\w*|irrigat\w*|pump\w*|wells?|drip))"
    # «ريال» is no «ري», «بيروت» no well.
    r"(?:ه|ها|هم|نا|ي|ات)?(?!\w)"
)
_UNEVEN = re.compile(r"(?<!\w)[وبلف]?(?:ال)?(?:ثلث\w*|ربع\w*|اكثر\w*|معظم\w*|غالب\w*|اغلب\w*|third|quarter|most\w*|mainly)(?!\w)")


def read_crops(text: str) -> tuple[list[Crop], bool, str]:
    """Return the harvests of a text in `search` form with digits, whether it tells the water of each, and the rest of the text."""
    found = list(_CROP.finditer(text))
    said = [_water_of(at, found, text) for at in range(len(found))]
    crops = [
        Crop(_CROPS[match["kind"] or match["kind2"]], _kilograms(match), water or "paid") for match, water in zip(found, said, strict=True)
    ]
    return crops, None not in said, _CROP.sub(" ", text)


def _kilograms(match: re.Match[str]) -> Fraction:
    number, scale, unit = (
        (match["number"], match["scale"], match["unit"]) if match["unit"] else (match["number2"], match["scale2"], match["unit2"])
    )
    return value(number, scale) * (1000 if unit.startswith(_TON) else 1)


def _water_of(at: int, crops: Sequence[re.Match[str]], text: str) -> Irrigation | None:
    """Return what waters a crop: what is said behind it, or of all; None where that is not told, or how much of each is not."""
    end = crops[at + 1].start() if at + 1 < len(crops) else len(text)
    own = {match.lastgroup for match in _WATER.finditer(text, crops[at].end(), end)} if len(crops) > 1 else set()
    said = own or {match.lastgroup for match in _WATER.finditer(text)}
    if len(said) == 1:
        return "rain" if "rain" in said else "paid"
    return "mixed" if said and (own or len(crops) == 1) and not _UNEVEN.search(text) else None


def read_herds(text: str) -> tuple[list[Herd], bool, str]:
    """Return the herds of a text in `search` form with digits, whether it tells of each how it feeds, and the rest of the text."""
    found: list[Herd] = []
    told = True
    for kind, pattern, names in _HERD:
        count = sum(int(value(match["number"], match["scale"])) for match in pattern.finditer(text))
        if count:
            grazes = _grazes(names, text)
            told = told and grazes is not None
            found.append(Herd(kind, count, grazes is not False))
    for _, pattern, _ in _HERD:
        text = pattern.sub(" ", text)
    return found, told, text


def for_sale(text: str) -> bool:
    """Whether what is told of is for sale."""
    return _FOR_SALE.search(text) is not None


def _grazes(names: re.Pattern[str], text: str) -> bool | None:
    """Return whether animals graze, by what stands nearest behind one of their names where of several herds different things are said."""
    said = list(_FODDER.finditer(text))
    if len({match.lastgroup for match in said}) <= 1:
        return said[0].lastgroup == "grazes" if said else None
    gaps = [(match.start() - name.end(), match.lastgroup) for name in names.finditer(text) for match in said if match.start() >= name.end()]
    return min(gaps)[1] == "grazes" if gaps else None
