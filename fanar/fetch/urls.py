"""Reads a foreign URL the one way in which it is then fetched. Knows nothing of connections.

Whatever two readers could take for two hosts is refused: user names, backslashes, white space, numbers in other than the usual notation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna
from yarl import URL

from fanar.bilingual import Bilingual
from fanar.errors import ForbiddenAddressError, InvalidRequestError, UnprocessableError

_LONGEST = 8192
_WEB = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]%]+)(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?#].*)?", re.IGNORECASE
)
_MISLEADING = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_DOTS = str.maketrans("。．｡", "...")
_PLAIN_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,30}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked for, and its host: an ASCII name or an address in the usual notation."""

    url: URL
    host: str

    @property
    def is_address(self) -> bool:
        """Whether the host is an address rather than a name."""
        return ":" in self.host or bool(_NUMBER.fullmatch(self.host.rpartition(".")[2]))


def read_url(text: str, *, base: URL | None = None) -> Target:
    """Return what `text` points at, seen from `base`. Raises UnprocessableError or ForbiddenAddressError, never repeating the URL."""
    if len(text) > _LONGEST or _MISLEADING.search(text):
        raise _unreadable()
    absolute = text if base is None else _join(base, text)
    found = _WEB.fullmatch(absolute)
    if found is None:
        raise _unreadable()
    host = _read_host(found["host"])
    port = int(found["port"] or 0)
    if port > 65535:
        raise _unreadable()
    shown = f"[{host}]" if ":" in host else host
    url = URL(f"{found['scheme'].lower()}://{shown}{f':{port}' if found['port'] else ''}{found['rest'] or '/'}")
    return Target(url.with_fragment(None), host)


def normal_host(text: str) -> str:
    """Return the form in which two spellings of a host are equal. Raises UnprocessableError or ForbiddenAddressError."""
    return _read_host(f"[{text}]" if ":" in text and not text.startswith("[") else text)


def _join(base: URL, text: str) -> str:
    try:
        return str(base.join(URL(text)))
    except ValueError as cause:
        raise _unreadable() from cause


def _read_host(text: str) -> str:
    if text.startswith("["):
        return _read_v6(text[1:-1])
    name = unicodedata.normalize("NFKC", text.translate(_DOTS)).lower().removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _read_v4(name)
    if _PLAIN_NAME.fullmatch(name):
        return name
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as cause:
        raise _unreadable() from cause


def _read_v4(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except AddressValueError as cause:
        # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to some and names to others.
        raise ForbiddenAddressError(
            Bilingual("An address must be written as four decimal numbers.", "يجب أن يُكتب العنوان أربعة أعداد عشرية.")
        ) from cause


def _read_v6(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except AddressValueError as cause:
        raise _unreadable() from cause


def _unreadable() -> InvalidRequestError:
    return UnprocessableError(
        Bilingual(
            "This is not a URL the platform can fetch: http or https, no user name.",
            "هذا ليس عنوانًا يمكن جلبه: http أو https، بلا اسم مستخدم.",
        )
    )
