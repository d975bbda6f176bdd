"""What every ConversationRepository promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from fanar.conversations import Change, Conversation, ConversationBounds, Turn
from fanar.errors import ConflictError, NotFoundError, UnprocessableError
from fanar.keeping_protocols import ConversationRepository
from fanar.storage.conversations import SqlConversationRepository

NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
BOUNDS = ConversationBounds(conversations=4, characters=1_000, turns=4, turn_characters=400)
ASKED = Turn("m1", "user", "ما عدد رَكَعات الفجر؟", NOW)
TOLD = Turn("m2", "assistant", "ركعتان.", NOW, "m1", {"references": [{"number": 1}]})
EDITED = Turn("m3", "user", "ما عدد ركعات المغرب؟", NOW)


def made(name: str, *, owner: str = "key-1", minutes: int = 0, title: str | None = None) -> Conversation:
    moment = NOW + timedelta(minutes=minutes)
    return Conversation(name, owner, moment, moment, title, {"pinned": True})


@pytest.fixture
def repository(engine: Engine) -> ConversationRepository:
    return SqlConversationRepository(engine=engine, bounds=BOUNDS)


def test_conversation_and_its_turns_are_kept_as_they_were_given(repository: ConversationRepository) -> None:
    kept = repository.add(made("c1", title="الصلاة"), [ASKED, TOLD])
    assert (kept.turns, kept.current) == (2, "m2")
    assert repository.find("c1", owner="key-1") == kept
    assert repository.turns("c1", owner="key-1") == [ASKED, TOLD]


def test_an_edit_is_a_branch_and_becomes_the_current_one(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [ASKED, TOLD])
    grown = repository.append("c1", [EDITED], owner="key-1", now=NOW + timedelta(hours=1))
    assert (grown.current, grown.turns, grown.changed) == ("m3", 3, NOW + timedelta(hours=1))
    assert repository.change("c1", Change(current="m2"), owner="key-1", now=NOW).current == "m2"
    assert [turn.parent for turn in repository.turns("c1", owner="key-1")] == [None, "m1", None]


def test_what_is_somebody_elses_is_not_there(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [ASKED])
    for attempt in (
        lambda: repository.find("c1", owner="key-2"),
        lambda: repository.turns("c1", owner="key-2"),
        lambda: repository.append("c1", [EDITED], owner="key-2", now=NOW),
        lambda: repository.change("c1", Change(title="x", retitled=True), owner="key-2", now=NOW),
        lambda: repository.share("c1", "s1", owner="key-2", leaf=None, now=NOW),
        lambda: repository.unshare("c1", owner="key-2"),
        lambda: repository.remove("c1", owner="key-2"),
        lambda: repository.search("key-2", after="c1"),
        lambda: repository.shared("c1"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert repository.search("key-2") == []
    assert repository.turns("c1", owner="key-1") == [ASKED]


def test_turn_after_one_of_another_conversation_is_refused_and_nothing_added(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [ASKED])
    repository.add(made("c2"), [])
    with pytest.raises(UnprocessableError):
        repository.append("c2", [replace(EDITED, parent=None), replace(TOLD, parent="m1")], owner="key-1", now=NOW)
    with pytest.raises(UnprocessableError):
        repository.change("c2", Change(current="m1"), owner="key-1", now=NOW)
    with pytest.raises(UnprocessableError):
        repository.share("c2", "s1", owner="key-1", leaf="m1", now=NOW)
    assert repository.turns("c2", owner="key-1") == []


def test_conversations_are_listed_by_their_last_change_a_page_at_a_time(repository: ConversationRepository) -> None:
    for number in range(4):
        repository.add(made(f"c{number}", minutes=number // 2), [])
    repository.change("c0", Change(title="جديد", retitled=True), owner="key-1", now=NOW + timedelta(hours=1))
    pages = [repository.search("key-1", limit=2)]
    pages.append(repository.search("key-1", limit=2, after=pages[0][-1].conversation.id))
    assert [[found.conversation.id for found in page] for page in pages] == [["c0", "c3"], ["c2", "c1"]]
    assert repository.search("key-1", after="c1") == []


SOUGHT = {
    "صلاه": "c1",
    "ركعات الفجر": "c1",
    "رکعات": "c1",
    "WEATHER": "c2",
    "%": None,
    "_": None,
    "الفجر مطر": None,
}


def test_search_finds_titles_and_turns_in_any_spelling_and_takes_no_wildcards(repository: ConversationRepository) -> None:
    repository.add(made("c1", title="عن الصَّلاة"), [ASKED, TOLD])
    repository.add(made("c2", title="Weather"), [])
    found = {words: repository.search("key-1", words=words.split()) for words in SOUGHT}
    assert {words: hits[0].conversation.id if hits else None for words, hits in found.items()} == SOUGHT
    assert [found[words][0].turn for words in ("صلاه", "ركعات الفجر")] == [None, ASKED]


def test_shared_branch_can_be_read_by_its_link_until_that_is_taken_back(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [ASKED, TOLD])
    assert repository.share("c1", "s1", owner="key-1", leaf=None, now=NOW).shared == "m2"
    repository.append("c1", [EDITED], owner="key-1", now=NOW)
    conversation, turns = repository.shared("s1")
    assert (conversation.id, turns) == ("c1", [ASKED, TOLD])
    assert repository.share("c1", "s2", owner="key-1", leaf="m1", now=NOW).share == "s1"
    assert repository.shared("s1")[1] == [ASKED]
    assert repository.unshare("c1", owner="key-1") == "s1"
    with pytest.raises(NotFoundError):
        repository.shared("s1")


def test_conversation_in_which_nothing_was_said_cannot_be_shared(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [])
    with pytest.raises(ConflictError):
        repository.share("c1", "s1", owner="key-1", leaf=None, now=NOW)


def test_removed_conversation_leaves_nothing(repository: ConversationRepository) -> None:
    repository.add(made("c1"), [ASKED])
    repository.remove("c1", owner="key-1")
    with pytest.raises(NotFoundError):
        repository.find("c1", owner="key-1")
    repository.add(made("c1"), [ASKED])
    assert repository.turns("c1", owner="key-1") == [ASKED]


def test_what_is_too_much_is_refused_and_nothing_added(repository: ConversationRepository) -> None:
    for number in range(4):
        repository.add(made(f"c{number}"), [])
    with pytest.raises(ConflictError):
        repository.add(made("c4"), [])
    repository.add(made("c4", owner="key-2"), [])
    with pytest.raises(ConflictError):
        repository.append("c0", [Turn(f"t{number}", "user", "؟", NOW) for number in range(5)], owner="key-1", now=NOW)
    with pytest.raises(ConflictError):
        repository.append("c0", [Turn("t", "user", "؟" * 401, NOW)], owner="key-1", now=NOW)
    assert repository.turns("c0", owner="key-1") == []
    for number in range(3):
        repository.append(f"c{number}", [Turn(f"long{number}", "user", "؟" * 398, NOW)], owner="key-1", now=NOW)
    with pytest.raises(ConflictError):
        repository.append("c3", [Turn("last", "user", "؟", NOW)], owner="key-1", now=NOW)
