"""Which addresses a request may go to: public ones, on the ports of the web.

A feed's address, a redirect or a name server can all point into the newsroom's own network; whatever they say, no
request goes there. The ranges are those of the IANA special-purpose registries, as Python's `ipaddress` knows them;
an IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) counts as what it stands for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

PORTS = frozenset({80, 443, 8080, 8443})
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052
_Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Reach:
    """The ports that may be asked, and networks that are not public and may be asked all the same, at any port."""

    ports: frozenset[int] = PORTS
    private: tuple[_Network, ...] = ()

    @classmethod
    def of(cls, ports: Iterable[int], private: Iterable[str]) -> "Reach":
        """The reach of the settings: further ports, and networks such as 10.1.0.0/16.

        Raises:
            ValueError: a network cannot be read.
        """
        return cls(PORTS | frozenset(ports), tuple(ip_network(one) for one in private))

    def objection(self, host: str, addresses: Sequence[str], port: int) -> str | None:
        """Why a host with these addresses must not be asked at the port; None where nothing speaks against it.

        One bad address is enough: a name that has public and private ones at a time is an attack or a mistake.
        """
        for address in addresses:
            if _is_in(ip_address(_bare(address)), self.private):
                continue
            if not _is_public(ip_address(_bare(address))):
                who = address if address == host else f"{host} is {address}, which"
                return f"{who} is no public address (see setting private_addresses)"
            if port not in self.ports:
                return f"port {port} of {host} is not one that is asked (see setting ports)"
        return None


def _bare(address: str) -> str:
    """Without the zone of a link-local address (fe80::1%eth0)."""
    return address.partition("%")[0]


def _is_public(address: _Address) -> bool:
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def _is_in(address: _Address, networks: Sequence[_Network]) -> bool:
    return any(one in network for network in networks for one in _meant(address) if one.version == network.version)


def _meant(address: _Address) -> Iterator[_Address]:
    """The address, or the IPv4 addresses that it stands for."""
    if isinstance(address, IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    found = [one for one in inner if one is not None]
    yield from found or [address]
