"""Statistics in conversations: what is said, by which convention, with which verses."""

from __future__ import annotations

import pytest

from fanar.events import CitationAdded
from rag.islamic.confidence import load_calibration
from rag.islamic.divisions.table import load_divisions
from rag.islamic.exact import ExactReply
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from rag.islamic.statistics import wording
from rag.islamic.statistics.talk import StatisticsTalk
from tests.fakes.models import PassingGuard
from tests.unit.rag.islamic.quran import FixedRetriever, collected, completed, conversation, decided, scripture, text_of, verse


@pytest.fixture(scope="module")
def talk() -> StatisticsTalk:
    return StatisticsTalk(scripture=scripture(), divisions=load_divisions())


async def _said(talk: StatisticsTalk, prompt: str) -> ExactReply:
    reply = await talk.answer(conversation(prompt))
    assert reply is not None
    return reply


async def test_a_count_names_its_forms_its_places_and_its_convention(talk: StatisticsTalk) -> None:
    reply = await _said(talk, "كم مرة وردت كلمة الصبر في القرآن")
    assert "بالصبر 4" in reply.text.ar
    assert "2:45، 2:153، 90:17، 103:3" in reply.text.ar
    assert wording.BY_FORM.ar in reply.text.ar
    assert reply.data["statistics"]["words"][0]["total"] == 4
    assert [str(passage.reference) for passage in reply.passages] == ["2:45", "2:153", "90:17", "103:3"]


async def test_places_and_verses_are_bounded(talk: StatisticsTalk) -> None:
    reply = await _said(talk, "How many times is Moses mentioned in the Quran?")
    assert "and 111 more" in reply.text.en
    assert len(reply.passages) == 5
    assert reply.text.en.endswith(wording.SHOWN.en)


async def test_the_basmala_is_counted_as_verse_before_surahs_and_within_a_verse(talk: StatisticsTalk) -> None:
    reply = await _said(talk, "كم مرة وردت البسملة في القرآن؟")
    assert "114" in reply.text.ar
    assert [str(passage.reference) for passage in reply.passages] == ["1:1", "27:30"]
    words = await _said(talk, "كم مرة وردت عبارة «بسم الله الرحمن الرحيم» في القرآن")
    assert [str(passage.reference) for passage in words.passages] == ["1:1", "27:30"]


@pytest.mark.parametrize(
    ("prompt", "surah"),
    [
        ("ما السورة التي ليس فيها بسملة؟", 9),
        ("أي سورة لا تبدأ بالبسملة؟", 9),
        ("Which surah has no basmala?", 9),
        ("السورة التي تكررت فيها البسملة مرتين", 27),
        ("Which surah has the basmala twice?", 27),
    ],
)
async def test_the_surah_without_a_basmala_and_that_with_two_are_told(talk: StatisticsTalk, prompt: str, surah: int) -> None:
    assert (await _said(talk, prompt)).data["statistics"]["surah"] == surah


@pytest.mark.parametrize(
    ("prompt", "surah"), [("ترتيب سورة الكهف في المصحف", 18), ("ما رقم سورة يس؟", 36), ("What number is Surah Yusuf?", 12)]
)
async def test_the_place_of_a_surah_is_told(talk: StatisticsTalk, prompt: str, surah: int) -> None:
    assert (await _said(talk, prompt)).data["statistics"] == {"kind": "ordinal", "surah": surah}


@pytest.mark.parametrize("prompt", ["كم مرة تكررت فبأي آلاء ربكما تكذبان", "كم مره تكررت اية فبأي آلاء ربكما تكذبان في سورة الرحمن؟"])
async def test_a_sentence_of_the_quran_is_counted_without_being_called_one(talk: StatisticsTalk, prompt: str) -> None:
    assert (await _said(talk, prompt)).data["statistics"]["words"][0]["total"] == 31


async def test_a_sentence_that_occurs_nowhere_was_not_asked_of_the_quran(talk: StatisticsTalk) -> None:
    assert await talk.answer(conversation("كم مرة تكرر سقوط المطر الغزير هنا")) is None


@pytest.mark.parametrize(
    "prompt",
    [
        "ما أطول سورة وما أقصر سورة؟",
        "ما أطول وأقصر سورة في القرآن؟",
        "longest surah and shortest surah",
        "What is the longest and the shortest surah?",
    ],
)
async def test_two_extremes_are_told_together(talk: StatisticsTalk, prompt: str) -> None:
    each = (await _said(talk, prompt)).data["statistics"]["each"]
    assert [one["ranked"][0]["name"] for one in each] == ["2", "108"]


async def test_the_divine_name_is_counted_by_what_it_is_called(talk: StatisticsTalk) -> None:
    called, named = [await _said(talk, f"كم مرة ورد {name} في سورة الإخلاص") for name in ("لفظ الجلالة", "اسم الله")]
    assert called.data["statistics"]["words"] == named.data["statistics"]["words"]
    assert called.data["statistics"]["words"][0]["total"] == 2


@pytest.mark.parametrize("prompt", ["ما فضل البسملة؟", "هل البسملة آية من الفاتحة؟", "هل يجوز ترك البسملة قبل سورة الفاتحة؟"])
async def test_what_is_asked_about_the_basmala_beside_its_count_is_not_for_this_tool(talk: StatisticsTalk, prompt: str) -> None:
    assert await talk.answer(conversation(prompt)) is None


