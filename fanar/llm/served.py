"""Reads which models an OpenAI-compatible server lists. Knows nothing of connections."""

from __future__ import annotations

import re
from dataclasses import dataclass

import orjson

from fanar.llm.faults import unreadable

# Servers list embedding and reranking models beside chat models and do not say which is which; their names do.
_NO_CHAT = re.compile(
    r"embed|rerank|minilm|sentence-transformers|(?:^|[/_-])(?:bge|e5|gte|labse|whisper|clip)(?:$|[/_.:-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model as its server lists it."""

    id: str
    owned_by: str = ""

    @property
    def chats(self) -> bool:
        """Whether the model's name lets one expect that it answers conversations."""
        return _NO_CHAT.search(self.id) is None


def served_models(body: bytes) -> list[ServedModel]:
    """Read the body of `GET /models`. Raises ModelUnavailableError when it is none."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError as cause:
        raise unreadable() from cause
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise unreadable()
    return [_model(row) for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _model(row: dict[str, object]) -> ServedModel:
    owner = row.get("owned_by")
    return ServedModel(id=str(row["id"]), owned_by=owner if isinstance(owner, str) else "")
