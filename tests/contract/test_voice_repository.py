"""What every VoiceRepository promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from fanar.errors import ConflictError, NotFoundError
from fanar.keeping_protocols import VoiceRepository
from fanar.media import PersonalVoice, Sound, VoiceSample
from fanar.storage.voices import SqlVoiceRepository

VOICE = PersonalVoice("key:1", "صوتي", "ar", datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC))
SAMPLE = VoiceSample(Sound(bytes(range(256)) * 94, 8000), "السلام عليكم")


@pytest.fixture
def repository(engine: Engine) -> VoiceRepository:
    return SqlVoiceRepository(engine=engine, per_owner=2)


def test_a_voice_is_kept_as_it_was_given_for_its_owner_alone(repository: VoiceRepository) -> None:
    repository.add(VOICE, SAMPLE)
    assert repository.voices("key:1") == [VOICE]
    assert repository.sample("صوتي", owner="key:1") == SAMPLE
    assert repository.voices("key:2") == []
    for attempt in (repository.sample, repository.remove):
        with pytest.raises(NotFoundError):
            attempt("صوتي", owner="key:2")


def test_names_are_one_whatever_the_case_of_their_letters(repository: VoiceRepository) -> None:
    repository.add(replace(VOICE, name="Mine"), SAMPLE)
    with pytest.raises(ConflictError) as taken:
        repository.add(replace(VOICE, name="mINE"), SAMPLE)
    assert taken.value.param == "name"
    repository.add(replace(VOICE, name="mine", owner="key:2"), SAMPLE)
    assert repository.sample("MINE", owner="key:1") == SAMPLE


def test_what_was_removed_is_gone_and_makes_room(repository: VoiceRepository) -> None:
    for name in ("first", "second"):
        repository.add(replace(VOICE, name=name), SAMPLE)
    with pytest.raises(ConflictError):
        repository.add(replace(VOICE, name="third"), SAMPLE)
    repository.remove("First", owner="key:1")
    repository.add(replace(VOICE, name="third"), SAMPLE)
    assert [voice.name for voice in repository.voices("key:1")] == ["second", "third"]
    with pytest.raises(NotFoundError):
        repository.remove("first", owner="key:1")
