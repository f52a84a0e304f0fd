import pytest

from media_monitor.collect.web.reach import Reach

NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.7",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",  # the metadata service of clouds
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",  # the same by IPv6
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "64:ff9b::a00:1",  # NAT64 of 10.0.0.1
    "2001:0:4136:e378:8000:63bf:f5ff:fff5",  # Teredo whose client is 10.0.0.10
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_is_not_asked(address):
    assert (
        Reach().objection(address, [address], 443) == f"{address} is no public address (see setting private_addresses)"
    )


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_the_public_web_is_asked_at_its_ports(address):
    assert Reach().objection("a.example", [address], 80) is None
    assert Reach().objection("a.example", [address], 8443) is None
    assert (
        Reach().objection("a.example", [address], 22)
        == "port 22 of a.example is not one that is asked (see setting ports)"
    )
    assert Reach.of([8000], []).objection("a.example", [address], 8000) is None


def test_one_bad_address_among_good_ones_is_enough():
    assert Reach().objection("a.example", ["93.184.215.14", "10.0.0.7"], 443) is not None


def test_a_network_that_is_allowed_is_asked_at_any_port_and_no_other():
    reach = Reach.of([], ["10.1.0.0/16"])
    assert reach.objection("a.example", ["10.1.2.3"], 5000) is None
    assert reach.objection("a.example", ["::ffff:10.1.2.3"], 5000) is None
    assert reach.objection("a.example", ["10.2.0.1"], 80) is not None
    assert reach.objection("a.example", ["10.1.2.3", "10.2.0.1"], 80) is not None
