"""Hears that a short turn asks the last question again of something else: "and Yemen?", «وماذا عن اليمن؟». Knows no routes."""

from __future__ import annotations

import re

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms

_LONGEST = 60
_SAME = re.compile(
    r"(?:and |but |ok |so )*(?:what about|how about|and|or|same for)\b"
    r"(?: (?:in|of|for|the|my|a|an|to|into|from|about|at|on|if))*(?: [\w'’.-]+){1,2}|"
    r"(?:طب |طيب |زين |واخا |باهي |خوش )?(?:و?(?:ماذا|ايش|شو|وش|شنو|اش|اشنو) (?:عن|بخصوص) \S+(?: \S+)?|"
    r"و(?:في|من|الي|عن|علي|عند|مع|بعد|قبل)? ?\S{2,}(?: \S+)?)"
)
# What asks for something else than the last question did: the present, or another language.
_ELSE = normal_forms(
    "now today tonight latest currently english arabic french الآن اليوم الحين هلق هلأ دلوقتي دابا توا هسه الحالي الحالية النهارده "
    "شكرا thanks bye بالعربي بالعربية بالانجليزي بالإنجليزية بالفرنسي بالفرنسية بالاسباني بالإسبانية بالتركي بالتركية"
)


def asks_the_same(text: str) -> bool:
    """Whether `text`, which follows a question, has nothing but another thing or place to ask it of."""
    if len(text) > _LONGEST:
        return False
    normal = normalize(text).strip(" ؟?!.،,")
    return _SAME.fullmatch(normal) is not None and _ELSE.isdisjoint(normal.removeprefix("و").split())
