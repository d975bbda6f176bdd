"""What is attached to the last turn of a conversation, as far as it decides where the conversation goes. Knows nothing of what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.messages import AudioPart, ChatMessage, ContentPart, ImagePart, VideoPart

VISION = "vision"


def shows_picture(messages: Sequence[ChatMessage]) -> bool:
    """Whether the last user turn holds an image or a video."""
    return any(isinstance(part, ImagePart | VideoPart) for part in _attached(messages))


def holds_sound(messages: Sequence[ChatMessage]) -> bool:
    """Whether the last user turn holds sound."""
    return any(isinstance(part, AudioPart) for part in _attached(messages))


def _attached(messages: Sequence[ChatMessage]) -> Sequence[ContentPart]:
    last = next((message for message in reversed(messages) if message.role in ("user", "thinking_user")), None)
    return () if last is None or isinstance(last.content, str) else last.content
