"""How much each depth looks for. Knows nothing of how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fanar.jobs import Depth

LONGEST_QUESTION = 4_000
"""Characters of a question."""
MOST_ASKED = 12
"""Questions within one inquiry that are looked into; what is beyond is named as left out."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Bounds on one report: questions besides those asked, and passages of each kind for one question."""

    further: int
    verses: int
    tafsir: int
    hadith: int
    rulings: int
    """Of each school."""
    supplications: int


SCOPES: Mapping[Depth, Scope] = {
    "quick": Scope(further=0, verses=3, tafsir=1, hadith=2, rulings=1, supplications=1),
    "standard": Scope(further=4, verses=5, tafsir=2, hadith=3, rulings=1, supplications=2),
    "comprehensive": Scope(further=9, verses=8, tafsir=4, hadith=6, rulings=2, supplications=3),
}