@pytest.mark.parametrize(
    ("prompt", "english", "arabic"),
    [
        ("كم مرة وردت كلمة الحاسوب في القرآن", "does not occur in the Quran in this form", "لم ترد «الحاسوب» في القرآن الكريم"),
        ("كم مرة ذكرت الصلاه في القرآن", "(الصلاة 58)", "(الصلاة 58)"),
        ("كم عدد آيات سورة البقرة", "In Surah Al-Baqarah: 286 verses.", "في سورة البقرة: 286 آية."),
        ("كم جزء في القرآن", "30 juz", "30 جزءًا"),
        ("كم كلمة في سورة الكوثر", "10 words. In everyday spelling", "10 كلمات. وبالرسم الإملائي"),
        ("كم سجدة في سورة الحج", "2 verses of prostration", "سجدتان"),
        ("كم سورة في الجزء الثلاثين", "In Juz 30: 37 surahs.", "في الجزء 30: 37 سورة."),
        ("كم مرة تكرر حرف القاف في سورة ق", "57 times", "57 مرة"),
        ("ما أطول سورة", "1. Al-Baqarah (2): 286 verses", "1. البقرة (2): 286 آية"),
        ("ما أطول آية", "1. Al-Baqarah 2:282: 128 words", "1. البقرة 2:282: 128 كلمة"),
        ("أطول كلمة في القرآن", "فأسقيناكموه (15:22): 11 letters", "فأسقيناكموه (15:22): 11 حرفًا"),
        ("السور التي تبدأ بـ«حم»", "7 surahs. Ghafir (40)", "7 سور. غافر (40)"),
        ("آيات تنتهي بكلمة غفور رحيم", "Ending with «غفور رحيم» in the Quran", "ما ينتهي بـ«غفور رحيم»"),
        ("كم سورة تبدأ بالحروف المقطعة", "29 surahs", "29 سورة"),
        ("كم جزء وكم حزب في القرآن", "30 juz. 60 hizbs.", "30 جزءًا. 60 حزبًا."),
        ("what is the 36th surah", "Ya-Sin (36): 83 verses.", "يس (36): 83 آية."),
        ("هل سورة الرعد مكية أم مدنية", "Ar-Ra'd (13): Medinan.", "الرعد (13): مدنية."),
        ("كم عدد السور المدنية", "In the Medinan surahs: 28 surahs.", "في السور المدنية: 28 سورة."),
        ("كم آية في السور المكية", "In the Meccan surahs: 4,6", "في السور المكية: 4,6"),
        ("ما أكثر كلمة تكررت في القرآن", "من (2,763)", "من (2,763)"),
        (
            "في كم سورة ذكرت مريم",
            "In 12 surahs, by the number of verses: Al-Baqarah (2): 2",
            "في 12 سورة، بعدد الآيات في كل منها: البقرة (2): 2",
        ),
        ("أكثر سورة ذكر فيها اسم مريم", "number of verses: Al-Ma'idah (5): 9", "كل منها: المائدة (5): 9"),
        ("how many verses does the longest surah have", "1. Al-Baqarah (2): 286 verses", "1. البقرة (2): 286 آية"),
        ("الآيات التي تجمع بين الصلاة والزكاة", "Together in one verse: 26 verses.", "اجتمعت في آية واحدة: 26 آية."),
    ],
)
async def test_each_kind_is_told_in_both_languages(talk: StatisticsTalk, prompt: str, english: str, arabic: str) -> None:
    reply = await _said(talk, prompt)
    assert english in reply.text.en
    assert arabic in reply.text.ar


async def test_a_count_of_a_letter_says_what_counts_as_that_letter(talk: StatisticsTalk) -> None:
    reply = await _said(talk, "كم مرة تكرر حرف الياء في سورة يس")
    assert reply.text.ar.endswith(wording.BY_LETTER.ar)
    assert "ي with ى" in reply.text.en


async def test_an_english_word_is_asked_back_in_arabic(talk: StatisticsTalk) -> None:
    reply = await _said(talk, "How many times does the word patience occur in the Quran?")
    assert not reply.answered
    assert "patience" in reply.text.en
    assert reply.data["missing_facts"] == ["arabic_word"]


@pytest.mark.parametrize("prompt", ["ما ترتيب نزول سورة العلق", "how many rukus are in the Quran"])
async def test_a_table_that_no_verified_source_has_is_refused_by_name(talk: StatisticsTalk, prompt: str) -> None:
    reply = await _said(talk, prompt)
    assert not reply.answered
    assert "verified table" in reply.text.en


async def test_a_part_of_the_mushaf_that_there_is_not_is_said_so(talk: StatisticsTalk) -> None:
    assert not (await _said(talk, "كم آية في الجزء 31")).answered


async def test_another_question_is_left_to_others(talk: StatisticsTalk) -> None:
    assert await talk.answer(conversation("ما حكم صيام المسافر؟")) is None
    assert await talk.answer(conversation("كم " * 2_000)) is None


async def test_the_pipeline_shows_the_counted_verses_verbatim_and_cites_them(talk: StatisticsTalk) -> None:
    pipeline = IslamicPipeline(
        scripture=scripture(),
        retriever=FixedRetriever(),
        calibration=load_calibration(),
        lexicon=load_lexicon(),
        guard=PassingGuard,
        tools=(talk,),
    )
    events = await collected(pipeline.answer(conversation("كم مرة وردت كلمة الصبر في القرآن"), decided("statistics")))
    cited = [event.citation.document.reference for event in events if isinstance(event, CitationAdded)]
    assert cited == ["2:45", "2:153", "90:17", "103:3"]
    assert verse("90:17").text in text_of(events)
    assert completed(events).metadata["tool"] == "statistics"
    assert completed(events).metadata["confident"] is True
