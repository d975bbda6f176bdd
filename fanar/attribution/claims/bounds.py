"""Words that make a number a bound: more than, at most, about, between, before, since. Knows nothing of what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms

Bound = Literal["exact", "above", "below", "about", "least", "most", "nearly"]

_BEFORE = {
    "above": "more than|greater than|larger than|higher than|over|above|exceed|exceeds|exceeded|exceeding|in excess of|longer than|"
    "upwards of|"
    "older than|surpassing|surpassed|surpassing the|beyond|topped|أكثر من|أكبر من|أعلى من|يزيد على|يزيد عن|تزيد على|تزيد عن|ازيد من|فوق|"
    "تجاوز|تجاوزت|يتجاوز|تتجاوز|يفوق|تفوق|فاق|زاد على|زاد عن|بما يزيد على|بما يزيد عن|يربو على|تخطى|تخطت|أطول من",
    "below": "less than|fewer than|lower than|smaller than|under|below|shorter than|younger than|fewer then|just under|"
    "أقل من|أصغر من|أدنى من|دون|تحت|يقل عن|تقل عن|أقصر من|بأقل من",
    "least": "at least|no less than|no fewer than|not less than|minimum of|a minimum of|"
    "على الأقل|ما لا يقل عن|لا يقل عن|لا تقل عن|بحد أدنى|الحد الأدنى",
    "most": "at most|up to|no more than|not more than|a maximum of|maximum of|as many as|"
    "على الأكثر|ما لا يزيد على|ما لا يزيد عن|لا يزيد على|لا يزيد عن|لا تزيد عن|لا يتجاوز|لا تتجاوز|بحد أقصى|لم يتجاوز|لم تتجاوز",
    "about": "about|around|approximately|roughly|some|circa|c|ca|estimated|estimated at|an estimated|close to|"
    "نحو|حوالي|حوالى|قرابة|زهاء|ما يقارب|تقريبا|يقارب|بنحو|بحوالي|قدره نحو|ما يناهز|يناهز",
    "nearly": "nearly|almost|just over|just short of|ما يقرب من|يقرب من|بالقرب من|قريبا من",
}
_AFTER = {
    "least": "or more|or higher|or above|at least|plus|and over|على الأقل|فأكثر|أو أكثر|فما فوق",
    "most": "or less|or fewer|or under|at most|على الأكثر|أو أقل|فأقل|كحد أقصى",
    "about": "or so|approximately|تقريبا",
}


def _phrases(table: dict[Bound, str]) -> dict[tuple[str, ...], Bound]:
    return {tuple(normalize(phrase).split()): bound for bound, line in table.items() for phrase in line.split("|")}


_BEFORE_PHRASES = _phrases(_BEFORE)  # type: ignore[arg-type]
_AFTER_PHRASES = _phrases(_AFTER)  # type: ignore[arg-type]
_LONGEST = max(len(phrase) for phrase in (*_BEFORE_PHRASES, *_AFTER_PHRASES))
_FAR = 5
_EXCEEDS = normal_forms("يتجاوز تتجاوز يتعدى تتعدى تجاوز تجاوزت يتخطى")
_GROWS = normal_forms("يزيد تزيد")
_FALLS_SHORT = normal_forms("يقل تقل")
_JOINING = normal_forms("على عن")
_WRITTEN_TO = ("ب", "ل", "و", "ف")  # «بأكثر من»
_DENIES = normal_forms("لا لم لن")
_SKIPPED = frozenset(("the", "a", "of", "than", "$", "€", "£", "only", "just", "was", "is", "were", "to", "on", "by"))


def bound_of(forms: Sequence[str], first: int, after: int) -> tuple[Bound, int]:
    """Return what the words around make of the number that stands from `first` to `after`, and how many words right before it do."""
    end = first
    for _ in range(2):
        for length in range(min(_LONGEST, end), 0, -1):
            phrase = tuple(forms[end - length : end])
            found = _BEFORE_PHRASES.get(phrase) or _BEFORE_PHRASES.get((phrase[0][1:] if phrase[0][:1] in _WRITTEN_TO else "", *phrase[1:]))
            if found is not None:
                return found, first - end + length
        if end == 0 or forms[end - 1] not in _SKIPPED:
            break
        end -= 1
    for begin in (after, after + 1):
        for length in range(min(_LONGEST, len(forms) - begin), 0, -1):
            found = _AFTER_PHRASES.get(tuple(forms[begin : begin + length]))
            if found is not None:
                return found, 0
    return _distant(forms, first), 0


def _distant(forms: Sequence[str], first: int) -> Bound:
    """Return what a verb says whose subject stands between it and the number: «لا يتجاوز عدد العمال 500», «يقل عددهم عن 500»."""
    joined = forms[first - 1] if first else ""
    for at in range(first - 1, max(-1, first - 1 - _FAR), -1):
        above = forms[at] in _EXCEEDS or (forms[at] in _GROWS and joined in _JOINING)
        if above or (forms[at] in _FALLS_SHORT and joined in _JOINING):
            denied = at > 0 and forms[at - 1] in _DENIES
            return ("most" if denied else "above") if above else ("least" if denied else "below")
    return "exact"
