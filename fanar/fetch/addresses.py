"""Which addresses the platform may connect to: public ones. Knows nothing of names or URLs."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_PUBLIC_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_FORBIDDEN_V4 = (
    IPv4Network("224.0.0.0/4"),  # multicast, which ipaddress calls global
    IPv4Network("192.0.0.0/24"),  # protocol assignments, Oracle's metadata service among them
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("168.63.129.16/32"),  # Azure's metadata and agent service, at a public address
)


def is_public(address: str) -> bool:
    """Whether `address`, in the usual notation, may be connected to; those hidden in IPv6 forms are judged too."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not any(parsed in network for network in _FORBIDDEN_V4)
    inner = _embedded(parsed)
    if inner is not None:
        return is_public(str(inner))
    return parsed in _PUBLIC_V6 and parsed.is_global


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
