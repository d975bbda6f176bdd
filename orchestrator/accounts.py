"""API keys: made, listed, revoked, checked. Knows nothing of HTTP, nor where keys are kept.

A key is `fanar-` and 256 random bits. Only its SHA-256 is kept: a fast hash is enough for what cannot be guessed. It is shown once.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from fanar.bilingual import Bilingual
from fanar.errors import AuthenticationError, NotFoundError, UnprocessableError
from fanar.keys import ApiKey
from fanar.limits.allowance import Allowance
from fanar.protocols import KeyRepository

PREFIX = "fanar-"
_RANDOM_BYTES = 32
_LENGTH = len(PREFIX) + len(secrets.token_urlsafe(_RANDOM_BYTES))
_LONGEST_NAME = 100
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at its birth. `secret` is what the client presents; it is kept nowhere and kept out of logs."""

    key: ApiKey
    secret: str = field(repr=False)


class Accounts:
    """The keys of this platform. A check is remembered for `memory` seconds, so a revocation takes effect within them."""

    def __init__(
        self,
        *,
        repository: KeyRepository,
        memory: float = 3.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._repository = repository
        self._memory = memory
        self._now = now
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, ApiKey | None]] = OrderedDict()

    def create(self, name: str, *, lifetime: timedelta | None = None, allowance: Allowance | None = None) -> NewKey:
        """Make a key; where its `allowance` says nothing, everybody's limits hold.

        Raises UnprocessableError for a name that is empty, too long or not printable, or a lifetime that is over.
        """
        name = name.strip()
        if not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
            raise UnprocessableError(
                Bilingual("A key's name has 1 to 100 printable characters.", "اسم المفتاح من 1 إلى 100 محرف قابل للطباعة."), param="name"
            )
        if lifetime is not None and lifetime <= timedelta(0):
            raise UnprocessableError(Bilingual("A key must live for some time.", "يجب أن يكون للمفتاح عمر موجب."), param="expires")
        secret = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
        created = self._now()
        key = ApiKey(
            id=f"key-{secrets.token_hex(8)}",
            name=name,
            digest=_digest(secret),
            last_four=secret[-4:],
            created=created,
            expires=None if lifetime is None else created + lifetime,
            allowance=allowance or Allowance(),
        )
        self._repository.add(key)
        return NewKey(key, secret)

    def keys(self) -> list[ApiKey]:
        """Return all keys, revoked and expired ones too, oldest first."""
        return self._repository.keys()

    def revoke(self, key_id: str) -> ApiKey:
        """Close the door to a key. Raises NotFoundError."""
        revoked = self._repository.revoke(key_id, at=self._now())
        self._known.pop(revoked.digest, None)
        return revoked

    async def verify(self, secret: str) -> ApiKey:
        """Return the usable key that `secret` is. Raises AuthenticationError, the same for every fault of a key."""
        if len(secret) != _LENGTH or not secret.isascii() or not secret.startswith(PREFIX):
            raise _invalid()
        digest = _digest(secret)
        key = await self._find(digest)
        if key is None or not hmac.compare_digest(key.digest, digest) or not key.usable(self._now()):
            raise _invalid()
        return key

    async def _find(self, digest: str) -> ApiKey | None:
        looked, key = self._known.get(digest, (float("-inf"), None))
        if self._clock() - looked < self._memory:
            return key
        looked = self._clock()
        key = await asyncio.to_thread(self._look_up, digest)
        self._known[digest] = (looked, key)
        self._known.move_to_end(digest)
        # Bounded, or guesses would fill the memory.
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return key

    def _look_up(self, digest: str) -> ApiKey | None:
        try:
            return self._repository.find(digest)
        except NotFoundError:
            return None


def _digest(secret: str) -> str:
    return sha256(secret.encode("ascii")).hexdigest()


def _invalid() -> AuthenticationError:
    return AuthenticationError(
        Bilingual(
            "The API key is not valid; fanar keys create makes one.",
            "مفتاح الواجهة غير صالح؛ ينشئ الأمر fanar keys create مفتاحًا.",
        )
    )
