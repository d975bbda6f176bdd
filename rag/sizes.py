"""How long passages are, and how much neighbours share. Apart from what cuts them, whose libraries few need."""

from __future__ import annotations

PASSAGE = 900
"""Characters of a passage: long enough to answer from, short enough to cite."""

OVERLAP = 120
"""Characters that neighbours share at most."""
