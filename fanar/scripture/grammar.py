"""The grammar of verse references: which runs of tokens claim to be one. Knows nothing of which verses exist.

Each rule looks a bounded number of tokens ahead, and the reader goes on after what a rule has taken: linear on any text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fanar.arabic.words import normal_forms
from fanar.scripture import tokens as t
from fanar.scripture.counted import Counted, counted_verses, listed_from_edge
from fanar.scripture.names import LONGEST_NAME, edge_verses, famous_verses, is_everyday_word, may_begin_name
from fanar.scripture.numerals import ENGLISH_NUMBERS
from fanar.scripture.reader import Numbers, TokenReader
from fanar.scripture.tokens import Token

_FAMOUS_BEGIN = t.VERSE_WORDS | normal_forms("خواتيم خواتم أواخر فواتح throne light sword ayatul ayat aytul aayatul")
_CLITICS = frozenset("وفبلك")
_SAD = 38
_LARGEST_AYAH = 286
_SURAHS = 114


_EDGES = t.FIRST_WORDS | t.LAST_WORDS | frozenset(t.NTH)
_BEGINNINGS = frozenset((*_FAMOUS_BEGIN, *t.SURAH_WORDS, *t.VERSE_WORDS, *t.BOOK_WORDS, *_EDGES, *ENGLISH_NUMBERS, "chapter"))


def may_begin_reference(word: str) -> bool:
    """Whether a reference may begin with `word`, in its `search` form; says no only where none does."""
    return word in _BEGINNINGS or may_begin_name(word)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says: surah and verses as numbers that may not exist. Negative verses count from the end of the surah."""

    start: int
    end: int
    surah: int
    first: int
    last: int
    certain: bool


