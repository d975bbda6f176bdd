"""Turns a text into what a voice reads, sentence by sentence, each stretch in its own language. Knows nothing of sound.

What is shown to nobody may be spelled for the ear: figures and abbreviations are written out, Arabic is vowelled where a
vocaliser is at hand, and what no voice can read (markup, pictures, paths of addresses) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fanar.arabic.script import language_hint
from fanar.arabic.sentences import sentences
from fanar.bilingual import Language
from speech.reading import arabic_figures, english_figures
from speech.reading.abbreviations import write_arabic, write_english
from speech.reading.arabic_spelling import for_voice, written_long
from speech.reading.figures import LATIN_CODES, UNITS, write_figures

Vocaliser = Callable[[str], str]

FIRST = 80  # characters of the first breath, so that it is heard soon
LONGEST = 300  # characters that are read in one breath; a longer sentence is taken apart at a comma or a space
_ARABIC_LETTER = r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
_LATIN_LETTER = r"[A-Za-z\u00c0-\u024f]"
_ARABIC_RUN = re.compile(rf"{_ARABIC_LETTER}+(?:[^A-Za-z\u00c0-\u024f]*{_ARABIC_LETTER}+)*")
# Codes and units behind a figure belong to the language of the figure.
_COUNTED = rf"(?:{LATIN_CODES}|{UNITS})(?![\w²/])"
_LATIN_RUN = re.compile(
    rf"(?<!{_LATIN_LETTER})(?!(?<=\d){_COUNTED})(?!(?<=\d\s){_COUNTED}){_LATIN_LETTER}(?:[\w'’&./-]*)(?:[\s,]+{_LATIN_LETTER}[\w'’&./-]*)*",
    re.ASCII,
)
_URL = re.compile(r"https?://(?:www\.)?([\w.-]{1,253})[^\s<>)\]]*", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>\n]{1,200}>|(?:[*_`>|~{}\\]|#(?!\d))+")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_CUT = re.compile(r"[،,؛;:]\s|\s")
_SAID = re.compile(r"\w")
_REPEATED = re.compile(r"(\W|[\u064b-\u0652])\1{3,}")
_STRETCHED = re.compile(r"(\w)\1{9,}")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are read in one breath in one language; `pause` says whether a sentence ends with them."""

    text: str
    language: Language
    pause: bool


class Reader:
    """Reads texts. `vocalise` puts the vowels into Arabic; without it they are left to the voice."""

    def __init__(self, *, vocalise: Vocaliser | None = None) -> None:
        self._vocalise = vocalise

    def read(self, text: str) -> Iterator[Passage]:
        """Yield the passages of a text, in order; none of a text without a word."""
        cleaned = _cleaned(text)
        usual = language_hint(cleaned)
        breaths = (breath for sentence in sentences(cleaned) for breath in _breaths(sentence.text, first=sentence.start == 0))
        for breath in breaths:
            yield from self._breath(breath, usual)

    def _breath(self, text: str, usual: Language) -> Iterator[Passage]:
        runs = [(language, run) for language, run in _runs(text, usual) if _SAID.search(run)]
        for number, (language, run) in enumerate(runs):
            pause = number == len(runs) - 1
            said = self._arabic(run, pause=pause) if language == "ar" else _english(run)
            if _SAID.search(said):
                yield Passage(said, language, pause)

    def _arabic(self, text: str, *, pause: bool) -> str:
        plain = written_long(write_figures(write_arabic(text), arabic_figures))
        return for_voice(self._vocalise(plain) if self._vocalise else plain, pause=pause)


def _english(text: str) -> str:
    return write_figures(write_english(text), english_figures)


def _cleaned(text: str) -> str:
    """Return what of a text is said: the names of links and the hosts of addresses, no markup, nothing invisible, no long repeats."""
    shown = _INVISIBLE.sub("", _LINK.sub(r"\1", text))
    named = _MARKUP.sub(" ", _URL.sub(r"\1", shown))
    return _STRETCHED.sub(r"\1\1\1", _REPEATED.sub(r"\1\1\1", named))


def _breaths(sentence: str, *, first: bool) -> Iterator[str]:
    most = FIRST if first else LONGEST
    while len(sentence) > most:
        places = [found.end() for found in _CUT.finditer(sentence, most // 3, most)]
        marked = [place for place in places if not sentence[place - 2].isspace() and sentence[place - 2] in "،,؛;:"]
        place = (marked or places or [most])[-1]
        yield sentence[:place]
        sentence, most = sentence[place:], LONGEST
    yield sentence


def _runs(text: str, usual: Language) -> Iterator[tuple[Language, str]]:
    """Yield the stretches of a text that are in one language. Figures and signs belong to the language around them."""
    language = _language_of(text, usual)
    other: Language = "en" if language == "ar" else "ar"
    place = 0
    for found in (_LATIN_RUN if language == "ar" else _ARABIC_RUN).finditer(text):
        yield language, text[place : found.start()]
        yield other, found[0]
        place = found.end()
    yield language, text[place:]


def _language_of(text: str, usual: Language) -> Language:
    arabic_letters, latin_letters = (len(re.findall(letter, text)) for letter in (_ARABIC_LETTER, _LATIN_LETTER))
    if not arabic_letters and not latin_letters:
        return usual
    return "ar" if 2 * arabic_letters >= latin_letters else "en"
