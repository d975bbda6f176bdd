"""Text as outlines of a real font, shaped by HarfBuzz: joined letters, marks in place, each run in its direction.

The font is Amiri (SIL Open Font Licence), from the package fontpkg-amiri. Knows nothing of lines or pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import fontpkg
import uharfbuzz as hb

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

_NO_GLYPH = Bilingual(
    "The text holds signs that the font has no shape for: Arabic, Latin letters and digits can be lettered.",
    "في النص علامات لا شكل لها في الخط: تُخط الحروف العربية واللاتينية والأرقام.",
)
_LEFT_TO_RIGHT = re.compile(r"[0-9٠-٩۰-۹]+(?:[.,:/٫٬][0-9٠-٩۰-۹]+)*|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.&+-]*")


@dataclass(frozen=True, slots=True)
class Run:
    """A word as an outline in the font's units, its origin on the baseline at the left; y grows downwards."""

    path: str
    advance: float


@cache
def _font() -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(fontpkg.path("Amiri")))))


def units() -> int:
    """Return the font's units to an em."""
    return int(_font().face.upem)


def space() -> float:
    """Return the width of a space."""
    return float(_font().get_glyph_h_advance(_font().get_nominal_glyph(0x20)))


def is_left_to_right(text: str) -> bool:
    """Whether a word runs from left to right: digits and Latin letters do."""
    return _LEFT_TO_RIGHT.fullmatch(text.strip("()[]«»\"'.,:;!?،؛؟")) is not None


def shaped(word: str, *, right_to_left: bool) -> Run:
    """Return a word as outlines. Raises UnprocessableError for signs without a shape."""
    pieces, at = [], 0
    for match in _LEFT_TO_RIGHT.finditer(word):
        pieces += [(word[at : match.start()], right_to_left), (match[0], False)]
        at = match.end()
    pieces = [piece for piece in (*pieces, (word[at:], right_to_left)) if piece[0]]
    path, x = [], 0.0
    for text, backwards in reversed(pieces) if right_to_left else pieces:
        run = _run(text, backwards)
        path.append(_moved(run, x))
        x += run.advance
    return Run("".join(path), x)


def _moved(run: Run, x: float) -> str:
    return run.path if not x else re.sub(r"(-?[\d.]+) (-?[\d.]+)", lambda m: f"{float(m[1]) + x:.0f} {m[2]}", run.path)


@lru_cache(maxsize=512)
def _run(text: str, backwards: bool) -> Run:  # noqa: FBT001 - a key of the cache
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    hb.shape(_font(), buffer)
    path, x = [], 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            raise UnprocessableError(_NO_GLYPH, param="prompt")
        path.append(_outline(info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance
    return Run("".join(path), x)


def _outline(glyph: int, x: float, y: float) -> str:
    pen = _Pen(x, y)
    _font().draw_glyph(glyph, _draw(), pen)
    return "".join(pen.path)


class _Pen:
    def __init__(self, x: float, y: float) -> None:
        self.path: list[str] = []
        self._x, self._y = x, y

    def add(self, letter: str, *numbers: float) -> None:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        self.path.append(letter + " ".join(f"{self._x + x:.0f} {-self._y - y:.0f}" for x, y in pairs))


@cache
def _draw() -> hb.DrawFuncs:
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.add("M", x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.add("L", x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.add("Q", a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.add("C", a, b, c, d, x, y))
    functions.set_close_path_func(lambda pen: pen.path.append("z"))
    return functions
