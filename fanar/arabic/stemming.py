"""Stems of single words: three that forget more and more. Knows nothing of context; all take a word in its `search` form.

`light10` cuts article, conjunctions and the commonest endings (Larkey, Ballesteros, Connell: "Light stemming for Arabic", 2007).
`snowball` is the Snowball project's Arabic stemmer, or its English one for a word in Latin letters.
`root` is a guess at the consonants that carry the meaning, for recall where precision comes from elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import snowballstemmer

_CACHED_WORDS = 65_536
# Nobody writes such words; a cache of them would hold a hostile client's megabytes.
_LONGEST_WORD = 40

_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_DERIVED = ("است", "مست", "يست", "تست", "نست", "انت", "مت", "يت", "تت", "ان", "من", "م", "ت", "ي", "ن", "ا")
_WEAK = "اوي"

_ARABIC = snowballstemmer.stemmer("arabic")
_ENGLISH = snowballstemmer.stemmer("english")
# A Snowball stemmer keeps its word in itself while it works.
_snowball_lock = Lock()


def light10(word: str) -> str:
    """Return `word` without article, leading waw, and common endings; two letters always remain."""
    return _light10(word) if len(word) <= _LONGEST_WORD else word


def snowball(word: str) -> str:
    """Return Snowball's stem of `word`."""
    return _snowball(word) if len(word) <= _LONGEST_WORD else word


def root(word: str) -> str:
    """Return the consonants of `word` that may be its root, three where it can."""
    return _root(word) if len(word) <= _LONGEST_WORD else word


@lru_cache(maxsize=_CACHED_WORDS)
def _light10(word: str) -> str:
    if len(word) > 3 and word[0] == "و":
        word = word[1:]
    article = next((a for a in _ARTICLES if word.startswith(a) and len(word) - len(a) >= 2), "")
    word = word[len(article) :]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


@lru_cache(maxsize=_CACHED_WORDS)
def _snowball(word: str) -> str:
    stemmer = _ENGLISH if word.isascii() else _ARABIC
    with _snowball_lock:
        stem: str = stemmer.stemWord(word)
    return stem


@lru_cache(maxsize=_CACHED_WORDS)
def _root(word: str) -> str:
    stem = _light10(word)
    prefix = next((p for p in _DERIVED if stem.startswith(p) and len(stem) - len(p) >= 3), "")
    stem = stem[len(prefix) :]
    for at in range(len(stem) - 2, 0, -1):
        if len(stem) > 3 and stem[at] in _WEAK:
            stem = stem[:at] + stem[at + 1 :]
    # Form VIII writes its ta after the first consonant: اجتمع, محترم.
    if len(stem) == 4 and stem[1] == "ت" and prefix in ("ا", "م", "ي", "ت", "ن"):
        stem = stem[0] + stem[2:]
    return stem
