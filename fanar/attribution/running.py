"""Finds verses that run through a text without any mark. Knows nothing of verdicts.

Words are followed along the canonical text from left to right; runs that lie on one line of it, a word or two apart, are one stretch.
Short stretches, and phrases that everybody uses, are nobody's quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fanar.arabic.normalization import compact
from fanar.arabic.words import Word
from fanar.attribution.canon_rows import may_be_joined
from fanar.attribution.canonical import CanonicalText

SHORTEST = 5
"""Words of a verse that run through a text unmarked are at least so many."""
_SHORTEST_BROKEN = 6
_BROKEN_SHARE = 0.75
GAP = 2
"""Between two runs of one stretch stand at most so many other words."""

_DRIFT = 2
_MOST_PLACES = 60
_LONGEST = 400
_SHORT_RUN = 6
_LONGEST_FORMULA = 7
_FORMULA_PLACES = 4
_EVERYDAY = (
    "بسم الله الرحمن الرحيم الحمد لله رب العالمين",
    "إنا لله وإنا إليه راجعون",
    "لا إله إلا الله وحده لا شريك له",
    "ما شاء الله لا قوة إلا بالله",
    "حسبنا الله ونعم الوكيل",
    "والسلام عليكم ورحمة الله وبركاته",
    "أشهد أن لا إله إلا الله وأن محمدا رسول الله",
    "أشهد أن لا إله إلا الله وأشهد أن محمدا رسول الله",
    "إن شاء الله رب العالمين",
    "على الله توكلنا وهو رب العرش العظيم",
)
_EVERYDAY_KEYS = tuple(compact(phrase) for phrase in _EVERYDAY)


@dataclass(slots=True)
class _Chain:
    """Runs on one line: words `start:end`, how many of them match, and on which diagonals (place minus position).

    `reach` is the position after the last word that had a say in where it ends.
    """

    start: int
    end: int
    matching: int
    reach: int
    diagonals: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start:end` run along a verse; `broken` where some between them do not."""

    start: int
    end: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Running:
    """The stretches of a row of words. From `open_from` on, what is part of one may still change when more text follows.

    `runs` are words `start:end` that run along some verse: reading on from within one finds others.
    """

    stretches: list[Stretch]
    open_from: int
    runs: list[tuple[int, int]]


def find_stretches(canon: CanonicalText, words: Sequence[Word], *, final: bool) -> Running:
    """Return the stretches. Unless `final`, the last word is left out: more of it may come, and it may be one with «يا» before it."""
    left_out = 0 if final else 2 if len(words) > 1 and may_be_joined(words[-2].text) else 1
    considered = words[: len(words) - left_out]
    chains = _chains(canon, [canon.key(word.text) for word in considered])
    found = [stretch for chain in chains if (stretch := _stretch(considered, chain)) is not None]
    open_from = len(words) if final else _open_from(chains, len(considered))
    return Running(found, open_from, [(chain.start, chain.end) for chain in chains if chain.matching > 1])


def _open_from(chains: Sequence[_Chain], size: int) -> int:
    """Return where the first chain begins that more words may change, by themselves or through a run that joins it."""
    last = next((chain for chain in chains if chain.reach >= size), _Chain(size, size, 0, size))
    open_from = last.start
    for chain in reversed(chains):
        if chain.end < last.start - GAP:
            break
        # A short run yields to a longer one that begins within it, which may join what stands before.
        yields = last.end - last.start <= _SHORT_RUN and chain.end > last.start - GAP
        may_join = yields or chain.end >= last.end - GAP or last.matching < 2 or _on_one_line(last, chain)
        if chain.matching > 1 and may_join:
            open_from = min(open_from, chain.start)
    return open_from


def _on_one_line(chain: _Chain, other: _Chain) -> bool:
    many = len(chain.diagonals) >= _MOST_PLACES or len(other.diagonals) >= _MOST_PLACES
    return many or any(abs(a - b) <= _DRIFT for a in chain.diagonals for b in other.diagonals)


def _chains(canon: CanonicalText, keys: Sequence[int]) -> list[_Chain]:
    chains: list[_Chain] = []
    at = 0
    while at < len(keys):
        length, reach, places = _run(canon, keys, at)
        chains.append(_Chain(at, at + length, length, reach, [place - at for place in places] if length > 1 else []))
        if length > 1:
            _join(chains)
        at += length
        if not chains[-1].matching:
            chains.pop()
            at += 1
    return chains


def _run(canon: CanonicalText, keys: Sequence[int], at: int) -> tuple[int, int, list[int]]:
    """Return the length of the run that begins at `at`, how far one had to look to know that, and its places.

    A short run yields the words with which a longer one begins: in «أن لا تأخذه سنة», «لا» belongs to what follows.
    """
    length, low, high = canon.longest(keys, at, min(len(keys), at + _LONGEST))
    reach = at + length
    for start in range(at + 1, at + length if length <= _SHORT_RUN else at):
        longer = canon.longest(keys, start, min(len(keys), start + _LONGEST))[0]
        reach = max(reach, start + longer)
        if longer > length:
            length = start - at
            break
    return length, reach, canon.places(low, min(high, low + _MOST_PLACES))


def _join(chains: list[_Chain]) -> None:
    """Join the last chain to one that ends shortly before it and lies on the same line."""
    last = chains[-1]
    for back in range(len(chains) - 2, max(len(chains) - 2 - GAP - 1, -1), -1):
        chain = chains[back]
        if last.start - chain.end > GAP or last.end - chain.start > _LONGEST:
            return
        shared = [d for d in last.diagonals if any(abs(d - other) <= _DRIFT for other in chain.diagonals)]
        if shared:
            chains[back:] = [_Chain(chain.start, last.end, chain.matching + last.matching, last.reach, shared)]
            return


def is_everyday(words: Sequence[Word]) -> bool:
    """Whether words are part of a phrase that everybody says without quoting anybody."""
    said = compact(" ".join(word.text for word in words))
    return any(said in phrase for phrase in _EVERYDAY_KEYS)


def _stretch(words: Sequence[Word], chain: _Chain) -> Stretch | None:
    size = chain.end - chain.start
    broken = chain.matching < size
    if chain.matching < (_SHORTEST_BROKEN if broken else SHORTEST) or chain.matching < _BROKEN_SHARE * size:
        return None
    # What stands in many verses is a formula of everyday speech.
    if not broken and size <= _LONGEST_FORMULA and len(chain.diagonals) >= _FORMULA_PLACES:
        return None
    if is_everyday(words[chain.start : chain.end]):
        return None
    return Stretch(chain.start, chain.end, broken)
