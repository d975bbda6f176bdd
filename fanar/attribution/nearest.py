"""Which verse words come near to that stand nowhere: the one with their rarest run of words, or the one that the text names.

What a model makes up as a verse often begins like one. A run that hardly comes about by chance says which; everyday words say nothing.
Knows nothing of verdicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fanar.attribution.canon import Canon
from fanar.attribution.likeness import is_similar
from fanar.attribution.nearness import nearest_stretch
from fanar.scripture.references import VerseReference

RAREST = 24.0
"""Natural logarithm of how unlikely the words of a run follow one another by chance."""
_CLAIMED = 15.0
"""The same of a run in a verse that the text itself names: much less is enough."""
_HALF = 0.5
_MOST_LACKING = 12


def nearest_verse(canon: Canon, words: Sequence[str], *, least: float = RAREST) -> VerseReference | None:
    """Return the verses of the rarest run of `words`, the first of several; None where no run is rare enough."""
    runs = _rare_runs(canon, [canon.key(word) for word in words], least)
    _, places, length = max(runs, key=lambda run: run[0], default=(0.0, [], 0))
    return canon.reference(places[0], places[0] + length) if places else None


def is_near(canon: Canon, words: Sequence[str], claimed: VerseReference) -> bool:
    """Whether words that stand nowhere are, for the better part or in a rare run of them, those of the verse that the text names."""
    keys = [canon.key(word) for word in words]
    first, end = canon.place_of(claimed)
    begin, stop = nearest_stretch(keys, canon.keys[first:end])
    there = Counter(canon.keys[first + begin : first + stop])
    held = (there & Counter(keys)).total()
    lacking = [word for word, key in zip(words, keys, strict=True) if key not in there][:_MOST_LACKING]
    alike = sum(any(is_similar(word, text) for text in canon.texts[first + begin : first + stop]) for word in lacking)
    if held + alike / 2 >= _HALF * len(words):
        return True
    return any(first <= place < end for _, places, _ in _rare_runs(canon, keys, _CLAIMED) for place in places)


def _rare_runs(canon: Canon, keys: Sequence[int], least: float) -> Iterator[tuple[float, list[int], int]]:
    """Yield the runs of `keys` that are rarer than `least`: how rare, where they begin, and their length."""
    at = 0
    while at < len(keys):
        length, low, high = canon.longest(keys, at, len(keys))
        rarity = sum(canon.rarity(key) for key in keys[at : at + length])
        if rarity > least:
            yield rarity, canon.places(low, high), length
        at += max(length, 1)
