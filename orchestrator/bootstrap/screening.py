"""Puts a screen before the answers: the operator's block list, and what models are told by the platform itself."""

from __future__ import annotations

from pathlib import Path

from orchestrator.blocklist.rules import read_rules
from orchestrator.handlers.language import INSTRUCTIONS
from orchestrator.platform import Answering
from orchestrator.screening import ScreenedAnswers
from rag.islamic.grounded import CARE
from rag.prompts import INSTRUCTION


def screened(answers: Answering, blocklist: Path | None) -> ScreenedAnswers:
    """Return the answers behind a screen. Raises ConfigurationError for a block list that cannot be used."""
    told = [*INSTRUCTIONS.values(), *(text for each in (INSTRUCTION, CARE) for text in (each.en, each.ar))]
    return ScreenedAnswers(answers, blocked=read_rules(blocklist) if blocklist else None, instructions=told)
