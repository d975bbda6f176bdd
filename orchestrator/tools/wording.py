"""Reads the frame of a question to an exact tool, and writes its answer in the asker's digits. Knows nothing of any one tool."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.arabic.script import language_hint
from fanar.arabic.words import normal_forms
from fanar.bilingual import Language

LONGEST = 120
_ARABIC_DIGITS = re.compile(r"[\u0660-\u0669]")
_TO_ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
_SPACES = re.compile(r"\s+")
_DECIMALS = 12
_SHOWN = 6
FILLERS = normal_forms(
    "كم كام شحال قداش قديش أديش شكد شگد احسب احسبلي احسبي احسبها حسبلي حسب لي ما ماهو ماهي هو هي ناتج نتيجة حاصل قيمة عملية يساوي "
    "تساوي بيساوي "
    "بتساوي يطلع تطلع بيطلع بتطلع يكون تكون بيكون يعني لو سمحت من فضلك رجاء بسرعة الله يخليك عافاك بالضبط يا ترى جواب إيش ايه شو وش شنو "
    "what whats what's is are the result of value equals equal calculate compute work out how much please pls can could you tell me "
    "quickly hey "
    "does come to sum answer exactly"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt as the tools read it: its normal form, and how its answer is to be written."""

    text: str
    language: Language
    arabic_digits: bool

    def digits(self, text: str) -> str:
        """Return `text` with its numerals as the asker writes them."""
        return re.sub(r"\d[\d,]*(?:\.\d+)?", lambda m: m.group().translate(_TO_ARABIC), text) if self.arabic_digits else text


def read_question(text: str) -> Question | None:
    """Read a prompt; None for one that is too long to be sure of."""
    return None if len(text) > LONGEST or not text.strip() else _kept(text)


# All tools read the same prompt, one after the other.
@lru_cache(maxsize=8)
def _kept(text: str) -> Question | None:
    normal = _SPACES.sub(" ", normalize(text)).strip().rstrip("؟?!.=، ").strip()
    arabic_digits = _ARABIC_DIGITS.search(text) is not None
    language: Language = "ar" if arabic_digits or language_hint(text) == "ar" else "en"
    return Question(normal, language, arabic_digits) if normal else None


def without_fillers(words: list[str]) -> list[str]:
    """Return `words` without the question words before and after what is asked about."""
    start, end = 0, len(words)
    while start < end and words[start] in FILLERS:
        start += 1
    while end > start and words[end - 1] in FILLERS:
        end -= 1
    return words[start:end]


def show(value: Fraction) -> tuple[str, bool]:
    """Return a number for people, and whether it is exact; a decimal that never ends is rounded."""
    if value.denominator == 1:
        return f"{value.numerator:,}", True
    scaled = value * 10**_DECIMALS
    if scaled.denominator == 1:
        return _decimal(scaled.numerator, _DECIMALS), True
    places = _SHOWN
    while places < 30 and abs(value) * 10**places < 1000:
        places += 3
    return _decimal(round(value * 10**places), places), False


def _decimal(scaled: int, places: int) -> str:
    whole, part = divmod(abs(scaled), 10**places)
    digits = f"{part:0{places}d}".rstrip("0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}.{digits}" if digits else f"{sign}{whole:,}"
