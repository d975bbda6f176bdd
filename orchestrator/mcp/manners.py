"""How every tool behaves towards assistants: what it promises beforehand, and how it says what failed. Knows nothing of any tool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from fanar.bilingual import Language
from fanar.errors import FanarError

# All tools only read, and reach nothing beyond the platform. Of a repeatable one the same question has the same answer.
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
REPEATABLE = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


@contextmanager
def failures_told(language: Language, *, fields: bool = False) -> Iterator[None]:
    """Raise what fails within as a ToolError in `language`, in our words, which name the remedy.

    `fields` names the one at fault too: for tools whose arguments have the names of the API.
    """
    try:
        yield
    except FanarError as error:
        field = f" ({error.param})" if fields and error.param else ""
        raise ToolError(error.message.in_language(language) + field) from error
