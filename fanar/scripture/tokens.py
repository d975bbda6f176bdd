"""Cuts text into the numbers, words and marks that references are made of. Knows the words that introduce them, not their grammar."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast

from fanar.arabic.normalization import normalize_with_offsets
from fanar.arabic.words import normal_forms

# In Latin letters a digit may be a letter of Arabic: ba2ara, fati7a, 3ankabut.
_ARABIZI = r"[a-z]+(?:[235679](?=[a-z])[a-z]+)+|[37][a-z]{3,}(?:[235679][a-z]+)*"
_TOKEN = re.compile(rf"(?<![^\W_])(?P<arabizi>{_ARABIZI})(?!\w)|(?P<number>\d+)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<mark>\n|[^\s\w]|_)")
_TOO_LARGE = 10_000

_CLITICS = ("", "و", "ف", "ب", "ل", "ك")


def _with_clitics(*lines: str) -> frozenset[str]:
    return frozenset(clitic + form for form in normal_forms(*lines) for clitic in _CLITICS)


PLURAL_SURAH_WORDS = _with_clitics("سورتي سورتا سور") | normal_forms("surahs suras")
SURAH_WORDS = (
    PLURAL_SURAH_WORDS
    | _with_clitics("سورة السورة")
    | normal_forms("surah surat sura soorah soorat sourat sourate soura sorat suratu suratul")
)
DUAL_VERSE_WORDS = _with_clitics("آيتين الآيتين الآيتان آيتان آيتا آيتي")
PLURAL_VERSE_WORDS = DUAL_VERSE_WORDS | _with_clitics("آيات الآيات") | normal_forms("للآيات verses ayahs ayat ayaat ayas vv")
VERSE_WORDS = PLURAL_VERSE_WORDS | _with_clitics("آية الآية") | normal_forms("للآية verse ayah aya ayet v vs")
BOOK_WORDS = normal_forms("القرآن قرآن القران بالقرآن quran qur'an koran q qs coran kuran")
TOPIC_WORDS = SURAH_WORDS | BOOK_WORDS | VERSE_WORDS - normal_forms("v vs") | normal_forms("تعالى مصحف المصحف تفسير allah tafsir tafseer")
NUMBER_WORDS = normal_forms("رقم رقمها ذات الرقم رقمي number no nr #")
FROM_WORDS = normal_forms("من from")
PART_WORDS = normal_forms("جزء بعض صدر")
"""«جزء من الآية 255»."""
OF_WORDS = normal_forms("من في of in from mn min the ضمن بـ")
TO_WORDS = normal_forms("إلى الى حتى لغاية to through till until")
AND_WORDS = normal_forms("و and &")
FIRST_WORDS = normal_forms("أول أولى أوائل بداية مطلع first beginning start opening")
LAST_WORDS = normal_forms("آخر الأخيرة الأخيرتان الأخيرتين نهاية أواخر ختام last final end")
_NTH = "ثاني second|ثالث third|رابع fourth|خامس fifth|سادس sixth|سابع seventh|ثامن eighth|تاسع ninth|عاشر tenth"
NTH = {form: value for value, forms in enumerate(_NTH.split("|"), 2) for form in normal_forms(forms)}
"""«ثاني آية», "the third verse"."""
DASHES = frozenset("-–—‐‑−")
WITHIN_NAMES = DASHES | frozenset("'`")
BRACKETS_OPEN = frozenset("([")
BRACKETS_CLOSE = frozenset(")]")
NAME_OPENERS = frozenset("([﴿{")
OPENERS = frozenset('([{﴿﴾«"“')
CLOSERS = frozenset(')]}﴾﴿»"”')
SEPARATORS = frozenset(':،,/()[]{}«»"“”*_﴾﴿؛;|#') | DASHES

ONE = normal_forms("واحدة واحد")
_COUNTS = "آية واحدة one|اثنتين two|ثلاث three|أربع four|خمس five|ست six|سبع seven|ثمان ثماني eight|تسع nine|عشر ten"
COUNTS = {form: value for value, forms in enumerate(_COUNTS.split("|"), 1) for form in normal_forms(forms)}

# What shows that numbers around a colon are a time, a score, a scale, or a place in another book.
CLOCK_BEFORE = normal_forms(
    "الساعة ساعة للساعة بنتيجة نتيجة النتيجة score scored ratio odds scale نسبة بنسبة النسبة مقياس بمقياس won lost beat",
    "التكوين الخروج اللاويين التثنية إشعياء مزمور المزامير متى مرقس لوقا يوحنا رومية كورنثوس الرؤيا إنجيل سفر",
    "genesis exodus leviticus deuteronomy isaiah psalm psalms proverbs matthew mark luke john acts romans corinthians galatians hebrews",
    "revelation gospel bible",
)
CLOCK_AFTER = normal_forms("صباحا مساء ظهرا عصرا ليلا فجرا ص م توقيت بتوقيت ظهر am pm a p o'clock hours hrs gmt utc ratio دقيقة ساعة")
QUANTITY_AFTER = VERSE_WORDS | normal_forms("مرة مرات كلمة حرف صفحة ريال دولار كيلو times words pages percent %") | {"%"}


class Token(NamedTuple):
    """A number, a word in `search` form, or one mark; its offsets are those of the original text."""

    kind: Literal["number", "word", "mark"]
    text: str
    start: int
    end: int

    @property
    def value(self) -> int:
        """The number; what has more digits than any reference is one that no reference can have."""
        return int(self.text) if self.kind == "number" and len(self.text) <= 4 else _TOO_LARGE


END = Token("mark", "", 0, 0)
"""Stands before the first token and after the last one."""


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text`; white space is left out, but a line's end is a mark."""
    form = normalize_with_offsets(text)
    tokens = []
    for match in _TOKEN.finditer(form.text.lower()):
        kind = "word" if match.lastgroup == "arabizi" else cast('Literal["number", "word", "mark"]', match.lastgroup)
        tokens.append(Token(kind, match.group(), *form.original_span(*match.span())))
    return tokens
