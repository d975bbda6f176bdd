"""WebSub (W3C, 2018): asks hubs to tell us when a feed changes, and checks who tells. Knows nothing of HTTP servers or of what is told.

Only what is signed with the secret that we gave the hub is taken; whoever else finds the address changes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from fanar.fetch.client import Fetcher
from fanar.news import Subscription

_LEASE = timedelta(days=10)
_RENEWED = timedelta(days=1)
_ASKED_AGAIN = timedelta(hours=1)
_LONGEST_CHALLENGE = 1_000
_HASHES = frozenset(("sha1", "sha256", "sha384", "sha512"))


@dataclass(frozen=True, slots=True)
class Verification:
    """What a hub asks to be sure that it was we who asked."""

    mode: str
    topic: str
    challenge: str
    lease: float


def is_due(subscription: Subscription | None, hub: str, topic: str, *, now: datetime) -> bool:
    """Whether a feed's hub is to be asked, because it is new, because it did not answer for a while, or because it stops soon."""
    if not hub:
        return False
    if subscription is None or (subscription.hub, subscription.topic) != (hub, topic):
        return True
    waited = subscription.asked is None or now - subscription.asked >= _ASKED_AGAIN
    return waited and (subscription.until is None or subscription.until - now <= _RENEWED)


def new_subscription(before: Subscription | None, hub: str, topic: str, *, now: datetime) -> Subscription:
    """Return the subscription to ask for; the address and the secret of one to the same hub stay."""
    if before is not None and (before.hub, before.topic) == (hub, topic):
        return replace(before, asked=now)
    return Subscription(hub, topic, secrets.token_urlsafe(24), secrets.token_urlsafe(32), asked=now)


async def subscribe(subscription: Subscription, *, callback: str, fetcher: Fetcher) -> bool:
    """Ask a hub for a subscription that was kept; return whether it will think about it. Raises what fetching does."""
    form = {
        "hub.callback": f"{callback}/{subscription.token}",
        "hub.mode": "subscribe",
        "hub.topic": subscription.topic,
        "hub.secret": subscription.secret,
        "hub.lease_seconds": str(int(_LEASE.total_seconds())),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = await fetcher.ask(subscription.hub, headers=headers, body=urlencode(form).encode(), max_bytes=100_000)
    return 200 <= reply.status < 300


def verified(subscription: Subscription, asked: Verification, *, now: datetime) -> Subscription | None:
    """Return the subscription as the hub has confirmed it; None where it asks for what we did not."""
    wanted = (
        asked.mode == "subscribe"
        and subscription.asked is not None
        and hmac.compare_digest(asked.topic.encode("utf-8", "replace"), subscription.topic.encode())
    )
    if not wanted or not 0 < len(asked.challenge) <= _LONGEST_CHALLENGE:
        return None
    lease = min(timedelta(seconds=max(asked.lease, 60.0)), _LEASE) if asked.lease else _LEASE
    return replace(subscription, until=now + lease)


def is_signed(subscription: Subscription, body: bytes, signature: str) -> bool:
    """Whether `body` was sent by who knows the secret; `signature` is the X-Hub-Signature header."""
    method, _, given = signature.strip().partition("=")
    if method.lower() not in _HASHES:
        return False
    wanted = hmac.new(subscription.secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(wanted.encode(), given.strip().lower().encode("utf-8", "replace"))


def verification_of(query: Mapping[str, str]) -> Verification:
    """Read what a hub asks from the query of its request."""
    lease = query.get("hub.lease_seconds", "")
    seconds = float(lease[:9]) if lease.isdecimal() and lease.isascii() else 0.0
    return Verification(query.get("hub.mode", ""), query.get("hub.topic", ""), query.get("hub.challenge", ""), seconds)
