"""What events add up to."""

from __future__ import annotations

from fanar.bilingual import Bilingual
from fanar.documents import Citation, Document
from fanar.events import CitationAdded, ClaimVerified, ImageCreated, ProgressReported, ResponseCompleted, TextDelta, Usage
from fanar.media import Image
from orchestrator.api.answer import AnswerState
from orchestrator.api.chunks import ChunkWriter


def test_judged_claims_stand_in_the_metadata() -> None:
    state = AnswerState()
    state.add(TextDelta("a"))
    state.add(ClaimVerified(0, 1, "supported", {"score": 1.0}))
    state.add(ResponseCompleted("m", metadata={"x": 1}))
    assert state.metadata == {"x": 1, "claims": [{"start": 0, "end": 1, "verdict": "supported", "score": 1.0}]}


def test_picture_stands_in_the_text_as_data() -> None:
    picture = ImageCreated(Image(b"\x00", "image/png"))
    state = AnswerState()
    state.add(picture)
    assert state.choices[0].text == ["![](data:image/png;base64,AA==)"]
    (frame,) = ChunkWriter(id="x", created=1, model="m").frames(picture)
    assert b"data:image/png;base64,AA==" in frame


def test_source_of_a_document_without_a_link_is_its_place() -> None:
    state = AnswerState()
    state.add(CitationAdded(Citation(1, Document("1", "notes", "a.md, p. 3", "text"), 0)))
    assert state.references[0]["source"] == "notes a.md, p. 3"


def test_what_a_record_states_of_itself_goes_with_its_reference() -> None:
    state = AnswerState()
    facts = {"grade": "daif", "collection": "tirmidhi", "book": "", "narrator": "n", "surah": 1}
    state.add(CitationAdded(Citation(1, Document("1", "sunnah", "tirmidhi:1", "text", metadata=facts), 0)))
    assert {name: state.references[0].get(name) for name in facts} == {**dict.fromkeys(facts), "grade": "daif", "collection": "tirmidhi"}


def test_details_of_usage_are_passed_on() -> None:
    state = AnswerState()
    state.add(ProgressReported(Bilingual("a", "ب")))
    assert state.usage == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    state.add(ResponseCompleted("m", Usage(1, 2, {"prompt_tokens_details": {"cached_tokens": 1}})))
    assert state.usage["prompt_tokens_details"] == {"cached_tokens": 1}
    assert state.reason_of(state.choices[0]) == "stop"
