"""Reads which statistic a prompt asks for, in Arabic, its dialects and English; None where it asks for none, or for something else too.

Every rule wants all words of the prompt accounted for: «كم عدد أصحاب الكهف» counts nothing here. Knows nothing of how things are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from fanar.arabic.ordinals import number_said
from fanar.arabic.words import normal_forms
from fanar.scripture.names import surah_number
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from fanar.scripture.tokens import LAST_WORDS
from rag.islamic.statistics import cues
from rag.islamic.statistics.extremes import read_extreme
from rag.islamic.statistics.marks import MENTIONED, may_count, may_count_the_quran, words_and_mentions
from rag.islamic.statistics.names import is_listed
from rag.islamic.statistics.queries import (
    Basmala,
    Edge,
    Frequent,
    LetterCount,
    Occurrences,
    Ordinal,
    Query,
    Revealed,
    Scope,
    Size,
    Unavailable,
    Unit,
    Untranslated,
)
from rag.islamic.statistics.said import CITIES, Said, Token, count_among, take_apart
from rag.islamic.statistics.targets import opening, targets

_LONGEST = 240
_SENTENCE = 3
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_NAMES_OF_LETTERS = (
    "ألف alif|باء ba|تاء ta|ثاء tha|جيم jim|حاء|خاء kha|دال dal|ذال dhal|راء ra|زاي zay|سين sin seen|شين shin sheen|صاد sad|ضاد dad|طاء|ظاء"
    "|عين ayn ain|غين ghayn|فاء fa|قاف qaf|كاف kaf|لام lam|ميم mim meem|نون nun noon|هاء|واو waw|ياء ya"
)
_UNITS = frozenset(cues.UNITS)
_LETTERS = {
    name: letter
    for letter, names in zip(_ALPHABET, _NAMES_OF_LETTERS.split("|"), strict=True)
    for form in normal_forms(names)
    for name in ((form,) if form.isascii() else (form, f"ال{form}"))
}


def read_query(text: str) -> Query | None:
    """Return what `text` asks to be counted."""
    if not 0 < len(text) <= _LONGEST or not may_count(text):
        return None
    words = words_and_mentions(text)
    rules = [rule for rule, ways in _RULES if any(all(not words.isdisjoint(each) for each in way) for way in ways)]
    if not rules:
        return None
    said = take_apart(text)
    return next((query for rule in rules if (query := rule(said)) is not None), None)


def asks_for_statistics(text: str) -> bool:
    """Whether a prompt surely asks for a statistic of the Quran."""
    query = read_query(text) if may_count_the_quran(text) else None
    if query is None or _names_alone(query):
        return query is not None
    unsure = isinstance(query, LetterCount | Frequent | Untranslated) or (isinstance(query, Occurrences) and query.sought == "times")
    return not unsure or take_apart(text).of_the_quran


def _unavailable(said: Said) -> Query | None:
    norms = set(said.norms)
    if norms & cues.ORDER and norms & cues.REVELATION and (said.any(cues.SURAH | cues.VERSE | cues.QURAN) or said.scope.verses):
        return Unavailable("order")
    return Unavailable("ruku") if norms & cues.RUKU and said.any(cues.HOW_MANY) and said.of_the_quran else None


def _basmala(said: Said) -> Query | None:
    """«السورة التي ليس فيها بسملة»; not «فضل البسملة»."""
    asks = cues.WITHOUT | cues.TWICE | cues.TIMES | cues.WORD | cues.SURAH | cues.WHICH | cues.CONTAIN | cues.BEGIN
    left = [token for token in said.rest(cues.BASMALA, asks) if not cues.MENTION.fullmatch(token.norm)]
    if not said.any(cues.BASMALA) or left or said.scope != Scope():
        return None
    if said.any(cues.SURAH) and said.any(cues.WITHOUT | cues.TWICE):
        return Basmala("without" if said.any(cues.WITHOUT) else "twice")
    return Basmala("count") if said.any(cues.HOW_MANY) else None


def _place_of_surah(said: Said) -> Query | None:
    """«ترتيب سورة الكهف في المصحف»; the order of revelation is no table that is here."""
    verses = said.scope.verses
    if len(verses) != 1 or not verses[0].whole_surah or not said.any(cues.ORDER | cues.NUMBER) or said.any(cues.REVELATION):
        return None
    return None if said.rest(cues.ORDER, cues.NUMBER, cues.SURAH, cues.WHICH) else Ordinal(verses[0].surah)


def _revealed(said: Said) -> Query | None:
    asked = cues.MECCAN | cues.MEDINAN | cues.REVEALED
    if not said.any(asked) or said.rest(asked, cues.SURAH, cues.WHICH, frozenset(CITIES)):
        return None
    surahs = said.scope.verses
    if len(surahs) == 1 and surahs[0].whole_surah:
        return Revealed(surah=surahs[0].surah)
    wanted = said.any(cues.SURAHS) or (said.any(cues.SURAH) and said.any(cues.HOW_MANY))
    return Revealed(place=said.scope.place) if wanted and said.scope.place else None


def _letter(said: Said) -> Query | None:
    norms = said.norms
    at = next((at for at, norm in enumerate(norms) if norm in cues.LETTER), None)
    if at is None or not (said.any(cues.HOW_MANY) or said.any(cues.TIMES)):
        return None
    named = said.quoted[0] if said.quoted else said.tokens[at + 1].raw if at + 1 < len(norms) else ""
    letter = named if len(named) == 1 and not named.isascii() else _LETTERS.get(next(iter(normal_forms(named)), ""))
    return LetterCount(letter, said.scope) if letter and said.of_the_quran else None


def _frequent(said: Said) -> Query | None:
    norms = said.norms
    most = said.any(cues.MOST) or "frequent" in norms
    repeated = any(cues.MENTION.fullmatch(norm) for norm in norms) or said.any(cues.TIMES | frozenset(("frequent", "common")))
    if not (most and repeated and said.any(cues.WORD | frozenset(("كلمات", "الكلمات")))):
        return None
    left = [token for token in said.rest(cues.MOST, cues.WORD, cues.TIMES, cues.FREQUENT) if not cues.MENTION.fullmatch(token.norm)]
    count, left = count_among(left)
    return None if left else Frequent(count, replace(said.scope, place=None))


def _edge(said: Said) -> Query | None:
    ending = said.any(cues.END)
    verbs = cues.END if ending else cues.BEGIN
    if not said.any(verbs) or not (said.any(cues.SURAH) or said.any(cues.VERSE)) or said.scope.part or said.scope.verses:
        return None
    at = max(at for at, norm in enumerate(said.norms) if norm in verbs)
    if [
        token
        for token in said.tokens[:at]
        if token.norm not in cues.FRAME | cues.SURAH | cues.VERSE | cues.WHICH | cues.MECCAN | cues.MEDINAN
    ]:
        return None
    words = opening(said, said.tokens[at + 1 :])
    if words is None or isinstance(words, str):
        return None
    return Edge("surah" if said.any(cues.SURAH) else "verse", words, ending, said.scope)


def _occurrences(said: Said) -> Query | None:
    norms = said.norms
    mentioned = any(cues.MENTION.fullmatch(norm) for norm in norms)
    worded = bool(said.quoted) or said.any(cues.WORD | cues.PHRASE)
    repeated = said.any(cues.REPEATED)
    times = said.any(cues.TIMES) and (said.any(cues.HOW_MANY) or repeated) and (mentioned or worded or repeated)
    of_verses = said.any(cues.VERSE) and (mentioned or said.any(cues.CONTAIN))
    of_surahs = said.any(cues.SURAH) and mentioned and not times
    if times:
        query = _found(said, Occurrences((), "times", said.scope))
        return query if said.of_the_quran or worded or _names_alone(query) or _is_sentence(query) else None
    if of_verses and not of_surahs:
        query = _found(said, Occurrences((), "verses", said.scope))
        return query if worded or said.any(cues.BOTH) or _names_alone(query) else None
    if of_surahs:
        query = _found(said, Occurrences((), "surahs", said.scope, ranked=said.any(cues.MOST)))
        return query if worded or _names_alone(query) else None
    counted = said.any(cues.HOW_MANY) and mentioned and worded
    return _found(said, Occurrences((), "times", said.scope)) if counted else None


def _names_alone(query: Query | None) -> bool:
    """Whether proper names of the Quran are all that is sought: they need no other word that says so."""
    return isinstance(query, Occurrences) and all(len(phrase) == 1 and is_listed(phrase[0]) for phrase in query.phrases)


def is_guess(query: Query, text: str) -> bool:
    """Whether only that a sentence is sought makes it one of the Quran: where it occurs nowhere, something else was meant."""
    said = take_apart(text)
    named = said.of_the_quran or said.quoted or said.any(cues.WORD | cues.PHRASE)
    return isinstance(query, Occurrences) and query.sought == "times" and not (named or _names_alone(query))


def _is_sentence(query: Query | None) -> bool:
    """Whether a sentence is sought, which is that of one text: «فبأي آلاء ربكما تكذبان»."""
    return isinstance(query, Occurrences) and len(query.phrases) == 1 and len(query.phrases[0]) >= _SENTENCE


def _found(said: Said, query: Occurrences) -> Query | None:
    wanted = targets(said)
    if wanted is None:
        return None
    return Untranslated(wanted) if isinstance(wanted, str) else replace(query, phrases=wanted)


def _size(said: Said) -> Query | None:
    units = [cast("Unit", cues.UNITS[norm]) for norm in said.norms if norm in cues.UNITS]
    if not said.any(cues.HOW_MANY) or not units:
        return None
    unit = units[0]
    left = said.rest(_UNITS, cues.MECCAN, cues.MEDINAN)
    scope = said.scope
    if left:
        surah = _surah_called(left)
        if surah is None or said.scope.verses:
            return None
        scope = replace(scope, verses=(surah,))
    elif units == ["surah"] and scope.verses:
        return None
    clear = unit in ("surah", "juz", "hizb", "prostration") or scope != Scope() or said.any(cues.QURAN)
    return Size(unit, scope, tuple(dict.fromkeys(each for each in units if each != unit))) if clear else None


def _surah_called(tokens: list[Token]) -> VerseReference | None:
    name = " ".join(token.raw for token in tokens)
    # In dialects «في» is written onto the name: فالبقرة، بالبقرة.
    number = surah_number(name, introduced=False) or (surah_number(name[1:], introduced=False) if name[:1] in ("ف", "ب") else None)
    return VerseReference(number, 1, SURAHS[number - 1].verses) if number else None


def _ordinal(said: Said) -> Query | None:
    """«آخر سورة في القرآن», "the 36th surah"; not «أول سورة نزلت»."""
    if not said.any(cues.SURAH) or said.scope != Scope():
        return None
    left = [token.norm for token in said.rest(cues.SURAH, cues.WHICH)]
    if len(left) == 1 and left[0] in LAST_WORDS:
        return Ordinal(len(SURAHS)) if said.of_the_quran else None
    number, used = number_said(left, 0)
    return Ordinal(number) if used and used == len(left) and number <= len(SURAHS) and (said.of_the_quran or number > 1) else None


# Each rule with what it cannot do without: a word of each set, in one of the ways.
_RULES: tuple[tuple[Callable[[Said], Query | None], tuple[tuple[frozenset[str], ...], ...]], ...] = (
    (_unavailable, ((cues.ORDER, cues.REVELATION), (cues.RUKU, cues.HOW_MANY))),
    (_basmala, ((cues.BASMALA,),)),
    (_place_of_surah, ((cues.ORDER | cues.NUMBER,),)),
    (_letter, ((cues.LETTER, cues.HOW_MANY | cues.TIMES),)),
    (_frequent, ((cues.MOST | cues.FREQUENT, cues.WORD | cues.FREQUENT),)),
    (read_extreme, ((cues.LONGEST | cues.SHORTEST | cues.MOST | cues.LEAST, _UNITS),)),
    (_edge, ((cues.BEGIN | cues.END, cues.SURAH | cues.VERSE),)),
    (
        _occurrences,
        (
            (cues.TIMES, cues.HOW_MANY | cues.REPEATED),
            (cues.VERSE, cues.CONTAIN | MENTIONED),
            (cues.SURAH | cues.HOW_MANY, MENTIONED),
        ),
    ),
    (_revealed, ((cues.MECCAN | cues.MEDINAN | cues.REVEALED,),)),
    (_size, ((cues.HOW_MANY, _UNITS),)),
    (_ordinal, ((cues.SURAH,),)),
)
