"""Reads who asks for the longest, the shortest, or what has the most or fewest of something. Knows no other statistic."""

from __future__ import annotations

from typing import Literal, cast

from fanar.arabic.words import normal_forms
from rag.islamic.statistics import cues
from rag.islamic.statistics.queries import Extreme
from rag.islamic.statistics.said import Said, count_among

_LENGTH = cues.LONGEST | cues.SHORTEST
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


def read_extreme(said: Said) -> Extreme | None:
    """Return what is asked for; None where it is no extreme, or something is left of the prompt besides."""
    units = [cues.UNITS[norm] for norm in said.norms if norm in cues.UNITS]
    # What has the most of something: the thing first, then what it is measured in.
    compared = [unit for unit in units if unit in _COMPARED]
    measures = {unit for unit in units if unit in _BY} - set(compared[:1])
    length = said.any(_LENGTH)
    if not length and not ((said.any(cues.MOST) or said.any(cues.LEAST)) and compared and measures):
        return None
    what = _measured(said, units) if length else compared[0]
    if what is None or (what == "word" and not said.of_the_quran):
        return None
    by = _measure(said, what, units)
    if what == "surah" and not length and by not in measures:
        return None
    # «بالحروف» and "by letters" carry the measure in a word of their own.
    by = next((_MEASURES[norm] for norm in said.norms if norm in _MEASURES), by)
    left = said.rest(_LENGTH, cues.MOST, cues.LEAST, frozenset(cues.UNITS), frozenset(_MEASURES), cues.MECCAN, cues.MEDINAN)
    number, rest = count_among([token for token in left if token.norm not in _HAS])
    if rest:
        return None
    rank, count = _wanted(said, what, number)
    return Extreme(
        cast('Literal["surah", "verse", "word"]', what),
        cast('Literal["verse", "word", "letter"]', by),
        said.any(cues.LONGEST | cues.MOST),
        rank,
        count,
        said.scope,
    )


def _measured(said: Said, units: list[str]) -> str | None:
    """Return what is the longest or shortest: what stands behind that word, or else anywhere."""
    at = next(at for at, norm in enumerate(said.norms) if norm in _LENGTH)
    behind = [cues.UNITS[norm] for norm in said.norms[at:] if norm in cues.UNITS]
    return next((unit for unit in [*behind, *units] if unit in ("surah", "verse", "word")), None)


def _measure(said: Said, what: str, units: list[str]) -> str:
    by = next((unit for unit in units if unit != what and unit in _BY), "letter" if what == "word" else "word")
    return "letter" if what == "verse" and said.any(cues.SHORTEST) and by == "word" else by


def _wanted(said: Said, what: str, number: int) -> tuple[int, int]:
    """Return the place from which how many are wanted: «ثاني أطول سورة» wants one, «أطول خمس سور» five."""
    many = {"surah": cues.SURAHS, "verse": _MANY_VERSES}.get(what, frozenset[str]())
    plural = said.any(many)
    if said.any(_RANKS) or not plural:
        return number, 1
    return 1, number if number > 1 else _FEW
