"""A coarse key for names of surahs, in which transliterations of every kind fall together, and slips of the pen. Knows no name.

Of Latin letters only the consonants remain, those that languages write in several ways folded, and whether a vowel came first; of Arabic
ones, those that dialects confuse are folded. A coarse key that two surahs share finds neither: it is for the rest of spellings.
"""

from __future__ import annotations

import re

from fanar.arabic.normalization import normalize

LATIN = re.compile("[a-z]")
"""What makes a name in small letters a Latin one."""
_SHORTEST = 3
_ARTICLE = re.compile(r"(?:surat(?:ul?|i)?|al|el|ul|il|the|a(?:n|r|s|sh|t|th|d|dh|z)(?=[ -]))[ -]*(?=.{2})")
_GLUED = re.compile(r"(?:al|el|ul)(?=[^aeiouy]|[aeiou].{3})|[ae](?=(sh|dh|th|[nsdrtz])\1)")
_FOLDS = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"[^a-z]", ""),
        ("dj", "j"),
        ("ch", "sh"),
        ("kh", "h"),
        ("gh|q|ck|g", "k"),
        ("dh|th", "z"),
        ("ph", "f"),
        ("v", "w"),
        (r"(?<=[aeiou])[wy](?![aeiou])", ""),
        (r"(?<=.)[aeiou]+|^[aeiou]+(?=.)", lambda found: "a" if found.start() == 0 else ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[ht]$", ""),
    )
)
_APOSTROPHES = re.compile("['`’‘ʼʿʾ]")
_EL = re.compile(r"^[ei]l[ -]*(?=.{2})")
_LAST = re.compile(r"(?<=..)(?:aah|eh|at|et|aa|e|a)$")
_CONFUSED = str.maketrans({"ث": "ت", "ذ": "د", "ظ": "ض", "ى": "ا"})
_LAST_VOWEL = re.compile("[اهي]+$")


def respellings(name: str) -> tuple[str, ...]:
    """Return a Latin name in other hands: «el» for «al», "e" for "a", "at" for "ah", "g" for "q"; nothing for an Arabic one."""
    plain = _APOSTROPHES.sub("", normalize(name).lower()).strip()
    if not LATIN.search(plain):
        return ()
    plain = _EL.sub("al-", plain)
    open_ = plain.replace("ee", "i").replace("e", "a")
    ends = tuple(_LAST.sub(ending, each) for each in (plain, open_) for ending in ("ah", "a") if _LAST.search(each))
    return tuple(dict.fromkeys((plain, open_, *ends, plain.replace("g", "q"), open_.replace("g", "q"))))


def coarse_key(name: str) -> str:
    """Return the key; empty where the name is too short for one."""
    plain = normalize(name).lower()
    if not LATIN.search(plain):
        letters = "".join(letter for letter in plain if letter.isalpha()).removeprefix("ال").translate(_CONFUSED)
        key = _LAST_VOWEL.sub("", letters)
        return key if len(key) >= _SHORTEST else ""
    plain = _APOSTROPHES.sub("", plain).strip()
    article = _ARTICLE.match(plain) or _GLUED.match(plain)
    key = plain[article.end() :] if article else plain
    for pattern, target in _FOLDS:
        key = pattern.sub(target, key)
    return key if len(key) >= _SHORTEST else ""


def is_one_slip(written: str, meant: str) -> bool:
    """Whether two keys differ, by one letter that is another, too many or left out, or by two next to each other that changed places."""
    if abs(len(written) - len(meant)) > 1 or written == meant:
        return False
    shorter = min(len(written), len(meant))
    start = next((at for at in range(shorter) if written[at] != meant[at]), shorter)
    if len(written) != len(meant):
        longer, other = (written, meant) if len(written) > len(meant) else (meant, written)
        return longer[start + 1 :] == other[start:]
    turned = written[start : start + 2] == meant[start : start + 2][::-1] and written[start + 2 :] == meant[start + 2 :]
    return turned or written[start + 1 :] == meant[start + 1 :]
