from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotConfiguredError, NotFoundError, OverloadedError, UnprocessableError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptProgressed
from fanar.media import Segment, TranscriptionOptions, Word
from speech import desk as desks
from speech.desk import Desk
from speech.owned import OwnedTranscriber
from speech.wire import pack_event, unpack_event
from tests.unit.rag.library import WiredCaller

WORK = {"slow": 0.3, "quick": 0.0}


def long_work(path: Path, options: TranscriptionOptions, shared: object) -> Iterator[object]:
    for window in range(3):
        time.sleep(WORK[path.name])
        yield TranscriptDelta(Segment(window, window, window + 1, f" {path.name}"))
    yield TranscriptCompleted("ar", 3.0, "m")


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    monkeypatch.setattr(desks, "transcribe", long_work)
    loads: list[int] = []

    def made(*, most: int = 4, idle: float = 0.0) -> Desk:
        desk = Desk(lambda: loads.append(1) or object(), most=most, idle=idle)  # type: ignore[arg-type, return-value]
        desk.loads = loads  # type: ignore[attr-defined]
        return desk

    return made


def test_events_survive_the_way() -> None:
    segment = Segment(1, 0.5, 1.5, " نعم", (Word(" نعم", 0.5, 1.5, 0.9),), "A", (5, 6), 0.2, -0.3, 1.1, 0.01)
    for event in (TranscriptDelta(segment), TranscriptProgressed(1.0, 2.0), TranscriptCompleted("ar", 2.0, "m")):
        assert unpack_event(pack_event(event)) == event


def test_a_slow_recording_makes_room_for_a_quick_one(make: Callable[..., Desk]) -> None:
    desk = make()
    slow, quick = desk.begin("slow", {}), desk.begin("quick", {})
    assert len(desk.advance(slow)) == 1
    assert len(desk.advance(quick)) == 4
    assert desk.advance(quick) == []
    assert len(desk.advance(slow)) == 1


def test_beyond_the_bound_recordings_are_refused_until_one_ends(make: Callable[..., Desk]) -> None:
    desk = make(most=2)
    first = desk.begin("slow", {})
    desk.begin("slow", {})
    with pytest.raises(OverloadedError):
        desk.begin("quick", {})
    desk.end(first)
    desk.begin("quick", {})


def test_what_nobody_asks_for_any_more_is_forgotten(make: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make(most=1)
    left = desk.begin("slow", {})
    monkeypatch.setattr(desks, "_FORGOTTEN", 0.0)
    desk.begin("quick", {})
    with pytest.raises(NotFoundError):
        desk.advance(left)


def test_weights_are_loaded_once_and_given_back_when_nothing_is_to_do(make: Callable[..., Desk]) -> None:
    desk = make(idle=0.05)
    name = desk.begin("quick", {})
    time.sleep(0.15)
    assert desk.loaded()
    assert len(desk.loads) == 1  # type: ignore[attr-defined]
    desk.end(name)
    deadline = time.monotonic() + 10
    while desk.loaded() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not desk.loaded()
    desk.begin("quick", {})
    assert len(desk.loads) == 2  # type: ignore[attr-defined]
    desk.close()
    assert not desk.loaded()


async def test_what_is_left_is_ended_at_the_owner(make: Callable[..., Desk]) -> None:
    desk = make(most=1)
    transcriber = OwnedTranscriber(owner=WiredCaller(desk), name="m")
    for _ in range(3):
        events = transcriber.transcribe(Path("slow"), TranscriptionOptions())
        assert isinstance(await anext(events), TranscriptDelta)
        await events.aclose()
    assert desk._sessions == {}


class _Never:
    async def call(self, method: str, *arguments: object, **options: object) -> None:
        raise NotConfiguredError(Bilingual("None.", "لا شيء."))


async def test_an_owner_that_did_not_start_is_not_available() -> None:
    transcriber = OwnedTranscriber(owner=_Never(), name="m")
    assert not await transcriber.available()
    with pytest.raises(NotConfiguredError):
        await anext(transcriber.transcribe(Path("quick"), TranscriptionOptions()))


async def test_the_error_of_a_recording_is_its_readers(make: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(path: Path, options: TranscriptionOptions, shared: object) -> Iterator[object]:
        yield TranscriptProgressed(0.0, 1.0)
        raise UnprocessableError(Bilingual("Damaged.", "تالف."), param="file")

    desk = make()
    monkeypatch.setattr(desks, "transcribe", damaged)
    with pytest.raises(UnprocessableError):
        [event async for event in OwnedTranscriber(owner=WiredCaller(desk), name="m").transcribe(Path("x"), TranscriptionOptions())]
    assert desk._sessions == {}


async def test_an_owner_that_died_is_said_to_be_gone() -> None:
    class Dead:
        async def call(self, method: str, *arguments: object, **options: object) -> object:
            raise ModelUnavailableError(Bilingual("Gone.", "ذهب."))

    assert not await OwnedTranscriber(owner=Dead(), name="m").available()
