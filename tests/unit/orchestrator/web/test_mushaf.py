"""Every verse in the font that the page shows it in, shaped as browsers shape it, where npm has brought the font."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
import uharfbuzz as hb

from rag.ingest.tanzil import load_tanzil

FONT = Path(__file__).parents[4] / "orchestrator/web/page/node_modules/@fontsource/amiri-quran/files/amiri-quran-arabic-400-normal.woff"
MISSING, DOTTED_CIRCLE, VERSES = 0, 0x25CC, 6236

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the page's fonts are not here: make page brings them, where npm is there")


def unpacked(woff: bytes) -> bytes:
    """Return the font in a WOFF file: its tables, unpacked, behind a directory of them (WOFF File Format 1.0, W3C)."""
    flavor, count = struct.unpack(">4xI4xH", woff[:14])
    directory, tables = struct.pack(">IHHHH", flavor, count, 0, 0, 0), b""
    for row in range(count):
        tag, offset, packed, length, checksum = struct.unpack(">4sIIII", woff[44 + 20 * row : 64 + 20 * row])
        table = woff[offset : offset + packed]
        directory += struct.pack(">4sIII", tag, checksum, 12 + 16 * count + len(tables), length)
        tables += (zlib.decompress(table) if packed < length else table) + b"\0" * (-length % 4)
    return directory + tables


def test_no_letter_or_mark_of_any_verse_is_missing_or_stands_on_a_dotted_circle() -> None:
    font = hb.Font(hb.Face(hb.Blob(unpacked(FONT.read_bytes()))))
    unwanted = {MISSING, font.get_nominal_glyph(DOTTED_CIRCLE)}
    verses = load_tanzil().verses
    faults = []
    for verse in verses:
        buffer = hb.Buffer()
        buffer.add_str(f"﴿{verse.text}﴾")
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        if unwanted & {glyph.codepoint for glyph in buffer.glyph_infos}:
            faults.append((verse.surah, verse.ayah))
    assert len(verses) == VERSES
    assert not faults
