"""Counts what queries ask for, verse by verse, in the installed text. Knows nothing of how results are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.scripture.order import place_at, position
from fanar.scripture.surahs import SURAHS
from rag.islamic.divisions.table import COUNTS, Divisions, Kind
from rag.islamic.statistics.names import DISJOINED
from rag.islamic.statistics.queries import Edge, Extreme, Scope, Unit
from rag.islamic.statistics.words import QuranWords, Spot, forms_of, letters_of, written_words

_PROSTRATION = "\u06e9"
_MOST_TIED = 10
_SHORTEST_NOUN = 3
_DISJOINED_LETTERS = ("الحروف المقطعه", "حروف مقطعه", "الاحرف المقطعه")
_PARTS: Mapping[Unit, Kind] = {"juz": "juz", "hizb": "hizb", "quarter": "quarter", "page": "page"}


@dataclass(frozen=True, slots=True)
class Found:
    """A word or phrase: how often each form of it stands there, alone and with particles before it, and in which verses."""

    words: tuple[str, ...]
    alone: Mapping[str, int]
    attached: Mapping[str, int]
    verses: tuple[int, ...]

    @property
    def surahs(self) -> Mapping[int, int]:
        """The surahs of its verses, and in how many verses of each it stands."""
        return Counter(place_at(verse)[0] for verse in self.verses)


@dataclass(frozen=True, slots=True)
class Measured:
    """A surah, verse or form and how long it is. `at` is a surah's number, a verse's position, or that of a form's first verse."""

    at: int
    verses: int
    words: int
    letters: int
    form: str = ""


