"""Places by name: what one is, and how it is found in a table or in a sentence. Knows nothing of where the table comes from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from rag.islamic.prayer.sun import Spot

_LONGEST_NAME = 5
_JOINED = ("بال", "وبال", "ب", "ل", "لل", "ف", "و")
_BEFORE = normal_forms("في ب من ل إلى الى مدينة بمدينة لمدينة دولة مدينه ف بـ in at for from of to near city")
_ARTICLE = "ال"
# A name that is also a common word is a place only after a word like "in".
_KNOWN_BY_SIZE = 300_000
_NOT_NAMES = normal_forms(
    "اليوم متى وقت صلاة الصلاة أذان الاذان الفجر الظهر العصر المغرب العشاء الجمعة الشمس القبلة قبلة اتجاه الآن بكرة غدا كم باقي مواقيت "
    "مسجد البيت الحرام مكان هنا هناك قريب الساعة من هي هو ما على الى ال يوم شهر رمضان الإمساك الافطار السحور طريق المدرسة صباح مساء "
    "today tomorrow time times prayer fajr asr isha maghrib dhuhr sunrise the a an is what when now me my city date here qibla direction "
    "which way face toward towards pray mosque are do i you should kaaba"
)
_MARK = re.compile(r"[^\w\s]+")
_NOT_FOUND = Bilingual(
    "No city of this name is known here; send `latitude`, `longitude` and `time_zone`.",
    "لا مدينة معروفة هنا بهذا الاسم؛ أرسل latitude وlongitude وtime_zone.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A city or town. `country` is its ISO 3166 code, `zone` the name of its time zone."""

    name: Bilingual
    country: str
    spot: Spot
    zone: str
    population: int


class Places(Protocol):
    """Knows places by name."""

    def named(self, name: str, *, country: str | None = None) -> Place:
        """Return the best known place of that name, in a country (ISO code) if one is given. Raises NotFoundError."""
        ...

    def mentioned(self, text: str) -> Place | None:
        """Return the place that a sentence speaks of; None where it speaks of none."""
        ...


class NamedPlaces:
    """Places in memory. `capitals` maps names of countries to their capital, which stands for the country."""

    def __init__(self, places: Sequence[tuple[Place, Sequence[str]]], *, capitals: Sequence[tuple[Place, Sequence[str]]] = ()) -> None:
        self._by_name: dict[str, list[Place]] = {}
        self._all = [place for place, _ in places]
        for place, names in (*places, *capitals):
            for key in {key for name in names if (key := folded(name))}:
                known = self._by_name.setdefault(key, [])
                if place not in known:
                    known.append(place)
        self._countries: Mapping[str, Place] = {folded(name): place for place, names in capitals for name in names}
        for known in self._by_name.values():
            known.sort(key=lambda place: -place.population)

    def __len__(self) -> int:
        """Return how many names are known."""
        return len(self._by_name)

    def all(self) -> list[Place]:
        """Return all places, in the order in which they came."""
        return self._all

    def named(self, name: str, *, country: str | None = None) -> Place:
        """Return the best known place of that name, in a country (ISO code) if one is given. Raises NotFoundError."""
        if country is None and "," in name.replace("،", ","):
            name, _, country = (part.strip() for part in name.replace("،", ",").partition(","))
        key = folded(name)
        known = self._by_name.get(key) or self._by_name.get(key.removeprefix(_ARTICLE)) or self._by_name.get(_ARTICLE + key) or []
        code = self._code(country) if country else None
        found = next((place for place in known if code is None or place.country == code), None)
        if code is None and (capital := self._countries.get(key)) is not None and (found is None or found.population < capital.population):
            found = capital
        if found is None:
            raise NotFoundError(_NOT_FOUND, param="city")
        return found

    def mentioned(self, text: str) -> Place | None:
        """Return the place that a sentence speaks of; None where it speaks of none."""
        words = folded(text).split()
        best: tuple[tuple[bool, int, int], Place] | None = None
        for start, size, name, introduced in _names(words):
            place = self._mention(name, introduced=introduced, size=size)
            rank = (introduced, size, start)
            if place is not None and (best is None or rank > best[0]):
                best = (rank, place)
        return best[1] if best else None

    def _mention(self, name: str, *, introduced: bool, size: int) -> Place | None:
        try:
            place = self.named(name)
        except NotFoundError:
            return None
        return place if introduced or place.population >= _KNOWN_BY_SIZE else None

    def _code(self, country: str) -> str:
        capital = self._countries.get(folded(country))
        return capital.country if capital else country.upper()


def folded(name: str) -> str:
    """Return a name as it is compared: no accents, no marks, one spelling of Arabic letters."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", normalize(name)) if not unicodedata.combining(char))
    return " ".join(_MARK.sub(" ", normalize(plain)).split())


def _names(words: Sequence[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield what may be names of places: where they begin, how many words, the name, whether a word like "in" introduces it."""
    for start in range(len(words)):
        for size in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
            span = words[start : start + size]
            if span[0] in _BEFORE or any(word in _NOT_NAMES for word in span):
                continue
            introduced = start > 0 and words[start - 1] in _BEFORE
            yield start, size, " ".join(span), introduced
            yield from ((start, size, " ".join([bare, *span[1:]]), True) for bare in _unjoined(span[0]))


def _unjoined(word: str) -> Iterator[str]:
    """Yield what is left of a word without the particles that Arabic writes on it."""
    for joined in _JOINED:
        rest = word.removeprefix(joined)
        if rest != word and len(rest) > 2 and rest not in _NOT_NAMES:
            yield _ARTICLE + rest if joined in ("بال", "وبال", "لل") else rest
