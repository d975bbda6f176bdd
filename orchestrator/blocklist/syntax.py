r"""Reads a pattern of the block list into a tree. Knows nothing of how it is matched.

What can be written is what can be found in linear time: letters, `.`, classes, `\d \w \s \b`, groups, `|`, `? * + {m,n}`. References
back, looking around and anchors are refused by name. Letters are read in their normal form, as the texts are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

Test = Callable[[str], bool]
MOST_REPEATED = 20
_CLASSES: dict[str, Test] = {"d": str.isdecimal, "w": lambda c: c.isalnum() or c == "_", "s": str.isspace}
_CONTROLS = {"n": "\n", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One character."""

    character: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any character that passes the test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Boundary:
    """The beginning or end of a word."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other; nothing at all when it is empty."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of these."""

    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same, at least `least` times and at most `most`; None sets no end."""

    part: Tree
    least: int
    most: int | None


Tree = Letter | OneOf | Boundary | Sequence | Choice | Repeat


def read_pattern(text: str) -> Tree:
    """Return the tree of a pattern. Raises ConfigurationError saying what of it cannot be used."""
    reader = _Reader(text)
    tree = reader.choice()
    if not reader.at_end:
        raise unusable("a ) without its (", "قوس ) بلا (")
    return tree


def unusable(en: str, ar: str) -> ConfigurationError:
    """Return the error for a rule that cannot be used."""
    return ConfigurationError(Bilingual(f"A rule of the block list cannot be used: {en}.", f"قاعدة من قائمة الحظر غير صالحة: {ar}."))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._text)

    @property
    def _at_repetition(self) -> bool:
        return not self.at_end and self._text[self._at] in "?*+{"

    def choice(self) -> Tree:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while not self.at_end and self._text[self._at] not in "|)":
            parts.append(self._repeated(self._one()))
        return Sequence(tuple(parts))

    def _repeated(self, part: Tree) -> Tree:
        if not self._at_repetition:
            return part
        if isinstance(part, Boundary):
            raise unusable("a boundary cannot be repeated", "لا يتكرر حد الكلمة")
        least, most = self._bounds()
        self._take("?")  # however little is taken first, the same texts are found
        if self._at_repetition:
            # Elsewhere `a?+` takes and never gives back, which changes what is found.
            raise unusable("one repetition follows another; put the first into a group", "تكرار يلي تكرارا؛ ضع الأول في مجموعة")
        return Repeat(part, least, most)

    def _bounds(self) -> tuple[int, int | None]:
        sign = self._next()
        if sign != "{":
            return (1 if sign == "+" else 0), (1 if sign == "?" else None)
        written, closed, _ = self._text[self._at :].partition("}")
        least, comma, most = written.partition(",")
        if not closed or not least.isdecimal() or not (most.isdecimal() or not most):
            raise unusable("{ } holds one number or two", "ينبغي أن يكون بين { } عدد أو عددان")
        self._at += len(written) + 1
        lower = int(least)
        upper = (int(most) if most else None) if comma else lower
        if max(lower, upper or 0) > MOST_REPEATED or (upper is not None and upper < lower):
            raise unusable(f"{{ }} counts to {MOST_REPEATED} at most", f"أقصى عدد بين {{ }} هو {MOST_REPEATED}")
        return lower, upper

    def _one(self) -> Tree:
        character = self._next()
        match character:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case ".":
                return OneOf(lambda c: c != "\n")
            case "\\":
                return self._escaped()
            case "^" | "$":
                raise unusable("^ and $ are not known; \\b is the edge of a word", "‎^ و$ غير معروفين؛ و\\b حد الكلمة")
            case "?" | "*" | "+" | "{":
                raise unusable("nothing stands before a repetition", "لا شيء قبل علامة التكرار")
            case _:
                return _letters(character)

    def _group(self) -> Tree:
        if self._take("?") and not self._take(":"):
            raise unusable("groups that look around or bear names are not known", "المجموعات المسماة والناظرة حولها غير معروفة")
        inner = self.choice()
        if not self._take(")"):
            raise unusable("a ( without its )", "قوس ( بلا )")
        return inner

    def _escaped(self) -> Tree:
        character = self._next()
        if character == "b":
            return Boundary()
        if test := _shorthand(character):
            return OneOf(test)
        if character.isalnum() and character not in _CONTROLS:
            raise unusable(f"\\{character} is not known", f"‎\\{character} غير معروف")
        return Letter(_CONTROLS.get(character, character))

    def _class(self) -> Tree:
        negated = self._take("^")
        tests: list[Test] = []
        single: set[str] = set()
        first = True
        while first or not self._take("]"):
            first = False
            character = self._next()
            if character == "\\":
                character = self._next()
                if test := _shorthand(character):
                    tests.append(test)
                    continue
                character = _CONTROLS.get(character, character)
            if self._text[self._at : self._at + 1] == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                tests.append(_range(character, self._next()))
            else:
                single.update(normalize(character))
        return OneOf(_any_of(frozenset(single), tuple(tests), negated=negated))

    def _next(self) -> str:
        if self.at_end:
            raise unusable("it ends too early", "تنتهي قبل أوانها")
        self._at += 1
        return self._text[self._at - 1]

    def _take(self, character: str) -> bool:
        found = self._text.startswith(character, self._at)
        self._at += len(character) if found else 0
        return found


def _letters(character: str) -> Tree:
    """Return a character in its normal form, which may be none at all, or several."""
    return Sequence(tuple(Letter(each) for each in normalize(character)))


def _shorthand(character: str) -> Test | None:
    test = _CLASSES.get(character.lower())
    if test is None or character.islower():
        return test
    return lambda c: not test(c)


def _range(first: str, last: str) -> Test:
    if last == "\\" or last < first:
        raise unusable("a range of a class runs backwards", "مدى معكوس في صنف المحارف")
    return lambda c: first <= c <= last


def _any_of(single: frozenset[str], tests: tuple[Test, ...], *, negated: bool) -> Test:
    return lambda c: (c in single or any(test(c) for test in tests)) is not negated
