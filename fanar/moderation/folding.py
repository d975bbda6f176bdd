"""Words as they sound to a reader, whatever was done to hide them from a filter. Knows nothing of what they mean.

Marks, tatweel and invisible characters go, look-alikes become what they look like, digits in words the letters that they stand for,
drawn-out letters one, and letters that were pulled apart come together. What is left compares; it is not for reading.
"""

from __future__ import annotations

import re
import sys
import unicodedata

from fanar.arabic.normalization import normalize

# Combining marks of all scripts: taken out before NFKD, which sorts them in quadratic time.
_MARKS = dict.fromkeys(code for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code)))
_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁɡαβεικνορτυχѵԝɑ",
    "abekmhopctyxijsdgabeiknoptuxvwa",
)
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_LEET_SIGNS = frozenset("0134578@$!|")
_LATIN = re.compile(r"[a-z]")
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<!\S)@[\w.]+")
_REPEATED = re.compile(r"(.)\1+", re.DOTALL)
# Inside a word these are never an end of it; elsewhere only where what they part is too short to be words.
_GLUE = re.compile(r"(?<=[^\W_])[*~^`'’ʼ\"|•·+=\\]+(?=[^\W_])")
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){2}(?!\S)")
_WIDE = re.compile(r"\s{2,}|\n")
_PART = re.compile(r"[^\W_]+")
_SHORT = 2
_RUN = 3


def folded_words(text: str) -> list[str]:
    """Return the words of `text` in the form that is the same for all their disguises."""
    plain = unicodedata.normalize("NFKD", normalize(text).translate(_MARKS)).translate(_MARKS)
    plain = normalize(_LINK.sub(" ", plain.lower())).translate(_ALIKE)
    found = _words(plain)
    if _SPACED.search(plain):
        # «ا ن ت  ح م ا ر»: where letters stand apart, a wider gap may be what ends a word.
        whole = set(found)
        found += [word for stretch in _WIDE.split(plain) for word in _words(stretch) if len(word) >= _RUN and word not in whole]
    return [_squeezed(word) for word in found]


def _words(plain: str) -> list[str]:
    return _joined([part for token in plain.split() for part in _parts(token)])


def _parts(token: str) -> list[str]:
    if _LATIN.search(token):
        token = _deciphered(token)
    parts = _PART.findall(_GLUE.sub("", token))
    if len(parts) > 1 and max(map(len, parts)) <= _SHORT and not all(part.isdigit() for part in parts):
        return ["".join(parts)]
    return parts


def _deciphered(token: str) -> str:
    """Return a Latin word with the letters that its digits and signs stand for; those that end it are punctuation."""
    body = token.rstrip("!|.,;:?")
    return body.translate(_LEET) + token[len(body) :] if _LEET_SIGNS.intersection(body) else token


def _joined(words: list[str]) -> list[str]:
    """Return the words with letters that stand alone, three in a row or more, as one."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and not word.isdigit():
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) >= _RUN else run
        run = []
        if word:
            joined.append(word)
    return joined


def _squeezed(word: str) -> str:
    return "0" * min(len(word), 4) if word.isdigit() else _REPEATED.sub(r"\1", word)
