"""Reads what vLLM's `/tokenize` answers. Knows nothing of connections."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.llm.faults import unreadable

ABSENT = frozenset((404, 405, 501))
"""The statuses with which a server says that it counts no tokens."""


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How many tokens a text has for a model, and how many a request to it may have."""

    tokens: int
    limit: int


def tokenizer_url(url: str) -> str:
    """Return where a server whose API stands at `url` counts tokens: beside the API, not within it."""
    return f"{url.removesuffix('/v1')}/tokenize"


def read_count(body: bytes, *, limit: int) -> TokenCount:
    """Return the count; `limit` stands in where the server names none. Raises ModelUnavailableError when it is no count."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError as cause:
        raise unreadable() from cause
    count = answer.get("count") if isinstance(answer, dict) else None
    if type(count) is not int or count < 0:
        raise unreadable()
    longest = answer.get("max_model_len")
    return TokenCount(count, longest if type(longest) is int else limit)


def no_tokenizer() -> NotConfiguredError:
    """Return the error for a server that counts no tokens."""
    return NotConfiguredError(
        Bilingual(
            "The server of this model does not count tokens; vLLM does: fanar models serve.",
            "خادم هذا النموذج لا يعدّ الرموز؛ أما vLLM فيعدّها: fanar models serve.",
        ),
        param="model",
    )
