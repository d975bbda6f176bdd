"""What every command has in common: help, language, exit codes, one line for an error."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.main import get_command

from fanar.bilingual import Bilingual
from fanar.errors import (
    ConfigurationError,
    ContentFilteredError,
    FanarError,
    IndexMismatchError,
    ModelUnavailableError,
    NotConfiguredError,
    NotFoundError,
    StorageError,
    UnprocessableError,
    UpstreamTimeoutError,
)
from orchestrator.cli.exits import MEANINGS, AnsweredError, Exit, exit_of
from orchestrator.cli.main import app, run
from tests.unit.orchestrator.cli.conftest import Fanar

SAID = Bilingual("said", "قيل")


def _paths(command, path=()):  # type: ignore[no-untyped-def]
    yield path
    for name, each in getattr(command, "commands", {}).items():
        yield from _paths(each, (*path, name))


PATHS = list(_paths(get_command(app)))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_explains_itself_and_each_of_its_parts(fanar: Fanar, path: tuple[str, ...], language: str) -> None:
    said = fanar(*path, "--help", language=language)
    assert said.code == 0
    assert " ".join(["fanar", *path]) in said.out
    assert ("Usage" if language == "en" else "الاستعمال") in said.out


def test_help_shows_examples_and_exit_codes(fanar: Fanar) -> None:
    said = fanar("--help")
    assert "fanar verify article.txt" in said.out
    for code, meaning in MEANINGS.items():
        assert str(code.value) in said.out
        assert meaning.en[:20] in said.out


def test_help_lists_serve_first_since_a_newcomer_needs_it_first(fanar: Fanar) -> None:
    commands = fanar("--help").out.partition("Commands:")[2]
    assert commands.split()[0] == "serve"


def test_version_is_the_installed_one(fanar: Fanar) -> None:
    said = fanar("--version")
    assert (said.code, said.out.strip()) == (Exit.OK, version("fanar"))


@pytest.mark.parametrize("arguments", [("--language", "ar", "route", "--help"), ("route", "--help", "--language=ar")])
def test_language_may_stand_anywhere(surroundings, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert run(arguments) == 0
    assert "الاستعمال" in capsys.readouterr().out


def test_environment_chooses_the_language(surroundings, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LANG", "ar_QA.UTF-8")
    assert run(["ask", "--nosuch"]) == Exit.USAGE
    assert capsys.readouterr().err.startswith("خطأ: لا يوجد هذا الخيار.")


def test_what_follows_two_hyphens_is_no_option(surroundings, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert run(["keys", "revoke", "--", "--language"]) == Exit.USAGE
    assert "no such key" in capsys.readouterr().err


def test_unknown_language_is_refused(fanar: Fanar) -> None:
    said = fanar("--language", "fr", "keys", "list")
    assert (said.code, said.err) == (Exit.USAGE, "error: --language takes ar or en.\n")


@pytest.mark.parametrize(
    "arguments", [("nosuch",), ("ask", "--nosuch"), ("keys", "create"), ("serve", "--port", "0"), ("serve", "--port", "x")]
)
def test_misuse_is_one_line_that_leads_to_the_help(fanar: Fanar, arguments: tuple[str, ...]) -> None:
    said = fanar(*arguments)
    assert said.code == Exit.USAGE
    assert said.err.count("\n") == 1
    assert said.err.rstrip().endswith("--help.")


@pytest.mark.parametrize("arguments", [(), ("keys",), ("corpora",)])
def test_a_group_alone_shows_its_help(fanar: Fanar, arguments: tuple[str, ...]) -> None:
    said = fanar(*arguments)
    assert said.code == Exit.USAGE
    assert "Commands:" in said.out


def test_a_mistyped_setting_is_named_in_one_line(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_PROT", "8001")
    said = fanar("keys", "list")
    assert said.code == Exit.USAGE
    assert "FANAR_PROT" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ContentFilteredError(SAID, kind="safety"), Exit.FINDING),
        (UnprocessableError(SAID), Exit.USAGE),
        (NotFoundError(SAID), Exit.USAGE),
        (ConfigurationError(SAID), Exit.USAGE),
        (NotConfiguredError(SAID), Exit.MISSING),
        (IndexMismatchError(SAID), Exit.MISSING),
        (ModelUnavailableError(SAID), Exit.UNREACHABLE),
        (UpstreamTimeoutError(SAID), Exit.UNREACHABLE),
        (StorageError(SAID), Exit.UNREACHABLE),
        (FanarError(SAID), Exit.UNREACHABLE),
        (AnsweredError("said", answered="model_not_configured"), Exit.MISSING),
        (AnsweredError("said", answered="invalid_authentication"), Exit.USAGE),
        (AnsweredError("said", answered="timeout"), Exit.UNREACHABLE),
    ],
)
def test_a_failure_ends_with_its_documented_code(error: FanarError, code: Exit) -> None:
    assert exit_of(error) == code


def test_a_reader_that_has_seen_enough_is_no_error(surroundings) -> None:  # type: ignore[no-untyped-def]
    command = [sys.executable, "-c", "from orchestrator.cli.main import main; main()", "--help"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from orchestrator.cli.main import run; run(['--help']);"
        "print([name for name in ('aiohttp', 'fastapi', 'rich', 'sqlalchemy', 'uvicorn', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
