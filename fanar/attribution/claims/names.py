"""Names across scripts: «محمد صلاح» and "Mohamed Salah" share their consonants. Knows nothing of sentences."""

from __future__ import annotations

import re
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "ا": "", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "s",
        "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
        "و": "", "ي": "",
    }
)  # fmt: skip
_DIGRAPHS = (("tch", "s"), ("sch", "s"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"))
_LATIN = str.maketrans({"q": "k", "c": "k", "p": "b", "v": "f", "x": "ks", "w": None, "y": None, "'": None} | dict.fromkeys("aeiou"))
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"h$")
_ARTICLE = re.compile(r"^(?:al|el)[-']?(?=\w{3})")
_SHORTEST = 2


@lru_cache(maxsize=16_384)
def consonants(form: str) -> str:
    """Return the consonants of a name in `search` form, the same for both scripts; empty where too few are left to tell names apart."""
    if form.isascii():
        told = _ARTICLE.sub("", form)
        for written, sound in _DIGRAPHS:
            told = told.replace(written, sound)
        told = told.translate(_LATIN).replace("j", "j")
    else:
        told = form.removeprefix("ال").translate(_ARABIC)
    told = _FINAL_H.sub("", _DOUBLED.sub(r"\1", told))
    told = told.replace("j", "g")
    return told if len(told) >= _SHORTEST else ""
