"""Puts a screen before the answers: the operator's block list, and what models are told by the platform itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from fanar.image.revising import INSTRUCTION as REVISE
from orchestrator.blocklist.automaton import Automaton
from orchestrator.blocklist.rules import read_rules
from orchestrator.blocklist.scanner import contains
from orchestrator.handlers.language import INSTRUCTIONS
from orchestrator.platform import Answering
from orchestrator.screening import ScreenedAnswers, runs_of
from rag.islamic.grounded import CARE
from rag.islamic.research.writing import PROPOSE
from rag.prompts import INSTRUCTION

_TOLD = [REVISE, *INSTRUCTIONS.values(), *(text for each in (INSTRUCTION, CARE, PROPOSE) for text in (each.en, each.ar))]


def screened(answers: Answering, blocklist: Path | None) -> ScreenedAnswers:
    """Return the answers behind a screen. Raises ConfigurationError for a block list that cannot be used."""
    return ScreenedAnswers(answers, blocked=read_rules(blocklist) if blocklist else None, instructions=_instructions())


def clean_of_rules(blocklist: Path | None) -> Callable[[str], bool]:
    """Return what says that a text holds none of the operator's rules. Raises ConfigurationError for a list that cannot be used."""
    return partial(_clean, [Automaton(read_rules(blocklist))] if blocklist else [])


def clean_of_everything(blocklist: Path | None) -> Callable[[str], bool]:
    """Return what says that a text holds neither a rule nor the platform's own instructions."""
    rules = [Automaton(read_rules(blocklist))] if blocklist else []
    return partial(_clean, [*rules, _instructions()])


@cache
def _instructions() -> Automaton:
    # Shared: making it takes a twentieth of a second of every start.
    return Automaton(runs_of(_TOLD))


def _clean(automata: list[Automaton], text: str) -> bool:
    return not any(contains(each, text) for each in automata)
