"""Reads the number of a verse that is said in words: «مئتان وخمس وخمسون», «الثالثة والثلاثون», "fifty-fifth". Knows nothing of verses.

Words are in their `search` form, hyphens left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import read_numeral

MOST_WORDS = 8
"""No number of a verse takes more words than this."""
_LARGEST = 286
_HUNDRED = 100

_ARABIC = "واحدة أولى حادية|اثنتين ثانية|ثلاث ثالثة|أربع رابعة|خمس خامسة|ست سادسة|سبع سابعة|ثمان ثامنة|تسع تاسعة|عشر عاشرة"
_ENGLISH = (
    "one first|two second|three third|four fourth|five fifth|six sixth|seven seventh|eight eighth|nine ninth|ten tenth|eleven eleventh"
    "|twelve twelfth|thirteen thirteenth|fourteen fourteenth|fifteen fifteenth|sixteen sixteenth|seventeen seventeenth|eighteen eighteenth"
    "|nineteen nineteenth|twenty twentieth|thirty thirtieth|forty fortieth|fifty fiftieth|sixty sixtieth|seventy seventieth"
    "|eighty eightieth|ninety ninetieth|hundred hundredth"
)
_CARDINALS = {ordinal: row.split()[0] for row in normalize(f"{_ARABIC}|{_ENGLISH}").split("|") for ordinal in row.split()[1:]}
"""Word that orders → the one that counts."""
ENGLISH_NUMBERS = frozenset(_ENGLISH.replace("|", " ").split())
"""Words with which a number that orders may begin in English: "twenty-first", "tenth"."""
_AFTER = normalize("بعد")


def said_number(words: Sequence[str]) -> tuple[int, int, bool]:
    """Return the number with which `words` begin, how many words that takes, and whether it orders: (0, 0, False) for none up to 286."""
    plain, ordered = [], []
    for word in words[:MOST_WORDS]:
        said, orders = _plain(word)
        plain.append(said)
        ordered.append(orders)
    read = read_numeral(plain, 0)
    if read is None:
        return 0, 0, False
    value, used = read
    if value < _HUNDRED:
        more, after = _hundreds(plain, used)
        value, used = value + more, after
    return (value, used, any(ordered[:used])) if 1 <= value <= _LARGEST else (0, 0, False)


def _plain(word: str) -> tuple[str, bool]:
    """Return the word that counts for one that orders, without its article, and whether it is one that orders, or has an article."""
    if word.isascii():
        return _CARDINALS.get(word, word), word in _CARDINALS
    joined = "و" if word.startswith("وال") else ""
    bare = word.removeprefix(joined).removeprefix("ال")
    cardinal = _CARDINALS.get(bare) or _CARDINALS.get(bare.removeprefix("و"))
    return joined + (cardinal or bare), cardinal is not None or bare != word


def _hundreds(plain: Sequence[str], at: int) -> tuple[int, int]:
    """«خمس وخمسين [ومئتين]», «الخامسة والخمسون [بعد المئتين]»: return what is added, and the position after it."""
    word = plain[at] if at < len(plain) else ""
    begin = [plain[at + 1]] if word == _AFTER and at + 1 < len(plain) else [word[1:]] if word[:1] == "و" else []
    read = read_numeral(begin, 0) if begin else None
    if read is None or read[0] % _HUNDRED:
        return 0, at
    return read[0], at + 1 + (word == _AFTER)
