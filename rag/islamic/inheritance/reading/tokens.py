"""Words, numbers and stops of a story. Knows no word's meaning.

Spelling is folded only as far as kin allow: «ابنة» (a daughter) and «ابنه» (his son) stay apart, and so do «إخوان» and «أخوان».
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fanar.arabic.letters import MARKS

_MARK = re.compile(f"[{MARKS}ـ]")
_FOLD = str.maketrans({"أ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك", "گ": "ك", "’": "'"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
LONGEST_NUMBER = 15
"""Digits of a number that is still read as one."""
# «جدةلأم» are two words: ة ends one.
_TOKEN = re.compile(r"\d[\d,.٬٫]*\d|\d|[^\W\d_ة]+ة(?=[^\W\d_])|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]|\n")


class Token(NamedTuple):
    """One word, number or stop. `form` is folded, `hamza` says that an alef bore its hamza below, `start` is its place in the text.

    `number` is the one that is written in digits.
    """

    text: str
    form: str
    hamza: bool
    start: int
    end: int
    number: int | None

    @property
    def stop(self) -> bool:
        """Whether it is punctuation."""
        return not self.form[:1].isalnum()


def folded(text: str) -> str:
    """Return `text` in the spelling of tokens' forms, for patterns that are held against these."""
    return text.translate(_FOLD).replace("إ", "ا")


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order."""
    plain = _MARK.sub(lambda match: "\u200b" * len(match.group()), text)
    found = []
    for match in _TOKEN.finditer(plain.replace("\u200b", "")):
        word = match.group().translate(_DIGITS).lower()
        form = word.translate(_FOLD).replace("إ", "ا")
        number = _number(form) if form[0].isdigit() else None
        found.append(Token(word, form, "إ" in word, *match.span(), number))
    return found


def _number(form: str) -> int | None:
    digits = form.replace(",", "").replace("٬", "")
    # «²» is a digit to `isdigit`, but no number.
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_NUMBER else None
