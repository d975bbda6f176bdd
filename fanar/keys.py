"""What is known of an API key once it was shown: never the key itself. Knows nothing of databases or of HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from fanar.limits.allowance import Allowance


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key. `digest` is the SHA-256 of the key, hexadecimal; times are aware; `None` means never.

    `allowance` is what was said of this key's limits; where it says nothing, everybody's hold.
    """

    id: str
    name: str
    digest: str
    last_four: str
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    allowance: Allowance = field(default=Allowance())

    def usable(self, now: datetime) -> bool:
        """Whether it opens the door at `now`."""
        return self.revoked is None and (self.expires is None or now < self.expires)
