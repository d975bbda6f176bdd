"""What each code point becomes when Arabic text is normalised: one table, built once. Knows nothing of words or offsets.

Every code point of the ranges that people write in has an entry, also those that stay as they are: `str.translate` raises and
catches an exception inside for each code point it does not find, and that is what makes it slow.
"""

from __future__ import annotations

import unicodedata

HAMZA = "\u0621"
TATWEEL = "\u0640"
DAGGER_ALEF = "\u0670"
SMALL_HIGH_YEH = "\u06e7"
SMALL_HIGH_NOON = "\u06e8"
SMALL_YEH = "\u06e6"
SILENT = "\u06df"

_VARIANTS = {
    "ا": "أإآٱٲٳٵ",
    "ب": "پٻڀ",
    "ت": "ٹٺټ",
    "ج": "چڃڄ",
    "د": "ڈډ",
    "ر": "ڑړ",
    "ز": "ژ",
    "ف": "ڤڢڡ",
    "ق": "ڨڧ",
    "ك": "کڪګڭگ",
    "ن": "ںڻ",
    "ه": "ةۃہۂۀھەۿ",
    "و": "ؤۋۆۇۈٶ",
    "ي": "ىئیېےۍێٸۓ" + SMALL_HIGH_YEH,
    SMALL_HIGH_NOON: "",
}
_DROPPED_LETTERS = HAMZA + "\u0674\u06e5" + SMALL_YEH + TATWEEL
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u0085"
_MARK_RANGES = (
    (0x0300, 0x036F),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x06D6, 0x06ED),
    (0x0890, 0x0891),
    (0x0897, 0x089F),
    (0x08CA, 0x08FF),
)
_INVISIBLE_RANGES = (
    (0x0000, 0x0008),
    (0x000E, 0x001F),
    (0x007F, 0x0084),
    (0x0086, 0x009F),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
    (0xE0100, 0xE01EF),
)
_IDENTITY_RANGES = ((0x0000, 0x024F), (0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08C9), (0x2000, 0x206F), (0x20A0, 0x20CF))
_COMPATIBILITY_RANGES = ((0x1E00, 0x1EFF), (0xFB00, 0xFB06), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E))
# Letters of Latin transliteration that no decomposition reaches.
_LATIN = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ʿ": "'", "ʾ": "'", "ʼ": "'", "’": "'", "‘": "'"}

MARKS = "".join(rf"\u{low:04x}-\u{high:04x}" for low, high in _MARK_RANGES) + DAGGER_ALEF + "\u200c-\u200f\u061c\u00ad"
"""Inside of a regular expression's character class: what may stand upon or between the letters of one word."""


def _span(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [code for low, high in ranges for code in range(low, high + 1)]


def _latin(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).lower()
    return "".join(_LATIN.get(c, c) for c in decomposed if not unicodedata.combining(c))


def _table() -> dict[int, str]:
    table = {code: chr(code) for code in _span(_IDENTITY_RANGES)}
    table |= {code: _latin(chr(code)) for code in _span(((0x0041, 0x005A), (0x00C0, 0x024F), (0x1E00, 0x1EFF))) if code not in (0xD7, 0xF7)}
    table |= {ord(source): target for source, target in _LATIN.items()}
    table |= {code: "" for code in _span(_MARK_RANGES) if code != 0x06DD}
    table |= dict.fromkeys(_span(_INVISIBLE_RANGES), "")
    table |= {ord(c): "" for c in _DROPPED_LETTERS + DAGGER_ALEF}
    table |= {ord(c): " " for c in _SPACES}
    table |= {ord(variant): letter for letter, variants in _VARIANTS.items() for variant in variants}
    table |= {ord(SMALL_HIGH_NOON): "ن", 0x06DD: "\u06dd", 0x06DE: "\u06de", 0x06E9: "\u06e9"}
    table |= {zero + digit: str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
    table |= {0x066A: "%", 0x066B: ".", 0x066C: ","}
    # A lone surrogate cannot be encoded; nothing after normalisation has to think of it.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    for code in _span(_COMPATIBILITY_RANGES):
        folded = unicodedata.normalize("NFKC", chr(code)).translate(table)
        if code not in (0xFD3E, 0xFD3F):
            table[code] = folded.strip() if 0xFE70 <= code <= 0xFE7F else folded
    return table


TABLE = _table()
"""Code point → what it becomes, possibly nothing."""


def _class(codes: list[int]) -> str:
    """Return sorted code points as ranges of a character class, which is searched for twenty times as fast as their list."""
    first = [code for at, code in enumerate(codes) if not at or codes[at - 1] + 1 != code]
    last = [code for at, code in enumerate(codes) if at + 1 == len(codes) or codes[at + 1] != code + 1]
    return "".join(rf"\U{low:08x}-\U{high:08x}" for low, high in zip(first, last, strict=True))


UNEVEN = _class(sorted(code for code, form in TABLE.items() if len(form) != 1))
"""Inside of a regular expression's character class: what becomes nothing, or more than one character."""
