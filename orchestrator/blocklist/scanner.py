"""Reads a text, whole or piece by piece, and lets through what is surely free of any rule. Knows nothing of requests or of events."""

from __future__ import annotations

from fanar.arabic.letters import TABLE
from orchestrator.blocklist.automaton import HIT, Automaton

MOST_HELD = 400
"""Characters that are held back at most: a longer rule is still found, but its beginning has been shown by then."""


class Scanner:
    """Reads one text. `found` says that a rule is in it; from then on nothing passes."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._state = automaton.start
        self._held = ""
        self.found = False

    def push(self, text: str) -> str:
        """Take the next piece in and return what may pass: all before the first character that may belong to a rule."""
        if self.found:
            return ""
        clear = self._read(text)
        held = self._held + text
        passing = 0 if clear is None else len(self._held) + clear
        if not self.found:
            passing = max(passing, len(held) - MOST_HELD)
        self._held = "" if self.found else held[passing:]
        return held[:passing]

    @property
    def holding(self) -> bool:
        """Whether something was held back."""
        return bool(self._held)

    def finish(self) -> str:
        """Return the rest, if the end of the text completes no rule."""
        self.found = self.found or self._automaton.ended(self._state)
        rest, self._held = "" if self.found else self._held, ""
        return rest

    def _read(self, text: str) -> int | None:
        """Read on and return how much of the piece is surely free, None when nothing can be said even of what was held before."""
        state, step = self._state, self._automaton.step
        clear = 0 if state.rests else None
        for at, character in enumerate(text, start=1):
            for each in TABLE.get(ord(character), character):
                state = step(state, each)
                if state is HIT:
                    self.found = True
                    return clear
            if state.rests:
                clear = at
        self._state = state
        return clear


def contains(automaton: Automaton, text: str) -> bool:
    """Whether a rule is in `text`."""
    scanner = Scanner(automaton)
    scanner.push(text)
    scanner.finish()
    return scanner.found
