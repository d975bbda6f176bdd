"""Square kufic: letters on a grid, every stroke and every gap one square wide. Knows nothing of pictures.

Vowel marks are not written, as in old square kufic; dots are.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

Cells = frozenset[tuple[int, int]]
"""Columns, counted from the left, and rows, counted upwards from the baseline, which is row 0."""

TOP, BOTTOM = 6, -4
_TABLE = Path(__file__).with_name("kufic_letters.txt")
_UNWRITTEN = ("Mn", "Me", "Lm", "Cf", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "So")
NO_LETTER = Bilingual(
    "Square kufic is written in Arabic letters, and the text holds other signs. Ask for naskh.",
    "يُكتب الكوفي المربع بالحروف العربية، وفي النص علامات أخرى. اطلب خط النسخ.",
)
_ALONE = ("alef", "dal", "reh", "waw", "hamza")  # do not join to the left
_HAMZA, _MADDA = 9, 8
# letter, its drawing within words, its drawing at their ends, its dots: above, or with a minus below
_TABLE_OF_LETTERS = """
ا alef alef 0|أ alef alef 9|إ alef alef -9|آ alef alef 8|ٱ alef alef 0|ب tooth boat -1|ت tooth boat 2|ث tooth boat 3|ج hah hah -1
ح hah hah 0|خ hah hah 1|د dal dal 0|ذ dal dal 1|ر reh reh 0|ز reh reh 1|س seen seen 0|ش seen seen 3|ص sad sad 0|ض sad sad 1
ط tah tah 0|ظ tah tah 1|ع ain ain 0|غ ain ain 1|ف feh feh 1|ق feh qaf 2|ك kaf kaf 0|ل lam lam 0|م meem meem 0|ن tooth bowl 1
ه heh heh 0|ة heh heh 2|و waw waw 0|ؤ waw waw 9|ي tooth yeh -2|ى tooth yeh 0|ئ tooth yeh 9|ء hamza hamza 0|پ tooth boat -3
چ hah hah -3|ڤ feh feh 3|گ kaf kaf 9|ک kaf kaf 0|ی tooth yeh 0
"""
_ROWS = (row.split() for row in _TABLE_OF_LETTERS.strip().replace("\n", "|").split("|"))
_LETTERS = {letter: (inner, end, int(dots)) for letter, inner, end, dots in _ROWS}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it stands in a word: its squares, its width, and whether baseline may be drawn out to its left."""

    cells: Cells
    width: int
    joins: bool


def rasm(text: str) -> list[str]:
    """Return the words of a text without what square kufic does not write: vowel marks, pauses, punctuation, drawn-out lines."""
    bare = "".join(character for character in text if unicodedata.category(character) not in _UNWRITTEN)
    return bare.split()


def word(letters: str) -> list[Glyph]:
    """Return the glyphs of a word. Raises UnprocessableError for what is no Arabic letter."""
    if any(letter not in _LETTERS for letter in letters):
        raise UnprocessableError(NO_LETTER, param="prompt")
    found, joined = [], False
    for place, letter in enumerate(letters):
        ends = _LETTERS[letter][0] in _ALONE or place == len(letters) - 1 or letters[place + 1] == "ء"
        found.append(_glyph(letter, ("f" if ends else "m") if joined and letter != "ء" else ("i" if ends else "n")))
        joined = not ends
    return found


def _glyph(letter: str, form: str) -> Glyph:
    inner, end, dots = _LETTERS[letter]
    body = _shapes()[end if form in "if" else inner, form]
    glyph = _with_hamza(body) if abs(dots) >= _MADDA and dots > 0 else body
    return _dotted(glyph, dots) if dots else glyph


def _with_hamza(body: Glyph) -> Glyph:
    """Make room above a tall letter."""
    if max(row for _, row in body.cells) < TOP:
        return body
    return replace(body, cells=frozenset(cell for cell in body.cells if cell[1] <= TOP - 3))


def _dotted(body: Glyph, dots: int) -> Glyph:
    """Put dots or a hamza over or under the middle of a letter, widening it where they need room."""
    pattern = {1: ["#"], 2: ["#.#"], 3: [".#.", "...", "#.#"], _MADDA: ["###"], _HAMZA: ["##", "#."]}[abs(dots)]
    need = len(pattern[0])
    if body.width < need and body.joins:
        body = drawn_out(body, need - body.width)
    ink = [column for column, row in body.cells if row >= 0 or dots < 0]
    low, high = min(ink) + (1 if body.joins and body.width > need else 0), max(ink)
    start = (low + high + 1 - need + 1) // 2
    columns = range(start, start + need)
    near = [row for column, row in body.cells if start - 1 <= column <= start + need]
    added = set()
    for line, text in enumerate(reversed(pattern) if dots > 0 else pattern):
        row = max(near) + 2 + line if dots > 0 else min(near) - 2 - line
        added |= {(column, row) for column, mark in zip(columns, text, strict=True) if mark == "#"}
    shift = max(0, -min(column for column, _ in added))
    cells = {(column + shift, row) for column, row in {*body.cells, *added}}
    return replace(body, cells=frozenset(cells), width=max(body.width + shift, 1 + max(column for column, _ in cells)))


def drawn_out(glyph: Glyph, columns: int) -> Glyph:
    """Return a glyph that joins, its baseline drawn out to the left."""
    moved = {(column + columns, row) for column, row in glyph.cells}
    return replace(glyph, cells=frozenset(moved | {(column, 0) for column in range(columns)}), width=glyph.width + columns)


@cache
def _shapes() -> dict[tuple[str, str], Glyph]:
    found: dict[tuple[str, str], Glyph] = {}
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    heads = [number for number, line in enumerate(lines) if line[0] not in " >"]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        name, forms = lines[start].split()
        rows = lines[start + 1 : end]
        base = next(number for number, row in enumerate(rows) if row[0] == ">")
        cells = frozenset((column, base - number) for number, row in enumerate(rows) for column, mark in enumerate(row[1:]) if mark == "#")
        width = max(len(row) - 1 for row in rows)
        found |= {(name, form): Glyph(cells, width, joins=form in "nm") for form in forms}
    return found
