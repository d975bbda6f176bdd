"""Reads which statistic a prompt asks for, in Arabic, its dialects and English; None where it asks for none, or for something else too.

Every rule wants all words of the prompt accounted for: «كم عدد أصحاب الكهف» counts nothing here. Knows nothing of how things are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, cast

from fanar.arabic.ordinals import number_said
from fanar.arabic.words import normal_forms
from fanar.scripture.names import surah_number
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from fanar.scripture.tokens import LAST_WORDS
from rag.islamic.statistics import cues
from rag.islamic.statistics.marks import may_count, may_count_the_quran
from rag.islamic.statistics.names import is_listed
from rag.islamic.statistics.queries import (
    Edge,
    Extreme,
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
from rag.islamic.statistics.said import CITIES, Said, Token, take_apart
from rag.islamic.statistics.targets import opening, targets

_LONGEST = 240
_MOST_RANKED = 20
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_NAMES_OF_LETTERS = (
    "ألف alif|باء ba|تاء ta|ثاء tha|جيم jim|حاء|خاء kha|دال dal|ذال dhal|راء ra|زاي zay|سين sin seen|شين shin sheen|صاد sad|ضاد dad|طاء|ظاء"
    "|عين ayn ain|غين ghayn|فاء fa|قاف qaf|كاف kaf|لام lam|ميم mim meem|نون nun noon|هاء|واو waw|ياء ya"
)
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
    said = take_apart(text)
    return next((query for rule in _RULES if (query := rule(said)) is not None), None)


def asks_for_statistics(text: str) -> bool:
    """Whether a prompt surely asks for a statistic of the Quran."""
    query = read_query(text) if may_count_the_quran(text) else None
    if query is None or _names_alone(query):
        return query is not None
    unsure = isinstance(query, LetterCount | Frequent | Untranslated) or (isinstance(query, Occurrences) and query.sought == "times")
    return not unsure or take_apart(text).of_the_quran


def _unavailable(said: Said) -> Query | None:
    norms = set(said.norms)
    if norms & _ORDER and norms & _REVELATION and (said.any(cues.SURAH | cues.VERSE | cues.QURAN) or said.scope.verses):
        return Unavailable("order")
    return Unavailable("ruku") if norms & _RUKU and said.any(cues.HOW_MANY) and said.of_the_quran else None


_ORDER = normal_forms("ترتيب ترتيبها الترتيب order chronological chronology sequence")
_REVELATION = cues.REVEALED | normal_forms("النزول نزولها chronological chronology")
_RUKU = normal_forms("ركوع ركوعات ركوعا منزل منازل ruku rukus rukoo manzil manzils")


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
    left = [token for token in said.rest(cues.MOST, cues.WORD, cues.TIMES, _MORE) if not cues.MENTION.fullmatch(token.norm)]
    count, left = _counted(left)
    return None if left else Frequent(count, replace(said.scope, place=None))


_MORE = normal_forms("كلمات الكلمات frequent common frequently ورودا تكرارا استخداما شيوعا")


def _extreme(said: Said) -> Query | None:
    long_, short = said.any(cues.LONGEST), said.any(cues.SHORTEST)
    most, least = said.any(cues.MOST), said.any(cues.LEAST)
    units = [cues.UNITS[norm] for norm in said.norms if norm in cues.UNITS]
    # What has the most of something: the thing first, then what it is measured in.
    compared = [unit for unit in units if unit in _COMPARED]
    measures = {unit for unit in units if unit in _BY} - set(compared[:1])
    if not (long_ or short or ((most or least) and compared and measures)):
        return None
    measured = cues.LONGEST | cues.SHORTEST
    at = next((at for at, norm in enumerate(said.norms) if norm in measured), 0)
    behind = [cues.UNITS[norm] for norm in said.norms[at:] if norm in cues.UNITS]
    what = next((unit for unit in [*behind, *units] if unit in ("surah", "verse", "word")), None)
    what = compared[0] if (most or least) and not (long_ or short) else what
    if what is None or (what == "word" and not said.of_the_quran):
        return None
    by = next((unit for unit in units if unit != what and unit in _BY), "letter" if what == "word" else "word")
    by = "letter" if what == "verse" and short and by == "word" else by
    if what == "surah" and not (long_ or short) and by not in measures:
        return None
    # «بالحروف» and "by letters" carry the measure in a word of their own.
    by = next((measure for norm in said.norms if (measure := _MEASURES.get(norm)) is not None), by)
    left = said.rest(
        cues.LONGEST, cues.SHORTEST, cues.MOST, cues.LEAST, frozenset(cues.UNITS), frozenset(_MEASURES), cues.MECCAN, cues.MEDINAN
    )
    number, rest = _counted([token for token in left if token.norm not in _HAS])
    if rest:
        return None
    many = {"surah": cues.SURAHS, "verse": _MANY_VERSES}.get(what, frozenset[str]())
    plural = not many.isdisjoint(said.norms)
    ranked = any(norm in _RANKS for norm in said.norms) or not plural
    rank, count = (number, 1) if ranked else (1, number)
    return Extreme(
        cast('Literal["surah", "verse", "word"]', what),
        cast('Literal["verse", "word", "letter"]', by),
        long_ or most,
        rank,
        count if number > 1 or not plural else _FEW,
        said.scope,
    )


_COMPARED, _BY = ("surah", "verse"), ("verse", "word", "letter")
_FEW = 5
_HAS = normal_forms("having contain contains number count عدداً عددا حيث ناحية طولا")
_MANY_VERSES = normal_forms("آيات الآيات verses ayahs ayat")
_RANKS = normal_forms("ثاني ثالث رابع خامس second third fourth fifth 2nd 3rd 4th 5th")
_MEASURES = {
    **dict.fromkeys(normal_forms("بالحروف حروفا بالأحرف letters"), "letter"),
    **dict.fromkeys(normal_forms("بالكلمات كلماتا words"), "word"),
    **dict.fromkeys(normal_forms("بالآيات"), "verse"),
}


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
        return query if said.of_the_quran or worded or _names_alone(query) else None
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
    left = said.rest(frozenset(cues.UNITS), cues.MECCAN, cues.MEDINAN)
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


def _counted(tokens: list[Token]) -> tuple[int, list[Token]]:
    """Return the number that is among the words, one if there is none, and the other words."""
    norms = [token.norm for token in tokens]
    for at in range(len(norms)):
        number, used = number_said(norms, at)
        if used:
            return min(max(1, number), _MOST_RANKED), tokens[:at] + tokens[at + used :]
    return 1, tokens


def _ordinal(said: Said) -> Query | None:
    """«آخر سورة في القرآن», "the 36th surah"; not «أول سورة نزلت»."""
    if not said.any(cues.SURAH) or said.scope != Scope():
        return None
    left = [token.norm for token in said.rest(cues.SURAH, cues.WHICH)]
    if len(left) == 1 and left[0] in LAST_WORDS:
        return Ordinal(len(SURAHS)) if said.of_the_quran else None
    number, used = number_said(left, 0)
    return Ordinal(number) if used and used == len(left) and number <= len(SURAHS) and (said.of_the_quran or number > 1) else None


_RULES: tuple[Callable[[Said], Query | None], ...] = (
    _unavailable,
    _letter,
    _frequent,
    _extreme,
    _edge,
    _occurrences,
    _revealed,
    _size,
    _ordinal,
)
