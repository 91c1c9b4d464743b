"""Which network addresses may be asked: public ones, and those that the user allows."""

import ipaddress
from collections.abc import Sequence

from schemas.errors import UserError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks = Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]

REFUSED: Networks = (
    ipaddress.ip_network("192.0.0.0/24"),  # a cloud's metadata; older Pythons count most of it as global
    ipaddress.ip_network("168.63.129.16/32"),  # another cloud's metadata, on an address that looks public
)
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def networks(cidrs: Sequence[str]) -> Networks:
    """Return the networks of the setting `network.allow`; raises UserError for one that is none."""
    try:
        return tuple(ipaddress.ip_network(cidr, strict=False) for cidr in cidrs)
    except ValueError as e:
        raise UserError(f"network.allow: {e}") from None


def within(address: Address, allowed: Networks) -> bool:
    """Return whether the address, or the IPv4 address inside it, lies in one of the networks."""
    return any(a.version == n.version and a in n for a in (address, *inner(address)) for n in allowed)


def is_public(address: Address) -> bool:
    """Return whether the address, and every IPv4 address inside it, is on the open internet."""
    hidden = inner(address)
    if hidden and not isinstance(address, ipaddress.IPv4Address) and (address.ipv4_mapped or address in NAT64):
        return all(is_public(a) for a in hidden)  # only another way to write an IPv4 address
    return _is_open(address) and all(is_public(a) for a in hidden)


def inner(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """Return the IPv4 addresses that an IPv6 address carries: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    if address in NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return tuple(a for a in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if a is not None)


def _is_open(address: Address) -> bool:
    closed = address.is_multicast or address.is_reserved or not address.is_global
    if isinstance(address, ipaddress.IPv6Address):
        closed = closed or address.is_site_local
    return not closed and not any(address.version == n.version and address in n for n in REFUSED)
