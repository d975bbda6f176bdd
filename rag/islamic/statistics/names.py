"""The proper names of the Quran by which English asks for them. Knows nothing of how often they occur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from fanar.arabic.normalization import normalize

# How what opens surahs is written in Latin letters: the disjoined letters, and the first words of some.
_OPENINGS = {
    "alif lam mim": "الم",
    "alif lam meem": "الم",
    "alif laam meem": "الم",
    "alif lam ra": "الر",
    "alif lam mim ra": "المر",
    "alif lam mim sad": "المص",
    "ha mim": "حم",
    "ha meem": "حم",
    "haa meem": "حم",
    "ta sin mim": "طسم",
    "ta seen meem": "طسم",
    "ta sin": "طس",
    "ta ha": "طه",
    "taha": "طه",
    "ya sin": "يس",
    "yasin": "يس",
    "kaf ha ya ain sad": "كهيعص",
    "sad": "ص",
    "qaf": "ق",
    "nun": "ن",
    "noon": "ن",
    "alhamdulillah": "الحمد لله",
    "al hamdu lillah": "الحمد لله",
    "subhan": "سبحان",
    "qul": "قل",
    "tabarak": "تبارك",
}
_COLUMNS_OF_A_NAME = 2  # a borrowed word has a third

DISJOINED = frozenset(("الم", "الر", "المر", "المص", "حم", "طسم", "طس", "طه", "يس", "كهيعص", "ص", "ق", "ن"))
"""The letters that open some surahs, as everyday spelling writes them."""


def arabic_name(words: Sequence[str]) -> str | None:
    """Return the Arabic form of an English name or borrowed word, None where it is not listed."""
    return _by_english().get(_key(" ".join(words)))


def is_listed(word: str) -> bool:
    """Whether an Arabic word is one of the proper names."""
    return normalize(word) in _proper()


def arabic_opening(words: Sequence[str]) -> str | None:
    """Return what opens a surah by the Latin spelling of its sound («alif lam mim»), None for anything else."""
    return _OPENINGS.get(" ".join(words).lower().replace("-", " "))


@lru_cache(maxsize=1)
def _rows() -> Sequence[Sequence[str]]:
    lines = (files("rag.islamic.statistics") / "names.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _by_english() -> Mapping[str, str]:
    return {_key(english): row[0] for row in _rows() for english in row[1].split(";")}


@lru_cache(maxsize=1)
def _proper() -> frozenset[str]:
    return frozenset(normalize(row[0]) for row in _rows() if len(row) == _COLUMNS_OF_A_NAME)


def _key(name: str) -> str:
    return normalize(name).lower().replace("'", "").replace("-", "")
