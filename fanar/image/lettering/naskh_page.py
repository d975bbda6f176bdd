"""Words of naskh as lines that fill an area, as large as they can be. Knows nothing of colours."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.arabic.script import base_direction
from fanar.image.lettering.shaping import Run, is_left_to_right, shaped, space, units

_LINE = 1.75  # of an em: room for marks above and below
_MOST_LINES = 40


def page(words: Sequence[str], width: float, height: float) -> str:
    """Return the words as SVG paths in an area with its corner at the origin. Raises UnprocessableError for signs without a shape."""
    backwards = base_direction(" ".join(words)) == "rtl"
    runs = [shaped(word, right_to_left=backwards and not is_left_to_right(word)) for word in words]
    lines = max(
        (_broken(runs, count) for count in range(1, min(len(runs), _MOST_LINES) + 1)), key=lambda lines: _scale(runs, lines, width, height)
    )
    scale = min(_scale(runs, lines, width, height), height / (1.9 * units()))
    step = _LINE * units() * scale
    first = (height - step * len(lines)) / 2 + step * 0.62
    found = []
    for number, line in enumerate(lines):
        x = (width - _length(runs, line) * scale) / 2
        for place in _ordered(line, words, backwards=backwards):
            found.append(f'<path transform="translate({x:.2f} {first + number * step:.2f}) scale({scale:.5f})" d="{runs[place].path}"/>')
            x += (runs[place].advance + space()) * scale
    return "".join(found)


def _ordered(line: Sequence[int], words: Sequence[str], *, backwards: bool) -> list[int]:
    """Return the words of a line from left to right; among right-to-left ones, words of the other direction keep their own order."""
    if not backwards:
        return list(line)
    groups: list[list[int]] = []
    for place in line:
        if groups and is_left_to_right(words[place]) and is_left_to_right(words[groups[-1][0]]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return [place for group in reversed(groups) for place in group]


def _length(runs: Sequence[Run], line: Sequence[int]) -> float:
    return sum(runs[place].advance for place in line) + space() * (len(line) - 1)


def _scale(runs: Sequence[Run], lines: Sequence[Sequence[int]], width: float, height: float) -> float:
    longest = max(_length(runs, line) for line in lines)
    return min(width / longest, height / (_LINE * units() * len(lines)))


def _broken(runs: Sequence[Run], count: int) -> list[list[int]]:
    """Break words into `count` lines, or fewer, of about the least greatest length."""
    low, high = max(run.advance for run in runs), _length(runs, range(len(runs)))
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(runs, middle)) <= count else (middle, high)
    return _filled(runs, high)


def _filled(runs: Sequence[Run], longest: float) -> list[list[int]]:
    lines: list[list[int]] = [[]]
    for place in range(len(runs)):
        if lines[-1] and _length(runs, [*lines[-1], place]) > longest:
            lines.append([])
        lines[-1].append(place)
    return lines
