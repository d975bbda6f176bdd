"""Finds surahs and famous verses by the names people write. Knows nothing of numbers or of running text.

A name is looked up by a key in which spellings fall together: article, hamza, marks, hyphens and spaces gone; in Latin letters also
long vowels, doubled letters, assimilated articles and the final -h.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fanar.arabic.normalization import normalize
from fanar.arabic.stopwords import STOPWORDS
from fanar.scripture.spellings import LATIN, coarse_key, is_one_slip, respellings
from fanar.scripture.surahs import SURAHS

LONGEST_NAME = 5
"""No name has more words than this."""

_LATIN_ARTICLE = re.compile(r"(?:a[ln]|as|ash|ad|adh|ar|at|ath|az|ul|el|the)[ -]+(?=\w{2})")
_ARTICLES = frozenset(("ال", "al", "an", "as", "ash", "ad", "adh", "ar", "at", "ath", "az", "ul", "el", "the"))
_GLUED_ARTICLE = re.compile(r"al(?=[^aeiou]\w\w)|a(?=(sh|dh|th|[nsdrtz])\1)")
_LATIN_FOLDS = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"[^a-z]", ""),
        ("ee|ii", "i"),
        ("oo|ou|uu", "u"),
    )
)
_ARABIZI = re.compile("[235679]")
_LETTERS = str.maketrans({"3": "", "5": "kh", "6": "t", "7": "h", "9": "s"})
_EDGE = 3
_SHORTEST_ARABIC, _SHORTEST_LATIN = 3, 4
_DIPHTHONG = re.compile(r"[ao][wu]")
_DOUBLED = re.compile(r"(th|sh|[a-z])\1")

# Names that are everyday words or people's names too: on their own, before a number, they are not surely surahs.
_EVERYDAY = (
    "آل عمران|النساء|يونس|هود|يوسف|إبراهيم|مريم|الأنبياء|الحج|النور|الشعراء|النمل|النحل|الروم|لقمان|فاطر|ص|ق|غافر|الدخان|محمد|الفتح|الطور"
    "|النجم|القمر|الرحمن|الحديد|الصف|الجمعة|الطلاق|الملك|القلم|نوح|الجن|الإنسان|البلد|الشمس|الليل|الفجر|الضحى|الشرح|التين|القدر|العصر"
    "|الفيل|قريش|الناس|النصر|الفلق|الإخلاص|الرعد|طه|سبأ|الحشر|الطارق|الأعلى|التوبة"
)

_FAMOUS = {
    (
        2,
        255,
        255,
    ): "آية الكرسي,ايه الكرسى,Ayat al-Kursi,Ayatul Kursi,Ayat ul Kursi,Ayatul Kursy,Throne Verse,Verse of the Throne",
    (2, 282, 282): "آية الدين,آية المداينة,Verse of Debt,Ayat al-Dayn,Ayat ad-Dayn",
    (24, 35, 35): "آية النور,Verse of Light,Light Verse,Ayat an-Nur,Ayat al-Nur",
    (2, 285, 286): "خواتيم البقرة,خواتيم سورة البقرة,خواتم البقرة,خواتم سورة البقرة,أواخر البقرة,أواخر سورة البقرة",
    (3, 190, 200): "خواتيم آل عمران,خواتيم سورة آل عمران",
    (18, 1, 10): "فواتح الكهف,فواتح سورة الكهف",
    (59, 22, 24): "خواتيم الحشر,خواتيم سورة الحشر,أواخر سورة الحشر",
    (9, 5, 5): "آية السيف,Verse of the Sword,Sword Verse",
    (33, 33, 33): "آية التطهير,Verse of Purification,Ayat al-Tathir",
    (33, 56, 56): "آية الصلاة على النبي",
    (33, 53, 53): "آية الحجاب,Verse of Hijab,Verse of the Hijab",
    (33, 21, 21): "آية الأسوة",
    (3, 61, 61): "آية المباهلة,Verse of Mubahala,Ayat al-Mubahala",
    (5, 55, 55): "آية الولاية,Ayat al-Wilaya",
    (5, 3, 3): "آية الإكمال,آية إكمال الدين",
    (5, 6, 6): "آية الوضوء,آية الطهارة,Verse of Wudu,Verse of Ablution",
    (5, 33, 33): "آية الحرابة,Verse of Hirabah",
    (4, 59, 59): "آية الطاعة,آية أولي الأمر,Verse of Obedience",
    (4, 34, 34): "آية القوامة",
    (2, 185, 185): "آية الصيام",
    (2, 183, 183): "آية فرض الصيام",
    (2, 177, 177): "آية البر,Verse of Righteousness",
    (2, 256, 256): "آية لا إكراه في الدين",
    (9, 60, 60): "آية الصدقات,آية مصارف الزكاة,آية الزكاة",
    (16, 90, 90): "آية العدل والإحسان",
    (3, 103, 103): "آية الاعتصام",
    (24, 31, 31): "آية الخمار",
    (33, 35, 35): "آية المسلمين والمسلمات",
    (42, 23, 23): "آية المودة",
    (17, 1, 1): "آية الإسراء",
    (58, 12, 12): "آية النجوى",
    (24, 2, 2): "آية الجلد",
    (48, 29, 29): "آية محمد رسول الله",
}


def name_key(name: str) -> str:
    """Return the key under which spellings of `name` fall together; it may be empty."""
    plain = normalize(name).lower()
    if not LATIN.search(plain):
        letters = "".join(letter for letter in plain if letter.isalnum())
        return letters.removeprefix("ال") if len(letters) > 3 else letters
    plain = plain.replace("'", "")
    article = _LATIN_ARTICLE.match(plain) or _GLUED_ARTICLE.match(plain)
    key = _DIPHTHONG.sub("u", plain[article.end() :] if article else plain)
    for pattern, target in _LATIN_FOLDS:
        key = pattern.sub(target, key)
    key = key.replace("aa", "a").replace("dh", "d").replace("q", "k").replace("e", "i").replace("o", "u")
    key = _DOUBLED.sub(r"\1", key)
    return key[:-1] if key.endswith("ah") else key


def _keys(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    table: dict[str, int] = {}
    for name, number in names:
        table.setdefault(name_key(name), number)
    return table


def _unambiguous(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    table: dict[str, set[int]] = {}
    for name, number in names:
        table.setdefault(coarse_key(name), set()).add(number)
    return {key: numbers.pop() for key, numbers in table.items() if key and len(numbers) == 1}


_PRIMARY = _keys((name, s.number) for s in SURAHS for name in (s.name, s.transliteration))
_ANY = _PRIMARY | {
    key: number
    for key, number in _keys((name, s.number) for s in SURAHS for name in (*s.aliases, s.meaning)).items()
    if key not in _PRIMARY
}
_COARSE = _unambiguous((name, s.number) for s in SURAHS for name in (s.name, s.transliteration))
_BEGINNINGS = frozenset(key[:size] for key in _ANY for size in (1, 2))
_STARTS = frozenset(key[:size] for key in _PRIMARY for size in range(1, len(key) + 1))
_EVERYDAY_NUMBERS = frozenset(_PRIMARY[name_key(name)] for name in _EVERYDAY.split("|"))
_FAMOUS_KEYS = {name_key(name): verses for verses, names in _FAMOUS.items() for name in names.split(",")}


def surah_number(name: str, *, introduced: bool) -> int | None:
    """Return the number of the surah called `name`. Unusual names and spellings count only where the word "surah" introduced them."""
    if _ARABIZI.search(name):
        return next((number for spelling in _spelled_out(name) if (number := surah_number(spelling, introduced=introduced))), None)
    found = (_ANY if introduced else _PRIMARY).get(name_key(name))
    if found is not None or not introduced:
        return found
    respelt = next(
        (number for spelling in respellings(name) if spelling != name and (number := _ANY.get(name_key(spelling))) is not None), None
    )
    return _COARSE.get(coarse_key(name)) if respelt is None else respelt


def surah_meant(name: str) -> int | None:
    """Return the number of the surah whose name `name` is in English («Cow»), or one of its other names, as it is spelled."""
    return _ANY.get(name_key(name)) if name else None


def nearest_surah(name: str) -> int | None:
    """Return the number of the one surah whose usual name is one slip of the pen away from `name`."""
    key = name_key(name)
    if len(key) < (_SHORTEST_LATIN if key.isascii() else _SHORTEST_ARABIC) or normalize(name) in STOPWORDS:
        return None
    numbers = {number for known, number in _PRIMARY.items() if is_one_slip(key, known)}
    return numbers.pop() if len(numbers) == 1 else None


def _spelled_out(name: str) -> tuple[str, str]:
    """Return a Latin name whose digits are Arabic letters in letters alone: 2 is qaf for some and hamza for others."""
    letters = name.translate(_LETTERS)
    return letters.replace("2", "q"), letters.replace("2", "")


def may_begin_name(word: str) -> bool:
    """Whether the name of a surah may begin with `word`, in its `search` form; says no only to Arabic words that begin none."""
    if "a" <= word[:1] <= "z" or word[:1] in ("3", "7") or word == "ال":
        return True
    return word[:2] in _BEGINNINGS or word.removeprefix("ال")[:2] in _BEGINNINGS


def begins_name(word: str) -> bool:
    """Whether the usual name of a surah may begin with `word`, in its `search` form, or be it; for names that no word introduced."""
    # What follows lengthens the key, but for an article, which goes, and for digits, which are spelled out first.
    if word in _ARTICLES or _ARABIZI.search(word):
        return True
    return name_key(word) in _STARTS or word.removeprefix("ال") in _STARTS


def is_everyday_word(number: int) -> bool:
    """Whether the usual name of this surah is also an everyday word or a person's name."""
    return number in _EVERYDAY_NUMBERS


def famous_verses(name: str) -> tuple[int, int, int] | None:
    """Return (surah, first, last) of the verses called `name` («آية الكرسي»)."""
    return _FAMOUS_KEYS.get(name_key(name))


def edge_verses(surah: int, *, last: bool) -> tuple[int, int]:
    """Return (first, last) of the verses that begin or end a surah: those that are called so, else three; negative from the end."""
    called = famous_verses(f"{'خواتيم' if last else 'فواتح'} {SURAHS[surah - 1].name}") if 1 <= surah <= len(SURAHS) else None
    if called is not None:
        return called[1:]
    return (-_EDGE, -1) if last else (1, _EDGE)
