"""Injection: what is built around foreign text holds for every attack of two open collections. Attacks that a filter knows are not counted:
what holds must hold for all."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.constructions import CHECKS, passages_of
from tests.benchmarks.report import Result, evaluation_data

BIPIA = evaluation_data() / "attribution" / "bipia"
CYBERSECEVAL = evaluation_data() / "attribution" / "cyberseceval" / "prompt_injection.json"
DATA = (BIPIA, CYBERSECEVAL)


def main() -> Iterator[Result]:
    """Yield the share of attacks for which each construction holds, as far as the data is there."""
    for name, attacks in (("BIPIA train", _bipia()), ("CyberSecEval, English", _cyberseceval())):
        for check, holds in CHECKS.items():
            held = sum(holds(passages_of(attack, context), attack) for attack, context in attacks)
            if attacks:
                yield Result(f"{check} ({name})", 100 * held / len(attacks), "%", "≥ 100", data=f"{len(attacks)} attacks")


def _bipia() -> list[tuple[str, str]]:
    if not BIPIA.exists():
        return []
    lines = (BIPIA / "email" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    contexts = [json.loads(line)["context"] for line in lines]
    kinds = [json.loads((BIPIA / f"{kind}_attack_train.json").read_text(encoding="utf-8")) for kind in ("text", "code")]
    attacks = [attack for kind in kinds for said in kind.values() for attack in said]
    return [(attack, contexts[at % len(contexts)]) for at, attack in enumerate(attacks)]


def _cyberseceval() -> list[tuple[str, str]]:
    if not CYBERSECEVAL.exists():
        return []
    rows = json.loads(CYBERSECEVAL.read_text(encoding="utf-8"))
    return [(row["user_input"], row["test_case_prompt"]) for row in rows if row.get("speaking_language", "English") == "English"]
