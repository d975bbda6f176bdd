"""Which school of law a passage speaks for, and where passages speak of disagreement. Knows nothing of who is right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fanar.arabic.normalization import normalize
from fanar.arabic.sentences import sentences
from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.messages import Madhab

SCHOOLS: Mapping[Madhab, Bilingual] = {
    "hanafi": Bilingual("Hanafi", "الحنفية"),
    "maliki": Bilingual("Maliki", "المالكية"),
    "shafii": Bilingual("Shafi'i", "الشافعية"),
    "hanbali": Bilingual("Hanbali", "الحنابلة"),
}
_STEMS: Mapping[str, Madhab] = {
    "حنف": "hanafi",
    "hanaf": "hanafi",
    "مالك": "maliki",
    "malik": "maliki",
    "شافع": "shafii",
    "shafi": "shafii",
    "حنبل": "hanbali",
    "حنابل": "hanbali",
    "hanbal": "hanbali",
}
_FIELDS = ("madhab", "school")
_DIFFER = re.compile(
    r"(?<!\w)(?:و?(?:قد )?اختلف(?:ت|وا)? (?:\w+ )?(?:اهل العلم|العلما|الفقها|الايمه|المفسرون|المذاهب|اهل التاويل)"
    r"|و?(?:ال)?(?:خلاف|اختلاف) بين (?:اهل العلم|العلما|الفقها|الايمه|المذاهب)|مختلف فيه|مسال[هة] خلافي[هة])(?!\w)"
    r"|\bscholars (?:\w+ ){0,2}(?:differ|disagree)\w*|\b(?:differ(?:ed|ences?)|disagree(?:d|ment)?) (?:\w+ ){0,3}(?:scholars|jurists)\b"
    r"|\bdifferences? of opinion\b"
)
_LONGEST = 600


def school_of(document: Document) -> str:
    """Return the school that a passage's own record states: one of the four, another as it is written, or the empty string."""
    stated = next((str(value) for name in _FIELDS if (value := document.metadata.get(name))), "")
    return school_named(stated) or stated


def school_named(text: str) -> Madhab | None:
    """Return the school that the name of a school or of its book names, None for none of the four."""
    normal = normalize(text).casefold()
    return next((school for stem, school in _STEMS.items() if stem in normal), None)


def school_name(school: str) -> Bilingual:
    """Return what a school is called; one that is none of the four as it is written."""
    return next((name for known, name in SCHOOLS.items() if known == school), Bilingual(school, school))


def in_order(schools: Sequence[str]) -> list[str]:
    """Return the schools, each once, the four in their historical order, others behind them."""
    order = {str(school): place for place, school in enumerate(SCHOOLS)}
    return sorted(dict.fromkeys(schools), key=lambda school: (order.get(school, len(order)), school))


def disputed(text: str) -> str | None:
    """Return the first sentence of `text`, verbatim, that speaks of disagreement; None when none does."""
    for sentence in sentences(text):
        if len(sentence.text) <= _LONGEST and _DIFFER.search(normalize(sentence.text).casefold()):
            return sentence.text
    return None
