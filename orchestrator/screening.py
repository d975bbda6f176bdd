"""Keeps out of conversations what the operator blocks, both ways, and keeps the platform's own instructions in. Knows nothing of HTTP.

A prompt that holds a rule is refused. An answer is held back wherever a rule may be coming and cut where one comes: what was shown before
stays, the work behind it stops, and the answer ends as filtered.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fanar.bilingual import Bilingual, Language
from fanar.errors import ContentFilteredError, FilterKind
from fanar.events import ChoiceFinished, Event, ResponseCompleted, RouteSelected, RoutingDecision, TextDelta, ToolCalled
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.blocklist.automaton import Automaton, Rules
from orchestrator.blocklist.rules import words_of
from orchestrator.blocklist.scanner import Scanner, contains
from orchestrator.dispatch import cut_short
from orchestrator.platform import Answering

_OFF_LOOP_CHARACTERS = 20_000
_RUN = 8
_STEP = 3
"""From every third word on: a start reads a third of the runs, and whatever has two words more than a run holds one of them."""
_PROMPT = Bilingual("The conversation holds what this platform does not discuss.", "في المحادثة ما لا تتناوله هذه المنصة.")
_ANSWER = Bilingual("The answer was cut: it held what this platform does not say.", "قُطع الجواب: فيه ما لا تقوله هذه المنصة.")
_INSTRUCTIONS = Bilingual("The answer was cut: it repeated the platform's own instructions.", "قُطع الجواب: كان يعيد تعليمات المنصة نفسها.")
_Place = tuple[int, int | None]
"""A choice, and the position of a tool call within it or None for its words."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What answers are watched for, and what is said where it is found."""

    automaton: Automaton
    kind: FilterKind
    message: Bilingual


class ScreenedAnswers:
    """Answers as `answers` does. `blocked` are the operator's rules, `instructions` find what models are told and nobody else is."""

    def __init__(self, answers: Answering, *, blocked: Rules | None = None, instructions: Automaton | None = None) -> None:
        self._answers = answers
        self._blocked = Automaton(blocked) if blocked else None
        self._watches = [Watch(self._blocked, "blocklist", _ANSWER)] if self._blocked else []
        self._watches += [Watch(instructions, "safety", _INSTRUCTIONS)] if instructions else []

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the events of the answer. Raises ContentFilteredError for a prompt that holds a rule, and what the answers raise."""
        await self._check(request)
        events = self._answers.answer(request)
        async with closing(events):
            if not self._watches:
                async for event in events:
                    yield event
                return
            async for event in _screened(events, self._watches, request.language):
                yield event

    async def _check(self, request: ChatRequest) -> None:
        if self._blocked is None:
            return
        text = "\n".join([request.persona or "", *(_said(request))])
        if len(text) > _OFF_LOOP_CHARACTERS:
            found = await asyncio.to_thread(contains, self._blocked, text)
        else:
            found = contains(self._blocked, text)
        if found:
            raise ContentFilteredError(_PROMPT, kind="blocklist", param="messages")


def runs_of(instructions: Iterable[str]) -> Rules:
    """Return rules that find any ten words of the instructions in a row: fewer may well stand in an honest answer."""
    rules = Rules()
    for words in map(words_of, instructions):
        for at in range(0, len(words) - _RUN + 1, _STEP):
            rules.add_phrase(words[at : at + _RUN])
    return rules


def _said(request: ChatRequest) -> list[str]:
    return [text for message in request.messages for text in (message.text, *(call.arguments for call in message.tool_calls))]


async def _screened(events: AsyncIterator[Event], watches: Sequence[Watch], language: Language) -> AsyncIterator[Event]:
    screens: dict[_Place, _Screen] = {}
    decision: RoutingDecision | None = None
    async for event in events:
        if isinstance(event, RouteSelected):
            decision = event.decision
        for passed in _pass(event, screens, watches):
            yield passed
        if found := next((watch for screen in screens.values() if (watch := screen.found)), None):
            for ending in cut_short(found.kind, found.message, decision, language):
                yield ending
            return


def _pass(event: Event, screens: dict[_Place, _Screen], watches: Sequence[Watch]) -> list[Event]:
    match event:
        case TextDelta(text=text, choice=choice, logprobs=logprobs):
            return _screen(screens, (choice, None), watches).text(text, choice, logprobs)
        case ToolCalled(by="client", choice=choice, index=index):
            return _screen(screens, (choice, index), watches).call(event)
        case ChoiceFinished(choice=choice):
            return _with_rest(event, {key: screen for key, screen in screens.items() if key[0] == choice})
        case ResponseCompleted():
            return _with_rest(event, screens)
        case _:
            return [event]


def _screen(screens: dict[_Place, _Screen], place: _Place, watches: Sequence[Watch]) -> _Screen:
    if place not in screens:
        screens[place] = _Screen(watches)
    return screens[place]


def _with_rest(event: Event, screens: Mapping[_Place, _Screen]) -> list[Event]:
    """Return what was held back, then the event, unless the rest holds a rule."""
    rest = [each for (choice, index), screen in screens.items() for each in screen.finish(choice, index)]
    return rest if any(screen.found for screen in screens.values()) else [*rest, event]


class _Screen:
    """One text of an answer: a choice's words, or the arguments of one of its tool calls."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._scanners = [(watch, Scanner(watch.automaton)) for watch in watches]
        self._logprobs: list[Mapping[str, Any]] = []

    @property
    def found(self) -> Watch | None:
        return next((watch for watch, scanner in self._scanners if scanner.found), None)

    def text(self, text: str, choice: int, logprobs: Mapping[str, Any] | None) -> list[Event]:
        passed = self._push(text)
        if logprobs is not None:
            self._logprobs.append(logprobs)
        if self.found:
            return [TextDelta(passed, choice)] if passed else []
        # Log probabilities name their tokens, so they wait as long as any text does.
        told = None if any(scanner.holding for _, scanner in self._scanners) else self._told()
        return [TextDelta(passed, choice, told)] if passed or told is not None else []

    def call(self, event: ToolCalled) -> list[Event]:
        passed = self._push(event.arguments)
        return [replace(event, arguments=passed)] if passed or (event.id and not self.found) else []

    def finish(self, choice: int, index: int | None) -> list[Event]:
        rest = self._push("", last=True)
        told = None if self.found else self._told()
        if not rest and told is None:
            return []
        return [TextDelta(rest, choice, told) if index is None else ToolCalled("", "", rest, "client", choice, index)]

    def _push(self, text: str, *, last: bool = False) -> str:
        for _, scanner in self._scanners:
            text = scanner.push(text)
            if last or self.found:
                # Behind what was cut nothing follows.
                text += scanner.finish()
        return text

    def _told(self) -> Mapping[str, Any] | None:
        pending, self._logprobs = self._logprobs, []
        if len(pending) < 2:
            return pending[0] if pending else None
        return {**pending[-1], "content": [entry for each in pending for entry in each.get("content") or ()]}
