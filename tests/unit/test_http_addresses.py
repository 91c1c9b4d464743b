"""Which addresses may be asked."""

import ipaddress

import pytest

from schemas.errors import UserError
from transforms.clients.addresses import is_public, networks, within

CLOSED = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "192.0.0.192", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
]  # fmt: skip


@pytest.mark.parametrize("text", CLOSED)
def test_addresses_off_the_open_internet_are_refused(text: str):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_pass(text: str):
    assert is_public(ipaddress.ip_address(text))


def test_allowed_networks_hold_for_mapped_addresses_too():
    allowed = networks(["127.0.0.0/8", "fd00::/8"])
    assert within(ipaddress.ip_address("127.9.9.9"), allowed)
    assert within(ipaddress.ip_address("::ffff:127.0.0.1"), allowed)
    assert within(ipaddress.ip_address("fd00::1"), allowed)
    assert not within(ipaddress.ip_address("10.0.0.1"), allowed)
    assert not within(ipaddress.ip_address("::1"), allowed)


def test_a_network_that_is_none_is_the_users_to_mend():
    with pytest.raises(UserError, match=r"network\.allow.*10\.0\.0\.0/33"):
        networks(["10.0.0.0/33"])
