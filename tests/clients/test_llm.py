"""The command `llm`, unmodified, with the platform's models in its `extra-openai-models.yaml`."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER
from tests.environments.build import environment

MODELS = """\
- model_id: fanar
  model_name: Fanar
  api_base: {url}
- model_id: prime
  model_name: Fanar-C-2-27B
  api_base: {url}
  supports_tools: true
  supports_schema: true
- model_id: nobody
  model_name: gpt-4o
  api_base: {url}
"""
TOOL = 'def weather(city: str) -> str:\n    "Say what the weather is."\n    return "41 degrees in " + city\n'
SECONDS = 60

Llm = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def llm(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Llm:
    folder = tmp_path_factory.mktemp("llm")
    (folder / "extra-openai-models.yaml").write_text(MODELS.format(url=server.url), encoding="utf-8")
    command = environment("llm") / "bin" / "llm"
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder), "LLM_USER_PATH": str(folder), "OPENAI_API_KEY": "none", "LANG": "C.UTF-8"}

    def run(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments], env=variables, input=given, capture_output=True, text=True, timeout=SECONDS, check=False
        )

    return run


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_prompt_is_answered_in_a_stream(llm: Llm) -> None:
    assert said(llm("-m", "prime", "What is the capital of Qatar?")) == ANSWER


def test_a_prompt_is_answered_at_once(llm: Llm) -> None:
    assert said(llm("-m", "prime", "--no-stream", "What is the capital of Qatar?")) == ANSWER


def test_what_is_piped_in_is_the_prompt(llm: Llm) -> None:
    assert said(llm("-m", "prime", given="العاصمة؟")) == "الدوحة هي عاصمة قطر."


def test_progress_does_not_disturb_a_stream(llm: Llm) -> None:
    assert "quran.com/2/255" in said(llm("-m", "fanar", "اقرأ آية الكرسي"))


def test_the_platforms_own_tools_are_no_calls_for_the_client(llm: Llm) -> None:
    assert "391" in said(llm("-m", "fanar", "What is 17 * 23?"))


def test_the_clients_tools_are_run_and_their_results_are_read(llm: Llm) -> None:
    assert said(llm("-m", "prime", "--functions", TOOL, "What is the weather in Doha?")) == "The tool says: 41 degrees in Doha"


def test_a_schema_is_honoured(llm: Llm) -> None:
    assert json.loads(said(llm("-m", "prime", "--schema", "city, country", "Qatar as JSON"))) == {"city": "Doha", "country": "Qatar"}


def test_a_conversation_goes_on(llm: Llm) -> None:
    said(llm("-m", "prime", "What is the capital of Qatar?"))
    assert said(llm("-c", "Once more: what is the capital of Qatar?")) == ANSWER


def test_an_error_is_said_in_our_words(llm: Llm) -> None:
    done = llm("-m", "nobody", "Hello")
    assert done.returncode
    assert "no model of this id" in done.stderr
