"""The words of a text as numbers, read all at once: where each stands, a number for its form and one for its consonants.

Words are cut and joined as `joined_words` does it, but none is made an object, so that text which quotes nothing costs next to nothing.
Equal words have equal numbers; the other way round that is nearly so, which is enough to say where a closer look is worth its price.
Knows nothing of any source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fanar.arabic.letters import HAMZA, MARKS, TABLE
from fanar.attribution.number_table import GOLDEN

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

_BLOCK = 65_536
_PLANE = 0x10000
_SPACE, _OTHER = 1, 2
# Of an odd base every power is odd, so no letter is lost modulo 2 to the 64th.
_BASE = GOLDEN
_POWERS = np.cumprod(np.full(256, _BASE, dtype=np.uint64)) * np.uint64(pow(_BASE, -1, 1 << 64))
"""1, the base, its square and so on, modulo 2 to the 64th."""

_ALEF, _WAW, _YEH, _LAM = map(ord, "اويل")
_APOSTROPHES = "'’ʼ"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
# The form in which hadith are looked up has none of them.
_HAMZAS = HAMZA + "ؤئ"
ATTACHED = ("و", "يا", "ويا", "فيا")
"""Words that Uthmani spelling writes with the next one."""
HA = "ها"
# «ها أنتم» is one word in Uthmani spelling.
YOU = re.compile(r"\s+[أا]\W*ن\W*ت\W*م")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Words in order: the characters `starts:ends` of each, the number of its form, and that of its consonants, 0 where it has none."""

    starts: Places
    ends: Places
    forms: Numbers
    consonants: Numbers


@dataclass(frozen=True, slots=True)
class _Letters:
    """What each code point becomes: `sizes` letters of `flat` from `at` on; `parts` where it keeps words from being joined."""

    sizes: Places
    at: Places
    flat: Places
    parts: Flags


@dataclass(frozen=True, slots=True)
class _Cut:
    """Words as they were cut, with their first letters; `before` and `after` count what keeps words apart, up to each and with it."""

    starts: Places
    ends: Places
    first: Places
    before: Places
    after: Places
    forms: Numbers
    consonants: Numbers


