"""What is written down equals what is in the code."""

from __future__ import annotations

from fanar.settings import example_environment
from tests.architecture.source import ROOT


def test_the_example_of_an_environment_equals_the_settings() -> None:
    assert (ROOT / "deploy" / ".env.example").read_text(encoding="utf-8") == example_environment()
