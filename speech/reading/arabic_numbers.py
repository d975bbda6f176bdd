"""Numbers in Arabic words, vowelled for a voice, with gender and case. Knows nothing of what is counted or of how dates are written."""

from __future__ import annotations

from fanar.arabic.agreement import form_after

_ZERO = "صِفْر"
# With a masculine noun, with a feminine one.
_UNITS = (
    ("", ""),
    ("واحِد", "واحِدَة"),
    ("اثْنانِ", "اثْنَتانِ"),
    ("ثَلاثَة", "ثَلاث"),
    ("أَرْبَعَة", "أَرْبَع"),
    ("خَمْسَة", "خَمْس"),
    ("سِتَّة", "سِتّ"),
    ("سَبْعَة", "سَبْع"),
    ("ثَمانِيَة", "ثَماني"),
    ("تِسْعَة", "تِسْع"),
    ("عَشَرَة", "عَشْر"),
)
_OBLIQUE = {"اثْنانِ": "اثْنَيْنِ", "اثْنَتانِ": "اثْنَتَيْنِ", "اثْنا": "اثْنَيْ", "اثْنَتا": "اثْنَتَيْ"}
_TENS = ("", "", "عِشْر", "ثَلاث", "أَرْبَع", "خَمْس", "سِتّ", "سَبْع", "ثَمان", "تِسْع")
_HUNDREDS = ("", "مِئَة", "مِئَت", "ثَلاثمِئَة", "أَرْبَعمِئَة", "خَمْسمِئَة", "سِتّمِئَة", "سَبْعمِئَة", "ثَمانِمِئَة", "تِسْعمِئَة")
# One of it, two of it without their ending, three to ten, eleven and more.
_SCALES = (
    (1_000_000_000_000, ("تِرِيلْيُون", "تِرِيلْيُون", "تِرِيلْيُونات", "تِرِيلْيُون")),
    (1_000_000_000, ("مِلْيار", "مِلْيار", "مِلْيارات", "مِلْيار")),
    (1_000_000, ("مِلْيُون", "مِلْيُون", "مَلايِين", "مِلْيُون")),
    (1_000, ("أَلْف", "أَلْف", "آلاف", "أَلْف")),
)
LARGEST = 10**15 - 1
_ORDINALS = ("", "أَوَّل", "ثاني", "ثالِث", "رابِع", "خامِس", "سادِس", "سابِع", "ثامِن", "تاسِع", "عاشِر")
_DIGITS = (_ZERO, "واحِد", "اثْنان", "ثَلاثَة", "أَرْبَعَة", "خَمْسَة", "سِتَّة", "سَبْعَة", "ثَمانِيَة", "تِسْعَة")


def cardinal(number: int, *, feminine: bool = False, oblique: bool = False) -> str:
    """Return a number from 0 to `LARGEST` in words, as it stands before a noun of that gender."""
    if number == 0:
        return _ZERO
    parts = []
    for scale, forms in _SCALES:
        count, number = divmod(number, scale)
        if count:
            parts.append(_scaled(count, forms, oblique=oblique))
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(_HUNDREDS[hundreds] + (_dual(oblique=oblique) if hundreds == 2 else ""))
    if rest:
        parts.append(_below_hundred(rest, feminine=feminine, oblique=oblique))
    return _joined(parts)


def ordinal(number: int) -> str:
    """Return the masculine definite ordinal of a number from 1 to 99: a day of a month."""
    tens, unit = divmod(number, 10)
    if number <= 10:
        return "ال" + _ORDINALS[number]
    first = "الحادي" if unit == 1 else "ال" + _ORDINALS[unit]
    if tens == 1:
        return f"{first} عَشَر"
    round_ten = f"ال{_TENS[tens]}ين"
    return f"{first} و{round_ten}" if unit else round_ten


def digits(text: str) -> str:
    """Return the digits of `text`, one after the other."""
    return " ".join(_DIGITS[int(digit)] for digit in text)


def _scaled(count: int, forms: tuple[str, str, str, str], *, oblique: bool) -> str:
    one, two, few, many = forms
    if count == 1:
        return one
    if count == 2:
        return two + _dual(oblique=oblique)
    counted = cardinal(count, oblique=oblique)
    # Before its noun a dual loses its ending: «مئتا ألف».
    return f"{counted.removesuffix('ن') if count % 1000 == 200 else counted} {form_after(count, single=many, few=few, many=many)}"


def _below_hundred(number: int, *, feminine: bool, oblique: bool) -> str:
    tens, unit = divmod(number, 10)
    if number <= 10:
        return _unit(number, feminine=feminine, oblique=oblique)
    if tens == 1:
        return _teen(unit, feminine=feminine, oblique=oblique)
    round_ten = _TENS[tens] + ("ين" if oblique else "ون")
    if not unit:
        return round_ten
    first = "إِحْدى" if unit == 1 and feminine else _unit(unit, feminine=feminine, oblique=oblique)
    return f"{first} و{round_ten}"


def _teen(unit: int, *, feminine: bool, oblique: bool) -> str:
    ten = "عَشْرَة" if feminine else "عَشَر"
    match unit:
        case 1:
            return f"{'إِحْدى' if feminine else 'أَحَد'} {ten}"
        case 2:
            two = "اثْنَتا" if feminine else "اثْنا"
            return f"{_OBLIQUE[two] if oblique else two} {ten}"
        case _:
            return f"{_UNITS[unit][feminine]} {ten}"


def _unit(number: int, *, feminine: bool, oblique: bool) -> str:
    word = _UNITS[number][feminine]
    return _OBLIQUE.get(word, word) if oblique else word


def _dual(*, oblique: bool) -> str:
    return "َيْن" if oblique else "ان"


def _joined(parts: list[str]) -> str:
    return " و".join(parts)