def plain_words(text: str) -> PlainWords:
    """Return the words of `text`."""
    cuts: list[_Cut] = []
    at = apart = 0
    while at < len(text) or not cuts:
        end = _block_end(text, at)
        codes = np.frombuffer(text[at:end].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        cut, apart = _cut(codes, at, apart)
        cuts.append(cut)
        at = end
    return _joined(text, _Cut(*(np.concatenate([getattr(each, name) for each in cuts]) for name in _Cut.__slots__)))


def forms_of(words: Sequence[str]) -> Numbers:
    """Return the numbers of words that are in the form in which hadith are looked up."""
    return _numbers(*_lines(words), len(words))


def consonants_of(words: Sequence[str]) -> Numbers:
    """Return the numbers of the consonants of words that are in a normal form."""
    return _numbers(*_consonants(*_lines(words)), len(words))


def _block_end(text: str, at: int) -> int:
    end = at + _BLOCK
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", at, end), text.rfind("\n", at, end))
    return space if space > at else end


@cache
def _letters() -> _Letters:
    """Return the table; code points beyond the first plane stand between words."""
    every = "".join(map(chr, range(_PLANE)))
    marks = frozenset(re.findall(f"[{MARKS}]", every))
    pieces = [_piece(character, is_mark=character in marks) for character in every]
    apart = chr(_OTHER)
    parts = [piece == apart or (not piece and each in DIGITS + _APOSTROPHES) for each, piece in zip(every, pieces, strict=True)]
    sizes = np.fromiter(map(len, pieces), dtype=np.int64, count=_PLANE)
    flat = np.fromiter(map(ord, "".join(pieces)), dtype=np.int64, count=int(sizes.sum()))
    return _Letters(sizes, np.cumsum(sizes) - sizes, flat, np.array(parts))


def _piece(character: str, *, is_mark: bool) -> str:
    if character in DIGITS or character in _APOSTROPHES or character in _HAMZAS:
        return ""
    if not (is_mark or character.isalnum()):
        return chr(_SPACE if character.isspace() else _OTHER)
    normal = TABLE.get(ord(character), character)
    # A ligature of several words is one letter here.
    return character if " " in normal else "".join(letter for letter in normal if letter.isalnum())


def _cut(codes: NDArray[np.uint32], begin: int, apart: int) -> tuple[_Cut, int]:
    """Return the words of a block that begins at `begin`, and how much keeps words apart up to its end."""
    table = _letters()
    codes = np.minimum(codes, _PLANE - 1)
    sizes = table.sizes[codes]
    origin = np.repeat(np.arange(len(codes)), sizes)
    within = np.arange(len(origin)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    letters = table.flat[table.at[codes[origin]] + within]
    kept = ~(_doubled(letters, _WAW) | _doubled(letters, _ALEF))
    letters, origin = letters[kept], origin[kept]
    is_letter = letters > _OTHER
    edges = np.flatnonzero(np.diff(is_letter, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    owners = np.repeat(np.arange(len(starts)), ends - starts)
    bounds = np.concatenate(([-1], origin, [len(codes)]))
    parted = np.concatenate(([0], np.cumsum(table.parts[codes]))) + apart
    cut = _Cut(
        bounds[starts] + 1 + begin,
        bounds[ends + 1] + begin,
        letters[starts],
        parted[origin[starts]],
        parted[origin[ends - 1] + 1],
        _numbers(letters[is_letter], owners, len(starts)),
        _numbers(*_consonants(letters[is_letter], owners), len(starts)),
    )
    return cut, int(parted[-1])


def _doubled(letters: Places, letter: int) -> Flags:
    """Return where the first of two such letters in a row stands."""
    found: Flags = letters == letter
    found[:-1] &= found[1:]
    found[-1:] = False
    return found


def _consonants(letters: Places, owners: Places) -> tuple[Places, Places]:
    """Return what is left without weak letters and with one lam for two; both are written or not from one spelling to another."""
    kept = (letters != _ALEF) & (letters != _WAW) & (letters != _YEH)
    letters, owners = letters[kept], owners[kept]
    doubled = _doubled(letters, _LAM)
    doubled[:-1] &= owners[:-1] == owners[1:]
    return letters[~doubled], owners[~doubled]


def _numbers(letters: Places, owners: Places, count: int) -> Numbers:
    """Return a number for each of `count` words, from its letters."""
    numbers = np.zeros(count, dtype=np.uint64)
    if len(letters):
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        within = np.arange(len(letters)) - np.repeat(starts, np.diff(starts, append=len(letters)))
        terms = letters.astype(np.uint64) * _POWERS[np.minimum(within, len(_POWERS) - 1)]
        numbers[owners[starts]] = np.add.reduceat(terms, starts)
    return numbers


def _lines(words: Sequence[str]) -> tuple[Places, Places]:
    """Return the letters of all words, and which word each belongs to."""
    codes = np.frombuffer("\n".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    owners = np.cumsum(codes == ord("\n"))
    kept = ~np.isin(codes, [ord(each) for each in "\n" + _APOSTROPHES + DIGITS])
    return codes[kept], owners[kept]


def _joined(text: str, cut: _Cut) -> PlainWords:
    """Join to the next word what Uthmani spelling writes with it."""
    heads = _heads()
    which = np.full(len(cut.starts), -1)
    for at, head in enumerate(heads):
        which[cut.forms == head.form] = at
    for word in np.flatnonzero(which == len(ATTACHED)).tolist():
        which[word] = which[word] if YOU.match(text, int(cut.ends[word])) else -1
    joins = which >= 0
    joins[:-1] &= ~joins[1:] & (cut.after[:-1] == cut.before[1:])
    joins[-1:] = False
    joining = np.flatnonzero(joins)
    starts, forms, consonants = cut.starts.copy(), cut.forms.copy(), cut.consonants.copy()
    starts[joining + 1] = cut.starts[joining]
    for at in set(which[joining].tolist()):
        head = heads[at]
        these = joining[which[joining] == at] + 1
        forms[these] = head.before(cut.forms[these], cut.first[these])
        consonants[these] = head.consonants + cut.consonants[these] * _POWERS[head.consonant_count]
    return PlainWords(starts[~joins], cut.ends[~joins], forms[~joins], consonants[~joins])


@dataclass(frozen=True, slots=True)
class _Head:
    """A word that is joined to the next one; `shorter` is its form without the last letter."""

    text: str
    form: np.uint64
    shorter: np.uint64
    consonants: np.uint64
    consonant_count: int

    def before(self, others: Numbers, first: Places) -> Numbers:
        """Return the forms of other words with this one before them; of two equal weak letters that meet, one is left."""
        size = len(self.text)
        joined: Numbers = np.where(
            first == ord(self.text[-1]), self.shorter + others * _POWERS[size - 1], self.form + others * _POWERS[size]
        )
        return joined


@cache
def _heads() -> tuple[_Head, ...]:
    texts = (*ATTACHED, HA)
    counts = (sum(letter not in "اوي" for letter in text) for text in texts)
    numbers = zip(forms_of(texts), forms_of([text[:-1] for text in texts]), consonants_of(texts), counts, strict=True)
    return tuple(_Head(text, *each) for text, each in zip(texts, numbers, strict=True))
