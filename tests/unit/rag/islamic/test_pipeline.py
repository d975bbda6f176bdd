"""Answers from scripture, without a language model."""

from __future__ import annotations

import re

import pytest

from fanar.documents import ScoredDocument
from fanar.errors import UnprocessableError
from fanar.events import CitationAdded, DocumentsRetrieved, Event, ProgressReported
from fanar.messages import ChatRequest, SourceFilter
from rag.islamic import phrases
from rag.islamic.confidence import load_calibration
from rag.islamic.danger import DESPAIR
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from tests.fakes.models import PassingGuard
from tests.unit.rag.islamic.quran import FixedRetriever, collected, completed, conversation, decided, found, scripture, text_of, verse


def _pipeline(retriever: FixedRetriever) -> IslamicPipeline:
    return IslamicPipeline(
        scripture=scripture(), retriever=retriever, calibration=load_calibration(), lexicon=load_lexicon(), guard=PassingGuard
    )


async def _answer(prompt: str, *documents: ScoredDocument, intent: str | None = None, sources: SourceFilter | None = None) -> list[Event]:
    request = ChatRequest(conversation(prompt).messages, sources=sources or SourceFilter())
    return await collected(_pipeline(FixedRetriever(documents)).answer(request, decided(intent)))


def _cited(events: list[Event]) -> list[str]:
    return [event.citation.document.reference for event in events if isinstance(event, CitationAdded)]


async def test_confident_verses_are_shown_verbatim_and_cited() -> None:
    events = await _answer("ما حكم صيام المسافر؟", *found("2:184", "2:185"))
    assert verse("2:184").text in text_of(events)
    assert verse("2:185").text in text_of(events)
    assert _cited(events) == ["2:184-185"]
    assert completed(events).metadata["confident"] is True


async def test_each_citation_stands_where_its_marker_does() -> None:
    events = await _answer("آيات الصبر", *found("2:153", "3:200", "39:10"))
    text = text_of(events)
    citations = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert [text[each.index : each.index + 3] for each in citations] == ["[1]", "[2]", "[3]"]


async def test_at_most_five_verses_are_shown() -> None:
    events = await _answer("آيات الصبر", *found("2:153", "3:200", "39:10", "2:45", "11:115", "16:127", "70:5"))
    assert len(_cited(events)) == 5


async def test_events_come_in_the_order_that_readers_rely_on() -> None:
    kinds = [type(event) for event in await _answer("آيات الصبر", *found("2:153"))]
    assert kinds[:2] == [ProgressReported, DocumentsRetrieved]
    assert len([kind for kind in kinds if kind.__name__ == "ResponseCompleted"]) == 1


async def test_english_gets_an_english_frame_and_the_translation() -> None:
    text = text_of(await _answer("Which verse says there is no compulsion in religion?", *found("2:256")))
    assert phrases.VERSE.en in text
    assert "Translation of 2:256." in text
    assert "https://quran.com/2/256" in text


async def test_a_ruling_question_gets_verses_and_no_ruling() -> None:
    events = await _answer("ما حكم الخمر؟", *found("5:90"))
    assert phrases.NO_RULING.ar in text_of(events)
    assert completed(events).metadata["notice"] == "not_a_ruling"


async def test_below_the_threshold_nothing_is_cited_and_results_are_called_results() -> None:
    events = await _answer("ما أسماء خيول النبي؟", *found("16:8", score=0.4, confident=False))
    text = text_of(events)
    assert text.startswith(phrases.NO_ANSWER.ar)
    assert text.index(phrases.FOUND_BY_SEARCH.ar) < text.index(verse("16:8").text)
    assert _cited(events) == []
    assert re.search(r"\[\d+\]", text) is None
    assert completed(events).metadata["confident"] is False


async def test_results_that_are_far_off_are_not_shown() -> None:
    events = await _answer("ما أسماء خيول النبي؟", *found("16:8", score=0.1, confident=False))
    assert text_of(events) == phrases.NO_ANSWER.ar


async def test_a_ruling_that_nothing_answers_is_left_to_scholars() -> None:
    text = text_of(await _answer("ما حكم تداول العملات الرقمية؟", *found("2:275", score=0.1, confident=False)))
    assert phrases.ASK_SCHOLAR.ar in text


async def test_who_asks_about_a_treatment_is_sent_to_a_doctor_too() -> None:
    treated = text_of(await _answer("هل يجوز إيقاف دواء السكري في رمضان؟", *found("2:184", score=0.1, confident=False)))
    assert phrases.ASK_DOCTOR.ar in treated
    named = text_of(await _answer("هل ذكر الدواء في القرآن؟", *found("16:69", score=0.1, confident=False)))
    assert phrases.ASK_DOCTOR.ar not in named


async def test_a_grave_matter_gets_no_search_results() -> None:
    events = await _answer("هل الشيعة كفار؟", *found("9:5", score=0.5, confident=False))
    assert verse("9:5").text not in text_of(events)


async def test_somebody_in_danger_gets_help_and_no_verse() -> None:
    retriever = FixedRetriever(found("4:29"))
    events = await collected(_pipeline(retriever).answer(conversation("بدي أنتحر"), decided()))
    assert text_of(events) == DESPAIR.ar
    assert completed(events).metadata["notice"] == "safety"
    assert retriever.asked == []


