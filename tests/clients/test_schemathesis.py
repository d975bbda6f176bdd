"""Property tests from our own OpenAPI document, against a served platform that wants a key."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from fanar.settings import Settings
from orchestrator.api.app import create_app
from tests.clients.serving import COMMAND, Served, environment, installed, served
from tests.clients.upstreams import ModelServers
from tests.environments import build

FOLDER = Path(__file__).parent / "schemathesis"
SEED = 20261121
SECONDS = 1500
# Of these we know more than the document says: see `server_errors_are_honest` and `the_document_and_the_validation_agree`.
OURS_INSTEAD = ("not_a_server_error", "positive_data_acceptance")
CASES = 20_000


def _operations() -> dict[str, bool]:
    """Return the paths of our document, and whether each takes any input."""
    app = create_app(nullcontext, settings=Settings(_env_file=None))  # type: ignore[arg-type]  # never started
    taking = ("requestBody", "parameters")
    return {
        path: any(part in operation for operation in operations.values() for part in taking)
        for path, operations in app.openapi()["paths"].items()
    }


OPERATIONS = _operations()
# How many requests each operation is to bear at least, besides those that its document alone suggests. What takes no input has few that
# differ; the others share what is wanted.
LEAST = {path: CASES // sum(OPERATIONS.values()) + 1 if takes else 1 for path, takes in OPERATIONS.items()}


@dataclass(frozen=True)
class Guarded:
    """A platform that wants a key, the key, and what that key has there: a cancelled research job, and the ids of what is kept, by path."""

    server: Served
    key: str
    job: str
    kept: dict[str, str]


@pytest.fixture(scope="module")
def platform(models: ModelServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    data = installed(tmp_path_factory.mktemp("schemathesis"))
    made = subprocess.run(
        [COMMAND, "keys", "create", "schemathesis", "--json"], cwd=data, env=environment(data, {}), capture_output=True, check=True
    )
    with served(
        data, star__url=models.star.url, prime__url=models.prime.url, require_key="true", log_level="warning", limits__requests="0"
    ) as server:
        key = json.loads(made.stdout)["key"]
        yield Guarded(server, key, _cancelled_job(server, key), _kept(server, key))


def _posted(server: Served, key: str, path: str, body: bytes, kind: str = "application/json") -> str:
    headers = {"authorization": f"Bearer {key}", "content-type": kind}
    with urllib.request.urlopen(urllib.request.Request(f"{server.origin}{path}", body, headers), timeout=20.0) as answer:
        return str(json.load(answer)["id"])


def _cancelled_job(server: Served, key: str) -> str:
    asked = {"model": "Fanar-Sadiq-2", "input": "الصبر والشكر والتوبة", "depth": "comprehensive", "background": True}
    job = _posted(server, key, "/v1/sadiq/deep-research", json.dumps(asked).encode())
    return _posted(server, key, f"/v1/sadiq/deep-research/{job}/cancel", b"{}")


def _kept(server: Served, key: str) -> dict[str, str]:
    said = {"messages": [{"role": "user", "content": "السلام عليكم"}]}
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nThirty days of leave.\r\n--b--\r\n'
    shared = _posted(server, key, "/v1/conversations", json.dumps(said).encode())
    file = _posted(server, key, "/v1/files", part, "multipart/form-data; boundary=b")
    return {
        "/v1/shared": _posted(server, key, f"/v1/conversations/{shared}/share", b"{}"),
        "/v1/conversations": _posted(server, key, "/v1/conversations", json.dumps(said).encode()),
        "/v1/files": file,
        "/v1/collections": _posted(server, key, "/v1/collections", json.dumps({"name": "x", "file_ids": [file]}).encode()),
    }


@dataclass(frozen=True)
class Run:
    """What Schemathesis said of one operation, and how many requests it sent, by status of the answer."""

    passed: bool
    report: str
    sent: dict[str, int]


@pytest.fixture(scope="module")
def runs(platform: Guarded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Run]]]:
    """Test all operations, two at a time: most of the work is thinking up requests."""
    build.environment("schemathesis")
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {path: pool.submit(_run, path, platform, tmp_path_factory.mktemp("run")) for path in LEAST}


def _run(path: str, platform: Guarded, workplace: Path) -> Run:
    counts = workplace / "counts.json"
    command = [
        build.environment("schemathesis") / "bin" / "schemathesis",
        *("--config-file", FOLDER / "schemathesis.toml", "run", f"{platform.server.origin}/openapi.json"),
        *("--include-path", path, "--max-examples", str(LEAST[path]), "--seed", str(SEED), "--phases", "examples,coverage,fuzzing"),
        *("--checks", "all", "--exclude-checks", ",".join(OURS_INSTEAD), "--header", f"Authorization: Bearer {platform.key}"),
        "--continue-on-failure",
    ]
    given = {"SCHEMATHESIS_HOOKS": "promises", "PYTHONPATH": str(FOLDER), "COUNTS": str(counts)}
    given |= {"JOB": platform.job, "KEPT": json.dumps(platform.kept)}
    done = subprocess.run(command, cwd=workplace, env=os.environ | given, capture_output=True, text=True, timeout=SECONDS, check=False)
    sent = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    return Run(done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2000:], sent)


def test_every_operation_of_the_served_document_is_tested(platform: Guarded) -> None:
    with urllib.request.urlopen(f"{platform.server.origin}/openapi.json", timeout=20.0) as answer:
        assert set(json.load(answer)["paths"]) == set(LEAST)


@pytest.mark.parametrize("path", LEAST)
def test_operation_keeps_its_promises(path: str, runs: dict[str, Future[Run]]) -> None:
    run = runs[path].result()
    assert run.passed, run.report
    assert sum(run.sent.values()) >= LEAST[path]


def test_twenty_thousand_requests_were_sent_and_many_were_answered(runs: dict[str, Future[Run]]) -> None:
    sent = {path: run.result().sent for path, run in runs.items()}
    print(json.dumps({"seed": SEED, "sent": sent}))
    assert sum(sum(counts.values()) for counts in sent.values()) >= CASES
    # Nothing that is thought up is a sound file, so nobody can listen to it; nothing is taken out of where it is not; there is no news, and
    # no check in the background whose id anybody could think up, nor a model's.
    hardly = ("/v1/audio/", "/v1/collections/{id}/files/{file_id}", "/v1/recency/", "/v1/attributions/{id}", "/v1/models/{id}")
    few = {path for path, counts in sent.items() if not path.startswith(hardly) and counts.get("200", 0) < sum(counts.values()) // 50}
    assert not few
