"""Conversations as people keep them: turns that branch, titles, links. Knows nothing of databases, HTTP, or of how answers are made.

A turn is never changed: an edit is another turn after the same one, and so is an answer that was asked for again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from fanar.bilingual import Bilingual

TurnRole = Literal["user", "assistant", "system"]
Json = Mapping[str, Any]
NO_SUCH_CONVERSATION = Bilingual("There is no conversation of this id.", "لا توجد محادثة بهذا المعرّف.")
"""Said of a conversation that is somebody else's, too."""
NO_SUCH_TURN = Bilingual("There is no message of this id in the conversation.", "لا توجد في المحادثة رسالة بهذا المعرّف.")
NOT_SHARED = Bilingual("Nothing is shared under this link.", "لا شيء مشترك بهذا الرابط.")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `parent` is the turn it follows, None for one that opens the conversation; `metadata` is whatever the client adds."""

    id: str
    role: TurnRole
    content: str
    created: datetime
    parent: str | None = None
    metadata: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of `owner`, without its turns. `current` is the last turn of the branch that is shown.

    `share` is the id of the link under which the branch that ends with `shared` may be read by whoever has it.
    """

    id: str
    owner: str
    created: datetime
    changed: datetime
    title: str | None = None
    metadata: Json = field(default_factory=dict)
    current: str | None = None
    turns: int = 0
    characters: int = 0
    share: str | None = None
    shared: str | None = None
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change of a conversation; `retitled` says that the title is, also to none."""

    title: str | None = None
    retitled: bool = False
    current: str | None = None
    metadata: Json | None = None


@dataclass(frozen=True, slots=True)
class FoundConversation:
    """A conversation that was looked for, and the turn in which the words were found; None where the title holds them."""

    conversation: Conversation
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class ConversationBounds:
    """Most conversations of one owner and their characters, and most turns and characters of one conversation."""

    conversations: int = 2_000
    characters: int = 200_000_000
    turns: int = 1_000
    turn_characters: int = 8_000_000


def branch(turns: Mapping[str, Turn], leaf: str | None) -> list[Turn]:
    """Return the turns from the first one to `leaf`."""
    found: list[Turn] = []
    while leaf is not None:
        found.append(turns[leaf])
        leaf = turns[leaf].parent
    return found[::-1]