@pytest.mark.parametrize(
    ("prompt", "missing"), [("حديث عن الصدق", "hadith"), ("احسب زكاة 90000 ريال", "zakat"), ("prayer times in Doha", "prayer")]
)
async def test_what_is_not_installed_is_named(prompt: str, missing: str) -> None:
    events = await _answer(prompt, *found("2:43"))
    assert text_of(events) in (phrases.MISSING[missing].ar, phrases.MISSING[missing].en)
    assert completed(events).metadata["missing"] == missing


async def test_the_routers_guess_names_what_is_missing_only_when_nothing_answers() -> None:
    silent = await _answer("دعاء السفر", intent="supplication")
    assert phrases.MISSING["supplication"].ar in text_of(silent)
    answered = await _answer("دعاء ركوب الدابة", *found("43:13"), intent="supplication")
    assert _cited(answered) == ["43:13"]


async def test_verses_for_who_wants_a_supplication_are_said_to_be_from_the_quran_and_of_no_collection() -> None:
    assert phrases.NO_SUPPLICATION.ar in text_of(await _answer("دعاء دخول الحمام", *found("17:80")))
    for prompt in ("أدعية من القرآن للوالدين", "ما فضل الدعاء؟"):
        assert phrases.NO_SUPPLICATION.ar not in text_of(await _answer(prompt, *found("14:41")))


async def test_a_named_verse_is_shown_without_searching() -> None:
    retriever = FixedRetriever()
    events = await collected(_pipeline(retriever).answer(conversation("اقرأ آية الكرسي"), decided("verse")))
    assert f"﴿{verse('2:255').text}﴾" in text_of(events)
    assert _cited(events) == ["2:255"]
    assert retriever.asked == []


async def test_a_verse_that_does_not_exist_is_said_not_to() -> None:
    events = await _answer("2:300")
    assert "2:300" in text_of(events)
    assert _cited(events) == []
    assert completed(events).metadata["confident"] is False


async def test_a_whole_short_surah_opens_with_the_basmala() -> None:
    text = text_of(await _answer("سورة الإخلاص"))
    assert text.startswith(f"{scripture().basmala}\n﴿{verse('112:1').text}﴾")
    assert verse("112:4").text in text


async def test_a_long_surah_says_how_much_is_left_and_where() -> None:
    text = text_of(await _answer("سورة البقرة"))
    assert "286" in text
    assert "https://quran.com/2/1-286" in text
    assert verse("2:11").text not in text


async def test_an_explanation_is_not_made_up() -> None:
    text = text_of(await _answer("تفسير 112:1", intent="tafsir"))
    assert phrases.NO_COMMENTARY.ar in text
    assert verse("112:1").text in text


async def test_a_follow_up_is_searched_together_with_its_question() -> None:
    retriever = FixedRetriever(found("2:184"))
    request = conversation("ما حكم صيام المسافر؟", "جواب", "وللمريض؟")
    await collected(_pipeline(retriever).answer(request, decided()))
    assert retriever.asked == ["ما حكم صيام المسافر؟ وللمريض؟"]


async def test_a_filter_that_nothing_passes_is_refused() -> None:
    with pytest.raises(UnprocessableError):
        await _answer("ما حكم الخمر؟", sources=SourceFilter(only=("sunnah",)))


async def test_what_a_filter_cannot_do_is_said() -> None:
    text = text_of(await _answer("آيات الصبر", *found("2:153"), sources=SourceFilter(madhabs=("hanafi",))))
    assert phrases.MADHAB_WITHOUT_EFFECT.ar in text


async def test_the_versions_behind_an_answer_are_named() -> None:
    metadata = completed(await _answer("آيات الصبر", *found("2:153"))).metadata
    assert metadata["corpora"] == {"quran": "tests"}
    assert metadata["threshold"] == load_calibration().threshold


async def test_an_empty_prompt_is_not_searched() -> None:
    retriever = FixedRetriever(found("2:153"))
    events = await collected(_pipeline(retriever).answer(conversation("  "), decided()))
    assert retriever.asked == []
    assert completed(events).metadata["confident"] is False


async def test_an_estate_is_divided_and_no_verse_is_looked_for() -> None:
    events = await _answer("توفي رجل وترك زوجة وابنين وثلاث بنات", intent="inheritance")
    assert "| الزوجة | 1/8 |" in text_of(events)
    assert not [event for event in events if isinstance(event, DocumentsRetrieved)]
    assert completed(events).metadata["inheritance"][0]["corrected_base"] == 8


async def test_what_is_missing_of_an_estate_is_asked_and_a_later_turn_tells_it() -> None:
    asked = await _answer("مات رجل وترك زوجة وأخ")
    assert "الأخ الشقيق أم الأخ لأب" in text_of(asked)
    assert completed(asked).metadata["confident"] is False
    request = conversation("مات رجل وترك زوجة وأخ", "أشقيق هو؟", "شقيق")
    told = await collected(_pipeline(FixedRetriever(())).answer(request, decided("inheritance")))
    assert "| الأخ الشقيق | 3/4 |" in text_of(told)
