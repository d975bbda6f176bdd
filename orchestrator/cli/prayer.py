"""`fanar prayer` and `fanar qibla`: for a city by name or for coordinates. Ask no server: it is astronomy."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from fanar.bilingual import Bilingual
from orchestrator.cli.calendar import show
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_THE_API, AsJson
from orchestrator.cli.terminal import Terminal

_PLACE = {
    "city": Bilingual("A city, in Arabic or English.", "مدينة بالعربية أو الإنجليزية."),
    "country": Bilingual("Its country, where the name is not enough.", "بلدها إن لم يكفِ الاسم."),
    "latitude": Bilingual("Degrees north, instead of a city.", "درجات الشمال بدل المدينة."),
    "longitude": Bilingual("Degrees east.", "درجات الشرق."),
    "as_json": AS_THE_API,
}
HELP = Help(
    Bilingual("Tell the prayer times of a day.", "اعرض مواقيت الصلاة ليوم."),
    details=Bilingual(
        "Methods: mwl isna egypt umm_al_qura karachi tehran jafari gulf dubai kuwait qatar singapore malaysia indonesia turkey france "
        "russia algeria tunisia morocco jordan portugal moonsighting; what is usual in the country is taken where none is named.",
        "الطرق: mwl isna egypt umm_al_qura karachi tehran jafari gulf dubai kuwait qatar singapore malaysia indonesia turkey france "
        "russia algeria tunisia morocco jordan portugal moonsighting؛ ويؤخذ بالمعتاد في البلد إن لم تُسمَّ طريقة.",
    ),
    examples=(
        ("fanar prayer الدوحة", Bilingual("today in Doha", "اليوم في الدوحة")),
        ("fanar prayer London --asr hanafi --high-latitude seventh_of_night", Bilingual("by other rules", "بقواعد أخرى")),
        ("fanar prayer --latitude 25.3 --longitude 51.5 --time-zone Asia/Qatar", Bilingual("by coordinates", "بالإحداثيات")),
    ),
    parameters={
        **_PLACE,
        "zone": Bilingual("IANA time zone, needed with coordinates.", "المنطقة الزمنية (IANA)، تلزم مع الإحداثيات."),
        "day": Bilingual("YYYY-MM-DD; today if left out.", "YYYY-MM-DD؛ واليوم إن تُرك."),
        "method": Bilingual("How the times are told.", "طريقة الحساب."),
        "asr": Bilingual("majority or hanafi.", "majority أو hanafi."),
        "high_latitude": Bilingual(
            "angle_based, middle_of_night, seventh_of_night or parallel_45.",
            "angle_based أو middle_of_night أو seventh_of_night أو parallel_45.",
        ),
    },
)
QIBLA = Help(
    Bilingual("Tell the direction of the qibla.", "اعرض اتجاه القبلة."),
    examples=(("fanar qibla London", Bilingual("from London", "من لندن")),),
    parameters=_PLACE,
)

City = Annotated[str | None, typer.Argument(metavar="[CITY]")]
Country = Annotated[str | None, typer.Option("--country", metavar="NAME")]
Latitude = Annotated[float | None, typer.Option("--latitude", metavar="DEGREES")]
Longitude = Annotated[float | None, typer.Option("--longitude", metavar="DEGREES")]


def prayer(
    ctx: typer.Context,
    city: City = None,
    country: Country = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    zone: Annotated[str | None, typer.Option("--time-zone", metavar="ZONE")] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE")] = None,
    method: Annotated[str | None, typer.Option("--method", metavar="NAME")] = None,
    asr: Annotated[str | None, typer.Option("--asr", metavar="SCHOOL")] = None,
    high_latitude: Annotated[str | None, typer.Option("--high-latitude", metavar="RULE")] = None,
    as_json: AsJson = False,
) -> int:
    """Tell the prayer times of a day."""
    from orchestrator.api.faults import validated
    from orchestrator.api.schemas.calendar import day_of
    from orchestrator.api.schemas.prayer import PrayerTimesRequest
    from orchestrator.bootstrap.places import LatePlaces
    from orchestrator.platform import local_now
    from rag.islamic.prayer.inquiry import place_of, timetable
    from rag.islamic.prayer.telling import told

    terminal: Terminal = ctx.obj
    place_given = {"city": city, "country": country, "latitude": latitude, "longitude": longitude}
    how = {"time_zone": zone, "date": day, "method": method, "asr": asr, "high_latitude": high_latitude}
    wanted = validated(PrayerTimesRequest, _given({**place_given, **how}))
    place, now = asyncio.run(place_of(wanted.where(), LatePlaces())), local_now()
    table = timetable(place, wanted.manner(), day=day_of(wanted.date) if wanted.date else None, now=now, zone=wanted.time_zone)
    show(told(table, now=now), terminal, as_json=as_json)
    return Exit.OK


def qibla(
    ctx: typer.Context,
    city: City = None,
    country: Country = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    as_json: AsJson = False,
) -> int:
    """Tell the direction of the qibla."""
    from orchestrator.api.faults import validated
    from orchestrator.api.schemas.prayer import QiblaRequest
    from orchestrator.bootstrap.places import LatePlaces
    from rag.islamic.prayer.inquiry import place_of
    from rag.islamic.prayer.qibla import qibla_from
    from rag.islamic.prayer.telling import told_qibla

    terminal: Terminal = ctx.obj
    wanted = validated(QiblaRequest, _given({"city": city, "country": country, "latitude": latitude, "longitude": longitude}))
    place = asyncio.run(place_of(wanted.where(), LatePlaces(), zone_needed=False))
    show(told_qibla(place, qibla_from(place.spot)), terminal, as_json=as_json)
    return Exit.OK


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
