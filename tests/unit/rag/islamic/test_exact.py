"""The exact tools in conversations: the calendar, prayer times, the qibla and zakat, in Arabic, its dialects and English."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fanar.messages import ChatMessage, ChatRequest, SourceFilter
from orchestrator.bootstrap.places import LatePlaces
from rag.islamic.calendar.talk import CalendarTalk, asks_for_occasion
from rag.islamic.confidence import load_calibration
from rag.islamic.exact import ExactReply
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from rag.islamic.prayer.gazetteer import load_places
from rag.islamic.prayer.talk import WHERE, PrayerTalk, asks_for_prayer
from rag.islamic.zakat.talk import ZakatTalk, adds_to_zakat, asked_back, asks_for_zakat
from tests.fakes.models import PassingGuard
from tests.unit.rag.islamic.quran import FixedRetriever, collected, completed, conversation, decided, scripture, text_of


def now() -> datetime:
    return datetime(2026, 2, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def prayer() -> PrayerTalk:
    known = load_places()
    return PrayerTalk(places=LatePlaces(lambda: known), clock=now)


CALENDAR, ZAKAT = CalendarTalk(clock=now), ZakatTalk()


def asked(*turns: str, madhabs: tuple[str, ...] = ()) -> ChatRequest:
    messages = [message for turn in turns for message in (ChatMessage("user", turn), ChatMessage("assistant", "..."))]
    return ChatRequest(tuple(messages[:-1]), sources=SourceFilter(madhabs=madhabs))  # type: ignore[arg-type]


async def said(tool: object, *turns: str, madhabs: tuple[str, ...] = ()) -> ExactReply:
    reply = await tool.answer(asked(*turns, madhabs=madhabs))  # type: ignore[attr-defined]
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("prompt", "days", "occasion"),
    [
        ("كم باقي على رمضان", 17, "ramadan"),
        ("كم باقي لرمضان؟", 17, "ramadan"),
        ("كم يومًا بقي على رمضان؟", 17, "ramadan"),
        ("كم يوم باقي على عيد الأضحى", 115, "eid_al_adha"),
        ("قديش ضايل لرمضان", 17, "ramadan"),
        ("شحال باقي لرمضان", 17, "ramadan"),
        ("امتى رمضان السنة دي", 17, "ramadan"),
        ("متى يبدأ شهر رمضان المبارك", 17, "ramadan"),
        ("How many days until Ramadan?", 17, "ramadan"),
        ("when does ramadan start", 17, "ramadan"),
        ("كام باقي على العيد", 47, "eid_al_fitr"),
        ("how many days left till eid", 47, "eid_al_fitr"),
        ("متى عيد الأضحى", 115, "eid_al_adha"),
        ("امتى العيد الكبير", 115, "eid_al_adha"),
        ("when is eid al-adha", 115, "eid_al_adha"),
        ("days until Arafa", 114, "arafa"),
        ("متى يوم عاشوراء", 144, "ashura"),
        ("when is the Islamic new year", 135, "new_year"),
        ("متى ليلة القدر", 43, "night_27_ramadan"),
        ("متى الحج", 113, "tarwiyah"),
    ],
)
async def test_days_until_an_occasion_are_counted(prompt: str, days: int, occasion: str) -> None:
    reply = await said(CALENDAR, prompt)
    assert (reply.data["calendar"]["id"], reply.data["calendar"]["days_until"]) == (occasion, days)
    assert "may differ by a day" in reply.text.en
    assert "قد يختلف يومًا" in reply.text.ar


@pytest.mark.parametrize(
    ("prompt", "days"),
    [
        ("متى رمضان 2027", ["2027-02-08"]),
        ("When is Eid al-Fitr 2027?", ["2027-03-09"]),
        ("متى كان رمضان سنة ٢٠٢٥م", ["2025-03-01"]),
        ("متى يوم عاشوراء 1449هـ", ["2027-06-15"]),
        ("when is Ashura in 1449 AH", ["2027-06-15"]),
        ("امتى العيد 2027", ["2027-03-09", "2027-05-16"]),
        ("when is ramadan in 2030", ["2030-01-05", "2030-12-26"]),
        ("when was the Islamic new year in 2008", ["2008-01-10", "2008-12-29"]),
        ("متى رمضان 2077", ["2077-07-21"]),
    ],
)
async def test_an_occasion_in_a_named_year_is_told_with_its_days(prompt: str, days: list[str]) -> None:
    reply = await said(CALENDAR, prompt)
    assert [occasion["gregorian"] for occasion in reply.data["calendar"]["occasions"]] == days
    assert all(day[:4] in reply.text.ar for day in days)
    assert "may differ by a day" in reply.text.en


@pytest.mark.parametrize(
    "prompt",
    ["متى رمضان 2027هـ", "when is ramadan 1449 CE", "متى رمضان 999", "متى رمضان 1448 او 1449",
     "متى فرض صيام رمضان", "متى نزل القرآن في رمضان", "ما حكم صيام رمضان", "كم ركعة صلاة العيد", "when was fasting in Ramadan prescribed",
     "How many days did the Prophet fast in Ramadan", "رمضان كريم", "متى يفطر المسافر في رمضان", "كم باقي على المباراة", "x" * 500, ""],
)  # fmt: skip
async def test_other_questions_are_not_for_the_calendar(prompt: str) -> None:
    assert not asks_for_occasion(prompt)
    assert await CALENDAR.answer(asked(prompt)) is None


async def test_beyond_the_table_no_occasion_is_told() -> None:
    late = CalendarTalk(clock=lambda: datetime(2080, 1, 1, tzinfo=UTC))
    reply = await said(late, "متى رمضان")
    assert not reply.answered


@pytest.mark.parametrize(
    ("prompt", "place", "time"),
    [
        ("متى أذان المغرب في الدوحة اليوم؟", "الدوحة", "17:18"),
        ("امتى صلاة العصر بالقاهرة النهارده", "القاهرة", "15:10"),
        ("متى المغرب اليوم في الرياض", "الرياض", "17:38"),
        ("فوقاش كيأذن المغرب ف كازا", "الدار البيضاء", "19:07"),
        ("what time is fajr in Cairo tomorrow", "Cairo", "05:16"),
        ("prayer times in Doha", "Doha", "17:18"),
        ("مواقيت الصلاة في مكة", "مكة", "18:1"),
    ],
)
async def test_prayer_times_are_told_for_the_city(prayer: PrayerTalk, prompt: str, place: str, time: str) -> None:
    reply = await said(prayer, prompt)
    text = reply.text.en if prompt.isascii() else reply.text.ar
    assert place in text
    assert time in text
    assert reply.data["prayer_times"]["place"]["time_zone"]


@pytest.mark.parametrize(
    ("prompt", "bearing"),
    [
        ("qibla from London", 119),
        ("وين القبلة في نيويورك", 58.5),
        ("Which way should I pray in Paris?", 119.2),
        ("direction of Mecca from Toronto", 54.6),
    ],
)
async def test_the_qibla_is_told_for_the_city(prayer: PrayerTalk, prompt: str, bearing: float) -> None:
    assert abs((await said(prayer, prompt)).data["qibla"]["bearing"] - bearing) < 0.1


@pytest.mark.parametrize("prompt", ["وين القبلة", "متى صلاة الفجر", "qibla direction", "when is maghrib today"])
async def test_without_a_city_it_is_asked_for_and_a_later_turn_tells_it(prayer: PrayerTalk, prompt: str) -> None:
    reply = await said(prayer, prompt)
    assert (reply.text, reply.answered) == (WHERE, False)
    assert (await said(prayer, prompt, "الدوحة")).answered
    assert (await said(prayer, prompt, "in Doha")).answered
    assert await prayer.answer(asked(prompt, "شكرا لك")) is None
    assert await prayer.answer(asked("مرحبا", "الدوحة")) is None


@pytest.mark.parametrize(
    "prompt",
    ["ما حكم صلاة العصر", "كم عدد ركعات العشاء", "متى تلعب المغرب", "متى ينتهي وقت صلاة العشاء", "متى فرضت الصلاة", "how to pray fajr",
     "what time is it in Doha", "كم الساعة", "متى صلاة العيد", "ما فضل صلاة الفجر", "prayer for rain in London", "y" * 400,
     "البيع والشراء وقت صلاة الجمعة", "working at the time of Friday prayer"],
)  # fmt: skip
async def test_other_questions_are_not_for_prayer_times(prayer: PrayerTalk, prompt: str) -> None:
    assert not asks_for_prayer(prompt)
    assert await prayer.answer(asked(prompt)) is None


@pytest.mark.parametrize(
    ("prompt", "day"),
    [
        ("متى أذان المغرب في الدوحة يوم 1 يناير", "2027-01-01"),
        ("prayer times in Doha on 5 March 2027", "2027-03-05"),
        ("when is maghrib in Doha on March 5th", "2026-03-05"),
        ("متى المغرب في الدوحة بعد غد", "2026-02-03"),
        ("متى كان المغرب في الدوحة أمس", "2026-01-31"),
        ("متى المغرب في الدوحة يوم الجمعة", "2026-02-06"),
        ("متى كان المغرب في الدوحة يوم الجمعة الماضي", "2026-01-30"),
        ("وقت صلاة الجمعة في الدوحة", "2026-02-06"),
        ("متى المغرب الجمعة في الدوحة", "2026-02-06"),
        ("prayer times Friday in Doha", "2026-02-06"),
        ("مواقيت الصلاة في الدوحة أول رمضان", "2026-02-18"),
        ("متى الفجر في خميس مشيط", "2026-02-01"),
        ("كم باقي على الفجر في الدوحة", "2026-02-02"),
        ("مواقيت الصلاة في الدوحة يوم 2026-12-05", "2026-12-05"),
        ("prayer times for Doha on 2026/12/05", "2026-12-05"),
        ("prayer times in London on 5/12/2026", "2026-12-05"),
        ("مواقيت الصلاة في عمّان ٥-١٢-٢٠٢٦", "2026-12-05"),
        ("مواقيت الصلاة في الدوحة يوم 15/9/1447هـ", "2026-03-04"),
    ],
)
async def test_times_are_those_of_the_day_that_is_named(prayer: PrayerTalk, prompt: str, day: str) -> None:
    assert (await said(prayer, prompt)).data["prayer_times"]["date"] == day


@pytest.mark.parametrize(
    "prompt",
    [
        "مواقيت الصلاة في الدوحة في رمضان",
        "متى المغرب في الدوحة الأسبوع القادم",
        "fajr time in Doha on 30 February",
        "fajr time in Doha on 2026-02-30",
    ],
)
async def test_a_day_that_is_not_read_is_not_answered_by_todays_times(prayer: PrayerTalk, prompt: str) -> None:
    assert not asks_for_prayer(prompt)
    assert await prayer.answer(asked(prompt)) is None


@pytest.mark.parametrize(
    ("turns", "place", "day", "text"),
    [
        (("متى صلاة المغرب في القاهرة؟", "وبكرة؟"), "Cairo", "2026-02-02", "المغرب في القاهرة"),
        (("متى صلاة المغرب في القاهرة؟", "وبكرة؟", "وفي الرياض؟"), "Riyadh", "2026-02-02", "المغرب في الرياض"),
        (("متى صلاة المغرب في القاهرة؟", "والعشاء؟"), "Cairo", "2026-02-01", "العشاء في القاهرة"),
        (("متى صلاة المغرب", "الدوحة", "وبعد غد؟"), "Doha", "2026-02-03", "المغرب في الدوحة"),
        (("prayer times in London", "and tomorrow?"), "London", "2026-02-02", "لندن"),
        (("prayer times in London", "what about Paris on Friday?"), "Paris", "2026-02-06", "باريس"),
    ],
)
async def test_a_short_turn_asks_for_another_day_place_or_prayer(
    prayer: PrayerTalk, turns: tuple[str, ...], place: str, day: str, text: str
) -> None:
    reply = await said(prayer, *turns)
    told = reply.data["prayer_times"]
    assert (told["place"]["name"]["en"], told["date"]) == (place, day)
    assert text in reply.text.ar


async def test_a_turn_that_says_something_else_ends_the_talk_of_prayer(prayer: PrayerTalk) -> None:
    assert await prayer.answer(asked("متى صلاة المغرب في القاهرة؟", "شكرا", "وبكرة؟")) is None
    assert await prayer.answer(asked("متى صلاة المغرب في القاهرة؟", "هل يجوز الجمع غدا؟")) is None


async def test_a_city_is_the_one_in_the_country_named_behind_it(prayer: PrayerTalk) -> None:
    at_home = (await said(prayer, "prayer times in London please")).data["prayer_times"]["place"]["country"]
    abroad = (await said(prayer, "prayer times in London, Canada")).data["prayer_times"]["place"]["country"]
    answered = (await said(prayer, "متى المغرب", "London, Canada")).data["prayer_times"]["place"]["country"]
    assert (at_home, abroad, answered) == ("GB", "CA", "CA")
    assert (await said(prayer, "متى المغرب في طرابلس لبنان")).data["prayer_times"]["place"]["country"] == "LB"


@pytest.mark.parametrize("prompt", ["prayer times in London Ontario", "qibla from Paris Texas"])
async def test_a_city_with_something_unknown_behind_it_is_asked_about(prayer: PrayerTalk, prompt: str) -> None:
    reply = await said(prayer, prompt)
    assert not reply.answered
    assert "with its country" in reply.text.en


async def test_an_occasion_with_its_year_alone_asks_for_its_day() -> None:
    reply = await said(CALENDAR, "يوم عرفة 2027")
    assert "15 مايو 2027" in reply.text.ar
    assert await CALENDAR.answer(asked("ماذا حدث في رمضان 2024")) is None
    assert await CALENDAR.answer(asked("يوم عرفة")) is None


@pytest.mark.parametrize(
    ("turns", "occasion"),
    [
        (("متى رمضان القادم؟", "وكم باقي؟"), "ramadan"),
        (("متى رمضان القادم؟", "وعيد الفطر؟"), "eid_al_fitr"),
        (("متى رمضان القادم؟", "وكم باقي؟", "وعيد الأضحى؟"), "eid_al_adha"),
        (("When is Ashura 1448?", "what about Arafah?"), "arafa"),
    ],
)
async def test_a_short_turn_asks_for_the_same_occasion_or_another(turns: tuple[str, ...], occasion: str) -> None:
    assert (await said(CALENDAR, *turns)).data["calendar"]["id"] == occasion


@pytest.mark.parametrize("turn", ["شكرا", "ما فضل الصيام", "كم الساعة؟", "كم سعره؟", "and how long is it?"])
async def test_a_turn_on_something_else_is_not_for_the_calendar(turn: str) -> None:
    assert await CALENDAR.answer(asked("متى رمضان القادم؟", turn)) is None


@pytest.mark.parametrize(
    ("turns", "month", "days"),
    [
        (("كم يوم في صفر 1448",), (1448, 2), 30),
        (("كم يوم في رمضان",), (1447, 9), 30),
        (("how many days are in Ramadan 1448?",), (1448, 9), 29),
        (("كم عدد أيام شهر ذي الحجة 1448",), (1448, 12), 30),
        (("هل شعبان 29 أم 30 يوما",), (1447, 8), 29),
        (("متى يبدأ شهر رجب",), (1448, 7), 30),
        (("متى ينتهي رمضان",), (1447, 9), 30),
        (("when does Ramadan 1448 finish?",), (1448, 9), 29),
        (("هل صفر 1448 تمام أم ناقص",), (1448, 2), 30),
        (("كم يوم في صفر 1448", "وربيع الأول؟"), (1448, 3), 29),
        (("كم يوم في صفر 1448", "و1449؟"), (1449, 2), 29),
    ],
)
async def test_the_length_and_the_days_of_a_month_are_told(turns: tuple[str, ...], month: tuple[int, int], days: int) -> None:
    told = (await said(CALENDAR, *turns)).data["calendar"]
    assert ((told["year"], told["month"]), told["days"]) == (month, days)
    assert date.fromisoformat(told["last"]) - date.fromisoformat(told["first"]) == timedelta(days=days - 1)


@pytest.mark.parametrize("prompt", ["كم صفر في المليون", "متى مات الرسول في ربيع الأول", "كم يوم صمنا في رمضان", "كم يوم في السنة"])
async def test_a_month_that_is_only_named_is_not_measured(prompt: str) -> None:
    assert await CALENDAR.answer(asked(prompt)) is None


async def test_hanafis_are_told_their_asr(prayer: PrayerTalk) -> None:
    early, late = [await said(prayer, "متى العصر في لاهور", madhabs=madhabs) for madhabs in ((), ("hanafi",))]
    assert early.data["prayer_times"]["times"]["asr"] < late.data["prayer_times"]["times"]["asr"]
    named = await said(prayer, "متى العصر في لاهور على المذهب الحنفي")
    assert named.data["prayer_times"]["times"]["asr"] == late.data["prayer_times"]["times"]["asr"]


async def test_where_no_rule_answers_that_is_said(prayer: PrayerTalk) -> None:
    polar = PrayerTalk(places=prayer._places, clock=lambda: datetime(2026, 6, 21, 9, tzinfo=UTC))
    reply = await said(polar, "prayer times in Tromsø")
    assert not reply.answered


@pytest.mark.parametrize(
    ("turns", "unit", "amounts"),
    [
        (["عندي ٢٠٠ جرام ذهب كم زكاتها"], "gold_g", {"5"}),
        (["how much zakat on 200 grams of gold"], "gold_g", {"5"}),
        (["عندي ذهب ٢٠٠ جرام عيار 21 كم زكاتها", "سعر الجرام 480 ريال"], "gold_g", {"4.375"}),
        (["I have 50000 riyals, how much zakat do I owe?", "gold is 400 riyals per gram"], "money", {"1250"}),
        (["معي ٥٠ ألف ريال كم أدفع زكاة", "سعر جرام الفضة 5"], "money", {"1250"}),
        (["calculate zakat: $20,000 savings, I owe $5,000, gold price is 70 per gram"], "money", {"375", "500"}),
        (["عندي 30 ألف ريال وعليّ دين 5 آلاف، كم زكاتي والفضة جرامها 3 ريال؟"], "money", {"625", "750"}),
        (["عندي 200 جرام ذهب والجرام ب240 ريال، كم الزكاة؟"], "gold_g", {"5"}),
        (["احسب زكاة بضاعة ب 80000 ريال وسعر جرام الذهب 400"], "money", {"2000"}),
        (["عندي 130 راس غنم سائمة كم زكاتها"], "sheep_due", {"2"}),
        (["عندي خمسين جمل ترعى كم زكاتهم"], "hiqqa", {"1"}),
        (["كم زكاة 45 بقرة سائمة"], "musinna", {"1"}),
        (["عندي 130 خروف كم زكاتها", "سائمة"], "sheep_due", {"2"}),
        (["كم زكاة مالي؟", "عندي 100 ألف ريال", "سعر الذهب 250"], "money", {"2500"}),
        (["كم زكاة 50000 ريال، سعر الذهب 250 والفضة 3", "بالفضة"], "money", {"1250"}),
        (["عندي ذهب", "كم زكاته", "200 جرام", "الجرام 250 ريال"], "gold_g", {"5"}),
    ],
)
async def test_zakat_is_reckoned_on_what_is_told(turns: list[str], unit: str, amounts: set[str]) -> None:
    reply = await said(ZAKAT, *turns)
    assert reply.answered
    assert {each["amount"] for school in reply.data["zakat"] for each in school["total"] if each["unit"] == unit} == amounts


@pytest.mark.parametrize(
    ("prompt", "kg"),
    [
        ("زكاة الفطر عن ٥ أشخاص كم", "10.88"),
        ("حصدت ٣ طن قمح بالمطر كم زكاته", "300"),
        ("how much zakat on 2000 kg of dates irrigated by pumps", "100"),
    ],
)
async def test_food_is_reckoned_in_kilograms(prompt: str, kg: str) -> None:
    reply = await said(ZAKAT, prompt, madhabs=("shafii",))
    (school,) = reply.data["zakat"]
    assert school["lines"][-1]["due"][0][0]["amount"] == kg


@pytest.mark.parametrize(
    ("prompt", "needs"),
    [
        ("احسب زكاة 90000 ريال", ["nisab"]),
        ("I have 50000 riyals, how much zakat do I owe?", ["nisab"]),
        ("كم زكاة الفطر", ["people"]),
        ("عندي 130 خروف كم زكاتها", ["grazing"]),
        ("حصدت ٣ طن قمح كم زكاته", ["water"]),
    ],
)
async def test_what_decides_and_was_not_told_is_asked_for(prompt: str, needs: list[str]) -> None:
    reply = await said(ZAKAT, prompt)
    assert (reply.answered, reply.data["missing_facts"]) == (False, needs)
    assert asked_back(reply.text.ar)
    assert asked_back(reply.text.en)


async def test_what_was_taken_for_granted_is_said() -> None:
    reply = await said(ZAKAT, "عندي ٢٠٠ جرام ذهب كم زكاتها")
    assert "فهمت: ذهب 200 جم" in reply.text.ar
    assert "عيار ٢٤" in reply.text.ar
    assert "سعر الجرام" in reply.text.ar
    assert "الحنفية" in reply.text.ar
    assert "21/24" in (await said(ZAKAT, "zakat on 100 g gold 21 karat, how much? price per gram is 70")).text.en


@pytest.mark.parametrize(
    ("prompt", "of_a_year"),
    [
        ("لقيت كنزا مدفونا قيمته 50000 ريال كم زكاته", False),
        ("لقيت كنزا مدفونا قيمته 50000 ريال وعندي 100 جرام ذهب عيار 24 كم الزكاة", True),
        ("حصدت 1000 كيلو قمح بماء المطر ومعي 20000 ريال وغرام الفضة بـ 4 ريال، كم الزكاة", True),
    ],
)
async def test_a_year_is_asked_of_what_is_saved_and_of_nothing_else(prompt: str, *, of_a_year: bool) -> None:
    assert ("الحول" in (await said(ZAKAT, prompt)).text.ar) is of_a_year


async def test_worn_jewellery_differs_by_school() -> None:
    reply = await said(ZAKAT, "عندي حلي ١٥٠ جرام ذهب البسها كم زكاتها")
    assert "المذهب الحنفي: الذهب: 3.75" in reply.text.ar
    assert "المذاهب: المالكي والشافعي والحنبلي: لا زكاة فيه" in reply.text.ar


async def test_what_a_school_refuses_is_said_beside_the_others() -> None:
    reply = await said(ZAKAT, "زكاة الفطر عن 4 اشخاص من الرز كم")
    assert "الحنفي: عند الحنفية تُخرج" in reply.text.ar
    assert "8.704" in reply.text.ar


@pytest.mark.parametrize(
    "prompt", ["ما حكم تارك الزكاة", "كم آية ذكرت فيها الزكاة", "متى فرضت الزكاة", "ما هي مصارف الزكاة الثمانية", "عندي 3 أولاد", ""]
)
async def test_other_questions_are_not_for_the_zakat_calculator(prompt: str) -> None:
    assert not asks_for_zakat(prompt)
    assert await ZAKAT.answer(asked(prompt)) is None


@pytest.mark.parametrize(
    "turn", ["كم عدد سور القرآن", "114 سورة في القرآن", "ولو كانت 80000؟", "ما عاصمة قطر؟", "how many people live in Doha"]
)
async def test_a_question_of_its_own_is_no_answer_to_what_was_asked_back(turn: str) -> None:
    assert await ZAKAT.answer(asked("احسب زكاة 90000 ريال", turn)) is None


async def test_what_no_number_says_is_asked_by_name() -> None:
    reply = await said(ZAKAT, "دفعت 80 ألف وعندي 30 ألف ريال كم زكاتي وسعر الجرام 250")
    assert (reply.answered, "80000" in reply.text.ar) == (False, True)
    reply = await said(ZAKAT, "عندي 10 آلاف دينار و500 دولار، كم زكاتها؟ سعر جرام الذهب 20 دينار")
    assert (reply.data["missing_facts"], "دينار، دولار" in reply.text.ar, "10500" in reply.text.ar) == (["rate"], True, False)


async def test_what_was_taken_for_granted_of_debts_homes_and_prices_is_said() -> None:
    told = "عندي بيت قيمته 500 ألف وعندي 40 ألف ريال وعند اخوي 10 آلاف، و100 جرام ذهب عيار 21، كم زكاتي؟ سعر جرام عيار 21 هو 210 ريال"
    reply = await said(ZAKAT, told)
    assert reply.answered
    for note in ("للاستعمال", "مرجوَّ السداد", "من سعر العيار المذكور"):
        assert note in reply.text.ar


async def test_what_all_schools_refuse_is_said_once() -> None:
    reply = await said(ZAKAT, "عندي أسهم ب 200 ألف ريال للاستثمار كم زكاتها؟ سعر الجرام 250")
    assert reply.text.ar.count("حصتها من موجودات الشركة") == 1


async def test_a_turn_about_something_else_ends_the_reckoning() -> None:
    assert await ZAKAT.answer(asked("احسب زكاة 90000 ريال", "شكرا، وما فضل الصدقة")) is None
    assert adds_to_zakat("سعر الجرام 400")
    assert not adds_to_zakat("شكرا جزيلا")


@pytest.mark.parametrize("first", ["متى رمضان", "متى أذان المغرب في الدوحة", "كم زكاة ٢٠٠ جرام ذهب عيار ٢١؟"])
async def test_a_turn_before_one_too_long_to_read_is_not_answered_again(prayer: PrayerTalk, first: str) -> None:
    tools = (CALENDAR, prayer, ZAKAT)
    assert [reply for tool in tools if (reply := await tool.answer(asked(first))) is not None]
    assert [await tool.answer(asked(first, "لخص هذا النص. " * 200)) for tool in tools] == [None, None, None]


async def test_the_pipeline_lets_its_tools_answer_before_it_searches() -> None:
    retriever = FixedRetriever(())
    pipeline = IslamicPipeline(
        scripture=scripture(),
        retriever=retriever,
        calibration=load_calibration(),
        lexicon=load_lexicon(),
        guard=PassingGuard,
        tools=(CALENDAR, ZAKAT),
    )
    events = await collected(pipeline.answer(conversation("كم باقي على رمضان؟"), decided("calendar")))
    assert "17 يومًا" in text_of(events)
    assert (completed(events).metadata["tool"], completed(events).metadata["confident"]) == ("calendar", True)
    asking = await collected(pipeline.answer(conversation("احسب زكاة 90000 ريال"), decided("zakat")))
    assert completed(asking).metadata["confident"] is False
    assert retriever.asked == []