class Grammar:
    """Reads the references of one text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._reader = TokenReader(tokens)
        self._of_the_quran = any(token.text in t.BOOK_WORDS and len(token.text) > len("qs") for token in tokens)
        self._topical = any(token.text in t.TOPIC_WORDS for token in tokens)
        edges = _EDGES if any(token.text in t.VERSE_WORDS for token in tokens) else frozenset()
        numbers = [at for at, token in enumerate(tokens) if token.kind == "number" or token.text in edges]
        self._near_a_number = {number - size for number in numbers for size in range(1, LONGEST_NAME + 4)}
        self._rules = (self._famous, self._surah_first, self._verse_first, self._counted, self._edge, self._colon, self._bare_name)

    def claims(self, *, begin_by: int | None = None) -> list[Claim]:
        """Return all claims in order, or those that begin at a character or before it."""
        found: list[Claim] = []
        at = 0
        while at < len(self._tokens) and (begin_by is None or self._tokens[at].start <= begin_by):
            claims, after = self._claims_at(at)
            found += claims
            at = max(after, at + 1)
        return found

    def _claims_at(self, at: int) -> tuple[list[Claim], int]:
        token = self._tokens[at]
        if token.kind == "mark":
            return [], at
        if token.kind == "word" and token.text not in _BEGINNINGS:
            # Nothing but a name, which only a number makes a reference: most words are spared the rest.
            return self._bare_name(at)
        for rule in self._rules:
            claims, after = rule(at)
            if after > at:
                return claims, after
        return [], at

    # Rules: each returns its claims and the token after them; that token is `at` where the rule does not apply.

    def _famous(self, at: int) -> tuple[list[Claim], int]:
        if self._reader.text(at) not in _FAMOUS_BEGIN:
            return [], at
        for size in range(LONGEST_NAME, 1, -1):
            name = self._reader.joined(at, size)
            verses = famous_verses(name) or (famous_verses(name[1:]) if name[:1] in _CLITICS else None)
            if verses:
                return [self._claim(at, at + size, verses, certain=True)], at + size
        return [], at

    def _surah_first(self, at: int) -> tuple[list[Claim], int]:
        chapter = self._reader.text(at) == "chapter"
        if self._reader.text(at) not in t.SURAH_WORDS and not chapter and not self._numbered_book(at):
            return [], at
        number, after = self._reader.surah(at)
        if not number:
            return [], at
        claims, end = self._verses_of(number, at, after, introduced=not chapter)
        if claims:
            return claims, end
        if chapter and not self._of_the_quran:
            return [], at
        claims = [self._claim(at, after, (number, 1, -1), certain=True)]
        # «سورتي الفلق والناس»; «سورة الناس والفلق» only where nothing follows: «سورة الكهف والنور الذي …» names one.
        plural = self._reader.text(at) in t.PLURAL_SURAH_WORDS
        while (surah := self._reader.joined_surah(after))[0] and (plural or self._ends(surah[1])):
            claims.append(self._claim(after, surah[1], (surah[0], 1, -1), certain=True))
            after = surah[1]
        return claims, after

    def _numbered_book(self, at: int) -> bool:
        """Whether "Quran 112" stands here and nothing else is said."""
        named = self._reader.text(at) in t.BOOK_WORDS and 1 <= self._reader.number(at + 1) <= _SURAHS
        return named and self._reader.text(at + 2) not in t.SEPARATORS and self._alone(at, at + 2)

    def _ends(self, at: int) -> bool:
        """Whether nothing but marks follows."""
        return all(token.kind == "mark" for token in self._tokens[at : at + 4])

    def _verse_first(self, at: int) -> tuple[list[Claim], int]:
        if self._reader.text(at) not in t.VERSE_WORDS:
            return [], at
        if (edge := listed_from_edge(self._reader, at)) and (of := self._reader.of_surah(edge[2]))[0]:
            return [self._claim(at, of[1], (of[0], edge[0], edge[1]), certain=True)], of[1]
        begin = at + 1
        while (
            self._reader.text(begin) in t.NUMBER_WORDS
            or self._reader.text(begin) in t.FROM_WORDS
            or self._reader.text(begin) in t.BRACKETS_OPEN
            or self._reader.text(begin) == ":"
        ):
            begin += 1
            if begin > at + 4:
                return [], at
        numbers = self._reader.listed_numbers(begin, listed=self._reader.text(at) in t.PLURAL_VERSE_WORDS)
        if not numbers or self._reader.text(numbers[0].begin + 1) == ":":
            return [], at
        surah, after = self._reader.of_surah(numbers[-1].end)
        if not surah:
            return [], at
        whole = [self._claim(at, after, (surah, numbers[0].first, numbers[-1].last), certain=True)]
        runs_on = all(a.last + 1 == b.first for a, b in pairwise(numbers))
        return (whole if runs_on else [self._claim(at, after, (surah, n.first, n.last), certain=True) for n in numbers]), after

    def _counted(self, at: int) -> tuple[list[Claim], int]:
        """«أول آية من …», «آخر آيتين من …», "the first five verses of …", "the 255th verse of …"."""
        counted = counted_verses(self._reader, at)
        if counted is None:
            return [], at
        first, last, verse = counted
        surah, after = self._reader.of_surah(verse)
        return ([self._claim(at, after, (surah, first, last), certain=True)], after) if surah else ([], at)

    def _edge(self, at: int) -> tuple[list[Claim], int]:
        """«آخر سورة الحشر», "the end of Surah Al-Kahf"; not «آخر سورة نزلت», nor "the last surah"."""
        word, following = self._reader.text(at), self._reader.text(at + 1)
        if not (word in t.FIRST_WORDS or word in t.LAST_WORDS):
            return [], at
        if not (following in t.SURAH_WORDS and not word.isascii()) and not (
            following in t.OF_WORDS and self._reader.text(at + 2) in t.SURAH_WORDS
        ):
            return [], at
        surah, after = self._reader.of_surah(at + 1)
        if not surah or self._skip_to_number(after)[0]:
            return [], at
        return [self._claim(at, after, (surah, *edge_verses(surah, last=word in t.LAST_WORDS)), certain=True)], after

    def _colon(self, at: int) -> tuple[list[Claim], int]:
        """2:255, and after Q, Quran, verse or an address."""
        begin = at
        slashes = dots = False
        if self._reader.text(at) == "quran" and [self._reader.text(at + i) for i in (1, 2, 3)] == [".", "com", "/"]:
            begin, slashes = at + 4, True
        elif self._reader.text(at) in t.BOOK_WORDS or self._reader.text(at) in t.VERSE_WORDS:
            begin = next((at + 1 + i for i in range(3) if self._reader.kind(at + 1 + i) == "number"), at)
            between = {self._reader.text(i) for i in range(at + 1, begin)}
            begin = begin if between <= t.NUMBER_WORDS | t.SEPARATORS else at
            dots = begin == at + 1 and self._reader.text(at) in t.BOOK_WORDS
            slashes = dots or (begin == at + 2 and between == {":"} and self._reader.text(at) in t.BOOK_WORDS)
        if (
            self._reader.kind(begin) != "number"
            or not (
                self._reader.is_colon(begin + 1, slashes=slashes)
                or (dots and self._reader.text(begin + 1) == "." and self._alone(at, begin + 3))
            )
            or self._reader.kind(begin + 2) != "number"
        ):
            return [], at
        after = begin + 3
        if self._reader.text(after) == ":" and self._reader.kind(after + 1) == "number":
            while self._reader.text(after) == ":" and self._reader.kind(after + 1) == "number":
                after += 2
            return [], after
        surah = self._reader.value(begin)
        cued = begin > at
        if not cued and self._is_clock(begin):
            return [], after
        bracketed = self._reader.text(at - 1) in t.OPENERS
        numbers = self._reader.listed_numbers(begin + 2, listed=bracketed, surah=surah)
        return self._claims(at, surah, numbers, certain=cued or self._is_certain(begin, numbers[0].end)), numbers[-1].end

    def _bare_name(self, at: int) -> tuple[list[Claim], int]:
        """«البقرة 255», "(Al-Baqarah: 255)": a name that no word introduced, before a number."""
        if self._tokens[at].kind != "word" or at not in self._near_a_number:
            return [], at
        surah, after = self._reader.named(at, introduced=self._reader.text(at - 1) in t.NAME_OPENERS)
        return self._verses_of(surah, at, after, introduced=False) if surah else ([], at)

    # Parts of rules.

    def _verses_of(self, surah: int, at: int, after: int, *, introduced: bool) -> tuple[list[Claim], int]:
        """Return the claims of the verse numbers that follow a surah's name."""
        if edge := self._counted_behind(after):
            sure = introduced or not is_everyday_word(surah) or self._alone(at, edge[2])
            return [self._claim(at, edge[2], (surah, edge[0], edge[1]), certain=sure)], edge[2]
        begin, named_verse = self._skip_to_number(after)
        numbers: list[Numbers] = []
        if begin and self._reader.value(begin) == surah:
            again, named_again = self._skip_to_number(begin + 1)
            if again and (named_again or self._reader.is_colon(begin + 1, slashes=True)):
                begin, named_verse, introduced = again, named_verse or named_again, True
        bracketed = self._reader.text(at - 1) in t.OPENERS or any(self._reader.text(i) in t.BRACKETS_OPEN for i in range(after, begin))
        if begin:
            listed = bracketed or self._reader.text(begin - 1) in t.PLURAL_VERSE_WORDS
            numbers = self._reader.listed_numbers(begin, listed=listed)
        if not numbers or self._is_quantity(numbers, after, introduced=introduced, named_verse=named_verse):
            return [], at
        plausible = 1 <= numbers[0].first <= _LARGEST_AYAH
        # «{…} التوبة: 128», «… [ص: 29]»: behind a quotation a name, a colon and a number are no everyday words.
        behind = at - 2 if self._reader.text(at - 1) in t.BRACKETS_OPEN else at - 1
        introduced = introduced or (self._reader.text(behind) in t.CLOSERS and self._reader.is_colon(after))
        sure = introduced or named_verse or (bracketed and surah != _SAD) or (plausible and not is_everyday_word(surah))
        alone = surah != _SAD and self._alone(at, numbers[-1].end)
        if not (sure or plausible or (alone and not is_everyday_word(surah))):
            return [], at
        return self._claims(at, surah, numbers, certain=sure or alone), numbers[-1].end

    def _counted_behind(self, after: int) -> Counted | None:
        """«سورة الحشر [آخر آية]», "Al-Kahf, [the first ten verses]"."""
        begin = after
        while begin < after + 3 and (self._reader.text(begin) in t.OF_WORDS or self._reader.text(begin) in t.SEPARATORS):
            begin += 1
        return counted_verses(self._reader, begin) or listed_from_edge(self._reader, begin)

    def _is_quantity(self, numbers: list[Numbers], after: int, *, introduced: bool, named_verse: bool) -> bool:
        if named_verse:
            return False
        end = numbers[-1].end
        far = numbers[0].begin - after > 3 or (introduced and numbers[0].first > _LARGEST_AYAH * 2)
        return far or self._reader.text(end) in t.QUANTITY_AFTER or self._reader.is_colon(end)

    def _skip_to_number(self, at: int) -> tuple[int, bool]:
        """Return the token of the verse number that follows within reach, or 0, and whether a word for "verse" stands before it."""
        named = False
        words = 0
        for i in range(at, at + 8):
            text = self._reader.text(i)
            if self._reader.kind(i) == "number" or (named and self._reader.numbers(i)):
                return (i, named) if named or not words or self._reader.is_range_from(i) else (0, False)
            if text in t.VERSE_WORDS:
                named = True
            elif text in t.NUMBER_WORDS or text in t.OF_WORDS or text in t.PART_WORDS:
                words += 1
            elif text not in t.SEPARATORS or not text:
                return 0, False
        return 0, False

    # Certainty.

    def _is_clock(self, at: int) -> bool:
        hour, minute = self._tokens[at], self._tokens[at + 2]
        written_so = len(hour.text) > 1 and hour.text[0] == "0"
        around = self._reader.text(at - 1) in t.CLOCK_BEFORE or self._reader.text(at + 3) in t.CLOCK_AFTER
        return around or ((written_so or (minute.text[0] == "0" and len(minute.text) > 1)) and not self._topical)

    def _is_certain(self, at: int, end: int) -> bool:
        if self._topical or self._alone(at, end):
            return True
        quoted_before = self._reader.text(at - 1) in t.BRACKETS_OPEN and self._reader.text(at - 2) in t.CLOSERS
        return quoted_before or 60 <= self._reader.value(at + 2) <= _LARGEST_AYAH

    def _alone(self, at: int, end: int) -> bool:
        others = (token for i, token in enumerate(self._tokens) if (i < at or i >= end) and token.kind != "mark")
        return len(self._tokens) < 12 and next(others, None) is None

    def _claim(self, at: int, after: int, verses: tuple[int, int, int], *, certain: bool) -> Claim:
        opened = sum((self._reader.text(i) in t.BRACKETS_OPEN) - (self._reader.text(i) in t.BRACKETS_CLOSE) for i in range(at, after))
        last = after if opened == 1 and self._reader.text(after) in t.BRACKETS_CLOSE else after - 1
        return Claim(self._tokens[at].start, self._tokens[last].end, *verses, certain=certain)

    def _claims(self, at: int, surah: int, numbers: list[Numbers], *, certain: bool) -> list[Claim]:
        first, *others = numbers
        found = [self._claim(at, first.end, (surah, first.first, first.last), certain=certain)]
        return found + [self._claim(n.begin, n.end, (surah, n.first, n.last), certain=certain) for n in others]
