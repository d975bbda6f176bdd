"""Arabic as a voice must see it: the long vowels that are heard and not written, the name of God, marks in the order the voice reads.

Spelling is changed for the ear alone; nobody is shown these texts.
"""

from __future__ import annotations

import re
import unicodedata

_MARK = "\u064b-\u0652"
_SHADDA, _DAGGER, _FATHA = "\u0651", "\u0670", "\u064e"
_SHORT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0652"
_SUN = "تثدذرزسشصضطظلن"
# What is heard long and written short; a conjunction or preposition may be joined to it.
_HEARD = {
    "هذا": "هاذا",
    "هذه": "هاذِهِ",
    "هذان": "هاذانِ",
    "هذين": "هاذَيْنِ",
    "هؤلاء": "هاؤُلاءِ",
    "ذلك": "ذالِكَ",
    "ذلكم": "ذالِكُم",
    "كذلك": "كَذالِكَ",
    "لكن": "لاكِن",
    "لكنه": "لاكِنَّهُ",
    "لكنها": "لاكِنَّها",
    "لكنهم": "لاكِنَّهُم",
    "لكنني": "لاكِنَّني",
    "لكني": "لاكِنّي",
    "لكننا": "لاكِنَّنا",
    "هكذا": "هاكَذا",
    "إله": "إلاه",
    "إلهي": "إلاهي",
    "إلهنا": "إلاهُنا",
    "إلهكم": "إلاهُكُم",
    "إسحق": "إسْحاق",
    "الإله": "الإلاه",
    "الرحمن": "الرَحْمان",
    "طه": "طاها",
    "يس": "ياسِين",
    "السموات": "السَماوات",
    "داود": "داوُود",
    "عمرو": "عَمْر",
    "مائة": "مِئَة",
    "أولئك": "أُلائِكَ",
}
_LEADING = {"": "", "و": "وَ", "ف": "فَ", "ب": "بِ", "ل": "لِ", "ك": "كَ", "وب": "وَبِ", "ول": "وَلِ", "أ": "أَ"}
_GOD = {
    "الله": "اللاه",
    "لله": "لِلْلاه",
    "اللهم": "أَلْلاهُمّ",
    "والله": "وَلْلاه",
    "بالله": "بِلْلاه",
    "تالله": "تَلْلاه",
    "فالله": "فَلْلاه",
    "ولله": "وَلِلْلاه",
    "وبالله": "وَبِلْلاه",
    "ياالله": "يا اللاه",
    "عبدالله": "عَبْدُ اللاه",
}
_WORD = re.compile(rf"[\u0621-\u064a\u0671{_DAGGER}{_MARK}\u0640]+")
_MARKS = re.compile(rf"[{_MARK}{_DAGGER}\u0640]")
_BEFORE_SUN = re.compile(rf"((?:^|[وفبك][{_MARK}]*)\u0627\u0644\u0652?[{_SUN}]){_SHADDA}")
_FEMININE_ENDING = re.compile(rf"ة[{_MARK}]*$")
_JOINED = re.compile(rf"([{_SHORT}]){_SHADDA}")


def bare(word: str) -> str:
    """Return a word without marks."""
    return _MARKS.sub("", word.replace("\u0671", "ا"))


def written_long(text: str) -> str:
    """Return `text` with the words spelled out whose long vowels are not written. To be done before vowels are guessed."""
    return _WORD.sub(lambda found: _long(found[0]), text)


def _long(word: str) -> str:
    plain = bare(word)
    if plain in _GOD:
        return word if word == plain else plain
    for leading, vowelled in _LEADING.items():
        if plain.startswith(leading) and (known := _HEARD.get(plain[len(leading) :])):
            return vowelled + known
    return word.replace(_DAGGER + "ى", "ى").replace("و" + _DAGGER, "ا").replace(_DAGGER, "ا") if _DAGGER in word else word


def for_voice(text: str, *, pause: bool = True) -> str:
    """Return vowelled text as the voice reads it. At a `pause` the last word loses its ending, as everybody reads it."""
    words = _WORD.sub(lambda found: _spelled(found[0]), text)
    if not pause:
        return words
    last = max(_WORD.finditer(words), key=re.Match.start, default=None)
    return words if last is None else words[: last.start()] + _paused(last[0]) + words[last.end() :]


def _spelled(word: str) -> str:
    plain = bare(word)
    if plain in _GOD:
        return _GOD[plain]
    word = _JOINED.sub(rf"{_SHADDA}\1", unicodedata.normalize("NFC", word).replace("\u0671", "ا"))
    # The voice doubles a sun letter behind the article by itself.
    return _BEFORE_SUN.sub(r"\1", word)


def _paused(word: str) -> str:
    if bare(word).endswith("ة"):
        return _FEMININE_ENDING.sub("ه", word)
    if word.endswith(("ًا", "اً")):
        return word[:-2] + _FATHA + "ا"
    stripped = word.rstrip(_SHORT)
    return stripped if len(bare(stripped)) > 1 else word
