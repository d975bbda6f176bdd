"""Reads the parts of references from tokens: names of surahs and numbers of verses. Knows no rule that joins them.

A token is named by its position; before the first and after the last there are empty marks. Each method looks a bounded way ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanar.scripture import tokens as t
from fanar.scripture.names import LONGEST_NAME, begins_name, nearest_surah, surah_meant, surah_number
from fanar.scripture.numerals import MOST_WORDS, said_number
from fanar.scripture.tokens import END, Token


@dataclass(frozen=True, slots=True)
class Numbers:
    """Verse numbers, written from token `begin` to before token `end`."""

    first: int
    last: int
    begin: int
    end: int


class TokenReader:
    """The tokens of one text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._texts = [token.text for token in tokens]
        self._kinds: list[str] = [token.kind for token in tokens]

    def token(self, at: int) -> Token:
        """Return the token at `at`, an empty mark beyond either end."""
        return self._tokens[at] if 0 <= at < len(self._tokens) else END

    def text(self, at: int) -> str:
        """Return its text."""
        return self._texts[at] if 0 <= at < len(self._texts) else ""

    def kind(self, at: int) -> str:
        """Return its kind."""
        return self._kinds[at] if 0 <= at < len(self._kinds) else "mark"

    def value(self, at: int) -> int:
        """Return its number, one too large for any verse where it is none."""
        return self.token(at).value

    def number(self, at: int) -> int:
        """Return its number, 0 where it is none."""
        return self.value(at) if self.kind(at) == "number" else 0

    def is_colon(self, at: int, *, slashes: bool = False) -> bool:
        """Whether it parts surah and verse."""
        return self.text(at) == ":" or (slashes and self.text(at) == "/")

    def joined(self, at: int, size: int) -> str:
        """Return `size` tokens as one name; hyphens within it count as tokens, other marks make it no name."""
        parts = [self.text(at + i) for i in range(size)]
        if any(self.kind(at + i) == "number" or (self.kind(at + i) == "mark" and p not in t.WITHIN_NAMES) for i, p in enumerate(parts)):
            return ""
        return " ".join(part for part in parts if part not in t.WITHIN_NAMES)

    def named(self, at: int, *, introduced: bool, joined: bool = False) -> tuple[int, int]:
        """Return the surah of the longest name that begins at `at`, and the token after it; (0, at) for none."""
        if self.kind(at) != "word" or not (introduced or begins_name(self.text(at))):
            return 0, at
        for size in range(LONGEST_NAME, 0, -1):
            ends_name = self.kind(at + size - 1) == "word" and self.text(at + size - 1) not in t.VERSE_WORDS
            name = self.joined(at, size)[joined:] if ends_name else ""
            surah = surah_number(name, introduced=introduced) if name else None
            if surah:
                return surah, at + size
        return 0, at

    def said(self, at: int) -> tuple[int, int, bool]:
        """Return the number of a verse that is said in words, how many tokens that takes, and whether it orders; (0, 0, False) for none."""
        words: list[str] = []
        ends: list[int] = []
        for i in range(at, at + MOST_WORDS + 2):
            if self.kind(i) == "word":
                words.append(self.text(i))
                ends.append(i + 1)
            elif not (words and self.text(i) in t.DASHES):
                break
        value, used, orders = said_number(words)
        return (value, ends[used - 1] - at, orders) if used else (0, 0, False)

    def meant(self, at: int) -> tuple[int, int]:
        """Return the surah whose English name begins at `at` («the Cow»), and the token after it; (0, at) for none."""
        for size in range(LONGEST_NAME, 0, -1):
            surah = surah_meant(self.joined(at, size)) if self.kind(at + size - 1) == "word" else None
            if surah:
                return surah, at + size
        return 0, at

    def misspelt(self, at: int, *, numbered: bool) -> tuple[int, int]:
        """Return the surah whose name is nearly what stands at `at`, and the token after it; (0, at) for none.

        Only where a verse is told by its number, behind the name if it is not `numbered` before: then nothing but a name can stand here.
        """
        for size in (3, 2, 1):
            is_told = (numbered and not self.text(at + size)) or self._tells_verse(at + size)
            surah = nearest_surah(self.joined(at, size)) if is_told else None
            if surah:
                return surah, at + size
        return 0, at

    def _tells_verse(self, at: int) -> bool:
        """Whether nothing but the number of a verse follows."""
        named = False
        for i in range(at, at + 4):
            if self.kind(i) == "number" or (named and self._numeral(i)[1]):
                return True
            named = named or self.text(i) in t.VERSE_WORDS
            if not (self.text(i) in t.VERSE_WORDS or self.text(i) in t.NUMBER_WORDS or (self.text(i) in t.SEPARATORS and self.text(i))):
                return False
        return False

    def surah(self, at: int, *, numbered: bool = False) -> tuple[int, int]:
        """Return the surah after the word "surah" at `at`, by name or number, and the token after it; (0, at) for none.

        `numbered` says that the number of a verse stands before it.
        """
        begin = at + 1
        while self.text(begin) and (self.text(begin) in t.SEPARATORS or self.text(begin) in t.NUMBER_WORDS) and begin < at + 4:
            begin += 1
        if self.kind(begin) == "number":
            return self.value(begin), begin + 1
        surah, after = self.named(begin, introduced=True)
        if not surah:
            surah, after = self.misspelt(begin, numbered=numbered)
        if not surah and self.text(begin).isascii():
            surah, used, _ = self.said(begin)
            after = begin + used
        return (surah, after) if surah else (0, at)

    def joined_surah(self, at: int) -> tuple[int, int]:
        """Return the surah of «وآل عمران», "and Ali 'Imran", «، آل عمران»."""
        if self.text(at) in t.AND_WORDS or self.text(at) in ("،", ","):
            return self.named(at + 1, introduced=True)
        return self.named(at, introduced=True, joined=True) if self.text(at).startswith("و") else (0, at)

    def of_surah(self, at: int) -> tuple[int, int]:
        """Return the surah that follows «من سورة», "of", or a separator, and the token after it; (0, at) for none."""
        linked = False
        for i in range(at, at + 5):
            if self.text(i) in t.SURAH_WORDS:
                surah, after = self.surah(i, numbered=True)
                return (surah, after) if surah else (0, at)
            if self.text(i) in t.OF_WORDS or (self.text(i) in t.SEPARATORS and self.text(i)):
                linked = True
                continue
            surah, after = self.named(i, introduced=False) if linked else (0, at)
            if linked and not surah and self.text(i - 1) == "the":
                surah, after = self.meant(i)
            return (surah, after) if surah else (0, at)
        return 0, at

    def is_range_from(self, at: int) -> bool:
        """Whether the number at `at` begins «من 1 إلى 5»."""
        return self.text(at - 1) in t.FROM_WORDS and self.text(at + 1) in t.TO_WORDS and self.kind(at + 2) == "number"

    def numbers(self, at: int, *, surah: int = 0) -> Numbers | None:
        """Return the number or range that begins at `at`, in digits or words, None for none; in 2:255-2:257 the surah may be said again."""
        value, used = self._numeral(at)
        if not used:
            return None
        end = at + used
        to = self.text(end) in t.DASHES or self.text(end) in t.TO_WORDS
        target = end + 1 + (self.text(end + 1) in t.VERSE_WORDS)
        if to and self.value(target) == surah and self.is_colon(target + 1) and self.kind(target + 2) == "number":
            target += 2
        until, size = self._numeral(target) if to else (0, 0)
        if size and value < until and not self.is_colon(target + 1):
            return Numbers(value, until, at, target + size)
        if self.kind(at) == "word" and self.text(at - 1) in t.PLURAL_VERSE_WORDS and not self.said(at)[2]:
            # «آيات ثلاث» says how many.
            return None
        return Numbers(value, value, at, end)

    def _numeral(self, at: int) -> tuple[int, int]:
        """Return the number at `at`, in digits or words, negative for the last, and how many tokens it takes; (0, 0) for none."""
        if self.kind(at) == "number":
            return self.value(at), 1
        value, used, _ = self.said(at)
        if used:
            # «آية واحدة» says how many.
            return (0, 0) if self.text(at) in t.ONE and used == 1 else (value, used)
        return (-1, 1) if self.text(at) in t.LAST_WORDS else (0, 0)

    def listed_numbers(self, at: int, *, listed: bool, surah: int = 0) -> list[Numbers]:
        """Return the numbers that begin at `at`, and those listed after them where `listed` allows that."""
        found = []
        numbers = self.numbers(at, surah=surah)
        while numbers:
            found.append(numbers)
            joined = self.text(numbers.end) in t.AND_WORDS or self.text(numbers.end) in ("،", ",")
            following = numbers.end + 1
            if not (listed and joined and self.kind(following) == "number") or self.is_colon(following + 1):
                break
            numbers = self.numbers(following)
        return found
