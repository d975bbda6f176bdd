from __future__ import annotations

import pytest

from orchestrator.tools.units import parse_units


def text_of(text: str) -> str | None:
    result = parse_units(text)
    return None if result is None else result.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("5 miles to km", "5 mi = 8.04672 km"),
        ("convert 100 F to C", "100 °F ≈ 37.777778 °C"),
        ("-40 c to f", "-40 °C = -40 °F"),
        ("how many feet in a mile?", "1 mi = 5,280 ft"),
        ("how many seconds in a day", "1 d = 86,400 s"),
        ("2 GB in MB", "2 GB = 2,000 MB"),
        ("1 GiB in MiB", "1 GiB = 1,024 MiB"),
        ("what is 5 feet in cm", "5 ft = 152.4 cm"),
        ("100 mph in km/h", "100 mph = 160.9344 km/h"),
        ("كم غرام في الكيلو", "1 كيلوغرام = 1,000 غرام"),
        ("كام متر في الكيلومتر", "1 كيلومتر = 1,000 متر"),
        ("حول ٥ ميل الى كيلومتر", "٥ ميل = ٨٫٠٤٦٧٢ كيلومتر"),
        ("37 درجة مئوية كم فهرنهايت", "37 درجة مئوية = 98.6 درجة فهرنهايت"),
        ("كم كيلو 10 باوند", "10 باوند = 4.5359237 كيلوغرام"),
        ("عشرة كيلو كم باوند", "10 كيلوغرام ≈ 22.046226 باوند"),
        ("كم دقيقة في 3 ساعات", "3 ساعة = 180 دقيقة"),
        ("كم هكتار في الكيلومتر المربع", "1 كيلومتر مربع = 100 هكتار"),
        ("حوّل 72 ميلاً في الساعة إلى متر في الثانية", "72 ميل في الساعة = 32.18688 متر في الثانية"),
        ("نصف لتر كم مل", "0.5 لتر = 500 مليلتر"),
        ("كيلو ونص كم غرام", "1.5 كيلوغرام = 1,500 غرام"),
        ("كم غرام في كيلو وربع", "1.25 كيلوغرام = 1,250 غرام"),
        ("كم دقيقة في 3 ساعات ونص", "3.5 ساعة = 210 دقيقة"),
        ("ساعتين كم دقيقة", "2 ساعة = 120 دقيقة"),
        ("ساعتين ونصف كم دقيقة", "2.5 ساعة = 150 دقيقة"),
        ("half a mile in km", "0.5 mi = 0.804672 km"),
        ("5 US gallons to liters", "5 US gallon = 18.92705892 l"),
    ],
)
def test_a_conversion_is_exact(text: str, answer: str) -> None:
    assert text_of(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "5 km to kg",
        "5 km to km",
        "كم غرام كاسة طحين",
        "how many cups in 200 g",
        "كم يوم في السنة",
        "5 miles to km and back",
        "-5 km to miles",
        "رطل كم كيلو",
        "ساعتين ونصف سكان",
        "نصف السكان كم دقيقة",
        "3 كيلو و 500 غرام كم باوند",
        "I ran 5 km in 30 minutes",
        "how far is 5 miles",
        "kg",
        "",
        "5 m " * 100,
    ],
)
def test_what_is_not_one_conversion_within_one_dimension_is_left_alone(text: str) -> None:
    assert text_of(text) is None


@pytest.mark.parametrize(
    ("there", "back"), [("3 mi to km", "4.828032 km to mi"), ("20 c to f", "68 f to c"), ("7 lb to kg", "3.17514659 kg to lb")]
)
def test_the_way_back_gives_the_same_number(there: str, back: str) -> None:
    first, second = text_of(there), text_of(back)
    assert first is not None
    assert second is not None
    assert second.split(" = ")[1].split()[0] == there.split()[0]
