"""API keys, kept in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fanar.errors import AuthenticationError, NotFoundError, StorageError, UnprocessableError
from fanar.keys import ApiKey
from fanar.storage.engine import open_engine
from fanar.storage.keys import SqlKeyRepository
from fanar.storage.migrate import upgrade
from orchestrator import accounts as accounts_module
from orchestrator.accounts import Accounts


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.passed = timedelta(0)

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + self.passed

    def monotonic(self) -> float:
        return self.passed.total_seconds()


class CountedKeys(SqlKeyRepository):
    """Counts how often it is asked."""

    looked = 0

    def find(self, digest: str) -> ApiKey:
        self.looked += 1
        return super().find(digest)


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[CountedKeys]:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    upgrade(engine)
    yield CountedKeys(engine=engine)
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(repository: CountedKeys, clock: Clock) -> Accounts:
    return Accounts(repository=repository, memory=3, now=clock.now, clock=clock.monotonic)


async def test_a_new_key_opens_the_door(accounts: Accounts) -> None:
    new = accounts.create("  laptop ")
    assert new.secret.startswith("fanar-")
    assert new.key.name == "laptop"
    assert await accounts.verify(new.secret) == new.key == accounts.keys()[0]


def test_keys_are_long_and_never_the_same(accounts: Accounts) -> None:
    secrets = {accounts.create("k").secret for _ in range(20)}
    assert len(secrets) == 20
    assert min(map(len, secrets)) - len("fanar-") >= 256 / 6


def test_neither_the_database_nor_a_log_of_the_new_key_holds_the_secret(accounts: Accounts, tmp_path: Path) -> None:
    new = accounts.create("laptop")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("fanar.db*"))
    assert new.key.digest.encode() in kept
    assert new.secret.removeprefix("fanar-")[:20].encode() not in kept
    assert new.secret not in repr(new)
    assert new.key.last_four == new.secret[-4:]


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\nb", "a\x1b[0m"])
def test_a_name_that_cannot_be_shown_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        accounts.create(name)
    assert refused.value.param == "name"


def test_a_lifetime_that_is_over_is_refused(accounts: Accounts) -> None:
    with pytest.raises(UnprocessableError):
        accounts.create("k", lifetime=timedelta(0))


@pytest.mark.parametrize(
    "fault",
    [
        "",
        "fanar-",
        "x" * 1_000_000,
        "fanar-" + "a" * 43,
        "fanar-" + "é" * 43,
        "sk-" + "a" * 46,
        "\ud800" * 49,
    ],
)
async def test_what_is_no_key_of_ours_is_refused_without_being_repeated(accounts: Accounts, fault: str) -> None:
    with pytest.raises(AuthenticationError) as refused:
        await accounts.verify(fault)
    assert str(refused.value) == "The API key is not valid; fanar keys create makes one."


async def test_what_has_not_the_form_of_a_key_costs_no_look_into_the_database(accounts: Accounts, repository: CountedKeys) -> None:
    for fault in ("", "fanar-short", "x" * 1_000_000):
        with pytest.raises(AuthenticationError):
            await accounts.verify(fault)
    assert repository.looked == 0


async def test_one_wrong_letter_is_wrong(accounts: Accounts) -> None:
    secret = accounts.create("k").secret
    with pytest.raises(AuthenticationError):
        await accounts.verify(secret[:-1] + ("A" if secret[-1] != "A" else "B"))


async def test_an_expired_key_closes_the_door_at_its_hour_even_if_it_is_remembered(accounts: Accounts, clock: Clock) -> None:
    new = accounts.create("k", lifetime=timedelta(seconds=1))
    await accounts.verify(new.secret)
    clock.passed = timedelta(seconds=1)
    with pytest.raises(AuthenticationError):
        await accounts.verify(new.secret)


async def test_a_key_revoked_here_is_refused_at_once(accounts: Accounts) -> None:
    new = accounts.create("k")
    await accounts.verify(new.secret)
    assert accounts.revoke(new.key.id).revoked is not None
    with pytest.raises(AuthenticationError):
        await accounts.verify(new.secret)
    assert len(accounts.keys()) == 1


async def test_a_key_revoked_elsewhere_is_refused_within_seconds(accounts: Accounts, repository: CountedKeys, clock: Clock) -> None:
    new = accounts.create("k")
    await accounts.verify(new.secret)
    Accounts(repository=repository).revoke(new.key.id)
    clock.passed = timedelta(seconds=3)
    with pytest.raises(AuthenticationError):
        await accounts.verify(new.secret)


async def test_the_database_is_asked_once_in_a_while_not_for_every_request(
    accounts: Accounts, repository: CountedKeys, clock: Clock
) -> None:
    secret, wrong = accounts.create("k").secret, "fanar-" + "a" * 43
    for _ in range(5):
        await accounts.verify(secret)
        with pytest.raises(AuthenticationError):
            await accounts.verify(wrong)
    assert repository.looked == 2
    clock.passed = timedelta(seconds=3)
    await accounts.verify(secret)
    assert repository.looked == 3


async def test_guesses_do_not_fill_the_memory(accounts: Accounts, repository: CountedKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts_module, "_REMEMBERED", 2)
    guesses = [f"fanar-{n:043}" for n in range(3)]
    for guess in (*guesses, guesses[2], guesses[0]):
        with pytest.raises(AuthenticationError):
            await accounts.verify(guess)
    assert repository.looked == 4


async def test_a_database_that_does_not_answer_is_no_wrong_key(tmp_path: Path) -> None:
    accounts = Accounts(repository=SqlKeyRepository(engine=open_engine(f"sqlite:///{tmp_path}/empty.db")))
    with pytest.raises(StorageError):
        await accounts.verify("fanar-" + "a" * 43)


def test_an_unknown_key_cannot_be_revoked(accounts: Accounts) -> None:
    with pytest.raises(NotFoundError):
        accounts.revoke("key-none")
