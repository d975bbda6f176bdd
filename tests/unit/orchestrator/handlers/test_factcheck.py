"""What is asked to be checked, and what is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.claims import ClaimCitation, ClaimFinding, TextInquiry
from fanar.events import CitationAdded
from fanar.messages import ChatMessage, ChatRequest
from fanar.scripture.index import InMemoryScripture
from orchestrator.attributions import Checked
from orchestrator.handlers.attribution import AttributionHandler
from orchestrator.handlers.factcheck import FactChecks, claimed
from tests.fakes.models import collected, text_of
from tests.unit.orchestrator.handlers.test_sources import ISLAMIC, VERSE, FixedVerifier


@pytest.mark.parametrize(
    ("prompt", "claim"),
    [
        ("هل صحيح أن الجسر افتتح سنة 2015؟", "الجسر افتتح سنة 2015"),
        ("هل صَحيحٌ إنّ الجسر افتتح؟", "الجسر افتتح"),
        ("fact-check: the bridge opened in 2015", "the bridge opened in 2015"),
        ("Is it true that the bridge opened in 2015?", "the bridge opened in 2015"),
        ("تحقق من صحة هذا الخبر: ارتفعت الأسعار", "ارتفعت الأسعار"),
        ("حقيقة أم خرافة: نستخدم 10% من دماغنا", "نستخدم 10% من دماغنا"),
        ("صح أم خطأ؟ الجسر طويل", "الجسر طويل"),
        ("صح ولا غلط: الجسر طويل؟", "الجسر طويل"),
        ("The bridge opened in 2015. Fact-check this please!", "The bridge opened in 2015"),
        ("الجسر افتتح سنة 2015، صحيح ولا لا؟", "الجسر افتتح سنة 2015"),
        ("Is it true that the bridge is long, true or false?", "the bridge is long"),
        ("هل صحيح أن هذه آية: الصبر مفتاح الفرج؟", None),
        ("Is it true that this is a hadith?", None),
        ("الصبر مفتاح الفرج", None),
        ("هل صحيح؟", None),
    ],
)
def test_the_words_that_ask_are_no_part_of_what_is_claimed(prompt: str, claim: str | None) -> None:
    assert claimed(prompt) == claim


class Desk:
    def __init__(self, *claims: ClaimFinding) -> None:
        self._claims = claims
        self.asked: list[TextInquiry] = []

    async def check(self, inquiry: TextInquiry) -> AsyncIterator[ClaimFinding | Checked]:
        self.asked.append(inquiry)
        for claim in self._claims:
            yield claim
        yield Checked(self._claims, (), None, ())


def handler(desk: Desk) -> AttributionHandler:
    scripture = InMemoryScripture([VERSE], version="t", basmala="b")
    return AttributionHandler(verifier=FixedVerifier(), scripture=scripture, facts=FactChecks(attributions=desk))


def asked(prompt: str) -> ChatRequest:
    return ChatRequest((ChatMessage("user", prompt),), model="Fanar")


async def test_a_verdict_comes_with_its_evidence_and_a_reference() -> None:
    cited = ClaimCitation("notes:7", 0, 9, "فتح الجسر\nعام ٢٠١٥.", title="notes.md")
    desk = Desk(ClaimFinding(0, 20, "الجسر افتتح سنة 2018", "contradicted", 0.93, "dates", (cited,)))
    events = await collected(handler(desk).handle(asked("هل صحيح أن الجسر افتتح سنة 2018؟"), ISLAMIC))
    said = text_of(events)
    assert said == "«الجسر افتتح سنة 2018»: يخالفه مصدر (درجة الثقة 93%) [1]\n«فتح الجسر عام ٢٠١٥.» — notes.md\n\n"
    (reference,) = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert (reference.document.corpus, reference.document.id, said[reference.index :][:3]) == ("notes", "7", "[1]")
    assert events[-1].metadata["attribution"]["claims"][0]["verdict"] == "contradicted"  # type: ignore[union-attr]
    assert desk.asked[0].checks == {"claims"}


async def test_what_no_source_speaks_of_is_said_to_be_just_that() -> None:
    desk = Desk(ClaimFinding(0, 9, "It is blue", "not_found", 0.8, "words"))
    events = await collected(handler(desk).handle(asked("Is it true that it is blue?"), ISLAMIC))
    assert "cannot be checked with the sources here" in text_of(events)


async def test_words_without_a_claim_are_still_only_looked_for_in_scripture() -> None:
    desk = Desk()
    assert "no quotation" in text_of(await collected(handler(desk).handle(asked("Whose saying is this: patience is key"), ISLAMIC)))
    assert not desk.asked
