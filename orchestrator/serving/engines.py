"""The programs that serve models, and how each is called. Knows nothing of processes.

vLLM serves on GPUs; `transformers serve` on a laptop. Both speak OpenAI's protocol; the second honours less of it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.settings import Settings
from fanar.weights.catalog import Engine, Weights
from orchestrator.serving.profiles import find_profile

HOST = "127.0.0.1"
# Taken by `transformers serve` without a word and without effect (tests/vllm/test_transformers.py keeps this true), or refused unnamed.
TRANSFORMERS_LACKS = (
    "response_format",
    "tool_choice",
    "n",
    "logprobs",
    "presence_penalty",
    "best_of",
    "top_k",
    "min_p",
    "repetition_penalty",
    "length_penalty",
    "early_stopping",
    "stop_token_ids",
    "ignore_eos",
    "min_tokens",
    "skip_special_tokens",
    "spaces_between_special_tokens",
    "truncate_prompt_tokens",
    "prompt_logprobs",
)
# Unknown to vLLM, which says nothing (tests/vllm/test_vllm_fields.py). What it refuses, it refuses by name.
VLLM_LACKS = ("best_of", "early_stopping")

_MISSING: Mapping[Engine, Bilingual] = {
    "vllm": Bilingual(
        "vLLM is not installed: `make run EXTRAS=serve` installs it on a machine with a GPU; or set FANAR_VLLM_COMMAND.",
        "برنامج vLLM غير مثبّت: يثبّته الأمر `make run EXTRAS=serve` على جهاز فيه معالج رسوميات؛ أو اضبط FANAR_VLLM_COMMAND.",
    ),
    "transformers": Bilingual(
        "transformers is not installed: `make run EXTRAS=local` installs it; or set FANAR_TRANSFORMERS_COMMAND.",
        "مكتبة transformers غير مثبّتة: يثبّتها الأمر `make run EXTRAS=local`؛ أو اضبط FANAR_TRANSFORMERS_COMMAND.",
    ),
}


@dataclass(frozen=True, slots=True)
class Launch:
    """How a server is started: command, variables and folder; and what it will answer to."""

    command: tuple[str, ...]
    model: str
    context_tokens: int
    lacking: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None


def launch(weights: Weights, *, folder: Path, port: int, settings: Settings, options: Sequence[str] = ()) -> Launch:
    """Return how the weights in `folder` are served on `port`; `options` are handed to the server as they are.

    Raises NotConfiguredError when the program or its profile is not here.
    """
    at = ("--host", HOST, "--port", str(port))
    if weights.engine == "vllm":
        return _vllm(weights, folder, at, settings, tuple(options))
    return _transformers(weights, folder, at, settings, tuple(options))


def _vllm(weights: Weights, folder: Path, at: tuple[str, ...], settings: Settings, options: tuple[str, ...]) -> Launch:
    profile = find_profile(weights.name)
    command = (_program("vllm", settings.vllm_command), "serve", str(folder), "--config", str(profile.path), *at, *options)
    # Offline: everything it needs was pulled and checked, and a server has no business to fetch more.
    variables = {"HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    return Launch(command, profile.served_name, profile.context_tokens, VLLM_LACKS, variables)


def _transformers(weights: Weights, folder: Path, at: tuple[str, ...], settings: Settings, options: tuple[str, ...]) -> Launch:
    # It knows a model by the path it was given, and says it to clients: so the path is the name alone, seen from the folder above.
    program = _program("transformers", settings.transformers_command)
    # Reasoning costs a laptop minutes; a request that wants it still says so.
    command = (program, "serve", folder.name, "--chat-template-kwargs", '{"enable_thinking": false}', *at, *options)
    home = folder.parent / ".home"
    # Its list of models is that of its cache, and fails where there is none.
    (home / "hub").mkdir(parents=True, exist_ok=True)
    variables = {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    return Launch(command, folder.name, weights.context, TRANSFORMERS_LACKS, variables, folder.parent)


def _program(engine: Engine, chosen: Path | None) -> str:
    if chosen is not None:
        found = shutil.which(chosen)
    else:
        found = shutil.which(engine, path=str(Path(sys.executable).parent)) or shutil.which(engine)
    if found is None:
        raise NotConfiguredError(_MISSING[engine])
    return found