class Counting:
    """Counts in one text."""

    def __init__(self, *, words: QuranWords, divisions: Divisions) -> None:
        self._words = words
        self._divisions = divisions

    def verses(self, scope: Scope) -> list[int]:
        """Return the positions of the verses in which is counted. Raises NotFoundError for a part that there is not."""
        spans: list[range] = [range(position((ref.surah, ref.first)), position((ref.surah, ref.last)) + 1) for ref in scope.verses]
        if scope.part is not None:
            part = self._divisions.part(scope.part.kind, scope.part.number)
            spans.append(range(position(part.first), position(part.last) + 1))
        found = sorted({at for span in spans for at in span}) if spans else list(range(len(self._words.verses)))
        return [at for at in found if scope.place is None or SURAHS[place_at(at)[0] - 1].place == scope.place]

    def found(self, phrase: Sequence[str], scope: Scope) -> Found:
        """Return where a word or phrase stands."""
        words = tuple(form for word in phrase for form in forms_of(word))
        within = set(self.verses(scope))
        alone: Counter[str] = Counter()
        attached: Counter[str] = Counter()
        verses: set[int] = set()
        for counter, firsts in zip((alone, attached), self._firsts(words), strict=True):
            for form in firsts:
                for spot in self._words.spots[form]:
                    if spot.verse in within and self._goes_on(words[1:], spot):
                        counter[" ".join([form, *self._behind(words[1:], spot)])] += 1
                        verses.add(spot.verse)
        return Found(words, dict(alone.most_common()), dict(attached.most_common()), tuple(sorted(verses)))

    def letter(self, letter: str, scope: Scope) -> int:
        """Return how often a letter is written in the Uthmani text; «ا», «و» and «ي» with every hamza they carry.

        «ي» counts with alif maqsura, which that text writes for it at the end of words; «ه» without ta marbuta.
        """
        wanted = {"ا": "اأإآ\u0671", "و": "وؤ", "ي": "يىئ"}.get(letter, letter)
        return sum(self._words.verses[at].text.count(form) for at in self.verses(scope) for form in wanted)

    def size(self, unit: Unit, scope: Scope) -> int:
        """Return how many of `unit` there are."""
        verses = self.verses(scope)
        texts = [self._words.verses[at].text for at in verses]
        kind = _PARTS.get(unit)
        if kind is not None:
            return COUNTS[kind] if scope == Scope() else len({self._divisions.holding(kind, place_at(at)).number for at in verses})
        return _SIZES[unit](verses, texts)

    def everyday_words(self, scope: Scope) -> int:
        """Return how many words the text has in everyday spelling, which writes «يا أيها» as two."""
        return sum(len(self._words.forms[at]) for at in self.verses(scope))

    def prostrations(self, scope: Scope) -> list[int]:
        """Return the verses with the sign of prostration."""
        return [at for at in self.verses(scope) if _PROSTRATION in self._words.verses[at].text]

    def extreme(self, query: Extreme) -> list[Measured]:
        """Return the wanted ones in order, and those that are as long as the last of them."""
        measured = {"surah": self._surahs, "verse": self._each_verse, "word": self._each_word}[query.what](query.scope)
        ranked = sorted(measured, key=lambda each: _measure(each, query.by) * (-1 if query.most else 1))
        chosen = ranked[query.rank - 1 : query.rank - 1 + query.count]
        if not chosen:
            return []
        last = _measure(chosen[-1], query.by)
        tied = [each for each in ranked[query.rank - 1 + query.count :] if _measure(each, query.by) == last]
        return [*chosen, *tied[:_MOST_TIED]]

    def edge(self, query: Edge) -> list[int]:
        """Return the verses, or first or last verses of surahs, that begin or end with the words of `query`."""
        forms = forms_of(" ".join(query.words))
        within = self.verses(query.scope)
        if query.what == "surah":
            within = [at for at in within if _is_edge(at, ending=query.ending)]
        if normalize(" ".join(forms)) in _DISJOINED_LETTERS:
            return [at for at in within if self._words.forms[at][0] in DISJOINED]
        exact = [at for at in within if self._edge_of(at, len(forms), ending=query.ending) == forms]
        like = normalize(" ".join(forms))
        return exact or [at for at in within if normalize(" ".join(self._edge_of(at, len(forms), ending=query.ending))) == like]

    def frequent(self, count: int, scope: Scope) -> list[tuple[str, int]]:
        """Return the forms that stand there most often."""
        return Counter(form for at in self.verses(scope) for form in self._words.forms[at]).most_common(count)

    def _edge_of(self, at: int, length: int, *, ending: bool) -> list[str]:
        forms = self._words.forms[at]
        return list(forms[-length:] if ending else forms[:length])

    def _firsts(self, words: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the forms of a phrase's first word: alone, and with particles before it.

        A single noun that occurs in neither way is looked for without its article, and in the accusative, where its tanwin says what it is.
        """
        if not words:
            return frozenset(), frozenset()
        alone, attached = self._as_written(words[0])
        noun = words[0].removeprefix("ال")
        if alone or attached or len(words) > 1 or len(noun) < _SHORTEST_NOUN:
            return alone, attached
        ways = [tuple(map(self._words.indefinite, self._as_written(form))) for form in (noun, f"{noun}ا")]
        return frozenset().union(*(way[0] for way in ways)), frozenset().union(*(way[1] for way in ways))

    def _as_written(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        alone = self._words.spelt(word)
        attached = self._words.prefixed(alone) or (frozenset() if alone else self._words.lenient_prefixed(word))
        return alone, attached | (self._words.prefixed([word]) - alone)

    def _goes_on(self, words: Sequence[str], spot: Spot) -> bool:
        behind = self._behind(words, spot)
        return len(behind) == len(words) and all(form in self._words.spelt(word) for form, word in zip(behind, words, strict=True))

    def _behind(self, words: Sequence[str], spot: Spot) -> Sequence[str]:
        return self._words.forms[spot.verse][spot.word + 1 : spot.word + 1 + len(words)]

    def _surahs(self, scope: Scope) -> Iterator[Measured]:
        by_surah: dict[int, list[str]] = {}
        for at in self.verses(scope):
            by_surah.setdefault(place_at(at)[0], []).append(self._words.verses[at].text)
        for surah, texts in by_surah.items():
            yield Measured(surah, len(texts), sum(map(written_words, texts)), sum(map(letters_of, texts)))

    def _each_verse(self, scope: Scope) -> Iterator[Measured]:
        for at in self.verses(scope):
            text = self._words.verses[at].text
            yield Measured(at, 1, written_words(text), letters_of(text))

    def _each_word(self, scope: Scope) -> Iterator[Measured]:
        first: dict[str, int] = {}
        for at in self.verses(scope):
            for form in self._words.forms[at]:
                first.setdefault(form, at)
        return (Measured(at, 1, 1, len(form), form) for form, at in first.items())


def _is_edge(at: int, *, ending: bool) -> bool:
    surah, ayah = place_at(at)
    return ayah == (SURAHS[surah - 1].verses if ending else 1)


def _measure(measured: Measured, by: str) -> int:
    return {"verse": measured.verses, "word": measured.words, "letter": measured.letters}[by]


def _surahs_of(verses: Sequence[int], _: Sequence[str]) -> int:
    return len({place_at(at)[0] for at in verses})


def _sum_of(measure: Callable[[str], int]) -> Callable[[Sequence[int], Sequence[str]], int]:
    return lambda _, texts: sum(map(measure, texts))


_SIZES: Mapping[Unit, Callable[[Sequence[int], Sequence[str]], int]] = {
    "surah": _surahs_of,
    "verse": lambda verses, _: len(verses),
    "word": _sum_of(written_words),
    "letter": _sum_of(letters_of),
    "prostration": _sum_of(lambda text: text.count(_PROSTRATION)),
}


def both(found: Iterable[Found]) -> tuple[int, ...]:
    """Return the verses in which all of them stand."""
    sets = [set(each.verses) for each in found]
    return tuple(sorted(set.intersection(*sets))) if sets else ()
