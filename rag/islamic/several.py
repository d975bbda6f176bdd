"""Answers a prompt that asks several things, each as if it were asked alone, in one answer with one row of citations.

Knows nothing of how any of them is answered. Somebody in danger is answered at once, whatever else the prompt asks.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from fanar.events import CitationAdded, Event, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from fanar.streams import closing
from rag.citations import WRITTEN, marker
from rag.islamic.intents import read_wish
from rag.islamic.parts import AskedPart, parts_of


class Answers(Protocol):
    """Answers one question from religious sources."""

    def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of an answer, `ResponseCompleted` the last."""
        ...


class SeveralAnswers:
    """Puts each question of a prompt to `single`, in order."""

    def __init__(self, *, single: Answers) -> None:
        self._single = single

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer, or the answers under the questions they answer; `metadata.parts` says of each what went with it."""
        parts = [] if read_wish(request.prompt).safety else parts_of(request.prompt)
        answers = self._joined(parts, request, decision) if parts else self._single.answer(request, decision)
        async with closing(answers) as events:
            async for event in events:
                yield event

    async def _joined(self, parts: Sequence[AskedPart], request: ChatRequest, decision: RoutingDecision) -> AsyncGenerator[Event, None]:
        row = _Row()
        for part in parts:
            yield row.begin(part)
            own = replace(request, messages=_asking(request.messages, part.text))
            async with closing(self._single.answer(own, replace(decision, intent=part.intent))) as events:
                async for event in events:
                    if (told := row.told(event)) is not None:
                        yield told
        yield row.completed()


class _Row:
    """The answers one after the other: markers and places go on from answer to answer."""

    def __init__(self) -> None:
        self._written = 0
        self._numbers = 0
        self._base = 0
        self._growth: list[tuple[int, int]] = []
        self._parts: list[dict[str, Any]] = []
        self._ends: list[ResponseCompleted] = []

    def begin(self, part: AskedPart) -> TextDelta:
        """Begin the answer to a part and return its heading."""
        number = len(self._parts) + 1
        self._parts.append({"question": part.text, "intent": part.intent})
        heading = f"{chr(10) * 2 if number > 1 else ''}**{number}. {part.text}**\n\n"
        self._written += len(heading)
        self._base, self._growth = self._numbers, [(0, self._written)]
        return TextDelta(heading, verbatim=True)

    def told(self, event: Event) -> Event | None:
        """Return an event of the present answer as one of the whole; None for its end."""
        match event:
            case TextDelta():
                return self._text(event)
            case CitationAdded(citation=citation):
                number = self._base + citation.number
                self._numbers = max(self._numbers, number)
                return CitationAdded(replace(citation, number=number, index=self._place(citation.index)))
            case ResponseCompleted():
                self._ends.append(event)
                self._parts[-1] |= {**event.metadata, "quotations": [self._moved(each) for each in event.metadata.get("quotations", ())]}
                return None
            case _:
                return event

    def completed(self) -> ResponseCompleted:
        """Return the end of the whole: who wrote it, and what went with each part."""
        written = next((each for each in self._ends if each.usage.total_tokens), self._ends[-1])
        usages = [each.usage for each in self._ends]
        usage = replace(
            written.usage,
            prompt_tokens=sum(each.prompt_tokens for each in usages),
            completion_tokens=sum(each.completion_tokens for each in usages),
        )
        quotations = [each for part in self._parts for each in part.pop("quotations")]
        corpora = {name: version for part in self._parts for name, version in part.pop("corpora", {}).items()}
        confident = all(part.get("confident") for part in self._parts)
        metadata = {"confident": confident, "corpora": corpora, "parts": self._parts, "quotations": quotations}
        return replace(written, usage=usage, finish_reason=self._ends[-1].finish_reason, metadata=metadata)

    def _text(self, event: TextDelta) -> TextDelta:
        text = event.text
        written = WRITTEN.fullmatch(text)
        told = marker(self._base + int(written[1])) if written else text
        self._written += len(told)
        if len(told) != len(text):
            own = self._written - len(told) - self._growth[-1][1] + len(text)
            self._growth.append((own, self._written - own))
        return replace(event, text=told)

    def _place(self, own: int) -> int:
        """Return where a place of the present answer lies in the whole: markers may have grown before it."""
        return own + next(by for place, by in reversed(self._growth) if place <= own)

    def _moved(self, quotation: Mapping[str, Any]) -> dict[str, Any]:
        return {**quotation, "start": self._place(quotation["start"]), "end": self._place(quotation["end"])}


def _asking(messages: Sequence[ChatMessage], text: str) -> tuple[ChatMessage, ...]:
    """Return the conversation with `text` as its last user turn."""
    last = max(at for at, message in enumerate(messages) if message.role == "user")
    return (*messages[:last], replace(messages[last], content=text), *messages[last + 1 :])
