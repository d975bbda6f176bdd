"""`fanar keys`, on a real database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from fanar.settings import load_settings
from orchestrator.bootstrap.storage import open_storage
from orchestrator.cli import keys
from orchestrator.cli.exits import Exit
from tests.unit.orchestrator.cli.conftest import Fanar


async def test_the_key_alone_stands_on_standard_output_and_opens_the_door(fanar: Fanar) -> None:
    made = await asyncio.to_thread(fanar, "keys", "create", "phone")
    secret = made.out.strip()
    async with open_storage(load_settings()) as storage:
        assert (await storage.accounts.verify(secret)).name == "phone"
    assert secret not in made.err
    assert "shown this once" in made.err


def test_a_list_shows_names_and_states_and_never_a_key(fanar: Fanar) -> None:
    secret = fanar("keys", "create", "phone").out.strip()
    fanar("keys", "create", "laptop", "--days", "3")
    listed = fanar("keys", "list", language="ar")
    assert "phone" in listed.out
    assert "laptop" in listed.out
    assert "صالح" in listed.out
    assert secret not in listed.out
    assert secret[-4:] in listed.out


def test_a_revoked_key_is_shown_as_revoked(fanar: Fanar) -> None:
    key = fanar("keys", "create", "phone", "--json").json
    assert key["key"].endswith(key["last_four"])
    assert fanar("keys", "revoke", key["id"]).code == Exit.OK
    (listed,) = fanar("keys", "list", "--json").json
    assert (listed["id"], listed["state"]) == (key["id"], "revoked")
    assert "key" not in listed


def test_a_key_that_is_over_is_shown_as_expired(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    fanar("keys", "create", "phone", "--days", "3")

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def]
            return datetime.now(UTC) + timedelta(days=4)

    monkeypatch.setattr(keys, "datetime", Later)
    assert fanar("keys", "list", "--json").json[0]["state"] == "expired"


def test_no_keys_at_all_is_said_with_the_command_that_makes_one(fanar: Fanar) -> None:
    said = fanar("keys", "list")
    assert (said.code, said.out) == (Exit.OK, "")
    assert "fanar keys create" in said.err


@pytest.mark.parametrize("arguments", [("create", ""), ("create", "x" * 101), ("revoke", "key-0"), ("create", "x", "--days", "0")])
def test_what_cannot_be_is_misuse(fanar: Fanar, arguments: tuple[str, ...]) -> None:
    assert fanar("keys", *arguments).code == Exit.USAGE


def test_a_database_that_is_none_is_one_line(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_DATABASE_URL", "mysql://secret@host/db")
    said = fanar("keys", "list")
    assert said.code == Exit.USAGE
    assert "secret" not in said.err
    assert "FANAR_DATABASE_URL" in said.err


def test_a_key_may_have_limits_of_its_own(fanar: Fanar) -> None:
    made = fanar("keys", "create", "shop", "--limit", "50/60", "--quota", "1000/day", "--quota", "20000/month", "--json").json
    assert made["limits"] == "50/60 1000/day 20000/month"
    assert "50/60 1000/day" in " ".join(fanar("keys", "list").out.split())


@pytest.mark.parametrize("words", [("--limit", "many"), ("--quota", "5/week"), ("--quota", "1/day", "--quota", "2/day")])
def test_a_limit_that_cannot_be_read_is_misuse_and_makes_no_key(fanar: Fanar, words: tuple[str, ...]) -> None:
    said = fanar("keys", "create", "shop", *words)
    assert said.code == Exit.USAGE
    assert "50/60" in said.err
    assert fanar("keys", "list", "--json").json == []
