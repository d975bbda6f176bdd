"""A test double that ships: answers from a script, streamed word by word. It is no language model and is used only by explicit setting.

A script is a JSON list of rules; the first that fits answers: {"match": regular expression searched in the last user message, or null
for any, "reply": text or list of pieces, "tool_calls": [{"name", "arguments"}], "delay": seconds before each piece, "error":
"unavailable" | "timeout" | "overloaded" | "unprocessable", raised after the reply}.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.events import ChoiceFinished, Event, FinishReason, ResponseCompleted, TextDelta, ToolCalled, Usage
from fanar.messages import ChatRequest

NAME = "scripted"
_WORD = re.compile(r"\s*\S+|\s+$")


class ScriptedCall(BaseModel):
    """A tool call that a rule makes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    arguments: str = "{}"


class Rule(BaseModel):
    """One rule of a script."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: re.Pattern[str] | None = None
    reply: str | tuple[str, ...] = ""
    tool_calls: tuple[ScriptedCall, ...] = ()
    delay: float = Field(default=0.0, ge=0)
    error: Literal["unavailable", "timeout", "overloaded", "unprocessable"] | None = None

    @property
    def pieces(self) -> Sequence[str]:
        """The reply as it is streamed."""
        return _WORD.findall(self.reply) if isinstance(self.reply, str) else self.reply


def read_script(path: Path) -> tuple[Rule, ...]:
    """Read a script. Raises ConfigurationError that names the setting and the rule at fault."""
    try:
        return TypeAdapter(tuple[Rule, ...]).validate_json(path.read_bytes())
    except OSError as cause:
        raise _unusable("it cannot be opened", "لا يمكن فتحه") from cause
    except ValidationError as cause:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in cause.errors(include_input=False, include_context=False))
        raise _unusable(faults, faults) from None


class ScriptedChatModel:
    """A ChatModel that says what its script says."""

    def __init__(self, script: Sequence[Rule]) -> None:
        self._script = tuple(script)

    @property
    def name(self) -> str:
        """The id under which it answers."""
        return NAME

    async def available(self) -> bool:
        """Always: there is no server."""
        return True

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the scripted answer; see ChatModel."""
        if request.sampling.logprobs:
            raise UnprocessableError(
                Bilingual("The scripted model has no log probabilities.", "لا توجد احتمالات لوغاريتمية في النموذج المبرمج."),
                param="logprobs",
            )
        rule = self._rule(request.prompt)
        pieces, reason = _bounded(rule, request)
        choices = range(request.sampling.n)
        for piece in pieces:
            await asyncio.sleep(rule.delay)
            for choice in choices:
                yield TextDelta(piece, choice)
        if rule.error is not None:
            raise _error(rule.error)
        for choice in choices:
            for index, call in enumerate(rule.tool_calls):
                yield ToolCalled(f"call_{uuid4().hex}", call.name, call.arguments, "client", choice, index)
            yield ChoiceFinished(reason, choice)
        prompt = sum(len(message.text.split()) for message in request.messages)
        yield ResponseCompleted(NAME, Usage(prompt, len(pieces) * request.sampling.n), reason)

    def _rule(self, prompt: str) -> Rule:
        for rule in self._script:
            if rule.match is None or rule.match.search(prompt):
                return rule
        raise ModelUnavailableError(
            Bilingual(
                "The script has no reply to this; add a rule whose match is null.",
                "لا رد لهذا في النص المبرمج؛ أضف قاعدة قيمة match فيها null.",
            )
        )


def _bounded(rule: Rule, request: ChatRequest) -> tuple[list[str], FinishReason]:
    """Return the pieces that stop sequences and max_tokens leave, a piece counted as a token, and why the answer ends."""
    pieces, reply = list(rule.pieces), "".join(rule.pieces)
    end = min((at for stop in request.sampling.stop if stop and (at := reply.find(stop)) >= 0), default=len(reply))
    kept: list[str] = []
    for piece in pieces:
        if piece[:end]:
            kept.append(piece[:end])
        end -= len(piece[:end])
    limit = request.sampling.max_tokens
    if limit is not None and limit < len(kept):
        return kept[:limit], "length"
    return kept, "tool_calls" if rule.tool_calls else "stop"


def _error(kind: str) -> FanarError:
    message = Bilingual("The scripted model failed as its script says.", "أخفق النموذج المبرمج كما ينص برنامجه.")
    errors: dict[str, type[FanarError]] = {
        "unavailable": ModelUnavailableError,
        "timeout": UpstreamTimeoutError,
        "overloaded": OverloadedError,
        "unprocessable": UnprocessableError,
    }
    return errors[kind](message)


def _unusable(en: str, ar: str) -> ConfigurationError:
    return ConfigurationError(
        Bilingual(f"The script of FANAR_SCRIPTED_MODEL cannot be used: {en}.", f"نص FANAR_SCRIPTED_MODEL غير صالح: {ar}.")
    )
