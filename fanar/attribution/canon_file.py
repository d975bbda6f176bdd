"""Keeps what was read of the verses in a file, so that a start need not read them again. Knows nothing of what the rows mean.

The file names the text and the way of reading it; one of another text, or one that cannot be read, is written anew.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import orjson

from fanar.attribution.canon_rows import CanonRows, read_rows
from fanar.attribution.suffixes import Suffixes
from fanar.protocols import ScriptureIndex

_READING = "1"
"""Changes whenever the same verses give other rows."""


def open_rows(file: Path, scripture: ScriptureIndex) -> CanonRows:
    """Return the rows of `scripture`, from `file` where it holds them; else they are read, and kept there."""
    name = f"{_READING} {scripture.version}"
    try:
        kept = orjson.loads(file.read_bytes())
        if kept["name"] == name:
            return _restored(kept)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        # Missing, half written or by another version: all are mended by reading the verses again.
        pass
    rows = read_rows(scripture)
    waiting = file.with_suffix(".new")
    waiting.write_bytes(orjson.dumps({"name": name, **_kept(rows)}))
    waiting.replace(file)
    return rows


def _kept(rows: CanonRows) -> dict[str, Any]:
    distinct = list(dict.fromkeys(rows.texts))
    number = {text: at for at, text in enumerate(distinct)}
    return {
        "distinct": distinct,
        "texts": [number[text] for text in rows.texts],
        "verse_of": list(rows.verse_of),
        "starts": list(rows.starts),
        "ends": list(rows.ends),
        "verses": rows.verses,
        "first": list(rows.first),
        "spellings": rows.spellings,
        "ids": rows.ids,
        "suffixes": [list(part) for part in rows.suffixes.parts],
    }


def _restored(kept: dict[str, Any]) -> CanonRows:
    distinct = kept["distinct"]
    keys, order, starts = (array("i", part) for part in kept["suffixes"])
    return CanonRows(
        texts=[distinct[at] for at in kept["texts"]],
        verse_of=array("H", kept["verse_of"]),
        starts=array("H", kept["starts"]),
        ends=array("H", kept["ends"]),
        verses=[(surah, ayah) for surah, ayah in kept["verses"]],
        first=array("i", kept["first"]),
        spellings={word: tuple(letters) for word, letters in kept["spellings"].items()},
        ids=kept["ids"],
        suffixes=Suffixes(keys, order, starts),
    )
