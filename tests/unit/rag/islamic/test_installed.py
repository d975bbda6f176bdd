"""The Islamic pipeline with collections installed beside the Quran: which of them is asked, and what becomes of what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.attribution.quotations import QuotationFinder
from fanar.bilingual import Bilingual, Language
from fanar.documents import ScoredDocument
from fanar.errors import ModelUnavailableError
from fanar.events import CitationAdded, Event
from fanar.messages import ChatMessage, ChatRequest, SourceFilter
from orchestrator.bootstrap.scripture import ReportingGuard
from rag.islamic import phrases
from rag.islamic.collections import phrases as collected
from rag.islamic.collections.scope import Scope, scope_of
from rag.islamic.collections.showing import Hadith, by_school
from rag.islamic.collections.talk import CollectionReply
from rag.islamic.confidence import load_calibration
from rag.islamic.danger import DESPAIR
from rag.islamic.exact import ExactReply
from rag.islamic.grounded import QuotationGuard
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from tests.fakes.models import PassingGuard, SayingModel
from tests.unit.rag.islamic.collections.records import HADITH, LAW, volume
from tests.unit.rag.islamic.quran import FixedRetriever, completed, conversation, decided, found, scripture, text_of, verse
from tests.unit.rag.islamic.quran import collected as events_of

SUNNAH, FIQH = volume("sunnah", "hadith"), volume("fiqh", "fiqh", book={"كتاب الألف"})
SAID = CollectionReply(collected.HADITH, (Hadith(HADITH[0]),), collected.CARE_FOR_HADITH, data={"tool": "hadith"})
RULED = CollectionReply(
    collected.SCHOOLS_DIFFER, tuple(by_school([(each, "t") for each in LAW[:2]], most=1)), collected.CARE_FOR_LAW, after=collected.ASK
)


class Installed:
    """Collections that say the same whatever is asked, and remember what they were asked for."""

    def __init__(
        self, *, hadith: CollectionReply | None = None, law: CollectionReply | None = None, there: Sequence[object] = (SUNNAH, FIQH)
    ):
        self._hadith, self._law, self._there = hadith, law, there
        self.asked: list[str] = []

    async def scope(self, sources: SourceFilter) -> Scope:
        return scope_of(sources, (SUNNAH, FIQH))

    async def hadith(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        self.asked.append("hadith")
        return self._hadith

    async def rulings(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        self.asked.append("law")
        return self._law


class AskingBack:
    name = "zakat"

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        return ExactReply(Bilingual("How much?", "كم؟"), answered=False)


class Counting:
    name = "statistics"

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        return ExactReply(Bilingual("seven", "سبع"))


async def _answer(
    prompt: str,
    installed: Installed,
    *verses: ScoredDocument,
    intent: str | None = None,
    sources: SourceFilter | None = None,
    model: SayingModel | None = None,
    tools: Sequence[object] = (),
    guard: Callable[[Language], QuotationGuard] = PassingGuard,
) -> list[Event]:
    pipeline = IslamicPipeline(
        scripture=scripture(),
        retriever=FixedRetriever(verses),
        calibration=load_calibration(),
        lexicon=load_lexicon(),
        guard=guard,
        model=model,
        tools=tools,  # type: ignore[arg-type]
        collections=installed,
        installed=lambda: ["hadith"],
    )
    request = replace(conversation(prompt), sources=sources or SourceFilter())
    return await events_of(pipeline.answer(request, decided(intent)))


def _cited(events: list[Event]) -> list[str]:
    return [event.citation.document.reference for event in events if isinstance(event, CitationAdded)]


async def test_a_hadith_that_is_asked_for_is_shown_with_its_grade() -> None:
    events = await _answer("حديث عن الجار", Installed(hadith=SAID))
    assert _cited(events) == ["bukhari:1"]
    assert "الدرجة: صحيح" in text_of(events)
    assert completed(events).metadata["corpora"]["sunnah"] == SUNNAH.info.version


async def test_no_hadith_is_made_up_where_none_surely_is() -> None:
    events = await _answer("حديث عن الحوت", Installed())
    assert text_of(events) == collected.NO_HADITH.ar
    assert completed(events).metadata["confident"] is False


async def test_a_number_that_no_installed_edition_has_is_said_to_be_none_of_its_numbers() -> None:
    assert text_of(await _answer("صحيح مسلم رقم 55", Installed(), intent="hadith")) == collected.NO_SUCH_NUMBER.ar


async def test_a_hadith_that_only_names_an_occasion_is_no_supplication_for_it() -> None:
    named = replace(SAID, data={"tool": "hadith", "ground": "named"})
    assert _cited(await _answer("دعاء دخول المسجد", Installed(hadith=named))) == []
    assert _cited(await _answer("دعاء دخول المسجد", Installed(hadith=replace(SAID, data={"ground": "headed"})))) == ["bukhari:1"]
    quoted = Installed(hadith=replace(SAID, data={"ground": "quoted"}))
    assert _cited(await _answer("دعاء دخول المسجد", quoted)) == []
    assert _cited(await _answer("دعاء اللهم افتح لي", quoted)) == ["bukhari:1"]


async def test_the_proof_from_the_sunnah_is_a_hadith() -> None:
    assert _cited(await _answer("وما الدليل من السنة؟", Installed(hadith=SAID))) == ["bukhari:1"]


async def test_a_ruling_question_gets_what_the_schools_say_and_the_verses_behind_them() -> None:
    events = await _answer("ما حكم مسح القبعة؟", Installed(law=RULED), *found("5:6"))
    text = text_of(events)
    assert _cited(events) == ["1", "2", "5:6"]
    assert text.index("**الحنفية**") < text.index("**المالكية**") < text.index(verse("5:6").text) < text.index(collected.ASK.ar)
    assert completed(events).metadata["notice"] == "not_a_ruling"


async def test_a_ruling_on_hadith_asks_the_books_of_law_first() -> None:
    installed = Installed(hadith=SAID)
    await _answer("ما حكم العمل بالحديث الضعيف؟", installed)
    assert installed.asked == ["law", "hadith"]


async def test_where_no_book_surely_answers_no_ruling_is_given() -> None:
    events = await _answer("ما حكم ركوب القنفذ؟", Installed(), *found("16:8", score=0.4, confident=False))
    assert text_of(events).startswith(collected.NO_LAW.ar)
    assert _cited(events) == []


async def test_a_question_about_the_quran_is_none_for_books_of_law() -> None:
    installed = Installed(law=RULED)
    events = await _answer("في أي سورة وردت قصة الكهف؟", installed, *found("18:9"))
    assert (installed.asked, _cited(events)) == ([], ["18:9"])


async def test_a_question_that_no_verse_answers_may_be_answered_by_a_hadith() -> None:
    events = await _answer("ما فضل إكرام الجار؟", Installed(hadith=SAID))
    assert _cited(events) == ["bukhari:1"]


async def test_a_grave_matter_is_not_answered_by_whatever_hadith_is_near() -> None:
    installed = Installed(hadith=SAID)
    assert _cited(await _answer("هل الشيعة كفار؟", installed)) == []
    assert "hadith" not in installed.asked


async def test_a_tool_that_asks_back_gives_way_to_a_sure_passage() -> None:
    assert _cited(await _answer("ما حكم زكاة القبعة؟", Installed(law=RULED), tools=[AskingBack()])) == ["1", "2"]
    assert text_of(await _answer("ما حكم زكاة القبعة؟", Installed(), tools=[AskingBack()])) == "كم؟"


async def test_somebody_in_danger_is_not_shown_law() -> None:
    installed = Installed(law=RULED)
    assert text_of(await _answer("بدي أنتحر شو حكم هالشي", installed)) == DESPAIR.ar
    assert installed.asked == []


@pytest.mark.parametrize("prompt", ["اقرأ آية الكرسي", "آيات الصبر"])
async def test_where_the_quran_may_not_be_shown_no_verse_is(prompt: str) -> None:
    events = await _answer(prompt, Installed(), *found("2:255"), sources=SourceFilter(only=("sunnah",)))
    assert verse("2:255").text not in text_of(events)
    assert _cited(events) == []


async def test_where_the_quran_may_not_be_shown_it_is_not_counted_either() -> None:
    assert text_of(await _answer("كم مرة", Installed(), tools=[Counting()])) == "سبع"
    left_out = await _answer("كم مرة", Installed(), tools=[Counting()], sources=SourceFilter(excluded=("quran",)))
    assert "سبع" not in text_of(left_out)


async def test_a_model_writes_before_the_passages_which_are_shown_whatever_it_cites() -> None:
    model = SayingModel("tiny", "The schools differ [1]. wrong")
    events = await _answer("ما حكم مسح القبعة؟", Installed(law=RULED), model=model)
    text = text_of(events)
    assert (
        text.index("The schools differ [1]. right") < text.index(collected.PASSAGES.ar) < text.index(LAW[0].text) < text.index(LAW[1].text)
    )
    assert _cited(events) == ["1", "2"]
    instruction = model.asked[0].messages[0].text
    assert collected.CARE_FOR_LAW.ar in instruction
    assert LAW[0].text in instruction


async def test_where_the_model_does_not_answer_the_passages_do() -> None:
    model = SayingModel("tiny", error=ModelUnavailableError(Bilingual("gone", "غائب")))
    events = await _answer("حديث عن الجار", Installed(hadith=SAID), model=model)
    assert phrases.MODEL_ABSENT.ar in text_of(events)
    assert _cited(events) == ["bukhari:1"]


async def test_a_model_that_misquotes_a_hadith_is_put_right_before_it_is_shown(tmp_path: Path) -> None:
    build_hadith_index(tmp_path / "hadith", HADITH)
    finder = QuotationFinder(scripture(), hadith=lambda: [HadithCanon(tmp_path / "hadith", name="sunnah")])
    true = "نص مخترع في إكرام الجار والإحسان إليه"
    model = SayingModel("tiny", f"قال رسول الله ﷺ: «{true.replace('والإحسان', 'والإساءة')}» [1]")
    events = await _answer("حديث عن الجار", Installed(hadith=SAID), model=model, guard=lambda _: ReportingGuard(finder))
    text = text_of(events)
    assert "والإساءة" not in text
    assert f"«{true}» [صحيح البخاري 1 · صحيح]" in text
    assert [each["action"] for each in completed(events).metadata["quotations"]] == ["replaced"]
