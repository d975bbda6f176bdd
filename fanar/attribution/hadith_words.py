"""The words of hadith as they are compared. Knows nothing of collections or quotations.

Prints differ in how they write hamza, and in the blessings that follow a name; neither makes a quotation wrong. The blessings are no
words of the narration and are left out on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.arabic.words import Word
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.likeness import is_clipped, lacks_letter
from fanar.attribution.spelling import LONGEST_WORD, Agreement, agreement
from fanar.attribution.written import bare, is_vocalised

_CARRIERS = str.maketrans("", "", "ءؤئ")
_ASKED = re.compile(r"أ[وف](?=لا|لم|ما)")
_NO_QUESTION = re.compile("[\u0651\u064b]")
_DOUBLED = re.compile(r"و(?=و)|ا(?=ا)")
_ONE_FORM = {"ابن": "بن", "الرحمان": "الرحمن", "اسحق": "اسحاق", "هاذا": "هذا", "هاولا": "هولا", "لاكن": "لكن", "سموات": "سماوات"}
BLESSINGS = (
    ("صلي", "الله", "عليه", "وعلي", "اله", "وصحبه", "وسلم"),
    ("صلي", "الله", "عليه", "وعلي", "اله", "وسلم"),
    ("صلي", "الله", "عليه", "واله", "وسلم"),
    ("صلي", "الله", "عليه", "وسلم"),
    ("عليه", "الصلاه", "والسلام"),
    ("رضي", "الله", "عنهما"),
    ("رضي", "الله", "عنها"),
    ("رضي", "الله", "عنهم"),
    ("رضي", "الله", "عنه"),
    ("عليه", "السلام"),
)
"""What is said behind a name, in words of the `search` form, the longest first."""

# Who joins a narrator's words to what he narrates writes one or the other.
_SAID = {form: verb for verb in ("قال", "قالت", "قالوا", "يقول") for form in (f"ف{verb}", f"و{verb}")}
LIGATURES = "ﷺﷻ"
_LIGATURES = frozenset(map(normalize, LIGATURES))
_FIRST = frozenset(blessing[0] for blessing in BLESSINGS)


ONE_KEY = _ONE_FORM | _SAID
"""Forms that are looked up as another word."""
_ALIKE = frozenset(ONE_KEY.values())


@lru_cache(maxsize=65_536)
def hadith_key(word: str) -> str:
    """Return the form in which a word is looked up: one for all spellings of its hamza."""
    if len(word) > LONGEST_WORD * 2:
        return ""
    key = _DOUBLED.sub("", normalize(word.translate(_CARRIERS)))
    return ONE_KEY.get(key, key)


def hadith_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a span as they are compared, without blessings."""
    # A tatweel by itself, with which some prints set blessings off, is no word.
    return _without_blessings([word for word in joined_words(text, start, end) if hadith_key(word.text)])


@lru_cache(maxsize=65_536)
def hadith_agreement(written: str, canonical: str) -> Agreement:
    """Return how far a written word agrees with one of the source: vowels count where both have them."""
    if written == canonical:
        return Agreement.SAME
    ours, theirs = normalize(written), normalize(canonical)
    if ours == theirs and not is_vocalised(written):
        return Agreement.SAME
    found = agreement(written, canonical)
    if found is Agreement.DIFFERENT and (ours == theirs or hadith_key(written) == hadith_key(canonical) in _ALIKE):
        return Agreement.SAME
    # Collections are in everyday spelling, in which الذي with another lam is no word.
    return found if ours.count("ل") == theirs.count("ل") else Agreement.DIFFERENT


def is_hadith_clipped(written: str, canonical: str) -> bool:
    """Whether `written` is the canonical word without a conjunction before it, or behind the alef that asks (ألا for أَوَلَا)."""
    if lacks_letter(written):
        return False
    letters = bare(canonical)
    # أَوَّلًا, "firstly", asks nothing.
    asked = None if _NO_QUESTION.search(canonical) else _ASKED.match(letters)
    return is_clipped(written, canonical) or (asked is not None and normalize(written) == normalize("أ" + letters[asked.end() :]))


def _without_blessings(words: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length = _blessing(words, at)
        if not length:
            kept.append(words[at])
        at += length or 1
    return kept


def _blessing(words: Sequence[Word], at: int) -> int:
    """Return how many words from `at` on are one blessing, 0 for none."""
    first = normalize(words[at].text)
    if first in _LIGATURES:
        return 1
    if first not in _FIRST:
        return 0
    said = tuple(normalize(word.text) for word in words[at : at + len(BLESSINGS[0])])
    return next((len(each) for each in BLESSINGS if said[: len(each)] == each), 0)
