"""Sees at one look that a prompt counts nothing of the Quran: nearly none does, and taking one apart takes long. Knows no grammar."""

from __future__ import annotations

import re
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms, normal_words
from rag.islamic.statistics import cues

_COUNTS = re.compile(
    r"\b(?:كم|كام|كمن|جم|عد|قل)\b|شحال|قد[اي]|اديش|شكد|عدد|عدلي|مجموع|احص|احسب|تكرار|ورود|طول|قصر|كبر|صغر|كثر|كتر|اقل|سور|اي[اه]|حرف|ترتيب|"
    r"sura|soora|chapter|verse|aya|how|numb|count|total|occur|freq|gest|test|most|least|order"
)
# What is counted, or in what.
_SUBJECT = re.compile(
    r"سور|\b\w{0,2}(?:ايه|ايات|ايتين)|قران|مصحف|كتاب الله|نزل|مكي|مدني|ركوع|حرف|كلم|"
    r"sura|soora|vers|\bay[ae]|qur|koran|chapter|reveal|mecca|makk|medin|madin|ruku|letter|word|"
    r"\bمر(?:ه|ات)\b|ذكر|تكرر|مكرر|ورد|times|often|mention|occur|appear|sajd|سجد"
)
_COUNTING = (
    cues.HOW_MANY | cues.TIMES | cues.LONGEST | cues.SHORTEST | cues.MOST | cues.LEAST | cues.BEGIN | cues.END | cues.CONTAIN
    | cues.MECCAN | cues.MEDINAN | cues.REVEALED
    | normal_forms("أول آخر الأخيرة الأولى ثاني الثانية ثالث الثالثة first second third last final ترتيب رقم order ruku ركوع")
)  # fmt: skip


MENTIONED = frozenset(("<mentioned>",))
"""Stands among the words for any of `cues.MENTION`; no word is like it."""


def may_count(text: str) -> bool:
    """Whether a prompt may ask for a count."""
    return _COUNTS.search(normalize(text).lower()) is not None


def may_count_the_quran(text: str) -> bool:
    """Whether a prompt may ask for a count of something that the Quran has, and surely of nothing else."""
    # The words first: they are told apart faster than the expression is searched for, and few prompts have one.
    words = normal_words(text)
    counting = not _COUNTING.isdisjoint(words) or any(word[0].isdigit() or _mentions(word) for word in words)
    return counting and _SUBJECT.search(normalize(text)) is not None


def words_and_mentions(text: str) -> frozenset[str]:
    """Return the words of a prompt, in `search` form, with `MENTIONED` where one says that something is found."""
    words = frozenset(normal_words(text))
    return words | MENTIONED if any(map(_mentions, words)) else words


@lru_cache(maxsize=8192)
def _mentions(word: str) -> bool:
    return cues.MENTION.fullmatch(word) is not None
