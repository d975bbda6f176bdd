"""Finds articles that say nearly the same, whoever published them: a story. Knows nothing of storage or of meaning.

Articles are compared by runs of words in their search form, sketched by MinHash, so that spelling and vowel marks do not tell two apart.
What is like an article of the last days joins its story; what is like none begins one.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable

import numpy as np
from datasketch import MinHash, MinHashLSH

from rag.analysis import search_words

_PERMUTATIONS = 128
_RUN = 2
_OPENING = 160  # words: outlets shorten an agency's report at its end
_SHORTEST = 8
_CANDIDATE = 0.25
ALIKE = 0.4
"""Share of runs in common, as it is estimated, from which two articles are one story; chosen on labelled pairs."""

_REMEMBERED = 50_000


class Stories:
    """The stories of the articles last seen."""

    def __init__(self, known: Iterable[tuple[str, str, bytes]] = ()) -> None:
        self._near = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
        self._known: OrderedDict[str, tuple[str, MinHash]] = OrderedDict()
        self._tellers: Counter[str] = Counter()
        for id_, story, signature in known:
            if signature:
                self._remember(id_, story, _sketch_of(signature))

    def place(self, id_: str, title: str, text: str, *, story: str = "") -> tuple[str, bytes]:
        """Return the story that an article belongs to, and its signature. Where it is like no other, it stays in `story` or begins one."""
        self.forget(id_)
        sketch = _sketch(title, text)
        if sketch is None:
            return story or id_, b""
        likeness, found = max(
            ((sketch.jaccard(self._known[near][1]), self._known[near][0]) for near in self._near.query(sketch)), default=(0, "")
        )
        # An article that was corrected to say something else leaves a story that others still tell.
        chosen = found if likeness >= ALIKE else (story if not self._tellers[story] else "") or id_
        self._remember(id_, chosen, sketch)
        return chosen, sketch.hashvalues.astype("<u4").tobytes()

    def forget(self, id_: str) -> None:
        """Forget an article that is gone."""
        story, _ = self._known.pop(id_, ("", None))
        if story:
            self._near.remove(id_)
            self._tellers[story] -= 1

    def _remember(self, id_: str, story: str, sketch: MinHash) -> None:
        self.forget(id_)
        self._near.insert(id_, sketch)
        self._known[id_] = story, sketch
        self._tellers[story] += 1
        if len(self._known) > _REMEMBERED:
            self.forget(next(iter(self._known)))


def likeness(first: tuple[str, str], second: tuple[str, str]) -> float:
    """Return how alike two articles are, each a title and a text."""
    sketches = _sketch(*first), _sketch(*second)
    return sketches[0].jaccard(sketches[1]) if sketches[0] and sketches[1] else 0.0


def _sketch(title: str, text: str) -> MinHash | None:
    words = search_words(f"{title}\n{text[: _OPENING * 16]}")[:_OPENING]
    if len(words) < _SHORTEST:
        return None
    runs = {" ".join(words[at : at + _RUN]).encode() for at in range(len(words) - _RUN + 1)}
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch(runs)
    return sketch


def _sketch_of(signature: bytes) -> MinHash:
    return MinHash(num_perm=_PERMUTATIONS, hashvalues=np.frombuffer(signature, dtype="<u4"))
