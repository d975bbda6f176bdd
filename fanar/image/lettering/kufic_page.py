"""Words of square kufic as a full rectangle: lines of equal length, drawn out where letters join. Knows nothing of colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fanar.image.lettering.kufic import BOTTOM, TOP, Glyph, drawn_out, word

_LINE = TOP - BOTTOM + 2
_SPACE = 3
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares of ink: (column, row), rows counted downwards."""

    columns: int
    rows: int
    cells: frozenset[tuple[int, int]]

    def strokes(self) -> Iterator[tuple[int, int, int]]:
        """Yield the ink as horizontal strokes: column, row, length."""
        for row in range(self.rows):
            column = 0
            while column < self.columns:
                length = 0
                while (column + length, row) in self.cells:
                    length += 1
                if length:
                    yield column, row, length
                column += length + 1


def page(words: Sequence[str], *, shape: float) -> Grid:
    """Return the words as a rectangle whose width is about `shape` times its height. Raises UnprocessableError as `word` does."""
    glyphs = [word(each) for each in words]
    widths = [_width(each) for each in glyphs]
    best = min(
        (_broken(widths, count) for count in range(1, min(len(words), _MOST_LINES) + 1)), key=lambda lines: _misfit(lines, widths, shape)
    )
    lines = [[glyphs[place] for place in line] for line in best]
    longest = max(_length([widths[place] for place in line]) for line in best)
    columns = max(longest, min(round(len(best) * _LINE * shape), longest * 3 // 2))
    cells = {cell for number, line in enumerate(lines) for cell in _set(line, columns, number * _LINE + TOP)}
    top, bottom = min(row for _, row in cells), max(row for _, row in cells)
    return Grid(columns, bottom - top + 1, frozenset((column, row - top) for column, row in cells))


def _width(glyphs: Sequence[Glyph]) -> int:
    gaps = sum(not glyph.joins for glyph in glyphs[:-1])
    return sum(glyph.width for glyph in glyphs) + gaps


def _length(widths: Sequence[int]) -> int:
    return sum(widths) + _SPACE * (len(widths) - 1)


def _misfit(lines: Sequence[Sequence[int]], widths: Sequence[int], shape: float) -> float:
    longest = max(_length([widths[place] for place in line]) for line in lines)
    ratio = longest / (len(lines) * _LINE) / shape
    return max(ratio, 1 / ratio)


def _broken(widths: Sequence[int], count: int) -> list[list[int]]:
    """Break words into `count` lines, or fewer, of the least greatest length."""
    low, high = max(widths), _length(widths)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_filled(widths, middle)) <= count else (middle + 1, high)
    return _filled(widths, low)


def _filled(widths: Sequence[int], longest: int) -> list[list[int]]:
    lines: list[list[int]] = [[]]
    used = -_SPACE
    for place, width in enumerate(widths):
        if used + _SPACE + width > longest and lines[-1]:
            lines.append([])
            used = -_SPACE
        lines[-1].append(place)
        used += _SPACE + width
    return lines


def _set(words: Sequence[Sequence[Glyph]], columns: int, baseline: int) -> Iterator[tuple[int, int]]:
    """Yield the squares of a line that is exactly `columns` long, written from the right."""
    missing = columns - _length([_width(each) for each in words])
    places = [(w, g) for w, each in enumerate(words) for g, glyph in enumerate(each) if glyph.joins]
    extra = {place: missing // len(places) + (number < missing % len(places)) for number, place in enumerate(places)} if places else {}
    spare = 0 if places or len(words) < 2 else missing
    right = columns
    for w, each in enumerate(words):
        for g, glyph in enumerate(each):
            shown = drawn_out(glyph, extra[w, g]) if extra.get((w, g)) else glyph
            right -= shown.width
            yield from ((right + column, baseline - row) for column, row in shown.cells)
            right -= 0 if glyph.joins else 1
        right -= _SPACE - 1 + (spare * (w + 1) // max(len(words) - 1, 1) - spare * w // max(len(words) - 1, 1))
