"""The operator's settings, as the environment and `.env` give them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values

from fanar.errors import ConfigurationError
from fanar.settings import Settings, example_environment, load_settings


@pytest.fixture(autouse=True)
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("FANAR_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_platform_runs_on_loopback_with_a_database_in_its_folder() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert settings.database == f"sqlite:///{settings.data}/fanar.db"


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("FANAR_PORT=9001\nFANAR_HOST=0.0.0.0\nOTHER_PROGRAM=x\n")
    monkeypatch.setenv("FANAR_PORT", "9002")
    assert (load_settings().port, load_settings().host) == (9002, "0.0.0.0")


def test_one_part_of_a_nested_setting_leaves_the_others_at_their_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_STAR__URL", "http://127.0.0.1:8001/v1")
    settings = load_settings()
    assert settings.star == Settings().prime.model_copy(update={"url": "http://127.0.0.1:8001/v1"})
    assert settings.prime.url is None


def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FANAR_POLICY", "FANAR_DATABASE_URL", "FANAR_REQUIRE_KEY", "FANAR_STAR__URL", "FANAR_PORT"):
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings.model_construct()


def test_a_path_from_the_file_may_begin_at_home(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FANAR_DATA=~/here\n")
    assert load_settings().data == Path.home() / "here"


@pytest.mark.parametrize("name", ["FANAR_PROT", "FANAR_STAR__ULR", "FANAR_STAR__URL__X", "FANAR_PORT__X", "fanar_hots", "FANAR_"])
def test_a_mistyped_name_is_refused_by_name_and_its_value_not_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "a-secret")
    with pytest.raises(ConfigurationError, match=name.upper()) as refused:
        load_settings()
    assert "a-secret" not in refused.value.message.en + refused.value.message.ar


def test_a_mistyped_name_in_the_file_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FANAR_PROT=1\n")
    with pytest.raises(ConfigurationError, match="FANAR_PROT"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FANAR_PORT", "a-secret"),
        ("FANAR_LOG_LEVEL", "a-secret"),
        ("FANAR_STAR__CONTEXT_TOKENS", "a-secret"),
        ("FANAR_STAR", '{"a-secret": 1}'),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_setting_and_not_told(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as refused:
        load_settings()
    assert value not in refused.value.message.en + refused.value.message.ar
    assert refused.value.__cause__ is None


def test_a_list_that_is_no_json_is_refused_by_name_and_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_ALLOWED_HOSTS", "a-secret")
    with pytest.raises(ConfigurationError, match="allowed_hosts") as refused:
        load_settings()
    assert "a-secret" not in refused.value.message.en + refused.value.message.ar


def test_secrets_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_STAR__API_KEY", "a-secret")
    monkeypatch.setenv("FANAR_DATABASE_URL", "postgresql://user:a-secret@host/db")
    settings = load_settings()
    assert settings.database.endswith("a-secret@host/db")
    assert "a-secret" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"


def test_the_example_names_every_setting_and_uncommented_it_is_the_defaults(tmp_path: Path) -> None:
    example = example_environment()
    told = [line.removeprefix("# ") for line in example.splitlines() if line.startswith("# FANAR_")]
    (tmp_path / ".env").write_text("\n".join(told))
    assert load_settings() == Settings(_env_file=None)
    fields = {name for name, field in Settings.model_fields.items() if f"FANAR_{name.upper()}" in example and field.description in example}
    assert fields == set(Settings.model_fields)
    assert dotenv_values(".env").keys() >= {"FANAR_STAR__URL", "FANAR_LIMITS__BODY_BYTES"}
