"""The wordings by which questions and options are told apart, from a table beside this module. Knows nothing of what is done with them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from rag.islamic.inheritance.reading.tokens import folded


def matching(name: str, *, folded_too: bool = True) -> re.Pattern[str]:
    """Return the pattern `name`, in the spelling of folded words unless it is held against a text as it is written."""
    pattern = _table()[name]
    return re.compile(folded(pattern) if folded_too else pattern)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = files("rag.islamic.inheritance.choice").joinpath("patterns.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return dict(rows)
