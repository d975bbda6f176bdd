"""Reads who asks for two extremes at once: «ما أطول سورة وما أقصر سورة؟», «أطول وأقصر آية». Knows no other question."""

from __future__ import annotations

import re
from dataclasses import replace

from fanar.arabic.words import normal_words
from rag.islamic.statistics import cues
from rag.islamic.statistics.grammar import read_query
from rag.islamic.statistics.queries import Extreme, Query

_AND = re.compile(
    r"[\s،,؟?]+(?:و\s?|and )(?=(?:ما (?:هي |هو )?|what(?:'s| is) )?(?:the )?(?:[أا](?:طول|قصر|كبر|صغر)|longest|shortest|largest|smallest))",
    re.IGNORECASE,
)
_FEW = 4
"""So many words, one of them an extreme, name no thing of their own."""


def read_queries(text: str) -> tuple[Query, ...]:
    """Return what is to be counted: nothing, one thing, or two extremes."""
    halves = _AND.split(text, maxsplit=1)
    if len(halves) == 2 and (both := _both(*halves)):
        return both
    query = read_query(text)
    return () if query is None else (query,)


def _both(first: str, second: str) -> tuple[Query, ...]:
    one, other = read_query(first), read_query(second)
    if isinstance(one, Extreme) and isinstance(other, Extreme):
        return one, other
    if isinstance(one, Extreme) and _is_bare(second):
        return one, replace(one, most=not one.most)
    return (replace(other, most=not other.most), other) if isinstance(other, Extreme) and _is_bare(first) else ()


def _is_bare(half: str) -> bool:
    words = normal_words(half)
    return len(words) <= _FEW and not (cues.LONGEST | cues.SHORTEST).isdisjoint(words) and cues.UNITS.keys().isdisjoint(words)
