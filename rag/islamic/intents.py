"""What an Islamic prompt wants, as far as it decides how it may be answered. Knows nothing of verses.

The router's intent is a guess; what is sure here is read from the prompt's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.stemming import snowball
from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import normal_words
from fanar.bilingual import Bilingual
from rag.islamic.cues import DEEDS, GRAVE, MEDICAL, NAMED_TOOLS, OUGHT, RULING, WHO
from rag.islamic.danger import safety_for
from rag.islamic.statistics.names import arabic_name, is_listed

_READ = 4_000


@dataclass(frozen=True, slots=True)
class Wish:
    """How a prompt may be answered. `missing` names the source or tool it asks for by name and that is not installed.

    `ruling`: it asks what is lawful. `grave`: nobody may write around the verses. `medical`: a doctor is to be asked. `safety`: what is to
    be said to somebody who may be in danger, and nothing else.
    """

    ruling: bool = False
    grave: bool = False
    medical: bool = False
    safety: Bilingual | None = None
    missing: str | None = None


def read_wish(prompt: str, *, intent: str | None = None) -> Wish:
    """Read what `prompt` wants; `intent` is the router's guess."""
    normal = " ".join(normalize(prompt[:_READ]).split())
    said = normal_words(normal)
    words = {form for word in said for form in (word, _bare(word))}
    return Wish(
        ruling=bool(words & RULING) or not OUGHT.isdisjoint(said[:1]) or intent == "ruling",
        grave=bool(words & GRAVE) and not _asks_who_did(said),
        medical=bool(words & MEDICAL),
        safety=safety_for(prompt),
        missing=next((name for name, pattern in NAMED_TOOLS.items() if pattern.search(normal)), None),
    )


def _asks_who_did(words: Sequence[str]) -> bool:
    """Whether it asks who killed somebody whom the Quran names, and nothing else: that was long ago, and nobody is to be judged by it."""
    if words[0] not in WHO:
        return False
    match [word for word in words[1:] if word not in STOPWORDS]:
        case [deed, name]:
            return deed in DEEDS and (is_listed(name) or arabic_name([name]) is not None)
        case _:
            return False


def _bare(word: str) -> str:
    return snowball(word) if word.isascii() else word.removeprefix("و").removeprefix("ال")
