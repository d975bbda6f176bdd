"""What two records of one passage share, however many collections have it. Knows nothing of questions."""

from __future__ import annotations

from fanar.arabic.normalization import normalize
from fanar.documents import Document

_COMPARED = 160
"""Characters, normalised, in which two passages are alike at their beginning when they are one."""
_READ = 4 * _COMPARED  # characters as written, of which marks and spaces fall away


def own_words(document: Document) -> str:
    """Return the words of a passage, of a hadith without its chain."""
    return document.text[int(document.metadata.get("matn", 0)) :]


def same_words(document: Document) -> str:
    """Return what all records of a passage have in common: the beginning of its own words, as it is compared."""
    return normalize(own_words(document)[:_READ])[:_COMPARED]
