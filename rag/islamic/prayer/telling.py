"""Prayer times and the qibla as data for machines and as text for people, in both languages. Knows nothing of the sun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from fanar.bilingual import LANGUAGES, Bilingual, Language
from rag.islamic.calendar.hijri import covers, to_hijri
from rag.islamic.calendar.wording import gregorian_text, hijri_text
from rag.islamic.prayer.gazetteer import SOURCE
from rag.islamic.prayer.inquiry import Timetable
from rag.islamic.prayer.methods import METHODS, Moment
from rag.islamic.prayer.places import Place
from rag.islamic.prayer.qibla import NOTE, Qibla

Json = dict[str, Any]

NAMES: dict[Moment, Bilingual] = {
    "fajr": Bilingual("Fajr", "الفجر"),
    "sunrise": Bilingual("Sunrise", "الشروق"),
    "dhuhr": Bilingual("Dhuhr", "الظهر"),
    "asr": Bilingual("Asr", "العصر"),
    "sunset": Bilingual("Sunset", "الغروب"),
    "maghrib": Bilingual("Maghrib", "المغرب"),
    "isha": Bilingual("Isha", "العشاء"),
    "midnight": Bilingual("Midnight", "منتصف الليل"),
    "last_third": Bilingual("Last third of the night", "ثلث الليل الآخر"),
}
_SHOWN: tuple[Moment, ...] = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")
_TITLE = Bilingual("Prayer times in {place}, {day}", "مواقيت الصلاة في {place}، {day}")
_ONE = Bilingual("{name} in {place} on {day}: {time}.", "{name} في {place} يوم {day}: الساعة {time}.")
_METHOD = Bilingual("Method: {name}; Asr: {asr}.", "الطريقة: {name}؛ العصر: {asr}.")
_ASR = {
    "majority": Bilingual("a shadow of one length (majority)", "مثل ظل الشيء (الجمهور)"),
    "hanafi": Bilingual("a shadow of two lengths (Hanafi)", "مثلا ظل الشيء (الحنفية)"),
}
_MOVED = Bilingual(
    "Twilight there does not end as the method asks; by the rule for high latitudes: {names}.",
    "لا تتحقق علامة الشفق هناك كما تطلب الطريقة، فقُدِّر بقاعدة خطوط العرض العالية: {names}.",
)
_PARALLEL = Bilingual(
    "The sun does not rise and set there on this day: these are the times of the 45th parallel, as the Islamic Fiqh Academy of the Muslim "
    "World League decided.",
    "لا تطلع الشمس وتغرب هناك في هذا اليوم، فهذه مواقيت خط العرض 45 كما قرر المجمع الفقهي الإسلامي برابطة العالم الإسلامي.",
)
_LOCAL = Bilingual(
    "Computed; your mosque or authority may add minutes of precaution.", "حُسبت فلكيًّا؛ وقد يزيد مسجدك أو الجهة الرسمية دقائق احتياطًا."
)
_LEFT = Bilingual("{hours} h {minutes} min left.", "بقي {hours} س و{minutes} د.")
_QIBLA = Bilingual(
    "The qibla from {place}: {bearing}° clockwise from north, towards the {wind}; {distance} km to the Kaaba.",
    "القبلة من {place}: {bearing}° من الشمال باتجاه عقارب الساعة، جهة {wind}؛ والمسافة إلى الكعبة {distance} كم.",
)


def told(table: Timetable, *, now: datetime) -> Json:
    """Return the times as JSON."""
    day, wanted = table.wanted.day, table.wanted
    return {
        "date": day.isoformat(),
        "hijri": str(to_hijri(day)) if covers(day) else None,
        "place": told_place(table.place, zone=wanted.zone.key),
        "method": {"id": wanted.method, **METHODS[wanted.method].name.by_language(), "chosen": table.chosen},
        "asr": wanted.asr,
        "high_latitude": wanted.high_latitude,
        "times": {name: f"{time:%H:%M}" for name, time in table.day.times.items()},
        "moments": {name: time.isoformat() for name, time in table.day.times.items()},
        "adjusted": list(table.day.adjusted),
        "by_parallel_45": table.day.by_parallel,
        "next": _next(table, now),
        "notes": [note.by_language() for note in notes(table)],
        "text": listed(table).by_language(),
    }


def told_place(place: Place, *, zone: str | None = None) -> Json:
    """Return a place as JSON."""
    spot = place.spot
    return {
        "name": place.name.by_language(),
        "country": place.country or None,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "time_zone": zone or place.zone,
        "source": SOURCE.by_language() if place.population else None,
    }


def told_qibla(place: Place, qibla: Qibla) -> Json:
    """Return the direction as JSON."""
    return {
        "place": told_place(place),
        "bearing": qibla.bearing,
        "direction": qibla.wind.by_language(),
        "distance_km": qibla.distance_km,
        "notes": [NOTE.by_language()],
        "text": directed(place, qibla).by_language(),
    }


def directed(place: Place, qibla: Qibla) -> Bilingual:
    """Return the direction as text."""
    return Bilingual(*(_directed(place, qibla, language) for language in LANGUAGES))


def listed(table: Timetable) -> Bilingual:
    """Return all times as text."""
    return Bilingual(*("\n".join(_lines(table, language)) for language in LANGUAGES))


def single(table: Timetable, name: Moment, *, now: datetime) -> Bilingual:
    """Return one time as text, and how long it is until then, if it is to come within a day."""
    return Bilingual(*("\n".join(_single(table, name, now, language)) for language in LANGUAGES))


def notes(table: Timetable) -> Iterator[Bilingual]:
    """Yield what is to be said beside the times."""
    if table.day.by_parallel:
        yield _PARALLEL
    if table.day.adjusted:
        named = [NAMES[name] for name in table.day.adjusted]
        yield _MOVED.format(names=Bilingual(", ".join(name.en for name in named), "، ".join(name.ar for name in named)))
    yield _LOCAL


def _directed(place: Place, qibla: Qibla, language: Language) -> str:
    said = _QIBLA.in_language(language).format(
        place=place.name.in_language(language),
        bearing=f"{qibla.bearing:.1f}",
        wind=qibla.wind.in_language(language),
        distance=f"{qibla.distance_km:,.0f}",
    )
    return f"{said}\n{NOTE.in_language(language)}"


def _dated(table: Timetable, language: Language) -> str:
    day = table.wanted.day
    hijri = f" ({hijri_text(to_hijri(day)).in_language(language)})" if covers(day) else ""
    return gregorian_text(day).in_language(language) + hijri


def _lines(table: Timetable, language: Language) -> Iterator[str]:
    yield _TITLE.in_language(language).format(place=table.place.name.in_language(language), day=_dated(table, language))
    yield ""
    for name in _SHOWN:
        yield f"- {NAMES[name].in_language(language)}: {table.day.times[name]:%H:%M}"
    yield ""
    yield from _footer(table, language)


def _footer(table: Timetable, language: Language) -> Iterator[str]:
    method = METHODS[table.wanted.method].name.in_language(language)
    yield _METHOD.in_language(language).format(name=method, asr=_ASR[table.wanted.asr].in_language(language))
    yield from (note.in_language(language) for note in notes(table))


def _single(table: Timetable, name: Moment, now: datetime, language: Language) -> Iterator[str]:
    time = table.day.times[name]
    said = _ONE.in_language(language).format(
        name=NAMES[name].in_language(language),
        place=table.place.name.in_language(language),
        day=_dated(table, language),
        time=f"{time:%H:%M}",
    )
    left = time - now
    if timedelta(0) < left < timedelta(days=1):
        hours, minutes = divmod(int(left / timedelta(minutes=1)), 60)
        said = f"{said} {_LEFT.in_language(language).format(hours=hours, minutes=minutes)}"
    yield said
    yield ""
    yield from _footer(table, language)


def _next(table: Timetable, now: datetime) -> Json | None:
    coming = [(time, name) for name in _SHOWN if (time := table.day.times[name]) > now and name != "sunrise"]
    if not coming or coming[0][0] - now > timedelta(days=1):
        return None
    time, name = min(coming)
    return {"prayer": name, "at": time.isoformat(), "minutes": int((time - now) / timedelta(minutes=1))}
