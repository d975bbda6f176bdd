"""What is in deploy/ fits the platform: settings it knows, addresses it serves, profiles that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from fanar.settings import load_settings
from orchestrator.api.endpoints import health
from orchestrator.api.gate import own_hosts

DEPLOY = Path(__file__).parents[3] / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
RAY = yaml.safe_load((DEPLOY / "ray" / "serve.yaml").read_text())
SERVED = {route.path for route in health.router.routes}  # type: ignore[attr-defined]


def manifests() -> list[dict[str, Any]]:
    return [document for path in MANIFESTS for document in yaml.safe_load_all(path.read_text())]


def pods() -> list[tuple[str, dict[str, Any]]]:
    return [(each["metadata"]["name"], each["spec"]["template"]["spec"]) for each in manifests() if "template" in each.get("spec", {})]


def containers() -> list[tuple[str, dict[str, Any]]]:
    return [(name, each) for name, pod in pods() for each in (*pod.get("initContainers", ()), *pod["containers"])]


def our_variables() -> Iterator[tuple[str, str]]:
    for _, container in containers():
        yield from ((each["name"], each.get("value", "postgresql://x/y")) for each in container.get("env", ()))
    yield from COMPOSE["services"]["platform"]["environment"].items()
    yield from re.findall(r"(FANAR_\w+)=(\S+)", (DEPLOY / "Containerfile").read_text())


def test_every_setting_is_one_that_the_platform_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in our_variables():
        # What compose fills in stands for whatever a person sets there.
        if name.startswith("FANAR_") and not value.startswith("${"):
            monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.star.url == "http://star:8000/v1"
    assert settings.prime.url == "http://prime:8000/v1"


def test_a_probe_is_let_in_under_the_address_of_its_pod(monkeypatch: pytest.MonkeyPatch) -> None:
    for _, container in (each for each in containers() if each[0] == "platform"):
        for given in container["env"]:
            monkeypatch.setenv(given["name"], given.get("value", "postgresql://x/y"))
    (host,) = re.findall(r'"--host", "(\S+)"', (DEPLOY / "Containerfile").read_text())
    # A probe that sets no Host header of its own, and none here does, sends the address that the cluster gave the pod.
    assert own_hosts(host, load_settings().allowed_hosts)("10.244.1.7:8000")


def test_a_service_of_the_platform_does_not_become_a_setting_of_it() -> None:
    assert all(pod["enableServiceLinks"] is False for _, pod in pods())


def test_probes_ask_what_is_served() -> None:
    (platform,) = (container for name, container in containers() if name == container["name"] == "platform")
    probes = {platform[kind]["httpGet"]["path"] for kind in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert probes == {"/healthz", "/readyz"} <= SERVED


def test_the_platform_runs_as_nobody_and_writes_to_its_volumes_only() -> None:
    ours = [container["securityContext"] for name, container in containers() if name == "platform"]
    assert all(each["readOnlyRootFilesystem"] and each["capabilities"] == {"drop": ["ALL"]} for each in ours)
    assert dict(pods())["platform"]["securityContext"]["runAsNonRoot"] is True


def told(arguments: Sequence[str]) -> str:
    return Path(arguments[arguments.index("--config") + 1]).name


@pytest.mark.parametrize("seat", ["star", "prime"])
def test_each_seat_is_served_from_its_profile_everywhere(seat: str) -> None:
    profile = yaml.safe_load((DEPLOY / "vllm" / f"{seat}.yaml").read_text())
    (pod,) = (container for name, container in containers() if name == seat)
    assert told(pod["args"]) == told(COMPOSE["services"][seat]["command"]) == f"{seat}.yaml"
    (application,) = (each for each in RAY["applications"] if each["name"] == seat)
    (model,) = application["args"]["llm_configs"]
    assert model["model_loading_config"] == {"model_id": profile["served-model-name"], "model_source": pod["args"][0]}
    engine: Mapping[str, object] = {name.replace("_", "-"): value for name, value in model["engine_kwargs"].items()}
    assert engine.items() <= profile.items()


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not here to build the manifests")
def test_kubectl_builds_all_of_them() -> None:
    built = subprocess.run(["kubectl", "kustomize", DEPLOY], check=True, capture_output=True, text=True).stdout
    kinds = [document["kind"] for document in yaml.safe_load_all(built)]
    assert len(kinds) == len(manifests()) + 1
    assert "ConfigMap" in kinds
